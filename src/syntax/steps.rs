//! Counts steps in tests: accesses to nodes and bytes scanned. Unlike time, the count is the same in every run.

use std::cell::Cell;

use crate::cancellation;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
    /// The number of check points that were passed, and the steps before the last of them.
    static LAST: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
    static LONGEST: Cell<u64> = const { Cell::new(0) };
}

pub(super) fn add(steps: usize) {
    let before = STEPS.get();
    STEPS.set(before + steps as u64);
    let passed = cancellation::passed();
    if LAST.get().0 != passed {
        LAST.set((passed, before));
    }
    LONGEST.set(LONGEST.get().max(STEPS.get() - LAST.get().1));
}

/// The steps of a function on this thread.
pub(crate) struct Steps {
    /// All of them.
    pub(crate) all: u64,
    /// The most of them without a check point in between, so for which a cancelled request goes on.
    pub(crate) unchecked: u64,
}

pub(crate) fn count(function: impl FnOnce()) -> Steps {
    let before = STEPS.get();
    LAST.set((cancellation::passed(), before));
    LONGEST.set(0);
    function();
    Steps { all: STEPS.get() - before, unchecked: LONGEST.get() }
}
