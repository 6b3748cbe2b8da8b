//! Answers that are slow, huge, cut off or no answers at all. Time is stopped and moves on when nothing else can happen.

use std::time::Duration;

use connspec::flow_service::{Error, ErrorKind, Limits};

use crate::bench::{Bench, given};
use crate::faulty::{Step, answer, ok};

async fn bench(step: Step) -> Bench {
    let mut plan = given();
    plan.limits = Limits { answer: 1 << 20, tries: 1, one_try: Duration::from_secs(40), ..Limits::default() };
    plan.with([step]).await
}

async fn read(step: Step) -> Error {
    bench(step).await.client.connection_spec("a").await.unwrap_err()
}

async fn written(step: Step) -> Error {
    bench(step).await.client.create_connection_spec("{}").await.unwrap_err()
}

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[tokio::test(start_paused = true)]
async fn silence_ends_and_may_follow_a_write() {
    for head in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let begun = tokio::time::Instant::now();
        let error = read(Step::Silence(bytes(head))).await;
        let expected = "`127.0.0.1` did not answer in time. Try again later.";
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Timeout, expected), "{head}");
        assert!(!error.may_have_completed() && begun.elapsed() < Duration::from_secs(32), "{:?}", begun.elapsed());
        assert!(written(Step::Silence(bytes(head))).await.may_have_completed());
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_trickles_in_ends_too() {
    let begun = tokio::time::Instant::now();
    let slow = format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}", " ".repeat(100));
    let error = read(Step::Drip(bytes(&slow))).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(begun.elapsed() < Duration::from_secs(42), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_huge_answer_is_not_read() {
    let announced = Step::Silence(bytes("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n"));
    let chunked = Step::Endless(bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40000000\r\n"));
    let unannounced = Step::Endless(bytes("HTTP/1.1 200 OK\r\n\r\n"));
    for step in [announced, chunked, unannounced] {
        let error = read(step.clone()).await;
        let expected = "The answer of `127.0.0.1` has more than 1 MiB and was not read.";
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::UnexpectedResponse, expected));
        assert!(written(step).await.may_have_completed());
    }
}

#[tokio::test]
async fn an_answer_of_the_full_size_is_read() {
    let (begin, end) = (r#"{"id": "a", "text": ""#, "\"}");
    let body = format!("{begin}{}{end}", "x".repeat((1 << 20) - begin.len() - end.len()));
    let item = bench(ok(&body)).await.client.connection_spec("a").await.unwrap();
    assert_eq!(item.text, body);
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_no_answer() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": \"a\"}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nb\r\n{\"id\": \"a\"}\r\n",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "",
        "SSH-2.0-OpenSSH_9.6\r\n",
    ] {
        let error = read(Step::Answer(bytes(answer))).await;
        assert_eq!(error.kind(), ErrorKind::Network, "{answer}: {error}");
        assert!(error.to_string().starts_with("The connection to `127.0.0.1` broke: "), "{error}");
        assert!(written(Step::Answer(bytes(answer))).await.may_have_completed());
    }
}

#[tokio::test]
async fn an_answer_that_is_not_json_is_none() {
    let not_json = "The answer about the connection spec `a` is not JSON; a proxy or a sign-in page may have answered in \
                    place of the service. (HTTP 200)";
    let cases = [
        ("<html>Sign in</html>", not_json),
        ("{\"id\": \"a\",}", not_json),
        ("{\"id\": \"a\"", not_json),
        ("", "The answer about the connection spec `a` is empty. (HTTP 200)"),
        ("{\"name\": 1}", "The answer about the connection spec `a` has no `id`. (HTTP 200)"),
        ("{\"items\": [{\"id\": 1}]}", "The answer about the connection spec `a` has no `id`. (HTTP 200)"),
        ("[]", "The answer about the connection spec `a` is neither an object nor a list of them. (HTTP 200)"),
    ];
    for (body, expected) in cases {
        let error = read(ok(body)).await;
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::UnexpectedResponse, expected), "{body}");
        assert!(!error.may_have_completed());
    }
    let latin = Step::Answer(b"HTTP/1.1 200 OK\r\n\r\n{\"id\": \"a\", \"b\": \"\xe4\"}".to_vec());
    assert_eq!(read(latin).await.to_string(), not_json);
    let named = answer(200, &[("x-request-id", "r-1")], "");
    let expected = "The answer about the connection spec `a` is empty. (HTTP 200, request r-1)";
    assert_eq!(read(named).await.to_string(), expected);
}
