//! A client, its server, and a clock that nobody has to wait for.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use connspec::flow_service::{
    CancellationToken, Client, ClientOptions, Clock, Credentials, Error, Limits, Secret, ServiceTarget,
};
use connspec::project::TrustedUrl;

use crate::server::{Step, TestServer};

/// The path of connection specs.
pub const SPECS: &str = "/data/foundation/flowservice/connectionSpecs";

/// A client and what it works with.
pub struct Fixture {
    pub server: TestServer,
    pub client: Client,
    pub clock: Arc<ManualClock>,
    pub cancellation: CancellationToken,
}

/// The configuration of a [`Fixture`].
pub struct Setup {
    pub credentials: Credentials,
    pub limits: Limits,
    pub token_folder: Option<PathBuf>,
    pub clock: Arc<ManualClock>,
}

/// A client with an access token.
pub fn with_token() -> Setup {
    Setup {
        credentials: Credentials {
            client_id: Some("client-1".into()),
            access_token: Some(Secret::new("given-token")),
            org: Some("12@AdobeOrg".into()),
            sandbox: Some("dev".into()),
            ..Credentials::default()
        },
        limits: Limits::default(),
        token_folder: None,
        clock: Arc::default(),
    }
}

/// A client with a client secret.
pub fn with_client_secret() -> Setup {
    let mut setup = with_token();
    setup.credentials.access_token = None;
    setup.credentials.client_secret = Some(Secret::new("p@ss word"));
    setup
}

impl Setup {
    /// Starts a server with this script, as gateway and as IMS.
    pub async fn with(self, script: impl IntoIterator<Item = Step>) -> Fixture {
        let server = TestServer::start(script).await;
        self.at(server)
    }

    pub fn at(mut self, server: TestServer) -> Fixture {
        self.credentials.gateway = Some(TrustedUrl::from_person(&server.url));
        self.credentials.ims = Some(TrustedUrl::from_person(&server.url));
        let cancellation = CancellationToken::default();
        let clock = Arc::clone(&self.clock);
        let options = ClientOptions {
            limits: self.limits,
            token_folder: self.token_folder,
            cancellation: cancellation.clone(),
            clock: self.clock,
        };
        let target = ServiceTarget::new(&self.credentials).unwrap().with_token_source("the variable `TOKEN`");
        Fixture { server, client: Client::new(target, options).unwrap(), clock, cancellation }
    }
}

impl Fixture {
    /// All that callers can know about an error.
    pub fn describe(&self, error: &Error) -> String {
        let completed = if error.may_have_completed() { ", may have completed" } else { "" };
        format!("{:?}{completed}: {}", error.kind(), error.to_string().replace(&self.server.url, "URL"))
    }
}

/// A clock that a test sets. Sleeping on it takes no time: the delay is recorded, and the clock advances.
#[derive(Debug)]
pub struct ManualClock {
    start: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    elapsed: Duration,
    system_time: SystemTime,
    delays: Vec<Duration>,
}

impl Default for ManualClock {
    fn default() -> Self {
        // Wednesday, 21 October 2015, 07:28:00 GMT
        let system_time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480);
        let state = State { elapsed: Duration::ZERO, system_time, delays: Vec::new() };
        ManualClock { start: Instant::now(), state: Mutex::new(state) }
    }
}

impl ManualClock {
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state.lock().unwrap();
        state.elapsed += duration;
        state.system_time += duration;
    }

    /// Changes the time of day, as a user can.
    pub fn set_system_time(&self, change: impl FnOnce(SystemTime) -> SystemTime) {
        let mut state = self.state.lock().unwrap();
        state.system_time = change(state.system_time);
    }

    /// All delays so far, in milliseconds.
    pub fn delays(&self) -> Vec<u128> {
        self.state.lock().unwrap().delays.iter().map(Duration::as_millis).collect()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        self.start + self.state.lock().unwrap().elapsed
    }

    fn system_time(&self) -> SystemTime {
        self.state.lock().unwrap().system_time
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.advance(duration);
        self.state.lock().unwrap().delays.push(duration);
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> f64 {
        0.5
    }
}
