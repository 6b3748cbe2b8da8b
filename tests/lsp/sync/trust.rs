//! What a repository may make the server do: nothing that needs trust, before the person has confirmed it.

use std::collections::BTreeMap;

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, ORG, Options};
use connspec::server::{Ide, Server};
use serde_json::{Value, json};

use super::editor::{Editor, FILE, SPEC};
use crate::client::Client;
use crate::folder::Folder;

/// A repository whose `connspec.toml` names a program of it, and an emulator as its host; and a person with a home.
fn editor(trusted: &Value) -> Editor {
    let emulator = Emulator::start(Options::default()).unwrap();
    let url = emulator.url();
    let settings = format!(
        "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ngateway = \"{url}\"\nims = \"{url}\"\n\
         credentials = {{ command = [\"./x.sh\"] }}\n"
    );
    let program = format!(
        "#!/bin/sh\necho run >> runs\necho CONNSPEC_CLIENT_ID={CLIENT_ID}\necho CONNSPEC_CLIENT_SECRET={CLIENT_SECRET}\n\
         echo CONNSPEC_ORG_ID={ORG}\n"
    );
    let folder = Folder::with(&[(FILE, SPEC), ("connspec.toml", &settings), ("x.sh", &program)]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder.path("x.sh"), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    open(emulator, folder, trusted)
}

fn open(emulator: Emulator, folder: Folder, trusted: &Value) -> Editor {
    let home = folder.path("home").to_string_lossy().into_owned();
    let variables: BTreeMap<_, _> =
        ["XDG_DATA_HOME", "LOCALAPPDATA", "HOME"].map(|name| (name.to_owned(), home.clone())).into_iter().collect();
    let client = Client::served(Server::new(Ide).variables(variables));
    Editor::open(client, emulator, folder, json!({ "trusted": trusted }))
}

/// The same person with the same repository in a new session.
fn restarted(editor: Editor, trusted: &Value) -> Editor {
    let Editor { emulator, folder, .. } = editor;
    open(emulator, folder, trusted)
}

fn runs(editor: &Editor) -> usize {
    std::fs::read_to_string(editor.folder.path("runs")).unwrap_or_default().lines().count()
}

const COMMANDS: [&str; 7] = ["status", "push", "pull", "diff", "register", "list", "openRemote"];

#[cfg(unix)]
#[test]
fn a_program_of_a_repository_does_not_run_before_the_person_trusts_it() {
    for trusted in [json!(null), json!(true)] {
        let mut editor = editor(&trusted);
        for command in COMMANDS {
            let result = editor.run(&format!("connspec.{command}"), json!({}), &[""]);
            assert_eq!((&result["outcome"], &result["error"]["kind"]), (&json!("refused"), &json!("untrusted")));
            assert!(result["message"].as_str().unwrap().contains("connspec trust"), "{result}");
            assert_eq!((runs(&editor), editor.emulator.requests().len()), (0, 0), "{command}");
        }
        let question = &editor.said[0];
        let host = editor.emulator.url().replace("http://", "");
        assert!(question.contains("runs `./x.sh`"), "{question}");
        assert!(question.contains(&format!("sends its credentials to {host} on this machine")), "{question}");
    }
}

#[cfg(unix)]
#[test]
fn the_person_is_asked_once_for_each_change() {
    let mut editor = editor(&json!(null));
    assert_eq!(editor.run("connspec.status", json!({}), &["Trust"])["status"], "not-linked");
    assert_eq!(runs(&editor), 1);
    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "not-linked");
    let mut editor = restarted(editor, &json!(true));
    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "not-linked", "it is recorded");
    assert_eq!(runs(&editor), 2);
    // What the program does has changed.
    let program = std::fs::read_to_string(editor.folder.path("x.sh")).unwrap();
    std::fs::write(editor.folder.path("x.sh"), program + "echo again\n").unwrap();
    let refused = editor.run("connspec.status", json!({}), &["Decline"]);
    assert_eq!((&refused["error"]["kind"], runs(&editor)), (&json!("untrusted"), 2));
    let question = &editor.said[editor.said.len() - 2];
    assert!(question.contains("has changed since you trusted it: - profile `dev`"), "{question}");
    assert!(question.contains("; + profile `dev`"), "{question}");
    let refused = editor.run("connspec.status", json!({}), &[]);
    assert_eq!(refused["error"]["kind"], "untrusted", "the same is not asked twice");
}

#[test]
fn an_editor_that_cannot_ask_shows_the_command() {
    let mut editor = editor(&json!(null));
    let id = editor.begin("connspec.status", json!({}));
    let question = editor.client.asked("window/showMessageRequest");
    let error = json!({ "code": -32601, "message": "unknown method" });
    editor.client.send(&json!({ "jsonrpc": "2.0", "id": question["id"], "error": error }));
    let result = editor.client.answer(id)["result"].clone();
    assert_eq!((&result["outcome"], &result["error"]["kind"]), (&json!("refused"), &json!("untrusted")));
    assert!(result["message"].as_str().unwrap().contains("connspec trust"), "{result}");
    assert_eq!(runs(&editor), 0);
}

#[test]
fn a_file_is_read_in_a_trusted_workspace_only() {
    for (trusted, answers) in [(json!(true), &[][..]), (json!(null), &["Trust"])] {
        let emulator = Emulator::start(Options::default()).unwrap();
        let settings =
            "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = { file = \"~/a\" }\n";
        let folder = Folder::with(&[(FILE, SPEC), ("connspec.toml", settings)]);
        let mut editor = open(emulator, folder, &trusted);
        let result = editor.run("connspec.list", json!({}), answers);
        assert_eq!(result["error"]["kind"], "settings", "the file does not exist: {result}");
    }
}

#[test]
fn a_question_that_nobody_would_read_is_not_asked() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let long = "a".repeat(4000);
    let settings = format!(
        "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = {{ command = [\"x\", \"{long}\"] }}\n"
    );
    let folder = Folder::with(&[(FILE, SPEC), ("connspec.toml", &settings)]);
    let mut editor = open(emulator, folder, &json!(null));
    assert_eq!(editor.run("connspec.list", json!({}), &[])["error"]["kind"], "untrusted");
}
