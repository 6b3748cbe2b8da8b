//! Ending with the editor, should it be gone without closing the pipe.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

/// The environment variable that switches the watch off, for an editor that names a process of its own that ends early.
const SWITCH: &str = "CONNSPEC_WATCH_PARENT";

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(1);

/// Whether the person who started the server wants the watch.
pub(super) fn wanted() -> bool {
    !matches!(std::env::var(SWITCH).as_deref(), Ok("off" | "0" | "false" | "no"))
}

/// Watches one process.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    on: bool,
    gone: Arc<Notify>,
}

impl Watch {
    pub(super) fn new(on: bool) -> Self {
        Watch { on, gone: Arc::new(Notify::new()) }
    }

    /// Starts to watch. A process that cannot be seen now (the editor runs outside of the server's container, say) is not
    /// watched: its number means nothing here.
    pub(super) fn start(&self, pid: Option<u32>) {
        let Some(pid) = pid.filter(|&pid| self.on && is_alive(pid)) else { return };
        let gone = self.gone.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(EVERY);
            while is_alive(pid) {
                ticks.tick().await;
            }
            tracing::warn!("the editor is gone");
            gone.notify_one();
        });
    }

    /// Ends once the watched process is gone.
    pub(super) async fn gone(&self) {
        self.gone.notified().await;
    }
}

#[cfg(unix)]
fn is_alive(pid: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return false };
    // Someone else's process may not be signalled, and is alive.
    !matches!(test_kill_process(pid), Err(rustix::io::Errno::SRCH))
}

/// Nothing is watched here: the pipe closes with the editor.
#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    false
}
