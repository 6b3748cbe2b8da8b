//! The program ends when it should, with the code that it should, and never lives on alone.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, DEADLINE, URI, exit_code, frame, spawn};

const AT_ONCE: Duration = Duration::from_secs(1);

fn greeted() -> Client {
    let mut client = Client::program();
    client.greet(json!({ "capabilities": {} }));
    client
}

#[test]
fn shutdown_and_exit_end_it_within_a_second_while_its_input_is_open() {
    let mut client = greeted();
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(AT_ONCE), 0);
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = greeted();
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
fn after_shutdown_requests_are_refused() {
    let mut client = greeted();
    client.open(URI, 1, "{}");
    client.ask("shutdown", Value::Null);
    let id = client.request("textDocument/hover", crate::client::at(URI, 0, 0));
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(AT_ONCE), 0);
}

#[test]
fn an_input_that_ends_ends_it_after_the_last_answer() {
    let mut program = spawn();
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
fn an_output_that_nobody_holds_ends_it() {
    let mut program = spawn();
    drop(program.stdout.take());
    let mut input = program.stdin.take().unwrap();
    // The input stays open: only writing can tell that the editor is gone.
    let _ = input.write_all(&frame(&json!({ "jsonrpc": "2.0", "id": 1, "method": "nothing" })));
    assert_eq!(exit_code(program, DEADLINE), 1);
}

/// A process that stands for an editor: it ends when its input is closed.
#[cfg(unix)]
fn editor() -> std::process::Child {
    Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
}

#[cfg(unix)]
#[test]
fn it_ends_with_the_process_that_the_editor_named() {
    let mut editor = editor();
    let mut client = Client::program();
    client.greet(json!({ "processId": editor.id(), "capabilities": {} }));
    drop(editor.stdin.take());
    editor.wait().unwrap();
    assert_eq!(client.code(DEADLINE), 1);
}

#[cfg(unix)]
#[test]
fn a_process_that_cannot_be_seen_is_not_watched() {
    let mut editor = editor();
    let pid = editor.id();
    drop(editor.stdin.take());
    editor.wait().unwrap();
    assert_lives_on(Client::program(), pid);
}

/// That a server lives on is shown by one beside it that watches the same process and ends.
#[cfg(unix)]
#[test]
fn the_watch_can_be_switched_off() {
    let mut editor = editor();
    let mut command = Command::new(env!("CARGO_BIN_EXE_connspec"));
    command.arg("lsp").env("CONNSPEC_WATCH_PARENT", "off");
    let unwatching = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut unwatching = Client::of(unwatching);
    unwatching.greet(json!({ "processId": editor.id(), "capabilities": {} }));
    let mut watching = Client::program();
    watching.greet(json!({ "processId": editor.id(), "capabilities": {} }));
    drop(editor.stdin.take());
    editor.wait().unwrap();
    assert_eq!(watching.code(DEADLINE), 1);
    assert_eq!(unwatching.ask("shutdown", Value::Null), Value::Null);
}

/// That a server lives on is shown by one beside it, started later, that watches a process and ends.
#[cfg(unix)]
fn assert_lives_on(mut client: Client, pid: u32) {
    client.greet(json!({ "processId": pid, "capabilities": {} }));
    let mut editor = editor();
    let mut beside = Client::program();
    beside.greet(json!({ "processId": editor.id(), "capabilities": {} }));
    drop(editor.stdin.take());
    editor.wait().unwrap();
    assert_eq!(beside.code(DEADLINE), 1);
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
}
