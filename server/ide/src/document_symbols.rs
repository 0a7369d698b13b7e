//! Document symbols: the outline as the model sees it.

use documents::{Item, ItemKind};
use text::{FileId, TextRange};
use trace::{FeatureDocument, ItemRef};

use crate::Analysis;
use crate::wording;

/// What an entry of an outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutlineKind {
    /// A heading without a meaning of its own.
    Section,
    /// An item of the model.
    Item(ItemKind),
}

/// An entry of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineItem {
    /// Id and title; never empty.
    pub name: String,
    /// State, priority or the like; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: OutlineKind,
    /// All of it.
    pub range: TextRange,
    /// Its id or title.
    pub selection: TextRange,
    /// What stands in it.
    pub children: Vec<OutlineItem>,
}

impl Analysis {
    /// The outline of a document.
    #[must_use]
    pub fn document_symbols(&self, file: FileId) -> Vec<OutlineItem> {
        let Some(feature) = self.graph.feature_of(file) else {
            return Vec::new();
        };
        let Some(document) = feature.document(file) else {
            return Vec::new();
        };
        let facts = document.facts();
        let mut entries: Vec<OutlineItem> = Vec::new();
        for (at, section) in (0..).zip(&facts.sections) {
            // A heading that is an item is shown as that item.
            let is_item = facts.items.iter().any(|item| {
                item.section == Some(at) && item.range.start() == section.heading.start()
            });
            let name = wording::tidy(&section.title);
            if is_item || name.is_empty() {
                continue;
            }
            let text = document.slice(section.range).trim_end();
            let start = usize::from(section.range.start());
            let range = text::span(start, start + text.len()).cover(section.heading);
            entries.push(OutlineItem {
                name,
                detail: String::new(),
                kind: OutlineKind::Section,
                range,
                selection: section.title_range,
                children: Vec::new(),
            });
        }
        for (at, item) in (0..).zip(&facts.items) {
            let this = ItemRef {
                feature: feature.id,
                file,
                item: at,
            };
            entries.extend(entry(self, document, item, this));
        }
        nest(entries)
    }
}

fn entry(
    analysis: &Analysis,
    document: &FeatureDocument,
    item: &Item,
    this: ItemRef,
) -> Option<OutlineItem> {
    let id = match item.kind {
        ItemKind::Scenario => item.id.to_string(),
        // The name of an entity is its title; a remark has no name.
        ItemKind::Entity | ItemKind::EdgeCase | ItemKind::Assumption => String::new(),
        _ => wording::name(&analysis.graph, this),
    };
    let title = if item.kind == ItemKind::Entity {
        item.id.to_string()
    } else {
        wording::tidy(document.slice(item.title_range))
    };
    let name = [id, title]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let detail = if let Some(task) = &item.task {
        wording::state(task.state).to_string()
    } else {
        let priority = item.story.as_ref().and_then(|it| it.priority.as_ref());
        priority.map_or_else(String::new, |label| label.text.to_string())
    };
    let selection = if item.id_range.is_empty() {
        item.title_range
    } else {
        item.id_range
    };
    (!name.is_empty()).then(|| OutlineItem {
        name,
        detail,
        kind: OutlineKind::Item(item.kind),
        range: item.range.cover(selection),
        selection,
        children: Vec::new(),
    })
}

/// Puts each entry below the smallest one that holds it.
fn nest(mut entries: Vec<OutlineItem>) -> Vec<OutlineItem> {
    entries.sort_by_key(|entry| (entry.range.start(), std::cmp::Reverse(entry.range.end())));
    let mut roots: Vec<OutlineItem> = Vec::new();
    let mut open: Vec<OutlineItem> = Vec::new();
    for entry in entries {
        while let Some(around) = open.pop() {
            if around.range.contains_range(entry.range) && around.range != entry.range {
                open.push(around);
                break;
            }
            close(around, &mut open, &mut roots);
        }
        open.push(entry);
    }
    while let Some(entry) = open.pop() {
        close(entry, &mut open, &mut roots);
    }
    roots
}

fn close(entry: OutlineItem, open: &mut [OutlineItem], roots: &mut Vec<OutlineItem>) {
    match open.last_mut() {
        Some(around) => around.children.push(entry),
        None => roots.push(entry),
    }
}
