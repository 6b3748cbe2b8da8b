//! Asking for a token, and what becomes of it.

use std::time::Duration;

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET};
use expect_test::expect;

use crate::client::{Answer, Ask, Session, session};

const FORM: &str = "application/x-www-form-urlencoded";

fn all() -> String {
    format!("grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}&scope=openid%2CAdobeID")
}

fn asked(session: &Session, query: &str, form: &str) -> Answer {
    let path = format!("/ims/token/v3{query}");
    Ask::new(session.running.address(), "POST", &path).body(form).with("Content-Type", FORM).send()
}

#[test]
fn a_client_gets_a_token_that_opens_the_service() {
    let session = session();
    for (query, form) in [("", all()), ("/", all()), (&format!("?{}", all()), String::new())] {
        let answer = asked(&session, query, &form);
        let body = answer.json();
        assert_eq!((answer.status, &body["token_type"], &body["expires_in"]), (200, &"bearer".into(), &86_399.into()));
        let authorization = format!("bearer {}", body["access_token"].as_str().unwrap());
        assert_eq!(session.ask("GET", "/flowSpecs").with("Authorization", &authorization).send().status, 200);
    }
    let (id, rest) =
        all().split_once("&client_secret").map(|(a, b)| (a.to_owned(), format!("client_secret{b}"))).unwrap();
    assert_eq!(asked(&session, &format!("?{id}"), &rest).status, 200, "part in the query, part in the body");
}

#[test]
fn who_is_not_known_gets_no_token() {
    let session = session();
    let mut seen = String::new();
    for form in [
        all().replace(CLIENT_SECRET, "wrong"),
        all().replace(CLIENT_ID, "other"),
        all().replace("client_id", "id"),
        all().replace("client_secret=", "secret="),
        all().replace("client_credentials", "password"),
        all().replace("grant_type", "type"),
        all().replace("scope", "scopes"),
        String::new(),
    ] {
        seen.push_str(&format!("{form}: {}\n", asked(&session, "", &form).code()));
    }
    expect![[r#"
        grant_type=client_credentials&client_id=connspec-local&client_secret=wrong&scope=openid%2CAdobeID: 401 invalid_client
        grant_type=client_credentials&client_id=other&client_secret=other-secret&scope=openid%2CAdobeID: 401 invalid_client
        grant_type=client_credentials&id=connspec-local&client_secret=connspec-local-secret&scope=openid%2CAdobeID: 400 invalid_request
        grant_type=client_credentials&client_id=connspec-local&secret=connspec-local-secret&scope=openid%2CAdobeID: 400 invalid_request
        grant_type=password&client_id=connspec-local&client_secret=connspec-local-secret&scope=openid%2CAdobeID: 400 unsupported_grant_type
        type=client_credentials&client_id=connspec-local&client_secret=connspec-local-secret&scope=openid%2CAdobeID: 400 invalid_request
        grant_type=client_credentials&client_id=connspec-local&client_secret=connspec-local-secret&scopes=openid%2CAdobeID: 400 invalid_scope
        : 400 invalid_request
    "#]].assert_eq(&seen);
    assert_eq!(Ask::new(session.running.address(), "GET", "/ims/token/v3").send().status, 405);
}

#[test]
fn a_token_ends_with_its_life_or_when_it_is_revoked() {
    let session = session();
    let read = || session.get("/flowSpecs");
    assert_eq!(read().status, 200);
    session.running.revoke_tokens();
    assert_eq!(read().code(), "401 401013");

    let fresh = |life: u64| {
        session.running.set_token_lifetime(Duration::from_secs(life));
        let body = asked(&session, "", &all()).json();
        assert_eq!(body["expires_in"], life);
        let token = format!("Bearer {}", body["access_token"].as_str().unwrap());
        session.ask("GET", "/flowSpecs").with("Authorization", &token).send().status
    };
    assert_eq!((fresh(0), fresh(60)), (401, 200));
}

#[test]
fn what_a_token_is_asked_for_with_is_not_remembered() {
    let session = session();
    asked(&session, "", &all());
    let requests = session.running.requests();
    assert_eq!((requests.len(), requests[0].path.as_str(), requests[0].status), (1, "/ims/token/v3", Some(200)));
    asked(&session, &format!("?{}", all()), "");
    assert!(!format!("{:?}", session.running.requests()).contains(CLIENT_SECRET));
}
