//! Messages to whoever looks after the server, on standard error: standard output belongs to the protocol.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// The environment variable that says how much is written: `error`, `warn` (when it is not set), `info`, `debug`.
const LEVEL: &str = "CONNSPEC_LOG";

/// Starts writing. A panic is written as its place alone, since its words may quote the document, and with it a secret.
pub(super) fn start() {
    let level = std::env::var(LEVEL).unwrap_or_default();
    // Only this crate writes: the framework logs whole messages.
    let filter = EnvFilter::try_new(format!("connspec={level}")).unwrap_or_else(|_| EnvFilter::new("connspec=warn"));
    let filter = if level.is_empty() { EnvFilter::new("connspec=warn") } else { filter };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // It fails when someone else has set one up already: then theirs is used.
    let _ = subscriber.try_init();
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => tracing::error!("an internal error at {}:{}", place.file(), place.line()),
        None => tracing::error!("an internal error"),
    }));
}
