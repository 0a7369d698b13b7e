//! Renames and renumbers ids: in every document and source that names them, bare, qualified, in lists and in ranges.
//!
//! Whatever is written is read again before it is given out ([`proof`]): each mention of a renamed item still means it,
//! every other mention means what it meant, or nothing is changed at all. Texts come from the caller, who alone can say
//! whether a file can be written.

mod expression;
mod id;
mod meaning;
mod places;
mod proof;
mod renumber;
mod spelling;
mod term;
mod title;

use std::sync::Arc;

use documents::ItemKind;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{Feature, FeatureId, Graph, ItemRef};

use id::{NewId, is_numbered_story};
use meaning::{Meaning, has_explicit_id};
pub use renumber::{Series, renumber, series_in};

/// The text of a file that is about to be edited, as it will be when the edits are applied.
pub type Texts<'a> = dyn Fn(FileId) -> Result<Arc<str>, Unwritable> + 'a;

/// Why a file cannot be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// It is gone, or cannot be read.
    Missing,
    /// It is longer than what is read.
    TooLarge,
    /// Some of its bytes are not UTF-8.
    NotUtf8,
    /// It says something else than when it was read.
    Changed,
}

/// Ids that are called otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renaming {
    /// Old and new id of each item, in the order of the documents.
    pub ids: Vec<(SmolStr, SmolStr)>,
    /// Edits by file, in the texts the graph was built from; by position within a file.
    pub edits: Vec<(FileId, Edit)>,
    /// Places that name one of the old ids and stay as they are, by file and position.
    pub left: Vec<Left>,
}

/// A place that stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The file.
    pub file: FileId,
    /// The bytes of the id.
    pub range: TextRange,
    /// Why it stays.
    pub why: Why,
}

/// Why a place that names the old id is not touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Several features define the id and nothing says which is meant.
    Ambiguous,
    /// That the item is meant is only a guess.
    Inferred,
    /// The id is defined twice, and either may be meant.
    Twice,
    /// It stands in a code block or a comment of a document, where ids are not read.
    Code,
}

/// Why nothing is renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The item has no id of its own: scenarios and phases are counted, entities are named.
    NoId,
    /// A story called by a letter or a decimal number, which other lines cannot name.
    OddStory(SmolStr),
    /// This is no id.
    Malformed(SmolStr),
    /// An id of another kind of item.
    OtherKind {
        /// What was asked for.
        given: SmolStr,
        /// What it is called now.
        old: SmolStr,
    },
    /// The feature defines the new id already, here.
    Taken {
        /// The new id.
        id: SmolStr,
        /// The file that defines it.
        file: FileId,
        /// The bytes of the id there.
        range: TextRange,
    },
    /// What the id at this place means is not certain.
    Open(SmolStr, Why),
    /// It is called that already.
    Same(SmolStr),
    /// The id is defined twice, and the place asked about may mean either.
    Twice(SmolStr),
    /// A file that must be edited cannot be.
    File(FileId, Unwritable),
    /// The new id cannot be written here so that it is read again.
    Unreadable(FileId, TextRange),
    /// This place means something else, or nothing, and would come to mean the item, or to mean less.
    Captured(FileId, TextRange),
    /// The numbers are in order already.
    InOrder,
}

/// The items that are called otherwise, all of one feature, and how.
struct Substitution {
    feature: FeatureId,
    new: FxHashMap<ItemRef, NewId>,
    old_keys: FxHashSet<SmolStr>,
    new_keys: FxHashSet<SmolStr>,
    /// Renumbering closes gaps: what a range held only because it ran over a gap goes out of it.
    closes_gaps: bool,
}

/// What a substitution says of the items a mention means.
enum Says<'a> {
    /// Nothing.
    Nothing,
    /// All are called this.
    New(&'a NewId),
    /// They part.
    Parted,
}

impl Substitution {
    fn new(
        graph: &Graph,
        feature: FeatureId,
        new: FxHashMap<ItemRef, NewId>,
        closes_gaps: bool,
    ) -> Self {
        let old_keys = new
            .keys()
            .filter_map(|item| Some(graph.item(*item)?.1.id.clone()))
            .collect();
        let new_keys = new.values().map(|id| id.key.clone()).collect();
        Self {
            feature,
            new,
            old_keys,
            new_keys,
            closes_gaps,
        }
    }

    fn holds(&self, item: &ItemRef) -> bool {
        self.new.contains_key(item)
    }

    fn says(&self, items: &[ItemRef]) -> Says<'_> {
        let mut new = items.iter().map(|item| self.new.get(item));
        let Some(first) = new.next() else {
            return Says::Nothing;
        };
        match first {
            _ if !new.all(|each| each == first) => Says::Parted,
            Some(id) => Says::New(id),
            None => Says::Nothing,
        }
    }
}

/// Renames what `items` are: the one item of a definition, or all that a mention means.
///
/// Where an id is defined twice, the item of a definition is renamed alone, and the mentions, which may mean either,
/// stay. A second listing in a table is no second definition.
pub fn rename(
    graph: &Graph,
    items: &[ItemRef],
    given: &str,
    texts: &Texts<'_>,
) -> Result<Renaming, Refusal> {
    if title::is_title(graph, items) {
        return title::rename(graph, items, given, texts);
    }
    if term::is_term(graph, items) {
        return term::rename(graph, items, given, texts);
    }
    let group = group(graph, items)?;
    let (feature, item) = graph.item(group[0]).ok_or(Refusal::NoId)?;
    let new = NewId::read(given, item)?;
    if new.key == item.id {
        return Err(Refusal::Same(new.key));
    }
    if let Some(taken) = definitions(feature, group[0], item.kind, &new.key).first() {
        let range = feature.item(*taken).map_or(item.id_range, |it| it.id_range);
        return Err(Refusal::Taken {
            id: new.key,
            file: taken.file,
            range,
        });
    }
    let new = group.iter().map(|item| (*item, new.clone())).collect();
    carry_out(
        graph,
        &Substitution::new(graph, feature.id, new, false),
        texts,
    )
}

/// An id that can be renamed, somewhere in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamable {
    /// The bytes of the id: `FR-001`, `User Story 1`, the `006` of `FR-005/006`.
    pub range: TextRange,
    /// The id in full: `FR-006`.
    pub id: SmolStr,
    /// What to give to [`rename`].
    pub items: Vec<ItemRef>,
}

/// The id at `offset`. `Ok(None)` where there is none, or one that means nothing or has no definition of its own.
pub fn renamable(
    graph: &Graph,
    file: FileId,
    offset: TextSize,
) -> Result<Option<Renamable>, Refusal> {
    if let Some(title) = title::at(graph, file, offset) {
        return Ok(Some(title));
    }
    if let Some(term) = term::at(graph, file, offset) {
        return Ok(Some(term));
    }
    let Some(meant) = meaning::at(graph, file, offset) else {
        return Ok(None);
    };
    let items = match meant.meaning {
        Meaning::Items(items) => items,
        Meaning::Ambiguous(_) => return Err(Refusal::Open(meant.key, Why::Ambiguous)),
        Meaning::Inferred(_) => return Err(Refusal::Open(meant.key, Why::Inferred)),
        Meaning::Undefined(_) | Meaning::Foreign => return Ok(None),
    };
    match group(graph, &items) {
        Ok(_) => Ok(Some(Renamable {
            range: meant.range,
            id: meant.key,
            items,
        })),
        Err(Refusal::NoId) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// The items that are renamed together with `items`, or why none can be.
pub fn group(graph: &Graph, items: &[ItemRef]) -> Result<Vec<ItemRef>, Refusal> {
    let first = *items.first().ok_or(Refusal::NoId)?;
    let (feature, item) = graph.item(first).ok_or(Refusal::NoId)?;
    if !has_explicit_id(feature, item.kind) || item.id.is_empty() || item.id_range.is_empty() {
        return Err(Refusal::NoId);
    }
    if item.kind == ItemKind::Story && !is_numbered_story(&item.id) {
        return Err(Refusal::OddStory(item.id.clone()));
    }
    let all = definitions(feature, first, item.kind, &item.id);
    let listed_again = |item: &ItemRef| feature.item(*item).is_some_and(|it| it.in_table);
    let defining = all.iter().filter(|item| !listed_again(item)).count();
    if all.len() == 1 || defining == 1 {
        Ok(all)
    } else if let [only] = items {
        Ok(vec![*only])
    } else {
        Err(Refusal::Twice(item.id.clone()))
    }
}

/// Items with an id, of the feature or, for a checklist's, of the checklist.
fn definitions(feature: &Feature, like: ItemRef, kind: ItemKind, id: &str) -> Vec<ItemRef> {
    if kind != ItemKind::ChecklistItem {
        return feature.defined(id).to_vec();
    }
    let Some(document) = feature.document(like.file) else {
        return Vec::new();
    };
    document
        .facts()
        .items_of(kind)
        .filter(|(_, item)| item.id == id)
        .map(|(item, _)| ItemRef { item, ..like })
        .collect()
}

/// The edits of a substitution, proven.
fn carry_out(
    graph: &Graph,
    substitution: &Substitution,
    texts: &Texts<'_>,
) -> Result<Renaming, Refusal> {
    let planned = places::plan(graph, substitution, texts)?;
    let mut left = planned.left;
    left.extend(proof::prove(graph, substitution, &planned.files)?);
    left.sort_by_key(|left| (left.file, left.range.start(), left.range.end(), left.why));
    left.dedup_by_key(|left| (left.file, left.range));
    let mut items: Vec<(&ItemRef, &NewId)> = substitution.new.iter().collect();
    items.sort_unstable_by_key(|(item, _)| (item.file, item.item));
    let mut ids: Vec<(SmolStr, SmolStr)> = Vec::new();
    for (item, new) in items {
        let Some((_, it)) = graph.item(*item) else {
            continue;
        };
        let pair = (it.id.clone(), new.key.clone());
        if !ids.contains(&pair) {
            ids.push(pair);
        }
    }
    let edits = planned
        .files
        .into_iter()
        .flat_map(|(file, planned)| {
            let text = planned.text;
            let changes = move |edit: &Edit| text::slice(&text, edit.range) != edit.insert;
            let edits = planned.edits.into_iter().filter(changes);
            edits.map(move |edit| (file, edit))
        })
        .collect();
    Ok(Renaming { ids, edits, left })
}
