//! Diagnostics are published, never of an older version after a newer one, or pulled.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use connspec::document::Document;
use connspec::lint::Diagnostic;
use connspec::lint::Related;
use connspec::lint::Severity;
use connspec::lint::Tag;
use serde_json::{Value, json};

use crate::client::{Client, URI, at, replace};
use crate::fake::{Fake, quote};

fn quoting() -> Fake {
    Fake { diagnostics: Box::new(quote), ..Fake::default() }
}

/// The versions of published diagnostics, in order.
fn versions(messages: &[Value]) -> Vec<Value> {
    let published = messages.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
    published.map(|message| message["params"]["version"].clone()).collect()
}

#[test]
fn versions_are_published_in_order() {
    let mut client = Client::with(quoting(), json!({}));
    client.open(URI, 1, "");
    for version in 2..=500 {
        client.change(URI, version, json!([replace((0, 0), (0, 0), "x")]));
    }
    let last = client.wait(|message| message["params"]["version"] == 500);
    assert_eq!(last["params"]["diagnostics"][0]["message"], "x".repeat(499));
    let versions: Vec<_> = versions(&client.unasked()).iter().map(|version| version.as_i64().unwrap()).collect();
    assert!(versions.is_sorted_by(|before, after| before < after) && versions.iter().all(|&version| version < 500));
}

/// Diagnostics whose first computation waits until the sender is used or dropped.
fn held() -> (Fake, std::sync::mpsc::Sender<()>, std::sync::mpsc::Receiver<i32>) {
    let (release, released) = channel();
    let (begin, begun) = channel();
    let released = Mutex::new(released);
    let diagnostics = Box::new(move |document: &Document| {
        let _ = begin.send(document.version());
        let _ = released.lock().unwrap().recv();
        quote(document)
    });
    (Fake { diagnostics, ..Fake::default() }, release, begun)
}

#[test]
fn versions_during_an_analysis_coalesce() {
    let (fake, release, begun) = held();
    let mut client = Client::with(fake, json!({}));
    client.open(URI, 1, "1");
    assert_eq!(begun.recv().unwrap(), 1);
    for version in 2..=50 {
        client.change(URI, version, json!([{ "text": version.to_string() }]));
    }
    // After the response, all changes have been read.
    client.ask("textDocument/completion", at(URI, 0, 0));
    drop(release);
    assert_eq!(client.published(URI, 50)[0]["message"], "50");
    assert_eq!(begun.try_iter().collect::<Vec<_>>(), [50], "only the latest is analysed");
}

#[test]
fn a_version_is_analysed_once() {
    let (begin, begun) = channel();
    let diagnostics = Box::new(move |document: &Document| {
        let _ = begin.send(document.version());
        quote(document)
    });
    let mut client = Client::with(Fake { diagnostics, ..Fake::default() }, json!({}));
    client.open(URI, 1, "1");
    for version in [2, 3] {
        client.ask("textDocument/hover", at(URI, 0, 0));
        client.ask(
            "textDocument/codeAction",
            json!({ "textDocument": { "uri": URI }, "context": { "diagnostics": [] },
            "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } } }),
        );
        client.change(URI, version, json!([{ "text": version.to_string() }]));
    }
    assert_eq!(client.published(URI, 3)[0]["message"], "3");
    let mut analysed: Vec<_> = begun.try_iter().collect();
    analysed.sort_unstable();
    assert_eq!(analysed, [1, 2, 3]);
}

#[test]
fn closing_clears_the_diagnostics_for_good() {
    let (fake, release, begun) = held();
    let mut client = Client::with(fake, json!({}));
    client.open(URI, 7, "old");
    assert_eq!(begun.recv().unwrap(), 7);
    client.close(URI);
    assert_eq!(client.published_next(URI), (Value::Null, json!([])));
    client.open(URI, 1, "new");
    // The analysis of the closed version ends only now, and before that of the new version.
    client.ask("textDocument/completion", at(URI, 0, 0));
    drop(release);
    let (version, found) = client.published_next(URI);
    assert_eq!((version, &found[0]["message"]), (json!(1), &json!("new")));
    client.ask("shutdown", Value::Null);
    assert_eq!(versions(&client.unasked()), [] as [Value; 0]);
}

#[test]
fn documents_have_their_own_diagnostics() {
    let mut client = Client::with(quoting(), json!({}));
    let other = "untitled:Untitled-1";
    client.open(URI, 1, "one");
    client.open(other, 1, "two");
    assert_eq!(client.published(other, 1)[0]["message"], "two");
    assert_eq!(client.published(URI, 1)[0]["message"], "one");
    client.close(other);
    assert_eq!(client.published(other, Value::Null), json!([]));
    client.change(URI, 2, json!([{ "text": "three" }]));
    assert_eq!(client.published(URI, 2)[0]["message"], "three");
}

/// Whatever a client calls a document, it gets the diagnostics under that name, and each name is another document.
#[test]
fn any_name_of_a_document_works() {
    let mut client = Client::silent(quoting());
    let id = client.request_without_params("initialize");
    assert!(client.answer(id)["result"]["capabilities"].is_object());
    client.notify("initialized", json!({}));
    let names =
        ["", "a b", "acme-connectionSpec.json", "/tmp/a b", "C:\\a.json", "http://[::1", "file:///[é|日]", "1:x", "%"];
    for name in names {
        client.open(name, 1, name);
    }
    for name in names {
        let (version, found) = client.published_next(name);
        assert_eq!((version, &found[0]["message"]), (1.into(), &json!(name)));
    }
}

fn pull(client: &mut Client, previous: Value) -> Value {
    client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": URI }, "previousResultId": previous }))
}

#[test]
fn clients_that_pull_get_nothing_published() {
    let mut client = Client::silent(quoting());
    let answer = client.greet(json!({ "capabilities": { "textDocument": { "diagnostic": {} } } }));
    let offer = json!({ "identifier": "connspec", "interFileDependencies": false, "workspaceDiagnostics": true });
    assert_eq!(answer["capabilities"]["diagnosticProvider"], offer);

    assert_eq!(pull(&mut client, Value::Null), json!({ "kind": "full", "items": [] }));
    client.open(URI, 1, "one");
    let first = pull(&mut client, Value::Null);
    assert_eq!((&first["kind"], &first["items"][0]["message"]), (&json!("full"), &json!("one")));
    let again = pull(&mut client, first["resultId"].clone());
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    client.change(URI, 2, json!([{ "text": "two" }]));
    let second = pull(&mut client, first["resultId"].clone());
    assert_eq!((&second["kind"], &second["items"][0]["message"]), (&json!("full"), &json!("two")));
    // Another text with the version number of an earlier one is not the same.
    client.close(URI);
    client.open(URI, 2, "three");
    assert_eq!(pull(&mut client, second["resultId"].clone())["items"][0]["message"], "three");
    client.close(URI);
    client.ask("shutdown", Value::Null);
    assert_eq!(client.unasked(), [] as [Value; 0]);
}

#[test]
fn pulling_is_not_announced_to_clients_without_it() {
    let mut client = Client::silent(quoting());
    let answer = client.greet(json!({ "capabilities": { "textDocument": { "publishDiagnostics": {} } } }));
    assert_eq!(answer["capabilities"].get("diagnosticProvider"), None);
}

fn rich(document: &Document) -> Vec<Diagnostic> {
    vec![Diagnostic {
        code: "duplicate-key",
        severity: Severity::Hint,
        range: 4..5,
        message: "twice".to_owned(),
        link: "https://example.com/keys",
        related: vec![Related { range: 0..document.source().len(), message: "first".to_owned() }],
        tag: Some(Tag::Unnecessary),
        fixes: Vec::new(),
    }]
}

/// The diagnostic that a client with these capabilities gets.
fn shown(publish: Value) -> Value {
    let fake = Fake { diagnostics: Box::new(rich), ..Fake::default() };
    let mut client = Client::with(fake, json!({ "textDocument": { "publishDiagnostics": publish } }));
    client.open(URI, 1, "😀x");
    client.published(URI, 1)[0].clone()
}

fn place(start: u32, end: u32) -> Value {
    json!({ "start": { "line": 0, "character": start }, "end": { "line": 0, "character": end } })
}

#[test]
fn a_diagnostic_has_what_the_client_can_show() {
    let least = json!({
        "range": place(2, 3), "severity": 4, "code": "duplicate-key", "source": "connspec", "message": "twice",
    });
    assert_eq!(shown(json!({})), least);
    assert_eq!(shown(json!({ "tagSupport": { "valueSet": [2] } })), least);
    let all = json!({
        "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true, "versionSupport": true,
        "tagSupport": { "valueSet": [1, 2] },
    });
    let mut most = least.clone();
    most["tags"] = json!([1]);
    most["codeDescription"] = json!({ "href": "https://example.com/keys" });
    most["relatedInformation"] = json!([{ "location": { "uri": URI, "range": place(0, 3) }, "message": "first" }]);
    assert_eq!(shown(all), most);
}
