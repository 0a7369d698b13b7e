//! What a change touches: two states of a workspace, item by item and symbol by symbol, with what rests on each.
//!
//! Pure: it is given two graphs, and never asks how one came from the other. What only one of them has read is left out:
//! nothing can be said of it.

use code::SourceFacts;
use documents::ItemKind;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use crate::acceptance::{is_acceptable, print};
use crate::feature::ItemRef;
use crate::{Basis, CodePlace, Graph, ItemKey, RootId, Served};

/// What is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Requirements, stories and criteria that say something else or are gone, by address.
    pub items: Vec<TouchedItem>,
    /// Symbols and tests that are not what they were and serve an item, by path and place.
    pub code: Vec<TouchedCode>,
}

/// An item that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedItem {
    /// Its key, as it was.
    pub key: ItemKey,
    /// The item in the state before.
    pub was: ItemRef,
    /// The item in the state after; `None`: it is gone.
    pub now: Option<ItemRef>,
}

/// How a symbol changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeChange {
    /// No file has it any more.
    Gone,
    /// What others see of it: parameters, types, its name's surroundings.
    Signature,
    /// What it does.
    Body,
}

/// A symbol or test that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedCode {
    /// The repository.
    pub root: RootId,
    /// The file's path from its root, as it was.
    pub path: SmolStr,
    /// With the names around it.
    pub name: String,
    /// How it changed.
    pub change: CodeChange,
    /// The bytes of its name in the state after; in the state before where it is gone.
    pub range: TextRange,
    /// The file there.
    pub file: FileId,
    /// What it serves there. Guesses are left out.
    pub serves: Vec<Served>,
}

/// Compares two states of one workspace; the roots are the same, in the same order.
#[must_use]
pub fn touched(before: &Graph, after: &Graph) -> Touched {
    Touched {
        items: items(before, after),
        code: code(before, after),
    }
}

/// What is wanted, with its key.
fn wanted(graph: &Graph) -> impl Iterator<Item = (ItemKey, RootId, ItemRef)> {
    graph.features().iter().flat_map(move |feature| {
        let own = feature.items().filter(|(at, item)| {
            let document = feature.document(at.file).and_then(|it| it.facts().kind);
            document.is_some_and(|kind| is_acceptable(kind, item.kind))
        });
        own.filter_map(|(at, _)| Some((feature.key(at)?, feature.root, at)))
            .collect::<Vec<_>>()
    })
}

/// The print of what an item says.
fn said(graph: &Graph, at: ItemRef) -> Option<u64> {
    let document = graph.feature(at.feature)?.document(at.file)?;
    print(document.facts(), &document.doc.text, at.item)
}

fn items(before: &Graph, after: &Graph) -> Vec<TouchedItem> {
    let was: Vec<_> = wanted(before)
        .filter_map(|(key, root, at)| Some((key, root, at, said(before, at)?)))
        .collect();
    let told: FxHashMap<_, u64> = was
        .iter()
        .map(|(key, root, _, text)| ((*root, key), *text))
        .collect();
    let mut now: FxHashMap<(RootId, ItemKey), (ItemRef, Option<u64>)> = FxHashMap::default();
    // An item that was renumbered, or whose feature was moved, says the same under a key that did not say it.
    let mut moved: FxHashSet<u64> = FxHashSet::default();
    for (key, root, at) in wanted(after) {
        let text = said(after, at);
        if told.get(&(root, &key)).copied() != text {
            moved.extend(text);
        }
        now.insert((root, key), (at, text));
    }
    let mut touched = Vec::new();
    for (key, root, at, old) in &was {
        let there = now.get(&(*root, key.clone()));
        if moved.contains(old) || there.is_some_and(|(_, text)| *text == Some(*old)) {
            continue;
        }
        touched.push(TouchedItem {
            now: there.map(|(at, _)| *at),
            key: key.clone(),
            was: *at,
        });
    }
    touched.sort_by(|a, b| a.key.cmp(&b.key));
    touched
}

/// Symbols of a file by name; of several alike the first, second ...
fn by_name(facts: &SourceFacts) -> FxHashMap<(String, u32), u32> {
    let mut count: FxHashMap<String, u32> = FxHashMap::default();
    let mut named = FxHashMap::default();
    for (at, symbol) in (0..).zip(&facts.symbols) {
        let name = symbol.qualified_name();
        let nth = count.entry(name.clone()).or_default();
        *nth += 1;
        named.insert((name, *nth), at);
    }
    named
}

/// The symbols of a source that are not what they were, by their places before and after. `moved`: it stands elsewhere as
/// it was.
#[must_use]
pub fn changed_symbols(
    was: &SourceFacts,
    now: Option<&SourceFacts>,
    moved: &dyn Fn(&code::Symbol) -> bool,
) -> Vec<(u32, CodeChange, Option<u32>)> {
    let names_now = now.map(by_name).unwrap_or_default();
    let mut changed: Vec<(u32, CodeChange, Option<u32>)> = Vec::new();
    for ((name, nth), at) in by_name(was) {
        let symbol = &was.symbols[at as usize];
        let other = names_now.get(&(name, nth)).copied();
        let change = match (other, now) {
            (Some(other), Some(now)) => {
                let prints = now.symbols[other as usize].prints;
                if prints.signature != symbol.prints.signature {
                    CodeChange::Signature
                } else if prints.body != symbol.prints.body {
                    CodeChange::Body
                } else {
                    continue;
                }
            }
            _ if moved(symbol) => continue,
            _ => CodeChange::Gone,
        };
        changed.push((at, change, other));
    }
    // What only holds something that changed did not change itself.
    let ranges: Vec<TextRange> = changed
        .iter()
        .map(|(at, ..)| was.symbols[*at as usize].range)
        .collect();
    changed.retain(|(at, change, _)| {
        let own = was.symbols[*at as usize].range;
        *change != CodeChange::Body
            || !ranges
                .iter()
                .any(|inner| own.contains_range(*inner) && *inner != own)
    });
    changed.sort_unstable_by_key(|(at, ..)| *at);
    changed
}

fn code(before: &Graph, after: &Graph) -> Vec<TouchedCode> {
    let mut touched = Vec::new();
    // What stands elsewhere as it was, moved.
    let mut there: FxHashSet<(SmolStr, u64, u64)> = FxHashSet::default();
    for (file, source) in &after.inputs().sources {
        let was_there = after
            .inputs()
            .tree
            .path(*file)
            .is_some_and(|(root, path)| before.inputs().tree.file(root, path).is_some());
        if !was_there {
            let symbols = source.facts.symbols.iter();
            there.extend(symbols.map(|it| (it.name.clone(), it.prints.signature, it.prints.body)));
        }
    }
    for (file, source) in &before.inputs().sources {
        let Some((root, path)) = before.inputs().tree.path(*file) else {
            continue;
        };
        let now_file = after.inputs().tree.file(root, path);
        let now = now_file.and_then(|file| Some((file, after.source(file)?)));
        let known = source.facts.symbols_known && !source.facts.truncated;
        let known_now = now.is_none_or(|(_, now)| now.facts.symbols_known && !now.facts.truncated);
        // A file that is there and was not read: nobody knows.
        if !known || !known_now || (now.is_none() && now_file.is_some()) {
            continue;
        }
        let moved = |was: &code::Symbol| {
            there.contains(&(was.name.clone(), was.prints.signature, was.prints.body))
        };
        let now_facts = now.map(|(_, now)| &now.facts);
        let changed = changed_symbols(&source.facts, now_facts, &moved);
        for (at, change, other) in changed {
            let place = match (other, now) {
                (Some(other), Some((file, source))) => (after, file, source, other),
                _ => (before, *file, source, at),
            };
            let (graph, file, source, at) = place;
            let symbol = &source.facts.symbols[at as usize];
            let mut tests = (0..).zip(&source.facts.tests);
            let test = tests.find(|(_, test)| test.name_range == symbol.name_range);
            let place = CodePlace {
                symbol: Some(at),
                test: test.map(|(at, _)| at),
            };
            let mut serves = graph.serves(file, place).items;
            serves.retain(|served| {
                served.basis < Basis::Inferred
                    && graph
                        .item(served.item)
                        .is_some_and(|(_, item)| item.kind != ItemKind::Task)
            });
            if serves.is_empty() {
                continue;
            }
            touched.push(TouchedCode {
                root,
                path: path.clone(),
                name: symbol.qualified_name(),
                change,
                range: symbol.name_range,
                file,
                serves,
            });
        }
    }
    touched.sort_by(|a, b| {
        (a.root, &a.path, a.range.start()).cmp(&(b.root, &b.path, b.range.start()))
    });
    touched
}
