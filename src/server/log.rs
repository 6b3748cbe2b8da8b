//! The log, on standard error. A client that does not read standard error never delays the server: lines wait in a bounded
//! queue, and those that do not fit are counted.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;

/// The environment variable for the log level: `off`, `error`, `warn` (the default).
const LOG_LEVEL: &str = "CONNSPEC_LOG";

/// How many lines wait for being written.
const CAPACITY: usize = 256;

/// How long the end of the process waits for them.
const MAX_WAIT: Duration = Duration::from_millis(200);

/// Logs to standard error. A panic is logged as its location alone: its message may quote the document, and with it a
/// secret.
pub(super) fn start() -> Log {
    let level = std::env::var(LOG_LEVEL).ok().and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::WARN);
    // Only this crate logs: the framework would log complete messages.
    let filter = Targets::new().with_target(env!("CARGO_PKG_NAME"), level);
    let log = Log::to(io::stderr());
    let lines = log.lines.clone();
    let writer =
        tracing_subscriber::fmt::layer().with_writer(move || lines.clone()).with_ansi(io::stderr().is_terminal());
    // It fails when another subscriber is installed: then that one is used.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(writer).with(filter));
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(location) => tracing::error!("internal error at {}:{}", location.file(), location.line()),
        None => tracing::error!("internal error"),
    }));
    log
}

/// The log of this process.
pub(super) struct Log {
    lines: Lines,
    written: Receiver<()>,
}

impl Log {
    fn to(out: impl Write + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(CAPACITY);
        let (done, written) = sync_channel(1);
        let lost = Arc::new(AtomicUsize::new(0));
        let lines = Lines { sender, lost: lost.clone() };
        std::thread::spawn(move || write_all(out, &receiver, &lost, &done));
        Log { lines, written }
    }

    /// Waits until all lines are written, but not for long.
    pub(super) fn finish(self) {
        if self.lines.sender.try_send(Message::End).is_ok() {
            let _ = self.written.recv_timeout(MAX_WAIT);
        }
    }
}

enum Message {
    Line(Vec<u8>),
    End,
}

/// Accepts lines: each call of `write` is one.
#[derive(Clone)]
struct Lines {
    sender: SyncSender<Message>,
    lost: Arc<AtomicUsize>,
}

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Err(TrySendError::Full(_)) = self.sender.try_send(Message::Line(line.to_vec())) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes lines until the end. Where some are missing, it says how many.
fn write_all(mut out: impl Write, lines: &Receiver<Message>, lost: &AtomicUsize, done: &SyncSender<()>) {
    while let Ok(Message::Line(line)) = lines.recv() {
        // Nobody can be told that the log cannot be written.
        let _ = out.write_all(&line);
        if let missing @ 1.. = lost.swap(0, Ordering::Relaxed) {
            let _ = writeln!(out, "{missing} more messages not logged: standard error was not read in time");
        }
    }
    let _ = out.flush();
    let _ = done.send(());
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    /// Blocks at the first write until it is released.
    struct Blocked {
        release: Mutex<Option<Receiver<()>>>,
        written: Sender<String>,
    }

    impl Write for Blocked {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if let Some(release) = self.release.lock().unwrap().take() {
                release.recv().unwrap();
            }
            self.written.send(String::from_utf8_lossy(bytes).into_owned()).unwrap();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_log_that_is_not_read_delays_nothing_and_says_what_is_missing() {
        let ((open, release), (written, lines)) = (channel(), channel());
        let log = Log::to(Blocked { release: Mutex::new(Some(release)), written });
        for number in 0..10_000 {
            log.lines.clone().write_all(format!("{number}\n").as_bytes()).unwrap();
        }
        open.send(()).unwrap();
        log.finish();
        let text: String = lines.iter().collect();
        let kept = text.lines().filter(|line| line.parse::<usize>().is_ok()).count();
        let missing = text
            .lines()
            .filter_map(|line| line.strip_suffix(" more messages not logged: standard error was not read in time"));
        let missing: usize = missing.map(|count| count.parse::<usize>().unwrap()).sum();
        assert_eq!(kept + missing, 10_000);
        assert!(kept <= CAPACITY + 1, "{kept}");
    }
}
