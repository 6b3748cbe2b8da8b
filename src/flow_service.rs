//! The service that keeps connection specs: Adobe's Flow Service, how to sign in to it, what it is asked and how its
//! answers are read. Nothing here knows what a spec means; that is [`crate::ide`]'s.

mod credentials;
mod secret;

pub use credentials::Credentials;
pub use secret::Secret;
