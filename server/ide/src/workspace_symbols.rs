//! Workspace symbols: items of all projects by id, qualified id, feature name and words of the title.

use documents::ItemKind;
use smol_str::SmolStr;
use trace::{Feature, ItemRef};

use crate::Analysis;
use crate::definition::Place;
use crate::wording;

/// Most symbols given for one query.
const LIMIT: usize = 128;

/// An item found by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSymbol {
    /// Id and title.
    pub name: String,
    /// What it is.
    pub kind: ItemKind,
    /// Name of its feature.
    pub container: SmolStr,
    /// Where it is.
    pub place: Place,
}

/// How well a query fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Exact,
    Prefix,
    Word,
    Inside,
    Letters,
}

impl Analysis {
    /// Items that `query` names, best first, at most 128.
    #[must_use]
    pub fn workspace_symbols(&self, query: &str) -> Vec<FoundSymbol> {
        let query = query.trim().to_lowercase();
        let mut found: Vec<(Rank, bool, usize, ItemRef)> = Vec::new();
        for (order, feature) in self.graph.features().iter().enumerate() {
            for (item, rank) in ranked(feature, &query) {
                found.push((rank, !feature.state.is_active(), order, item));
            }
        }
        found.sort_by_key(|(rank, history, order, item)| {
            (*rank, *history, *order, item.file, item.item)
        });
        found.truncate(LIMIT);
        found
            .into_iter()
            .filter_map(|(.., item)| {
                let (feature, it) = self.graph.item(item)?;
                let document = feature.document(item.file)?;
                let title = wording::tidy(document.slice(it.title_range));
                let name = wording::name(&self.graph, item);
                Some(FoundSymbol {
                    name: format!("{name} {title}").trim_end().to_owned(),
                    kind: it.kind,
                    container: feature.name.clone(),
                    place: Place::item(&self.graph, item)?,
                })
            })
            .collect()
    }
}

fn ranked<'a>(feature: &'a Feature, query: &'a str) -> impl Iterator<Item = (ItemRef, Rank)> + 'a {
    let name = feature.name.to_lowercase();
    let number = name.split('-').next().unwrap_or_default().to_owned();
    feature.documents.iter().flat_map(move |document| {
        let (name, number) = (name.clone(), number.clone());
        let items = (0..).zip(&document.facts().items);
        items.filter_map(move |(at, item)| {
            let this = ItemRef {
                feature: feature.id,
                file: document.file,
                item: at,
            };
            // Only what has an identity of its own; phases and checklists are numbered anew in each file.
            let shown = !matches!(
                item.kind,
                ItemKind::Phase
                    | ItemKind::ChecklistItem
                    | ItemKind::Gate
                    | ItemKind::Violation
                    | ItemKind::Decision
                    | ItemKind::EdgeCase
                    | ItemKind::Assumption
            );
            if item.id.is_empty() || !shown {
                return None;
            }
            let id = feature.key(this)?.key.join("/").to_lowercase();
            let title = document.slice(item.title_range).to_lowercase();
            let rank = rank(query, &id, &[&number, &name], &title)?;
            Some((this, rank))
        })
    })
}

fn rank(query: &str, id: &str, qualifiers: &[&str], title: &str) -> Option<Rank> {
    if query.is_empty() {
        return Some(Rank::Inside);
    }
    let qualified = qualifiers
        .iter()
        .map(|qualifier| format!("{qualifier}/{id}"));
    let whole = qualified
        .chain([id.to_owned()])
        .filter_map(|name| {
            if name == query {
                Some(Rank::Exact)
            } else if name.starts_with(query) {
                Some(Rank::Prefix)
            } else {
                query
                    .contains('/')
                    .then(|| letters(&name, query).then_some(Rank::Letters))
                    .flatten()
            }
        })
        .min();
    let words = query
        .split_whitespace()
        .map(|word| {
            [id, title]
                .iter()
                .chain(qualifiers)
                .filter_map(|text| rank_word(text, word))
                .min()
        })
        // Every word must fit; the worst one counts.
        .try_fold(Rank::Exact, |worst, rank| Some(worst.max(rank?)))
        .map(|rank| rank.max(Rank::Word));
    [whole, words].into_iter().flatten().min()
}

fn rank_word(text: &str, word: &str) -> Option<Rank> {
    let mut from = 0;
    let mut inside = false;
    while let Some(at) = text[from..].find(word) {
        let start = from + at;
        if !text[..start].ends_with(char::is_alphanumeric) {
            return Some(Rank::Word);
        }
        inside = true;
        from = start + text[start..].chars().next().map_or(1, char::len_utf8);
    }
    if inside {
        return Some(Rank::Inside);
    }
    letters(text, word).then_some(Rank::Letters)
}

/// Whether the letters of `wanted` stand in `text` in this order.
fn letters(text: &str, wanted: &str) -> bool {
    let mut chars = text.chars();
    wanted.chars().all(|c| chars.any(|each| each == c))
}
