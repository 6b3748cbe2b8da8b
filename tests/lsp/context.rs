//! Diagnostics follow the project file and the files beside the spec.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use connspec::document::Document;
use connspec::ide::Hover;
use connspec::lint::{Artifact, Diagnostic, Facts};
use connspec::server::{Features, Ide};
use serde_json::{Value, json};

use crate::client::{Client, at};
use crate::fake::{Fake, quote};
use crate::folder::Folder;

/// A spec with one problem, a duplicate key.
const TWICE: &str = r#"{ "authSpec": [], "sourceSpec": {}, "type": "x", "type": "x" }"#;

const SPEC: &str = "acme-connectionSpec.json";

fn level(level: &str) -> String {
    format!("[rules]\nduplicate-key = \"{level}\"\n")
}

/// The severity of the only diagnostic.
fn severity(found: &Value) -> &Value {
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    &found[0]["severity"]
}

#[test]
fn the_project_file_applies_from_the_start() {
    let folder = Folder::with(&[("connspec.toml", &level("error")), ("b/connspec.toml", &level("off"))]);
    let mut client = Client::with(Ide, json!({}));
    client.open(&folder.uri(SPEC), 1, TWICE);
    client.open(&folder.uri("b/c.json"), 1, TWICE);
    client.open("untitled:Untitled-1", 1, TWICE);
    assert_eq!(severity(&client.published_next(&folder.uri(SPEC)).1), 1);
    assert_eq!(client.published_next(&folder.uri("b/c.json")).1, json!([]));
    assert_eq!(severity(&client.published_next("untitled:Untitled-1").1), 2, "it is not a file");
}

#[test]
fn a_changed_project_file_applies_to_the_current_version() {
    let folder = Folder::with(&[]);
    let (mut client, uri) = (Client::with(Ide, json!({})), folder.uri(SPEC));
    client.open(&uri, 7, TWICE);
    assert_eq!(severity(&client.published_next(&uri).1), 2);
    let ignored = format!("[[ignore]]\nfile = \"{SPEC}\"\npointer = \"/type\"\ncode = \"duplicate-key\"\n");
    for (content, expected) in [(level("hint"), Some(4)), (ignored, None), (level("error"), Some(1))] {
        folder.change(&mut client, "connspec.toml", &content);
        let (version, found) = client.published_next(&uri);
        assert_eq!((version, found[0]["severity"].as_i64()), (json!(7), expected), "{content}");
    }
    folder.remove("connspec.toml");
    folder.tell(&mut client, "connspec.toml");
    assert_eq!(severity(&client.published_next(&uri).1), 2);
    client.change(&uri, 8, json!([{ "text": TWICE.replacen("\"type\": \"x\", ", "", 1) }]));
    assert_eq!(client.published(&uri, 8), json!([]));
}

#[test]
fn files_are_read_again_when_one_is_saved_or_opened() {
    let folder = Folder::with(&[]);
    let (mut client, uri) = (Client::with(Ide, json!({})), folder.uri(SPEC));
    client.open(&uri, 1, TWICE);
    assert_eq!(severity(&client.published_next(&uri).1), 2);
    folder.write("connspec.toml", &level("error"));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(severity(&client.published_next(&uri).1), 1);
    folder.write("connspec.toml", &level("hint"));
    client.open(&folder.uri("other.json"), 1, "{}");
    assert_eq!(severity(&client.published_next(&uri).1), 4);
}

#[test]
fn problems_in_a_project_file_are_published_while_it_applies() {
    for capabilities in [json!({}), json!({ "textDocument": { "diagnostic": {} } })] {
        let folder = Folder::with(&[("connspec.toml", "[rules]\nduplicate-keys = \"off\"\n")]);
        let (project, uri) = (folder.uri("connspec.toml"), folder.uri(SPEC));
        let mut client = Client::with(Ide, capabilities.clone());
        let pull = json!({ "textDocument": { "uri": uri } });
        client.open(&uri, 1, TWICE);
        client.ask("textDocument/diagnostic", pull.clone());
        let (version, found) = client.published_next(&project);
        let expected = json!([{
            "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 14 } },
            "severity": 1, "code": "project-file", "source": "connspec",
            "message": "unknown rule `duplicate-keys`; did you mean `duplicate-key`?",
        }]);
        assert_eq!((version, found), (Value::Null, expected));
        folder.change(&mut client, "connspec.toml", &level("off"));
        assert_eq!(client.published_next(&project), (Value::Null, json!([])), "fixed");
        folder.change(&mut client, "connspec.toml", "[rules");
        assert_eq!(client.published_next(&project).1[0]["code"], "project-file");
        folder.remove("connspec.toml");
        folder.tell(&mut client, "connspec.toml");
        assert_eq!(client.published_next(&project).1, json!([]), "deleted");
        folder.change(&mut client, "connspec.toml", "[rules");
        assert_eq!(client.published_next(&project).1[0]["code"], "project-file");
        client.close(&uri);
        assert_eq!(client.published_next(&project).1, json!([]), "it applies to no open document");
    }
}

#[test]
fn clients_that_pull_refresh_and_get_a_new_result_id() {
    let folder = Folder::with(&[("connspec.toml", &level("hint"))]);
    let uri = folder.uri(SPEC);
    let findings =
        json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut client = Client::with(Ide, findings);
    client.open(&uri, 1, TWICE);
    let first = client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(severity(&first["items"]), 4);
    folder.change(&mut client, "connspec.toml", &level("error"));
    let refresh = client.asked("workspace/diagnostic/refresh");
    client.send(&json!({ "jsonrpc": "2.0", "id": refresh["id"], "result": null }));
    let pull = json!({ "textDocument": { "uri": uri }, "previousResultId": first["resultId"] });
    let second = client.ask("textDocument/diagnostic", pull);
    assert_eq!((&second["kind"], severity(&second["items"])), (&json!("full"), &json!(1)));
    // Nothing has changed since.
    let pull = json!({ "textDocument": { "uri": uri }, "previousResultId": second["resultId"] });
    assert_eq!(client.ask("textDocument/diagnostic", pull)["kind"], "unchanged");
}

#[test]
fn file_watchers_are_registered() {
    let watches = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::with(Fake::default(), watches);
    let asked = client.asked("client/registerCapability")["params"]["registrations"][0].clone();
    assert_eq!(asked["method"], "workspace/didChangeWatchedFiles");
    let patterns = json!([
        { "globPattern": "**/*connectionSpec.json" },
        { "globPattern": "**/connspec.toml" },
        { "globPattern": "**/*-{category,description,label}.txt" },
        { "globPattern": "**/*-icon.svg" },
    ]);
    assert_eq!(asked["registerOptions"]["watchers"], patterns);
}

/// Shows the label file; an analysis first waits until the sender is used or dropped.
struct Labels<Wait>(Wait);

fn label(facts: &Facts) -> String {
    match facts.folder.as_ref().map(|folder| &folder.label) {
        Some(Artifact::Text(text)) => text.clone(),
        other => format!("{other:?}"),
    }
}

impl<Wait: Fn() + Send + Sync + 'static> Features for Labels<Wait> {
    fn diagnostics(&self, document: &Document, facts: &Facts) -> Vec<Diagnostic> {
        let found = quote(document).into_iter().map(|found| Diagnostic { message: label(facts), ..found });
        let found = found.collect();
        (self.0)();
        found
    }

    fn hover(&self, _: &Document, findings: &[Diagnostic], _: usize) -> Option<Hover> {
        Some(Hover { range: 0..0, contents: findings.first()?.message.clone() })
    }
}

#[test]
fn files_beside_the_spec_are_read_again_when_they_change() {
    let folder = Folder::with(&[]);
    let (mut client, uri) = (Client::with(Labels(|| ()), json!({})), folder.uri(SPEC));
    client.open(&uri, 1, "x");
    assert_eq!(client.published_next(&uri).1[0]["message"], "Some(Absent)");
    for text in ["one", "two"] {
        folder.change(&mut client, "acme-label.txt", text);
        assert_eq!(client.published_next(&uri).1[0]["message"], text);
        assert_eq!(client.ask("textDocument/hover", at(&uri, 0, 0))["contents"]["value"], text);
    }
    client.change(&uri, 2, json!([{ "text": "y" }]));
    assert_eq!(client.published(&uri, 2)[0]["message"], "two");
}

#[test]
fn an_older_analysis_is_never_published_after_a_newer() {
    let folder = Folder::with(&[]);
    let (release, released) = channel::<()>();
    let (begin, begun) = channel();
    let released = Mutex::new(released);
    let wait = move || {
        let _ = begin.send(());
        let _ = released.lock().unwrap().recv();
    };
    let (mut client, uri) = (Client::with(Labels(wait), json!({})), folder.uri(SPEC));
    let labeled =
        json!({ "authSpec": [], "sourceSpec": { "attributes": { "uiAttributes": { "label": { "key": "x" } } } } });
    client.open(&uri, 1, &labeled.to_string());
    begun.recv().unwrap();
    folder.change(&mut client, "acme-label.txt", "new");
    // The label is a link once its file is known.
    while client.ask("textDocument/documentLink", json!({ "textDocument": { "uri": uri } })) == Value::Null {}
    drop(release);
    assert_eq!(client.published_next(&uri).1[0]["message"], "Some(Absent)");
    assert_eq!(client.published_next(&uri).1[0]["message"], "new");
    client.ask("shutdown", Value::Null);
    assert_eq!(client.unasked().len(), 0);
}
