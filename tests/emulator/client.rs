//! An emulator and a client that speaks just enough HTTP to ask it anything, also what no sound client would.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use connspec::emulator::{CLIENT_ID, Emulator, ORG, Options, RunningEmulator};
use serde_json::Value;

/// A connection spec with as little as the service takes, and a number that is not to be read.
pub(crate) const SPEC: &str = r#"{ "version": "1.0", "name": "acme", "providerId": "p", "attributes": { "n": 1.50 } }"#;

/// An emulator and who asks it.
pub(crate) struct Session {
    pub(crate) running: RunningEmulator,
    token: String,
}

/// An emulator that keeps nothing.
pub(crate) fn session() -> Session {
    session_with(Options::default())
}

/// An emulator with these options.
pub(crate) fn session_with(options: Options) -> Session {
    let running = Emulator::start(options).unwrap();
    let token = running.token();
    Session { running, token }
}

impl Session {
    /// A request to Flow Service with all headers that it needs; the path is behind the service's own.
    pub(crate) fn ask(&self, method: &str, path: &str) -> Ask {
        Ask::with_headers(self.running.address(), &self.token, method, path)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path).send()
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        self.ask("POST", path).body(body).send()
    }

    pub(crate) fn put(&self, path: &str, body: &str) -> Answer {
        self.ask("PUT", path).body(body).send()
    }

    /// Posts a connection spec; gives back its id.
    pub(crate) fn posted(&self, body: &str) -> String {
        let answer = self.post("/connectionSpecs", body);
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// The names of the connection specs that a list has for this query.
    pub(crate) fn names(&self, query: &str) -> Vec<String> {
        let answer = self.get(&format!("/connectionSpecs{query}"));
        assert_eq!(answer.status, 200, "{answer:?}");
        let items = answer.json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    }
}

/// A request that is being put together.
pub(crate) struct Ask {
    address: SocketAddr,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask {
    pub(crate) fn new(address: SocketAddr, method: &str, target: &str) -> Ask {
        let headers = vec![("Host".to_owned(), address.to_string())];
        Ask { address, method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() }
    }

    /// A request to Flow Service with all headers that it needs; the path is behind the service's own.
    pub(crate) fn with_headers(address: SocketAddr, token: &str, method: &str, path: &str) -> Ask {
        Ask::new(address, method, &format!("/data/foundation/flowservice{path}"))
            .with("Authorization", &format!("Bearer {token}"))
            .with("x-api-key", CLIENT_ID)
            .with("x-gw-ims-org-id", ORG)
            .with("x-sandbox-name", "prod")
    }

    /// With this header, in place of one of that name.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Ask {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Ask {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// With a body of JSON.
    pub(crate) fn body(mut self, body: impl AsRef<[u8]>) -> Ask {
        self.body = body.as_ref().to_vec();
        self.with("Content-Type", "application/json")
    }

    pub(crate) fn send(self) -> Answer {
        self.try_send().expect("the connection was closed without an answer")
    }

    /// The answer, or nothing when the connection was closed without one.
    pub(crate) fn try_send(self) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let mut head = format!("{} {} HTTP/1.1\r\nConnection: close\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        stream.write_all(head.as_bytes()).ok()?;
        // The other side may have answered and closed before it has read a large body.
        let _ = stream.write_all(&self.body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::read(&String::from_utf8(bytes).unwrap())
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn read(text: &str) -> Option<Answer> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Some(Answer { status, headers, body: body.to_owned() })
    }

    /// The value of a header, whose name is in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The one item of an answer that has items.
    pub(crate) fn item(&self) -> Value {
        let items = self.json()["items"].as_array().unwrap().clone();
        assert_eq!(items.len(), 1, "{}", self.body);
        items[0].clone()
    }

    /// The status, and the code of the error body in whichever of the documented places it is.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        let code = body["error_code"].as_str().or(body["type"].as_str()).or(body["error"].as_str());
        let code = code.unwrap_or_default().trim_start_matches("https://ns.adobe.com/aep/errors/");
        format!("{} {code}", self.status)
    }
}
