//! What Adobe's documents disagree on.

use connspec::emulator::{Behavior, Options};

use crate::client::{SPEC, session_with};

fn with(behavior: Behavior) -> crate::client::Session {
    session_with(Options { behavior, ..Options::default() })
}

#[test]
fn wrap_responses_wraps_written_specs() {
    let session = with(Behavior { wrap_responses: true, ..Behavior::default() });
    let response = session.post("/connectionSpecs", SPEC);
    assert_eq!(response.status, 201);
    let id = response.item()["id"].as_str().unwrap().to_owned();
    assert!(response.header("location").unwrap().ends_with(&id));
    let path = format!("/connectionSpecs/{id}");
    let response = session.put(&path, SPEC);
    assert_eq!(response.item()["id"], id.as_str());
    assert_eq!(session.get(&path).body, response.body);
    session.emulator.set_behavior(Behavior::default());
    assert_eq!(session.put(&path, SPEC).json()["id"], id.as_str());
}

#[test]
fn drop_unknown_fields_drops_undocumented_keys() {
    let body = r#"{"name":"a","providerId":"p","description":"d","sourceSpec":{"description":"stays"},"unknown":1}"#;
    let session = with(Behavior { drop_unknown_fields: true, ..Behavior::default() });
    let path = format!("/connectionSpecs/{}", session.create(body));
    let own = |body: &str| body.split_once("\"imsOrgId\":\"LOCAL@AdobeOrg\",").unwrap().1.to_owned();
    let stored = r#""name":"a","providerId":"p","sourceSpec":{"description":"stays"}}]}"#;
    assert_eq!(own(&session.get(&path).body), stored);
    session.emulator.set_behavior(Behavior::default());
    session.put(&path, body);
    assert_eq!(own(&session.get(&path).body), format!("{}]}}", &body[1..]));
}

#[test]
fn drop_unknown_fields_keeps_all_keys_of_a_flow_spec() {
    let session = with(Behavior { drop_unknown_fields: true, ..Behavior::default() });
    for id in ["6499120c-0b15-42dc-936e-847ea3c24d72", "e77fde5a-22a8-11ed-861d-0242ac120002"] {
        let path = format!("/flowSpecs/{id}");
        let before = session.get(&path).item();
        let after = session.put(&path, &before.to_string()).json();
        for (key, value) in before.as_object().unwrap().iter().filter(|(key, _)| !key.starts_with("updated")) {
            assert_eq!(&after[key], value, "{key}");
        }
    }
}

#[test]
fn legacy_errors_have_the_older_format() {
    let session = with(Behavior { legacy_errors: true, ..Behavior::default() });
    let response = session.get("/connectionSpecs/x");
    let message = "connectionSpecs not found with id = [x]";
    assert_eq!(response.status, 404);
    assert_eq!(response.json(), serde_json::json!({ "errorMessage": message, "errorDetails": message }));
    // The gateway has its own format.
    assert_eq!(session.request("GET", "/flowSpecs").without("authorization").send().code(), "403 403010");
}

#[test]
fn read_only_rejects_writes() {
    let session = with(Behavior { read_only: true, ..Behavior::default() });
    assert_eq!(session.post("/connectionSpecs", SPEC).code(), "400 FLOW-1426-400");
    assert_eq!(session.put("/flowSpecs/6499120c-0b15-42dc-936e-847ea3c24d72", SPEC).code(), "400 FLOW-1426-400");
    assert_eq!(session.get("/connectionSpecs").status, 200);
}
