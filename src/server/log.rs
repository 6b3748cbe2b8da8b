//! Messages to whoever looks after the server, on standard error: standard output belongs to the protocol.

use std::io::IsTerminal;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;

/// The environment variable that says how much is written: `off`, `error`, `warn` (when it is not set).
const LEVEL: &str = "CONNSPEC_LOG";

/// Starts writing. A panic is written as its place alone, since its words may quote the document, and with it a secret.
pub(super) fn start() {
    let level = std::env::var(LEVEL).ok().and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::WARN);
    // Only this crate writes: the framework logs whole messages.
    let filter = Targets::new().with_target(env!("CARGO_PKG_NAME"), level);
    let colours = std::io::stderr().is_terminal();
    let writer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    let subscriber = tracing_subscriber::registry().with(writer).with(filter);
    // It fails when someone else has set one up already: then theirs is used.
    let _ = tracing::subscriber::set_global_default(subscriber);
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => tracing::error!("an internal error at {}:{}", place.file(), place.line()),
        None => tracing::error!("an internal error"),
    }));
}
