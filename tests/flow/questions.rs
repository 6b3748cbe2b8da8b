//! What goes out and what comes back when nothing is wrong.

use connspec::flow_service::{Field, Filter, Item};
use expect_test::expect;

use crate::bench::{SPECS, given};
use crate::faulty::{Seen, answer, ok};

/// The whole of a request, drawn.
fn drawn(seen: &Seen, address: &str) -> String {
    let mut drawn = format!("{} {}\n", seen.method, seen.target);
    for (name, value) in &seen.headers {
        let value = value.replace(address.trim_start_matches("http://"), "HOST");
        drawn += &format!("{name}: {}\n", value.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
    drawn + "\n" + &seen.body.replace('\r', "␍")
}

#[tokio::test]
async fn a_read_has_all_documented_headers() {
    let bench = given().with([ok(r#"{"items": [{"id": "a"}]}"#)]).await;
    bench.client.connection_spec("a").await.unwrap();
    expect![[r#"
        GET /data/foundation/flowservice/connectionSpecs/a
        accept: application/json
        x-api-key: client-1
        x-gw-ims-org-id: 12@AdobeOrg
        x-sandbox-name: dev
        authorization: Bearer given-token
        user-agent: connspec/VERSION
        host: HOST

    "#]]
    .assert_eq(&drawn(&bench.faulty.seen()[0], &bench.faulty.address));
}

#[tokio::test]
async fn a_replacement_names_the_version_that_it_replaces() {
    let bench = given().with([ok(r#"{"id": "a"}"#)]).await;
    let body = "{ \"name\": \"ä\",\r\n  \"n\": 1.50 }";
    bench.client.replace_flow_spec("a", body, Some("\"v1\"")).await.unwrap();
    expect![[r#"
        PUT /data/foundation/flowservice/flowSpecs/a
        accept: application/json
        x-api-key: client-1
        x-gw-ims-org-id: 12@AdobeOrg
        x-sandbox-name: dev
        content-type: application/json
        if-match: "v1"
        authorization: Bearer given-token
        user-agent: connspec/VERSION
        host: HOST
        content-length: 30

        { "name": "ä",␍
          "n": 1.50 }"#]]
    .assert_eq(&drawn(&bench.faulty.seen()[0], &bench.faulty.address));
}

#[tokio::test]
async fn a_spec_comes_back_byte_for_byte() {
    let spec = "{\"z\": 1.50, \"id\": \"a\",\r\n \"b\": 1e400, \"ä\": \"\\u00e4\", \"z\": 12345678901234567890123 }";
    for body in [spec.to_owned(), format!("{{\"items\": [ {spec} ], \"_links\": {{}}}}"), format!("\n{spec}\n")] {
        let bench = given().with([ok(&body)]).await;
        let expected = Item { id: "a".into(), text: spec.into(), etag: None };
        assert_eq!(bench.client.connection_spec("a").await.unwrap(), expected, "{body}");
    }
}

#[tokio::test]
async fn the_version_comes_from_the_header_or_the_body() {
    let body = r#"{"id": "a", "etag": "\"b1\""}"#;
    let bench = given().with([ok(body), answer(200, &[("etag", "\"h1\"")], body)]).await;
    assert_eq!(bench.client.flow_spec("a").await.unwrap().etag.unwrap(), "\"b1\"");
    assert_eq!(bench.client.flow_spec("a").await.unwrap().etag.unwrap(), "\"h1\"");
}

#[tokio::test]
async fn a_new_spec_has_the_id_of_the_answer_or_of_its_place() {
    let place = [("location", "https://x/data/foundation/flowservice/connectionSpecs/p1/?a=/b")];
    let script = [
        answer(201, &place, ""),
        answer(201, &place, r#"{"id": "b1", "name": "n"}"#),
        answer(201, &[], r#"{"items": [{"id": "w1"}]}"#),
    ];
    let bench = given().with(script).await;
    for expected in [("p1", ""), ("b1", r#"{"id": "b1", "name": "n"}"#), ("w1", r#"{"id": "w1"}"#)] {
        let made = bench.client.create_connection_spec("{\"name\": 1}").await.unwrap();
        assert_eq!((made.id.as_str(), made.text.as_str()), expected);
    }
    assert!(bench.faulty.seen().iter().all(|seen| seen.body == "{\"name\": 1}"));
}

#[tokio::test]
async fn nothing_at_an_id_is_not_found() {
    let bench = given().with([ok(r#"{"items": []}"#), ok(r#"{"items": [{"id": "other"}]}"#)]).await;
    for _ in 0..2 {
        let error = bench.client.connection_spec("a").await.unwrap_err();
        assert_eq!(
            bench.told(&error),
            "NotFound: The service does not find the connection spec `a` in the sandbox `dev`."
        );
    }
}

#[tokio::test]
async fn an_id_cannot_lead_to_another_place() {
    let bench = given().with([]).await;
    let _ = bench.client.connection_spec("../flows/a?b#c d").await;
    assert_eq!(bench.faulty.asked(), [format!("GET {SPECS}/..%2Fflows%2Fa%3Fb%23c%20d")]);
    for id in ["", ".", ".."] {
        let error = bench.client.connection_spec(id).await.unwrap_err();
        assert_eq!(bench.told(&error), format!("Settings: `{id}` is no id."));
    }
    assert_eq!(bench.faulty.asked().len(), 1);
}

#[tokio::test]
async fn a_name_is_looked_up_to_the_letter() {
    let items = r#"{"items": [{"id": "1", "name": "a b&c"}, {"id": "2", "name": "A b&c"}, {"id": "3"}]}"#;
    let bench = given().with([ok(items)]).await;
    let filters = [Filter::new(Field::Name, "a b&c"), Filter::new(Field::ProviderId, "p")];
    assert_eq!(bench.client.connection_specs(&filters).await.unwrap(), []);
    assert_eq!(bench.faulty.asked(), [format!("GET {SPECS}?property=name==a%20b%26c&property=providerId==p")]);
    bench.faulty.then(ok(items));
    let found = bench.client.connection_specs(&filters[..1]).await.unwrap();
    assert_eq!(found.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["1"]);
}

#[tokio::test]
async fn a_name_that_would_break_out_is_looked_for_in_the_whole_list() {
    for name in ["a,b", "\"a\"", "it's", " a", "a\\", ""] {
        let name_text = name.replace('\\', "\\\\").replace('"', "\\\"");
        let items = format!(r#"{{"items": [{{"id": "1", "name": "{name_text}"}}, {{"id": "2", "name": "a"}}]}}"#);
        let bench = given().with([ok(&items)]).await;
        let found = bench.client.connection_specs(&[Filter::new(Field::Name, name)]).await.unwrap();
        assert_eq!(found.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["1"], "{name}");
        assert_eq!(bench.faulty.asked(), [format!("GET {SPECS}")]);
    }
}

#[tokio::test]
async fn all_pages_of_a_list_are_read() {
    let first = r#"{"items": [{"id": "1"}], "_links": {"next": {"href": "/connectionSpecs?continuationToken=a%2Fb"}}}"#;
    let bench = given().with([ok(first), ok(r#"{"items": [{"id": "2"}], "_links": {}}"#)]).await;
    assert_eq!(bench.client.connection_specs(&[]).await.unwrap().len(), 2);
    assert_eq!(bench.faulty.asked(), [format!("GET {SPECS}"), format!("GET {SPECS}?continuationToken=a%2Fb")]);

    let bench = given().with([ok(first), ok(first)]).await;
    let error = bench.client.connection_specs(&[]).await.unwrap_err();
    let expected =
        "UnexpectedResponse: The answer about the connection specs leads from page to page without an end. (HTTP 200)";
    assert_eq!(bench.told(&error), expected);
}

#[tokio::test]
async fn access_is_checked_with_a_read_alone() {
    let bench = given().with([ok(r#"{"items": []}"#)]).await;
    bench.client.check_access().await.unwrap();
    let flow_spec = "6499120c-0b15-42dc-936e-847ea3c24d72";
    let expected = format!("GET /data/foundation/flowservice/flowSpecs?property=id=={flow_spec}");
    assert_eq!(bench.faulty.asked(), [expected]);
}
