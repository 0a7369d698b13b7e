//! Reads what was written and compares: every requirement and criterion says what it said, every reference means what it
//! meant.

use std::collections::BTreeMap;

use documents::{Item, ItemKind};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{FileId, TextRange};
use trace::{Change, Feature, FeatureDocument, Graph};

use super::citations;
use super::order::Order;
use super::{Planned, Uncounted};

pub(super) fn prove(
    graph: &Graph,
    feature: &Feature,
    document: &FeatureDocument,
    order: &Order,
    files: &BTreeMap<FileId, Planned>,
) -> Result<(), Uncounted> {
    let changes: Option<Vec<Change>> = files
        .iter()
        .map(|(file, planned)| planned.change(graph, *file))
        .collect();
    let after = graph.apply(changes.ok_or(Uncounted::Unreadable)?);
    let now = after
        .feature_of(document.file)
        .ok_or(Uncounted::Unreadable)?;
    let spec = now.document(document.file).ok_or(Uncounted::Unreadable)?;
    same_texts(document, spec, order)?;
    let then = citations::of(graph, feature, document.file);
    let now = citations::of(&after, now, document.file);
    for (file, cited) in &then {
        let captured = cited
            .mentions()
            .iter()
            .find(|mention| !order.knows(&mention.key) && order.will_know(&mention.key));
        if let Some(mention) = captured {
            return Err(Uncounted::Captured(*file, mention.range));
        }
        let mut meant: Vec<SmolStr> = cited
            .mentions()
            .iter()
            .filter_map(|mention| order.becomes(&mention.key))
            .collect();
        let mut named: Vec<SmolStr> = now
            .get(file)
            .map(|cited| {
                cited
                    .mentions()
                    .iter()
                    .map(|mention| mention.key.clone())
                    .collect()
            })
            .unwrap_or_default();
        // A list may be in another order, and name what two of its numbers became once.
        for keys in [&mut meant, &mut named] {
            keys.sort();
            keys.dedup();
        }
        // What stood in the text that goes away is named no more.
        let holds = if *file == document.file {
            named.iter().all(|key| meant.contains(key))
        } else {
            named == meant
        };
        if !holds {
            let place = cited.mentions().first().map(|mention| mention.range);
            return Err(Uncounted::Reference(*file, place.unwrap_or_default()));
        }
    }
    if now.keys().any(|file| !then.contains_key(file)) {
        return Err(Uncounted::Unreadable);
    }
    Ok(())
}

/// Each item has its new number and says what it said; nothing else is there but what is new.
fn same_texts(
    then: &FeatureDocument,
    now: &FeatureDocument,
    order: &Order,
) -> Result<(), Uncounted> {
    let mut said: FxHashMap<&SmolStr, &Item> = FxHashMap::default();
    for item in &now.facts().items {
        let counts = matches!(item.kind, ItemKind::Requirement | ItemKind::Criterion);
        if counts && (!order.will_know(&item.id) || said.insert(&item.id, item).is_some()) {
            return Err(Uncounted::Unreadable);
        }
    }
    for (at, _, new) in order.items() {
        let Some(new) = new else { continue };
        let item = &then.facts().items[at as usize];
        let same = said
            .get(new)
            .is_some_and(|other| other.kind == item.kind && words(now, other) == words(then, item));
        if !same {
            return Err(Uncounted::Unreadable);
        }
    }
    Ok(())
}

/// What an item says, words with digits left out: a reference in it may have another number.
fn words(document: &FeatureDocument, item: &Item) -> Vec<String> {
    let range = match item.kind {
        ItemKind::Criterion => TextRange::new(item.title_range.start(), item.range.end()),
        _ => item.title_range,
    };
    document
        .slice(range)
        .split_whitespace()
        .filter(|word| !word.chars().any(|c| grammar::folded(c).is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}
