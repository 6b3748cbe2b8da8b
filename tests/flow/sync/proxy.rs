//! A proxy in front of the emulator that lets single requests fail, before or after they are carried out.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What happens with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// It is passed on.
    Continue,
    /// The connection is closed.
    Close,
    /// This is the response: a status and a body.
    Respond(u16, &'static str),
    /// This is the response: a status, headers with their line ends, and a body.
    Reply(u16, &'static str, String),
}

/// When something happens with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It was received and not passed on yet.
    Before,
    /// It was carried out, and the response not sent yet.
    After,
}

type Hook = dyn Fn(usize, When, &str) -> Then + Send + Sync;

/// The proxy. It listens until the test program ends.
pub struct FaultProxy {
    pub url: String,
    seen: Arc<AtomicUsize>,
}

impl FaultProxy {
    /// Listens. The hook gets the number of each request, counted from 1, and its first line.
    pub fn start(upstream: SocketAddr, hook: impl Fn(usize, When, &str) -> Then + Send + Sync + 'static) -> FaultProxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<AtomicUsize> = Arc::default();
        let (count, hook): (_, Arc<Hook>) = (Arc::clone(&seen), Arc::new(hook));
        thread::spawn(move || {
            // Requests are passed on one at a time.
            let one_by_one = Arc::new(Mutex::new(()));
            for stream in listener.incoming() {
                let (count, hook, turn) = (Arc::clone(&count), Arc::clone(&hook), Arc::clone(&one_by_one));
                thread::spawn(move || {
                    // The client may have disconnected.
                    let _ = pass(stream?, upstream, &count, &*hook, &turn);
                    Ok::<_, std::io::Error>(())
                });
            }
        });
        FaultProxy { url, seen }
    }

    /// The number of requests received.
    pub fn seen(&self) -> usize {
        self.seen.load(Ordering::SeqCst)
    }
}

fn pass(
    mut stream: TcpStream,
    upstream: SocketAddr,
    count: &AtomicUsize,
    hook: &Hook,
    turn: &Mutex<()>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let first = head.lines().next().unwrap_or_default().to_owned();
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let _turn = turn.lock().unwrap();
    let number = count.fetch_add(1, Ordering::SeqCst) + 1;
    let mut response = Vec::new();
    for when in [When::Before, When::After] {
        let (status, headers, reply) = match hook(number, when, &first) {
            Then::Continue => (0, "", String::new()),
            Then::Close => return Ok(()),
            Then::Respond(status, body) => (status, "", body.to_owned()),
            Then::Reply(status, headers, body) => (status, headers, body),
        };
        if status > 0 {
            let length = reply.len();
            return write!(
                stream,
                "HTTP/1.1 {status} Injected\r\n{headers}content-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{reply}"
            );
        }
        if when == When::Before {
            let mut up = TcpStream::connect(upstream)?;
            let head = head.trim_end();
            up.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes())?;
            up.write_all(&body)?;
            up.read_to_end(&mut response)?;
        }
    }
    stream.write_all(&response)
}
