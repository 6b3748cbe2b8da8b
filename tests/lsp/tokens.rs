//! Semantic tokens.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI, replace};

const TEXT: &str = r#"{ "type": "generic-rest", "sourceSpec": { "attributes": {
  "urlParams": { "host": "https://😀${a}.com", "path": "/${b}{SCHEDULE_QUERY}",
    "method": "GET" }
} } }"#;

fn editor(capabilities: Value) -> Client {
    let mut client = Client::with(Ide, capabilities);
    client.open(URI, 1, TEXT);
    client
}

fn of(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

/// Line and column relative to the token before, length, type (0 an input, 1 a placeholder, 8 a choice), modifiers.
const HOST: [u32; 5] = [1, 36, 4, 0, 0];
const REST: [u32; 15] = [0, 21, 4, 0, 0, 0, 4, 16, 1, 1, 1, 15, 3, 8, 0];

#[test]
fn documents_have_tokens_in_negotiated_columns() {
    let answer = editor(json!({})).ask("textDocument/semanticTokens/full", of(URI));
    assert_eq!(answer["data"], json!([&HOST[..], &REST[..]].concat()));
    let bytes = json!({ "general": { "positionEncodings": ["utf-8"] } });
    let answer = editor(bytes).ask("textDocument/semanticTokens/full", of(URI));
    assert_eq!(answer["data"][1], 38);
}

#[test]
fn ranges_have_the_tokens_inside() {
    let mut asked = of(URI);
    asked["range"] = json!({ "start": { "line": 2, "character": 0 }, "end": { "line": 3, "character": 0 } });
    let answer = editor(json!({})).ask("textDocument/semanticTokens/range", asked);
    assert_eq!(answer, json!({ "data": [2, 15, 3, 8, 0] }));
}

#[test]
fn deltas_are_relative_to_the_last_result() {
    let mut client = editor(json!({}));
    let first = client.ask("textDocument/semanticTokens/full", of(URI))["resultId"].clone();
    let since = |id: &Value| json!({ "textDocument": { "uri": URI }, "previousResultId": id });
    client.change(URI, 2, json!([replace((1, 38), (1, 39), "long")]));
    let second = client.ask("textDocument/semanticTokens/full/delta", since(&first));
    let edits = json!([{ "start": 0, "deleteCount": 10, "data": [1, 36, 7, 0, 0, 0, 24, 4, 0, 0] }]);
    assert_eq!(second["edits"], edits);
    assert_ne!(second["resultId"], first);

    client.change(URI, 3, json!([replace((0, 0), (0, 0), "  ")]));
    let third = client.ask("textDocument/semanticTokens/full/delta", since(&second["resultId"]));
    assert_eq!(third["edits"], json!([]));
    let all = client.ask("textDocument/semanticTokens/full/delta", since(&first));
    assert_eq!(all["data"].as_array().unwrap().len(), 20, "only the last result is kept: {all}");
}

#[test]
fn a_reopened_document_has_no_delta() {
    let mut client = editor(json!({}));
    let id = client.ask("textDocument/semanticTokens/full", of(URI))["resultId"].clone();
    client.close(URI);
    assert_eq!(client.ask("textDocument/semanticTokens/full", of(URI)), Value::Null);
    client.open(URI, 1, TEXT);
    let since = json!({ "textDocument": { "uri": URI }, "previousResultId": id });
    assert!(client.ask("textDocument/semanticTokens/full/delta", since)["data"].is_array());
}
