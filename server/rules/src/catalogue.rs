//! All rules. A new rule is one file in `rules/` and the line in `rules.rs` that declares it.

use documents::{DocumentKind, Format};
use settings::Level;
use trace::Feature;

use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::Template;
use crate::rules;

/// What a rule speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// The shape of one document.
    Structure,
    /// Ids and paths that point somewhere.
    Reference,
    /// What nothing works for.
    Coverage,
    /// The task list.
    Tasks,
    /// Where code and specs have parted.
    Drift,
    /// The rules of `openspec validate`.
    OpenSpec,
}

impl Group {
    /// The word shown to people and written to machine formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Reference => "reference",
            Self::Coverage => "coverage",
            Self::Tasks => "tasks",
            Self::Drift => "drift",
            Self::OpenSpec => "openspec",
        }
    }

    /// The tool whose rules these are. They are as loud as the tool says them, and held equal to it by a test.
    #[must_use]
    pub fn parity(self) -> Option<&'static str> {
        (self == Self::OpenSpec).then_some("openspec")
    }
}

/// How good a rule is, as last measured (tests/accuracy).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Hits in public repositories that were judged one by one, by reading document, code and history.
    pub judged: u32,
    /// Of these, true ones.
    pub right: u32,
    /// Seeded defects.
    pub seeded: u32,
    /// Of these, found at the seeded place.
    pub found: u32,
}

impl Measured {
    /// Hits that must have been judged before a rule may speak above information.
    pub const ENOUGH: u32 = 20;

    /// Judged hits from which on a rule that is more often wrong than it may be is off, proven or not.
    pub const FEW: u32 = 5;

    /// Whether at least `bar` percent of `whole` are `part`.
    fn reaches(part: u32, whole: u32, bar: u64) -> bool {
        whole > 0 && u64::from(part) * 100 >= u64::from(whole) * bar
    }

    /// The loudest a rule with these figures may be: an error is right 95 times of 100, a warning 90 times, and both
    /// find nine of ten seeded defects; with fewer than [`Self::ENOUGH`] judged hits it is unproven and at most
    /// information; what is wrong more than 40 times of 100 is off until a team asks for it.
    fn allows(self) -> Level {
        let proven = self.judged >= Self::ENOUGH && Self::reaches(self.found, self.seeded, 90);
        if proven && Self::reaches(self.right, self.judged, 95) {
            Level::Error
        } else if proven && Self::reaches(self.right, self.judged, 90) {
            Level::Warning
        } else if self.judged < Self::FEW || Self::reaches(self.right, self.judged, 60) {
            Level::Information
        } else {
            Level::Off
        }
    }
}

impl Descriptor {
    /// How loud its findings are: what the rule is for, as far as its figures allow.
    #[must_use]
    pub fn shown(&self) -> Level {
        let meant = Level::from(self.severity);
        if self.group.parity().is_some() {
            return meant;
        }
        meant.min(self.measured.map_or(Level::Information, Measured::allows))
    }

    /// Whether its findings are kept back until a team gives the rule a severity.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.shown() == Level::Off
    }
}

/// A rule as people know it: what `explain` and its page say.
#[derive(Debug)]
pub struct Descriptor {
    /// Its code: `story-without-task`.
    pub code: &'static str,
    /// What it speaks about.
    pub group: Group,
    /// How loud its findings are once its figures allow it; see [`Descriptor::shown`].
    pub severity: Severity,
    /// One line: what it finds.
    pub summary: &'static str,
    /// Why it matters, and what is unknown to it: two or three plain sentences each, Markdown.
    pub explanation: &'static str,
    /// A text that has the finding.
    pub bad: &'static str,
    /// The same text without it.
    pub good: &'static str,
    /// Every sentence it can say.
    pub messages: &'static [Template],
    /// How good it is; `None` before it was measured.
    pub measured: Option<Measured>,
}

/// A check of one feature.
pub trait Rule: Sync {
    /// What it is.
    fn descriptor(&self) -> &'static Descriptor;

    /// Families of documents that it knows.
    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit]
    }

    /// Kinds of the only documents that it looks at, with their paths, mentions and tasks; none named: at all of the
    /// feature. While these stay as they are, it is not asked again.
    fn documents(&self) -> &'static [DocumentKind] {
        &[]
    }

    /// Whether it is asked of a feature with a document whose merge is not decided. Of such a feature no other rule can
    /// tell anything.
    fn speaks_in_conflict(&self) -> bool {
        false
    }

    /// Reports what it finds, and how often it could not tell.
    fn check(&self, feature: &Feature, sink: &mut Sink<'_>);
}

include!(concat!(env!("OUT_DIR"), "/registered.rs"));

macro_rules! catalogue {
    ($([$($module:ident)::+ $rule:ident])*) => { &[$(&rules::$($module)::+::$rule),*] };
}

/// Every rule, in the order of the groups.
pub static CATALOGUE: &[&dyn Rule] = registered!(catalogue);

/// The rule with this code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static dyn Rule> {
    CATALOGUE
        .iter()
        .copied()
        .find(|rule| rule.descriptor().code == code)
}
