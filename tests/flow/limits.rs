//! Responses that are slow, huge, truncated or malformed. Time is paused and advances when nothing else can happen.

use std::time::Duration;

use connspec::flow_service::{Error, ErrorKind, Limits, RetryPolicy};

use crate::fixture::{Fixture, with_token};
use crate::server::{Step, ok, respond};

async fn fixture(step: Step) -> Fixture {
    let mut setup = with_token();
    setup.limits = Limits {
        max_response_bytes: 1 << 20,
        attempt_timeout: Duration::from_secs(40),
        retry: RetryPolicy { max_attempts: 1, ..RetryPolicy::default() },
        ..Limits::default()
    };
    setup.with([step]).await
}

async fn read(step: Step) -> Error {
    fixture(step).await.client.connection_spec("a").await.unwrap_err()
}

async fn write(step: Step) -> Error {
    fixture(step).await.client.create_connection_spec("{}").await.unwrap_err()
}

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_times_out() {
    for head in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let start = tokio::time::Instant::now();
        let error = read(Step::Silence(bytes(head))).await;
        let expected = "`127.0.0.1` did not respond in time. Try again later.";
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Timeout, expected), "{head}");
        assert!(!error.may_have_completed() && start.elapsed() < Duration::from_secs(32), "{:?}", start.elapsed());
        assert!(write(Step::Silence(bytes(head))).await.may_have_completed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_response_times_out() {
    let start = tokio::time::Instant::now();
    let slow = format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}", " ".repeat(100));
    let error = read(Step::Drip(bytes(&slow))).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(42), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_huge_response_is_not_read() {
    let with_length = Step::Silence(bytes("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n"));
    let chunked = Step::Endless(bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40000000\r\n"));
    let without_length = Step::Endless(bytes("HTTP/1.1 200 OK\r\n\r\n"));
    for step in [with_length, chunked, without_length] {
        let error = read(step.clone()).await;
        let expected = "The response of `127.0.0.1` is larger than 1 MiB and was not read.";
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::UnexpectedResponse, expected));
        assert!(write(step).await.may_have_completed());
    }
}

#[tokio::test]
async fn a_response_of_the_maximum_size_is_read() {
    let (begin, end) = (r#"{"id": "a", "text": ""#, "\"}");
    let body = format!("{begin}{}{end}", "x".repeat((1 << 20) - begin.len() - end.len()));
    let item = fixture(ok(&body)).await.client.connection_spec("a").await.unwrap();
    assert_eq!(item.text, body);
}

#[tokio::test]
async fn a_truncated_response_is_a_network_error() {
    for response in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": \"a\"}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nb\r\n{\"id\": \"a\"}\r\n",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "",
        "SSH-2.0-OpenSSH_9.6\r\n",
    ] {
        let error = read(Step::Respond(bytes(response))).await;
        assert_eq!(error.kind(), ErrorKind::Network, "{response}: {error}");
        assert!(error.to_string().starts_with("The connection to `127.0.0.1` was lost: "), "{error}");
        assert!(write(Step::Respond(bytes(response))).await.may_have_completed());
    }
}

#[tokio::test]
async fn a_malformed_response_is_unexpected() {
    let not_json = "The response for connection spec `a` isn't valid JSON. A proxy or a sign-in page may have responded \
                    instead of Flow Service. (HTTP 200)";
    let cases = [
        ("<html>Sign in</html>", not_json),
        ("{\"id\": \"a\",}", not_json),
        ("{\"id\": \"a\"", not_json),
        ("", "The response for connection spec `a` is empty. (HTTP 200)"),
        ("{\"name\": 1}", "The response for connection spec `a` has no `id`. (HTTP 200)"),
        ("{\"items\": [{\"id\": 1}]}", "The response for connection spec `a` has no `id`. (HTTP 200)"),
        ("[]", "The response for connection spec `a` is neither an object nor an array of objects. (HTTP 200)"),
    ];
    for (body, expected) in cases {
        let error = read(ok(body)).await;
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::UnexpectedResponse, expected), "{body}");
        assert!(!error.may_have_completed());
    }
    let latin = Step::Respond(b"HTTP/1.1 200 OK\r\n\r\n{\"id\": \"a\", \"b\": \"\xe4\"}".to_vec());
    assert_eq!(read(latin).await.to_string(), not_json);
    let named = respond(200, &[("x-request-id", "r-1")], "");
    let expected = "The response for connection spec `a` is empty. (HTTP 200, request r-1)";
    assert_eq!(read(named).await.to_string(), expected);
}
