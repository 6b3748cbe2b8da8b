//! `property=…`: filters of a list.

use expect_test::expect;

use crate::client::{Session, session};

fn with_specs() -> Session {
    let session = session();
    for body in [
        r#"{"name":"one","providerId":"p","attributes":{"category":"crm","n":1.0,"tags":["a","b"],"in":{"deep":true}}}"#,
        r#"{"name":"two","providerId":"p","attributes":{"category":"ads"}}"#,
        r#"{"name":"a, b","providerId":"q"}"#,
        r#"{"name":"a+b","providerId":"q"}"#,
    ] {
        session.create(body);
    }
    session
}

#[test]
fn a_list_has_the_specs_that_match_all_filters() {
    let session = with_specs();
    let mut rendered = String::new();
    for query in [
        "property=name==one",
        "property=name==%22one%22",
        "property=name%3D%3Done,two",
        "property=name==%22one%22,%22two%22",
        "property=name==%22a,%20b%22",
        "property=name==a%2Bb",
        "property=name==on",
        "property=name==One",
        "property=providerId==p&property=name==two,one&property=attributes.category==crm",
        "property=attributes.category=%22ads%22",
        "property=attributes.n==1.0",
        "property=attributes.tags[]==b,c",
        "property=attributes.tags==b",
        "property=attributes.in.deep==true",
        "property=id==2d46966e-4fcc-4015-9f9e-a67594e395a3",
    ] {
        rendered.push_str(&format!("{query}: {}\n", session.names(&format!("?{query}")).join(" | ")));
    }
    expect![[r#"
        property=name==one: one
        property=name==%22one%22: one
        property=name%3D%3Done,two: one | two
        property=name==%22one%22,%22two%22: one | two
        property=name==%22a,%20b%22: a, b
        property=name==a%2Bb: a+b
        property=name==on: 
        property=name==One: 
        property=providerId==p&property=name==two,one&property=attributes.category==crm: one
        property=attributes.category=%22ads%22: two
        property=attributes.n==1.0: one
        property=attributes.tags[]==b,c: one
        property=attributes.tags==b: 
        property=attributes.in.deep==true: one
        property=id==2d46966e-4fcc-4015-9f9e-a67594e395a3: generic-rest
    "#]]
    .assert_eq(&rendered);
}

#[test]
fn an_unknown_filter_is_rejected() {
    let session = with_specs();
    let mut rendered = String::new();
    for query in [
        "property=name!=one",
        "property=name=one",
        "property=name%3Eone",
        "property=name",
        "property=name==",
        "property=name==one,",
        "property=name==%22%22",
        "property===one",
        "property=type==generic-rest",
        "property=attributes.==a",
        "property=attributes==a",
        "limit=10",
        "orderby=name",
        "count=true",
    ] {
        let code = session.get(&format!("/connectionSpecs?{query}")).code();
        rendered.push_str(&format!("{query}: {code}\n"));
    }
    expect![[r#"
        property=name!=one: 400 FLOW-1440-400
        property=name=one: 400 FLOW-1440-400
        property=name%3Eone: 400 FLOW-1440-400
        property=name: 400 FLOW-1440-400
        property=name==: 400 FLOW-1454-400
        property=name==one,: 400 FLOW-1454-400
        property=name==%22%22: 400 FLOW-1454-400
        property===one: 400 FLOW-1423-400
        property=type==generic-rest: 400 FLOW-1423-400
        property=attributes.==a: 400 FLOW-1423-400
        property=attributes==a: 400 FLOW-1423-400
        limit=10: 400 FLOW-1451-400
        orderby=name: 400 FLOW-1451-400
        count=true: 400 FLOW-1451-400
    "#]]
    .assert_eq(&rendered);
}

#[test]
fn flow_specs_can_be_filtered_by_id_name_and_provider() {
    let session = with_specs();
    let found = |query: &str| session.get(&format!("/flowSpecs?property={query}")).item()["id"].to_string();
    let batch = "\"6499120c-0b15-42dc-936e-847ea3c24d72\"";
    assert_eq!(found("name==RestStorageToAEP"), batch);
    assert_eq!(found("id==6499120c-0b15-42dc-936e-847ea3c24d72"), batch);
    assert_eq!(found("providerId==0ed90a81-07f4-4586-8190-b40eccef1c5a"), batch);
    assert_eq!(session.get("/flowSpecs?property=attributes.a==b").code(), "400 FLOW-1423-400");
}
