//! A server on loopback that follows a script, a step per request, and records the requests. It implements HTTP/1.1 itself,
//! so that it can violate it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

/// What happens to one request.
#[derive(Debug, Clone)]
pub enum Step {
    /// These bytes are sent, then the connection is closed.
    Respond(Vec<u8>),
    /// These bytes are sent, then nothing, while the connection stays open.
    Silence(Vec<u8>),
    /// These bytes are sent one by one, a second apart.
    Drip(Vec<u8>),
    /// The connection is reset when the request has been read.
    Reset,
    /// The connection is reset when the head of the request has been read.
    ResetBeforeBody,
    /// Another step, once the test releases it.
    Hold(Box<Step>),
    /// This head is sent, then spaces without an end.
    Endless(Vec<u8>),
}

/// A received request.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    /// The path with its query.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The server; clones share it. It listens until the runtime of its test ends.
#[derive(Clone)]
pub struct TestServer {
    pub url: String,
    script: Arc<Mutex<VecDeque<Step>>>,
    received: Arc<watch::Sender<Vec<Received>>>,
    released: Arc<Notify>,
}

impl TestServer {
    /// Starts a server. The response to a request without a step is 418.
    pub async fn start(script: impl IntoIterator<Item = Step>) -> TestServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(script.into_iter().collect()));
        let server = TestServer { url, script, received: Arc::default(), released: Arc::default() };
        let shared = server.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(shared.clone().serve(stream));
            }
        });
        server
    }

    /// The received requests, in order.
    pub fn received(&self) -> Vec<Received> {
        self.received.borrow().clone()
    }

    /// The methods and targets of the received requests.
    pub fn requests(&self) -> Vec<String> {
        self.received().iter().map(|request| format!("{} {}", request.method, request.target)).collect()
    }

    /// Adds a step.
    pub fn then(&self, step: Step) {
        self.script.lock().unwrap().push_back(step);
    }

    /// Waits until this many requests were received.
    pub async fn wait_for_requests(&self, count: usize) {
        self.received.subscribe().wait_for(|received| received.len() >= count).await.unwrap();
    }

    /// Releases one held step.
    pub fn release(&self) {
        self.released.notify_one();
    }

    async fn serve(self, mut stream: TcpStream) {
        let Some((mut request, length)) = head(&mut stream).await else { return };
        let mut step = self.script.lock().unwrap().pop_front().unwrap_or_else(|| respond(418, &[], ""));
        if matches!(step, Step::ResetBeforeBody) {
            self.received.send_modify(|received| received.push(request));
            return stream.set_zero_linger().unwrap();
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        request.body = String::from_utf8(body).unwrap();
        self.received.send_modify(|received| received.push(request));
        if let Step::Hold(held) = step {
            self.released.notified().await;
            step = *held;
        }
        // The client may have closed the connection.
        let _ = perform(step, stream).await;
    }
}

/// The head of a request, and the length of its body.
async fn head(stream: &mut TcpStream) -> Option<(Received, usize)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let received = Received { method, target, headers: lines.filter_map(header).collect(), body: String::new() };
    let length = received.header("content-length").map_or(0, |length| length.parse().unwrap());
    Some((received, length))
}

async fn perform(step: Step, mut stream: TcpStream) -> std::io::Result<()> {
    match step {
        Step::Respond(bytes) => stream.write_all(&bytes).await,
        Step::Silence(bytes) => {
            stream.write_all(&bytes).await?;
            stream.read(&mut [0]).await.map(drop)
        }
        Step::Drip(bytes) => {
            let mut tick = tokio::time::interval(Duration::from_secs(1));
            for byte in bytes {
                tick.tick().await;
                stream.write_all(&[byte]).await?;
            }
            Ok(())
        }
        Step::Endless(head) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&[b' '; 1024]).await?;
            }
        }
        Step::Reset | Step::ResetBeforeBody => stream.set_zero_linger(),
        Step::Hold(_) => unreachable!("a held step contains no other"),
    }
}

/// A complete response with these headers and this body.
pub fn respond(status: u16, headers: &[(&str, &str)], body: &str) -> Step {
    let mut text = format!("HTTP/1.1 {status} Reason\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    Step::Respond(format!("{text}\r\n{body}").into_bytes())
}

/// A 200 response with this JSON body.
pub fn ok(body: &str) -> Step {
    respond(200, &[("content-type", "application/json")], body)
}
