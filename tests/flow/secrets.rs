//! No error and no log contains a secret, whatever the server does.

use std::io::Write;
use std::sync::{Arc, Mutex};

use connspec::flow_service::{Client, Secret};
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

use crate::fixture::{Setup, with_client_secret, with_token};
use crate::server::{Step, ok, respond};

/// A part of every secret.
const MARK: &str = "MARKED";

/// The complete log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Log;

    fn make_writer(&self) -> Log {
        self.clone()
    }
}

fn marked(mut setup: Setup) -> Setup {
    let credentials = &mut setup.credentials;
    credentials.access_token = credentials.access_token.take().map(|_| Secret::new("MARKED-token-1"));
    credentials.client_secret = credentials.client_secret.take().map(|_| Secret::new("MARKED s3cret/+ä"));
    setup
}

/// Everything that a client shows: its errors in each format, and itself.
async fn render_all(client: &Client) -> String {
    let errors = [
        client.connection_spec("a").await.err(),
        client.create_connection_spec("{\"body\": \"MARKED-body\"}").await.err(),
        client.replace_flow_spec("a", "{\"body\": \"MARKED-body\"}", None).await.err(),
    ];
    let errors = errors.iter().flatten().map(|error| format!("{error}\n{error:?}\n{error:#?}\n"));
    errors.collect::<String>() + &format!("{client:?}{:#?}", client.target())
}

const TOKEN: &str = "token MARKED-token-1, Bearer MARKED-x";
const FORM: &str = "MARKED s3cret/+ä and client_secret=MARKED%20s3cret%2F%2B%C3%A4&a";

/// Responses that echo what the client has sent, everywhere that is read.
fn echoes(text: &str) -> Vec<Step> {
    let statuses = [400, 401, 403, 404, 412, 429, 500, 503, 200, 201, 302];
    let bodies = [
        text.to_owned(),
        format!(r#"{{"error_code": "{text}", "message": "{text}"}}"#),
        format!(r#"{{"error": "{text}", "error_description": "{text}"}}"#),
        format!(r#"{{"error": "{}"}}"#, text.split(' ').nth(1).unwrap_or_default().trim_end_matches(',')),
        format!(
            r#"{{"type": "https://ns.adobe.com/aep/errors/FLOW-{text}", "report": {{"detailed-message": "{text}", "request-id": "{text}"}}}}"#
        ),
    ];
    let place = format!("https://x:1/{text}?a={text}");
    let headers = [("x-request-id", text), ("location", place.as_str()), ("etag", "\"e\"")];
    let all = statuses.iter().flat_map(|status| bodies.iter().map(|body| respond(*status, &headers, body)));
    let network = [Step::Reset, Step::ResetBeforeBody, Step::Respond(text.into())];
    all.chain(network).collect()
}

#[tokio::test]
async fn errors_and_logs_contain_no_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(Level::TRACE).with_writer(log.clone()).finish();
    // For all threads: otherwise what another one logs first would be disabled.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let mut all = String::new();
    for step in echoes(TOKEN) {
        let fixture = marked(with_token()).with(vec![step.clone(); 12]).await;
        all += &render_all(&fixture.client).await;
        let token = ok(r#"{"access_token": "MARKED-token-1", "expires_in": 9}"#);
        let fixture = marked(with_client_secret()).with([token].into_iter().chain(vec![step; 12])).await;
        all += &render_all(&fixture.client).await;
    }
    for step in echoes(FORM) {
        let fixture = marked(with_client_secret()).with(vec![step; 12]).await;
        all += &render_all(&fixture.client).await;
    }
    all += &String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for expected in ["response", "/ims/token/v3", "Details: ", "retrying"] {
        assert!(all.contains(expected), "{expected}");
    }
    let found: Vec<_> = all.lines().filter(|line| line.contains(MARK)).take(9).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn what_looks_like_a_token_is_not_shown() {
    let body =
        r#"{"message": "no: eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjEifQ.c2ln (token=eyJhbGciOiJSUzI1NiJ9), bearer abc, eyJ"}"#;
    let fixture = with_token().with([respond(400, &[], body)]).await;
    let error = fixture.client.connection_spec("a").await.unwrap_err();
    let expected = "Flow Service rejected connection spec `a`. Details: no: … … bearer … eyJ. (HTTP 400)";
    assert_eq!(error.to_string(), expected);
}
