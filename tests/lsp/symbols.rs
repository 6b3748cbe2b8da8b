//! The outline, and symbols in all specs of a workspace.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI};
use crate::folder::Folder;

const A: &str = "a-connectionSpec.json";
const B: &str = "b/b-connectionSpec.json";

fn spec(name: &str, input: &str) -> String {
    format!(
        r#"{{ "name": "{name}", "authSpec": [ {{ "name": "{name} key", "spec": {{ "properties": {{ "{input}": {{ "type": "string" }} }} }} }} ] }}"#
    )
}

#[test]
fn the_outline_is_nested_for_clients_that_support_it() {
    let ask = |symbols: Value| {
        let mut client = Client::with(Ide, json!({ "textDocument": { "documentSymbol": symbols } }));
        client.open(URI, 1, &spec("é", "listId"));
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }))
    };
    let tree = ask(json!({ "hierarchicalDocumentSymbolSupport": true }));
    let auth = &tree[1]["children"][0];
    assert_eq!((&tree[1]["name"], &auth["name"], &auth["kind"]), (&json!("authSpec"), &json!("é key"), &json!(5)));
    let input = &auth["children"][0];
    assert_eq!((&input["name"], &input["detail"], &input["kind"]), (&json!("listId"), &json!("string"), &json!(13)));
    assert_eq!(input["selectionRange"]["start"], json!({ "line": 0, "character": 74 }));
    assert_eq!(input["children"], Value::Null);
    let list = ask(json!({}));
    let short: Vec<_> =
        list.as_array().unwrap().iter().map(|entry| json!([entry["name"], entry["containerName"]])).collect();
    let expected = json!([["name", null], ["authSpec", null], ["é key", "authSpec"], ["listId", "é key"]]);
    assert_eq!(json!(short), expected);
    assert_eq!(list[3]["location"]["uri"], URI);
}

/// Symbols as name, container and file.
fn found(client: &mut Client, typed: &str) -> Vec<String> {
    let answer = client.ask("workspace/symbol", json!({ "query": typed }));
    let line = |symbol: &Value| {
        let file = symbol["location"]["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        format!(
            "{} ({}) {file}",
            symbol["name"].as_str().unwrap(),
            symbol["containerName"].as_str().unwrap_or_default()
        )
    };
    answer.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn symbols_are_found_in_open_and_closed_specs() {
    let folder = Folder::with(&[
        (A, &spec("Acme", "listId")),
        (B, &spec("Bolt", "onDisk")),
        ("package.json", &spec("no", "listId")),
        ("c-connectionSpec.json", "no JSON at all"),
    ]);
    std::fs::write(folder.path("d-connectionSpec.json"), b"\xff\xfe").unwrap();
    let mut client = Client::silent(Ide);
    folder.greet(&mut client, json!({}));
    assert_eq!(found(&mut client, "lid"), ["listId (Acme, Acme key) a-connectionSpec.json"]);
    assert_eq!(found(&mut client, "acme"), ["Acme () a-connectionSpec.json", "Acme key (Acme) a-connectionSpec.json"]);
    // Open documents replace the files on disk; a spec outside of the folder is searched while it is open.
    client.open(&folder.uri(B), 1, &spec("Bolt", "listing"));
    client.open(URI, 1, &spec("Other", "listen"));
    let expected = [
        "listId (Acme, Acme key) a-connectionSpec.json",
        "listen (Other, Other key) acme-connectionSpec.json",
        "listing (Bolt, Bolt key) b-connectionSpec.json",
    ];
    assert_eq!(found(&mut client, "list"), expected);
    assert_eq!(found(&mut client, "ondisk"), [] as [&str; 0]);
    folder.change(&mut client, A, &spec("Acme", "renamed"));
    assert_eq!(found(&mut client, "renamed"), ["renamed (Acme, Acme key) a-connectionSpec.json"]);
    assert_eq!(found(&mut client, "").len(), 9);
}

#[test]
fn without_a_folder_open_documents_are_searched() {
    let mut client = Client::with(Ide, json!({}));
    assert_eq!(found(&mut client, ""), [] as [&str; 0]);
    client.open(URI, 1, &spec("Acme", "listId"));
    assert_eq!(found(&mut client, "").len(), 3);
}
