//! The check of every rename, from scratch and by its own means: positions mapped through the edits, meanings compared.

use std::collections::BTreeMap;

use generate::Renaming;
use text::{Edit, TextRange, TextSize};
use trace::{Basis, Graph, ItemRef, Resolved, Target};

/// What an id means: the items and how sure that is; nothing where it is no id of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    Certain(Vec<ItemRef>),
    Open(Vec<ItemRef>),
    Nothing,
}

/// An id of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) range: TextRange,
    pub(crate) key: String,
    pub(crate) written: bool,
    pub(crate) meaning: Meaning,
}

/// The ids of each file, by position.
pub(crate) type Names = BTreeMap<u32, Vec<Named>>;

/// Every mention of every file, by position, definitions left out.
pub(crate) fn names(graph: &Graph) -> Names {
    let mut names: Names = BTreeMap::new();
    for feature in graph.features() {
        for reference in &feature.references {
            let facts = feature.document(reference.file).unwrap().facts();
            let mention = &facts.mentions[reference.mention as usize];
            let meaning = match &reference.target {
                Target::Items(items, Basis::Declared) => Meaning::Certain(items.to_vec()),
                Target::Items(items, _) | Target::Ambiguous(items) => Meaning::Open(items.to_vec()),
                Target::Undefined(_) | Target::Foreign => Meaning::Nothing,
            };
            names.entry(reference.file.0).or_default().push(Named {
                range: mention.range,
                key: mention.key.to_string(),
                written: mention.written,
                meaning,
            });
        }
    }
    for (file, source) in &graph.inputs().sources {
        let links = graph.code_links(*file);
        for (at, found) in (0_u32..).zip(&source.facts.mentions) {
            let link = links.iter().find(|link| link.mention == at);
            let meaning = match link.map(|link| &link.resolved) {
                Some(Resolved::Items(items, Basis::Declared)) => Meaning::Certain(items.clone()),
                Some(Resolved::Items(items, _) | Resolved::Ambiguous(items)) => {
                    Meaning::Open(items.clone())
                }
                Some(Resolved::Undefined(_)) | None => Meaning::Nothing,
            };
            names.entry(file.0).or_default().push(Named {
                range: found.mention.range,
                key: found.mention.key.to_string(),
                written: found.mention.written,
                meaning,
            });
        }
    }
    for list in names.values_mut() {
        list.sort_by_key(|each| each.range.start());
    }
    names
}

/// The edits of one file, by position.
pub(crate) fn edits_of(renaming: &Renaming, file: u32) -> Vec<Edit> {
    let mut own: Vec<Edit> = renaming
        .edits
        .iter()
        .filter(|(at, _)| at.0 == file)
        .map(|(_, edit)| edit.clone())
        .collect();
    own.sort_by_key(|edit| edit.range.start());
    own
}

/// Panics unless all ids mean after the edits what they meant before; `old` and `new` are the ids of the renamed item.
pub(crate) fn holds(
    before: &Names,
    after: &Names,
    renaming: &Renaming,
    item: ItemRef,
    (old, new): (&str, &str),
) {
    let none = Vec::new();
    for (file, then) in before {
        let edits = edits_of(renaming, *file);
        let now = after.get(file).unwrap_or(&none);
        if edits.is_empty() && then == now {
            continue;
        }
        let mut at_edit: Vec<(Vec<&Named>, Vec<&Named>)> = vec![Default::default(); edits.len()];
        let (mut untouched, mut untouched_now) = (Vec::new(), Vec::new());
        for each in then {
            match edits.iter().position(|edit| meet(edit.range, each.range)) {
                Some(at) => at_edit[at].0.push(each),
                None => untouched.push(each),
            }
        }
        let ranges_now: Vec<TextRange> = edits.iter().map(|edit| written(&edits, edit)).collect();
        for each in now {
            match ranges_now.iter().position(|range| meet(*range, each.range)) {
                Some(at) => at_edit[at].1.push(each),
                None => untouched_now.push(each),
            }
        }
        assert_eq!(untouched.len(), untouched_now.len(), "file {file}");
        for (then, now) in untouched.iter().zip(untouched_now) {
            assert_eq!(moved(&edits, then.range), now.range, "file {file}");
            assert_eq!(then.key, now.key, "file {file} at {:?}", then.range);
            same(then, now, item, (old, new), *file);
        }
        for (then, now) in at_edit {
            let items = |list: &[&Named]| {
                let mut items: Vec<(String, Vec<ItemRef>)> = list
                    .iter()
                    .filter_map(|each| match &each.meaning {
                        Meaning::Certain(items) => {
                            let renamed = items.contains(&item);
                            let key = if renamed { new } else { &each.key };
                            Some((key.to_owned(), items.clone()))
                        }
                        _ => None,
                    })
                    .collect();
                items.sort();
                items
            };
            assert_eq!(items(&then), items(&now), "file {file}: {then:?} {now:?}");
        }
    }
}

/// An id that was not written anew.
fn same(then: &Named, now: &Named, item: ItemRef, (old, new): (&str, &str), file: u32) {
    let of_item =
        |meaning: &Meaning| matches!(meaning, Meaning::Certain(items) if items == &[item]);
    assert!(
        !of_item(&then.meaning) || !then.written,
        "file {file}: {then:?} means the renamed item and was left"
    );
    if then.meaning == now.meaning {
        return;
    }
    // What was open may close when one of its candidates goes, or have one more; never on the renamed item.
    let was_open = !matches!(then.meaning, Meaning::Certain(_));
    assert!(
        was_open && (then.key == old || then.key == new) && !of_item(&now.meaning),
        "file {file}: {then:?} became {now:?}"
    );
}

fn meet(a: TextRange, b: TextRange) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// Where a range outside the edits is afterwards.
fn moved(edits: &[Edit], range: TextRange) -> TextRange {
    let shift = |offset: TextSize| {
        edits.iter().filter(|edit| edit.range.end() <= offset).fold(
            i64::from(u32::from(offset)),
            |at, edit| {
                at + i64::from(u32::from(TextSize::of(edit.insert.as_str())))
                    - i64::from(u32::from(edit.range.len()))
            },
        )
    };
    let size = |at: i64| TextSize::new(u32::try_from(at).unwrap());
    TextRange::new(size(shift(range.start())), size(shift(range.end())))
}

/// Where the text of an edit is afterwards.
fn written(edits: &[Edit], edit: &Edit) -> TextRange {
    let before: Vec<Edit> = edits
        .iter()
        .filter(|other| other.range.start() < edit.range.start())
        .cloned()
        .collect();
    let start = moved(&before, TextRange::empty(edit.range.start())).start();
    TextRange::at(start, TextSize::of(edit.insert.as_str()))
}
