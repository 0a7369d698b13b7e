//! Renames a term of a Kiro glossary: its definition and every place in the documents of its spec.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{Edit, FileId, TextSize};
use trace::{Feature, FeatureDocument, Graph, ItemRef, is_certain_term};

use super::{Refusal, Renamable, Renaming, Texts};
use crate::planned;

/// The term at `offset`, or that is defined there, if its places are certain.
pub(super) fn at(graph: &Graph, file: FileId, offset: TextSize) -> Option<Renamable> {
    let feature = graph.feature_of(file)?;
    let document = feature.document(file)?;
    let (range, items) = feature.term_at(document, offset)?;
    Some(Renamable {
        range,
        id: document.slice(range).into(),
        items: items.to_vec(),
    })
}

/// Whether these are definitions of one term.
pub(super) fn is_term(graph: &Graph, items: &[ItemRef]) -> bool {
    let term = |item: &ItemRef| {
        graph
            .feature(item.feature)
            .and_then(|feature| feature.term_of(*item))
    };
    !items.is_empty() && items.iter().all(|item| term(item).is_some())
}

pub(super) fn rename(
    graph: &Graph,
    items: &[ItemRef],
    given: &str,
    texts: &Texts<'_>,
) -> Result<Renaming, Refusal> {
    let feature = items.first().and_then(|item| graph.feature(item.feature));
    let feature = feature.ok_or(Refusal::NoId)?;
    let old: SmolStr = feature.term_of(items[0]).ok_or(Refusal::NoId)?.into();
    let new = SmolStr::new(given.trim());
    if new == old {
        return Err(Refusal::Same(new));
    }
    if !is_certain_term(&new) {
        return Err(Refusal::Malformed(new));
    }
    // Not only a term of that name: a word that stands there already would come to mean this one.
    if let Some((file, range)) = feature.term_places(&new).first() {
        return Err(Refusal::Taken {
            id: new,
            file: *file,
            range: *range,
        });
    }
    let mut edits = Vec::new();
    let mut known: FxHashSet<FileId> = FxHashSet::default();
    for (file, range) in feature.term_places(&old) {
        if known.insert(file) {
            planned::writable(graph, file, texts).map_err(|why| Refusal::File(file, why))?;
        }
        edits.push((file, Edit::replace(range, new.as_str())));
    }
    read_again(feature, &edits, &old, &new)?;
    Ok(Renaming {
        ids: vec![(old, new)],
        edits,
        left: Vec::new(),
    })
}

/// Holds what is read afterwards against what was: as many definitions, under the new name.
fn read_again(
    feature: &Feature,
    edits: &[(FileId, Edit)],
    old: &SmolStr,
    new: &SmolStr,
) -> Result<(), Refusal> {
    for document in &feature.documents {
        let own: Vec<Edit> = edits
            .iter()
            .filter(|(file, _)| *file == document.file)
            .map(|(_, edit)| edit.clone())
            .collect();
        let Some(first) = own.first() else { continue };
        let refused = || Refusal::Unreadable(document.file, first.range);
        let text = text::apply(&document.doc.text, &own).map_err(|_| refused())?;
        let facts = documents::read(document.kind, &text);
        let names = |facts: &documents::Document| {
            let ids = facts.items.iter().map(|item| (item.kind, item.id.clone()));
            ids.collect::<Vec<_>>()
        };
        let wanted: Vec<_> = names(document.facts())
            .into_iter()
            .map(|(kind, id)| (kind, if id == *old { new.clone() } else { id }))
            .collect();
        if names(&facts) != wanted || mentions(document) != facts.mentions.len() {
            return Err(refused());
        }
    }
    Ok(())
}

fn mentions(document: &FeatureDocument) -> usize {
    document.facts().mentions.len()
}
