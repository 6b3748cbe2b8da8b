//! Inlay hints, and the settings that turn them off.

use connspec::server::Ide;
use serde_json::{Value, json};

use crate::client::{Client, URI};

const TEXT: &str = r#"{ "type": "generic-rest", "sourceSpec": { "attributes": {
  "urlParams": { "host": "https://a.com", "path": "/😀" },
  "scheduleParams": { "scheduleStartParamName": "s", "scheduleStartParamFormat": "yyyy" },
  "contentPath": { "path": "$.b" } } },
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }"#;

fn editor(mut capabilities: Value, options: Value) -> Client {
    let mut client = Client::silent(Ide);
    capabilities["textDocument"] = json!({ "hover": { "contentFormat": ["markdown"] } });
    client.greet(json!({ "capabilities": capabilities, "initializationOptions": options }));
    client.open(URI, 1, TEXT);
    client
}

fn labels(client: &mut Client) -> Vec<String> {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let answer = client.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": URI }, "range": range }));
    answer.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn hints_have_a_position_and_a_tooltip() {
    let mut client = editor(json!({}), json!(null));
    let range = json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 99 } });
    let answer = client.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": URI }, "range": range }));
    assert_eq!(answer[0]["position"], json!({ "line": 1, "character": 57 }));
    assert_eq!(answer[0]["label"], "e.g. GET https://a.com/😀?s=2025");
    assert_eq!(answer[0]["tooltip"]["kind"], "markdown");
    assert_eq!(answer.as_array().unwrap().len(), 1);
}

#[test]
fn each_kind_can_be_turned_off() {
    let all = ["e.g. GET https://a.com/😀?s=2025", "e.g. 2025", "each record: $.b", "provider of batch sources"];
    assert_eq!(labels(&mut editor(json!({}), json!(null))), all);
    for (index, name) in ["request", "dates", "records", "ids"].into_iter().enumerate() {
        let off = json!({ "connspec": { "inlayHints": { (name): false, "other": 1 } } });
        let mut rest = all.to_vec();
        rest.remove(index);
        assert_eq!(labels(&mut editor(json!({}), off)), rest, "{name}");
    }
    let odd = json!({ "inlayHints": { "request": "no" } });
    assert_eq!(labels(&mut editor(json!({}), odd)), all);
}

#[test]
fn clients_refresh_when_a_setting_changes() {
    let able = json!({ "workspace": { "inlayHint": { "refreshSupport": true } } });
    let mut client = editor(able, json!(null));
    let set = |shown: bool| json!({ "settings": { "connspec": { "inlayHints": { "ids": shown } } } });
    client.notify("workspace/didChangeConfiguration", set(true));
    client.notify("workspace/didChangeConfiguration", set(false));
    let refresh = client.asked("workspace/inlayHint/refresh");
    client.send(&json!({ "jsonrpc": "2.0", "id": refresh["id"], "result": null }));
    assert_eq!(labels(&mut client).len(), 3);
    let again =
        client.unasked().into_iter().filter(|message| message["method"] == "workspace/inlayHint/refresh").count();
    assert_eq!(again, 0, "only when something has changed");
}
