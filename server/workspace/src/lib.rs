//! The only room with IO: workspace roots, walking, reading, git.
//!
//! It turns a folder on disk into plain values that the pure rooms understand, and says *unknown* where the
//! disk or git does not let it know. It must never know a rule, an editor feature or the protocol. It writes
//! settings, baselines and renames when somebody asks for it and nothing else, never starts a program and never opens
//! a socket.

mod active;
mod answers;
mod cache;
mod changed;
mod decisions;
mod described;
mod evidence;
mod files;
mod gated;
mod git;
mod home;
mod host;
mod impact;
mod members;
mod read;
mod releases;
mod report;
mod rewrite;
mod snapshot;
mod sources;
mod stores;
mod symlinks;
mod today;
mod walk;
mod words;

pub use answers::{HistoryAnswer, HistoryJob};
pub use cache::{
    CacheOptions, Memo, MemoKey, Stamp, cache_files, clear_cache, kept_workspaces, verify_cache,
};
pub use changed::Changed;
pub use decisions::{DecisionFile, FolderSettings, write_decisions};
pub use evidence::{EvidenceAnswer, EvidenceJob};
pub use git::{
    Budget, Commit, Fate, Historical, History, Repository, SuffixFate, Tracked, WordPast, Written,
};
pub use home::home;
pub use host::{Answer, Host, Job, Options};
pub use members::Members;
pub use read::{
    DOCUMENT_LIMIT, ReadFile, ReadOutcome, SOURCE_LIMIT, content_hash, decode_bytes, read_document,
    read_source,
};
pub use releases::Releases;
pub use report::ScanReport;
pub use rewrite::{Rewrite, rewrite};
pub use snapshot::Snapshot;
pub use sources::{SourceAnswer, SourceJob};
pub use symlinks::{link_below, link_on};
pub use today::{now, today};
pub use walk::{Entry, Listing, Probe, Unlisted, is_ignored, probe, walk};
pub use words::{WordAnswer, WordJob};

/// A relative path with `/`, whatever the system's separator; what is not Unicode is replaced.
fn slashed(path: &std::path::Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
