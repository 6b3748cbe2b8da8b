//! What all requests share, and which paths there are.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::sync::{mpsc, watch};

use super::fault::Faults;
use super::log::{self, Log};
use super::options::{Behavior, Options};
use super::passage;
use super::refusal::Refusal;
use super::specs;
use super::store::Store;
use super::token::{self, Tokens};
use super::wire::Kind;
use crate::flow_service::api::TOKEN_PATH;

/// Everything that requests share.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) options: Options,
    pub(super) store: Store,
    pub(super) tokens: Tokens,
    control: Mutex<Control>,
    log: Mutex<Log>,
    watchers: Mutex<Vec<mpsc::UnboundedSender<log::Request>>>,
    /// Becomes true when the emulator ends.
    stopped: watch::Receiver<bool>,
}

/// What can be changed while it runs.
#[derive(Debug)]
pub(super) struct Control {
    pub(super) behavior: Behavior,
    pub(super) faults: Faults,
    pub(super) latency: Duration,
    pub(super) token_lifetime: Duration,
}

impl Service {
    pub(super) fn new(options: Options, store: Store, stopped: watch::Receiver<bool>) -> Service {
        let mut faults = Faults::default();
        options.faults.iter().for_each(|fault| faults.add(*fault));
        let (behavior, latency, token_lifetime) = (options.behavior, options.latency, options.token_lifetime);
        Service {
            control: Mutex::new(Control { behavior, faults, latency, token_lifetime }),
            options,
            store,
            tokens: Tokens::default(),
            log: Mutex::default(),
            watchers: Mutex::default(),
            stopped,
        }
    }

    pub(super) fn control(&self) -> MutexGuard<'_, Control> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends every request that comes from now on.
    pub(super) fn watch(&self) -> mpsc::UnboundedReceiver<log::Request> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    pub(super) fn remember(&self, request: log::Request) {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.retain(|watcher| watcher.send(request.clone()).is_ok());
        self.log().add(request);
    }

    /// Waits as long as every answer takes, unless the emulator ends.
    pub(super) async fn linger(&self) {
        let latency = self.control().latency;
        let mut stopped = self.stopped.clone();
        let _ = tokio::time::timeout(latency, stopped.wait_for(|stopped| *stopped)).await;
    }
}

/// All paths, each with and without a slash at its end.
pub(super) fn router(service: Arc<Service>) -> Router {
    let mut routes = vec![(TOKEN_PATH.to_owned(), post(token::token))];
    for kind in Kind::ALL {
        let all = get(move |service, caller, query| specs::list(kind, service, caller, query))
            .post(move |service, caller, body| specs::create(kind, service, caller, body));
        let one = get(move |service, caller, id| specs::read(kind, service, caller, id))
            .put(move |service, caller, id, body| specs::replace(kind, service, caller, id, body));
        routes.push((kind.path(), all));
        routes.push((format!("{}/{{id}}", kind.path()), one));
    }
    let mut router = Router::new();
    for (path, methods) in routes {
        router = router.route(&format!("{path}/"), methods.clone()).route(&path, methods);
    }
    router
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        // The body was read on its way, with a limit of its own.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(service.clone(), passage::pass))
        .with_state(service)
}

async fn no_such_path() -> Refusal {
    let detail = "The emulator does not offer this path. It has a token, connection specs and flow specs.".to_owned();
    Refusal::Plain { status: StatusCode::NOT_FOUND, title: "NotFound", detail }
}

async fn no_such_method() -> Refusal {
    let detail = "No document says that the service knows this method here, so the emulator does not.".to_owned();
    Refusal::Plain { status: StatusCode::METHOD_NOT_ALLOWED, title: "MethodNotAllowed", detail }
}
