//! The VS Code extension (`editors/vscode`) and the page about other editors agree with the server.

use std::collections::BTreeSet;

use connspec::document::Document;
use connspec::project;
use connspec::server::{Ide, commands, settings};
use connspec::text::Text;
use serde_json::{Value, json};

use crate::client::Client;

const PAGE: &str = include_str!("../../editors/README.md");

fn manifest() -> Value {
    serde_json::from_str(include_str!("../../editors/vscode/package.json")).unwrap()
}

#[test]
fn its_version_is_the_same() {
    assert_eq!(manifest()["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn it_contributes_all_commands() {
    let manifest = manifest();
    let contributed = manifest["contributes"]["commands"].as_array().unwrap();
    let palette = manifest["contributes"]["menus"]["commandPalette"].as_array().unwrap();
    let entry = |list: &[Value], name: &str| list.iter().find(|entry| entry["command"] == name).cloned();
    for name in commands() {
        let command = entry(contributed, name).unwrap_or_else(|| panic!("{name} is not contributed"));
        assert_eq!(command["category"], "connspec");
        assert!(command["title"].as_str().is_some_and(|title| !title.is_empty()), "{name}");
        let when = entry(palette, name).unwrap_or_else(|| panic!("{name} is in the palette at all times"));
        let when = when["when"].as_str().unwrap().to_owned();
        // A running server has them, and each of them needs Flow Service or credentials.
        assert!(when.starts_with("connspec.running && isWorkspaceTrusted"), "{name}: {when}");
    }
    // The extension registers its own commands; any other must be one of the server's.
    let own = ["new", "tryCompletion", "showCommands", "start", "stop", "restart", "showLog"]
        .map(|name| format!("connspec.{name}"));
    let all: BTreeSet<_> = contributed.iter().map(|command| command["command"].as_str().unwrap().to_owned()).collect();
    let known: BTreeSet<_> = commands().map(str::to_owned).chain(own).collect();
    assert_eq!(all, known);
}

#[test]
fn it_has_all_settings_with_their_defaults_and_a_description() {
    let manifest = manifest();
    let contributed = manifest["contributes"]["configuration"]["properties"].as_object().unwrap();
    let mut known = BTreeSet::from(["connspec.server.path".to_owned(), "connspec.trace.server".to_owned()]);
    // VS Code has Workspace Trust in place of the setting `trusted`.
    for (name, default) in settings().filter(|(name, _)| name != "trusted") {
        let name = format!("connspec.{name}");
        assert_eq!(contributed.get(&name).map(|setting| &setting["default"]), Some(&default), "{name}");
        known.insert(name);
    }
    assert_eq!(contributed.keys().cloned().collect::<BTreeSet<_>>(), known);
    for (name, setting) in contributed {
        let words = setting["markdownDescription"].as_str().unwrap_or_default();
        assert!(words.ends_with('.'), "{name} has no description");
    }
}

#[test]
fn the_page_lists_all_settings_and_commands() {
    for (name, default) in settings() {
        assert!(PAGE.contains(&format!("| `connspec.{name}` | `{default}` |")), "{name}");
    }
    for name in commands() {
        assert!(PAGE.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn every_token_type_has_a_scope() {
    let mut client = Client::silent(Ide);
    let said = client.greet(json!({ "capabilities": {} }));
    let sorts = said["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"].as_array().unwrap().clone();
    let manifest = manifest();
    let scopes = &manifest["contributes"]["semanticTokenScopes"][0]["scopes"];
    for sort in sorts {
        assert!(scopes.get(sort.as_str().unwrap()).is_some(), "{sort}");
    }
}

#[test]
fn it_recognises_the_same_specs() {
    let pattern = &manifest()["contributes"]["languages"][0]["filenamePatterns"][0];
    assert_eq!(pattern, &format!("*{}", project::SPEC_FILE_SUFFIX));
    let cases: Value = serde_json::from_str(include_str!("../../editors/vscode/test/detectSpec.json")).unwrap();
    for case in cases.as_array().unwrap() {
        let text = Text::new(case["text"].as_str().unwrap());
        assert_eq!(Document::new("x.json", 0, text).kind().is_some(), case["spec"], "{}", case["name"]);
    }
}
