//! The command line from outside: the program, its output and its exit code.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test fails by panicking, and nobody imports it"
)]

mod check;
mod conventions;
mod demo;
mod docs;
mod emulator;
mod explain;
mod fix;
mod formats;
mod hostile;
mod install;
mod login;
mod new;
mod project;
mod run;
mod sarif;
mod service;
mod trust;
