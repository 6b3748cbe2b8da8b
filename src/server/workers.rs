//! The threads that look at documents: few, and the one that was busy last first.
//!
//! The allocator keeps for each thread what that thread has used before, which for a long document is megabytes. So
//! another thread begins to work only while all others are busy, and the protocol itself runs on a single one.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use tokio::sync::oneshot;

/// How many documents may be looked at at the same time. More than the processor has room for, so that an answer that
/// takes long does not keep the others waiting.
const MOST: usize = 16;

type Work = Box<dyn FnOnce() + Send>;

/// The threads; they end when this is dropped and their work is done.
#[derive(Default)]
pub(super) struct Workers {
    crew: Arc<Mutex<Crew>>,
}

#[derive(Default)]
struct Crew {
    /// The ways to the threads that wait, the one that worked last at the end.
    idle: Vec<Sender<Work>>,
    /// Threads that were begun.
    begun: usize,
    /// What no thread had time for yet, in order.
    waiting: VecDeque<Work>,
}

impl Workers {
    /// Does work on a thread of its own, beginning now. `None` when it panicked. Work that nobody waits for any more
    /// when its turn comes is not begun.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> impl Future<Output = Option<T>> + Send + 'static {
        let (answer, answered) = oneshot::channel();
        self.give(Box::new(move || {
            if !answer.is_closed()
                && let Ok(done) = catch_unwind(AssertUnwindSafe(work))
            {
                // Nobody may wait for it any more.
                let _ = answer.send(done);
            }
        }));
        async move { answered.await.ok() }
    }

    fn give(&self, work: Work) {
        let mut crew = lock(&self.crew);
        if let Some(thread) = crew.idle.pop() {
            // A thread listens for as long as the way to it is kept.
            let _ = thread.send(work);
        } else if crew.begun < MOST {
            crew.begun += 1;
            let crew = Arc::downgrade(&self.crew);
            thread::spawn(move || labour(&crew, work));
        } else {
            crew.waiting.push_back(work);
        }
    }
}

/// What each thread does with its life.
fn labour(crew: &Weak<Mutex<Crew>>, first: Work) {
    let mut next = Some(first);
    while let Some(work) = next {
        work();
        next = await_work(crew);
    }
}

/// What is to be done next, however long that takes to come. `None` when nothing can come any more.
fn await_work(crew: &Weak<Mutex<Crew>>) -> Option<Work> {
    let works = {
        let crew = crew.upgrade()?;
        let mut crew = lock(&crew);
        if let Some(work) = crew.waiting.pop_front() {
            return Some(work);
        }
        let (thread, works) = channel();
        crew.idle.push(thread);
        works
    };
    works.recv().ok()
}

/// Nothing panics while it holds the lock.
fn lock(crew: &Mutex<Crew>) -> MutexGuard<'_, Crew> {
    crew.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::sync::Barrier;
    use std::thread::{ThreadId, current};

    use super::*;

    fn wait<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    #[test]
    fn work_one_after_another_is_done_by_one_thread() {
        let workers = Workers::default();
        let threads: Vec<ThreadId> = (0..50)
            .map(|_| {
                let thread = wait(workers.run(|| current().id())).unwrap();
                while lock(&workers.crew).idle.is_empty() {
                    thread::yield_now();
                }
                thread
            })
            .collect();
        assert!(threads.iter().all(|thread| *thread == threads[0]), "{threads:?}");
    }

    #[test]
    fn work_that_takes_long_keeps_no_other_waiting() {
        let (workers, gate) = (Workers::default(), Arc::new(Barrier::new(MOST)));
        let slow: Vec<_> = (1..MOST)
            .map(|_| {
                let gate = gate.clone();
                workers.run(move || gate.wait().is_leader())
            })
            .collect();
        assert_eq!(wait(workers.run(|| 7)), Some(7));
        gate.wait();
        for slow in slow {
            assert!(wait(slow).is_some());
        }
    }

    #[test]
    fn more_work_than_threads_is_done_in_turn() {
        let (workers, gate) = (Workers::default(), Arc::new(Barrier::new(MOST + 1)));
        let held: Vec<_> = (0..MOST)
            .map(|_| {
                let gate = gate.clone();
                workers.run(move || {
                    gate.wait();
                })
            })
            .collect();
        let queued: Vec<_> = (0..100).map(|number| workers.run(move || number)).collect();
        gate.wait();
        assert!(held.into_iter().all(|held| wait(held).is_some()));
        let done: Vec<_> = queued.into_iter().map(wait).collect();
        assert_eq!(done, (0..100).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_harms_only_its_own_work() {
        let workers = Workers::default();
        assert_eq!(wait(workers.run(|| -> i32 { panic!("broken") })), None);
        assert_eq!(wait(workers.run(|| 7)), Some(7));
    }

    #[test]
    fn work_that_nobody_waits_for_is_not_begun() {
        let (workers, gate) = (Workers::default(), Arc::new(Barrier::new(MOST + 1)));
        let _held: Vec<_> = (0..MOST)
            .map(|_| {
                let gate = gate.clone();
                workers.run(move || {
                    gate.wait();
                })
            })
            .collect();
        let (begun, beginnings) = channel();
        drop(workers.run(move || begun.send(())));
        let last = workers.run(|| 7);
        gate.wait();
        assert_eq!(wait(last), Some(7));
        assert!(beginnings.recv().is_err());
    }
}
