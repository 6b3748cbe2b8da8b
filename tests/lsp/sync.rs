//! The commands for Flow Service over the wire, against an emulator.

mod cancel;
mod cycle;
mod editor;
mod facts;
mod questions;
mod secrets;
mod status;
mod trust;
