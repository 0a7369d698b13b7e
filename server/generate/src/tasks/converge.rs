//! Where code and documents are known to have parted, as tasks of a phase at the end of a Spec Kit list: the lines that its
//! `converge` command writes, each with what it was found by.

use documents::GapKind;
use smol_str::SmolStr;
use trace::{FeatureId, Graph};

use super::section::Section;
use super::style::Style;
use super::{Generated, holds};

/// One place where code and documents have parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parted {
    /// What asks for it: `FR-003`, `US1/AC2`, `plan: data-model.md`.
    pub source: String,
    /// What was found, in one sentence.
    pub evidence: String,
    /// Which way they have parted.
    pub kind: GapKind,
}

/// What is to be done, and the word that `converge` has for it.
fn words(kind: GapKind) -> (&'static str, &'static str) {
    match kind {
        GapKind::Missing => ("Build what is missing", "missing"),
        GapKind::Partial => ("Complete what is there", "partial"),
        GapKind::Contradicts => ("Bring code and documents together", "contradicts"),
        GapKind::Unrequested => ("Specify or remove what nobody asked for", "unrequested"),
    }
}

/// A phase with a task for each gap that the list does not tell already. `None` where there is none, or where the list is
/// not organised by story, so that its numbers and headings are unknown.
#[must_use]
pub fn convergence(graph: &Graph, feature: FeatureId, gaps: &[Parted]) -> Option<Generated> {
    let feature = graph.feature(feature)?;
    if feature.conflicts().next().is_some() {
        return None;
    }
    let document = feature.tasks_document()?;
    let mut style = Style::of(&feature.tasks, document)?;
    let mut section = Section::new(String::new());
    let mut told: Vec<String> = Vec::new();
    for gap in gaps {
        let (work, kind) = words(gap.kind);
        let evidence = gap.evidence.trim_end_matches('.');
        let line = format!("{work}: {evidence} per {} ({kind})", gap.source);
        // What was found is what makes a gap the same one.
        let is_told = document.doc.text.contains(evidence) || told.iter().any(|it| it == evidence);
        if evidence.contains(['\n', '\r']) || is_told {
            continue;
        }
        told.push(evidence.to_owned());
        if section.ids.is_empty() {
            section = Section::new(style.plain_heading("Convergence"));
            section.open(None);
        }
        section.add(&mut style, "", (false, line, None));
    }
    if section.ids.is_empty() {
        return None;
    }
    style.append();
    let ids: Vec<(SmolStr, SmolStr)> = section
        .ids
        .into_iter()
        .map(|id| (id, SmolStr::default()))
        .collect();
    let edit = style.insert(document, &[section.lines]);
    let preview = edit.insert.trim().to_owned();
    holds(document, &edit, &ids).then(|| Generated {
        edits: vec![(document.file, edit)],
        preview,
        questions: Vec::new(),
    })
}
