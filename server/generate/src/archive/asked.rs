//! What a change asks for, before any main spec is looked at: contradictions of its deltas among themselves.

use documents::DocumentKind;
use documents::openspec::{Block, Delta, Named, Operation, delta};
use smol_str::SmolStr;
use text::{FileId, TextRange};
use trace::openspec::{DeltaFile, SkipSpecs};
use trace::{Feature, FeatureDocument, OpenSpec};

use super::merge::folded;
use super::{EDITION, Objection, Refused, head};

/// Everything that is wrong with the deltas of a change.
pub(super) fn objections(feature: &Feature, unit: &OpenSpec) -> Vec<Refused> {
    let mut found = Vec::new();
    let at = |file, range, why| Refused {
        place: Some((file, range)),
        why,
    };
    match unit.skip_specs {
        SkipSpecs::Yes(file, range) if unit.has_spec_files => {
            found.push(at(file, range, Objection::SkipSpecs));
        }
        SkipSpecs::Unreadable(file, range) => found.push(at(file, range, Objection::Metadata)),
        _ => {}
    }
    for file in &unit.deltas {
        let Some(document) = feature.document(file.file) else {
            continue;
        };
        if file.is_read {
            found.extend(of_delta(document));
        } else if is_unread(document, file) {
            found.push(at(file.file, head(document), Objection::Unread));
        }
    }
    found
}

/// Whether a file that the tool does not read looks like a delta to it.
fn is_unread(document: &FeatureDocument, file: &DeltaFile) -> bool {
    document.kind == DocumentKind::OpenSpecDelta
        && !file.below.split('/').any(|part| part.starts_with('.'))
        && (file.below == "spec.md" || !read(document).sections.is_empty())
}

/// A delta as this version of the tool reads it.
pub(super) fn read(document: &FeatureDocument) -> Delta {
    delta(&document.doc.text, &document.facts().spec_lines, EDITION)
}

pub(super) fn of_delta(document: &FeatureDocument) -> Vec<Refused> {
    let delta = read(document);
    let mut found = Found {
        file: document.file,
        refused: Vec::new(),
    };
    for (side, named) in &delta.unpaired {
        found.push(named.range, Objection::Unpaired(*side, named.name.clone()));
    }
    if delta.is_empty() {
        found.push(delta.head, Objection::Empty);
    }
    for (_, block) in delta.blocks() {
        found.block(block);
    }
    let added = names(delta.added.iter().map(of_block));
    let modified = names(delta.modified.iter().map(of_block));
    let removed = names(delta.removed.iter().map(of_named));
    let from = names(delta.renamed.iter().map(|(from, _)| of_named(from)));
    let to = names(delta.renamed.iter().map(|(_, to)| of_named(to)));
    for (operation, names) in [
        (Operation::Added, &added),
        (Operation::Modified, &modified),
        (Operation::Removed, &removed),
        (Operation::Renamed, &from),
        (Operation::Renamed, &to),
    ] {
        found.twice(operation, names);
    }
    found.both(
        (Operation::Modified, &modified),
        (Operation::Removed, &removed),
    );
    found.both((Operation::Modified, &modified), (Operation::Added, &added));
    found.both((Operation::Added, &added), (Operation::Removed, &removed));
    for (old, new) in &delta.renamed {
        let wanted = folded(&old.name);
        if let Some((_, range)) = removed.iter().find(|(name, _)| folded(name) == wanted) {
            let both = (Operation::Renamed, Operation::Removed);
            found.push(*range, Objection::Both(both.0, both.1, old.name.clone()));
        }
        if let Some((_, range)) = modified.iter().find(|(name, _)| *name == old.name) {
            found.push(*range, Objection::OldName(new.name.clone()));
        }
        if let Some((_, range)) = added.iter().find(|(name, _)| *name == new.name) {
            let both = (Operation::Renamed, Operation::Added);
            found.push(*range, Objection::Both(both.0, both.1, new.name.clone()));
        }
    }
    found.refused
}

type Names = Vec<(SmolStr, TextRange)>;

fn names(named: impl Iterator<Item = (SmolStr, TextRange)>) -> Names {
    named.collect()
}

fn of_block(block: &Block) -> (SmolStr, TextRange) {
    (block.name.clone(), block.name_range)
}

fn of_named(named: &Named) -> (SmolStr, TextRange) {
    (named.name.clone(), named.range)
}

struct Found {
    file: FileId,
    refused: Vec<Refused>,
}

impl Found {
    fn push(&mut self, range: TextRange, why: Objection) {
        self.refused.push(Refused {
            place: Some((self.file, range)),
            why,
        });
    }

    fn block(&mut self, block: &Block) {
        if block.body.is_none() {
            self.push(block.name_range, Objection::NoText(block.name.clone()));
        }
        if block.counted(EDITION).next().is_none() {
            self.push(block.name_range, Objection::NoScenario(block.name.clone()));
        }
    }

    fn twice(&mut self, operation: Operation, names: &Names) {
        for (nth, (name, range)) in names.iter().enumerate() {
            if names[..nth].iter().any(|(each, _)| each == name) {
                self.push(*range, Objection::Twice(operation, name.clone()));
            }
        }
    }

    fn both(&mut self, (one, names): (Operation, &Names), (other, others): (Operation, &Names)) {
        for (name, range) in names {
            if others.iter().any(|(each, _)| each == name) {
                self.push(*range, Objection::Both(one, other, name.clone()));
            }
        }
    }
}
