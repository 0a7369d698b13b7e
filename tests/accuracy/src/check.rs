//! Runs `spec-analyzer check` and reads its JSON.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::Outcome;

/// A run that takes longer is a failure, not a wait.
const LIMIT: Duration = Duration::from_secs(180);

/// The parts of the report that are measured. Other fields may come and go.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Report {
    /// Spec roots.
    pub projects: Vec<Project>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What could not be told.
    pub unknown: Vec<Unknown>,
}

/// A spec root.
#[derive(Debug, Clone, Deserialize)]
pub struct Project {
    /// Path from the root, empty for the root itself.
    pub path: String,
    /// Its features.
    pub features: Vec<Feature>,
}

/// One feature.
#[derive(Debug, Clone, Deserialize)]
pub struct Feature {
    /// Path from the root.
    pub path: String,
    /// `active`, `history` or `archived`.
    pub state: String,
}

/// One finding.
#[derive(Debug, Clone, Deserialize)]
pub struct Finding {
    /// Code of its rule.
    pub code: String,
    /// error, warning, information or hint.
    pub severity: String,
    /// The sentence.
    pub message: String,
    /// File, from the root.
    pub path: String,
    /// What it covers.
    pub range: Range,
    /// Item it speaks of.
    pub item: Option<Item>,
    /// Stays the same while the finding does.
    pub fingerprint: String,
    /// Other places.
    #[serde(default)]
    pub related: Vec<Related>,
}

/// An item of a document.
#[derive(Debug, Clone, Deserialize)]
pub struct Item {
    /// `specs/003-auth#FR-008`.
    pub address: String,
}

/// Another place of a finding.
#[derive(Debug, Clone, Deserialize)]
pub struct Related {
    /// File, from the root.
    pub path: String,
    /// What it covers.
    pub range: Range,
    /// What is there.
    pub message: String,
}

/// From one place to another.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Range {
    /// First character.
    pub start: Point,
    /// Behind the last character.
    pub end: Point,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Point {
    /// From 1.
    pub line: usize,
    /// Characters (Unicode scalar values), from 1, byte order mark not counted.
    pub column: usize,
    /// Bytes from the start of the file, byte order mark counted.
    pub byte: usize,
}

/// What a rule could not tell.
#[derive(Debug, Clone, Deserialize)]
pub struct Unknown {
    /// Code of the rule.
    pub code: String,
    /// How often.
    pub count: u64,
    /// Why.
    pub why: String,
}

impl Report {
    /// How often each rule could not tell.
    #[must_use]
    pub fn unknown_by_code(&self) -> BTreeMap<&str, u64> {
        let mut counts = BTreeMap::new();
        for unknown in &self.unknown {
            *counts.entry(unknown.code.as_str()).or_default() += unknown.count;
        }
        counts
    }

    /// Paths of all features.
    pub fn features(&self) -> impl Iterator<Item = &Feature> {
        self.projects.iter().flat_map(|project| &project.features)
    }
}

/// A finished run.
#[derive(Debug, Clone)]
pub struct Run {
    /// What it said.
    pub report: Report,
    /// Wall time.
    pub took: Duration,
}

/// Codes of rules that say nothing unless settings ask for them.
///
/// # Errors
/// The program cannot be started or fails.
pub fn silent(binary: &Path) -> Outcome<Vec<String>> {
    let wrong = |what: String| format!("{} explain: {what}", binary.display());
    let output = Command::new(binary)
        .arg("explain")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| wrong(error.to_string()))?;
    if !output.status.success() {
        return Err(wrong(output.status.to_string()));
    }
    let list = String::from_utf8_lossy(&output.stdout);
    let lines = list.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let code = words.next()?;
        (words.next()? == "off").then(|| code.to_owned())
    });
    Ok(lines.collect())
}

/// Runs `check --format json` on a directory; with `all`, finished features too.
///
/// # Errors
/// The program cannot be started, does not end, or says that it could not check (exit code 2); its JSON cannot be
/// read; or its exit code contradicts its findings.
pub fn check(binary: &Path, root: &Path, all: bool) -> Outcome<Run> {
    let wrong = |what: String| format!("{} on {}: {what}", binary.display(), root.display());
    let out = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let err = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let handle = |file: &tempfile::NamedTempFile| -> Outcome<File> {
        file.reopen().map_err(|error| error.to_string())
    };
    let mut command = Command::new(binary);
    command.arg("check");
    if all {
        command.arg("--all");
    }
    command.args(["--format", "json"]).arg(root);
    // What is measured is the program, not what it remembers.
    command.env("SPEC_ANALYZER_CACHE", "off");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("SPECIFY_FEATURE") || text.starts_with("GIT_") {
            command.env_remove(&name);
        }
    }
    command
        .stdin(Stdio::null())
        .stdout(handle(&out)?)
        .stderr(handle(&err)?);
    let started = Instant::now();
    let mut child = command.spawn().map_err(|error| wrong(error.to_string()))?;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| wrong(error.to_string()))? {
            break status;
        }
        if started.elapsed() > LIMIT {
            let _ = child.kill();
            let _ = child.wait();
            return Err(wrong(format!("no answer after {} s", LIMIT.as_secs())));
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let took = started.elapsed();
    let said = std::fs::read_to_string(err.path()).unwrap_or_default();
    let code = status.code();
    if !matches!(code, Some(0 | 1)) {
        return Err(wrong(format!("{status}: {}", said.trim())));
    }
    let json = std::fs::read(out.path()).map_err(|error| wrong(error.to_string()))?;
    let report: Report =
        serde_json::from_slice(&json).map_err(|error| wrong(format!("JSON: {error}")))?;
    let loud = report
        .findings
        .iter()
        .any(|finding| matches!(finding.severity.as_str(), "error" | "warning"));
    if loud != (code == Some(1)) {
        return Err(wrong(format!("{status}, which its findings contradict")));
    }
    Ok(Run { report, took })
}
