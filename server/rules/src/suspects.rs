//! What rules of acceptance share: who an item is, where its code is, and what is said beside a finding.

use documents::DocumentKind;
use text::TextRange;
use trace::{AcceptedItem, AcceptedLink, CodeStanding, Feature, FeatureDocument, TargetName};

use crate::engine::{Draft, Sink};
use crate::message::{Message, Template, shortened};

/// Documents whose items are accepted.
pub(crate) const SPECS: &[DocumentKind] = &[
    DocumentKind::Spec,
    DocumentKind::KiroRequirements,
    DocumentKind::KiroBugfix,
    DocumentKind::OpenSpecCapability,
];

/// Where the code is.
pub(crate) const HERE: Template = Template {
    en: "`{symbol}` stands here.",
    ja: "`{symbol}` はここにあります。",
};
/// The line of the lock.
pub(crate) const ACCEPTED: Template = Template {
    en: "Accepted here: \"{reason}\".",
    ja: "ここで承認: 「{reason}」。",
};
const UNSAID: Template = Template {
    en: "Accepted here.",
    ja: "ここで承認されています。",
};

/// What is wrong with an accepted item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suspicion {
    /// Nothing.
    None,
    /// Its text, perhaps with its code.
    Text,
    /// Only its code.
    Code,
}

/// What is to be said of an item: text before code, so that one change is one finding.
pub(crate) fn suspicion(item: &AcceptedItem) -> Suspicion {
    let apart = |link: &AcceptedLink| !link.text && link.code.is_same();
    let changed = |link: &AcceptedLink| {
        matches!(
            link.code,
            CodeStanding::Signature(_) | CodeStanding::Body(_)
        )
    };
    let rest = |link: &AcceptedLink| matches!(link.code, CodeStanding::Gone(_));
    if !item.text && !item.links.iter().all(rest) || item.links.iter().any(apart) {
        Suspicion::Text
    } else if item.links.iter().any(changed) {
        Suspicion::Code
    } else {
        Suspicion::None
    }
}

/// An accepted item in its document.
pub(crate) struct Suspect<'a> {
    pub(crate) document: &'a FeatureDocument,
    pub(crate) at: u32,
    /// Its id there, or the first words where it has none.
    pub(crate) range: TextRange,
    /// What people call it.
    pub(crate) who: String,
}

impl<'a> Suspect<'a> {
    pub(crate) fn of(feature: &'a Feature, accepted: &AcceptedItem) -> Option<Self> {
        let document = feature.document(accepted.item.file)?;
        let item = feature.item(accepted.item)?;
        let range = if item.id_range.is_empty() {
            item.title_range
        } else {
            item.id_range
        };
        let who = shortened(&item.id, 40);
        Some(Self {
            document,
            at: accepted.item.item,
            range,
            who,
        })
    }

    /// Counts what nobody can tell.
    pub(crate) fn count_unknown(&self, accepted: &AcceptedItem, sink: &mut Sink<'_>) {
        for link in &accepted.links {
            if let CodeStanding::Unknown(why) = &link.code {
                sink.unknown_at(self.document.file, self.range, why);
            }
        }
    }
}

/// `Session.create`, `src/a.rs` where the whole file is meant.
pub(crate) fn called(target: &TargetName) -> String {
    let name = target.part.as_ref().map_or(&target.path, |part| &part.name);
    shortened(name, 48)
}

/// Adds where the code of a link is and where it was accepted.
pub(crate) fn with_places<'d>(
    mut draft: Draft<'d>,
    feature: &Feature,
    links: &[&AcceptedLink],
) -> Draft<'d> {
    for link in links {
        // Of a file that is there as a whole, there is nothing to show.
        if let Some(spot) = link.code.spot().filter(|spot| !spot.range.is_empty()) {
            let facts = [("symbol", called(&link.target))];
            let facts = facts.each_ref().map(|(gap, fact)| (*gap, fact.as_str()));
            draft = draft.related(spot.file, spot.range, Message::new(HERE, &facts));
        }
        if let Some(lock) = feature.accepted.lock {
            let template = if link.reason.is_empty() {
                UNSAID
            } else {
                ACCEPTED
            };
            let message = Message::new(template, &[("reason", link.reason.as_str())]);
            draft = draft.related(lock, link.line, message);
        }
    }
    draft
}
