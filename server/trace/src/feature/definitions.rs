//! Which ids the documents of a feature define, and by which keys they are known.

use std::sync::Arc;

use documents::{Document, DocumentKind, Item, ItemKind};
use smol_str::SmolStr;

use super::{Definitions, FeatureDocument, FeatureId, ItemRef};

/// Key segments of an item: `["US1", "AC2"]` for a scenario, `["task", "1.2"]` for what Kiro only numbers, else its id.
pub(crate) fn item_path(facts: &Document, item: &Item) -> Vec<SmolStr> {
    let numbered = |what: &'static str| vec![SmolStr::new_static(what), item.id.clone()];
    match item.kind {
        ItemKind::Scenario => {
            let story = item.parent.and_then(|at| facts.items.get(at as usize));
            story
                .map(|story| story.id.clone())
                .into_iter()
                .chain([item.id.clone()])
                .collect()
        }
        // A requirement, its criterion and a task of one spec may all be `2.3`.
        ItemKind::Task if facts.kind == Some(DocumentKind::KiroTasks) => numbered("task"),
        ItemKind::Property => numbered("property"),
        ItemKind::Term => numbered("term"),
        _ => vec![item.id.clone()],
    }
}

/// Which document may define which kind of item for the rest of the feature.
fn defines(document: DocumentKind, item: ItemKind) -> bool {
    match item {
        ItemKind::Task => matches!(document, DocumentKind::Tasks | DocumentKind::KiroTasks),
        ItemKind::Phase => document == DocumentKind::Tasks,
        ItemKind::Criterion | ItemKind::Term => matches!(
            document,
            DocumentKind::KiroRequirements | DocumentKind::KiroBugfix
        ),
        ItemKind::Property => document == DocumentKind::KiroDesign,
        ItemKind::Requirement => matches!(
            document,
            DocumentKind::Spec | DocumentKind::KiroRequirements | DocumentKind::OpenSpecCapability
        ),
        ItemKind::ChecklistItem => document == DocumentKind::Checklist,
        ItemKind::Scenario => matches!(
            document,
            DocumentKind::Spec | DocumentKind::OpenSpecCapability
        ),
        ItemKind::Story | ItemKind::SuccessCriterion | ItemKind::Entity => {
            document == DocumentKind::Spec
        }
        // Named by words, or numbered anew in each document.
        ItemKind::Principle
        | ItemKind::Gate
        | ItemKind::Violation
        | ItemKind::Decision
        | ItemKind::EdgeCase
        | ItemKind::Assumption
        | ItemKind::Operation => false,
    }
}

/// Collects the ids that a feature's documents define.
pub(crate) fn definitions(feature: FeatureId, documents: &[FeatureDocument]) -> Definitions {
    let mut definitions = Definitions::default();
    for document in documents {
        let facts = document.facts();
        for (at, item) in (0..).zip(&facts.items) {
            // Phases and checklist items are numbered anew in each file: no identity for the feature.
            let numbered_anew = matches!(item.kind, ItemKind::Phase | ItemKind::ChecklistItem);
            if item.id.is_empty() || numbered_anew || !defines(document.kind, item.kind) {
                continue;
            }
            let id = SmolStr::from(item_path(facts, item).join("/"));
            definitions.entry(id).or_default().push(ItemRef {
                feature,
                file: document.file,
                item: at,
            });
        }
    }
    definitions
}

/// Whether two states of a feature's documents surely define the same ids at the same places.
pub(crate) fn define_the_same(before: &[FeatureDocument], now: &[FeatureDocument]) -> bool {
    let key = |item: &Item| (item.kind, item.parent);
    let same_items = |before: &Document, now: &Document| {
        before.items.len() == now.items.len()
            && before
                .items
                .iter()
                .zip(&now.items)
                .all(|(then, now)| key(then) == key(now) && then.id == now.id)
    };
    before.len() == now.len()
        && before.iter().zip(now).all(|(then, now)| {
            (then.file, then.kind) == (now.file, now.kind)
                && (Arc::ptr_eq(&then.doc, &now.doc) || same_items(then.facts(), now.facts()))
        })
}
