//! Code lenses.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI, replace};
use crate::folder::Folder;

const TEXT: &str = r#"{ "type": "generic-rest",
  "authSpec": [],
  "sourceSpec": { "attributes": { "urlParams": { "path": "/😀/${list}/${list}" } },
    "spec": { "properties": {
      "list": {} } } } }"#;

fn able() -> Value {
    json!({ "experimental": { "commands": { "commands": ["theirs", "connspec.showReferences"] } } })
}

fn editor(capabilities: Value) -> Client {
    let mut client = Client::with(Ide, capabilities);
    client.open(URI, 1, TEXT);
    client
}

fn lenses(client: &mut Client, uri: &str) -> Vec<Value> {
    let answer = client.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
    answer.as_array().unwrap().clone()
}

#[test]
fn titles_are_computed_when_a_lens_is_resolved() {
    let mut client = editor(able());
    let found = lenses(&mut client, URI);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|lens| lens.get("command").is_none()));
    let range = json!({ "start": { "line": 4, "character": 6 }, "end": { "line": 4, "character": 12 } });
    assert_eq!(found[1]["range"], range);
    let shown = client.ask("codeLens/resolve", found[1].clone());
    let place = |start: u32| {
        let end = |column: u32| json!({ "line": 2, "character": column });
        json!({ "uri": URI, "range": { "start": end(start), "end": end(start + 7) } })
    };
    let arguments = json!([URI, { "line": 4, "character": 6 }, [place(62), place(70)]]);
    let command = json!({ "title": "2 uses", "command": "connspec.showReferences", "arguments": arguments });
    assert_eq!(shown["command"], command);
    assert_eq!(shown["range"], range);
}

#[test]
fn clients_without_the_command_get_titles_only() {
    let mut client = editor(json!({}));
    let found = lenses(&mut client, URI);
    assert_eq!(
        client.ask("codeLens/resolve", found[1].clone())["command"],
        json!({ "title": "2 uses", "command": "" })
    );
}

#[test]
fn a_lens_of_a_removed_part_is_outdated() {
    let mut client = editor(able());
    let found = lenses(&mut client, URI);
    client.change(URI, 2, json!([replace((4, 6), (4, 14), "")]));
    let id = client.request("codeLens/resolve", found[1].clone());
    assert_eq!(client.answer(id)["error"]["code"], -32801);
    let foreign = json!({ "range": found[1]["range"], "data": 7 });
    assert_eq!(client.ask("codeLens/resolve", foreign.clone()), foreign);
}

#[test]
fn clients_refresh_when_the_project_file_changes() {
    let folder = Folder::with(&[]);
    let uri = folder.uri("acme-connectionSpec.json");
    let mut client = Client::with(Ide, json!({ "workspace": { "codeLens": { "refreshSupport": true } } }));
    client.open(&uri, 1, TEXT);
    let title = |client: &mut Client| {
        let found = lenses(client, &uri);
        client.ask("codeLens/resolve", found[0].clone())["command"]["title"].as_str().unwrap().to_owned()
    };
    let before = title(&mut client);
    folder.change(&mut client, "connspec.toml", "[rules]\nmissing-key = \"off\"\n");
    let refresh = client.asked("workspace/codeLens/refresh");
    client.send(&json!({ "jsonrpc": "2.0", "id": refresh["id"], "result": null }));
    let after = title(&mut client);
    assert!(before.starts_with("1 input · ") && after.starts_with("1 input · "), "{before} {after}");
    assert_ne!(before, after);
}
