//! What lines cite: requirements, criteria, properties and tasks, beside the ids that every format's prose can name.

use super::fields;
use crate::markdown::prose;
use crate::model::{
    Dependency, Document, DocumentKind, ItemIndex, ItemKind, KiroField, PropertyLabel,
};
use crate::reading::Reading;
use grammar::{Cited, IdKind, Mention};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{TextRange, TextSize};

/// What was cited so far.
#[derive(Default)]
pub(super) struct Found {
    pub(super) mentions: Vec<Mention>,
    pub(super) fields: Vec<KiroField>,
}

/// Reads all lines outside fences, comments and front matter; a wrapped paragraph is one line.
pub(super) fn read(reading: &Reading<'_>) -> Found {
    let text = reading.joined.as_ref();
    let mut found = Found::default();
    let mut known = 0;
    let mut candidates = Vec::new();
    let tasks = reading.kind == DocumentKind::KiroTasks;
    prose::lines(reading, |start, end| {
        let field = line(&text[start..end], TextSize::new(start as u32), &mut found);
        known += usize::from(field == Some(Begun::Requirements));
        if !tasks || field.is_some() {
            return;
        }
        let mut at = start;
        for written in reading.text[start..end].split_inclusive(['\n', '\r']) {
            let bare = at..at + written.trim_end().len();
            candidates.extend(fields::candidate(reading.text, bare));
            at += written.len();
        }
    });
    fields::read(reading.text, &candidates, known, &mut found);
    found
}

/// What a field of requirements begins with.
#[derive(PartialEq, Eq)]
enum Begun {
    /// In emphasis: `_Requirements: 1.1_`
    Requirements,
    /// `**Validates: Requirements 1.1**`
    Otherwise,
}

/// Reads one line. Gives what its field of requirements begins with.
fn line(text: &str, base: TextSize, found: &mut Found) -> Option<Begun> {
    let mut begun = None;
    for citation in grammar::citations(text, base, &mut found.mentions) {
        if citation.field {
            // A field speaks of its own spec, whatever path stands on its line.
            for mention in &mut found.mentions[citation.mentions.clone()] {
                mention.qualifier = None;
            }
            if citation.cited == Cited::Requirements {
                let label: std::ops::Range<usize> = (citation.label - base).into();
                let plain =
                    !text[..label.start].ends_with(['_', '*']) || text[label].contains([':', '：']);
                begun = Some(if plain {
                    Begun::Otherwise
                } else {
                    Begun::Requirements
                });
            }
            found.fields.push(KiroField {
                cited: citation.cited,
                range: citation.list,
            });
        }
    }
    begun
}

/// Puts what was cited into the document: mentions, but for those that are definitions; dependencies; labels.
pub(super) fn join(text: &str, mut found: Found, document: &mut Document) {
    let mut defined: Vec<TextRange> = document
        .items
        .iter()
        .filter(|item| !item.id_range.is_empty() && item.kind != ItemKind::Term)
        .map(|item| item.id_range)
        .collect();
    defined.sort_unstable_by_key(|range| range.start());
    let is_defined = |range: TextRange| {
        let at = defined.partition_point(|own| own.end() <= range.start());
        defined.get(at).is_some_and(|own| own.start() < range.end())
    };
    found.mentions.retain(|each| !is_defined(each.range));
    let others = std::mem::take(&mut document.mentions);
    let overlaps = |range: TextRange| {
        let at = others.partition_point(|other| other.range.end() <= range.start());
        others
            .get(at)
            .is_some_and(|other| other.range.start() < range.end())
    };
    found.mentions.retain(|each| !overlaps(each.range));
    found.mentions.extend(others.iter().cloned());
    // Those of a range stay in its order.
    found.mentions.sort_by_key(|each| each.range.start());
    document.mentions = found.mentions;
    found.fields.sort_by_key(|field| field.range.start());
    if document.kind == Some(DocumentKind::KiroTasks) {
        document.kiro.labels = labels(text, &document.mentions);
        document.dependencies = dependencies(document, &found.fields);
    }
    document.kiro.fields = found.fields;
}

/// `Property 3: Title` of a task's details.
fn labels(text: &str, mentions: &[Mention]) -> Vec<PropertyLabel> {
    let properties = mentions
        .iter()
        .filter(|each| each.kind == IdKind::Property && each.written && !each.in_range);
    let labels = properties.filter_map(|mention| {
        let end = usize::from(mention.range.end());
        let title = grammar::property_title(text, end)?;
        Some(PropertyLabel {
            number: SmolStr::new(mention.key.trim_start_matches("property/")),
            range: mention.range,
            title: text::span(title.start, title.end),
        })
    });
    labels.collect()
}

/// `_Depends: 1.2_` of the task around it.
fn dependencies(document: &Document, fields: &[KiroField]) -> Vec<Dependency> {
    let mut by_id: FxHashMap<&str, Option<ItemIndex>> = FxHashMap::default();
    for (at, task) in document.items_of(ItemKind::Task) {
        if !task.id.is_empty() {
            by_id
                .entry(task.id.as_str())
                .and_modify(|known| *known = None)
                .or_insert(Some(at));
        }
    }
    let mut found = Vec::new();
    for field in fields.iter().filter(|field| field.cited == Cited::Tasks) {
        let around = document
            .items_of(ItemKind::Task)
            .filter(|(_, task)| task.range.contains_range(field.range))
            .min_by_key(|(_, task)| task.range.len());
        let Some((task, _)) = around else { continue };
        for mention in document.mentions_in(field.range) {
            let id = mention.key.strip_prefix("task/").unwrap_or_default();
            if let Some(on) = by_id.get(id).copied().flatten()
                && on != task
            {
                found.push(Dependency {
                    task,
                    on,
                    range: mention.range,
                });
            }
        }
    }
    found.sort_by_key(|each: &Dependency| (each.range.start(), each.task, each.on));
    found.dedup();
    found
}
