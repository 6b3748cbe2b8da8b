//! The client of the service against a server that answers as it is told to, well or badly; and sync against the emulator.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test fails by panicking, and nobody imports it"
)]

mod bench;
mod faulty;
#[cfg(unix)]
mod kept;
mod limits;
mod proxies;
mod questions;
mod redirects;
mod refusals;
mod retries;
mod secrets;
mod settings;
mod sync;
mod tokens;
