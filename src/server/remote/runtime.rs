//! A thread for everything that waits for Flow Service or for the disk. The protocol's thread does not wait for them.

use std::sync::OnceLock;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The thread, started with the first work. It ends when this is dropped.
#[derive(Debug, Default)]
pub(super) struct ServiceRuntime(OnceLock<Option<Started>>);

#[derive(Debug)]
struct Started {
    handle: Handle,
    /// Dropping it ends the thread.
    _end: oneshot::Sender<()>,
}

impl ServiceRuntime {
    /// Does work. It goes on if nobody waits for it. `None` if it panicked, or there is no thread.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = Option<T>> + Send + 'static {
        let task = self.0.get_or_init(start).as_ref().map(|started| started.handle.spawn(work));
        async move { task?.await.ok() }
    }
}

fn start() -> Option<Started> {
    let (end, ended) = oneshot::channel::<()>();
    let started = Builder::new_current_thread().enable_all().build().and_then(|runtime| {
        let handle = runtime.handle().clone();
        let work = move || {
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        thread::Builder::new().name("service".to_owned()).spawn(work).map(|_| handle)
    });
    match started {
        Ok(handle) => Some(Started { handle, _end: end }),
        Err(error) => {
            tracing::error!("no thread for Flow Service: {error}");
            None
        }
    }
}
