//! The Flow Service client against a scripted test server, and sync against the emulator.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test fails by panicking, and nobody imports it"
)]

mod errors;
mod fixture;
mod limits;
mod proxies;
mod redirects;
mod requests;
mod retries;
mod secrets;
mod server;
mod sync;
mod target;
#[cfg(unix)]
mod token_files;
mod tokens;
