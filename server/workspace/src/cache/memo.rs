//! A whole report, and all that it rests on.

use serde::{Deserialize, Serialize};

use super::Seen;

/// The arguments of a command, the variables that count and the day, as one hash.
pub type MemoKey = u128;

/// A report as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// What was asked.
    pub key: MemoKey,
    /// What was written to standard output.
    pub out: String,
    /// The exit code.
    pub code: u8,
    /// What it rests on.
    pub(crate) seen: Seen,
}
