//! Slow work steps aside while somebody waits for an answer: it has as many threads as it likes, the writer has one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time that an answer takes, from the message that asks for it. Slow work goes on after so much silence.
const ANSWER: Duration = Duration::from_millis(15);

/// Slow work waits no longer than this at once, however often it is asked to: a program may edit without end.
const PATIENCE: Duration = Duration::from_secs(1);

/// And goes on for so long then.
const TURN: Duration = Duration::from_millis(100);

/// When the client said something last, and how long it has been waited for.
#[derive(Debug, Clone)]
pub struct Courtesy(Arc<Heard>);

#[derive(Debug)]
struct Heard {
    start: Instant,
    /// Microseconds since `start`.
    last: AtomicU64,
    /// When slow work began to step aside without a turn in between; the same unit.
    since: AtomicU64,
}

/// The calling thread, and those it starts, run when no other wants to: between two pieces of slow work some time may pass.
/// Elsewhere than on Linux that could be said of the whole program only.
#[cfg(target_os = "linux")]
pub(super) fn come_last() {
    /// Of the 20 steps there are; with it the system gives a tenth of the time to this thread where another wants it.
    const STEPS: i32 = 10;
    if let Err(error) = rustix::process::nice(STEPS) {
        tracing::debug!(%error, "slow work runs like any other");
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn come_last() {}

impl Default for Courtesy {
    fn default() -> Self {
        Self(Arc::new(Heard {
            start: Instant::now(),
            last: AtomicU64::new(0),
            since: AtomicU64::new(0),
        }))
    }
}

impl Courtesy {
    fn now(&self) -> u64 {
        micros(self.0.start.elapsed())
    }

    /// The client said something.
    pub fn hear(&self) {
        self.hear_at(self.now());
    }

    fn hear_at(&self, now: u64) {
        let last = self.0.last.swap(now, Ordering::Relaxed);
        if now.saturating_sub(last) > micros(ANSWER) {
            self.0.since.store(now, Ordering::Relaxed);
        }
    }

    /// Waits while somebody waits for an answer. For threads of slow work, between two pieces of it.
    pub fn step_aside(&self) {
        while let Some(rest) = self.rest(self.now()) {
            std::thread::sleep(rest);
        }
    }

    /// How long slow work has to wait at this time.
    fn rest(&self, now: u64) -> Option<Duration> {
        let until = self.0.last.load(Ordering::Relaxed) + micros(ANSWER);
        let rest = until.checked_sub(now).filter(|rest| *rest > 0)?;
        let waited = now.saturating_sub(self.0.since.load(Ordering::Relaxed));
        let (patience, turn) = (micros(PATIENCE), micros(TURN));
        (waited % (patience + turn) < patience).then(|| Duration::from_micros(rest))
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::{ANSWER, Courtesy, PATIENCE, TURN, micros};

    /// Of a client that spoke at these times, whether slow work waits at `now`.
    fn waits(since: u64, last: u64, now: u64) -> bool {
        let courtesy = Courtesy::default();
        courtesy.0.since.store(since, Ordering::Relaxed);
        courtesy.0.last.store(last, Ordering::Relaxed);
        courtesy.rest(now).is_some()
    }

    #[test]
    fn slow_work_waits_for_an_answer_but_not_without_end() {
        let (answer, patience, turn) = (micros(ANSWER), micros(PATIENCE), micros(TURN));
        let start = 1_000_000_000;
        assert!(waits(start, start, start + 1));
        assert!(!waits(start, start, start + answer));
        // Somebody types without a pause.
        let typed = |now: u64| waits(start, now - 1, now);
        assert!(typed(start + patience - 1));
        assert!(!typed(start + patience + 1));
        assert!(!typed(start + patience + turn - 1));
        assert!(typed(start + patience + turn + 1));
    }

    #[test]
    fn who_was_silent_is_waited_for_anew() {
        let (answer, patience) = (micros(ANSWER), micros(PATIENCE));
        let courtesy = Courtesy::default();
        let start = 1_000_000_000;
        courtesy.hear_at(start);
        let end = start + patience + answer;
        for now in (start..end).step_by(1_000) {
            courtesy.hear_at(now);
        }
        assert!(courtesy.rest(end).is_none());
        courtesy.hear_at(end + 2 * answer);
        assert!(courtesy.rest(end + 2 * answer).is_some());
    }
}
