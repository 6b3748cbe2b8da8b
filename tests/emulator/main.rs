//! The emulator of Flow Service, asked over real HTTP.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod behavior;
mod client;
mod faults;
mod filters;
mod gate;
mod keeping;
mod specs;
mod tokens;
