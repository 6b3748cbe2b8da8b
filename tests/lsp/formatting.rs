//! Formatting over the wire.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI};

/// A spec with a character that takes two columns in UTF-16 and four in UTF-8 before what is formatted.
const TEXT: &str = "{\n  \"name\": \"😀\" ,\n    \"type\":\"generic-rest\"\n}";

fn editor() -> Client {
    let mut client = Client::with(Ide, json!({}));
    client.open(URI, 1, TEXT);
    client
}

fn asked(more: Value) -> Value {
    let mut asked = json!({
        "textDocument": { "uri": URI },
        "options": { "tabSize": 2, "insertSpaces": true, "insertFinalNewline": true, "theirOwn": "x" },
    });
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

fn edit(start: (u32, u32), end: (u32, u32), new: &str) -> Value {
    let place = |(line, character)| json!({ "line": line, "character": character });
    json!({ "range": { "start": place(start), "end": place(end) }, "newText": new })
}

#[test]
fn a_document_gets_minimal_edits() {
    let edits = editor().ask("textDocument/formatting", asked(json!({})));
    let expected =
        [edit((1, 14), (1, 15), ""), edit((2, 2), (2, 4), ""), edit((2, 11), (2, 11), " "), edit((3, 1), (3, 1), "\n")];
    assert_eq!(edits, json!(expected));
}

#[test]
fn a_range_gets_the_edits_of_its_lines() {
    let range = json!({ "start": { "line": 2, "character": 9 }, "end": { "line": 2, "character": 10 } });
    let edits = editor().ask("textDocument/rangeFormatting", asked(json!({ "range": range })));
    assert_eq!(edits, json!([edit((2, 2), (2, 4), ""), edit((2, 11), (2, 11), " ")]));
}

#[test]
fn enter_completes_the_line_before() {
    let mut client = Client::with(Ide, json!({}));
    client.open(URI, 1, "{\n  \"name\": \"😀\"\n\n  \"type\": \"generic-rest\"\n}");
    let typed = asked(json!({ "position": { "line": 2, "character": 0 }, "ch": "\n" }));
    let edits = client.ask("textDocument/onTypeFormatting", typed);
    assert_eq!(edits, json!([edit((1, 14), (1, 14), ","), edit((2, 0), (2, 0), "  ")]));
    let other = asked(json!({ "position": { "line": 2, "character": 0 }, "ch": "" }));
    assert_eq!(client.ask("textDocument/onTypeFormatting", other), json!([]));
}

#[test]
fn other_json_is_not_formatted() {
    let mut client = Client::with(Ide, json!({}));
    client.open("file:///package.json", 1, "{\"a\":\n1}");
    let mut other = asked(json!({}));
    other["textDocument"]["uri"] = json!("file:///package.json");
    assert_eq!(client.ask("textDocument/formatting", other.clone()), json!([]));
    other["textDocument"]["uri"] = json!("file:///closed.json");
    assert_eq!(client.ask("textDocument/formatting", other), Value::Null);
}
