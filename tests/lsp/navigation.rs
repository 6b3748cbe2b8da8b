//! Names, folds, selections and links in the form that each editor knows, in its columns.

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

/// An editor that can do this, with the document open.
fn with(capabilities: Value) -> Client {
    let mut client = Client::with(Ide, capabilities);
    client.open(URI, 7, TEXT);
    client
}

fn span(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

/// The listId of a document without characters outside of ASCII before it: declared, required.
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
fn a_definition_comes_as_a_place_or_as_a_link() {
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
fn highlights_tell_what_gives_the_name() {
    let [name, required] = declared();
    let expected = json!([
        { "range": name, "kind": 3 }, { "range": required, "kind": 2 }, { "range": span(5, 34, 40), "kind": 2 },
    ]);
    let mut client = with(json!({}));
    assert_eq!(client.ask("textDocument/documentHighlight", at(URI, 2, 20)), expected);
    assert_eq!(client.ask("textDocument/documentHighlight", at(URI, 0, 5)), Value::Null);
}

#[test]
fn a_rename_is_of_a_version_where_the_editor_knows_those() {
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
fn a_rename_that_cannot_be_says_why() {
    let capabilities = json!({ "textDocument": { "rename": { "prepareSupport": true } } });
    let mut client = Client::silent(Ide);
    let greeting = client.greet(json!({ "capabilities": capabilities }));
    assert_eq!(greeting["capabilities"]["renameProvider"], json!({ "prepareProvider": true }));
    client.open(URI, 7, TEXT);
    let id = client.request("textDocument/rename", renaming("é"));
    let error = client.answer(id)["error"].clone();
    let words = "Another input of this file is called `é` already. Choose another name.";
    assert_eq!((&error["code"], &error["message"]), (&json!(-32803), &json!(words)));
    let prepared = client.ask("textDocument/prepareRename", at(URI, 2, 15));
    assert_eq!(prepared, json!({ "range": declared()[0], "placeholder": "listId" }));
    assert_eq!(client.ask("textDocument/prepareRename", at(URI, 0, 5)), Value::Null);
    let id = client.request("textDocument/prepareRename", at(URI, 1, 28));
    assert_eq!(client.answer(id)["error"]["code"], -32803, "the name of a sign-in");
}

#[test]
fn a_declared_name_and_its_entry_in_required_are_edited_together() {
    let mut client = with(json!({}));
    let answer = client.ask("textDocument/linkedEditingRange", at(URI, 2, 43));
    assert_eq!(answer["ranges"], json!(declared()));
    assert!(answer["wordPattern"].is_string());
    assert_eq!(client.ask("textDocument/linkedEditingRange", at(URI, 5, 34)), Value::Null);
}

#[test]
fn folds_are_of_lines_where_the_editor_has_no_others_and_no_more_than_it_wants() {
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
fn a_selection_grows_at_each_of_several_places() {
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
fn links_lead_to_pages_and_to_the_files_beside_the_spec() {
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
fn nothing_is_known_of_other_json_and_of_what_is_not_open() {
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
