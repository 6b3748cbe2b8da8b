//! The server over the wire.
#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test fails by panicking, and nobody imports it")]

mod actions;
mod client;
mod completion_hover;
mod context;
mod extension;
mod fake;
mod folder;
mod formatting;
mod frames;
mod hints;
mod initialize;
mod isolation;
mod lenses;
mod navigation;
mod publishing;
mod shutdown;
mod symbols;
mod sync;
mod syncing;
mod tokens;
mod workspace;
