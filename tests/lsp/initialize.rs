//! `initialize`, settings, and unknown messages.

use serde_json::{Value, json};

use crate::client::{Client, DEADLINE, URI, at};
use crate::fake::Fake;

#[test]
fn initialize_returns_the_capabilities() {
    let mut client = Client::silent(Fake::default());
    let folders = json!([
        { "uri": "file:///specs", "name": "specs" },
        { "uri": "file:///more%20specs", "name": "more" },
    ]);
    let answer = client.greet(json!({
        "processId": null, "rootUri": null, "workspaceFolders": folders,
        "capabilities": { "workspace": { "workspaceFolders": true } },
    }));
    assert_eq!(answer["serverInfo"], json!({ "name": "connspec", "version": env!("CARGO_PKG_VERSION") }));
    let expected = json!({
        "positionEncoding": "utf-16",
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "completionProvider": { "triggerCharacters": ["\"", ":", "$", "{"] },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "renameProvider": true,
        "linkedEditingRangeProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "foldingRangeProvider": true,
        "selectionRangeProvider": true,
        "documentLinkProvider": { "resolveProvider": false },
        "documentFormattingProvider": true,
        "documentRangeFormattingProvider": true,
        "documentOnTypeFormattingProvider": { "firstTriggerCharacter": "\n", "moreTriggerCharacter": ["}", "]"] },
        "semanticTokensProvider": {
            "legend": {
                "tokenTypes": [
                    "variable", "macro", "property", "number", "operator", "function", "string", "regexp", "enumMember",
                ],
                "tokenModifiers": ["defaultLibrary"],
            },
            "range": true,
            "full": { "delta": true },
        },
        "inlayHintProvider": true,
        "codeLensProvider": { "resolveProvider": true },
        "executeCommandProvider": { "commands": connspec::server::commands().collect::<Vec<_>>(), "workDoneProgress": true },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    assert_eq!(answer["capabilities"], expected);
    let event = json!({ "event": { "added": [], "removed": folders } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    client.open("file:///more%20specs/a.json", 1, "{}");
    assert_eq!(client.ask("textDocument/hover", at("file:///more%20specs/a.json", 0, 0))["contents"]["value"], "{}");
}

#[test]
fn requests_before_initialize_fail() {
    let mut client = Client::silent(Fake::default());
    let id = client.request("textDocument/hover", at(URI, 0, 0));
    assert_eq!(client.answer(id)["error"]["code"], -32002);
    client.open(URI, 1, "lost");
    client.greet(json!({ "capabilities": {} }));
    assert_eq!(client.ask("textDocument/hover", at(URI, 0, 0)), Value::Null);
}

#[test]
fn clients_need_not_wait_for_initialize() {
    let mut client = Client::silent(Fake::default());
    let id = client.request("initialize", json!({ "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.open(URI, 1, "{}");
    assert_eq!(client.ask("textDocument/hover", at(URI, 0, 0))["contents"]["value"], "{}");
    assert_eq!(client.answer(id)["result"]["serverInfo"]["name"], "connspec");
}

#[test]
fn unknown_requests_fail_and_unknown_notifications_are_ignored() {
    let mut client = Client::with(Fake::default(), json!({}));
    for method in ["textDocument/unheardOf", "$/unheardOf", "textDocument/documentColor"] {
        let parameters = json!({ "command": "x", "textDocument": { "uri": URI }, "options": { "tabSize": 2, "insertSpaces": true } });
        let id = client.request(method, parameters);
        assert_eq!(client.answer(id)["error"]["code"], -32601, "{method}");
    }
    client.notify("textDocument/unheardOf", json!({}));
    client.notify("$/setTrace", json!({ "value": "verbose" }));
    client.notify("window/workDoneProgress/cancel", json!({ "token": 1 }));
    client.notify("textDocument/didOpen", json!("no parameters at all"));
    client.send(&json!({ "jsonrpc": "2.0", "id": 999, "result": "without a request" }));
    let id = client.request("textDocument/hover", json!([]));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    assert_eq!(client.unasked(), [] as [Value; 0]);
}

/// A client with these options and an open document.
fn with_options(options: Value) -> Client {
    let mut client = Client::silent(Fake::default());
    client.greet(json!({ "capabilities": {}, "initializationOptions": options }));
    client.open(URI, 1, "{}");
    client
}

fn set(client: &mut Client, settings: Value) {
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
}

/// The next request in the log of the client, as `connspec.trace.timing` switches it on.
fn traced(client: &mut Client) -> String {
    let logged = client.asked("window/logMessage")["params"]["message"].as_str().unwrap().to_owned();
    assert!(logged.ends_with(" ms"), "{logged}");
    logged.split(':').next().unwrap().to_owned()
}

#[test]
fn settings_apply_at_the_start_and_when_they_change() {
    for options in
        [json!({ "trace": { "timing": true } }), json!({ "connspec": { "trace": { "timing": true }, "other": 1 } })]
    {
        let mut client = with_options(options);
        client.ask("textDocument/hover", at(URI, 0, 0));
        assert_eq!(traced(&mut client), "textDocument/hover");
        set(&mut client, json!({ "connspec": { "trace": { "timing": false } } }));
        client.ask("textDocument/hover", at(URI, 0, 0));
        set(&mut client, json!({ "connspec": { "trace": { "timing": true } } }));
        client.ask("textDocument/completion", at(URI, 0, 0));
        assert_eq!(traced(&mut client), "textDocument/completion");
    }
}

#[test]
fn invalid_settings_change_nothing() {
    for junk in [
        json!(null),
        json!(3),
        json!([[]]),
        json!("trace"),
        json!({ "connspec": 1 }),
        json!({ "trace": true }),
        json!({ "trace": { "timing": "yes" } }),
    ] {
        let mut client = with_options(junk.clone());
        client.ask("textDocument/hover", at(URI, 0, 0));
        set(&mut client, json!({ "connspec": { "trace": { "timing": true } } }));
        set(&mut client, junk);
        client.ask("textDocument/completion", at(URI, 0, 0));
        assert_eq!(traced(&mut client), "textDocument/completion");
    }
}

#[test]
fn settings_are_pulled_from_clients_that_support_it() {
    let mut client = Client::with(
        Fake::default(),
        json!({ "workspace": { "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } } }),
    );
    client.open(URI, 1, "{}");
    let registration = client.asked("client/registerCapability");
    assert_eq!(registration["params"]["registrations"][0]["method"], "workspace/didChangeConfiguration");
    client.send(&json!({ "jsonrpc": "2.0", "id": registration["id"], "result": null }));
    let question = client.asked("workspace/configuration");
    assert_eq!(question["params"], json!({ "items": [{ "section": "connspec" }] }));
    client.send(&json!({ "jsonrpc": "2.0", "id": question["id"], "result": [{ "trace": { "timing": true } }] }));
    // The response is handled beside other work, so it applies to one of the next requests.
    let begun = std::time::Instant::now();
    let mut is_logged = false;
    while !is_logged {
        assert!(begun.elapsed() < DEADLINE, "the settings do not apply");
        client.ask("textDocument/hover", at(URI, 0, 0));
        is_logged = client.unasked().iter().any(|message| message["method"] == "window/logMessage");
    }
}
