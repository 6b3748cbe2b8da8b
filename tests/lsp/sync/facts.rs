//! The state of the remote spec at the text: diagnostics, code lenses and quick fixes.

use connspec::emulator::Behavior;
use serde_json::{Value, json};

use super::editor::{Editor, Other};

fn actions(editor: &mut Editor) -> Vec<(String, String)> {
    let start = json!({ "line": 0, "character": 0 });
    let asked = json!({
        "textDocument": { "uri": editor.uri }, "range": { "start": start, "end": start },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let actions = editor.client.ask("textDocument/codeAction", asked).as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let commands = actions.iter().filter(|action| action.get("command").is_some());
    commands.map(|action| (text(&action["title"]), text(&action["command"]["command"]))).collect()
}

#[test]
fn lenses_follow_the_text_and_the_remote_spec() {
    let mut editor = Editor::new();
    assert_eq!(editor.lenses(), [] as [String; 0]);
    let id = editor.run("connspec.push", json!({ "register": false }), &[])["id"].as_str().unwrap().to_owned();
    let status = |status: &str| format!("{status} · sandbox dev (profile env) · {}", &id[..8]);
    if editor.asked.is_empty() {
        editor.client.asked("workspace/codeLens/refresh");
    }
    assert_eq!(editor.lenses(), [&*status("Up to date"), "Push", "Diff"]);
    let before = editor.emulator.requests().len();
    editor.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    assert_eq!(editor.lenses()[0], status("Local changes"));
    editor.edit("\"version\": \"1.1\"", "\"version\": \"1.0\"");
    assert_eq!(
        (&editor.lenses()[0], editor.emulator.requests().len()),
        (&status("Up to date"), before),
        "nothing is requested"
    );
    Other::at(&editor.emulator).set("description", json!("theirs"));
    editor.run("connspec.status", json!({}), &[]);
    let expected = [&*status("Remote changes, not registered"), "Push", "Pull", "Diff", "Register"];
    assert_eq!(editor.lenses(), expected);
    let uri = editor.uri.clone();
    editor.client.close(&uri);
    let text = editor.text.clone();
    editor.client.open(&uri, 1, &text);
    assert_eq!(editor.lenses(), expected, "it is still known");
}

#[test]
fn commands_fix_problems_with_the_remote_spec() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({ "register": false }), &[]);
    let known = editor.found();
    Other::at(&editor.emulator).set("description", json!("theirs"));
    editor.run("connspec.status", json!({}), &[]);
    let new: Vec<_> = editor.found().into_iter().filter(|code| !known.contains(code)).collect();
    assert_eq!(new, ["not-registered", "remote-changed"]);
    let offered = [
        ("Register in the flow spec", "connspec.register"),
        ("Pull the remote changes", "connspec.pull"),
        ("Compare with remote", "connspec.diff"),
    ];
    assert_eq!(actions(&mut editor), offered.map(|(title, command)| (title.to_owned(), command.to_owned())));
    editor.run("connspec.register", json!({}), &[]);
    editor.run("connspec.pull", json!({}), &[]);
    assert_eq!(editor.found(), known);
}

#[test]
fn a_rejection_is_shown_at_the_text_until_it_changes() {
    let mut editor = Editor::new();
    editor.edit("\"providerId\": \"0ed90a81-07f4-4586-8190-b40eccef1c5a\",", "");
    let failed = editor.run("connspec.push", json!({ "force": true }), &[]);
    assert_eq!((&failed["outcome"], &failed["error"]["code"]), (&json!("failed"), &json!("1304-400")), "{failed}");
    assert!(editor.found().contains(&"1304-400".to_owned()));
    editor.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    assert!(!editor.found().contains(&"1304-400".to_owned()));
}

#[test]
fn a_missing_permission_is_not_shown_at_the_text() {
    let mut editor = Editor::new();
    editor.emulator.set_behavior(Behavior { read_only: true, ..Behavior::default() });
    let before = editor.found();
    let failed = editor.run("connspec.push", json!({}), &[]);
    assert_eq!((&failed["outcome"], &failed["error"]["code"]), (&json!("failed"), &json!("1426-400")));
    assert_eq!(editor.found(), before);
}
