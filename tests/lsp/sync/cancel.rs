//! A cancelled command ends before it writes, or completes the write.

use std::time::Duration;

use serde_json::{Value, json};

use super::editor::{Editor, NAME};

/// Waits for this progress message.
fn step(editor: &mut Editor, description: &str) {
    editor
        .client
        .wait(|message| message["method"] == "$/progress" && message["params"]["value"]["message"] == description);
}

#[test]
fn a_read_is_cancelled_at_once() {
    let mut editor = Editor::new();
    editor.emulator.set_latency(Duration::from_secs(20));
    for with_the_request in [false, true] {
        let id = editor.begin("connspec.push", json!({}));
        step(&mut editor, "Comparing with remote");
        if with_the_request {
            editor.client.notify("$/cancelRequest", json!({ "id": id }));
            assert_eq!(editor.client.answer(id)["error"]["code"], -32800);
        } else {
            editor.client.notify("window/workDoneProgress/cancel", json!({ "token": "connspec.push" }));
            assert_eq!(editor.client.answer(id)["result"]["outcome"], "cancelled");
        }
        let said = editor.client.asked("window/showMessage");
        assert_eq!(said["params"]["message"], "Cancelled before anything was sent. Sandbox dev (profile env).");
    }
    assert_eq!((editor.writes(), editor.state()), (Vec::new(), String::new()));
}

#[test]
fn a_write_is_completed() {
    let mut editor = Editor::new();
    editor.emulator.set_latency(Duration::from_millis(200));
    let id = editor.begin("connspec.push", json!({}));
    step(&mut editor, "Writing");
    editor.client.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(editor.client.answer(id)["error"]["code"], -32800);
    let said = editor.client.asked("window/showMessage")["params"]["message"].as_str().unwrap().to_owned();
    assert!(said.starts_with("Created `"), "{said}");
    editor.emulator.set_latency(Duration::ZERO);
    let there = editor.there();
    assert_eq!(editor.writes(), ["POST", "PUT"]);
    assert!(editor.state().contains(there["id"].as_str().unwrap()));
    assert_eq!(editor.run("connspec.status", json!({}), &[])["registered"], true);
}

#[test]
fn the_end_of_the_session_waits_for_a_write() {
    let mut editor = Editor::of_program();
    editor.emulator.set_latency(Duration::from_millis(200));
    editor.begin("connspec.push", json!({}));
    step(&mut editor, "Writing");
    editor.client.ask("shutdown", Value::Null);
    editor.client.notify("exit", Value::Null);
    assert_eq!(editor.client.code(Duration::from_secs(30)), 0);
    editor.emulator.set_latency(Duration::ZERO);
    assert_eq!(editor.there()["name"], NAME);
    assert!(editor.state().contains(editor.there()["id"].as_str().unwrap()));
}

#[test]
fn an_open_question_blocks_nothing_and_can_be_cancelled() {
    let mut editor = Editor::new();
    super::editor::Other::at(&editor.emulator).make(super::editor::SPEC);
    let id = editor.begin("connspec.push", json!({}));
    editor.client.asked("window/showMessageRequest");
    assert_eq!(editor.lenses(), [] as [String; 0], "others are answered");
    editor.client.notify("window/workDoneProgress/cancel", json!({ "token": "connspec.push" }));
    assert_eq!(editor.client.answer(id)["result"]["outcome"], "cancelled");
    assert_eq!(editor.writes(), ["POST"], "the other author's");
}

#[test]
fn an_edit_without_response_can_be_cancelled() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({}), &[]);
    super::editor::Other::at(&editor.emulator).set("description", json!("theirs"));
    let state = editor.state();
    let id = editor.begin("connspec.pull", json!({}));
    editor.client.asked("workspace/applyEdit");
    editor.client.notify("window/workDoneProgress/cancel", json!({ "token": "connspec.pull" }));
    let answer = editor.client.answer(id);
    assert_eq!(answer["result"]["outcome"], "cancelled");
    assert!(answer["result"]["message"].as_str().unwrap().contains("pull again"), "{answer}");
    assert_eq!(editor.state(), state);
}
