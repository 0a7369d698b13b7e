//! The only room with IO: workspace roots, walking, reading, git.
//!
//! It turns a folder on disk into plain values that the pure rooms understand, and says *unknown* where the
//! disk or git does not let it know. It must never know a rule, an editor feature or the protocol. It never
//! writes, never starts a program and never opens a socket.

mod git;
mod read;
mod walk;

pub use git::{Budget, Fate, Historical, History, RepoState, Repository, SuffixFate, Tracked};
pub use read::{
    DOCUMENT_LIMIT, ReadFile, ReadOutcome, SOURCE_LIMIT, content_hash, decode_bytes, read_document,
    read_source,
};
pub use walk::{Entry, Listing, Probe, Unlisted, probe, walk};
