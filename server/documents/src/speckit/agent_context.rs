//! What agents are told of a project (`CLAUDE.md`, `AGENTS.md` ...): only what of the specs it names is read.

use super::{Reading, prose};
use crate::KnownLines;
use crate::model::Document;
use grammar::{IdKind, Mention, PathMention};

/// Mentions of features and ids, and paths into spec directories. No items, no placeholders, nothing to diagnose.
pub(super) fn of(reading: &Reading<'_>, known: Option<&mut KnownLines>) -> Document {
    let (mentions, paths) = prose::read(reading, &[], known);
    let names_spec =
        |path: &PathMention| path.path.contains("specs/") || path.path.contains(".specify/");
    let is_spec_id = |mention: &Mention| {
        mention.standard && mention.kind != IdKind::Other || mention.qualifier.is_some()
    };
    Document {
        kind: Some(reading.kind),
        mentions: mentions.into_iter().filter(is_spec_id).collect(),
        paths: paths.into_iter().filter(names_spec).collect(),
        style: reading.style.clone(),
        ..Document::default()
    }
}
