//! Input is parsed leniently, and what is malformed costs one message.

use serde_json::{Value, json};

use crate::client::{Client, frame};

/// Sends malformed bytes, waits for the error, and checks that the server still responds.
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
fn invalid_json_is_an_error() {
    check(&framed(br#"{"jsonrpc":"2.0","method":"#), -32700);
    check(&framed(b""), -32700);
}

#[test]
fn invalid_utf8_is_an_error() {
    check(&framed(b"{\"jsonrpc\":\"2.0\",\"method\":\"x\xff\"}"), -32700);
}

#[test]
fn json_that_is_not_a_message_is_an_error() {
    check(&framed(b"[1]"), -32600);
    check(&framed(br#"{"method":"textDocument/hover"}"#), -32600);
    check(&framed(br#"{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}"#), -32600);
}

#[test]
fn malformed_headers_are_an_error() {
    check(b"what is this\r\n\r\n", -32700);
    check(b"Content-Length: -3\r\n\r\n{}", -32700);
}

#[test]
fn headers_are_lenient() {
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
fn messages_may_arrive_byte_by_byte() {
    let mut client = Client::program();
    let body = json!({ "jsonrpc": "2.0", "id": 7, "method": "initialize", "params": { "capabilities": {} } });
    for byte in frame(&body) {
        client.raw(&[byte]);
    }
    assert_eq!(client.answer(7)["result"]["serverInfo"]["name"], "connspec");
}
