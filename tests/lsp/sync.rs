//! Commands that bring a spec and the service together, over the wire, with an emulator beside.

mod cancel;
mod cycle;
mod editor;
mod facts;
mod questions;
mod secrets;
mod standing;
