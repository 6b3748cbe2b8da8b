//! Code actions in the form that each editor knows.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI};

/// A key that the service sets (its removal is safe), a method that is missing (what to insert is a choice).
const TEXT: &str = r#"{
  "name": "é", "id": "1",
  "type": "generic-rest", "description": "d", "version": "1.0", "authSpec": [], "exploreSpec": {}, "attributes": {},
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "sourceSpec": { "attributes": { "urlParams": { "path": "/" } } }
}
"#;
const SAFE: &str = "Fix everything that is safe to fix";

fn able() -> Value {
    let kinds = json!({ "codeActionKind": { "valueSet": ["quickfix", "refactor", "source.fixAll"] } });
    json!({
        "textDocument": { "codeAction": { "codeActionLiteralSupport": kinds, "isPreferredSupport": true } },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

fn place(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

/// What an editor is offered at a place.
fn offered(capabilities: Value, range: Value, context: Value) -> Vec<Value> {
    let mut client = Client::with(Ide, capabilities);
    client.open(URI, 7, TEXT);
    let asked = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client.ask("textDocument/codeAction", asked).as_array().unwrap().clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

#[test]
fn a_fix_names_its_finding_and_edits_the_version_it_was_asked_about() {
    let theirs = json!({ "range": place(1, 15, 19), "code": "server-managed-key", "message": "theirs", "data": [1] });
    let actions = offered(able(), place(1, 16, 16), json!({ "diagnostics": [theirs], "only": ["quickfix"] }));
    let edit = json!({ "range": place(1, 13, 24), "newText": "" });
    let document = json!({ "uri": URI, "version": 7 });
    assert_eq!(
        actions,
        [json!({
            "title": "Remove `id`", "kind": "quickfix", "isPreferred": true, "diagnostics": [theirs],
            "edit": { "documentChanges": [{ "textDocument": document, "edits": [edit] }] },
        })]
    );
}

#[test]
fn an_editor_that_can_do_less_gets_less() {
    let mut less = able();
    less["workspace"] = json!({});
    less["textDocument"]["codeAction"]["isPreferredSupport"] = json!(false);
    let actions = offered(less, place(1, 16, 16), json!({ "diagnostics": [], "only": ["quickfix"] }));
    assert_eq!(actions[0]["edit"], json!({ "changes": { (URI): [{ "range": place(1, 13, 24), "newText": "" }] } }));
    assert_eq!(actions[0].get("isPreferred"), None);
    assert_eq!(actions[0]["diagnostics"][0]["code"], "server-managed-key");
    assert!(offered(json!({}), place(1, 16, 16), json!({ "diagnostics": [] })).is_empty());
}

#[test]
fn only_what_was_asked_for() {
    let at = |only: Value| {
        let actions = offered(able(), place(1, 16, 16), json!({ "diagnostics": [], "only": only }));
        titles(&actions).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(at(json!(["quickfix"])), ["Remove `id`"]);
    for all in ["source", "source.fixAll", "source.fixAll.connspec"] {
        assert_eq!(at(json!([all])), [SAFE]);
    }
    assert!(at(json!(["source.organizeImports", "source.fixAll.connspecs", "quick"])).is_empty());
}

#[test]
fn the_lamp_beside_a_line_is_about_that_line() {
    let by_itself = offered(able(), place(1, 16, 16), json!({ "diagnostics": [], "triggerKind": 2 }));
    assert!(!titles(&by_itself).contains(&SAFE), "{by_itself:?}");
    let asked = offered(able(), place(1, 16, 16), json!({ "diagnostics": [], "triggerKind": 1 }));
    assert!(titles(&asked).contains(&SAFE), "{asked:?}");
    let elsewhere = offered(able(), place(4, 36, 40), json!({ "diagnostics": [], "only": ["quickfix"] }));
    assert!(titles(&elsewhere).contains(&"Insert `method`"), "{elsewhere:?}");
    assert!(!titles(&elsewhere).contains(&"Remove `id`"), "{elsewhere:?}");
}

#[test]
fn everything_safe_at_once_leaves_what_is_a_choice() {
    let actions = offered(able(), place(0, 0, 0), json!({ "diagnostics": [], "only": ["source.fixAll"] }));
    let edits = &actions[0]["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits, &json!([{ "range": place(1, 13, 24), "newText": "" }]));
}
