//! Requests and successful responses.

use connspec::flow_service::{Field, Filter, Item};
use expect_test::expect;

use crate::fixture::{SPECS, with_token};
use crate::server::{Received, ok, respond};

/// Renders a complete request.
fn render(received: &Received, url: &str) -> String {
    let mut text = format!("{} {}\n", received.method, received.target);
    for (name, value) in &received.headers {
        let value = value.replace(url.trim_start_matches("http://"), "HOST");
        text += &format!("{name}: {}\n", value.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
    text + "\n" + &received.body.replace('\r', "␍")
}

#[tokio::test]
async fn a_read_has_all_documented_headers() {
    let fixture = with_token().with([ok(r#"{"items": [{"id": "a"}]}"#)]).await;
    fixture.client.connection_spec("a").await.unwrap();
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
    .assert_eq(&render(&fixture.server.received()[0], &fixture.server.url));
}

#[tokio::test]
async fn a_put_sends_the_version_that_it_replaces() {
    let fixture = with_token().with([ok(r#"{"id": "a"}"#)]).await;
    let body = "{ \"name\": \"ä\",\r\n  \"n\": 1.50 }";
    fixture.client.replace_flow_spec("a", body, Some("\"v1\"")).await.unwrap();
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
    .assert_eq(&render(&fixture.server.received()[0], &fixture.server.url));
}

#[tokio::test]
async fn a_spec_is_returned_byte_for_byte() {
    let spec = "{\"z\": 1.50, \"id\": \"a\",\r\n \"b\": 1e400, \"ä\": \"\\u00e4\", \"z\": 12345678901234567890123 }";
    for body in [spec.to_owned(), format!("{{\"items\": [ {spec} ], \"_links\": {{}}}}"), format!("\n{spec}\n")] {
        let fixture = with_token().with([ok(&body)]).await;
        let expected = Item { id: "a".into(), text: spec.into(), etag: None };
        assert_eq!(fixture.client.connection_spec("a").await.unwrap(), expected, "{body}");
    }
}

#[tokio::test]
async fn the_etag_is_in_the_header_or_the_body() {
    let body = r#"{"id": "a", "etag": "\"b1\""}"#;
    let fixture = with_token().with([ok(body), respond(200, &[("etag", "\"h1\"")], body)]).await;
    assert_eq!(fixture.client.flow_spec("a").await.unwrap().etag.unwrap(), "\"b1\"");
    assert_eq!(fixture.client.flow_spec("a").await.unwrap().etag.unwrap(), "\"h1\"");
}

#[tokio::test]
async fn the_id_of_a_created_spec_is_in_the_body_or_the_location() {
    let (path, body) = ("1a2b3c4d-07f4-4586-8190-b40eccef1c5b", "2b3c4d5e-07f4-4586-8190-b40eccef1c5c");
    let location = format!("https://x/data/foundation/flowservice/connectionSpecs/{path}/?a=/b");
    let (location, item) = ([("location", location.as_str())], format!(r#"{{"id": "{body}", "name": "n"}}"#));
    let script = [
        respond(201, &location, ""),
        respond(201, &location, &item),
        respond(201, &[], &format!(r#"{{"items": [{item}]}}"#)),
    ];
    let fixture = with_token().with(script).await;
    for expected in [(path, ""), (body, &item), (body, &item)] {
        let created = fixture.client.create_connection_spec("{\"name\": 1}").await.unwrap();
        assert_eq!((created.id.as_str(), created.text.as_str()), expected);
    }
    assert!(fixture.server.received().iter().all(|request| request.body == "{\"name\": 1}"));
}

#[tokio::test]
async fn the_id_of_a_created_spec_is_a_uuid() {
    let location = [("location", "https://x/data/foundation/flowservice/connectionSpecs")];
    let fixture = with_token().with([respond(201, &location, ""), respond(201, &[], r#"{"id": "7"}"#)]).await;
    for _ in 0..2 {
        let error = fixture.client.create_connection_spec("{}").await.unwrap_err();
        expect_test::expect![[r#"
            "UnexpectedResponse, may have completed: The response for the new connection spec has an `id` that isn't a UUID. (HTTP 201)"
        "#]]
        .assert_debug_eq(&fixture.describe(&error));
    }
}

#[tokio::test]
async fn a_missing_item_is_not_found() {
    let fixture = with_token().with([ok(r#"{"items": []}"#), ok(r#"{"items": [{"id": "other"}]}"#)]).await;
    for _ in 0..2 {
        let error = fixture.client.connection_spec("a").await.unwrap_err();
        assert_eq!(fixture.describe(&error), "NotFound: Connection spec `a` does not exist in sandbox `dev`.");
    }
}

#[tokio::test]
async fn an_id_is_escaped_in_the_url() {
    let fixture = with_token().with([]).await;
    let _ = fixture.client.connection_spec("../flows/a?b#c d").await;
    assert_eq!(fixture.server.requests(), [format!("GET {SPECS}/..%2Fflows%2Fa%3Fb%23c%20d")]);
    for id in ["", ".", ".."] {
        let error = fixture.client.connection_spec(id).await.unwrap_err();
        assert_eq!(fixture.describe(&error), format!("Settings: `{id}` is not a valid ID."));
    }
    assert_eq!(fixture.server.requests().len(), 1);
}

#[tokio::test]
async fn filters_match_exactly() {
    let items = r#"{"items": [{"id": "1", "name": "a b&c"}, {"id": "2", "name": "A b&c"}, {"id": "3"}]}"#;
    let fixture = with_token().with([ok(items)]).await;
    let filters = [Filter::new(Field::Name, "a b&c"), Filter::new(Field::ProviderId, "p")];
    assert_eq!(fixture.client.connection_specs(&filters).await.unwrap(), []);
    assert_eq!(fixture.server.requests(), [format!("GET {SPECS}?property=name==a%20b%26c&property=providerId==p")]);
    fixture.server.then(ok(items));
    let found = fixture.client.connection_specs(&filters[..1]).await.unwrap();
    assert_eq!(found.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["1"]);
}

#[tokio::test]
async fn an_ambiguous_filter_value_is_filtered_locally() {
    for name in ["a,b", "\"a\"", "it's", " a", "a\\", ""] {
        let name_text = name.replace('\\', "\\\\").replace('"', "\\\"");
        let items = format!(r#"{{"items": [{{"id": "1", "name": "{name_text}"}}, {{"id": "2", "name": "a"}}]}}"#);
        let fixture = with_token().with([ok(&items)]).await;
        let found = fixture.client.connection_specs(&[Filter::new(Field::Name, name)]).await.unwrap();
        assert_eq!(found.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["1"], "{name}");
        assert_eq!(fixture.server.requests(), [format!("GET {SPECS}")]);
    }
}

#[tokio::test]
async fn all_pages_of_a_list_are_read() {
    let first = r#"{"items": [{"id": "1"}], "_links": {"next": {"href": "/connectionSpecs?continuationToken=a%2Fb"}}}"#;
    let fixture = with_token().with([ok(first), ok(r#"{"items": [{"id": "2"}], "_links": {}}"#)]).await;
    assert_eq!(fixture.client.connection_specs(&[]).await.unwrap().len(), 2);
    assert_eq!(fixture.server.requests(), [format!("GET {SPECS}"), format!("GET {SPECS}?continuationToken=a%2Fb")]);

    let fixture = with_token().with([ok(first), ok(first)]).await;
    let error = fixture.client.connection_specs(&[]).await.unwrap_err();
    let expected = "UnexpectedResponse: The pagination of the connection specs does not end. (HTTP 200)";
    assert_eq!(fixture.describe(&error), expected);
}

#[tokio::test]
async fn access_is_checked_with_a_read() {
    let fixture = with_token().with([ok(r#"{"items": []}"#)]).await;
    fixture.client.check_access().await.unwrap();
    let flow_spec = "6499120c-0b15-42dc-936e-847ea3c24d72";
    let expected = format!("GET /data/foundation/flowservice/flowSpecs?property=id=={flow_spec}");
    assert_eq!(fixture.server.requests(), [expected]);
}
