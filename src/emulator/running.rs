//! Starting an emulator, and the handle of one that runs.

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
use super::fault::Fault;
use super::line::{self, Line, Lines};
use super::log::Request;
use super::options::{Behavior, Options};
use super::service::{self, Service};
use super::sign::Sign;
use super::store::{Storage, Store};

/// How long requests that have begun may take to end when the emulator does.
const FAREWELL: Duration = Duration::from_secs(1);

/// A Flow Service on this machine.
#[derive(Debug)]
pub struct Emulator;

impl Emulator {
    /// Starts one in this process, on a thread of its own: it needs no runtime of the caller, and no caller can hold it up.
    pub fn start(options: Options) -> Result<RunningEmulator, Error> {
        let port = options.port;
        let (listener, address) = line::listen(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => Error::PortInUse(port),
            _ => Error::Listen(port, error),
        })?;
        let store = Store::open(&options.storage)?;
        let sign = match &options.storage {
            Storage::Memory => None,
            Storage::File(path) => Sign::put_up(path, address),
        };
        let (stop, stopped) = watch::channel(false);
        let service = Arc::new(Service::new(options, store, stopped.clone()));
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(Error::System)?;
        let shared = service.clone();
        let thread = thread::Builder::new().name("emulator".to_owned());
        let thread = thread.spawn(move || serve(&runtime, listener, shared, stopped)).map_err(Error::System)?;
        Ok(RunningEmulator { address, sign, service, stop, thread: Some(thread) })
    }
}

fn serve(
    runtime: &Runtime,
    listener: std::net::TcpListener,
    service: Arc<Service>,
    mut stopped: watch::Receiver<bool>,
) {
    let _ = runtime.block_on(async {
        let listener = Lines(TcpListener::from_std(listener)?);
        let router = service::router(service).into_make_service_with_connect_info::<Line>();
        let mut told = stopped.clone();
        let farewell = async move {
            let _ = told.wait_for(|stopped| *stopped).await;
        };
        let serving = axum::serve(listener, router).with_graceful_shutdown(farewell);
        let patience = async {
            let _ = stopped.wait_for(|stopped| *stopped).await;
            let _ = tokio::time::timeout(FAREWELL, pending::<()>()).await;
        };
        tokio::select! {
            served = serving => served,
            () = patience => Ok::<_, io::Error>(()),
        }
    });
}

/// An emulator that runs. Ends when it is dropped: requests that have begun are answered first, for at most a second.
#[derive(Debug)]
pub struct RunningEmulator {
    address: SocketAddr,
    sign: Option<Sign>,
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl RunningEmulator {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to take for the gateway and for the sign-in service: `http://127.0.0.1:…`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A token as the sign-in service hands them out.
    pub fn token(&self) -> String {
        let life = self.service.control().token_lifetime;
        self.service.tokens.issue(life)
    }

    /// Ends all tokens: they are refused as those are whose life is over.
    pub fn revoke_tokens(&self) {
        self.service.tokens.revoke();
    }

    /// How long tokens live that are asked for from now on; no time at all hands out tokens that are over.
    pub fn set_token_lifetime(&self, life: Duration) {
        self.service.control().token_lifetime = life;
    }

    /// Behaves in another of the ways that the sources disagree on.
    pub fn set_behavior(&self, behavior: Behavior) {
        self.service.control().behavior = behavior;
    }

    /// Takes this long for every answer from now on.
    pub fn set_latency(&self, latency: Duration) {
        self.service.control().latency = latency;
    }

    /// Lets something go wrong, beside what goes wrong already.
    pub fn inject(&self, fault: Fault) {
        self.service.control().faults.add(fault);
    }

    /// Lets nothing go wrong any more.
    pub fn clear_faults(&self) {
        self.service.control().faults.clear();
    }

    /// The requests that came, oldest first. Of very many only the last are remembered.
    pub fn requests(&self) -> Vec<Request> {
        self.service.log().all()
    }

    /// The requests that come from now on, each once it was answered.
    pub fn watch(&self) -> mpsc::UnboundedReceiver<Request> {
        self.service.watch()
    }

    /// Ends it; all it was told is kept.
    pub fn stop(self) {}
}

impl Drop for RunningEmulator {
    fn drop(&mut self) {
        // The file is still locked here: whoever opens it next puts up a sign of its own.
        drop(self.sign.take());
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // A panic in it has been reported by the thread itself.
            let _ = thread.join();
        }
    }
}
