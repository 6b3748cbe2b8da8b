//! Workspace diagnostics: of all specs, held while there is nothing new.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use connspec::document::Document;
use connspec::server::{Features, Ide};
use serde_json::{Value, json};

use crate::client::{Client, DEADLINE, at};
use crate::fake::{Fake, quote};
use crate::folder::Folder;

const ASKED: &str = "workspace/diagnostic";

fn pulls() -> Value {
    json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } })
}

fn quoting() -> Fake {
    Fake { diagnostics: Box::new(quote), ..Fake::default() }
}

/// A folder with two specs, and a client that has it open.
fn two(features: impl Features) -> (Folder, Client) {
    let folder = Folder::with(&[("a-connectionSpec.json", "a"), ("b/b-connectionSpec.json", "b")]);
    let mut client = Client::silent(features);
    folder.greet(&mut client, pulls());
    (folder, client)
}

const A: &str = "a-connectionSpec.json";
const B: &str = "b/b-connectionSpec.json";

/// The result ids of a response.
fn known(answer: &Value) -> Value {
    let items = answer["items"].as_array().unwrap().iter();
    items.map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect()
}

fn params(known: &Value) -> Value {
    json!({ "previousResultIds": known })
}

/// The items in short: file, version, and diagnostics or `unchanged`.
fn short(folder: &Folder, answer: &Value) -> Vec<String> {
    let of = |item: &Value| {
        let name = item["uri"].as_str().unwrap().strip_prefix(&format!("{}/", folder.uri(""))).unwrap().to_owned();
        let found = match (item["kind"].as_str(), item["items"].as_array()) {
            (Some("full"), Some(found)) => {
                found.iter().map(|found| found["message"].to_string()).collect::<Vec<_>>().join(" ")
            }
            (kind, _) => kind.unwrap().to_owned(),
        };
        format!("{name} {} {found}", item["version"])
    };
    answer["items"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn open_and_closed_specs_are_reported() {
    let folder = Folder::with(&[
        (A, "a"),
        (B, "b"),
        ("c/C-ConnectionSpec.json", "c"),
        ("package.json", "no"),
        ("build/d-connectionSpec.json", "no"),
        (".hidden/e-connectionSpec.json", "no"),
        (".gitignore", "/build\n"),
    ]);
    let other = Folder::with(&[("f g-connectionSpec.json", "f")]);
    let mut client = Client::silent(quoting());
    let folders = json!([{ "uri": folder.uri(""), "name": "a" }, { "uri": other.uri(""), "name": "b" }, { "uri": folder.uri("b"), "name": "c" }]);
    client.greet(json!({ "capabilities": pulls(), "workspaceFolders": folders }));
    client.open(&folder.uri(B), 7, "typed");
    client.open(&folder.uri("package.json"), 1, "open, but not named like a spec");
    let answer = client.ask(ASKED, params(&json!([])));
    let removed = json!({ "event": { "added": [], "removed": [{ "uri": other.uri(""), "name": "b" }] } });
    let mut items = answer["items"].as_array().unwrap().clone();
    let at =
        items.iter().position(|item| item["uri"].as_str().unwrap().ends_with("f%20g-connectionSpec.json")).unwrap();
    assert_eq!(items.remove(at)["items"][0]["message"], "f");
    let own = json!({ "items": items });
    assert_eq!(
        short(&folder, &own),
        [
            "a-connectionSpec.json null \"a\"",
            "b/b-connectionSpec.json 7 \"typed\"",
            "c/C-ConnectionSpec.json null \"c\""
        ]
    );
    client.notify("workspace/didChangeWorkspaceFolders", removed);
    let answer = client.ask(ASKED, params(&known(&answer)));
    let gone: Vec<_> =
        answer["items"].as_array().unwrap().iter().filter(|item| item["kind"] == "full").cloned().collect();
    assert_eq!((gone.len(), &gone[0]["items"]), (1, &json!([])), "diagnostics of a removed folder are cleared");
}

#[test]
fn the_root_uri_is_a_folder() {
    let folder = Folder::with(&[(A, "a")]);
    let mut client = Client::silent(quoting());
    client.greet(json!({ "capabilities": pulls(), "rootUri": folder.uri("") }));
    assert_eq!(short(&folder, &client.ask(ASKED, params(&json!([])))), ["a-connectionSpec.json null \"a\""]);
}

#[test]
fn a_response_without_news_is_held_until_something_changes() {
    let (folder, mut client) = two(quoting());
    let mut answer = client.ask(ASKED, params(&json!([])));
    assert_eq!(known(&answer).as_array().unwrap().len(), 2);
    // What the client does, and what is reported about both files.
    type Act = Box<dyn Fn(&Folder, &mut Client)>;
    let acts: [(Act, [&str; 2]); 6] = [
        (Box::new(|folder, client| folder.change(client, A, "new")), ["null \"new\"", "null unchanged"]),
        (Box::new(|folder, client| client.open(&folder.uri(B), 3, "b")), ["null unchanged", "3 \"b\""]),
        (
            Box::new(|folder, client| client.change(&folder.uri(B), 4, json!([{ "text": "typed" }]))),
            ["null unchanged", "4 \"typed\""],
        ),
        (Box::new(|folder, client| client.close(&folder.uri(B))), ["null unchanged", "null \"b\""]),
        (
            Box::new(|folder, client| {
                folder.write(A, "saved");
                client.notify("textDocument/didSave", json!({ "textDocument": { "uri": folder.uri(A) } }));
            }),
            ["null \"saved\"", "null unchanged"],
        ),
        (
            Box::new(|folder, client| {
                folder.remove(A);
                folder.tell(client, A);
            }),
            ["null ", "null unchanged"],
        ),
    ];
    for (act, [a, b]) in acts {
        let held = client.request(ASKED, params(&known(&answer)));
        client.ask("textDocument/hover", at(&folder.uri("x.json"), 0, 0));
        act(&folder, &mut client);
        answer = client.answer(held)["result"].clone();
        let mut items = short(&folder, &answer);
        items.sort();
        assert_eq!(items, [format!("{A} {a}"), format!("{B} {b}")]);
    }
    // A deletion is reported once.
    let held = client.request(ASKED, params(&known(&answer)));
    folder.change(&mut client, B, "last");
    assert_eq!(short(&folder, &client.answer(held)["result"]), [format!("{B} null \"last\"")]);
}

#[test]
fn the_first_request_is_never_held() {
    let folder = Folder::with(&[]);
    let mut client = Client::silent(quoting());
    folder.greet(&mut client, pulls());
    assert_eq!(client.ask(ASKED, params(&json!([]))), json!({ "items": [] }));
    let held = client.request(ASKED, params(&json!([])));
    folder.change(&mut client, A, "a");
    assert_eq!(short(&folder, &client.answer(held)["result"]), [format!("{A} null \"a\"")]);
}

#[test]
fn an_unreadable_spec_has_no_diagnostics() {
    let (folder, mut client) = two(quoting());
    std::fs::write(folder.path(A), b"\xff\xfe").unwrap();
    let answer = client.ask(ASKED, params(&json!([])));
    assert_eq!(short(&folder, &answer), [format!("{A} null "), format!("{B} null \"b\"")]);
    let held = client.request(ASKED, params(&known(&answer)));
    folder.change(&mut client, B, "new");
    let expected = [format!("{A} null unchanged"), format!("{B} null \"new\"")];
    assert_eq!(short(&folder, &client.answer(held)["result"]), expected);
}

#[test]
fn a_changed_project_file_is_news_for_its_specs() {
    const TWICE: &str = r#"{ "authSpec": [], "sourceSpec": {}, "type": "x", "type": "x" }"#;
    let folder = Folder::with(&[(A, TWICE), (B, TWICE), ("b/connspec.toml", "")]);
    let mut client = Client::silent(Ide);
    folder.greet(&mut client, pulls());
    client.open(&folder.uri(A), 1, TWICE);
    let mut answer = client.ask(ASKED, params(&json!([])));
    for (name, fresh) in [("b/connspec.toml", B), ("connspec.toml", A)] {
        let held = client.request(ASKED, params(&known(&answer)));
        folder.change(&mut client, name, "[rules]\nduplicate-key = \"hint\"\n");
        answer = client.answer(held)["result"].clone();
        let full: Vec<_> = answer["items"].as_array().unwrap().iter().filter(|item| item["kind"] == "full").collect();
        assert_eq!((full.len(), &full[0]["uri"]), (1, &json!(folder.uri(fresh))), "{answer}");
        assert_eq!(full[0]["items"][0]["severity"], 4);
    }
}

#[test]
fn partial_results_are_sent_before_the_response() {
    let names: Vec<_> = (100..300).map(|number| format!("{number}-connectionSpec.json")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), "x")).collect();
    let folder = Folder::with(&files);
    let mut client = Client::silent(quoting());
    folder.greet(&mut client, pulls());
    let ask = |client: &mut Client, known: Value| {
        client.request(ASKED, json!({ "previousResultIds": known, "partialResultToken": "t" }))
    };
    let id = ask(&mut client, json!([]));
    // The response is the last message: the partial results came before it.
    assert_eq!(client.answer(id)["result"], json!({ "items": [] }));
    let parts = |client: &mut Client| -> Value {
        let all = client.unasked();
        assert!(all.iter().all(|part| part["method"] == "$/progress" && part["params"]["token"] == "t"), "{all:?}");
        all.iter().flat_map(|part| part["params"]["value"]["items"].as_array().unwrap().clone()).collect()
    };
    let first = json!({ "items": parts(&mut client) });
    let expected: Vec<_> = names.iter().map(|name| format!("{name} null \"x\"")).collect();
    assert_eq!(short(&folder, &first), expected);
    let held = ask(&mut client, known(&first));
    folder.write(&names[7], "new");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": folder.uri(&names[7]) } }));
    assert_eq!(client.answer(held)["result"], json!({ "items": [] }));
    let mut second = short(&folder, &json!({ "items": parts(&mut client) }));
    second.sort();
    let kind = |(at, name): (usize, &String)| format!("{name} null {}", if at == 7 { "\"new\"" } else { "unchanged" });
    assert_eq!(second, names.iter().enumerate().map(kind).collect::<Vec<_>>());
}

/// Diagnostics that wait until the sender is used or dropped; the receiver gets the name of the document.
fn held() -> (Fake, Sender<()>, Receiver<String>) {
    let (release, released) = channel();
    let (begin, begun) = channel();
    let released = Mutex::new(released);
    let diagnostics = Box::new(move |document: &Document| {
        let _ = begin.send(document.name().to_owned());
        let _ = released.lock().unwrap().recv();
        quote(document)
    });
    (Fake { diagnostics, ..Fake::default() }, release, begun)
}

#[test]
fn cancelling_stops_the_work() {
    let (fake, release, begun) = held();
    let (folder, mut client) = two(fake);
    let id = client.request(ASKED, params(&json!([])));
    assert_eq!(begun.recv_timeout(DEADLINE).unwrap(), "a-connectionSpec.json");
    // Other requests are served while a spec is analysed.
    client.open(&folder.uri("x.json"), 1, "x");
    let other = at(&folder.uri("x.json"), 0, 0);
    assert_eq!(client.ask("textDocument/completion", other.clone())["items"], json!([]));
    client.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    drop(release);
    client.ask("textDocument/completion", other);
    assert_eq!(begun.try_iter().count(), 0, "the second spec is not analysed");
    let answer = client.ask(ASKED, params(&json!([])));
    assert_eq!(short(&folder, &answer), [format!("{A} null \"a\""), format!("{B} null \"b\"")]);
    let held = client.request(ASKED, params(&known(&answer)));
    client.notify("$/cancelRequest", json!({ "id": held }));
    assert_eq!(client.answer(held)["error"]["code"], -32800, "also while it is held");
}

#[test]
fn shutdown_releases_held_requests() {
    let folder = Folder::with(&[(A, "{}"), (B, "{}")]);
    let mut client = Client::program();
    folder.greet(&mut client, pulls());
    let answer = client.ask(ASKED, params(&json!([])));
    let held = client.request(ASKED, params(&known(&answer)));
    client.ask("shutdown", Value::Null);
    let expected = [format!("{A} null unchanged"), format!("{B} null unchanged")];
    assert_eq!(short(&folder, &client.answer(held)["result"]), expected);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(DEADLINE), 0);
}

#[test]
fn clients_refresh_when_files_change_after_the_first_pull() {
    let (folder, mut client) = two(quoting());
    folder.change(&mut client, A, "new");
    client.ask("textDocument/hover", at(&folder.uri("x.json"), 0, 0));
    client.ask(ASKED, params(&json!([])));
    assert!(client.unasked().is_empty(), "it has no diagnostics that could be outdated");
    folder.change(&mut client, B, "new");
    let refresh = client.asked("workspace/diagnostic/refresh");
    client.send(&json!({ "jsonrpc": "2.0", "id": refresh["id"], "result": null }));
}

#[test]
fn a_panic_costs_the_diagnostics_of_one_spec_only() {
    let diagnostics =
        Box::new(|document: &Document| if document.source() == "a" { panic!("a") } else { quote(document) });
    let (folder, mut client) = two(Fake { diagnostics, ..Fake::default() });
    let answer = client.ask(ASKED, params(&json!([])));
    assert_eq!(short(&folder, &answer), [format!("{A} null "), format!("{B} null \"b\"")]);
    let held = client.request(ASKED, params(&known(&answer)));
    folder.change(&mut client, A, "new");
    let expected = [format!("{A} null \"new\""), format!("{B} null unchanged")];
    assert_eq!(short(&folder, &client.answer(held)["result"]), expected);
}
