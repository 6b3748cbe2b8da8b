//! How the spec on screen stands is told to an editor that asks to be told.

use serde_json::{Value, json};

use super::editor::{Editor, FILE, Other, SPEC};
use crate::client::{Client, URI};
use crate::folder::Folder;

/// What is told next: the profile, how it stands, the words.
fn told(editor: &mut Editor) -> (Value, Value, String) {
    let state = editor.client.asked("connspec/state")["params"].clone();
    assert_eq!(state["uri"], editor.uri);
    (state["profile"].clone(), state["standing"].clone(), state["words"].as_str().unwrap().to_owned())
}

fn stands(standing: &str, words: &str) -> (Value, Value, String) {
    (json!("env"), json!(standing), words.to_owned())
}

#[test]
fn it_follows_the_text_and_what_is_known_of_the_service() {
    let mut editor = Editor::new();
    assert_eq!(told(&mut editor), (json!("env"), Value::Null, "not compared yet".to_owned()));
    editor.run("connspec.status", json!({}), &[]);
    assert_eq!(told(&mut editor), stands("not-linked", "not linked to a spec of the service"));
    let id = editor.run("connspec.push", json!({ "register": false }), &[])["id"].clone();
    let state = editor.client.asked("connspec/state")["params"].clone();
    let expected = json!({
        "uri": editor.uri, "profile": "env", "standing": "up-to-date", "words": "up to date",
        "place": "sandbox dev (profile env)", "id": id, "registered": null,
    });
    assert_eq!(state, expected);
    editor.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    assert_eq!(told(&mut editor), stands("changed-here", "changed here"));
    Other::at(&editor.emulator).set("description", json!("theirs"));
    editor.run("connspec.status", json!({}), &[]);
    assert_eq!(told(&mut editor), stands("changed-both", "changed here and there, not registered"));
    let before = editor.emulator.requests().len();
    editor.edit("\"version\": \"1.1\"", "\"version\": \"1.0\"");
    assert_eq!(told(&mut editor), stands("changed-there", "changed there, not registered"));
    assert_eq!(editor.emulator.requests().len(), before, "nothing is asked");
}

#[test]
fn another_profile_is_told() {
    let mut editor = Editor::new();
    told(&mut editor);
    editor.run("connspec.selectProfile", json!({ "profile": "local" }), &[]);
    assert_eq!(told(&mut editor), (json!("local"), Value::Null, "not compared yet".to_owned()));
    editor
        .client
        .notify("workspace/didChangeConfiguration", json!({ "settings": { "connspec": { "profile": "env" } } }));
    editor.folder.write("connspec.toml", "default-profile = \"nobody\"\n");
    editor.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri } }));
    // What was selected counts before what is set, in the editor and in the file: nothing is told but the next.
    editor.run("connspec.selectProfile", json!({ "profile": "env" }), &[]);
    assert_eq!(told(&mut editor).0, "env");
}

#[test]
fn why_no_profile_counts_is_told() {
    let folder = Folder::with(&[(FILE, SPEC), ("connspec.toml", "default-profile = \"nobody\"\n")]);
    let mut client = Client::with(connspec::server::Ide, json!({ "experimental": { "connspec": { "state": true } } }));
    client.open(&folder.uri(FILE), 1, SPEC);
    let state = client.asked("connspec/state")["params"].clone();
    assert_eq!((&state["profile"], &state["standing"]), (&Value::Null, &Value::Null));
    assert!(state["words"].as_str().unwrap().contains("`nobody`"), "{state}");
}

#[test]
fn nothing_is_told_of_other_json_nor_to_an_editor_that_does_not_ask() {
    let mut asks = Client::with(connspec::server::Ide, json!({ "experimental": { "connspec": { "state": true } } }));
    asks.open("file:///other.json", 1, "{}");
    asks.open("file:///a-connectionSpec.json", 1, SPEC);
    assert_eq!(asks.asked("connspec/state")["params"]["uri"], "file:///a-connectionSpec.json");

    let mut silent = Client::with(connspec::server::Ide, json!({}));
    silent.open(URI, 1, SPEC);
    silent.published(URI, 1);
    silent.ask("textDocument/hover", crate::client::at(URI, 0, 0));
    let told = silent.unasked().into_iter().filter(|message| message["method"] == "connspec/state").count();
    assert_eq!(told, 0);
}
