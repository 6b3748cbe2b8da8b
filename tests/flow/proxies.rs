//! Proxies come from the environment, which a test can set only for another process: these tests run themselves again.

use std::process::Command;

use connspec::flow_service::{Client, ClientOptions, ErrorKind, ServiceTarget};

use crate::fixture::with_token;
use crate::server::{TestServer, ok, respond};

/// Set in the second run.
const AGAIN: &str = "CONNSPEC_TEST_AGAIN";

fn is_second_run() -> bool {
    std::env::var_os(AGAIN).is_some()
}

/// Runs a test of this module again with a proxy.
async fn again(test: &str, proxy: &TestServer) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", &format!("proxies::{test}")])
        .env(AGAIN, "1")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy"] {
        command.env(name, proxy.url.replace("://", "://me:hunter2@"));
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && stdout.contains("1 passed"), "{stdout}");
}

#[tokio::test]
async fn loopback_requests_bypass_the_proxy() {
    if is_second_run() {
        let fixture = with_token().with([ok(r#"{"id": "a"}"#)]).await;
        fixture.client.connection_spec("a").await.unwrap();
        return;
    }
    let proxy = TestServer::start([]).await;
    again("loopback_requests_bypass_the_proxy", &proxy).await;
    assert_eq!(proxy.requests(), [""; 0]);
}

#[tokio::test]
async fn other_requests_use_the_proxy() {
    if is_second_run() {
        let client =
            Client::new(ServiceTarget::new(&with_token().credentials).unwrap(), ClientOptions::default()).unwrap();
        let expected = [
            "The proxy requires a user name and password. Add them to its URL, as in `http://name:password@proxy:8080`.",
            "The proxy refused to connect to `platform.adobe.io`. Check the URL of the proxy and what it allows.",
        ];
        for expected in expected {
            let error = client.create_connection_spec("{}").await.unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Network, expected));
            assert!(!error.may_have_completed());
        }
        assert!(!format!("{client:?}").contains("hunter2"));
        return;
    }
    let proxy = TestServer::start([respond(407, &[], ""), respond(403, &[], "")]).await;
    again("other_requests_use_the_proxy", &proxy).await;
    let connect = "CONNECT platform.adobe.io:443";
    assert_eq!(proxy.requests(), [connect, connect]);
    // `me:hunter2`
    assert_eq!(proxy.received()[0].header("proxy-authorization"), Some("Basic bWU6aHVudGVyMg=="));
}
