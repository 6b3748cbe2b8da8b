//! Signing in: asked for once, kept as long as it is good, renewed when it is not.

use std::time::Duration;

use connspec::flow_service::{ErrorKind, Secret};
use expect_test::expect;

use crate::bench::{Bench, given, signing_in};
use crate::faulty::{Step, answer, ok};

const DAY: Duration = Duration::from_secs(86_400);
const MINUTE: Duration = Duration::from_secs(60);

fn token(name: &str) -> Step {
    ok(&format!(r#"{{"access_token": "{name}", "token_type": "bearer", "expires_in": 86399}}"#))
}

fn spec() -> Step {
    ok(r#"{"id": "a"}"#)
}

fn expired() -> Step {
    answer(401, &[], r#"{"error_code": "401013", "message": "Oauth token is not valid"}"#)
}

/// What was sent to which path with which token: `token`, or `a: t1`.
fn drawn(bench: &Bench) -> Vec<String> {
    let asked = bench.faulty.seen().into_iter().map(|seen| match seen.header("authorization") {
        Some(token) => format!("{} {}", seen.method, token.trim_start_matches("Bearer ")),
        None => "token".to_owned(),
    });
    asked.collect()
}

async fn read(bench: &Bench) {
    bench.client.connection_spec("a").await.unwrap();
}

#[tokio::test]
async fn a_token_is_asked_for_in_the_documented_way() {
    let mut plan = signing_in();
    plan.credentials.scopes = vec!["openid".into(), "AdobeID".into()];
    let bench = plan.with([token("t1"), spec()]).await;
    read(&bench).await;
    let asked = &bench.faulty.seen()[0];
    expect!["grant_type=client_credentials&client_id=client-1&client_secret=p%40ss%20word&scope=openid%2CAdobeID"]
        .assert_eq(&asked.body);
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("POST", "/ims/token/v3"));
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(bench.faulty.seen()[1].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn it_is_used_until_minutes_before_its_end() {
    let bench = signing_in().with([token("t1"), spec(), spec(), token("t2"), spec()]).await;
    read(&bench).await;
    bench.clock.pass(DAY - 6 * MINUTE);
    read(&bench).await;
    bench.clock.pass(2 * MINUTE);
    read(&bench).await;
    assert_eq!(drawn(&bench), ["token", "GET t1", "GET t1", "token", "GET t2"]);
}

#[tokio::test]
async fn those_who_ask_together_ask_for_one_token() {
    let script = [Step::Hold(Box::new(token("t1"))), spec(), spec(), spec()];
    let bench = signing_in().with(script).await;
    let holding = async {
        bench.faulty.when_seen(1).await;
        bench.faulty.release();
    };
    tokio::join!(read(&bench), read(&bench), read(&bench), holding);
    assert_eq!(drawn(&bench), ["token", "GET t1", "GET t1", "GET t1"]);
}

#[tokio::test]
async fn those_who_ask_together_hear_of_one_failure() {
    let bench = signing_in().with([Step::Hold(Box::new(answer(400, &[], r#"{"error": "invalid_client"}"#)))]).await;
    let holding = async {
        bench.faulty.when_seen(1).await;
        bench.faulty.release();
    };
    let (one, other, ()) = tokio::join!(bench.client.connection_spec("a"), bench.client.connection_spec("b"), holding);
    assert_eq!(one.unwrap_err(), other.unwrap_err());
    assert_eq!(drawn(&bench), ["token"]);
    // Who asks later is told anew.
    bench.faulty.then(token("t1"));
    bench.faulty.then(spec());
    read(&bench).await;
}

#[tokio::test]
async fn an_expired_token_is_replaced_once_even_under_a_write() {
    let bench = signing_in().with([token("t1"), expired(), token("t2"), answer(201, &[], r#"{"id": "n"}"#)]).await;
    bench.client.create_connection_spec("{}").await.unwrap();
    assert_eq!(drawn(&bench), ["token", "POST t1", "token", "POST t2"]);

    let bench = signing_in().with([token("t1"), expired(), token("t2"), expired()]).await;
    let error = bench.client.create_connection_spec("{}").await.unwrap_err();
    assert_eq!(
        bench.told(&error),
        "Authentication: The service does not accept the access token: it has expired, or is of another client or organization. \
         Sign in again. (401013)"
    );
    assert_eq!(drawn(&bench), ["token", "POST t1", "token", "POST t2"]);
}

#[tokio::test]
async fn a_token_of_another_organization_is_not_replaced() {
    let wrong = r#"{"type": "https://ns.adobe.com/aep/errors/FLOW-2000-401"}"#;
    let bench = signing_in().with([token("t1"), answer(401, &[], wrong)]).await;
    assert_eq!(bench.client.connection_spec("a").await.unwrap_err().kind(), ErrorKind::Permission);
    assert_eq!(drawn(&bench), ["token", "GET t1"]);
}

#[tokio::test]
async fn a_given_token_is_used_as_it_is() {
    let bench = given().with([spec(), expired()]).await;
    read(&bench).await;
    let error = bench.client.connection_spec("a").await.unwrap_err();
    assert_eq!(
        bench.told(&error),
        "Authentication: The service does not accept the access token from the variable `TOKEN`. Tokens usually last a day, and \
         this one has probably expired: get a new one. (401013)"
    );
    assert_eq!(drawn(&bench), ["GET given-token", "GET given-token"]);
}

#[tokio::test]
async fn a_given_token_gives_way_to_a_client_secret() {
    let mut plan = signing_in();
    plan.credentials.access_token = Some(Secret::new("given-token"));
    let bench = plan.with([expired(), token("t1"), spec(), spec(), expired(), token("t2"), spec()]).await;
    read(&bench).await;
    read(&bench).await;
    read(&bench).await;
    assert_eq!(drawn(&bench), ["GET given-token", "token", "GET t1", "GET t1", "GET t1", "token", "GET t2"]);
}

#[tokio::test]
async fn a_clock_that_is_set_keeps_no_token_alive_and_asks_for_no_flood() {
    let script = [token("t1"), spec(), spec(), token("t2"), spec(), token("t3"), spec(), spec()];
    let bench = signing_in().with(script).await;
    read(&bench).await;
    bench.clock.set(|now| now - 400 * DAY);
    read(&bench).await;
    bench.clock.pass(DAY);
    read(&bench).await;
    bench.clock.set(|now| now + 800 * DAY);
    read(&bench).await;
    read(&bench).await;
    assert_eq!(drawn(&bench), ["token", "GET t1", "GET t1", "token", "GET t2", "token", "GET t3", "GET t3"]);
}

#[tokio::test]
async fn odd_lives_of_tokens() {
    let of = |life: &str| ok(&format!(r#"{{"access_token": "t", {life} "token_type": "bearer"}}"#));
    // What is told, and after how many seconds the token is renewed.
    let cases = [("\"expires_in\": 86399992,", 86_100), ("\"expires_in\": \"600\",", 540), ("", 270)];
    for (told, seconds) in cases {
        let bench = signing_in().with([of(told), spec(), spec(), of(told), spec()]).await;
        read(&bench).await;
        bench.clock.pass(Duration::from_secs(seconds - 1));
        read(&bench).await;
        bench.clock.pass(Duration::from_secs(1));
        read(&bench).await;
        assert_eq!(drawn(&bench), ["token", "GET t", "GET t", "token", "GET t"], "{told}");
    }
    let none = "\"expires_in\": 0,";
    let bench = signing_in().with([of(none), spec(), of(none), spec()]).await;
    read(&bench).await;
    read(&bench).await;
    assert_eq!(drawn(&bench), ["token", "GET t", "token", "GET t"]);
}

#[tokio::test]
async fn refusals_of_the_sign_in_service() {
    let cases = [
        answer(401, &[], r#"{"error": "invalid_client", "error_description": "invalid client_secret parameter"}"#),
        answer(400, &[], r#"{"error": "invalid_scope"}"#),
        answer(400, &[], r#"{"error": "invalid_request", "error_description": "something is missing"}"#),
        answer(403, &[("x-request-id", "q")], "<html>blocked</html>"),
        answer(429, &[("retry-after", "600")], ""),
        ok(r#"{"token_type": "bearer"}"#),
        ok(r#"{"access_token": "a b"}"#),
        ok("<html>"),
    ];
    let mut drawn = String::new();
    for step in cases {
        let bench = signing_in().with([step]).await;
        let error = bench.client.create_connection_spec("{}").await.unwrap_err();
        drawn += &format!("{}\n", bench.told(&error));
        assert_eq!(bench.faulty.asked().len(), 1);
    }
    expect![[r#"
        Authentication: The sign-in service does not accept the client id or the client secret. Copy both again from Adobe Developer Console; a secret may have been replaced there. (invalid_client)
        Authentication: The sign-in service does not give one of the scopes to this client. Copy the scopes from the credential in Adobe Developer Console. (invalid_scope)
        Authentication: The sign-in service gives out no token. Check the client id, the client secret and the scopes. It says: something is missing. (invalid_request)
        UnexpectedResponse: Something that is not the service has refused the access token. A proxy or a firewall may stand before it: check the network and the address. (HTTP 403, request q)
        RateLimited: The sign-in service gets too many requests. Try again in 10 minutes. (HTTP 429)
        UnexpectedResponse: The sign-in service answered without a token. Check its address; a proxy may stand before it. (HTTP 200)
        UnexpectedResponse: The sign-in service answered without a token. Check its address; a proxy may stand before it. (HTTP 200)
        UnexpectedResponse: The sign-in service answered without a token. Check its address; a proxy may stand before it. (HTTP 200)
    "#]].assert_eq(&drawn);
}

#[tokio::test]
async fn a_busy_sign_in_service_is_asked_again() {
    let bench = signing_in().with([answer(503, &[], ""), token("t1"), spec()]).await;
    read(&bench).await;
    assert_eq!(bench.clock.waits(), [250]);
}
