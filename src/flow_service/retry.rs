//! When a request is retried and how long to wait before; and the clock behind it, which tests replace.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// The upper bound of the first delay; it doubles with each retry.
const FIRST_DELAY: Duration = Duration::from_millis(500);

/// How often and for how long a request is retried that may be repeated.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// All attempts, including the first.
    pub max_attempts: u32,
    /// The longest delay before one retry.
    pub max_delay: Duration,
    /// The longest time all delays of a request may take together.
    pub max_total_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy { max_attempts: 4, max_delay: Duration::from_secs(30), max_total_delay: Duration::from_secs(60) }
    }
}

/// The retries of one request.
#[derive(Debug)]
pub(super) struct Retries<'a> {
    policy: &'a RetryPolicy,
    clock: &'a dyn Clock,
    attempts: u32,
    total_delay: Duration,
}

impl<'a> Retries<'a> {
    pub(super) fn new(policy: &'a RetryPolicy, clock: &'a dyn Clock) -> Self {
        Retries { policy, clock, attempts: 0, total_delay: Duration::ZERO }
    }

    /// The delay after a failed attempt; `None` when it was the last. A `Retry-After` is honoured, or ends the retries when
    /// it is too long. Otherwise the delay is random with a bound that doubles, so that many clients do not retry at once.
    pub(super) fn next_delay(&mut self, retry_after: Option<Duration>) -> Option<Duration> {
        self.attempts += 1;
        let bound = FIRST_DELAY.saturating_mul(1 << (self.attempts - 1).min(16)).min(self.policy.max_delay);
        let delay = retry_after.unwrap_or_else(|| bound.mul_f64(self.clock.random()));
        self.total_delay += delay;
        let is_allowed = delay <= self.policy.max_delay && self.total_delay <= self.policy.max_total_delay;
        (is_allowed && self.attempts < self.policy.max_attempts).then_some(delay)
    }
}

/// Whether a response with this status may be another one at the next attempt.
pub(super) fn is_transient(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// The value of `Retry-After`: a number of seconds, or a date.
pub(super) fn parse_retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// Time and randomness.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The monotonic time, which may pause while the machine sleeps.
    fn now(&self) -> Instant;

    /// The time of day, which the user can change.
    fn system_time(&self) -> SystemTime;

    /// Waits for this long.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// A random number from 0 up to 1.
    fn random(&self) -> f64;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        use tokio::time::{Instant, sleep_until};
        Box::pin(sleep_until(Instant::now() + duration))
    }

    fn random(&self) -> f64 {
        // Every `RandomState` has other keys: random enough to spread retries.
        let bits = RandomState::new().hash_one(0_u8) >> 11;
        bits as f64 / (1_u64 << 53) as f64
    }
}
