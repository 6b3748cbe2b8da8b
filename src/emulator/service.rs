//! The state that all requests share, their log, and the routes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::sync::{mpsc, watch};

use super::api_error::ApiError;
use super::collection::Collection;
use super::fault::Faults;
use super::middleware::middleware;
use super::options::{Behavior, Options};
use super::specs;
use super::store::Store;
use super::token::{self, Tokens};
use crate::flow_service::api::TOKEN_PATH;

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

/// All routes, each with and without a trailing slash.
pub(super) fn router(service: Arc<Service>) -> Router {
    let mut routes = vec![(TOKEN_PATH.to_owned(), post(token::token))];
    for collection in Collection::ALL {
        let all = get(move |service, caller, query| specs::list(collection, service, caller, query))
            .post(move |service, caller, body| specs::create(collection, service, caller, body));
        let one = get(move |service, caller, id| specs::read(collection, service, caller, id))
            .put(move |service, caller, id, body| specs::replace(collection, service, caller, id, body));
        routes.push((collection.path(), all));
        routes.push((format!("{}/{{id}}", collection.path()), one));
    }
    let mut router = Router::new();
    for (path, methods) in routes {
        router = router.route(&format!("{path}/"), methods.clone()).route(&path, methods);
    }
    router
        .fallback(unknown_path)
        .method_not_allowed_fallback(unknown_method)
        // The middleware has read the body already, with its own limit.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(service.clone(), middleware))
        .with_state(service)
}

async fn unknown_path() -> ApiError {
    let detail = "The emulator has no such path, only tokens, connection specs and flow specs.".to_owned();
    ApiError::Plain { status: StatusCode::NOT_FOUND, title: "NotFound", detail }
}

async fn unknown_method() -> ApiError {
    let detail = "This method is not documented for the path, so the emulator does not support it.".to_owned();
    ApiError::Plain { status: StatusCode::METHOD_NOT_ALLOWED, title: "MethodNotAllowed", detail }
}
