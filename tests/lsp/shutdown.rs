//! The process ends when it should, with the right exit code, and is never orphaned.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, DEADLINE, URI, command, exit_code, frame, start};

const AT_ONCE: Duration = Duration::from_secs(1);

fn initialized() -> Client {
    let mut client = Client::program();
    client.greet(json!({ "capabilities": {} }));
    client
}

#[test]
fn shutdown_and_exit_end_the_process_while_its_input_is_open() {
    let mut client = initialized();
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(AT_ONCE), 0);
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = initialized();
    client.notify("exit", Value::Null);
    assert_eq!(client.code(AT_ONCE), 1);
}

#[test]
fn exit_before_anything_else_is_a_failure() {
    let mut client = Client::program();
    client.notify("exit", Value::Null);
    assert_eq!(client.code(AT_ONCE), 1);
}

#[test]
fn requests_after_shutdown_fail() {
    let mut client = initialized();
    client.open(URI, 1, "{}");
    client.ask("shutdown", Value::Null);
    let id = client.request("textDocument/hover", crate::client::at(URI, 0, 0));
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(AT_ONCE), 0);
}

#[test]
fn the_end_of_the_input_ends_the_process_after_the_last_response() {
    let mut program = start(&mut command());
    let mut input = program.stdin.take().unwrap();
    let greeting = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } });
    input.write_all(&frame(&greeting)).unwrap();
    drop(input);
    let mut output = String::new();
    program.stdout.take().unwrap().read_to_string(&mut output).unwrap();
    assert!(output.contains("\"serverInfo\""), "{output}");
    assert_eq!(exit_code(program, DEADLINE), 1);
}

#[test]
fn a_closed_output_ends_the_process() {
    let mut program = start(&mut command());
    drop(program.stdout.take());
    let mut input = program.stdin.take().unwrap();
    // The input stays open: only writing shows that the client has ended.
    let _ = input.write_all(&frame(&json!({ "jsonrpc": "2.0", "id": 1, "method": "nothing" })));
    assert_eq!(exit_code(program, DEADLINE), 1);
}

/// A process in place of an editor.
#[cfg(unix)]
struct Editor(std::process::Child);

#[cfg(unix)]
impl Editor {
    fn new() -> Self {
        Editor(Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap())
    }

    fn greeting(&self) -> Value {
        json!({ "processId": self.0.id(), "capabilities": {} })
    }

    fn end(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().unwrap();
    }
}

/// Has a server watch an editor that ends, and waits for the end of the server. After this has happened twice in a row, every
/// other server has checked the process that it watches as well.
#[cfg(unix)]
fn wait_for_a_watch() {
    let mut editor = Editor::new();
    let mut client = Client::program();
    client.greet(editor.greeting());
    editor.end();
    assert_eq!(client.code(DEADLINE), 1);
}

#[cfg(unix)]
#[test]
fn the_process_ends_with_its_parent() {
    wait_for_a_watch();
}

#[cfg(unix)]
#[test]
fn an_invisible_parent_is_not_watched() {
    let mut editor = Editor::new();
    editor.end();
    let mut client = Client::program();
    client.greet(editor.greeting());
    wait_for_a_watch();
    wait_for_a_watch();
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
}

#[cfg(unix)]
#[test]
fn the_parent_watch_can_be_turned_off() {
    let mut editor = Editor::new();
    let mut client = Client::of(start(command().env("CONNSPEC_WATCH_PARENT", "off")));
    client.greet(editor.greeting());
    editor.end();
    wait_for_a_watch();
    wait_for_a_watch();
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
}
