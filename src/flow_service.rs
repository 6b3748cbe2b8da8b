//! The service that keeps connection specs: Adobe's Flow Service, how to sign in to it, what it is asked and how its
//! answers are read. Nothing here knows what a spec means; that is [`crate::ide`]'s.
//!
//! A [`ServiceTarget`] says where and as whom, checked once. A [`Client`] asks: each method is one question, bodies go out and
//! come back byte for byte, and what fails is an [`Error`] in words that say the way out.

mod answer;
pub mod api;
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

pub use answer::Item;
pub use client::{Client, Field, Filter};
pub use clock::{Clock, SystemClock};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use secret::Secret;
pub use stop::CancellationToken;
pub use target::{ClientOptions, Limits, ServiceTarget};
pub use token::token_cache_folder;
