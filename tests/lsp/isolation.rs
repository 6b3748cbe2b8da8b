//! A request that is slow, panics or is cancelled affects no other.

use std::io::{BufReader, Write};
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};

use connspec::cancellation::checkpoint;
use connspec::document::Document;
use serde_json::{Value, json};

use crate::client::{Client, DEADLINE, URI, at, command, exit_code, frame, receive, start};
use crate::fake::{Fake, quote};

/// Features whose completion starts with a message to the receiver, and ends when the sender is used or dropped.
fn slow() -> (Fake, Sender<()>, std::sync::mpsc::Receiver<()>) {
    let (release, released) = channel();
    let (begin, begun) = channel();
    let released = Mutex::new(released);
    let completion = Box::new(move |_: &_, _| {
        let _ = begin.send(());
        let _ = released.lock().unwrap().recv();
        Vec::new()
    });
    (Fake { completion, ..Fake::default() }, release, begun)
}

#[test]
fn a_panic_fails_one_request_only() {
    let fake = Fake {
        hover: Box::new(|_, offset| if offset == 0 { panic!("secret") } else { None }),
        diagnostics: Box::new(|document| if document.source().len() == 1 { panic!("secret") } else { quote(document) }),
        ..Fake::default()
    };
    let mut client = Client::with(fake, json!({}));
    client.open(URI, 1, "ab");
    assert_eq!(client.published(URI, 1)[0]["message"], "ab");
    let ids: Vec<_> = (0..20).map(|turn| client.request("textDocument/hover", at(URI, 0, turn % 2))).collect();
    for (turn, id) in ids.into_iter().enumerate() {
        let answer = client.answer(id);
        match turn % 2 {
            0 => assert_eq!(answer["error"]["code"], -32603, "{answer}"),
            _ => assert_eq!(answer["result"], Value::Null, "{answer}"),
        }
        assert!(!answer.to_string().contains("secret"), "{answer}");
    }
    // Nothing is known about this version: the published diagnostics of the last one are cleared.
    client.change(URI, 2, json!([{ "text": "c" }]));
    assert_eq!(client.published(URI, 2), json!([]));
    client.change(URI, 3, json!([{ "text": "de" }]));
    assert_eq!(client.published(URI, 3)[0]["message"], "de");
}

#[test]
fn slow_requests_delay_no_other() {
    let (fake, release, begun) = slow();
    let mut client = Client::with(fake, json!({}));
    client.open(URI, 1, "{}");
    let long: Vec<_> = (0..8).map(|_| client.request("textDocument/completion", at(URI, 0, 1))).collect();
    begun.recv_timeout(DEADLINE).unwrap();
    client.change(URI, 2, json!([{ "text": "[]" }]));
    assert_eq!(client.published(URI, 2), json!([]));
    assert_eq!(client.ask("textDocument/hover", at(URI, 0, 0))["contents"]["value"], "[]");
    drop(release);
    for id in long {
        assert_eq!(client.answer(id)["result"]["items"], json!([]));
    }
}

#[test]
fn slow_analysis_delays_no_other_document() {
    let (release, released) = channel::<()>();
    let released = Mutex::new(released);
    let diagnostics = Box::new(move |document: &connspec::document::Document| {
        if document.name() == "long.json" {
            let _ = released.lock().unwrap().recv();
        }
        quote(document)
    });
    let mut client = Client::with(Fake { diagnostics, ..Fake::default() }, json!({}));
    client.open("file:///long.json", 1, "long");
    client.open(URI, 1, "short");
    assert_eq!(client.published(URI, 1)[0]["message"], "short");
    drop(release);
    assert_eq!(client.published("file:///long.json", 1)[0]["message"], "long");
}

#[test]
fn cancelled_requests_fail_at_once() {
    let (fake, release, begun) = slow();
    let mut client = Client::with(fake, json!({}));
    client.open(URI, 1, "{}");
    let id = client.request("textDocument/completion", at(URI, 0, 1));
    begun.recv_timeout(DEADLINE).unwrap();
    client.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    // Cancelling what has ended or never existed does no harm.
    client.notify("$/cancelRequest", json!({ "id": id }));
    client.notify("$/cancelRequest", json!({ "id": "never" }));
    drop(release);
    assert_eq!(client.ask("textDocument/hover", at(URI, 0, 0))["contents"]["value"], "{}");
}

/// Sends a message when it is dropped: at the end of work, also of work that is stopped.
struct End(Sender<()>);

impl Drop for End {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[test]
fn the_work_of_a_cancelled_request_ends() {
    let ((begin, begun), (end, ended)) = (channel(), channel());
    let completion = Box::new(move |_: &_, _| {
        let _end = End(end.clone());
        let _ = begin.send(());
        loop {
            checkpoint();
        }
    });
    let mut client = Client::with(Fake { completion, ..Fake::default() }, json!({}));
    client.open(URI, 1, "{}");
    for _ in 0..5 {
        let id = client.request("textDocument/completion", at(URI, 0, 1));
        begun.recv_timeout(DEADLINE).unwrap();
        client.notify("$/cancelRequest", json!({ "id": id }));
        assert_eq!(client.answer(id)["error"]["code"], -32800);
        ended.recv_timeout(DEADLINE).expect("the thread is free again");
    }
    assert_eq!(client.ask("textDocument/hover", at(URI, 0, 0))["contents"]["value"], "{}");
}

#[test]
fn a_newer_version_stops_the_analysis_of_an_older_one() {
    let (begin, begun) = channel();
    let diagnostics = Box::new(move |document: &Document| {
        let _ = begin.send(document.version());
        while document.version() == 1 {
            checkpoint();
        }
        quote(document)
    });
    let mut client = Client::with(Fake { diagnostics, ..Fake::default() }, json!({}));
    client.open(URI, 1, "old");
    assert_eq!(begun.recv_timeout(DEADLINE), Ok(1));
    client.change(URI, 2, json!([{ "text": "new" }]));
    let (version, found) = client.published_next(URI);
    assert_eq!((version, &found[0]["message"]), (json!(2), &json!("new")));
}

#[test]
fn a_newer_version_stops_a_pull_of_an_older_one() {
    let ((begin, begun), (end, ended)) = (channel(), channel());
    let diagnostics = Box::new(move |document: &Document| {
        let _end = End(end.clone());
        let _ = begin.send(document.version());
        while document.version() == 1 {
            checkpoint();
        }
        quote(document)
    });
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let mut client = Client::with(Fake { diagnostics, ..Fake::default() }, capabilities);
    client.open(URI, 1, "old");
    let pull = json!({ "textDocument": { "uri": URI } });
    let old = client.request("textDocument/diagnostic", pull.clone());
    assert_eq!(begun.recv_timeout(DEADLINE), Ok(1));
    client.change(URI, 2, json!([{ "text": "new" }]));
    let error = client.answer(old)["error"].clone();
    assert_eq!((&error["code"], &error["data"]), (&json!(-32802), &json!({ "retriggerRequest": true })));
    ended.recv_timeout(DEADLINE).expect("the work ends");
    assert_eq!(client.ask("textDocument/diagnostic", pull)["items"][0]["message"], "new");
}

#[test]
fn closing_stops_the_analysis() {
    let ((begin, begun), (end, ended)) = (channel(), channel());
    let diagnostics = Box::new(move |_: &Document| {
        let _end = End(end.clone());
        let _ = begin.send(());
        loop {
            checkpoint();
        }
    });
    let mut client = Client::with(Fake { diagnostics, ..Fake::default() }, json!({}));
    client.open(URI, 1, "{}");
    begun.recv_timeout(DEADLINE).unwrap();
    client.close(URI);
    ended.recv_timeout(DEADLINE).expect("the thread is free again");
}

/// Recursion that is as deep as the document would overflow the stack, and end the server.
#[test]
fn every_request_is_answered_for_a_deep_document() {
    let depth = 30_000;
    let mut client = Client::with(connspec::server::Ide, json!({}));
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[", ""), ("{\"properties\":{\"a\":", "}}")] {
        let (before, after) = (open.repeat(depth), close.repeat(depth));
        let text = format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"spec\":\n{before}1{after} }} }}");
        client.open(URI, 1, &text);
        let place = json!({ "line": 1, "character": before.len() });
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": place });
        let all = json!({
            "textDocument": { "uri": URI }, "position": place, "positions": [place], "range": range, "newName": "b", "ch": "}",
            "context": { "diagnostics": [], "includeDeclaration": true, "triggerKind": 1 }, "options": { "tabSize": 2, "insertSpaces": true },
        });
        for feature in [
            "codeAction",
            "codeLens",
            "completion",
            "definition",
            "diagnostic",
            "documentHighlight",
            "documentLink",
            "documentSymbol",
            "foldingRange",
            "formatting",
            "hover",
            "inlayHint",
            "linkedEditingRange",
            "onTypeFormatting",
            "rangeFormatting",
            "references",
            "rename",
            "selectionRange",
            "semanticTokens/full",
        ] {
            let id = client.request(&format!("textDocument/{feature}"), all.clone());
            assert_ne!(client.answer(id)["error"]["code"], -32603, "{feature} of {open}");
        }
        client.close(URI);
    }
}

#[test]
fn requests_are_served_while_the_client_does_not_respond() {
    let mut client = Client::with(Fake::default(), json!({ "workspace": { "configuration": true } }));
    client.open(URI, 1, "{}");
    for _ in 0..10 {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }
    // It got eleven requests (one at the start), and responds to none.
    for _ in 0..11 {
        client.asked("workspace/configuration");
    }
    let ids: Vec<_> = (0..300).map(|_| client.request("textDocument/hover", at(URI, 0, 0))).collect();
    for id in ids {
        assert_eq!(client.answer(id)["result"]["contents"]["value"], "{}");
    }
}

#[test]
fn input_is_read_while_nobody_reads_the_output() {
    const COUNT: i64 = 20_000;
    let mut program = start(&mut command());
    let mut input = program.stdin.take().unwrap();
    let (written, all_written) = channel();
    std::thread::spawn(move || {
        let greeting = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "capabilities": {} } });
        input.write_all(&frame(&greeting)).unwrap();
        for id in 1..=COUNT {
            let request = json!({ "jsonrpc": "2.0", "id": id, "method": "unknown", "params": "x".repeat(100) });
            input.write_all(&frame(&request)).unwrap();
        }
        written.send(input).unwrap();
    });
    // Both pipes hold a few hundred of these messages: the server must have read the rest.
    let input = all_written.recv_timeout(DEADLINE).expect("the server goes on reading");
    let (messages, answers) = channel();
    let output = program.stdout.take().unwrap();
    std::thread::spawn(move || receive(BufReader::new(output), &messages));
    for _ in 0..=COUNT {
        answers.recv_timeout(DEADLINE).expect("everything is answered");
    }
    drop(input);
    assert_eq!(exit_code(program, DEADLINE), 1);
}
