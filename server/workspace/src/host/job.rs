//! Slow work that is done away from the writer, and what it found.

use crate::answers::{HistoryAnswer, HistoryJob};
use crate::evidence::{EvidenceAnswer, EvidenceJob};
use crate::sources::{SourceAnswer, SourceJob};
use crate::words::{WordAnswer, WordJob};

/// Work to do away from the writer.
pub enum Job {
    /// Read every source file once; keep those that matter.
    Sources(SourceJob),
    /// Ask git what became of the paths that are not there.
    History(HistoryJob),
    /// Look for words in every source file.
    Words(WordJob),
    /// Look for reports of tests and coverage.
    Evidence(EvidenceJob),
}

/// What a [`Job`] found.
pub enum Answer {
    /// Facts of the sources that matter.
    Sources(SourceAnswer),
    /// What became of paths.
    History(HistoryAnswer),
    /// Which words stand in the sources.
    Words(WordAnswer),
    /// Reports of tests and coverage.
    Evidence(EvidenceAnswer),
}

impl Job {
    /// Does the work. Blocks; `None` once `cancelled` says so.
    #[must_use]
    pub fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Answer> {
        match self {
            Self::Sources(job) => job.run(cancelled).map(Answer::Sources),
            Self::History(job) => job.run(cancelled).map(Answer::History),
            Self::Words(job) => job.run(cancelled).map(Answer::Words),
            Self::Evidence(job) => job.run(cancelled).map(Answer::Evidence),
        }
    }
}
