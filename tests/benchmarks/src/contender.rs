//! A program that is run to its end, as often as is asked for, and what it cost.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4 as _;

use crate::Outcome;
use crate::sample::Sample;

/// A program that is run once a round.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// Where it keeps answers for the next run; `None`: nowhere.
    cache: Option<PathBuf>,
    pub(crate) wall: Sample,
    pub(crate) cpu: Sample,
    /// Most memory at once, in bytes.
    pub(crate) peak: Sample,
}

/// One run.
pub(crate) struct Run {
    /// Seconds.
    pub(crate) wall: f64,
    /// User and system seconds.
    pub(crate) cpu: f64,
    /// Most memory at once, in bytes.
    pub(crate) peak: u64,
    pub(crate) code: Option<i32>,
    pub(crate) out: Vec<u8>,
}

impl Contender {
    pub(crate) fn new(name: &'static str, program: &Path, arguments: &[&str]) -> Self {
        Self {
            name,
            program: program.to_owned(),
            arguments: arguments.iter().map(|&each| each.to_owned()).collect(),
            cache: None,
            wall: Sample::default(),
            cpu: Sample::default(),
            peak: Sample::default(),
        }
    }

    /// Keeps answers in a directory.
    pub(crate) fn keeping(self, cache: &Path) -> Self {
        Self {
            cache: Some(cache.to_owned()),
            ..self
        }
    }

    /// Runs it in `tree`; ends that are neither success nor a finding are errors.
    pub(crate) fn measure(&self, tree: &Path) -> Outcome<Run> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.program.display());
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .current_dir(tree)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        match &self.cache {
            Some(cache) => command.env("SPEC_ANALYZER_CACHE", cache),
            None => command.env("SPEC_ANALYZER_CACHE", "off"),
        };
        let start = Instant::now();
        let mut child = command.spawn().map_err(failed)?;
        let mut out = Vec::new();
        if let Some(mut pipe) = child.stdout.take() {
            pipe.read_to_end(&mut out).map_err(failed)?;
        }
        let ended = child.wait4().map_err(failed)?;
        let wall = start.elapsed().as_secs_f64();
        // 1 is a finding, or no match.
        if !matches!(ended.status.code(), Some(0 | 1)) {
            return Err(format!("{} ended with {}", self.name, ended.status));
        }
        Ok(Run {
            wall,
            cpu: (ended.rusage.utime + ended.rusage.stime).as_secs_f64(),
            peak: ended.rusage.maxrss,
            code: ended.status.code(),
            out,
        })
    }

    /// Counts a run.
    pub(crate) fn count(&mut self, run: &Run) {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let peak = run.peak as f64;
        self.wall.add_seconds(run.wall);
        self.cpu.add_seconds(run.cpu);
        self.peak.add_seconds(peak);
    }
}
