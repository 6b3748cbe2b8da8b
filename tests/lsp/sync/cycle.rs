//! A spec is created, edited, pushed again, changed by another author, merged and compared.

use std::collections::BTreeMap;

use connspec::emulator::{Emulator, Options};
use connspec::server::{Ide, Server};
use serde_json::{Value, json};

use super::editor::{Editor, FILE, NAME, Other, SPEC};
use crate::client::Client;
use crate::folder::Folder;

#[test]
fn a_spec_is_created_updated_merged_and_compared() {
    let mut editor = Editor::new();
    let first = editor.run("connspec.push", json!({}), &[]);
    let id = first["id"].as_str().unwrap().to_owned();
    assert_eq!(
        [
            &first["outcome"],
            &first["action"],
            &first["registered"],
            &first["sandbox"],
            &first["profile"],
            &first["service"]
        ],
        [&json!("done"), &json!("created"), &json!(true), &json!("dev"), &json!("env"), &json!("this-machine")]
    );
    assert!(editor.state().contains(&id));
    assert!(
        editor.said[0].starts_with(&format!(
            "Created `{NAME}` in sandbox dev ({}). Registered in flow spec `RestStorageToAEP` (seen in it twice, 1 s apart).",
            &id[..8]
        )),
        "{:?}",
        editor.said
    );

    let again = editor.run("connspec.push", json!({}), &[]);
    assert_eq!((&again["action"], editor.writes().len()), (&json!("none"), 2));

    editor.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    let planned = editor.run("connspec.push", json!({ "dryRun": true }), &[]);
    assert_eq!(planned["plan"]["action"], "update");
    assert_eq!(editor.writes().len(), 2);
    let second = editor.run("connspec.push", json!({}), &[]);
    assert_eq!(second["action"], "updated");
    assert!(editor.said.last().unwrap().contains("The document is not saved yet."));
    assert_eq!(editor.there()["version"], "1.1");

    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "up-to-date");
    Other::at(&editor.emulator).set("description", json!("theirs"));
    editor.edit("\"version\": \"1.1\"", "\"version\": \"1.2\"");
    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "diverged");
    let short = "{ \"explorePaginationSupported\": false }";
    editor.edit("{\n        \"explorePaginationSupported\": false\n      }", short);
    let before = editor.text.clone();
    let diff = editor.run("connspec.diff", json!({}), &[]);
    let paths =
        |side: &str| diff[side].as_array().unwrap().iter().map(|change| change["path"].clone()).collect::<Vec<_>>();
    assert_eq!((paths("local"), paths("remote")), (vec![json!("version")], vec![json!("description")]));
    assert_eq!(diff["identical"], false);
    let (there, here) = (diff["text"].as_str().unwrap().lines(), editor.text.lines());
    let lines: Vec<_> = there.zip(here).filter(|(there, here)| there != here).map(|(there, _)| there.trim()).collect();
    assert_eq!(
        lines,
        ["\"description\": \"theirs\",", "\"version\": \"1.1\","],
        "it has the layout of the text on screen"
    );
    let pulled = editor.run("connspec.pull", json!({}), &[]);
    assert_eq!(pulled["changes"][0]["path"], "description");
    let changed: Vec<_> = before.lines().zip(editor.text.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(editor.run("connspec.push", json!({}), &[])["action"], "updated");
    let there = editor.there();
    assert_eq!((&there["version"], &there["description"]), (&json!("1.2"), &json!("theirs")));
    assert_eq!(std::fs::read_to_string(editor.folder.path(FILE)).unwrap(), SPEC, "the editor saves files");
}

#[test]
fn the_remote_spec_is_the_text_of_a_read_only_document() {
    let mut editor = Editor::new();
    let refused = editor.run("connspec.openRemote", json!({}), &[]);
    assert_eq!(refused["outcome"], "refused");
    editor.run("connspec.push", json!({}), &[]);
    let opened = editor.run("connspec.openRemote", json!({}), &[]);
    let address = opened["uri"].as_str().unwrap().to_owned();
    assert!(address.starts_with("connspec-remote:///"), "{address}");
    for uri in [address, editor.uri.clone()] {
        let read = editor.client.ask("connspec/remote", json!({ "uri": uri }));
        assert_eq!(read["text"], opened["text"]);
    }
    let text: Value = serde_json::from_str(opened["text"].as_str().unwrap()).unwrap();
    assert_eq!((text.get("id"), &text["name"]), (None, &json!("Tidewater price list")));
}

#[test]
fn an_empty_document_is_filled_by_a_pull() {
    let mut editor = Editor::new();
    let id = Other::at(&editor.emulator).make(SPEC);
    let listed = editor.run("connspec.list", json!({}), &[]);
    let ours: Vec<_> = listed["specs"].as_array().unwrap().iter().filter(|spec| spec["id"] == *id).collect();
    assert_eq!(ours[0]["registered"], false);
    editor.write("");
    let pulled = editor.run("connspec.pull", json!({ "link": id }), &[]);
    assert_eq!(pulled["action"], "created");
    assert!(editor.text.starts_with("{\n  \"name\": \"Tidewater price list\""), "{}", editor.text);
    let registered = editor.run("connspec.register", json!({}), &[]);
    assert_eq!(
        (&registered["action"], &registered["registration"]["flowSpec"]),
        (&json!("registered"), &json!("RestStorageToAEP"))
    );
    assert_eq!(editor.run("connspec.register", json!({}), &[])["action"], "none");
    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "up-to-date");
}

#[test]
fn without_credentials_the_emulator_is_used_and_reported() {
    let folder = Folder::with(&[(FILE, SPEC)]);
    let data = folder.path("data").to_string_lossy().into_owned();
    let variables: BTreeMap<_, _> =
        ["XDG_DATA_HOME", "LOCALAPPDATA", "HOME"].map(|name| (name.to_owned(), data.clone())).into_iter().collect();
    let other = Emulator::start(Options::default()).unwrap();
    let client = Client::served(Server::new(Ide).variables(variables));
    let mut editor = Editor::open(client, other, folder, json!({}));
    let pushed = editor.run("connspec.push", json!({}), &[]);
    assert_eq!((&pushed["profile"], &pushed["service"]), (&json!("local"), &json!("emulator")));
    assert!(editor.said[0].contains("the emulator on this machine, not Adobe's service"), "{:?}", editor.said);
    assert_eq!(editor.emulator.requests().len(), 0);
}

#[test]
fn a_profile_is_selected_for_the_session() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({}), &[]);
    assert_eq!(editor.lenses().len(), 3);
    let unknown = editor.run("connspec.selectProfile", json!({ "profile": "nobody" }), &[]);
    assert!(unknown["message"].as_str().unwrap().starts_with("Unknown profile `nobody`."), "{unknown}");
    let selected = editor.run("connspec.selectProfile", json!({}), &["env"]);
    assert_eq!((&selected["profile"], &selected["profiles"]), (&json!("env"), &json!(["env", "local"])));
    assert_eq!(editor.lenses(), [] as [String; 0], "what was known is about another service");
}

#[test]
fn the_profile_of_the_settings_applies_until_one_is_selected() {
    let mut editor = Editor::new();
    editor.run("connspec.push", json!({}), &[]);
    let settings = json!({ "settings": { "connspec": { "profile": "nobody" } } });
    editor.client.notify("workspace/didChangeConfiguration", settings);
    let failed = editor.run("connspec.status", json!({}), &[]);
    assert_eq!(failed["outcome"], "failed");
    assert!(failed["message"].as_str().unwrap().starts_with("Unknown profile `nobody`."), "{failed}");
    assert_eq!(editor.lenses(), [] as [String; 0], "what was known is about another service");
    editor.run("connspec.selectProfile", json!({ "profile": "env" }), &[]);
    assert_eq!(editor.run("connspec.status", json!({}), &[])["status"], "up-to-date");
}
