//! Time and chance as the client sees them, so that a test can move the one and decide about the other.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// What waits, tells the time and rolls the dice.
pub trait Clock: fmt::Debug + Send + Sync {
    /// A time that only goes forward, but may stand still while the machine sleeps.
    fn now(&self) -> Instant;

    /// The time of day, which a person can set as they like.
    fn time_of_day(&self) -> SystemTime;

    /// Waits this long.
    fn wait(&self, pause: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// A number from 0 up to 1, another one each time.
    fn chance(&self) -> f64;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn time_of_day(&self) -> SystemTime {
        SystemTime::now()
    }

    fn wait(&self, pause: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        use tokio::time::{Instant, sleep_until};
        Box::pin(sleep_until(Instant::now() + pause))
    }

    fn chance(&self) -> f64 {
        // Every state of this kind starts from other random numbers: enough to spread tries, and no crate for it.
        let bits = RandomState::new().hash_one(0_u8) >> 11;
        bits as f64 / (1_u64 << 53) as f64
    }
}
