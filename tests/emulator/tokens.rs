//! Requesting and using access tokens.

use std::time::Duration;

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET};
use expect_test::expect;

use crate::client::{Request, Response, Session, session};

const FORM: &str = "application/x-www-form-urlencoded";

fn form() -> String {
    format!("grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}&scope=openid%2CAdobeID")
}

fn request_token(session: &Session, query: &str, form: &str) -> Response {
    let path = format!("/ims/token/v3{query}");
    Request::new(session.emulator.address(), "POST", &path).body(form).with("Content-Type", FORM).send()
}

#[test]
fn a_token_gives_access() {
    let session = session();
    for (query, form) in [("", form()), ("/", form()), (&format!("?{}", form()), String::new())] {
        let response = request_token(&session, query, &form);
        let body = response.json();
        assert_eq!(
            (response.status, &body["token_type"], &body["expires_in"]),
            (200, &"bearer".into(), &86_399.into())
        );
        let authorization = format!("bearer {}", body["access_token"].as_str().unwrap());
        assert_eq!(session.request("GET", "/flowSpecs").with("Authorization", &authorization).send().status, 200);
    }
    let (id, rest) =
        form().split_once("&client_secret").map(|(a, b)| (a.to_owned(), format!("client_secret{b}"))).unwrap();
    assert_eq!(request_token(&session, &format!("?{id}"), &rest).status, 200, "part in the query, part in the body");
}

#[test]
fn invalid_token_requests_are_rejected() {
    let session = session();
    let mut rendered = String::new();
    for form in [
        form().replace(CLIENT_SECRET, "wrong"),
        form().replace(CLIENT_ID, "other"),
        form().replace("client_id", "id"),
        form().replace("client_secret=", "secret="),
        form().replace("client_credentials", "password"),
        form().replace("grant_type", "type"),
        form().replace("scope", "scopes"),
        String::new(),
    ] {
        rendered.push_str(&format!("{form}: {}\n", request_token(&session, "", &form).code()));
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
    "#]].assert_eq(&rendered);
    assert_eq!(Request::new(session.emulator.address(), "GET", "/ims/token/v3").send().status, 405);
}

#[test]
fn a_token_expires_or_is_revoked() {
    let session = session();
    let read = || session.get("/flowSpecs");
    assert_eq!(read().status, 200);
    session.emulator.revoke_tokens();
    assert_eq!(read().code(), "401 401013");

    let fresh = |life: u64| {
        session.emulator.set_token_lifetime(Duration::from_secs(life));
        let body = request_token(&session, "", &form()).json();
        assert_eq!(body["expires_in"], life);
        let token = format!("Bearer {}", body["access_token"].as_str().unwrap());
        session.request("GET", "/flowSpecs").with("Authorization", &token).send().status
    };
    assert_eq!((fresh(0), fresh(60)), (401, 200));
}

#[test]
fn secrets_of_token_requests_are_not_logged() {
    let session = session();
    request_token(&session, "", &form());
    let requests = session.emulator.requests();
    assert_eq!((requests.len(), requests[0].path.as_str(), requests[0].status), (1, "/ims/token/v3", Some(200)));
    request_token(&session, &format!("?{}", form()), "");
    assert!(!format!("{:?}", session.emulator.requests()).contains(CLIENT_SECRET));
}
