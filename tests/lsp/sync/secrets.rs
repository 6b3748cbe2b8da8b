//! No secret comes to the editor or into the log, whatever goes on.

use connspec::emulator::{CLIENT_SECRET, Fault, FaultKind, FaultSchedule, Requests};
use serde_json::json;

use super::editor::Editor;

#[test]
fn no_message_and_no_log_holds_a_secret() {
    let mut editor = Editor::of_program();
    let token = editor.emulator.token();
    let mut told = Vec::new();
    for command in connspec::server::commands().filter(|command| *command != "connspec.selectProfile") {
        told.push(editor.run(command, json!({}), &[]).to_string());
    }
    editor.emulator.revoke_tokens();
    editor.emulator.inject(Fault {
        kind: FaultKind::CloseConnection,
        requests: Requests::All,
        schedule: FaultSchedule::Next(9),
    });
    editor.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    told.push(editor.run("connspec.push", json!({}), &[]).to_string());
    told.append(&mut editor.said);
    told.extend(editor.client.unasked().iter().map(ToString::to_string));
    told.push(editor.state());
    told.push(std::fs::read_to_string(editor.folder.path("log")).unwrap());
    for secret in [CLIENT_SECRET, &token, "Bearer"] {
        assert!(told.iter().all(|text| !text.contains(secret)), "{secret}");
    }
}
