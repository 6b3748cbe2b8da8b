//! Starting and stopping an emulator.

use std::future::pending;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::sync::{mpsc, watch};

use super::Error;
use super::connection::{self, ConnectionHandle, Listener};
use super::fault::Fault;
use super::options::{Behavior, Options};
use super::routes::router;
use super::service::{LoggedRequest, Service};
use super::store::{AddressFile, Storage, Store};

/// How long requests in progress may take when the emulator stops.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(1);

/// A running emulator. It stops when dropped: requests in progress are completed first, for at most a second.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    address_file: Option<AddressFile>,
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts an emulator on a new thread of this process: it needs no runtime of the caller, and no caller can block it.
    pub fn start(options: Options) -> Result<Emulator, Error> {
        let port = options.port;
        let (listener, address) = connection::listen(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => Error::PortInUse(port),
            _ => Error::Listen(port, error),
        })?;
        let store = Store::open(&options.storage)?;
        let address_file = match &options.storage {
            Storage::Memory => None,
            Storage::File(path) => AddressFile::create(path, address),
        };
        let (stop, stopped) = watch::channel(false);
        let service = Arc::new(Service::new(options, store, stopped.clone()));
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(Error::System)?;
        let shared = service.clone();
        let thread = thread::Builder::new().name("emulator".to_owned());
        let thread = thread.spawn(move || serve(&runtime, listener, shared, stopped)).map_err(Error::System)?;
        Ok(Emulator { address, address_file, service, stop, thread: Some(thread) })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of its gateway and its IMS: `http://127.0.0.1:…`, without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Issues an access token.
    pub fn token(&self) -> String {
        let lifetime = self.service.control().token_lifetime;
        self.service.tokens.issue(lifetime)
    }

    /// Makes all access tokens expire.
    pub fn revoke_tokens(&self) {
        self.service.tokens.revoke();
    }

    /// Sets the lifetime of the tokens that are issued from now on; with zero they have expired when issued.
    pub fn set_token_lifetime(&self, lifetime: Duration) {
        self.service.control().token_lifetime = lifetime;
    }

    /// Changes what Adobe's documents disagree on.
    pub fn set_behavior(&self, behavior: Behavior) {
        self.service.control().behavior = behavior;
    }

    /// Sets the delay of every response.
    pub fn set_latency(&self, latency: Duration) {
        self.service.control().latency = latency;
    }

    /// Adds a fault to those already injected.
    pub fn inject(&self, fault: Fault) {
        self.service.control().faults.add(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.service.control().faults.clear();
    }

    /// The requests so far, oldest first. Of very many only the last ones are kept.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.service.requests()
    }

    /// The requests from now on, each when it is complete.
    pub fn subscribe(&self) -> mpsc::UnboundedReceiver<LoggedRequest> {
        self.service.subscribe()
    }

    /// Stops it. Specs are already stored.
    pub fn stop(self) {}
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // The data file is still locked: the next emulator to open it writes another address file.
        drop(self.address_file.take());
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // A panic was reported by the thread itself.
            let _ = thread.join();
        }
    }
}

fn serve(
    runtime: &Runtime,
    listener: std::net::TcpListener,
    service: Arc<Service>,
    mut stopped: watch::Receiver<bool>,
) {
    let _ = runtime.block_on(async {
        let listener = Listener(TcpListener::from_std(listener)?);
        let router = router(service).into_make_service_with_connect_info::<ConnectionHandle>();
        let mut receiver = stopped.clone();
        let shutdown = async move {
            let _ = receiver.wait_for(|stopped| *stopped).await;
        };
        let serving = axum::serve(listener, router).with_graceful_shutdown(shutdown);
        let grace_over = async {
            let _ = stopped.wait_for(|stopped| *stopped).await;
            let _ = tokio::time::timeout(SHUTDOWN_GRACE, pending::<()>()).await;
        };
        tokio::select! {
            served = serving => served,
            () = grace_over => Ok::<_, io::Error>(()),
        }
    });
}
