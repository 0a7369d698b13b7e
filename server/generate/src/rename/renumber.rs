//! Numbers the ids of one sort in the order they stand in: gaps are closed, a second `FR-003` gets a number of its own.

use documents::{DocumentKind, Item, ItemKind};
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};
use text::FileId;
use trace::{FeatureDocument, Graph, ItemRef};

use super::id::{NewId, Parts, is_numbered_story};
use super::{Refusal, Renaming, Substitution, Texts, carry_out};

/// Ids that are counted together: those of one document with the same letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The document that defines them.
    pub file: FileId,
    /// What they are.
    pub kind: ItemKind,
    /// `FR-`, `T`, `US`.
    pub stem: SmolStr,
    /// How many there are.
    pub len: usize,
    /// They count up from 1 without a gap, each in its place.
    pub in_order: bool,
}

/// An item of a series.
struct Numbered<'a> {
    at: ItemRef,
    item: &'a Item,
    parts: Parts<'a>,
}

/// The series of a document, in the order they begin.
#[must_use]
pub fn series_in(graph: &Graph, file: FileId) -> Vec<Series> {
    let Some(document) = document(graph, file) else {
        return Vec::new();
    };
    let mut all: Vec<Series> = Vec::new();
    for numbered in numbered(graph, document) {
        let of = |each: &&mut Series| {
            each.kind == numbered.item.kind && each.stem == numbered.parts.stem
        };
        match all.iter_mut().find(of) {
            Some(series) => series.len += 1,
            None => all.push(Series {
                file,
                kind: numbered.item.kind,
                stem: numbered.parts.stem.into(),
                len: 1,
                in_order: true,
            }),
        }
    }
    for series in &mut all {
        series.in_order = new_ids(graph, document, series).is_empty();
    }
    all
}

fn document(graph: &Graph, file: FileId) -> Option<&FeatureDocument> {
    let document = graph.feature_of(file)?.document(file)?;
    matches!(
        document.kind,
        DocumentKind::Spec | DocumentKind::Tasks | DocumentKind::Checklist
    )
    .then_some(document)
}

/// Items with a plain number; `FR-1.2` counts inside something else and stays.
fn numbered<'a>(graph: &Graph, document: &'a FeatureDocument) -> Vec<Numbered<'a>> {
    let Some(feature) = graph.feature_of(document.file) else {
        return Vec::new();
    };
    (0..)
        .zip(&document.facts().items)
        .filter(|(_, item)| super::has_explicit_id(feature, item.kind) && !item.id_range.is_empty())
        .filter(|(_, item)| item.kind != ItemKind::Story || is_numbered_story(&item.id))
        .filter_map(|(at, item)| {
            let parts =
                Parts::of(&item.id).filter(|parts| !parts.stem.contains(char::is_numeric))?;
            Some(Numbered {
                at: ItemRef {
                    feature: feature.id,
                    file: document.file,
                    item: at,
                },
                item,
                parts,
            })
        })
        .collect()
}

/// The new ids of the items of a series that are called otherwise afterwards.
fn new_ids(
    graph: &Graph,
    document: &FeatureDocument,
    series: &Series,
) -> FxHashMap<ItemRef, NewId> {
    let all = numbered(graph, document);
    let of = |each: &&Numbered<'_>| {
        each.item.kind == series.kind && each.parts.stem == series.stem.as_str()
    };
    let own: Vec<&Numbered<'_>> = all.iter().filter(of).collect();
    // A second listing in a table goes with what it lists.
    let lists = |each: &Numbered<'_>| {
        each.item.in_table
            && own
                .iter()
                .any(|other| !other.item.in_table && other.item.id == each.item.id)
    };
    let width = own
        .iter()
        .map(|it| it.parts.digits.len())
        .min()
        .unwrap_or(0);
    let mut next = u32::from(!own.iter().any(|each| each.parts.number() == 0));
    let mut bases: FxHashMap<&str, u32> = FxHashMap::default();
    let mut given: FxHashMap<&str, NewId> = FxHashMap::default();
    let mut new = FxHashMap::default();
    for each in own.iter().filter(|each| !lists(each)) {
        let Parts { digits, suffix, .. } = each.parts;
        // `T034a` keeps to its `T034`, whether or not that is there.
        let base = bases.get(digits).filter(|_| !suffix.is_empty()).copied();
        let number = base.unwrap_or(next);
        if base.is_none() {
            next += 1;
            bases.insert(digits, number);
        }
        let id = NewId::plain(&format_smolstr!("{}{number:0width$}{suffix}", series.stem));
        given
            .entry(each.item.id.as_str())
            .or_insert_with(|| id.clone());
        new.insert(each.at, id);
    }
    for each in own.iter().filter(|each| lists(each)) {
        if let Some(id) = given.get(each.item.id.as_str()) {
            new.insert(each.at, id.clone());
        }
    }
    new.retain(|at, id| graph.item(*at).is_some_and(|(_, item)| item.id != id.key));
    new
}

/// Renumbers series of one feature, all at once: `FR-001` and `FR-002` may change places.
///
/// Refused where a mention of an id that is defined twice would have to choose, and where something that means nothing
/// today (`FR-009` after it was deleted) would come to mean an item.
pub fn renumber(graph: &Graph, all: &[Series], texts: &Texts<'_>) -> Result<Renaming, Refusal> {
    let first = all.first().ok_or(Refusal::InOrder)?;
    let feature = graph.feature_of(first.file).ok_or(Refusal::NoId)?;
    let mut new = FxHashMap::default();
    for series in all {
        let document = feature.document(series.file).ok_or(Refusal::NoId)?;
        new.extend(new_ids(graph, document, series));
    }
    if new.is_empty() {
        return Err(Refusal::InOrder);
    }
    for id in new.values() {
        let kept = feature
            .defined(&id.key)
            .iter()
            .find(|item| !new.contains_key(item));
        if let Some(kept) = kept {
            let range = feature.item(*kept).map(|item| item.id_range);
            return Err(Refusal::Taken {
                id: id.key.clone(),
                file: kept.file,
                range: range.unwrap_or_default(),
            });
        }
    }
    let substitution = Substitution::new(graph, feature.id, new, true);
    carry_out(graph, &substitution, texts)
}
