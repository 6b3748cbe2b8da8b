//! The command line as a person or a build server meets it: the real program, its output and its exit code.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test fails by panicking, and nobody imports it"
)]

mod check;
mod demo;
mod emulator;
mod explain;
mod fix;
mod formats;
mod installing;
mod login;
mod manners;
mod new;
mod project;
mod run;
mod sarif;
mod service;
