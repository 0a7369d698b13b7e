//! Every reference to the places of a spec, in documents and sources.

use std::collections::BTreeMap;

use grammar::{IdKind, Mention};
use text::{Edit, FileId, TextRange};
use trace::{Basis, Feature, Graph, ItemRef, Resolved, Target};

use super::order::Order;

/// The references of one file.
pub(super) struct Cited<'a> {
    mentions: Vec<&'a Mention>,
    /// Lists in cells of tables.
    fields: Vec<TextRange>,
}

/// All references to the requirements and criteria of `spec`, those that mean nothing included.
pub(super) fn of<'a>(
    graph: &'a Graph,
    feature: &'a Feature,
    spec: FileId,
) -> BTreeMap<FileId, Cited<'a>> {
    let mut found: BTreeMap<FileId, Cited<'a>> = BTreeMap::new();
    let own = |items: &[ItemRef]| {
        let here = |item: &ItemRef| item.feature == feature.id && item.file == spec;
        !items.is_empty() && items.iter().all(here)
    };
    for other in graph.features() {
        for reference in &other.references {
            let ours = match &reference.target {
                Target::Items(items, Basis::Declared) => own(items),
                Target::Undefined(id) => *id == feature.id,
                _ => false,
            };
            let Some(document) = other.document(reference.file).filter(|_| ours) else {
                continue;
            };
            let facts = document.facts();
            let mention = facts.mentions.get(reference.mention as usize);
            let Some(mention) = mention.filter(|each| each.kind == IdKind::Criterion) else {
                continue;
            };
            let cited = found.entry(reference.file).or_insert_with(|| Cited {
                mentions: Vec::new(),
                fields: facts.kiro.fields.iter().map(|field| field.range).collect(),
            });
            cited.mentions.push(mention);
        }
    }
    for (file, links) in graph.linked_sources() {
        let Some(source) = graph.source(file) else {
            continue;
        };
        for link in links {
            let ours = match &link.resolved {
                Resolved::Items(items, Basis::Declared) => own(items),
                Resolved::Undefined(id) => *id == feature.id,
                _ => false,
            };
            let mention = source.facts.mentions.get(link.mention as usize);
            let Some(mention) = mention
                .map(|each| &each.mention)
                .filter(|each| ours && each.kind == IdKind::Criterion)
            else {
                continue;
            };
            let cited = found.entry(file).or_insert_with(|| Cited {
                mentions: Vec::new(),
                fields: Vec::new(),
            });
            cited.mentions.push(mention);
        }
    }
    for cited in found.values_mut() {
        cited.mentions.sort_by_key(|mention| mention.range.start());
    }
    found
}

impl<'a> Cited<'a> {
    /// Those that do not stand in `gone`.
    pub(super) fn outside(mut self, gone: Option<TextRange>) -> Self {
        if let Some(gone) = gone {
            self.mentions
                .retain(|mention| !gone.contains_range(mention.range));
        }
        self
    }

    /// The edits after which each names what it named.
    pub(super) fn rewritten(&self, text: &str, order: &Order) -> Result<Vec<Edit>, TextRange> {
        trace::recited(text, &self.mentions, &self.fields, &|key| {
            order.becomes(key)
        })
    }

    /// How many have another number afterwards.
    pub(super) fn changed(&self, order: &Order) -> usize {
        let changes =
            |mention: &&&'a Mention| order.becomes(&mention.key).as_ref() != Some(&mention.key);
        self.mentions.iter().filter(changes).count()
    }

    /// The references themselves.
    pub(super) fn mentions(&self) -> &[&'a Mention] {
        &self.mentions
    }
}
