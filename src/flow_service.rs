//! The service that keeps connection specs: Adobe's Flow Service, how to sign in to it, what it is asked and how its
//! answers are read. Nothing here knows what a spec means; that is [`crate::ide`]'s.
//!
//! A [`Target`] says where and as whom, checked once. A [`Client`] asks: each method is one question, bodies go out and
//! come back byte for byte, and what fails is an [`Error`] in words that say the way out.

mod answer;
mod client;
mod clock;
pub mod credentials;
mod error;
mod exchange;
mod retry;
mod secret;
mod stop;
mod target;
mod token;
pub mod wire;

pub use answer::Item;
pub use client::{Client, Field, Filter};
pub use clock::{Clock, SystemClock};
pub use credentials::Credentials;
pub use error::{Error, Kind};
pub use secret::Secret;
pub use stop::Stop;
pub use target::{Limits, Settings, Target};
pub use token::cache_folder;
