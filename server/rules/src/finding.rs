//! What a rule found.

use settings::{Address, Date, Suppression};
use text::{Edit, FileId, TextRange};
use trace::{Basis, ItemKey};

use crate::message::Message;

/// How loud a finding is. What each level demands of a rule's measured precision: design section 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Never fails a check.
    Hint,
    /// Worth knowing.
    Information,
    /// Most likely a mistake.
    Warning,
    /// A contradiction that no reading resolves.
    Error,
}

impl Severity {
    /// The word shown to people and written to machine formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The other fact of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// File it is in.
    pub file: FileId,
    /// Bytes it covers.
    pub range: TextRange,
    /// What is there.
    pub message: Message,
}

/// A change that removes the finding and touches nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an editor's menu shows it.
    pub title: Message,
    /// The one an editor applies without asking which.
    pub preferred: bool,
    /// Edits by file, in the texts the graph was built from.
    pub edits: Vec<(FileId, Edit)>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of its rule.
    pub code: &'static str,
    /// How loud it is.
    pub severity: Severity,
    /// One sentence with both facts.
    pub message: Message,
    /// Document it is in.
    pub file: FileId,
    /// Exactly the text it speaks of, in bytes.
    pub range: TextRange,
    /// The item it speaks of.
    pub item: Option<ItemKey>,
    /// Why we believe it.
    pub basis: Basis,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Ways to remove it.
    pub fixes: Vec<Fix>,
    /// The fact that makes it this finding and no other: what the fingerprint is made of besides code and item.
    pub fact: String,
    /// What it has in common with the findings that became its related information; see `Draft::group`.
    pub group: Option<String>,
}

impl Finding {
    /// Address of its item; of its feature, whose path is `unit`, where it has none.
    #[must_use]
    pub fn address(&self, unit: &str) -> String {
        self.item
            .as_ref()
            .map_or_else(|| unit.to_owned(), ToString::to_string)
    }

    /// What accepts this finding and no other; `None` where its address is none that settings can name.
    ///
    /// `unit` is the feature's path.
    #[must_use]
    pub fn suppression(
        &self,
        unit: &str,
        reason: String,
        until: Option<Date>,
    ) -> Option<Suppression> {
        // An item has one finding of a rule; what has none, or stands for several, has nothing of its own but the
        // fingerprint.
        let named = self.item.is_some() && self.group.is_none();
        Some(Suppression {
            address: Address::parse(&self.address(unit)).ok()?,
            code: self.code.to_owned(),
            fingerprint: (!named).then(|| self.fingerprint(unit)),
            reason,
            until,
            range: TextRange::default(),
        })
    }

    /// 16 hexadecimal digits that stay the same while the finding does: code, item and fact, no lines.
    ///
    /// `unit` is the feature's path, for findings without an item.
    #[must_use]
    pub fn fingerprint(&self, unit: &str) -> String {
        // Which item of a group comes first may change; what the group shares does not.
        let (item, fact) = match (&self.group, &self.item) {
            (Some(group), _) => (format!("{unit}#"), group),
            (None, Some(item)) => (item.to_string(), &self.fact),
            (None, None) => (format!("{unit}#"), &self.fact),
        };
        // A checkout may change line breaks, a formatter the wrapping.
        let fact = fact.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = format!("{}\u{0}{item}\u{0}{fact}", self.code);
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
    }
}
