//! Credentials stay with the host that they are for.

use connspec::flow_service::ErrorKind;

use crate::bench::{SPECS, given, signing_in};
use crate::faulty::{Faulty, Step, answer, ok};

fn to(status: u16, place: &str) -> Step {
    answer(status, &[("location", place)], "")
}

#[tokio::test]
async fn a_read_is_led_on_within_its_host() {
    for status in [301, 302, 303, 307, 308] {
        let bench = given().with([to(status, "/elsewhere?a=b"), ok(r#"{"id": "a"}"#)]).await;
        bench.client.connection_spec("a").await.unwrap();
        assert_eq!(bench.faulty.asked(), [format!("GET {SPECS}/a"), "GET /elsewhere?a=b".to_owned()]);
        assert_eq!(bench.faulty.seen()[1].header("authorization"), Some("Bearer given-token"));
    }
}

#[tokio::test]
async fn another_host_gets_nothing() {
    let other = Faulty::start([ok(r#"{"id": "a"}"#)]).await;
    let place = format!("{}/path?token=secret", other.address);
    let bench = given().with([to(302, &place), to(307, &place), to(308, &place)]).await;
    let errors = [
        bench.client.connection_spec("a").await.unwrap_err(),
        bench.client.create_connection_spec("{}").await.unwrap_err(),
        bench.client.replace_connection_spec("a", "{}", None).await.unwrap_err(),
    ];
    for error in errors {
        let expected = format!(
            "`127.0.0.1` wants the request to go to `{}`, where the credentials do not belong. Check the address and the proxy.",
            other.address
        );
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::UnexpectedResponse, expected));
    }
    assert_eq!(other.asked(), [""; 0]);
}

#[tokio::test]
async fn a_write_is_not_led_on_at_all() {
    let bench = given().with([to(307, "/elsewhere"), to(308, "/elsewhere")]).await;
    let error = bench.client.create_connection_spec("{}").await.unwrap_err();
    assert!(error.kind() == ErrorKind::UnexpectedResponse && error.may_have_completed(), "{error}");
    bench.client.replace_connection_spec("a", "{}", None).await.unwrap_err();
    assert_eq!(bench.faulty.asked().len(), 2);
}

#[tokio::test]
async fn a_secret_is_not_led_on_either() {
    let bench = signing_in().with([to(307, "/elsewhere")]).await;
    assert_eq!(bench.client.connection_spec("a").await.unwrap_err().kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(bench.faulty.asked(), ["POST /ims/token/v3"]);
}

#[tokio::test]
async fn a_circle_ends() {
    let script: Vec<_> = (0..9).map(|_| to(302, "/round")).collect();
    let bench = given().with(script).await;
    let error = bench.client.connection_spec("a").await.unwrap_err();
    assert_eq!(
        bench.told(&error),
        "UnexpectedResponse: `127.0.0.1` sends the request from address to address without an end."
    );
    assert_eq!(bench.faulty.asked().len(), 6);
}

#[tokio::test]
async fn places_that_are_none_are_said_to_be_so() {
    for (place, shown) in [("http://", "an address that cannot be read"), ("file:///etc", "null")] {
        let bench = given().with([to(302, place)]).await;
        let error = bench.client.connection_spec("a").await.unwrap_err();
        assert!(error.to_string().contains(&format!("go to `{shown}`")), "{error}");
    }
}
