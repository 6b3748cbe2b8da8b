//! How a client behaves: limits, retries, time.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::CancellationToken;
use super::retry::{Clock, RetryPolicy, SystemClock};

/// How a [`super::Client`] behaves.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Timeouts, sizes and retries.
    pub limits: Limits,
    /// The folder to store access tokens in, readable by this user only; see [`super::token_cache_folder`]. Without one, a
    /// token is requested each time the program starts.
    pub token_folder: Option<PathBuf>,
    /// Cancels requests.
    pub cancellation: CancellationToken,
    /// The source of time.
    pub clock: Arc<dyn Clock>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        ClientOptions {
            limits: Limits::default(),
            token_folder: None,
            cancellation: CancellationToken::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

/// Timeouts, sizes and retries of a request.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest time to connect.
    pub connect_timeout: Duration,
    /// The longest time without a byte of the response.
    pub read_timeout: Duration,
    /// The longest time of one attempt.
    pub attempt_timeout: Duration,
    /// The largest response body.
    pub max_response_bytes: usize,
    /// When requests are retried.
    pub retry: RetryPolicy,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            attempt_timeout: Duration::from_secs(120),
            max_response_bytes: 32 << 20,
            retry: RetryPolicy::default(),
        }
    }
}
