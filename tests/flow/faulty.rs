//! A server on loopback that follows a script, one step for each request, and remembers what it was sent. It speaks
//! HTTP/1.1 by hand, so that it can break every rule of it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

/// What happens to one request.
#[derive(Debug, Clone)]
pub enum Step {
    /// These bytes, then the connection is closed.
    Answer(Vec<u8>),
    /// These bytes, then nothing, while the connection stays open.
    Silence(Vec<u8>),
    /// These bytes one by one, a second apart.
    Drip(Vec<u8>),
    /// The connection is reset when the request has been read.
    Reset,
    /// The connection is reset when the head of the request has been read.
    ResetBeforeBody,
    /// Another step, as soon as the test says so.
    Hold(Box<Step>),
    /// This head, then blanks for as long as anyone reads.
    Endless(Vec<u8>),
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    /// The path with its query.
    pub target: String,
    /// The lines of the head behind the first.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The server; a clone is the same one. It listens until the runtime of its test ends.
#[derive(Clone)]
pub struct Faulty {
    pub address: String,
    script: Arc<Mutex<VecDeque<Step>>>,
    seen: Arc<watch::Sender<Vec<Seen>>>,
    released: Arc<Notify>,
}

impl Faulty {
    /// Listens. A request for which the script has no step is answered with 418.
    pub async fn start(script: impl IntoIterator<Item = Step>) -> Faulty {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(script.into_iter().collect()));
        let faulty = Faulty { address, script, seen: Arc::default(), released: Arc::default() };
        let server = faulty.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(server.clone().serve(stream));
            }
        });
        faulty
    }

    /// What it was sent, in order.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.borrow().clone()
    }

    /// The methods and targets of what it was sent.
    pub fn asked(&self) -> Vec<String> {
        self.seen().iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect()
    }

    /// Adds a step.
    pub fn then(&self, step: Step) {
        self.script.lock().unwrap().push_back(step);
    }

    /// Ends when it was sent this many requests.
    pub async fn when_seen(&self, count: usize) {
        self.seen.subscribe().wait_for(|seen| seen.len() >= count).await.unwrap();
    }

    /// Lets one held step go on.
    pub fn release(&self) {
        self.released.notify_one();
    }

    async fn serve(self, mut stream: TcpStream) {
        let Some((mut request, length)) = head(&mut stream).await else { return };
        let mut step = self.script.lock().unwrap().pop_front().unwrap_or_else(|| answer(418, &[], ""));
        if matches!(step, Step::ResetBeforeBody) {
            self.seen.send_modify(|seen| seen.push(request));
            return stream.set_zero_linger().unwrap();
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        request.body = String::from_utf8(body).unwrap();
        self.seen.send_modify(|seen| seen.push(request));
        if let Step::Hold(held) = step {
            self.released.notified().await;
            step = *held;
        }
        // Who asked may be gone by now.
        let _ = perform(step, stream).await;
    }
}

/// The head of a request, and how long its body is.
async fn head(stream: &mut TcpStream) -> Option<(Seen, usize)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let seen = Seen { method, target, headers: lines.filter_map(header).collect(), body: String::new() };
    let length = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
    Some((seen, length))
}

async fn perform(step: Step, mut stream: TcpStream) -> std::io::Result<()> {
    match step {
        Step::Answer(bytes) => stream.write_all(&bytes).await,
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
        Step::Hold(_) => unreachable!("a held step holds no other"),
    }
}

/// A whole answer with these headers and this body.
pub fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Step {
    let mut text = format!("HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    Step::Answer(format!("{text}\r\n{body}").into_bytes())
}

/// An answer of 200 with this body.
pub fn ok(body: &str) -> Step {
    answer(200, &[("content-type", "application/json")], body)
}
