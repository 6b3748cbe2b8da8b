//! What is asked again, after how long, and what never is.

use connspec::flow_service::ErrorKind;

use crate::bench::{Bench, given};
use crate::faulty::{Faulty, Step, answer, ok};

const ITEM: &str = r#"{"id": "a"}"#;

fn busy(status: u16) -> Step {
    answer(status, &[], "")
}

fn asks_to_wait(status: u16, wait: &str) -> Step {
    answer(status, &[("retry-after", wait)], "")
}

async fn bench(script: impl IntoIterator<Item = Step>) -> Bench {
    given().with(script).await
}

#[tokio::test]
async fn a_read_is_asked_again_after_growing_random_pauses() {
    let bench = bench([busy(503), busy(502), busy(504), ok(ITEM)]).await;
    bench.client.connection_spec("a").await.unwrap();
    assert_eq!(bench.clock.waits(), [250, 500, 1000]);
}

#[tokio::test]
async fn it_is_not_asked_for_ever() {
    let bench = bench([busy(503), busy(503), busy(503), busy(503), ok(ITEM)]).await;
    let error = bench.client.connection_spec("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert_eq!(bench.faulty.asked().len(), 4);
}

#[tokio::test]
async fn the_service_says_how_long_to_wait() {
    // The clock of the bench says 07:28:00.
    let at = "Wed, 21 Oct 2015 07:28:07 GMT";
    let past = "Wed, 21 Oct 2015 07:00:00 GMT";
    let bench = bench([asks_to_wait(429, "2"), asks_to_wait(503, at), asks_to_wait(429, past), ok(ITEM)]).await;
    bench.client.connection_spec("a").await.unwrap();
    // Two of the seven seconds have passed already.
    assert_eq!(bench.clock.waits(), [2000, 5000, 0]);
}

#[tokio::test]
async fn a_wait_that_cannot_be_read_is_one_of_ours() {
    let bench = bench([asks_to_wait(429, "soon"), asks_to_wait(429, "-1"), ok(ITEM)]).await;
    bench.client.connection_spec("a").await.unwrap();
    assert_eq!(bench.clock.waits(), [250, 500]);
}

#[tokio::test]
async fn a_long_wait_is_left_to_the_person() {
    for (wait, words) in [("90", "90 seconds"), ("3600", "60 minutes"), ("99999999999999999999", "a few minutes")] {
        let bench = bench([asks_to_wait(429, wait), busy(429), busy(429), busy(429)]).await;
        let error = bench.client.connection_spec("a").await.unwrap_err();
        let text = format!("RateLimited: The service gets too many requests. Try again in {words}. (HTTP 429)");
        assert_eq!(bench.told(&error), text);
    }
}

#[tokio::test]
async fn patience_ends() {
    let script: Vec<_> = (0..4).map(|_| asks_to_wait(503, "25")).collect();
    let bench = bench(script).await;
    bench.client.connection_spec("a").await.unwrap_err();
    assert_eq!(bench.clock.waits(), [25_000, 25_000]);
    assert_eq!(bench.faulty.asked().len(), 3);
}

#[tokio::test]
async fn a_broken_connection_is_tried_again() {
    let half = Step::Answer(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"".to_vec());
    let bench = bench([Step::Reset, half, ok(ITEM)]).await;
    bench.client.connection_spec("a").await.unwrap();
    assert_eq!(bench.clock.waits(), [250, 500]);
}

#[tokio::test]
async fn a_full_replacement_may_be_repeated() {
    let bench = bench([Step::Reset, busy(503), Step::ResetBeforeBody, ok(ITEM)]).await;
    bench.client.replace_connection_spec("a", "{}", None).await.unwrap();
    assert_eq!(bench.faulty.asked().len(), 4);
}

#[tokio::test]
async fn a_repeated_replacement_may_have_acted_when_it_is_refused_in_the_end() {
    let bench = bench([Step::Reset, busy(412), busy(429), busy(412), busy(503), busy(400)]).await;
    let conflict = bench.client.replace_connection_spec("a", "{}", Some("\"1\"")).await.unwrap_err();
    assert_eq!((conflict.kind(), conflict.may_have_completed()), (ErrorKind::Conflict, true));
    let conflict = bench.client.replace_connection_spec("a", "{}", Some("\"1\"")).await.unwrap_err();
    assert_eq!((conflict.kind(), conflict.may_have_completed()), (ErrorKind::Conflict, false));
    let refused = bench.client.replace_connection_spec("a", "{}", None).await.unwrap_err();
    assert_eq!((refused.kind(), refused.may_have_completed()), (ErrorKind::Rejected, true));
}

#[tokio::test]
async fn a_new_spec_is_never_sent_twice() {
    let broken = Step::Answer(b"HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{".to_vec());
    let cases = [
        (busy(429), ErrorKind::RateLimited, false),
        (asks_to_wait(429, "1"), ErrorKind::RateLimited, false),
        (busy(500), ErrorKind::Unavailable, true),
        (busy(502), ErrorKind::Unavailable, true),
        (busy(503), ErrorKind::Unavailable, true),
        (busy(504), ErrorKind::Timeout, true),
        (busy(400), ErrorKind::Rejected, false),
        (Step::Reset, ErrorKind::Network, true),
        (Step::ResetBeforeBody, ErrorKind::Network, true),
        (broken, ErrorKind::Network, true),
        (answer(201, &[], ""), ErrorKind::UnexpectedResponse, true),
        (answer(201, &[], "<html>"), ErrorKind::UnexpectedResponse, true),
        (answer(201, &[], r#"{"items": []}"#), ErrorKind::UnexpectedResponse, true),
    ];
    for (step, kind, acted) in cases {
        let bench = bench([step.clone(), ok(ITEM)]).await;
        let error = bench.client.create_connection_spec("{}").await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_completed()), (kind, acted), "{step:?}");
        assert_eq!((bench.faulty.asked().len(), bench.clock.waits().len()), (1, 0), "{step:?}");
    }
}

#[tokio::test]
async fn what_never_reached_the_service_has_not_acted() {
    let mut faulty = Faulty::start([]).await;
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    faulty.address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let bench = given().at(faulty);
    let error = bench.client.create_connection_spec("{}").await.unwrap_err();
    let expected = "Network: `127.0.0.1` cannot be reached: Connection refused. Check the network and the proxy.";
    assert_eq!(bench.told(&error), expected);
    assert!(!error.may_have_completed() && bench.clock.waits().is_empty());
}

#[tokio::test]
async fn an_error_of_the_service_itself_is_not_asked_about_again() {
    let bench = bench([busy(500), ok(ITEM)]).await;
    assert_eq!(bench.client.connection_spec("a").await.unwrap_err().kind(), ErrorKind::Unavailable);
    assert_eq!(bench.faulty.asked().len(), 1);
}

#[tokio::test]
async fn what_is_stopped_does_not_begin() {
    let bench = bench([ok(ITEM)]).await;
    bench.stop.cancel();
    for error in [
        bench.client.connection_spec("a").await.unwrap_err(),
        bench.client.create_connection_spec("{}").await.unwrap_err(),
    ] {
        assert_eq!(bench.told(&error), "Cancelled: It was stopped.");
    }
    assert!(bench.faulty.asked().is_empty());
}

#[tokio::test]
async fn a_read_under_way_is_stopped_and_a_write_is_not() {
    let bench = bench([Step::Silence(Vec::new())]).await;
    let stopping = async {
        bench.faulty.when_seen(1).await;
        bench.stop.cancel();
    };
    let (read, ()) = tokio::join!(bench.client.connection_spec("a"), stopping);
    assert_eq!(read.unwrap_err().kind(), ErrorKind::Cancelled);

    let bench = given().with([Step::Hold(Box::new(ok(ITEM)))]).await;
    let stopping = async {
        bench.faulty.when_seen(1).await;
        bench.stop.cancel();
        bench.faulty.release();
    };
    let (write, ()) = tokio::join!(bench.client.replace_connection_spec("a", "{}", None), stopping);
    assert_eq!(write.unwrap().id, "a");
}
