//! An emulator, and a minimal HTTP client that can send anything, including invalid requests.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use connspec::emulator::{CLIENT_ID, Emulator, ORG, Options};
use serde_json::Value;

/// A minimal connection spec, with a number that must not be reformatted.
pub(crate) const SPEC: &str = r#"{ "version": "1.0", "name": "acme", "providerId": "p", "attributes": { "n": 1.50 } }"#;

/// An emulator and a client of it.
pub(crate) struct Session {
    pub(crate) emulator: Emulator,
    token: String,
}

/// With an emulator that stores nothing.
pub(crate) fn session() -> Session {
    session_with(Options::default())
}

/// With an emulator with these options.
pub(crate) fn session_with(options: Options) -> Session {
    let emulator = Emulator::start(options).unwrap();
    let token = emulator.token();
    Session { emulator, token }
}

impl Session {
    /// A request to Flow Service with all required headers; the path is relative to its base path.
    pub(crate) fn request(&self, method: &str, path: &str) -> Request {
        Request::with_headers(self.emulator.address(), &self.token, method, path)
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.request("GET", path).send()
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Response {
        self.request("POST", path).body(body).send()
    }

    pub(crate) fn put(&self, path: &str, body: &str) -> Response {
        self.request("PUT", path).body(body).send()
    }

    /// Creates a connection spec, and returns its ID.
    pub(crate) fn create(&self, body: &str) -> String {
        let response = self.post("/connectionSpecs", body);
        assert_eq!(response.status, 201, "{response:?}");
        response.json()["id"].as_str().unwrap().to_owned()
    }

    /// The names of the connection specs for this query.
    pub(crate) fn names(&self, query: &str) -> Vec<String> {
        let response = self.get(&format!("/connectionSpecs{query}"));
        assert_eq!(response.status, 200, "{response:?}");
        let items = response.json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    }
}

/// A request builder.
pub(crate) struct Request {
    address: SocketAddr,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(address: SocketAddr, method: &str, target: &str) -> Request {
        let headers = vec![("Host".to_owned(), address.to_string())];
        Request { address, method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() }
    }

    /// A request to Flow Service with all required headers; the path is relative to its base path.
    pub(crate) fn with_headers(address: SocketAddr, token: &str, method: &str, path: &str) -> Request {
        Request::new(address, method, &format!("/data/foundation/flowservice{path}"))
            .with("Authorization", &format!("Bearer {token}"))
            .with("x-api-key", CLIENT_ID)
            .with("x-gw-ims-org-id", ORG)
            .with("x-sandbox-name", "prod")
    }

    /// Sets a header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Request {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Request {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// Sets a JSON body.
    pub(crate) fn body(mut self, body: impl AsRef<[u8]>) -> Request {
        self.body = body.as_ref().to_vec();
        self.with("Content-Type", "application/json")
    }

    pub(crate) fn send(self) -> Response {
        self.try_send().expect("the connection was closed without a response")
    }

    /// The response; `None` if the connection was closed without one.
    pub(crate) fn try_send(self) -> Option<Response> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let mut head = format!("{} {} HTTP/1.1\r\nConnection: close\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        stream.write_all(head.as_bytes()).ok()?;
        // The emulator may respond and close the connection before it has read a large body.
        let _ = stream.write_all(&self.body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Response::parse(&String::from_utf8(bytes).unwrap())
    }
}

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Response {
    fn parse(text: &str) -> Option<Response> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Some(Response { status, headers, body: body.to_owned() })
    }

    /// The value of a header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The single item of a list.
    pub(crate) fn item(&self) -> Value {
        let items = self.json()["items"].as_array().unwrap().clone();
        assert_eq!(items.len(), 1, "{}", self.body);
        items[0].clone()
    }

    /// The status and the error code, in any of the documented formats.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        let code = body["error_code"].as_str().or(body["type"].as_str()).or(body["error"].as_str());
        let code = code.unwrap_or_default().trim_start_matches("https://ns.adobe.com/aep/errors/");
        format!("{} {code}", self.status)
    }
}
