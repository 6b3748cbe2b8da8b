//! Retries and cancellation.

use connspec::flow_service::ErrorKind;

use crate::fixture::{Fixture, with_token};
use crate::server::{Step, TestServer, ok, respond};

const ITEM: &str = r#"{"id": "a"}"#;

fn busy(status: u16) -> Step {
    respond(status, &[], "")
}

fn retry_after(status: u16, value: &str) -> Step {
    respond(status, &[("retry-after", value)], "")
}

async fn fixture(script: impl IntoIterator<Item = Step>) -> Fixture {
    with_token().with(script).await
}

#[tokio::test]
async fn a_read_is_retried_with_growing_random_delays() {
    let fixture = fixture([busy(503), busy(502), busy(504), ok(ITEM)]).await;
    fixture.client.connection_spec("a").await.unwrap();
    assert_eq!(fixture.clock.delays(), [250, 500, 1000]);
}

#[tokio::test]
async fn retries_end_after_the_maximum_of_attempts() {
    let fixture = fixture([busy(503), busy(503), busy(503), busy(503), ok(ITEM)]).await;
    let error = fixture.client.connection_spec("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert_eq!(fixture.server.requests().len(), 4);
}

#[tokio::test]
async fn retry_after_is_honoured() {
    // The clock of the fixture starts at 07:28:00.
    let at = "Wed, 21 Oct 2015 07:28:07 GMT";
    let past = "Wed, 21 Oct 2015 07:00:00 GMT";
    let fixture = fixture([retry_after(429, "2"), retry_after(503, at), retry_after(429, past), ok(ITEM)]).await;
    fixture.client.connection_spec("a").await.unwrap();
    // Two of the seven seconds have passed already.
    assert_eq!(fixture.clock.delays(), [2000, 5000, 0]);
}

#[tokio::test]
async fn an_invalid_retry_after_is_ignored() {
    let fixture = fixture([retry_after(429, "soon"), retry_after(429, "-1"), ok(ITEM)]).await;
    fixture.client.connection_spec("a").await.unwrap();
    assert_eq!(fixture.clock.delays(), [250, 500]);
}

#[tokio::test]
async fn a_long_retry_after_is_reported() {
    for (value, delay) in [("90", "90 seconds"), ("3600", "60 minutes"), ("99999999999999999999", "a few minutes")] {
        let fixture = fixture([retry_after(429, value), busy(429), busy(429), busy(429)]).await;
        let error = fixture.client.connection_spec("a").await.unwrap_err();
        let text = format!("RateLimited: Flow Service received too many requests. Try again in {delay}. (HTTP 429)");
        assert_eq!(fixture.describe(&error), text);
    }
}

#[tokio::test]
async fn retries_end_after_the_maximum_total_delay() {
    let script: Vec<_> = (0..4).map(|_| retry_after(503, "25")).collect();
    let fixture = fixture(script).await;
    fixture.client.connection_spec("a").await.unwrap_err();
    assert_eq!(fixture.clock.delays(), [25_000, 25_000]);
    assert_eq!(fixture.server.requests().len(), 3);
}

#[tokio::test]
async fn a_broken_connection_is_retried() {
    let truncated = Step::Respond(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"".to_vec());
    let fixture = fixture([Step::Reset, truncated, ok(ITEM)]).await;
    fixture.client.connection_spec("a").await.unwrap();
    assert_eq!(fixture.clock.delays(), [250, 500]);
}

#[tokio::test]
async fn a_put_is_retried() {
    let fixture = fixture([Step::Reset, busy(503), Step::ResetBeforeBody, ok(ITEM)]).await;
    fixture.client.replace_connection_spec("a", "{}", None).await.unwrap();
    assert_eq!(fixture.server.requests().len(), 4);
}

#[tokio::test]
async fn a_retried_put_may_have_completed() {
    let fixture = fixture([Step::Reset, busy(412), busy(429), busy(412), busy(503), busy(400)]).await;
    let conflict = fixture.client.replace_connection_spec("a", "{}", Some("\"1\"")).await.unwrap_err();
    assert_eq!((conflict.kind(), conflict.may_have_completed()), (ErrorKind::Conflict, true));
    let conflict = fixture.client.replace_connection_spec("a", "{}", Some("\"1\"")).await.unwrap_err();
    assert_eq!((conflict.kind(), conflict.may_have_completed()), (ErrorKind::Conflict, false));
    let refused = fixture.client.replace_connection_spec("a", "{}", None).await.unwrap_err();
    assert_eq!((refused.kind(), refused.may_have_completed()), (ErrorKind::Rejected, true));
}

#[tokio::test]
async fn a_post_is_never_retried() {
    let broken = Step::Respond(b"HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{".to_vec());
    let cases = [
        (busy(429), ErrorKind::RateLimited, false),
        (retry_after(429, "1"), ErrorKind::RateLimited, false),
        (busy(500), ErrorKind::Unavailable, true),
        (busy(502), ErrorKind::Unavailable, true),
        (busy(503), ErrorKind::Unavailable, true),
        (busy(504), ErrorKind::Timeout, true),
        (busy(400), ErrorKind::Rejected, false),
        (Step::Reset, ErrorKind::Network, true),
        (Step::ResetBeforeBody, ErrorKind::Network, true),
        (broken, ErrorKind::Network, true),
        (respond(201, &[], ""), ErrorKind::UnexpectedResponse, true),
        (respond(201, &[], "<html>"), ErrorKind::UnexpectedResponse, true),
        (respond(201, &[], r#"{"items": []}"#), ErrorKind::UnexpectedResponse, true),
    ];
    for (step, kind, completed) in cases {
        let fixture = fixture([step.clone(), ok(ITEM)]).await;
        let error = fixture.client.create_connection_spec("{}").await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_completed()), (kind, completed), "{step:?}");
        assert_eq!((fixture.server.requests().len(), fixture.clock.delays().len()), (1, 0), "{step:?}");
    }
}

#[tokio::test]
async fn a_write_without_a_connection_has_not_completed() {
    let mut server = TestServer::start([]).await;
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    server.url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let fixture = with_token().at(server);
    let error = fixture.client.create_connection_spec("{}").await.unwrap_err();
    let expected = "Network: Cannot connect to `127.0.0.1`: Connection refused. Check the network and the proxy.";
    assert_eq!(fixture.describe(&error), expected);
    assert!(!error.may_have_completed() && fixture.clock.delays().is_empty());
}

#[tokio::test]
async fn an_internal_error_is_not_retried() {
    let fixture = fixture([busy(500), ok(ITEM)]).await;
    assert_eq!(fixture.client.connection_spec("a").await.unwrap_err().kind(), ErrorKind::Unavailable);
    assert_eq!(fixture.server.requests().len(), 1);
}

#[tokio::test]
async fn a_cancelled_client_sends_nothing() {
    let fixture = fixture([ok(ITEM)]).await;
    fixture.cancellation.cancel();
    for error in [
        fixture.client.connection_spec("a").await.unwrap_err(),
        fixture.client.create_connection_spec("{}").await.unwrap_err(),
    ] {
        assert_eq!(fixture.describe(&error), "Cancelled: Cancelled.");
    }
    assert!(fixture.server.requests().is_empty());
}

#[tokio::test]
async fn a_read_in_progress_is_cancelled_and_a_write_completes() {
    let fixture = fixture([Step::Silence(Vec::new())]).await;
    let cancelling = async {
        fixture.server.wait_for_requests(1).await;
        fixture.cancellation.cancel();
    };
    let (read, ()) = tokio::join!(fixture.client.connection_spec("a"), cancelling);
    assert_eq!(read.unwrap_err().kind(), ErrorKind::Cancelled);

    let fixture = with_token().with([Step::Hold(Box::new(ok(ITEM)))]).await;
    let cancelling = async {
        fixture.server.wait_for_requests(1).await;
        fixture.cancellation.cancel();
        fixture.server.release();
    };
    let (write, ()) = tokio::join!(fixture.client.replace_connection_spec("a", "{}", None), cancelling);
    assert_eq!(write.unwrap().id, "a");
}
