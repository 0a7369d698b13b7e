//! The floor under every answer: as many bytes through a pipe to another process and back.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// A `cat` that gives everything back.
pub(crate) struct Echo {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Echo {
    pub(crate) fn start() -> Outcome<Self> {
        let child = Command::new("cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|error| format!("cat does not start: {error}"))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self {
                child,
                input,
                output,
            }),
            _ => Err("cat has no pipes".to_owned()),
        }
    }

    /// Sends `len` bytes and waits until they are back. Not more than a pipe holds, so that nobody waits for a reader.
    pub(crate) fn round_trip(&mut self, len: usize) -> Outcome<Duration> {
        let message = vec![b'x'; len.clamp(1, 32 << 10)];
        let mut back = message.clone();
        let start = Instant::now();
        self.input
            .write_all(&message)
            .and_then(|()| self.input.flush())
            .and_then(|()| self.output.read_exact(&mut back))
            .map_err(|error| format!("cat: {error}"))?;
        Ok(start.elapsed())
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
