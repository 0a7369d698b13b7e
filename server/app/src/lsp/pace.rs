//! Where an answer is worked out. Handing a question to another thread and its answer back takes longer than most answers,
//! so what only looks at what is known is worked out on the thread that read it. Nothing else happens there meanwhile: what
//! took long goes to a thread of its own the next time, until it is short again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Longer than this, work keeps others waiting.
const LONG: Duration = Duration::from_millis(2);

/// Of one kind of work.
#[derive(Debug)]
pub struct Pace {
    may_be_short: bool,
    was_long: AtomicBool,
}

/// Never on the thread that asks for it: it may wait for something.
pub static BESIDE: Pace = Pace::new(false);

impl Pace {
    /// Of what is short as a rule, or not.
    #[must_use]
    pub const fn new(is_short: bool) -> Self {
        Self::starting(is_short, !is_short)
    }

    /// Of what is short as a rule, but not the first time.
    #[must_use]
    pub const fn short_later() -> Self {
        Self::starting(true, true)
    }

    const fn starting(may_be_short: bool, was_long: bool) -> Self {
        Self {
            may_be_short,
            was_long: AtomicBool::new(was_long),
        }
    }

    /// Whether the next piece is done by the thread that asks for it.
    pub fn is_short(&self) -> bool {
        !self.was_long.load(Ordering::Relaxed)
    }

    /// Does a piece of work. `None` if a defect stopped it.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let timed = move || {
            let start = Instant::now();
            let done = catch_unwind(AssertUnwindSafe(work));
            (done.ok(), start.elapsed())
        };
        let (done, time) = if self.is_short() {
            timed()
        } else {
            tokio::task::spawn_blocking(timed).await.ok()?
        };
        self.took(time);
        done
    }

    fn took(&self, time: Duration) {
        let is_long = !self.may_be_short || time > LONG;
        self.was_long.store(is_long, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::thread::{ThreadId, current, sleep};

    use super::{BESIDE, LONG, Pace};

    /// Where work is done that takes no time, or long.
    fn place(runtime: &tokio::runtime::Runtime, pace: &Pace, long: bool) -> ThreadId {
        let work = pace.work(move || {
            if long {
                sleep(LONG * 2);
            }
            current().id()
        });
        runtime.block_on(work).unwrap()
    }

    #[test]
    fn what_took_long_goes_beside_until_it_is_short_again() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let (runtime, here) = (runtime.unwrap(), current().id());
        let pace = Pace::new(true);
        assert_eq!(place(&runtime, &pace, true), here);
        assert_ne!(place(&runtime, &pace, true), here);
        assert_ne!(place(&runtime, &pace, false), here);
        pace.took(LONG);
        assert_eq!(place(&runtime, &pace, false), here);
    }

    #[test]
    fn what_may_wait_is_always_beside_and_what_is_short_later_at_first() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let (runtime, here) = (runtime.unwrap(), current().id());
        BESIDE.took(LONG);
        assert_ne!(place(&runtime, &BESIDE, false), here);
        let later = Pace::short_later();
        assert_ne!(place(&runtime, &later, false), here);
        later.took(LONG);
        assert_eq!(place(&runtime, &later, false), here);
    }

    #[test]
    fn a_defect_stops_one_piece_only() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let (runtime, here) = (runtime.unwrap(), current().id());
        for pace in [&Pace::new(true), &BESIDE] {
            let broken = pace.work(|| -> u32 { panic!("asked to break") });
            assert_eq!(runtime.block_on(broken), None);
        }
        let pace = Pace::new(true);
        assert_eq!(place(&runtime, &pace, false), here);
    }
}
