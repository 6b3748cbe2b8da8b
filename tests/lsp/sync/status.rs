//! The notification of the sync status to an editor that asks for it.

use serde_json::{Value, json};

use super::editor::{Editor, FILE, Other, SPEC};
use crate::client::{Client, URI};
use crate::folder::Folder;

/// The next notification: profile, status, description.
fn notified(editor: &mut Editor) -> (Value, Value, String) {
    let state = editor.client.asked("connspec/state")["params"].clone();
    assert_eq!(state["uri"], editor.uri);
    (state["profile"].clone(), state["status"].clone(), state["description"].as_str().unwrap().to_owned())
}

fn env(status: &str, description: &str) -> (Value, Value, String) {
    (json!("env"), json!(status), description.to_owned())
}

#[test]
fn the_status_follows_the_text_and_the_remote_spec() {
    let mut editor = Editor::new();
    assert_eq!(notified(&mut editor), (json!("env"), Value::Null, "not compared yet".to_owned()));
    editor.run("connspec.status", json!({}), &[]);
    assert_eq!(notified(&mut editor), env("not-linked", "not linked"));
    let id = editor.run("connspec.push", json!({ "register": false }), &[])["id"].clone();
    let state = editor.client.asked("connspec/state")["params"].clone();
    let expected = json!({
        "uri": editor.uri, "profile": "env", "status": "up-to-date", "description": "up to date",
        "location": "sandbox dev (profile env)", "id": id, "registered": null,
    });
    assert_eq!(state, expected);
    editor.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    assert_eq!(notified(&mut editor), env("local-changes", "local changes"));
    Other::at(&editor.emulator).set("description", json!("theirs"));
    editor.run("connspec.status", json!({}), &[]);
    assert_eq!(notified(&mut editor), env("diverged", "local and remote changes, not registered"));
    let before = editor.emulator.requests().len();
    editor.edit("\"version\": \"1.1\"", "\"version\": \"1.0\"");
    assert_eq!(notified(&mut editor), env("remote-changes", "remote changes, not registered"));
    assert_eq!(editor.emulator.requests().len(), before, "nothing is requested");
}

#[test]
fn another_profile_is_notified() {
    let mut editor = Editor::new();
    notified(&mut editor);
    editor.run("connspec.selectProfile", json!({ "profile": "local" }), &[]);
    assert_eq!(notified(&mut editor), (json!("local"), Value::Null, "not compared yet".to_owned()));
    editor
        .client
        .notify("workspace/didChangeConfiguration", json!({ "settings": { "connspec": { "profile": "env" } } }));
    editor.folder.write("connspec.toml", "default-profile = \"nobody\"\n");
    editor.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri } }));
    // The selected profile precedes those of the settings and the file: only selecting again is notified.
    editor.run("connspec.selectProfile", json!({ "profile": "env" }), &[]);
    assert_eq!(notified(&mut editor).0, "env");
}

#[test]
fn without_a_profile_the_description_has_the_reason() {
    let folder = Folder::with(&[(FILE, SPEC), ("connspec.toml", "default-profile = \"nobody\"\n")]);
    let mut client = Client::with(connspec::server::Ide, json!({ "experimental": { "connspec": { "state": true } } }));
    client.open(&folder.uri(FILE), 1, SPEC);
    let state = client.asked("connspec/state")["params"].clone();
    assert_eq!((&state["profile"], &state["status"]), (&Value::Null, &Value::Null));
    assert!(state["description"].as_str().unwrap().contains("`nobody`"), "{state}");
}

#[test]
fn other_json_and_other_editors_get_no_notification() {
    let mut asks = Client::with(connspec::server::Ide, json!({ "experimental": { "connspec": { "state": true } } }));
    asks.open("file:///other.json", 1, "{}");
    asks.open("file:///a-connectionSpec.json", 1, SPEC);
    assert_eq!(asks.asked("connspec/state")["params"]["uri"], "file:///a-connectionSpec.json");

    let mut silent = Client::with(connspec::server::Ide, json!({}));
    silent.open(URI, 1, SPEC);
    silent.published(URI, 1);
    silent.ask("textDocument/hover", crate::client::at(URI, 0, 0));
    let notified = silent.unasked().into_iter().filter(|message| message["method"] == "connspec/state").count();
    assert_eq!(notified, 0);
}
