//! Creating, reading, replacing and listing specs.

use expect_test::expect;
use serde_json::Value;

use crate::client::{SPEC, session};

/// What an answer shows: its keys in order, and what stays the same from run to run.
fn keys(item: &Value) -> String {
    item.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_posted_spec_comes_back_with_what_the_service_sets_in_front() {
    let session = session();
    let answer = session.post("/connectionSpecs", SPEC);
    assert_eq!(answer.status, 201);
    let spec = answer.json();
    let id = spec["id"].as_str().unwrap();
    let location = format!("/data/foundation/flowservice/connectionSpecs/{id}");
    assert_eq!(answer.header("location"), Some(location.as_str()));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    expect![
        "id createdAt updatedAt createdBy updatedBy createdClient updatedClient sandboxId sandboxName imsOrgId version \
         name providerId attributes"
    ]
    .assert_eq(&keys(&spec));
    assert_eq!((&spec["sandboxName"], &spec["imsOrgId"]), (&Value::from("prod"), &Value::from("LOCAL@AdobeOrg")));
    assert_eq!(spec["createdAt"], spec["updatedAt"]);
    assert!(spec["createdAt"].as_u64().unwrap() > 1_700_000_000_000, "milliseconds: {spec}");

    let read = session.get(&format!("/connectionSpecs/{id}"));
    assert_eq!((read.status, read.body), (200, format!("{{\"items\":[{}]}}", answer.body)));
}

#[test]
fn a_body_is_kept_in_the_author_s_order_with_the_author_s_numbers() {
    let session = session();
    let body = r#" {
        "providerId" : "p", "z": [1.0, 1e3, 12345678901234567890.10], "a": { "y": true, "b": null },
        "description": "\u00e9 \" é", "id": "mine", "createdAt": 5, "name": "first", "a": { "x": [ ] }, "name": "last"
    } "#;
    let answer = session.post("/connectionSpecs", body);
    let own = answer.body.split_once("\"imsOrgId\":\"LOCAL@AdobeOrg\",").unwrap().1;
    expect![[r#""providerId":"p","z":[1.0,1e3,12345678901234567890.10],"description":"\u00e9 \" é","a":{"x":[]},"name":"last"}"#]]
        .assert_eq(own);
    assert_ne!(answer.json()["id"], "mine");
    assert_ne!(answer.json()["createdAt"], 5);
}

#[test]
fn a_put_replaces_everything_but_the_beginning() {
    let session = session();
    let before = session.post("/connectionSpecs", SPEC).json();
    let path = format!("/connectionSpecs/{}", before["id"].as_str().unwrap());
    let answer = session.put(&path, r#"{"name":"other","providerId":"q","id":"x","createdAt":1}"#);
    assert_eq!(answer.status, 200, "{answer:?}");
    let after = answer.json();
    for key in ["id", "createdAt", "createdBy", "createdClient"] {
        assert_eq!(before[key], after[key], "{key}");
    }
    assert!(after["updatedAt"].as_u64() > before["updatedAt"].as_u64(), "{after}");
    assert_eq!((&after["name"], &after["attributes"]), (&Value::from("other"), &Value::Null));
    assert_eq!(session.get(&path).item(), after);
}

#[test]
fn two_posts_of_one_name_make_two_specs() {
    let session = session();
    assert_ne!(session.posted(SPEC), session.posted(SPEC));
    assert_eq!(session.names("?property=name==acme"), ["acme", "acme"]);
}

#[test]
fn a_slash_at_the_end_changes_nothing() {
    let session = session();
    let id = session.posted(SPEC);
    assert_eq!(session.get("/connectionSpecs/").body, session.get("/connectionSpecs").body);
    let path = format!("/connectionSpecs/{id}");
    assert_eq!(session.get(&format!("{path}/")).body, session.get(&path).body);
    assert_eq!(session.put(&format!("{path}/"), SPEC).status, 200);
    assert_eq!(session.post("/connectionSpecs/", SPEC).status, 201);
}

#[test]
fn what_no_document_describes_is_refused() {
    let session = session();
    let path = format!("/connectionSpecs/{}", session.posted(SPEC));
    for (method, path) in [("DELETE", path.as_str()), ("PATCH", &path), ("DELETE", "/flowSpecs"), ("OPTIONS", &path)] {
        let answer = session.ask(method, path).send();
        assert_eq!(answer.code(), "405 /placeholder/type/uri", "{method}");
        assert!(answer.header("allow").unwrap().contains("GET"), "{answer:?}");
    }
    assert_eq!(session.get(&format!("{path}/explore")).status, 404);
    assert_eq!(session.get(&path).status, 200);
}

#[test]
fn the_provider_s_flow_specs_are_there() {
    let session = session();
    let shown = |item: &Value| {
        let (id, name, provider) = (&item["id"], &item["name"], &item["providerId"]);
        format!("{id} {name} {provider}\n  {}\n  {}\n", item["sourceConnectionSpecIds"], keys(item))
    };
    let list = session.get("/flowSpecs").json();
    let list: String = list["items"].as_array().unwrap().iter().map(shown).collect();
    expect![[r#"
        "6499120c-0b15-42dc-936e-847ea3c24d72" "RestStorageToAEP" "0ed90a81-07f4-4586-8190-b40eccef1c5a"
          ["2d46966e-4fcc-4015-9f9e-a67594e395a3"]
          id createdAt updatedAt createdBy updatedBy createdClient updatedClient sandboxId sandboxName imsOrgId name providerId version sourceConnectionSpecIds targetConnectionSpecIds optionSpec transformationSpecs scheduleSpec attributes permissionsInfo
        "e77fde5a-22a8-11ed-861d-0242ac120002" "GenericStreamingAEP" "521eee4d-8cbe-4906-bb48-fb6bd4450033"
          ["e77fd9d2-22a8-11ed-861d-0242ac120002"]
          id name providerId version sourceConnectionSpecIds targetConnectionSpecIds optionSpec transformationSpecs attributes permissionsInfo
    "#]].assert_eq(&list);
}

#[test]
fn a_flow_spec_is_replaced_in_one_sandbox() {
    let session = session();
    let path = "/flowSpecs/e77fde5a-22a8-11ed-861d-0242ac120002";
    let mut spec = session.get(path).item();
    spec["sourceConnectionSpecIds"].as_array_mut().unwrap().push("new".into());
    let answer = session.put(path, &spec.to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    let ids = r#"["e77fd9d2-22a8-11ed-861d-0242ac120002","new"]"#;
    assert_eq!(session.get(path).item()["sourceConnectionSpecIds"].to_string(), ids);
    // It had no beginning to show, and still has none.
    assert_eq!((&answer.json()["createdAt"], answer.json()["updatedAt"].is_u64()), (&Value::Null, true));
    let elsewhere = session.ask("GET", path).with("x-sandbox-name", "dev").send().item();
    assert_eq!(elsewhere["sourceConnectionSpecIds"].as_array().unwrap().len(), 1);
    assert_eq!(session.get("/flowSpecs").json()["items"].as_array().unwrap().len(), 2);
}

#[test]
fn the_provider_s_connection_specs_are_seen_everywhere_and_stay() {
    let session = session();
    let names = ["generic-rest", "generic-streaming", "Data Lake"];
    assert_eq!(session.names(""), names);
    session.posted(SPEC);
    let elsewhere = session.ask("GET", "/connectionSpecs").with("x-sandbox-name", "dev").send().json();
    assert_eq!(elsewhere["items"].as_array().unwrap().len(), names.len());
    assert_eq!(session.names("").len(), names.len() + 1);
    let answer = session.put("/connectionSpecs/2d46966e-4fcc-4015-9f9e-a67594e395a3", SPEC);
    assert_eq!(answer.code(), "403 FLOW-2120-403");
}
