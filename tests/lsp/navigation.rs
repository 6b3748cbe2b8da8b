//! References, renames, folds, selections and links, for clients with different capabilities.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI, at, replace};
use crate::folder::Folder;

const TEXT: &str = r#"{ "type": "generic-rest", "name": "😀",
  "authSpec": [ { "name": "Key", "spec": { "properties": {
    "é": {}, "listId": {} }, "required": ["listId"] } } ],
  "sourceSpec": { "attributes": {
    "uiAttributes": { "documentationLink": "https://example.com/a", "label": { "key": "x" } },
    "urlParams": { "path": "/😀/${listId}/${é}" }
  } } }"#;

/// A client with these capabilities and the document open.
fn with(capabilities: Value) -> Client {
    let mut client = Client::with(Ide, capabilities);
    client.open(URI, 7, TEXT);
    client
}

fn span(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

/// The ranges of `listId` where it is declared and where it is required, in UTF-16.
fn declared() -> [Value; 2] {
    [span(2, 14, 20), span(2, 43, 49)]
}

fn location(range: &Value) -> Value {
    json!({ "uri": URI, "range": range })
}

fn renaming(new: &str) -> Value {
    let mut params = at(URI, 2, 15);
    params["newName"] = json!(new);
    params
}

fn encoded(name: &str) -> Value {
    json!({ "general": { "positionEncodings": [name] } })
}

#[test]
fn a_definition_is_a_location_or_a_link() {
    let [name, required] = declared();
    let from = at(URI, 2, 44);
    assert_eq!(with(json!({})).ask("textDocument/definition", from.clone()), json!([location(&name)]));
    let links = json!({ "textDocument": { "definition": { "linkSupport": true } } });
    let expected = json!([{
        "originSelectionRange": required, "targetUri": URI,
        "targetRange": span(2, 13, 25), "targetSelectionRange": name,
    }]);
    assert_eq!(with(links).ask("textDocument/definition", from), expected);
    assert_eq!(with(json!({})).ask("textDocument/definition", at(URI, 0, 5)), Value::Null);
}

#[test]
fn references_with_and_without_the_declaration() {
    for (encoding, used) in [("utf-8", span(5, 36, 42)), ("utf-16", span(5, 34, 40)), ("utf-32", span(5, 33, 39))] {
        let mut client = with(encoded(encoding));
        // The columns of the line with the `é` differ too.
        let name = if encoding == "utf-8" { span(2, 15, 21) } else { declared()[0].clone() };
        let required = if encoding == "utf-8" { span(2, 44, 50) } else { declared()[1].clone() };
        let mut ask = |all: bool| {
            let mut params = at(URI, 5, used["start"]["character"].as_u64().unwrap() as u32);
            params["context"] = json!({ "includeDeclaration": all });
            client.ask("textDocument/references", params)
        };
        let all = [&name, &required, &used].map(location);
        assert_eq!(ask(true), json!(all), "{encoding}");
        assert_eq!(ask(false), json!(all[1..]), "{encoding}");
    }
}

#[test]
fn highlights_distinguish_the_declaration() {
    let [name, required] = declared();
    let expected = json!([
        { "range": name, "kind": 3 }, { "range": required, "kind": 2 }, { "range": span(5, 34, 40), "kind": 2 },
    ]);
    let mut client = with(json!({}));
    assert_eq!(client.ask("textDocument/documentHighlight", at(URI, 2, 20)), expected);
    assert_eq!(client.ask("textDocument/documentHighlight", at(URI, 0, 5)), Value::Null);
}

#[test]
fn a_rename_names_the_version_for_clients_that_support_it() {
    let [name, required] = declared();
    let edits: Vec<_> =
        [name, required, span(5, 34, 40)].map(|range| json!({ "range": range, "newText": "list_id" })).into();
    let mut client = with(json!({}));
    let expected = json!({ "changes": { URI: edits } });
    assert_eq!(client.ask("textDocument/rename", renaming("list_id")), expected);
    assert_eq!(client.ask("textDocument/rename", renaming("listId")), Value::Null);
    let mut client = with(json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }));
    client.change(URI, 8, json!([replace((0, 0), (0, 0), "\n")]));
    let mut params = renaming("list_id");
    params["position"]["line"] = json!(3);
    let answer = client.ask("textDocument/rename", params);
    assert_eq!(answer["documentChanges"][0]["textDocument"], json!({ "uri": URI, "version": 8 }));
    assert_eq!(answer["documentChanges"][0]["edits"].as_array().unwrap().len(), 3);
    assert_eq!(answer["documentChanges"][0]["edits"][2]["range"], span(6, 34, 40));
}

#[test]
fn a_refused_rename_says_why() {
    let capabilities = json!({ "textDocument": { "rename": { "prepareSupport": true } } });
    let mut client = Client::silent(Ide);
    let result = client.greet(json!({ "capabilities": capabilities }));
    assert_eq!(result["capabilities"]["renameProvider"], json!({ "prepareProvider": true }));
    client.open(URI, 7, TEXT);
    let id = client.request("textDocument/rename", renaming("é"));
    let error = client.answer(id)["error"].clone();
    let message = "Another input of this file is already named `é`.";
    assert_eq!((&error["code"], &error["message"]), (&json!(-32803), &json!(message)));
    let prepared = client.ask("textDocument/prepareRename", at(URI, 2, 15));
    assert_eq!(prepared, json!({ "range": declared()[0], "placeholder": "listId" }));
    assert_eq!(client.ask("textDocument/prepareRename", at(URI, 0, 5)), Value::Null);
    let id = client.request("textDocument/prepareRename", at(URI, 1, 28));
    assert_eq!(client.answer(id)["error"]["code"], -32803, "the name of a sign-in");
}

#[test]
fn declaration_and_required_entry_are_linked() {
    let mut client = with(json!({}));
    let answer = client.ask("textDocument/linkedEditingRange", at(URI, 2, 43));
    assert_eq!(answer["ranges"], json!(declared()));
    assert!(answer["wordPattern"].is_string());
    assert_eq!(client.ask("textDocument/linkedEditingRange", at(URI, 5, 34)), Value::Null);
}

#[test]
fn folds_respect_line_folding_and_the_limit() {
    let ask = |folding: Value| {
        let document = json!({ "textDocument": { "uri": URI } });
        with(json!({ "textDocument": { "foldingRange": folding } })).ask("textDocument/foldingRange", document)
    };
    let lines = json!([
        { "startLine": 0, "endLine": 6 }, { "startLine": 1, "endLine": 2 }, { "startLine": 3, "endLine": 6 },
    ]);
    let found = ask(json!({ "lineFoldingOnly": true }));
    assert_eq!(found, lines);
    assert_eq!(ask(json!({ "lineFoldingOnly": true, "rangeLimit": 1 })), json!([lines[0]]));
    let all = ask(json!({}));
    assert_eq!(all[0], json!({ "startLine": 0, "startCharacter": 1, "endLine": 6, "endCharacter": 6 }));
    assert!(all.as_array().unwrap().len() > 3);
    assert_eq!(ask(json!({ "rangeLimit": 0 })), Value::Null);
}

#[test]
fn selections_grow_at_each_position() {
    let mut client = with(json!({}));
    let places = [json!({ "line": 5, "character": 34 }), json!({ "line": 0, "character": 0 })];
    let answer =
        client.ask("textDocument/selectionRange", json!({ "textDocument": { "uri": URI }, "positions": places }));
    let [first, second] = answer.as_array().unwrap().as_slice() else { panic!("{answer}") };
    assert_eq!(first["range"], span(5, 34, 40));
    assert_eq!(first["parent"]["range"], span(5, 32, 41));
    assert_eq!(first["parent"]["parent"]["range"], span(5, 28, 46));
    assert_eq!(second["range"]["end"], json!({ "line": 6, "character": 7 }));
    assert_eq!(second["parent"], Value::Null);
}

#[test]
fn links_open_pages_and_neighbouring_files() {
    let folder = Folder::with(&[("acme-connectionSpec.json", TEXT), ("acme-label.txt", "Acme")]);
    for (links, tooltip) in [(json!({}), Value::Null), (json!({ "tooltipSupport": true }), json!("Open documentation"))]
    {
        let mut client = Client::silent(Ide);
        folder.greet(&mut client, json!({ "textDocument": { "documentLink": links } }));
        let uri = folder.uri("acme-connectionSpec.json");
        client.open(&uri, 1, TEXT);
        let found = client.ask("textDocument/documentLink", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(found[0]["target"], "https://example.com/a");
        assert_eq!((&found[0]["range"], &found[0]["tooltip"]), (&span(4, 44, 65), &tooltip));
        assert_eq!(found[1]["target"], folder.uri("acme-label.txt"));
    }
}

#[test]
fn other_json_and_closed_documents_have_no_results() {
    let mut client = Client::with(Ide, json!({}));
    client.open("file:///specs/package.json", 1, "{\n  \"a\": 1\n}");
    for uri in ["file:///specs/package.json", URI] {
        let mut params = at(uri, 1, 4);
        params["context"] = json!({ "includeDeclaration": true });
        params["positions"] = json!([{ "line": 1, "character": 4 }]);
        for method in [
            "definition",
            "references",
            "documentHighlight",
            "prepareRename",
            "linkedEditingRange",
            "documentSymbol",
            "foldingRange",
            "selectionRange",
            "documentLink",
        ] {
            assert_eq!(client.ask(&format!("textDocument/{method}"), params.clone()), Value::Null, "{method} of {uri}");
        }
    }
}
