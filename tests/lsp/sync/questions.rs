//! What a person has to decide, and what is said where nobody decides.

use serde_json::{Value, json};

use super::editor::{Editor, Other, SPEC};
use crate::client::{Client, URI};
use connspec::server::Ide;

#[test]
fn a_spec_of_the_same_name_is_linked_or_another_one_made() {
    let mut editor = Editor::new();
    let id = Other::at(&editor.emulator).make(SPEC);
    let asked = editor.run("connspec.push", json!({}), &[""]);
    assert_eq!((&asked["outcome"], &asked["reason"]), (&json!("refused"), &json!("same-name")));
    assert!(asked["message"].as_str().unwrap().contains("option `link`"), "{asked}");
    assert_eq!(editor.run("connspec.push", json!({}), &["Cancel"])["outcome"], "cancelled");
    assert_eq!(editor.writes(), ["POST"], "the other author's");
    let linked = editor.run("connspec.push", json!({}), &["Link to"]);
    assert_eq!((&linked["id"], &linked["done"]), (&json!(id), &json!("linked")));
}

#[test]
fn mistakes_are_pushed_only_when_a_person_says_so() {
    let mut editor = Editor::new();
    editor.edit("\"generic-rest\"", "3");
    let refused = editor.run("connspec.push", json!({}), &[""]);
    assert_eq!(refused["reason"], "mistakes");
    assert_eq!(editor.writes(), [] as [&str; 0]);
}

#[test]
fn what_was_changed_there_is_merged_pulled_or_overwritten() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({}), &[]);
    Other::at(&editor.emulator).set("description", json!("theirs"));
    editor.edit("\"version\": \"1.0\"", "\"version\": \"2.0\"");
    assert_eq!(editor.run("connspec.push", json!({}), &["Merge and push"])["done"], "updated");
    let there = editor.there();
    assert_eq!((&there["version"], &there["description"]), (&json!("2.0"), &json!("theirs")));

    Other::at(&editor.emulator).set("version", json!("theirs"));
    editor.edit("\"version\": \"2.0\"", "\"version\": \"3.0\"");
    let asked = editor.run("connspec.push", json!({}), &[""]);
    assert_eq!((&asked["reason"], &asked["conflicts"][0]["place"]), (&json!("changed-there"), &json!("version")));
    let pulled = editor.run("connspec.pull", json!({}), &[""]);
    assert_eq!(pulled["reason"], "conflicts");
    let before = editor.text.clone();
    assert_eq!(editor.run("connspec.push", json!({}), &["Overwrite"])["done"], "updated");
    assert_eq!((editor.there()["version"].clone(), &editor.text), (json!("3.0"), &before));

    Other::at(&editor.emulator).set("version", json!("theirs"));
    editor.edit("\"version\": \"3.0\"", "\"version\": \"4.0\"");
    let pulled = editor.run("connspec.push", json!({}), &["Pull", "The service's"]);
    assert_eq!(pulled["done"], "merged");
    assert!(editor.text.contains("\"version\": \"theirs\""));
    assert_eq!(editor.run("connspec.status", json!({}), &[])["standing"], "up-to-date");
}

#[test]
fn an_edit_that_the_editor_does_not_make_is_not_noted_down() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({}), &[]);
    Other::at(&editor.emulator).set("description", json!("theirs"));
    let state = editor.state();
    let id = editor.begin("connspec.pull", json!({}));
    let asked = editor.client.asked("workspace/applyEdit");
    editor.client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "applied": false } }));
    let answer = editor.client.answer(id);
    assert_eq!(answer["result"]["reason"], "not-applied");
    assert_eq!(editor.state(), state);
}

#[test]
fn in_a_workspace_that_is_not_trusted_nothing_is_sent() {
    let mut editor = Editor::with(json!({ "trusted": false }));
    for command in connspec::server::commands() {
        let answer = editor.run(command, json!({}), &[]);
        assert_eq!(answer["outcome"], "refused", "{command}");
        assert!(answer["message"].as_str().unwrap().contains("not trusted"), "{answer}");
    }
    let id = editor.client.request("connspec/remote", json!({ "uri": editor.uri }));
    assert_eq!(editor.client.answer(id)["error"]["code"], -32803);
    assert_eq!(editor.emulator.requests().len(), 0);
    let settings = json!({ "settings": { "connspec": { "trusted": true } } });
    editor.client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(editor.run("connspec.status", json!({}), &[])["standing"], "not-linked");
}

#[test]
fn a_command_without_what_it_is_about_says_so() {
    let mut client = Client::with(Ide, json!({}));
    for (command, arguments, words) in [
        ("connspec.push", json!([]), "needs the address of a document"),
        ("connspec.pull", json!([null, {}]), "needs the address of a document"),
        ("connspec.diff", json!([7]), "takes the address of a document"),
        ("connspec.push", json!([URI, { "frce": true }]), "options that it does not know"),
        ("connspec.fly", json!([URI]), "no command `connspec.fly`"),
    ] {
        let id = client.request("workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
        let error = client.answer(id)["error"].clone();
        assert_eq!(error["code"], -32602, "{command}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
    let id =
        client.request("workspace/executeCommand", json!({ "command": "connspec.push", "arguments": ["untitled:1"] }));
    assert_eq!(client.answer(id)["result"]["outcome"], Value::from("refused"));
}
