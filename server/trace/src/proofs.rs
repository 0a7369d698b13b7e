//! What the tests that name a requirement still show of it.

use std::collections::BTreeMap;

use documents::Format;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use crate::feature::Feature;
use crate::scope::{FeatureState, Phase};
use crate::work::RequirementWork;

/// Tests of a feature's requirements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proofs {
    /// By the requirement's id: the tests that surely speak of it, by file and place.
    pub of: BTreeMap<SmolStr, Vec<Proof>>,
    /// Every source was looked into.
    pub complete: bool,
}

/// A test of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The source.
    pub file: FileId,
    /// Bytes of the test's name.
    pub range: TextRange,
    /// Its name with those of the groups around it.
    pub name: SmolStr,
    /// What it shows.
    pub standing: ProofStanding,
}

/// What a test shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofStanding {
    /// It asserts something and is not known to fail.
    Proves,
    /// It is skipped without a condition.
    Skipped,
    /// It asserts nothing, and nothing that it calls does.
    Empty,
    /// It fails in this report, which is newer than its file.
    Fails(SmolStr),
    /// Cannot be told.
    Unknown,
}

impl ProofStanding {
    /// Whether it surely shows nothing.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Skipped | Self::Empty | Self::Fails(_))
    }
}

impl Proofs {
    /// Whether a test of a requirement surely shows nothing.
    #[must_use]
    pub fn has_hollow(&self) -> bool {
        let mut all = self.of.values().flatten();
        all.any(|proof| proof.standing.is_none())
    }
}

impl Feature {
    /// The requirements whose work is done: all tasks that cite one are ticked, or none cites it and all are.
    #[must_use]
    pub fn finished_work(&self) -> Vec<RequirementWork> {
        if !self.may_have_finished() {
            return Vec::new();
        }
        let mut work = self.requirement_work();
        work.retain(|each| each.finished || (each.tasks.is_empty() && self.phase == Phase::Done));
        work
    }

    /// Whether some of its work may be done, told without reading it.
    pub(crate) fn may_have_finished(&self) -> bool {
        self.format() == Format::SpecKit
            && self.state != FeatureState::Archived
            && matches!(self.phase, Phase::Implementing | Phase::Done)
    }
}
