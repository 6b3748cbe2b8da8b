//! Documents stay what they are in the editor.

use serde_json::json;

use crate::client::{Client, URI, at, replace};
use crate::fake::Fake;

/// What the server takes for the document's text, and the place that it calls its end.
fn text(client: &mut Client) -> (String, (u64, u64)) {
    let hover = client.ask("textDocument/hover", at(URI, 0, 0));
    let end = &hover["range"]["end"];
    let end = (end["line"].as_u64().unwrap(), end["character"].as_u64().unwrap());
    (hover["contents"]["value"].as_str().unwrap().to_owned(), end)
}

fn markdown() -> serde_json::Value {
    json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } })
}

fn open(content: &str) -> Client {
    let mut client = Client::with(Fake::default(), markdown());
    client.open(URI, 1, content);
    client
}

#[test]
fn a_thousand_changes_count_in_order() {
    let mut client = open("[]");
    for version in 2..1002 {
        let column = 1 + (version as u32 - 2);
        let digit = (version % 10).to_string();
        client.change(URI, version, json!([replace((0, column), (0, column), &digit)]));
    }
    let expected: String = (2..1002).map(|version| (version % 10).to_string()).collect();
    assert_eq!(text(&mut client).0, format!("[{expected}]"));
}

#[test]
fn an_answer_knows_the_changes_before_it_and_none_after() {
    let mut client = open("");
    let ids: Vec<_> = (0..200)
        .map(|turn| {
            client.change(URI, turn + 2, json!([{ "text": turn.to_string() }]));
            client.request("textDocument/hover", at(URI, 0, 0))
        })
        .collect();
    for (turn, id) in ids.into_iter().enumerate() {
        assert_eq!(client.answer(id)["result"]["contents"]["value"], turn.to_string());
    }
}

#[test]
fn several_changes_in_one_message_count_on_each_other() {
    let mut client = open("{\n  \"a\": 1\n}\n");
    let changes = json!([
        replace((1, 7), (1, 8), "[\n]"),
        replace((2, 0), (2, 0), "2"),
        { "text": "{\r\n  \"b\": 😀\r\n}" },
        replace((1, 8), (1, 10), "\"x\""),
        replace((2, 1), (2, 1), "\r\n"),
    ]);
    client.change(URI, 2, changes);
    assert_eq!(text(&mut client), ("{\r\n  \"b\": \"x\"}\r\n".replace("}", "\r\n}"), (3, 0)));
}

#[test]
fn places_outside_of_the_text_count_as_its_edges() {
    let mut client = open("ab\ncd");
    client.change(URI, 2, json!([replace((0, 99), (0, 99), "1")]));
    client.change(URI, 3, json!([replace((99, 0), (99, 99), "2")]));
    client.change(URI, 4, json!([replace((1, 1), (0, 1), "-")]));
    client.change(URI, 5, json!([replace((0, 0), (u32::MAX, u32::MAX), "all")]));
    assert_eq!(text(&mut client).0, "all");
}

#[test]
fn a_range_the_wrong_way_round_is_the_same_range() {
    let mut client = open("ab\ncd");
    client.change(URI, 2, json!([replace((1, 1), (0, 1), "-")]));
    assert_eq!(text(&mut client).0, "a-d");
}

#[test]
fn columns_count_in_the_unit_that_was_agreed() {
    for (offered, agreed, column) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 5),
        (json!(["utf-16", "utf-8"]), "utf-16", 3),
        (json!(["utf-7", "utf-32", "utf-8"]), "utf-32", 2),
        (json!([]), "utf-16", 3),
        (json!(null), "utf-16", 3),
    ] {
        let mut client = Client::silent(Fake::default());
        let general = json!({ "positionEncodings": offered });
        let capabilities = json!({ "general": general, "textDocument": markdown()["textDocument"] });
        let answer = client.greet(json!({ "capabilities": capabilities }));
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed, "{offered}");
        client.open(URI, 1, "a😀b");
        client.change(URI, 2, json!([replace((0, column), (0, column), "|")]));
        assert_eq!(text(&mut client), ("a😀|b".to_owned(), (0, u64::from(column) + 2)), "{offered}");
    }
}

#[test]
fn half_a_surrogate_pair_counts_as_one_column() {
    let mut client = open("\"ab\"");
    let change = br#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"URI","version":2},
        "contentChanges":[{"range":{"start":{"line":0,"character":1},"end":{"line":0,"character":2}},"text":"\ud83d"}]}}"#;
    let change = String::from_utf8_lossy(change).replace("URI", URI);
    client.raw(format!("Content-Length: {}\r\n\r\n{change}", change.len()).as_bytes());
    client.change(URI, 3, json!([replace((0, 2), (0, 3), "c")]));
    assert_eq!(text(&mut client).0, "\"\u{FFFD}c\"");
}

#[test]
fn a_change_of_a_document_that_is_not_open_is_dropped() {
    let mut client = open("mine");
    let other = "file:///specs/other.json";
    client.change(other, 1, json!([{ "text": "{}" }]));
    assert_eq!(client.ask("textDocument/hover", at(other, 0, 0)), json!(null));
    client.close(other);
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(client.ask("textDocument/completion", at(other, 0, 0)), json!(null));
    assert_eq!(text(&mut client).0, "mine");
}

#[test]
fn a_document_that_was_closed_is_gone_until_it_is_opened_again() {
    let mut client = open("first");
    client.close(URI);
    assert_eq!(client.ask("textDocument/hover", at(URI, 0, 0)), json!(null));
    client.open(URI, 1, "second");
    assert_eq!(text(&mut client).0, "second");
}
