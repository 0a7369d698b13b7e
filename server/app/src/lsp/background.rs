//! Slow work beside the writer: walking anew, reading all sources, asking git. One thread per kind of work; a newer job
//! of a kind makes the older one stop, and what an older one found is never told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use text::CancelToken;

use super::courtesy::{self, Courtesy};

/// Somebody who types a path asks a new question with every key: work begins after this much silence.
const QUIET: Duration = Duration::from_millis(100);

/// Polled by work that should stop early.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

type Work<A> = Box<dyn FnOnce(Cancelled<'_>) -> Option<A> + Send>;

struct Job<A> {
    cancel: CancelToken,
    /// Nothing newer is waited for.
    at_once: bool,
    work: Work<A>,
}

/// One kind of work and the thread that does it.
pub struct Lane<A> {
    jobs: Sender<Job<A>>,
    /// What was found, unless a newer job was started since.
    answers: Receiver<(CancelToken, A)>,
    current: CancelToken,
}

impl<A: Send + 'static> Lane<A> {
    /// A lane whose thread is called `name`. `ring` is called after every answer, on that thread. Whenever its work asks
    /// whether it is cancelled, it steps aside out of `courtesy`.
    pub fn new(name: &'static str, ring: impl Fn() + Send + 'static, courtesy: &Courtesy) -> Self {
        let courtesy = courtesy.clone();
        let (jobs, todo) = channel();
        let (tell, answers) = channel();
        let thread = std::thread::Builder::new().name(name.to_owned());
        if let Err(error) = thread.spawn(move || run(name, &todo, &tell, ring, &courtesy)) {
            tracing::error!("no thread for {name}: {error}");
        }
        Self {
            jobs,
            answers,
            current: CancelToken::new(),
        }
    }

    /// Starts work after a short silence and stops what was started before.
    pub fn start(&mut self, work: impl FnOnce(Cancelled<'_>) -> Option<A> + Send + 'static) {
        self.send(Box::new(work), false);
    }

    /// Starts work without waiting and stops what was started before.
    pub fn start_at_once(
        &mut self,
        work: impl FnOnce(Cancelled<'_>) -> Option<A> + Send + 'static,
    ) {
        self.send(Box::new(work), true);
    }

    fn send(&mut self, work: Work<A>, at_once: bool) {
        self.stop();
        let job = Job {
            cancel: self.current.clone(),
            at_once,
            work,
        };
        if self.jobs.send(job).is_err() {
            tracing::error!("slow work was lost: its thread has stopped");
        }
    }

    /// Stops what was started before; its answer will not come.
    pub fn stop(&mut self) {
        self.current.cancel();
        self.current = CancelToken::new();
    }

    /// The next answer, if there is one.
    pub fn answer(&mut self) -> Option<A> {
        let valid = |(cancel, answer): (CancelToken, A)| (!cancel.is_cancelled()).then_some(answer);
        self.answers.try_iter().find_map(valid)
    }
}

impl<A> Drop for Lane<A> {
    fn drop(&mut self) {
        self.current.cancel();
    }
}

fn run<A>(
    name: &str,
    todo: &Receiver<Job<A>>,
    tell: &Sender<(CancelToken, A)>,
    ring: impl Fn(),
    courtesy: &Courtesy,
) {
    courtesy::come_last();
    while let Ok(mut job) = todo.recv() {
        while !job.at_once {
            match todo.recv_timeout(QUIET) {
                Ok(newer) => job = newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let Job { cancel, work, .. } = job;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            work(&|| {
                cancel.is_cancelled() || {
                    courtesy.step_aside();
                    cancel.is_cancelled()
                }
            })
        }));
        match outcome {
            Ok(Some(answer)) => {
                if tell.send((cancel, answer)).is_err() {
                    return;
                }
                ring();
            }
            Ok(None) => {}
            Err(_) => tracing::error!("an internal error stopped {name}; please report it"),
        }
    }
}

#[cfg(test)]
mod tests;
