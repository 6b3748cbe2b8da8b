//! Proxies are taken from the environment, which a test can set for another process alone: these tests run themselves
//! once more.

use std::process::Command;

use connspec::flow_service::{Client, ClientOptions, ErrorKind, ServiceTarget};

use crate::bench::given;
use crate::faulty::{Faulty, answer, ok};

/// Is set in the second run.
const AGAIN: &str = "CONNSPEC_TEST_AGAIN";

fn is_second_run() -> bool {
    std::env::var_os(AGAIN).is_some()
}

/// Runs this test of this module again behind a proxy.
async fn again(test: &str, proxy: &Faulty) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", &format!("proxies::{test}")])
        .env(AGAIN, "1")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy"] {
        command.env(name, proxy.address.replace("://", "://me:hunter2@"));
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
async fn this_machine_is_asked_without_a_proxy() {
    if is_second_run() {
        let bench = given().with([ok(r#"{"id": "a"}"#)]).await;
        bench.client.connection_spec("a").await.unwrap();
        return;
    }
    let proxy = Faulty::start([]).await;
    again("this_machine_is_asked_without_a_proxy", &proxy).await;
    assert_eq!(proxy.asked(), [""; 0]);
}

#[tokio::test]
async fn the_service_is_asked_through_the_proxy() {
    if is_second_run() {
        let client = Client::new(ServiceTarget::new(&given().credentials).unwrap(), ClientOptions::default()).unwrap();
        let expected = [
            "The proxy wants a user name and password. Set them in its address, as in `http://name:password@proxy:8080`.",
            "The proxy does not connect to `platform.adobe.io`. Check its address and what it allows.",
        ];
        for expected in expected {
            let error = client.create_connection_spec("{}").await.unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Network, expected));
            assert!(!error.may_have_completed());
        }
        assert!(!format!("{client:?}").contains("hunter2"));
        return;
    }
    let proxy = Faulty::start([answer(407, &[], ""), answer(403, &[], "")]).await;
    again("the_service_is_asked_through_the_proxy", &proxy).await;
    let connect = "CONNECT platform.adobe.io:443";
    assert_eq!(proxy.asked(), [connect, connect]);
    // `me:hunter2`
    assert_eq!(proxy.seen()[0].header("proxy-authorization"), Some("Basic bWU6aHVudGVyMg=="));
}
