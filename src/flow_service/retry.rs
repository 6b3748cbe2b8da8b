//! When to send a request again, and how long to wait before.

use std::time::{Duration, SystemTime};

use super::{Clock, Limits};

/// The wait before the second try, at most; it doubles with each one.
const FIRST: Duration = Duration::from_millis(500);

/// The tries of one request.
#[derive(Debug)]
pub(super) struct Tries<'a> {
    limits: &'a Limits,
    clock: &'a dyn Clock,
    made: u32,
    waited: Duration,
}

impl<'a> Tries<'a> {
    pub(super) fn new(limits: &'a Limits, clock: &'a dyn Clock) -> Self {
        Tries { limits, clock, made: 0, waited: Duration::ZERO }
    }

    /// How long to wait after a try that failed; nothing when it was the last. A wait that the service asks for is kept
    /// to, or not begun when it is too long; else it is a random part of a span that doubles, so that many clients do
    /// not come back all at once.
    pub(super) fn pause(&mut self, asked: Option<Duration>) -> Option<Duration> {
        self.made += 1;
        let span = FIRST.saturating_mul(1 << (self.made - 1).min(16)).min(self.limits.pause);
        let pause = asked.unwrap_or_else(|| span.mul_f64(self.clock.chance()));
        self.waited += pause;
        let fits = pause <= self.limits.pause && self.waited <= self.limits.patience;
        (fits && self.made < self.limits.tries).then_some(pause)
    }
}

/// Whether an answer with this status may be another one the next time.
pub(super) fn is_passing(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// What `Retry-After` asks for: a number of seconds, or a date.
pub(super) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
