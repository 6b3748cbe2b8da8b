//! What comes in is read leniently, and what cannot be read costs one message.

use serde_json::{Value, json};

use crate::client::{Client, frame};

/// Sends something broken to the program, waits for the error that answers it, and has the program answer once more.
fn check(bytes: &[u8], code: i64) {
    let mut client = Client::program();
    client.greet(json!({ "capabilities": {} }));
    client.raw(bytes);
    let answer = client.wait(|message| message.get("error").is_some());
    assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &Value::Null), "{answer}");
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
}

fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

#[test]
fn a_body_that_is_no_json_is_answered_and_survived() {
    check(&framed(br#"{"jsonrpc":"2.0","method":"#), -32700);
    check(&framed(b""), -32700);
}

#[test]
fn a_body_that_is_no_utf8_is_answered_and_survived() {
    check(&framed(b"{\"jsonrpc\":\"2.0\",\"method\":\"x\xff\"}"), -32700);
}

#[test]
fn json_that_is_no_message_is_answered_and_survived() {
    check(&framed(b"[1]"), -32600);
    check(&framed(br#"{"method":"textDocument/hover"}"#), -32600);
    check(&framed(br#"{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}"#), -32600);
}

#[test]
fn broken_headers_are_answered_and_survived() {
    check(b"what is this\r\n\r\n", -32700);
    check(b"Content-Length: -3\r\n\r\n{}", -32700);
}

#[test]
fn headers_in_any_spelling_are_accepted() {
    for headers in [
        "Content-Length: {}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\nX-Sent-By: me\r\n\r\n",
        "content-length: {}\r\n\r\n",
        "CONTENT-LENGTH:{}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n",
        "Content-Length: {}\n\n",
    ] {
        let mut client = Client::program();
        let body = json!({ "jsonrpc": "2.0", "id": 7, "method": "initialize", "params": { "capabilities": {} } });
        let body = body.to_string();
        client.raw(headers.replace("{}", &body.len().to_string()).as_bytes());
        client.raw(body.as_bytes());
        assert_eq!(client.answer(7)["result"]["serverInfo"]["name"], "connspec", "{headers:?}");
    }
}

#[test]
fn a_message_may_come_byte_by_byte() {
    let mut client = Client::program();
    let body = json!({ "jsonrpc": "2.0", "id": 7, "method": "initialize", "params": { "capabilities": {} } });
    for byte in frame(&body) {
        client.raw(&[byte]);
    }
    assert_eq!(client.answer(7)["result"]["serverInfo"]["name"], "connspec");
}
