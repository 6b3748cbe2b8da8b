//! Access tokens: requested once, cached while they are valid, renewed when they are not.

use std::time::Duration;

use connspec::flow_service::{ErrorKind, Secret};
use expect_test::expect;

use crate::fixture::{Fixture, with_client_secret, with_token};
use crate::server::{Step, ok, respond};

const DAY: Duration = Duration::from_secs(86_400);
const MINUTE: Duration = Duration::from_secs(60);

fn token(name: &str) -> Step {
    ok(&format!(r#"{{"access_token": "{name}", "token_type": "bearer", "expires_in": 86399}}"#))
}

fn spec() -> Step {
    ok(r#"{"id": "a"}"#)
}

fn expired() -> Step {
    respond(401, &[], r#"{"error_code": "401013", "message": "Oauth token is not valid"}"#)
}

/// The requests: `token` for a token request, else the method and the token.
fn render(fixture: &Fixture) -> Vec<String> {
    let requests = fixture.server.received().into_iter().map(|request| match request.header("authorization") {
        Some(token) => format!("{} {}", request.method, token.trim_start_matches("Bearer ")),
        None => "token".to_owned(),
    });
    requests.collect()
}

async fn read(fixture: &Fixture) {
    fixture.client.connection_spec("a").await.unwrap();
}

#[tokio::test]
async fn a_token_request_is_as_documented() {
    let mut setup = with_client_secret();
    setup.credentials.scopes = vec!["openid".into(), "AdobeID".into()];
    let fixture = setup.with([token("t1"), spec()]).await;
    read(&fixture).await;
    let request = &fixture.server.received()[0];
    expect!["grant_type=client_credentials&client_id=client-1&client_secret=p%40ss%20word&scope=openid%2CAdobeID"]
        .assert_eq(&request.body);
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/ims/token/v3"));
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(fixture.server.received()[1].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let fixture = with_client_secret().with([token("t1"), spec(), spec(), token("t2"), spec()]).await;
    read(&fixture).await;
    fixture.clock.advance(DAY - 6 * MINUTE);
    read(&fixture).await;
    fixture.clock.advance(2 * MINUTE);
    read(&fixture).await;
    assert_eq!(render(&fixture), ["token", "GET t1", "GET t1", "token", "GET t2"]);
}

#[tokio::test]
async fn concurrent_requests_share_a_token() {
    let script = [Step::Hold(Box::new(token("t1"))), spec(), spec(), spec()];
    let fixture = with_client_secret().with(script).await;
    let holding = async {
        fixture.server.wait_for_requests(1).await;
        fixture.server.release();
    };
    tokio::join!(read(&fixture), read(&fixture), read(&fixture), holding);
    assert_eq!(render(&fixture), ["token", "GET t1", "GET t1", "GET t1"]);
}

#[tokio::test]
async fn concurrent_requests_share_a_failure() {
    let fixture =
        with_client_secret().with([Step::Hold(Box::new(respond(400, &[], r#"{"error": "invalid_client"}"#)))]).await;
    let holding = async {
        fixture.server.wait_for_requests(1).await;
        fixture.server.release();
    };
    let (one, other, ()) =
        tokio::join!(fixture.client.connection_spec("a"), fixture.client.connection_spec("b"), holding);
    assert_eq!(one.unwrap_err(), other.unwrap_err());
    assert_eq!(render(&fixture), ["token"]);
    // A later request tries again.
    fixture.server.then(token("t1"));
    fixture.server.then(spec());
    read(&fixture).await;
}

#[tokio::test]
async fn an_expired_token_is_renewed_once_even_for_a_write() {
    let fixture = with_client_secret()
        .with([
            token("t1"),
            expired(),
            token("t2"),
            respond(201, &[], r#"{"id": "1a2b3c4d-07f4-4586-8190-b40eccef1c5b"}"#),
        ])
        .await;
    fixture.client.create_connection_spec("{}").await.unwrap();
    assert_eq!(render(&fixture), ["token", "POST t1", "token", "POST t2"]);

    let fixture = with_client_secret().with([token("t1"), expired(), token("t2"), expired()]).await;
    let error = fixture.client.create_connection_spec("{}").await.unwrap_err();
    assert_eq!(
        fixture.describe(&error),
        "Authentication: The access token was rejected: it has expired, or belongs to another client or organization. Sign in \
         again. (401013)"
    );
    assert_eq!(render(&fixture), ["token", "POST t1", "token", "POST t2"]);
}

#[tokio::test]
async fn a_token_of_another_organization_is_not_renewed() {
    let wrong = r#"{"type": "https://ns.adobe.com/aep/errors/FLOW-2000-401"}"#;
    let fixture = with_client_secret().with([token("t1"), respond(401, &[], wrong)]).await;
    assert_eq!(fixture.client.connection_spec("a").await.unwrap_err().kind(), ErrorKind::Permission);
    assert_eq!(render(&fixture), ["token", "GET t1"]);
}

#[tokio::test]
async fn a_given_token_is_used_and_cannot_be_renewed() {
    let fixture = with_token().with([spec(), expired()]).await;
    read(&fixture).await;
    let error = fixture.client.connection_spec("a").await.unwrap_err();
    assert_eq!(
        fixture.describe(&error),
        "Authentication: The access token from the variable `TOKEN` was rejected. It has probably expired, since tokens usually \
         last a day: get a new one. (401013)"
    );
    assert_eq!(render(&fixture), ["GET given-token", "GET given-token"]);
}

#[tokio::test]
async fn a_rejected_given_token_is_replaced_with_the_client_secret() {
    let mut setup = with_client_secret();
    setup.credentials.access_token = Some(Secret::new("given-token"));
    let fixture = setup.with([expired(), token("t1"), spec(), spec(), expired(), token("t2"), spec()]).await;
    read(&fixture).await;
    read(&fixture).await;
    read(&fixture).await;
    assert_eq!(render(&fixture), ["GET given-token", "token", "GET t1", "GET t1", "GET t1", "token", "GET t2"]);
}

#[tokio::test]
async fn a_changed_system_clock_renews_a_token_once() {
    let script = [token("t1"), spec(), spec(), token("t2"), spec(), token("t3"), spec(), spec()];
    let fixture = with_client_secret().with(script).await;
    read(&fixture).await;
    fixture.clock.set_system_time(|now| now - 400 * DAY);
    read(&fixture).await;
    fixture.clock.advance(DAY);
    read(&fixture).await;
    fixture.clock.set_system_time(|now| now + 800 * DAY);
    read(&fixture).await;
    read(&fixture).await;
    assert_eq!(render(&fixture), ["token", "GET t1", "GET t1", "token", "GET t2", "token", "GET t3", "GET t3"]);
}

#[tokio::test]
async fn unusual_lifetimes_of_tokens() {
    let with_lifetime = |lifetime: &str| ok(&format!(r#"{{"access_token": "t", {lifetime} "token_type": "bearer"}}"#));
    // `expires_in`, and the seconds after which the token is renewed.
    let cases = [("\"expires_in\": 86399992,", 86_100), ("\"expires_in\": \"600\",", 540), ("", 270)];
    for (expires_in, seconds) in cases {
        let fixture = with_client_secret()
            .with([with_lifetime(expires_in), spec(), spec(), with_lifetime(expires_in), spec()])
            .await;
        read(&fixture).await;
        fixture.clock.advance(Duration::from_secs(seconds - 1));
        read(&fixture).await;
        fixture.clock.advance(Duration::from_secs(1));
        read(&fixture).await;
        assert_eq!(render(&fixture), ["token", "GET t", "GET t", "token", "GET t"], "{expires_in}");
    }
    let none = "\"expires_in\": 0,";
    let fixture = with_client_secret().with([with_lifetime(none), spec(), with_lifetime(none), spec()]).await;
    read(&fixture).await;
    read(&fixture).await;
    assert_eq!(render(&fixture), ["token", "GET t", "token", "GET t"]);
}

#[tokio::test]
async fn errors_of_ims() {
    let cases = [
        respond(401, &[], r#"{"error": "invalid_client", "error_description": "invalid client_secret parameter"}"#),
        respond(400, &[], r#"{"error": "invalid_scope"}"#),
        respond(400, &[], r#"{"error": "invalid_request", "error_description": "something is missing"}"#),
        respond(403, &[("x-request-id", "q")], "<html>blocked</html>"),
        respond(429, &[("retry-after", "600")], ""),
        ok(r#"{"token_type": "bearer"}"#),
        ok(r#"{"access_token": "a b"}"#),
        ok("<html>"),
    ];
    let mut rendered = String::new();
    for step in cases {
        let fixture = with_client_secret().with([step]).await;
        let error = fixture.client.create_connection_spec("{}").await.unwrap_err();
        rendered += &format!("{}\n", fixture.describe(&error));
        assert_eq!(fixture.server.requests().len(), 1);
    }
    expect![[r#"
        Authentication: Adobe IMS rejected the client ID or the client secret. Copy both again from Adobe Developer Console; the secret may have been replaced there. (invalid_client)
        Authentication: Adobe IMS does not grant one of the scopes to this client. Copy the scopes from the credential in Adobe Developer Console. (invalid_scope)
        Authentication: Adobe IMS refused to issue an access token. Check the client ID, the client secret and the scopes. Details: something is missing. (invalid_request)
        UnexpectedResponse: The request for an access token was rejected by something other than Adobe IMS, perhaps a proxy or a firewall. Check the network and the URL. (HTTP 403, request q)
        RateLimited: Adobe IMS received too many requests. Try again in 10 minutes. (HTTP 429)
        UnexpectedResponse: The response of Adobe IMS contains no access token. Check the IMS URL; a proxy may have responded instead. (HTTP 200)
        UnexpectedResponse: The response of Adobe IMS contains no access token. Check the IMS URL; a proxy may have responded instead. (HTTP 200)
        UnexpectedResponse: The response of Adobe IMS contains no access token. Check the IMS URL; a proxy may have responded instead. (HTTP 200)
    "#]].assert_eq(&rendered);
}

#[tokio::test]
async fn a_token_request_is_retried() {
    let fixture = with_client_secret().with([respond(503, &[], ""), token("t1"), spec()]).await;
    read(&fixture).await;
    assert_eq!(fixture.clock.delays(), [250]);
}
