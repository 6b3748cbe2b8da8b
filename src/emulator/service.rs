//! The state that all requests share, with their log and the issued tokens.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};

use super::fault::Faults;
use super::options::{Behavior, Options};
use super::store::Store;

/// The most bytes of bodies in the log; older requests are dropped.
const MAX_LOG_BYTES: usize = 32 << 20;

/// The most requests in the log.
const MAX_LOG_REQUESTS: usize = 10_000;

/// The state that all requests share.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) options: Options,
    pub(super) store: Store,
    pub(super) tokens: Tokens,
    control: Mutex<Control>,
    log: Mutex<Log>,
    /// Becomes true when the emulator stops.
    stopped: watch::Receiver<bool>,
}

/// What can be changed at run time.
#[derive(Debug)]
pub(super) struct Control {
    pub(super) behavior: Behavior,
    pub(super) faults: Faults,
    pub(super) latency: Duration,
    pub(super) token_lifetime: Duration,
}

/// The issued tokens, with their expiry.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<HashMap<String, Instant>>);

impl Tokens {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn issue(&self, lifetime: Duration) -> String {
        let (now, token) = (Instant::now(), format!("emulator-{}", uuid::Uuid::new_v4().simple()));
        let mut tokens = self.lock();
        tokens.retain(|_, expiry| *expiry > now);
        tokens.insert(token.clone(), now + lifetime);
        token
    }

    pub(super) fn is_valid(&self, token: &str) -> bool {
        self.lock().get(token).is_some_and(|expiry| *expiry > Instant::now())
    }

    /// Makes all tokens expire.
    pub(super) fn revoke(&self) {
        self.lock().clear();
    }
}

/// A request. Headers are not logged, and nothing of a request for a token but its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRequest {
    /// The method, such as `GET`.
    pub method: String,
    /// The path with its query; without it outside of Flow Service.
    pub path: String,
    /// The body of a write.
    pub body: String,
    /// The status of the response; `None` if the connection was closed instead.
    pub status: Option<u16>,
}

#[derive(Debug, Default)]
struct Log {
    requests: VecDeque<LoggedRequest>,
    bytes: usize,
    subscribers: Vec<mpsc::UnboundedSender<LoggedRequest>>,
}

impl Service {
    pub(super) fn new(options: Options, store: Store, stopped: watch::Receiver<bool>) -> Service {
        let mut faults = Faults::default();
        options.faults.iter().for_each(|fault| faults.add(*fault));
        let Options { behavior, latency, token_lifetime, .. } = options;
        Service {
            control: Mutex::new(Control { behavior, faults, latency, token_lifetime }),
            options,
            store,
            tokens: Tokens::default(),
            log: Mutex::default(),
            stopped,
        }
    }

    pub(super) fn control(&self) -> MutexGuard<'_, Control> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The logged requests, oldest first.
    pub(super) fn requests(&self) -> Vec<LoggedRequest> {
        self.log().requests.iter().cloned().collect()
    }

    /// The requests that are logged from now on.
    pub(super) fn subscribe(&self) -> mpsc::UnboundedReceiver<LoggedRequest> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.log().subscribers.push(sender);
        receiver
    }

    pub(super) fn log_request(&self, request: LoggedRequest) {
        let mut log = self.log();
        log.subscribers.retain(|subscriber| subscriber.send(request.clone()).is_ok());
        log.bytes += request.body.len();
        log.requests.push_back(request);
        while log.bytes > MAX_LOG_BYTES || log.requests.len() > MAX_LOG_REQUESTS {
            let oldest = log.requests.pop_front();
            log.bytes -= oldest.map_or(0, |oldest| oldest.body.len());
        }
    }

    /// Waits for the configured latency, unless the emulator stops.
    pub(super) async fn simulate_latency(&self) {
        let latency = self.control().latency;
        let mut stopped = self.stopped.clone();
        let _ = tokio::time::timeout(latency, stopped.wait_for(|stopped| *stopped)).await;
    }
}
