//! A delta applied to a main spec of which only the texts are known.

use std::sync::Arc;

use documents::DocumentKind;
use documents::openspec::{capability, delta, parts};
use text::{FileId, LineIndex};
use trace::openspec::{Base, DeltaFile};
use trace::{DocumentFile, FeatureDocument, FeatureId};

use super::{EDITION, Objection, asked, merge, result};

/// What archiving makes of a main spec.
pub(crate) enum Outcome {
    /// Its new text.
    Text(String),
    /// Nothing: the first objection; none where the new text would not be valid.
    Refused(Option<Objection>),
}

/// The text of a main spec with a delta applied.
pub(crate) fn applied(main: &str, change: &str) -> Outcome {
    let own = document(DocumentKind::OpenSpecDelta, FileId(0), change);
    let base = document(DocumentKind::OpenSpecCapability, FileId(1), main);
    if let Some(refused) = asked::of_delta(&own).into_iter().next() {
        return Outcome::Refused(Some(refused.why));
    }
    let spec = capability(main, &base.facts().spec_lines, EDITION);
    let file = DeltaFile {
        file: own.file,
        capability: "capability".into(),
        below: "capability/spec.md".into(),
        is_read: true,
        delta: Arc::new(delta(change, &own.facts().spec_lines, EDITION)),
        base: Some(Base {
            feature: FeatureId(0),
            document: base,
            spec: Arc::new(spec),
        }),
        rivals: Vec::new(),
    };
    match merge::merge("change", &own, &file, &mut Vec::new()) {
        Err(refused) => Outcome::Refused(Some(refused.why)),
        Ok(merged) if !result::faults(&merged.text).is_empty() => Outcome::Refused(None),
        Ok(merged) => Outcome::Text(merge::with_line_breaks_of(&merged.text, main)),
    }
}

/// A main spec with empty lines as archiving sets them; `None` where it has no requirements section.
pub(crate) fn respaced(main: &str) -> Option<String> {
    let facts = documents::read(DocumentKind::OpenSpecCapability, main);
    let cut = parts(main, &facts.spec_lines, EDITION)?;
    Some(merge::with_line_breaks_of(&merge::spaced(main, &cut), main))
}

fn document(kind: DocumentKind, file: FileId, text: &str) -> FeatureDocument {
    FeatureDocument {
        file,
        kind,
        path: "spec.md".into(),
        doc: Arc::new(DocumentFile {
            text: text.into(),
            lines: LineIndex::new(text),
            facts: documents::read(kind, text),
        }),
    }
}
