//! A client for tests, of a server in this process or of the program. It waits for messages with a deadline, and never for
//! time to pass.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use connspec::server::{Features, Server};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// How long anything may take before the test fails.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// The document of most tests.
pub const URI: &str = "file:///specs/acme-connectionSpec.json";

/// The client of a session.
pub struct Client {
    output: Option<tokio::sync::mpsc::UnboundedSender<Vec<u8>>>,
    messages: Receiver<Value>,
    kept: VecDeque<Value>,
    next_id: i64,
    end: End,
}

enum End {
    Server(Receiver<i32>, Option<JoinHandle<()>>),
    Program(Option<Child>),
}

impl Client {
    /// A server in this process with these features, not initialized.
    pub fn silent(features: impl Features) -> Client {
        Client::served(Server::new(features))
    }

    /// This server in this process, not initialized.
    pub fn served(server: Server) -> Client {
        let (output, mut outgoing) = tokio::sync::mpsc::unbounded_channel::<Vec<u8>>();
        let (incoming, messages) = channel();
        let (bytes, read) = channel();
        let (ended, end) = channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            let (server_input, mut client_output) = tokio::io::duplex(1024);
            let (mut client_input, server_output) = tokio::io::duplex(1024);
            runtime.spawn(async move {
                while let Some(bytes) = outgoing.recv().await {
                    if client_output.write_all(&bytes).await.is_err() {
                        return;
                    }
                }
                let _ = client_output.shutdown().await;
            });
            let reading = runtime.spawn(async move {
                let mut buffer = vec![0; 1024];
                while let Ok(count @ 1..) = client_input.read(&mut buffer).await {
                    let _ = bytes.send(buffer[..count].to_vec());
                }
            });
            let code = runtime.block_on(server.serve(server_input, server_output));
            let _ = runtime.block_on(reading);
            let _ = ended.send(code);
        });
        std::thread::spawn(move || receive(Chunks { read, left: Vec::new() }, &incoming));
        Client {
            output: Some(output),
            messages,
            kept: VecDeque::new(),
            next_id: 0,
            end: End::Server(end, Some(thread)),
        }
    }

    /// A server in this process, initialized with these client capabilities.
    pub fn with(features: impl Features, capabilities: Value) -> Client {
        let mut client = Client::silent(features);
        client.greet(json!({ "capabilities": capabilities }));
        client
    }

    /// The program, not initialized.
    pub fn program() -> Client {
        Client::of(start(&mut command()))
    }

    /// The client of a running program.
    pub fn of(mut program: Child) -> Client {
        let (output, mut outgoing) = tokio::sync::mpsc::unbounded_channel::<Vec<u8>>();
        let (incoming, messages) = channel();
        let (mut stdin, stdout) = (program.stdin.take().unwrap(), program.stdout.take().unwrap());
        std::thread::spawn(move || {
            while let Some(bytes) = outgoing.blocking_recv() {
                if stdin.write_all(&bytes).is_err() {
                    return;
                }
            }
        });
        std::thread::spawn(move || receive(BufReader::new(stdout), &incoming));
        Client { output: Some(output), messages, kept: VecDeque::new(), next_id: 0, end: End::Program(Some(program)) }
    }

    /// Sends `initialize` and `initialized`; returns the result.
    #[track_caller]
    pub fn greet(&mut self, params: Value) -> Value {
        let answer = self.ask("initialize", params);
        self.notify("initialized", json!({}));
        answer
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.output.as_ref().expect("the input is open").send(bytes.to_vec()).expect("the server reads");
    }

    pub fn send(&mut self, message: &Value) {
        self.raw(&frame(message));
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and returns its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params }));
        self.next_id
    }

    /// Sends a request that has no `params`, and returns its id.
    pub fn request_without_params(&mut self, method: &str) -> i64 {
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method }));
        self.next_id
    }

    /// Sends a request and waits for its result.
    #[track_caller]
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let mut answer = self.answer(id);
        match answer.get_mut("result") {
            Some(result) => result.take(),
            None => panic!("{method}: {answer}"),
        }
    }

    /// Waits for the complete response to a request.
    #[track_caller]
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// Waits for a request or notification of the server.
    #[track_caller]
    pub fn asked(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)
    }

    /// Waits for the next diagnostics of a document; returns their version and them.
    #[track_caller]
    pub fn published_next(&mut self, uri: &str) -> (Value, Value) {
        let about = |message: &Value| message["params"]["uri"] == uri;
        let params = self.wait(|message| message["method"] == "textDocument/publishDiagnostics" && about(message));
        (params["params"]["version"].clone(), params["params"]["diagnostics"].clone())
    }

    /// Waits for the diagnostics of a version of a document (`null`: of no version); drops those before it.
    #[track_caller]
    pub fn published(&mut self, uri: &str, version: impl Into<Value>) -> Value {
        let version = version.into();
        loop {
            let (of, found) = self.published_next(uri);
            if of == version {
                return found;
            }
        }
    }

    /// Waits for a message and keeps the others, in order.
    #[track_caller]
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at).unwrap();
        }
        loop {
            let left = DEADLINE.saturating_sub(begun.elapsed());
            let message = match self.messages.recv_timeout(left) {
                Ok(message) => message,
                Err(why) => panic!("{why}; kept: {:#?}", self.kept),
            };
            if wanted(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// All messages that nobody has waited for.
    pub fn unasked(&mut self) -> Vec<Value> {
        let mut all: Vec<_> = self.kept.drain(..).collect();
        all.extend(self.messages.try_iter());
        all
    }

    pub fn open(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({ "uri": uri, "languageId": "json", "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Waits for the end and returns the exit code. The input stays open.
    #[track_caller]
    pub fn code(&mut self, within: Duration) -> i32 {
        match &mut self.end {
            End::Server(end, _) => end.recv_timeout(within).expect("the server ends"),
            End::Program(program) => exit_code(program.take().expect("the program was not waited for"), within),
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.output.take());
        match &mut self.end {
            End::Program(Some(program)) => {
                let _ = program.kill();
                let _ = program.wait();
            }
            // A server that panics after the last awaited message fails the test too.
            End::Server(end, thread) if !std::thread::panicking() => {
                let is_late = matches!(end.recv_timeout(DEADLINE), Err(RecvTimeoutError::Timeout));
                assert!(!is_late, "the server does not end with its input");
                thread.take().expect("the thread of the server").join().expect("the server does not panic");
            }
            End::Program(None) | End::Server(..) => {}
        }
    }
}

/// Waits for a program's end.
pub fn exit_code(mut program: Child, within: Duration) -> i32 {
    let (ended, end) = channel();
    std::thread::spawn(move || ended.send(program.wait().unwrap()));
    let status = end.recv_timeout(within).expect("the program ends");
    status.code().expect("the program ends by itself")
}

/// The program, to be started.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connspec"));
    command.args(["lsp", "--stdio"]);
    for name in ["HOME", "XDG_DATA_HOME", "LOCALAPPDATA"] {
        command.env(name, concat!(env!("CARGO_TARGET_TMPDIR"), "/home"));
    }
    command
}

/// Starts the program with piped input and output.
pub fn start(command: &mut Command) -> Child {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

/// The bytes of a message.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The parameters of a request about a position.
pub fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

/// One change of a range.
pub fn replace(start: (u32, u32), end: (u32, u32), text: &str) -> Value {
    let place = |(line, character)| json!({ "line": line, "character": character });
    json!({ "range": { "start": place(start), "end": place(end) }, "text": text })
}

/// Reads messages until the input ends.
pub fn receive(mut input: impl BufRead, messages: &Sender<Value>) {
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if input.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            match line.trim().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().unwrap(),
                _ => break,
            }
        }
        let mut body = vec![0; length];
        if input.read_exact(&mut body).is_err() || messages.send(serde_json::from_slice(&body).unwrap()).is_err() {
            return;
        }
    }
}

/// Bytes that another thread sends in chunks.
struct Chunks {
    read: Receiver<Vec<u8>>,
    left: Vec<u8>,
}

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Chunks {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left.is_empty() {
            self.left = self.read.recv().unwrap_or_default();
        }
        Ok(&self.left)
    }

    fn consume(&mut self, count: usize) {
        self.left.drain(..count);
    }
}
