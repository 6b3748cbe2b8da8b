//! The server as a process of its own: standard input and output, and its parent.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::Notify;

use super::features::Ide;
use super::pool::MAX_THREADS;
use super::{Server, log};

/// The environment variable that turns the watch off, for an editor whose `processId` is one that ends early.
const WATCH_PARENT: &str = "CONNSPEC_WATCH_PARENT";

const WATCH_INTERVAL: Duration = Duration::from_secs(1);

/// Serves the client on standard input and output and returns the exit code. The caller has to end the process with it at
/// once: a thread may still be reading standard input.
pub fn run() -> i32 {
    let log = log::start();
    // One more thread each for reading and for writing.
    let runtime = match Builder::new_current_thread().enable_time().max_blocking_threads(MAX_THREADS + 2).build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("cannot start: {error}");
            log.finish();
            return 1;
        }
    };
    let watch = !matches!(std::env::var(WATCH_PARENT).as_deref(), Ok("off" | "0" | "false" | "no"));
    let server = Server::new(Ide).watch_parent(watch);
    let code = runtime.block_on(server.serve(tokio::io::stdin(), tokio::io::stdout()));
    runtime.shutdown_background();
    log.finish();
    code
}

/// Watches the client's process, for the case that it is killed while something else keeps the pipe open.
#[derive(Debug, Clone)]
pub(super) struct ParentWatch {
    is_on: bool,
    ended: Arc<Notify>,
}

impl ParentWatch {
    pub(super) fn new(is_on: bool) -> Self {
        ParentWatch { is_on, ended: Arc::new(Notify::new()) }
    }

    /// Starts to watch a process. One that cannot be seen from here is not watched: the client may run outside of the
    /// server's container, where its id means something else.
    pub(super) fn start(&self, pid: Option<u32>) {
        let Some(pid) = pid.filter(|&pid| self.is_on && is_alive(pid)) else { return };
        let ended = self.ended.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(WATCH_INTERVAL);
            while is_alive(pid) {
                ticks.tick().await;
            }
            tracing::warn!("the client's process {pid} has ended");
            ended.notify_one();
        });
    }

    /// Returns when the watched process has ended.
    pub(super) async fn ended(&self) {
        self.ended.notified().await;
    }
}

#[cfg(unix)]
fn is_alive(pid: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return false };
    // A process of another user cannot be signalled, and is alive.
    !matches!(test_kill_process(pid), Err(rustix::io::Errno::SRCH))
}

/// Nothing is watched here: the pipe closes with the client.
#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    false
}
