//! A way to end what is under way without cutting a write in the middle.

use std::sync::Arc;

use tokio::sync::watch;

/// Ends the requests of the clients that hold it: reads at once, waiting for another try too. A write that is under way
/// is left to end; no other begins.
#[derive(Debug, Clone)]
pub struct CancellationToken(Arc<watch::Sender<bool>>);

impl Default for CancellationToken {
    fn default() -> Self {
        CancellationToken(Arc::new(watch::Sender::new(false)))
    }
}

impl CancellationToken {
    /// Stops. What is stopped stays so.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was stopped.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends when it is stopped.
    pub async fn cancelled(&self) {
        let mut seen = self.0.subscribe();
        // The sender lives as long as `self`, so this ends for no other reason.
        let _ = seen.wait_for(|stopped| *stopped).await;
    }

    /// What comes of this work, or nothing when it is stopped before.
    pub async fn run_until_cancelled<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.cancelled() => None,
            done = work => Some(done),
        }
    }
}
