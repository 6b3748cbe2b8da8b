//! Cancelling requests without interrupting a write.

use std::sync::Arc;

use tokio::sync::watch;

/// Cancels the requests of all clients that hold a clone of it: reads and waits for a retry at once. A write in progress
/// completes; no other is started.
#[derive(Debug, Clone)]
pub struct CancellationToken(Arc<watch::Sender<bool>>);

impl Default for CancellationToken {
    fn default() -> Self {
        CancellationToken(Arc::new(watch::Sender::new(false)))
    }
}

impl CancellationToken {
    /// Cancels, for good.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Completes when it is cancelled.
    pub async fn cancelled(&self) {
        let mut receiver = self.0.subscribe();
        // The sender lives as long as `self`, so this cannot fail.
        let _ = receiver.wait_for(|cancelled| *cancelled).await;
    }

    /// The output of `work`, or `None` if it was cancelled before.
    pub async fn run_until_cancelled<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.cancelled() => None,
            output = work => Some(output),
        }
    }
}
