//! No secret is in any error or log, whatever the other end does.

use std::io::Write;
use std::sync::{Arc, Mutex};

use connspec::flow_service::{Client, Secret};
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

use crate::bench::{Plan, given, signing_in};
use crate::faulty::{Step, answer, ok};

/// What stands in every secret.
const MARK: &str = "MARKED";

/// All that is logged.
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

fn marked(mut plan: Plan) -> Plan {
    let credentials = &mut plan.credentials;
    credentials.access_token = credentials.access_token.take().map(|_| Secret::new("MARKED-token-1"));
    credentials.client_secret = credentials.client_secret.take().map(|_| Secret::new("MARKED s3cret/+ä"));
    plan
}

/// All that asking this client brings to light: errors in each format, the client itself.
async fn shown(client: &Client) -> String {
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

/// Answers that say this back, which the client has sent, in every place that is read.
fn echoes(said: &str) -> Vec<Step> {
    let statuses = [400, 401, 403, 404, 412, 429, 500, 503, 200, 201, 302];
    let bodies = [
        said.to_owned(),
        format!(r#"{{"error_code": "{said}", "message": "{said}"}}"#),
        format!(r#"{{"error": "{said}", "error_description": "{said}"}}"#),
        format!(r#"{{"error": "{}"}}"#, said.split(' ').nth(1).unwrap_or_default().trim_end_matches(',')),
        format!(
            r#"{{"type": "https://ns.adobe.com/aep/errors/FLOW-{said}", "report": {{"detailed-message": "{said}", "request-id": "{said}"}}}}"#
        ),
    ];
    let place = format!("https://x:1/{said}?a={said}");
    let headers = [("x-request-id", said), ("location", place.as_str()), ("etag", "\"e\"")];
    let all = statuses.iter().flat_map(|status| bodies.iter().map(|body| answer(*status, &headers, body)));
    let network = [Step::Reset, Step::ResetBeforeBody, Step::Answer(said.into())];
    all.chain(network).collect()
}

#[tokio::test]
async fn no_error_and_no_log_shows_a_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(Level::TRACE).with_writer(log.clone()).finish();
    // For all threads: what another one logs first would else be taken for something that nobody wants.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let mut all = String::new();
    for step in echoes(TOKEN) {
        let bench = marked(given()).with(vec![step.clone(); 12]).await;
        all += &shown(&bench.client).await;
        // The token is got first.
        let token = ok(r#"{"access_token": "MARKED-token-1", "expires_in": 9}"#);
        let bench = marked(signing_in()).with([token].into_iter().chain(vec![step; 12])).await;
        all += &shown(&bench.client).await;
    }
    for step in echoes(FORM) {
        let bench = marked(signing_in()).with(vec![step; 12]).await;
        all += &shown(&bench.client).await;
    }
    all += &String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for expected in ["answered", "/ims/token/v3", "It says: ", "asks again"] {
        assert!(all.contains(expected), "{expected}");
    }
    let found: Vec<_> = all.lines().filter(|line| line.contains(MARK)).take(9).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn what_looks_like_a_token_is_not_shown_either() {
    let body =
        r#"{"message": "no: eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjEifQ.c2ln (token=eyJhbGciOiJSUzI1NiJ9), bearer abc, eyJ"}"#;
    let bench = given().with([answer(400, &[], body)]).await;
    let error = bench.client.connection_spec("a").await.unwrap_err();
    let expected = "The service does not accept the connection spec `a`. It says: no: … … bearer … eyJ. (HTTP 400)";
    assert_eq!(error.to_string(), expected);
}
