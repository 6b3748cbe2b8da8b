//! Completion and hover, for clients with different capabilities.

use connspec::ide::{CompletionItem, Hover};
use connspec::server::Ide;
use connspec::text::Edit;
use serde_json::{Value, json};

use crate::client::{Client, URI, at};
use crate::fake::{Fake, word};

const TEXT: &str = "{\n  \"é\": 1\n  na\n}";

fn item() -> CompletionItem {
    let na = TEXT.find("na").unwrap();
    let comma = TEXT.find("1\n").unwrap() + 1;
    CompletionItem {
        detail: Some("string, required".to_owned()),
        documentation: Some("The **name**.".to_owned()),
        edit: Edit { range: na..na + 2, new: "\"name\": \"\"".to_owned() },
        snippet: Some("\"name\": \"$1\"".to_owned()),
        additional: vec![Edit { range: comma..comma, new: ",".to_owned() }],
        deprecated: true,
        preselect: true,
        ..word("name".to_owned())
    }
}

/// The item that a client with these capabilities gets.
fn offered(completion: Value) -> Value {
    let completions =
        Box::new(|_: &_, offset| if offset == TEXT.find("na").unwrap() + 2 { vec![item()] } else { vec![] });
    let fake = Fake { completion: completions, ..Fake::default() };
    let mut client = Client::with(fake, json!({ "textDocument": { "completion": completion } }));
    client.open(URI, 1, TEXT);
    assert_eq!(client.ask("textDocument/completion", at(URI, 0, 0)), json!({ "isIncomplete": true, "items": [] }));
    let list = client.ask("textDocument/completion", at(URI, 2, 4));
    assert_eq!(list["isIncomplete"], true);
    list["items"][0].clone()
}

fn place(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

fn least() -> Value {
    json!({
        "label": "name", "kind": 12, "detail": "string, required", "filterText": "name", "sortText": "0",
        "documentation": "The name.",
        "textEdit": { "range": place(2, 2, 4), "newText": "\"name\": \"\"" },
        "additionalTextEdits": [{ "range": place(1, 8, 8), "newText": "," }],
    })
}

#[test]
fn minimal_clients_get_plain_items() {
    assert_eq!(offered(json!({})), least());
    assert_eq!(offered(json!({ "completionItem": { "snippetSupport": false, "documentationFormat": [] } })), least());
}

#[test]
fn capable_clients_get_full_items() {
    let mut most = least();
    most["kind"] = json!(20);
    most["documentation"] = json!({ "kind": "markdown", "value": "The **name**." });
    most["textEdit"]["newText"] = json!("\"name\": \"$1\"");
    most["insertTextFormat"] = json!(2);
    most["insertTextMode"] = json!(2);
    most["preselect"] = json!(true);
    most["tags"] = json!([1]);
    let all = json!({
        "completionItem": {
            "snippetSupport": true, "documentationFormat": ["markdown", "plaintext"], "deprecatedSupport": true,
            "preselectSupport": true, "tagSupport": { "valueSet": [1] },
            "insertTextModeSupport": { "valueSet": [1, 2] },
        },
        "completionItemKind": { "valueSet": [12, 20] },
    });
    assert_eq!(offered(all), most);
}

#[test]
fn deprecation_is_a_flag_for_clients_without_tags() {
    let mut flagged = least();
    flagged["deprecated"] = json!(true);
    assert_eq!(offered(json!({ "completionItem": { "deprecatedSupport": true } })), flagged);
    assert_eq!(offered(json!({ "completionItem": { "tagSupport": { "valueSet": [] } } })), least());
}

#[test]
fn hover_uses_the_preferred_format() {
    for (formats, kind, value) in [
        (json!(["markdown", "plaintext"]), "markdown", "**a** [b](c)"),
        (json!(["plaintext", "markdown"]), "plaintext", "a b (c)"),
        (json!([]), "plaintext", "a b (c)"),
    ] {
        let hover =
            Box::new(|_: &_, offset| (offset == 5).then(|| Hover { range: 4..6, contents: "**a** [b](c)".to_owned() }));
        let capabilities = json!({ "textDocument": { "hover": { "contentFormat": formats } } });
        let mut client = Client::with(Fake { hover, ..Fake::default() }, capabilities);
        client.open(URI, 1, "😀abc");
        assert_eq!(client.ask("textDocument/hover", at(URI, 0, 0)), Value::Null);
        let expected = json!({ "contents": { "kind": kind, "value": value }, "range": place(0, 2, 4) });
        assert_eq!(client.ask("textDocument/hover", at(URI, 0, 3)), expected, "{formats}");
    }
}

#[test]
fn a_brace_asks_for_items_in_strings_only() {
    let text = "{\n  \"type\": \"generic-rest\", \"authSpec\": [], \"sourceSpec\": { \"attributes\": { \"urlParams\": { \"path\": \"{\" } } }\n}";
    let mut client = Client::with(Ide, json!({}));
    client.open("file:///acme-connectionSpec.json", 1, text);
    let mut typed = |line: u32, character: u32, context: Value| {
        let mut params = at("file:///acme-connectionSpec.json", line, character);
        params["context"] = context;
        client.ask("textDocument/completion", params)["items"].as_array().unwrap().len()
    };
    let brace = || json!({ "triggerKind": 2, "triggerCharacter": "{" });
    let in_path = text.lines().nth(1).unwrap().find("\"{\"").unwrap() as u32 + 2;
    assert_eq!(typed(0, 1, brace()), 0, "Enter after it is a line break");
    assert_ne!(typed(0, 1, json!({ "triggerKind": 1 })), 0);
    assert_ne!(typed(1, in_path, brace()), 0, "it starts a placeholder");
}

#[test]
fn text_after_the_cursor_is_replaced_in_editors_that_can() {
    let text = "{ \"type\": \"generic-rest\", \"authSpec\": [], \"nam\" }";
    let after = text.find("nam").unwrap() as u32 + 3;
    for (announced, end, new) in [(json!(true), after + 1, "\"name\": \"\""), (json!(null), after, "\"name\": \"")] {
        let item = json!({ "completionItem": { "insertReplaceSupport": announced } });
        let mut client = Client::with(Ide, json!({ "textDocument": { "completion": item } }));
        client.open("file:///acme-connectionSpec.json", 1, text);
        let list = client.ask("textDocument/completion", at("file:///acme-connectionSpec.json", 0, after));
        let items = list["items"].as_array().unwrap();
        let name = items.iter().find(|item| item["label"] == "name").unwrap();
        assert_eq!(name["textEdit"], json!({ "range": place(0, after - 4, end), "newText": new }));
    }
}
