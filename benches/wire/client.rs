//! An editor's end of a session with a server in a process of its own, which notes when each message arrived.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Answer;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub(super) struct Client {
    child: Child,
    input: ChildStdin,
    messages: Receiver<(Instant, Vec<u8>)>,
    id: i64,
    /// From the start of the process to the answer to `initialize`.
    pub(super) initialized: Duration,
}

impl Client {
    /// Starts a server and greets it.
    pub(super) fn start(command: &mut Command) -> Answer<Client> {
        let start = Instant::now();
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let input = child.stdin.take().ok_or("no standard input")?;
        let output = child.stdout.take().ok_or("no standard output")?;
        let (sender, messages) = channel();
        thread::spawn(move || read_frames(BufReader::new(output), &sender));
        let mut client = Client { child, input, messages, id: 0, initialized: Duration::ZERO };
        let item = json!({ "snippetSupport": true, "documentationFormat": ["markdown"] });
        let document = json!({ "completion": { "completionItem": item }, "hover": { "contentFormat": ["markdown"] },
            "publishDiagnostics": { "relatedInformation": true } });
        let capabilities = json!({ "textDocument": document, "workspace": { "didChangeConfiguration": {} } });
        let (_, arrived) = client
            .request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": capabilities }))?;
        client.initialized = arrived - start;
        client.notify("initialized", json!({}))?;
        Ok(client)
    }

    /// Sends a notification.
    pub(super) fn notify(&mut self, method: &str, params: Value) -> Answer<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Sends a request; the answer, and when it arrived.
    pub(super) fn request(&mut self, method: &str, params: Value) -> Answer<(Value, Instant)> {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            let (arrived, mut message) = self.next()?;
            if message["id"] == id && message.get("method").is_none() {
                return match message.get("error") {
                    Some(error) => Err(format!("{method}: {error}").into()),
                    None => Ok((message["result"].take(), arrived)),
                };
            }
        }
    }

    /// Waits for findings whose number is as wanted; the number, and when they arrived.
    pub(super) fn diagnostics(&mut self, wanted: impl Fn(usize) -> bool) -> Answer<(usize, Instant)> {
        loop {
            let (arrived, message) = self.next()?;
            if message["method"] == "textDocument/publishDiagnostics" {
                let found = message["params"]["diagnostics"].as_array().map_or(0, Vec::len);
                if wanted(found) {
                    return Ok((found, arrived));
                }
            }
        }
    }

    /// The memory that the process holds now, where the system tells.
    pub(super) fn megabytes(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1024.0)
    }

    fn send(&mut self, message: &Value) -> Answer<()> {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.input.flush()?)
    }

    /// The next message. What the server asks is answered with nothing.
    fn next(&mut self) -> Answer<(Instant, Value)> {
        let (arrived, body) = self.messages.recv_timeout(PATIENCE)?;
        let message: Value = serde_json::from_slice(&body)?;
        if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }))?;
        }
        Ok((arrived, message))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_frames(mut output: impl BufRead, messages: &Sender<(Instant, Vec<u8>)>) {
    let mut length = 0;
    let mut line = String::new();
    while output.read_line(&mut line).is_ok_and(|read| read > 0) {
        if let Some(number) = line.strip_prefix("Content-Length:") {
            length = number.trim().parse().unwrap_or(0);
        }
        if line.trim().is_empty() {
            let mut body = vec![0; length];
            if output.read_exact(&mut body).is_err() || messages.send((Instant::now(), body)).is_err() {
                return;
            }
        }
        line.clear();
    }
}
