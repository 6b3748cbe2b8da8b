//! A thread of its own for all that waits for the service or for the disk, begun when there is something to do: the
//! protocol's thread neither waits for them nor has to know about sockets.

use std::sync::OnceLock;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The thread; it ends when this is dropped.
#[derive(Debug, Default)]
pub(super) struct Workshop(OnceLock<Option<Begun>>);

#[derive(Debug)]
struct Begun {
    handle: Handle,
    /// Nothing is sent: that it is gone is the sign to end.
    _end: oneshot::Sender<()>,
}

impl Workshop {
    /// Begins work. It goes on when nobody waits for it. `None` when it panicked, or there is no thread.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = Option<T>> + Send + 'static {
        let begun = self.0.get_or_init(begin).as_ref().map(|begun| begun.handle.spawn(work));
        async move { begun?.await.ok() }
    }
}

fn begin() -> Option<Begun> {
    let (end, ended) = oneshot::channel::<()>();
    let begun = Builder::new_current_thread().enable_all().build().and_then(|runtime| {
        let handle = runtime.handle().clone();
        let work = move || {
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        thread::Builder::new().name("service".to_owned()).spawn(work).map(|_| handle)
    });
    match begun {
        Ok(handle) => Some(Begun { handle, _end: end }),
        Err(error) => {
            tracing::error!("no thread to ask the service: {error}");
            None
        }
    }
}
