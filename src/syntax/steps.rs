//! Counts steps in tests: accesses to nodes and bytes scanned. Unlike time, the count is the same in every run.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

pub(super) fn add(steps: usize) {
    STEPS.with(|count| count.set(count.get() + steps as u64));
}

/// The steps of a function on this thread.
pub(crate) fn count(function: impl FnOnce()) -> u64 {
    let before = STEPS.with(Cell::get);
    function();
    STEPS.with(Cell::get) - before
}
