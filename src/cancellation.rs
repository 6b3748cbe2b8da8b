//! Stopping work whose result is not needed any more.
//!
//! Work passes [`checkpoint`] now and then: wherever it walks a tree or parses a text. There it ends if its [`CancelFlag`] was
//! set meanwhile. It ends by unwinding, so that nothing in between needs to know, and no half result is kept.
//!
//! ```
//! use connspec::cancellation::{CancelFlag, checkpoint};
//!
//! let flag = CancelFlag::default();
//! assert_eq!(flag.run(|| { checkpoint(); 7 }), Some(7));
//! flag.set();
//! assert_eq!(flag.run(|| { checkpoint(); 7 }), None);
//! ```

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// The flag of the work that this thread does.
    static CURRENT: RefCell<Option<CancelFlag>> = const { RefCell::new(None) };
}

/// Cancels work, which may be done on another thread.
#[derive(Debug, Clone, Default)]
pub struct CancelFlag(Arc<AtomicBool>);

/// What the stack is unwound with; not a panic, so nothing is logged.
struct Cancelled;

impl CancelFlag {
    /// Cancels, for good.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Does work on this thread. `None` if it was cancelled before its end.
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let outer = CURRENT.replace(Some(self.clone()));
        // What the work had begun to change is discarded or computed again.
        let result = catch_unwind(AssertUnwindSafe(work));
        CURRENT.set(outer);
        match result {
            Ok(value) => Some(value),
            Err(payload) if payload.is::<Cancelled>() => None,
            Err(panic) => resume_unwind(panic),
        }
    }
}

#[cfg(test)]
thread_local! {
    static PASSED: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many check points this thread has passed.
#[cfg(test)]
pub(crate) fn passed() -> u64 {
    PASSED.get()
}

/// Ends the work of this thread if it was cancelled.
#[inline]
pub fn checkpoint() {
    #[cfg(test)]
    PASSED.set(PASSED.get() + 1);
    if CURRENT.with_borrow(|current| current.as_ref().is_some_and(CancelFlag::is_set)) {
        resume_unwind(Box::new(Cancelled));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_work_is_cancelled_alone() {
        let (outer, inner) = (CancelFlag::default(), CancelFlag::default());
        let result = outer.run(|| {
            let stopped = inner.run(|| {
                inner.set();
                checkpoint();
            });
            checkpoint();
            stopped
        });
        assert_eq!(result, Some(None));
    }

    #[test]
    #[should_panic(expected = "broken")]
    fn a_panic_is_passed_on() {
        CancelFlag::default().run(|| panic!("broken"));
    }

    #[test]
    fn work_without_a_flag_goes_on() {
        checkpoint();
    }
}
