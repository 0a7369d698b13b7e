//! What a command is doing, on a terminal and only once it has taken half a second.

use std::io::IsTerminal as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is over before this needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on standard error; it goes away when dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Dropped with the bar: then nobody is to show it any more.
    _done: Option<Sender<()>>,
}

impl Progress {
    /// A bar of so many parts. Nothing is ever shown where standard error is no terminal.
    pub(crate) fn new(parts: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(parts), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} [{pos}/{len}] {msg} {elapsed}") {
            bar.set_style(style);
        }
        let done = std::io::stderr().is_terminal().then(|| {
            let (done, waiting) = channel::<()>();
            let bar = bar.clone();
            std::thread::spawn(move || {
                if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(Duration::from_millis(100));
                }
            });
            done
        });
        Self { bar, _done: done }
    }

    /// The next part begins.
    pub(crate) fn part(&self, what: &'static str) {
        self.bar.set_message(what);
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
