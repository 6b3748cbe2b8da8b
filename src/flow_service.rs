//! The client of Adobe's Flow Service, which stores connection specs and flow specs. It knows URLs, authentication and
//! errors; what is in a spec is no concern of it.
//!
//! A [`ServiceTarget`] holds the URLs, sandbox and credentials, validated once. A [`Client`] has a method per request;
//! bodies are sent and returned byte for byte. Every failure is an [`Error`] whose message names the way out.
//!
//! ```no_run
//! # async fn example(credentials: connspec::flow_service::Credentials) -> Result<(), connspec::flow_service::Error> {
//! use connspec::flow_service::{Client, ClientOptions, Field, Filter, ServiceTarget};
//!
//! let client = Client::new(ServiceTarget::new(&credentials)?, ClientOptions::default())?;
//! let specs = client.connection_specs(&[Filter::new(Field::Name, "acme")]).await?;
//! # Ok(())
//! # }
//! ```

pub mod api;
mod cancellation;
mod client;
pub mod credentials;
mod error;
mod http;
mod id;
mod message;
mod options;
mod response;
mod retry;
mod secret;
mod target;
mod token;

pub use cancellation::CancellationToken;
pub use client::{Client, Field, Filter};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use id::{is_spec_id, short_id};
pub use options::{ClientOptions, Limits};
pub use response::Item;
pub use retry::{Clock, RetryPolicy, SystemClock};
pub use secret::Secret;
pub use target::ServiceTarget;
pub use token::token_cache_folder;
