//! Work off the protocol's thread.
//!
//! Documents are analysed on the runtime's blocking threads. The allocator keeps for each thread what that thread has used
//! before, which for a long document is megabytes: so a few work at a time. Work that has waited for a while starts all the
//! same, so that slow work delays no other; the runtime bounds how many threads that can be.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::cancellation::CancelFlag;

/// How many documents are analysed at a time, as long as each takes less than [`MAX_WAIT`].
const CONCURRENCY: usize = 3;

/// How long work waits for its turn.
const MAX_WAIT: Duration = Duration::from_millis(50);

/// The maximum number of threads, when all work is slow.
pub(super) const MAX_THREADS: usize = 16;

/// Runs work on the runtime's blocking threads.
pub(super) struct Pool {
    turns: Arc<Semaphore>,
}

impl Default for Pool {
    fn default() -> Self {
        Pool { turns: Arc::new(Semaphore::new(CONCURRENCY)) }
    }
}

impl Pool {
    /// Runs work, and gives `None` when it panics. When the caller stops waiting, as the framework does for a request that is
    /// cancelled, the work ends at its next check point, or never starts.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = tokio::time::timeout(MAX_WAIT, self.turns.clone().acquire_owned()).await;
        let cancelled = CancelOnDrop::default();
        let flag = cancelled.0.clone();
        let work = move || {
            let _turn = turn;
            flag.run(work)
        };
        tokio::task::spawn_blocking(work).await.ok().flatten()
    }
}

/// Cancels work when it is dropped.
#[derive(Default)]
struct CancelOnDrop(CancelFlag);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.set();
    }
}

/// Locks shared state. Nothing panics while it holds a lock, and what is shared consists of complete entries.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::channel;

    use futures_util::future::join_all;

    use super::*;

    #[tokio::test]
    async fn slow_work_delays_no_other() {
        let (pool, gate) = (Pool::default(), Arc::new(Barrier::new(9)));
        let wait = || {
            let gate = gate.clone();
            move || gate.wait().is_leader()
        };
        let slow = (0..8).map(|_| pool.run(wait()));
        let quick = async {
            assert_eq!(pool.run(|| 7).await, Some(7));
            pool.run(wait()).await
        };
        let (slow, quick) = tokio::join!(join_all(slow), quick);
        assert_eq!(slow.into_iter().chain([quick]).filter(|leads| *leads == Some(true)).count(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn quick_work_runs_a_few_at_a_time() {
        let (pool, running, peak) = (Pool::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let work = || {
            let (running, peak) = (running.clone(), peak.clone());
            move || {
                peak.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::yield_now();
                running.fetch_sub(1, Ordering::SeqCst);
            }
        };
        let done = join_all((0..100).map(|_| pool.run(work()))).await;
        assert!(done.iter().all(Option::is_some));
        assert!(peak.load(Ordering::SeqCst) <= CONCURRENCY, "{peak:?}");
    }

    #[tokio::test]
    async fn a_panic_harms_only_its_own_work() {
        let pool = Pool::default();
        assert_eq!(pool.run(|| -> i32 { panic!("broken") }).await, None);
        assert_eq!(pool.run(|| 7).await, Some(7));
    }

    #[tokio::test]
    async fn abandoned_work_is_not_started() {
        let (pool, gate) = (Pool::default(), Arc::new(Barrier::new(CONCURRENCY + 1)));
        let held = (0..CONCURRENCY).map(|_| {
            let gate = gate.clone();
            pool.run(move || gate.wait().is_leader())
        });
        let (started, starts) = channel();
        let abandoned = async {
            let waiting = pool.run(move || started.send(()));
            assert!(tokio::time::timeout(Duration::ZERO, waiting).await.is_err());
            gate.wait();
        };
        tokio::join!(join_all(held), abandoned);
        assert!(starts.recv().is_err());
    }
}
