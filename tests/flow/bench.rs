//! A client, the server that it asks, and a clock that nobody has to wait for.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use connspec::flow_service::{
    CancellationToken, Client, ClientOptions, Clock, Credentials, Error, Limits, Secret, ServiceTarget,
};

use crate::faulty::{Faulty, Step};

/// What everything here is about.
pub const SPECS: &str = "/data/foundation/flowservice/connectionSpecs";

/// A client and what it works with.
pub struct Bench {
    pub faulty: Faulty,
    pub client: Client,
    pub clock: Arc<Hand>,
    pub stop: CancellationToken,
}

/// A bench to be set up.
pub struct Plan {
    pub credentials: Credentials,
    pub limits: Limits,
    pub cache: Option<PathBuf>,
    pub clock: Arc<Hand>,
}

/// With an access token.
pub fn given() -> Plan {
    Plan {
        credentials: Credentials {
            client_id: Some("client-1".into()),
            access_token: Some(Secret::new("given-token")),
            org: Some("12@AdobeOrg".into()),
            sandbox: Some("dev".into()),
            ..Credentials::default()
        },
        limits: Limits::default(),
        cache: None,
        clock: Arc::default(),
    }
}

/// With a client secret.
pub fn signing_in() -> Plan {
    let mut plan = given();
    plan.credentials.access_token = None;
    plan.credentials.client_secret = Some(Secret::new("p@ss word"));
    plan
}

impl Plan {
    /// Starts the server with this script, for the gateway and the sign-in service both.
    pub async fn with(self, script: impl IntoIterator<Item = Step>) -> Bench {
        let faulty = Faulty::start(script).await;
        self.at(faulty)
    }

    pub fn at(mut self, faulty: Faulty) -> Bench {
        self.credentials.gateway = Some(faulty.address.clone());
        self.credentials.ims = Some(faulty.address.clone());
        let stop = CancellationToken::default();
        let clock = Arc::clone(&self.clock);
        let settings = ClientOptions { limits: self.limits, cache: self.cache, stop: stop.clone(), clock: self.clock };
        let target = ServiceTarget::new(&self.credentials).unwrap().with_token_source("the variable `TOKEN`");
        Bench { faulty, client: Client::new(target, settings).unwrap(), clock, stop }
    }
}

impl Bench {
    /// Asks all that a person could want to know of a failure.
    pub fn told(&self, error: &Error) -> String {
        let acted = if error.may_have_completed() { ", may have acted" } else { "" };
        format!("{:?}{acted}: {}", error.kind(), error.to_string().replace(&self.faulty.address, "ADDRESS"))
    }
}

/// Time that moves when it is told to. Who waits on it does not: the wait is written down, and time moves on.
#[derive(Debug)]
pub struct Hand {
    start: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    passed: Duration,
    time_of_day: SystemTime,
    waits: Vec<Duration>,
}

impl Default for Hand {
    fn default() -> Self {
        // Wednesday, 21 October 2015, 07:28:00 GMT
        let time_of_day = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480);
        Hand {
            start: Instant::now(),
            state: Mutex::new(State { passed: Duration::ZERO, time_of_day, waits: Vec::new() }),
        }
    }
}

impl Hand {
    /// Time passes.
    pub fn pass(&self, span: Duration) {
        let mut state = self.state.lock().unwrap();
        state.passed += span;
        state.time_of_day += span;
    }

    /// Someone sets the clock.
    pub fn set(&self, change: impl FnOnce(SystemTime) -> SystemTime) {
        let mut state = self.state.lock().unwrap();
        state.time_of_day = change(state.time_of_day);
    }

    /// All waits so far, in milliseconds.
    pub fn waits(&self) -> Vec<u128> {
        self.state.lock().unwrap().waits.iter().map(Duration::as_millis).collect()
    }
}

impl Clock for Hand {
    fn now(&self) -> Instant {
        self.start + self.state.lock().unwrap().passed
    }

    fn time_of_day(&self) -> SystemTime {
        self.state.lock().unwrap().time_of_day
    }

    fn wait(&self, pause: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.pass(pause);
        self.state.lock().unwrap().waits.push(pause);
        Box::pin(std::future::ready(()))
    }

    fn chance(&self) -> f64 {
        0.5
    }
}
