//! Decisions of a person, and results without one.

use serde_json::{Value, json};

use super::editor::{Editor, Other, SPEC};
use crate::client::{Client, URI};
use connspec::server::Ide;

#[test]
fn a_spec_with_the_same_name_is_linked_or_another_one_created() {
    let mut editor = Editor::new();
    let id = Other::at(&editor.emulator).make(SPEC);
    let asked = editor.run("connspec.push", json!({}), &[""]);
    assert_eq!((&asked["outcome"], &asked["error"]["kind"]), (&json!("refused"), &json!("same-name")));
    assert!(asked["message"].as_str().unwrap().contains("option `link`"), "{asked}");
    assert_eq!(editor.run("connspec.push", json!({}), &["Cancel"])["outcome"], "cancelled");
    assert_eq!(editor.writes(), ["POST"], "the other author's");
    let linked = editor.run("connspec.push", json!({}), &["Link to"]);
    assert_eq!((&linked["id"], &linked["action"]), (&json!(id), &json!("linked")));
}

#[test]
fn a_spec_with_errors_is_pushed_only_if_a_person_says_so() {
    let mut editor = Editor::new();
    editor.edit("\"generic-rest\"", "3");
    let refused = editor.run("connspec.push", json!({}), &[""]);
    assert_eq!(refused["error"]["kind"], "errors");
    assert_eq!(editor.writes(), [] as [&str; 0]);
}

#[test]
fn unfilled_placeholders_are_pushed_only_if_a_person_says_so() {
    let mut editor = Editor::new();
    editor.edit("The price list of the day", "{DESCRIPTION}");
    let refused = editor.run("connspec.push", json!({}), &[""]);
    assert_eq!((&refused["error"]["kind"], &refused["unfilled"]), (&json!("errors"), &json!(1)));
    assert_eq!(editor.writes(), [] as [&str; 0]);
    assert_eq!(editor.run("connspec.push", json!({}), &["Push anyway"])["action"], "created");
}

#[test]
fn a_link_that_only_the_state_file_knows_is_confirmed() {
    let mut editor = Editor::new();
    let id = editor.run("connspec.push", json!({}), &[])["id"].clone();
    let mut editor = editor.again();
    editor.edit("\"version\": \"1.0\"", "\"version\": \"2.0\"");
    let refused = editor.run("connspec.push", json!({}), &[""]);
    assert_eq!((&refused["error"]["kind"], &refused["id"]), (&json!("unconfirmed-link"), &id));
    assert_eq!(editor.there()["version"], "1.0");
    assert_eq!(editor.run("connspec.push", json!({}), &["Link to"])["action"], "updated");
}

#[test]
fn remote_changes_are_merged_pulled_or_overwritten() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({}), &[]);
    Other::at(&editor.emulator).set("description", json!("theirs"));
    editor.edit("\"version\": \"1.0\"", "\"version\": \"2.0\"");
    assert_eq!(editor.run("connspec.push", json!({}), &["Merge and push"])["action"], "updated");
    let there = editor.there();
    assert_eq!((&there["version"], &there["description"]), (&json!("2.0"), &json!("theirs")));

    Other::at(&editor.emulator).set("version", json!("theirs"));
    editor.edit("\"version\": \"2.0\"", "\"version\": \"3.0\"");
    let asked = editor.run("connspec.push", json!({}), &[""]);
    let conflict = json!({ "path": "version", "base": "\"2.0\"", "local": "\"3.0\"", "remote": "\"theirs\"" });
    let conflicts = json!([conflict]);
    assert_eq!((&asked["error"]["kind"], &asked["conflicts"]), (&json!("remote-changed"), &conflicts));
    let pulled = editor.run("connspec.pull", json!({}), &[""]);
    assert_eq!((&pulled["error"]["kind"], &pulled["conflicts"]), (&json!("conflicts"), &conflicts));
    let before = editor.text.clone();
    assert_eq!(editor.run("connspec.push", json!({}), &["Overwrite"])["action"], "updated");
    assert_eq!((editor.there()["version"].clone(), &editor.text), (json!("3.0"), &before));

    Other::at(&editor.emulator).set("version", json!("theirs"));
    editor.edit("\"version\": \"3.0\"", "\"version\": \"4.0\"");
    let pulled = editor.run("connspec.push", json!({}), &["Pull only", "Remote"]);
    assert_eq!(pulled["action"], "merged");
    assert!(editor.text.contains("\"version\": \"theirs\""));
    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "up-to-date");
}

#[test]
fn an_edit_that_the_editor_declines_is_not_saved() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({}), &[]);
    Other::at(&editor.emulator).set("description", json!("theirs"));
    let state = editor.state();
    let id = editor.begin("connspec.pull", json!({}));
    let asked = editor.client.asked("workspace/applyEdit");
    editor.client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "applied": false } }));
    let answer = editor.client.answer(id);
    assert_eq!(answer["result"]["error"]["kind"], "not-applied");
    assert_eq!(editor.state(), state);
}

#[test]
fn nothing_is_sent_in_an_untrusted_workspace() {
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
    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "not-linked");
}

#[test]
fn invalid_arguments_are_rejected() {
    let mut client = Client::with(Ide, json!({}));
    for (command, arguments, words) in [
        ("connspec.push", json!([]), "expected a document URI"),
        ("connspec.pull", json!([null, {}]), "expected a document URI"),
        ("connspec.diff", json!([7]), "expected a document URI"),
        ("connspec.push", json!([URI, { "frce": true }]), "invalid options"),
        ("connspec.fly", json!([URI]), "unknown command `connspec.fly`"),
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
