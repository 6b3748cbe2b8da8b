//! The emulator of Flow Service over HTTP.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authorize;
mod behavior;
mod client;
mod faults;
mod filters;
mod specs;
mod storage;
mod tokens;
