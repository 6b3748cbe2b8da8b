//! Creating, reading, replacing and listing specs.

use expect_test::expect;
use serde_json::Value;

use crate::client::{SPEC, session};

/// The keys of an item, in order.
fn keys(item: &Value) -> String {
    item.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_created_spec_starts_with_server_managed_keys() {
    let session = session();
    let response = session.post("/connectionSpecs", SPEC);
    assert_eq!(response.status, 201);
    let spec = response.json();
    let id = spec["id"].as_str().unwrap();
    let location = format!("/data/foundation/flowservice/connectionSpecs/{id}");
    assert_eq!(response.header("location"), Some(location.as_str()));
    assert_eq!(response.header("content-type"), Some("application/json"));
    expect![
        "id createdAt updatedAt createdBy updatedBy createdClient updatedClient sandboxId sandboxName imsOrgId version \
         name providerId attributes"
    ]
    .assert_eq(&keys(&spec));
    assert_eq!((&spec["sandboxName"], &spec["imsOrgId"]), (&Value::from("prod"), &Value::from("LOCAL@AdobeOrg")));
    assert_eq!(spec["createdAt"], spec["updatedAt"]);
    assert!(spec["createdAt"].as_u64().unwrap() > 1_700_000_000_000, "milliseconds: {spec}");

    let read = session.get(&format!("/connectionSpecs/{id}"));
    assert_eq!((read.status, read.body), (200, format!("{{\"items\":[{}]}}", response.body)));
}

#[test]
fn a_stored_spec_keeps_the_order_of_keys_and_the_numbers() {
    let session = session();
    let body = r#" {
        "providerId" : "p", "z": [1.0, 1e3, 12345678901234567890.10], "a": { "y": true, "b": null },
        "description": "\u00e9 \" é", "id": "mine", "createdAt": 5, "name": "first", "a": { "x": [ ] }, "name": "last"
    } "#;
    let response = session.post("/connectionSpecs", body);
    let own = response.body.split_once("\"imsOrgId\":\"LOCAL@AdobeOrg\",").unwrap().1;
    expect![[r#""providerId":"p","z":[1.0,1e3,12345678901234567890.10],"description":"\u00e9 \" é","a":{"x":[]},"name":"last"}"#]]
        .assert_eq(own);
    assert_ne!(response.json()["id"], "mine");
    assert_ne!(response.json()["createdAt"], 5);
}

#[test]
fn a_put_replaces_everything_but_the_creation() {
    let session = session();
    let before = session.post("/connectionSpecs", SPEC).json();
    let path = format!("/connectionSpecs/{}", before["id"].as_str().unwrap());
    let response = session.put(&path, r#"{"name":"other","providerId":"q","id":"x","createdAt":1}"#);
    assert_eq!(response.status, 200, "{response:?}");
    let after = response.json();
    for key in ["id", "createdAt", "createdBy", "createdClient"] {
        assert_eq!(before[key], after[key], "{key}");
    }
    assert!(after["updatedAt"].as_u64() > before["updatedAt"].as_u64(), "{after}");
    assert_eq!((&after["name"], &after["attributes"]), (&Value::from("other"), &Value::Null));
    assert_eq!(session.get(&path).item(), after);
}

#[test]
fn names_need_not_be_unique() {
    let session = session();
    assert_ne!(session.create(SPEC), session.create(SPEC));
    assert_eq!(session.names("?property=name==acme"), ["acme", "acme"]);
}

#[test]
fn a_trailing_slash_is_ignored() {
    let session = session();
    let id = session.create(SPEC);
    assert_eq!(session.get("/connectionSpecs/").body, session.get("/connectionSpecs").body);
    let path = format!("/connectionSpecs/{id}");
    assert_eq!(session.get(&format!("{path}/")).body, session.get(&path).body);
    assert_eq!(session.put(&format!("{path}/"), SPEC).status, 200);
    assert_eq!(session.post("/connectionSpecs/", SPEC).status, 201);
}

#[test]
fn undocumented_methods_and_paths_are_rejected() {
    let session = session();
    let path = format!("/connectionSpecs/{}", session.create(SPEC));
    for (method, path) in [("DELETE", path.as_str()), ("PATCH", &path), ("DELETE", "/flowSpecs"), ("OPTIONS", &path)] {
        let response = session.request(method, path).send();
        assert_eq!(response.code(), "405 /placeholder/type/uri", "{method}");
        assert!(response.header("allow").unwrap().contains("GET"), "{response:?}");
    }
    assert_eq!(session.get(&format!("{path}/explore")).status, 404);
    assert_eq!(session.get(&path).status, 200);
}

#[test]
fn builtin_flow_specs_exist() {
    let session = session();
    let describe = |item: &Value| {
        let (id, name, provider) = (&item["id"], &item["name"], &item["providerId"]);
        format!("{id} {name} {provider}\n  {}\n  {}\n", item["sourceConnectionSpecIds"], keys(item))
    };
    let list = session.get("/flowSpecs").json();
    let list: String = list["items"].as_array().unwrap().iter().map(describe).collect();
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
    let response = session.put(path, &spec.to_string());
    assert_eq!(response.status, 200, "{response:?}");
    let ids = r#"["e77fd9d2-22a8-11ed-861d-0242ac120002","new"]"#;
    assert_eq!(session.get(path).item()["sourceConnectionSpecIds"].to_string(), ids);
    // It had no creation date, and still has none.
    assert_eq!((&response.json()["createdAt"], response.json()["updatedAt"].is_u64()), (&Value::Null, true));
    let elsewhere = session.request("GET", path).with("x-sandbox-name", "dev").send().item();
    assert_eq!(elsewhere["sourceConnectionSpecIds"].as_array().unwrap().len(), 1);
    assert_eq!(session.get("/flowSpecs").json()["items"].as_array().unwrap().len(), 2);
}

#[test]
fn builtin_connection_specs_exist_in_all_sandboxes_and_cannot_be_replaced() {
    let session = session();
    let names = ["generic-rest", "generic-streaming", "Data Lake"];
    assert_eq!(session.names(""), names);
    session.create(SPEC);
    let elsewhere = session.request("GET", "/connectionSpecs").with("x-sandbox-name", "dev").send().json();
    assert_eq!(elsewhere["items"].as_array().unwrap().len(), names.len());
    assert_eq!(session.names("").len(), names.len() + 1);
    let response = session.put("/connectionSpecs/2d46966e-4fcc-4015-9f9e-a67594e395a3", SPEC);
    assert_eq!(response.code(), "403 FLOW-2120-403");
}
