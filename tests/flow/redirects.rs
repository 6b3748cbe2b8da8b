//! Credentials are sent only to the host that they are for.

use connspec::flow_service::ErrorKind;

use crate::fixture::{SPECS, with_client_secret, with_token};
use crate::server::{Step, TestServer, ok, respond};

fn redirect(status: u16, location: &str) -> Step {
    respond(status, &[("location", location)], "")
}

#[tokio::test]
async fn a_read_follows_redirects_within_its_host() {
    for status in [301, 302, 303, 307, 308] {
        let fixture = with_token().with([redirect(status, "/elsewhere?a=b"), ok(r#"{"id": "a"}"#)]).await;
        fixture.client.connection_spec("a").await.unwrap();
        assert_eq!(fixture.server.requests(), [format!("GET {SPECS}/a"), "GET /elsewhere?a=b".to_owned()]);
        assert_eq!(fixture.server.received()[1].header("authorization"), Some("Bearer given-token"));
    }
}

#[tokio::test]
async fn credentials_are_not_sent_to_another_host() {
    let other = TestServer::start([ok(r#"{"id": "a"}"#)]).await;
    let location = format!("{}/path?token=secret", other.url);
    let fixture =
        with_token().with([redirect(302, &location), redirect(307, &location), redirect(308, &location)]).await;
    let errors = [
        fixture.client.connection_spec("a").await.unwrap_err(),
        fixture.client.create_connection_spec("{}").await.unwrap_err(),
        fixture.client.replace_connection_spec("a", "{}", None).await.unwrap_err(),
    ];
    for error in errors {
        let expected = format!(
            "`127.0.0.1` redirects to `{}`, where credentials are not sent. Check the URL and the proxy.",
            other.url
        );
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::UnexpectedResponse, expected));
    }
    assert_eq!(other.requests(), [""; 0]);
}

#[tokio::test]
async fn a_write_follows_no_redirect() {
    let fixture = with_token().with([redirect(307, "/elsewhere"), redirect(308, "/elsewhere")]).await;
    let error = fixture.client.create_connection_spec("{}").await.unwrap_err();
    let expected = "`127.0.0.1` redirects a write to another path, and writes are not repeated there. Check the URL of the \
                    gateway and the proxy.";
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::UnexpectedResponse, expected));
    assert!(error.may_have_completed());
    fixture.client.replace_connection_spec("a", "{}", None).await.unwrap_err();
    assert_eq!(fixture.server.requests().len(), 2);
}

#[tokio::test]
async fn a_token_request_follows_no_redirect() {
    let fixture = with_client_secret().with([redirect(307, "/elsewhere")]).await;
    assert_eq!(fixture.client.connection_spec("a").await.unwrap_err().kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(fixture.server.requests(), ["POST /ims/token/v3"]);
}

#[tokio::test]
async fn a_redirect_loop_is_an_error() {
    let script: Vec<_> = (0..9).map(|_| redirect(302, "/round")).collect();
    let fixture = with_token().with(script).await;
    let error = fixture.client.connection_spec("a").await.unwrap_err();
    assert_eq!(fixture.describe(&error), "UnexpectedResponse: Too many redirects from `127.0.0.1`.");
    assert_eq!(fixture.server.requests().len(), 6);
}

#[tokio::test]
async fn an_invalid_redirect_is_reported() {
    for (location, expected) in [("http://", "an invalid URL"), ("file:///etc", "`null`")] {
        let fixture = with_token().with([redirect(302, location)]).await;
        let error = fixture.client.connection_spec("a").await.unwrap_err();
        assert!(error.to_string().contains(&format!("redirects to {expected}")), "{error}");
    }
}
