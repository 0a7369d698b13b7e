//! `spec-analyzer.toml`, `spec-workspace.toml` and the baseline file: bytes -> what a team decided, with exact ranges of what cannot be read.
//!
//! This room knows the words of the three files and nothing else. It never reads a file or a clock, never sees a finding,
//! and does not know which rules exist: their codes are told to it.
#![forbid(unsafe_code)]

mod address;
mod baseline;
mod date;
mod keys;
mod level;
mod members;
mod nearest;
mod problem;
mod read;
mod schema;
mod suppression;
mod weakening;

use std::collections::BTreeMap;

pub use address::{Address, AddressFault};
pub use baseline::{Baseline, Entry};
pub use date::Date;
pub use keys::{Key, SUPPRESS_KEYS, TOP_KEYS};
pub use level::{Level, Persistence, Scope};
pub use members::{Member, WORKSPACE_FILE, read_members};
pub use nearest::nearest;
pub use problem::{Problem, ProblemKind};
pub use read::{Read, read};
pub use schema::schema;
pub use suppression::{Suppression, add_suppression};
pub use weakening::{Change, Weakening, weakening};

/// Name of the settings file, at the top of a workspace folder.
pub const FILE: &str = "spec-analyzer.toml";

/// Where the baseline is when the settings do not say.
pub const BASELINE_FILE: &str = "spec-analyzer.baseline";

/// What a team decided. The default is what holds without a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Directories of features besides `specs/`, from the workspace folder, without a slash at the end.
    pub spec_roots: Vec<String>,
    /// Reports of tests and coverage, or directories of them, besides the usual places.
    pub evidence: Vec<String>,
    /// Which features are diagnosed.
    pub scope: Scope,
    /// What becomes of finished features; `None`: the team did not say, and drift is told of them as of all.
    pub persistence: Option<Persistence>,
    /// Path of the baseline from the workspace folder; [`BASELINE_FILE`] if `None`.
    pub baseline: Option<String>,
    /// Version of `OpenSpec` whose rules count: `1.13.2`. The installed one, else the newest known, if `None`.
    pub openspec_version: Option<String>,
    /// How loud the findings of a rule are, by code.
    pub severity: BTreeMap<String, Level>,
    /// What is known and accepted, in the order of the file.
    pub suppressions: Vec<Suppression>,
}

impl Settings {
    /// Path of the baseline from the workspace folder.
    #[must_use]
    pub fn baseline_path(&self) -> &str {
        self.baseline.as_deref().unwrap_or(BASELINE_FILE)
    }
}
