//! Code actions, for clients with different capabilities.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI};
use crate::folder::Folder;

/// A server-managed key (whose removal is auto-fixable), a missing method (what to insert is a choice).
const TEXT: &str = r#"{
  "name": "é", "id": "1",
  "type": "generic-rest", "description": "d", "version": "1.0", "authSpec": [], "exploreSpec": {}, "attributes": {},
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "sourceSpec": { "attributes": { "urlParams": { "path": "/" } } }
}
"#;
const FIX_ALL: &str = "Fix all auto-fixable problems";

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

/// The actions in a range.
fn offered(capabilities: Value, range: Value, context: Value) -> Vec<Value> {
    let mut client = Client::with(Ide, capabilities);
    client.open(URI, 7, TEXT);
    let asked = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client.ask("textDocument/codeAction", asked).as_array().unwrap().clone()
}

const SPEC: &str = "acme-connectionSpec.json";

fn creating() -> Value {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create"]);
    capabilities
}

/// The actions at the start and on the server-managed key, for a client that creates files.
fn offered_in(folder: &Folder) -> Vec<Value> {
    let (mut client, uri) = (Client::with(Ide, creating()), folder.uri(SPEC));
    client.open(&uri, 7, TEXT);
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let params = |range| json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    let mut at = |range| client.ask("textDocument/codeAction", params(range)).as_array().unwrap().clone();
    [at(place(0, 0, 1)), at(place(1, 16, 16))].concat()
}

fn operations<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let action = actions.iter().find(|action| action["title"] == title);
    &action.unwrap_or_else(|| panic!("{title}: {actions:#?}"))["edit"]["documentChanges"]
}

fn created(uri: &str) -> Value {
    json!({ "kind": "create", "uri": uri, "options": { "overwrite": false, "ignoreIfExists": true } })
}

fn written(uri: &str, range: Value, text: &str) -> Value {
    json!({ "textDocument": { "uri": uri, "version": null }, "edits": [{ "range": range, "newText": text }] })
}

#[test]
fn missing_neighbouring_files_can_be_created() {
    let names = ["acme-category.txt", "acme-icon.svg", "acme-label.txt"];
    let folder = Folder::with(&names.map(|name| (name, "<svg/>")));
    let uri = folder.uri("acme-description.txt");
    let expected = json!([created(&uri), written(&uri, place(0, 0, 0), "d\n")]);
    assert_eq!(operations(&offered_in(&folder), "Create `acme-description.txt`"), &expected);
}

#[test]
fn a_suppression_creates_a_project_file() {
    let folder = Folder::with(&[]);
    let actions = offered_in(&folder);
    let uri = folder.uri("connspec.toml");
    let here = operations(&actions, "Ignore `server-managed-key` here (connspec.toml)");
    let entry = "[[ignore]]\nfile = \"acme-connectionSpec.json\"\npointer = \"/id\"\ncode = \"server-managed-key\"\n";
    assert_eq!(here, &json!([created(&uri), written(&uri, place(0, 0, 0), entry)]));
    let off = operations(&actions, "Turn off `server-managed-key` in this project (connspec.toml)");
    let line = "[rules]\nserver-managed-key = \"off\"\n";
    assert_eq!(off, &json!([created(&uri), written(&uri, place(0, 0, 0), line)]));
}

#[test]
fn a_syntax_error_cannot_be_ignored() {
    let folder = Folder::with(&[]);
    let (mut client, uri) = (Client::with(Ide, creating()), folder.uri(SPEC));
    client.open(&uri, 1, &TEXT.replacen("\"1\",", "\"1\"", 1));
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let asked = json!({ "textDocument": { "uri": uri }, "range": place(1, 15, 24), "context": context });
    let actions = client.ask("textDocument/codeAction", asked);
    let titles: Vec<_> = actions.as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(titles.contains(&"Insert the missing comma"), "{titles:?}");
    assert!(titles.iter().all(|title| !title.contains("syntax-error")), "{titles:?}");
}

#[test]
fn a_new_project_file_goes_to_the_outermost_open_folder() {
    let folder = Folder::with(&[]);
    let mut client = Client::silent(Ide);
    let folders = [json!({ "uri": folder.uri("a"), "name": "a" }), json!({ "uri": folder.uri("a/b"), "name": "b" })];
    client.greet(json!({ "capabilities": creating(), "workspaceFolders": folders }));
    let spec = folder.uri("a/b/acme-connectionSpec.json");
    client.open(&spec, 1, TEXT);
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let asked = json!({ "textDocument": { "uri": spec }, "range": place(1, 16, 16), "context": context });
    let actions = client.ask("textDocument/codeAction", asked).as_array().unwrap().clone();
    let here = operations(&actions, "Ignore `server-managed-key` here (connspec.toml)");
    assert_eq!(here[0], created(&folder.uri("a/connspec.toml")));
    let entry = here[1]["edits"][0]["newText"].as_str().unwrap();
    assert!(entry.contains("file = \"b/acme-connectionSpec.json\"\n"), "{entry}");
}

#[test]
fn a_suppression_is_added_to_the_existing_project_file() {
    let folder = Folder::with(&[("connspec.toml", "# ours\n[rules]\ninvalid-url = \"off\"\n\n# more\n")]);
    let actions = offered_in(&folder);
    let off = operations(&actions, "Turn off `server-managed-key` in this project (connspec.toml)");
    let line = "server-managed-key = \"off\"\n";
    assert_eq!(
        off,
        &json!([written(
            &folder.uri("connspec.toml"),
            json!({ "start": { "line": 3, "character": 0 }, "end": { "line": 3, "character": 0 } }),
            line
        )])
    );
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

#[test]
fn a_fix_names_its_diagnostic_and_edits_the_requested_version() {
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
fn minimal_clients_get_simpler_actions() {
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
fn only_requested_kinds_are_returned() {
    let at = |only: Value| {
        let actions = offered(able(), place(1, 16, 16), json!({ "diagnostics": [], "only": only }));
        titles(&actions).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(at(json!(["quickfix"])), ["Remove `id`"]);
    for all in ["source", "source.fixAll", "source.fixAll.connspec"] {
        assert_eq!(at(json!([all])), [FIX_ALL]);
    }
    assert_eq!(at(json!([1, "quickfix"])), ["Remove `id`"]);
    assert_eq!(at(json!([1, {}])), at(json!(null)), "what cannot be understood counts as absent");
    assert!(at(json!(["source.organizeImports", "source.fixAll.connspecs", "quick"])).is_empty());
}

#[test]
fn automatic_requests_get_no_fix_all() {
    let by_itself = offered(able(), place(1, 16, 16), json!({ "diagnostics": [], "triggerKind": 2 }));
    assert!(!titles(&by_itself).contains(&FIX_ALL), "{by_itself:?}");
    let asked = offered(able(), place(1, 16, 16), json!({ "diagnostics": [], "triggerKind": 1 }));
    assert!(titles(&asked).contains(&FIX_ALL), "{asked:?}");
    let elsewhere = offered(able(), place(4, 36, 40), json!({ "diagnostics": [], "only": ["quickfix"] }));
    assert!(titles(&elsewhere).contains(&"Add `method`"), "{elsewhere:?}");
    assert!(!titles(&elsewhere).contains(&"Remove `id`"), "{elsewhere:?}");
}

#[test]
fn fix_all_leaves_choices_alone() {
    let actions = offered(able(), place(0, 0, 0), json!({ "diagnostics": [], "only": ["source.fixAll"] }));
    let edits = &actions[0]["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits, &json!([{ "range": place(1, 13, 24), "newText": "" }]));
}
