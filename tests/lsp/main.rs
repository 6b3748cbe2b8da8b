//! The server as an editor speaks with it.
#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test fails by panicking, and nobody imports it")]

mod actions;
mod answers;
mod apart;
mod client;
mod extension;
mod fake;
mod folder;
mod formatting;
mod frames;
mod goodbye;
mod greeting;
mod hints;
mod lenses;
mod navigation;
mod publishing;
mod surroundings;
mod symbols;
mod sync;
mod syncing;
mod tokens;
mod workspace;
