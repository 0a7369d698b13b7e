//! Call hierarchy over the chain story -> requirement -> task -> symbol -> test, both ways.
//!
//! *Outgoing* is what realises an item, *incoming* is what it serves. It begins on a spec document only; symbols, tests
//! and files come as items of it. A range of a call stands in the file of the one who calls, as the protocol has it:
//! what is written there and makes the link, or the id or name that the other side writes.

mod edges;
mod keys;

use std::collections::BTreeMap;

use documents::{Format, ItemKind};
use rules::Locale;
use text::{FileId, TextRange, TextSize};
use trace::{Basis, Graph, ItemRef, Resolution};

use crate::Analysis;
use crate::definition::Place;
use crate::target::{self, Target};
use crate::wording;

use edges::{incoming, outgoing, symbol_or_tests};
pub use keys::{CallKey, CallWhat};

/// Longest name of an item, in characters.
const MAX_NAME: usize = 100;

/// Something that calls or is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Node {
    Item(ItemRef),
    File(FileId),
    /// File and which of its symbols.
    Symbol(FileId, u32),
    /// File and which of its tests.
    Test(FileId, u32),
}

impl Node {
    /// The file it stands in.
    fn file(self) -> FileId {
        match self {
            Self::Item(item) => item.file,
            Self::File(file) | Self::Symbol(file, _) | Self::Test(file, _) => file,
        }
    }
}

/// What sort of thing an item of the hierarchy is; decides its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// An item of a document.
    Item(ItemKind),
    /// A source file, where nothing says which of its symbols is meant.
    File,
    /// A symbol.
    Symbol(code::SymbolKind),
    /// A test.
    Test,
}

/// An item of the hierarchy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallItem {
    /// Id and title, or name.
    pub name: String,
    /// Where it belongs, and how sure the link to it is.
    pub detail: String,
    /// What it is.
    pub kind: CallKind,
    /// Where it is.
    pub place: Place,
    /// What finds it again in a later state of its file.
    pub key: CallKey,
}

/// A call: the other side, and where the caller's file says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Who is called, or who calls.
    pub item: CallItem,
    /// Bytes of the caller's file; never empty.
    pub ranges: Vec<TextRange>,
}

impl Analysis {
    /// What stands at `offset` of a spec document, as the beginning of a hierarchy: the items that an id means, the
    /// symbols a code span names, the file of a path, else the item around. Nothing in any other file.
    #[must_use]
    pub fn call_items_at(&self, file: FileId, offset: TextSize, locale: Locale) -> Vec<CallItem> {
        let graph = &self.graph;
        if self.spec_document(file).is_none() {
            return Vec::new();
        }
        let found = target::at(graph, file, offset);
        let mut nodes: Vec<(Node, Option<Basis>)> = match found.as_ref().map(|it| &it.target) {
            Some(Target::Definition(item)) => vec![(Node::Item(*item), None)],
            Some(Target::Mention(items, basis)) => {
                let sure = (*basis == Basis::Inferred).then_some(*basis);
                items.iter().map(|item| (Node::Item(*item), sure)).collect()
            }
            Some(Target::Symbols(symbols)) => symbols
                .iter()
                .flat_map(|it| symbol_or_tests(graph, it.file, it.symbol))
                .map(|node| (node, None))
                .collect(),
            Some(Target::Path(link)) => match link.resolution {
                Resolution::File(file) if graph.feature_of(file).is_none() => {
                    vec![(Node::File(file), None)]
                }
                _ => Vec::new(),
            },
            Some(Target::Ambiguous(_) | Target::Undefined(_) | Target::Declared(_)) => Vec::new(),
            None => self.item_around(file, offset).into_iter().collect(),
        };
        nodes.dedup();
        let items = nodes.into_iter();
        items
            .filter_map(|(node, basis)| item(graph, node, basis, locale))
            .collect()
    }

    /// The innermost item whose bytes hold `offset`.
    fn item_around(&self, file: FileId, offset: TextSize) -> Option<(Node, Option<Basis>)> {
        let (feature, document) = self.spec_document(file)?;
        let own = (0..).zip(&document.facts().items);
        let around = own.filter(|(_, it)| begins(it.kind) && it.range.contains_inclusive(offset));
        let (at, _) = around.min_by_key(|(_, it)| it.range.len())?;
        let item = ItemRef {
            feature: feature.id,
            file,
            item: at,
        };
        Some((Node::Item(item), None))
    }

    /// What realises an item of the hierarchy. `None` where `key` does not name one thing of `file` any more.
    #[must_use]
    pub fn outgoing_calls(&self, file: FileId, key: &CallKey, locale: Locale) -> Option<Vec<Call>> {
        let graph = &self.graph;
        let node = key.find(graph, file)?;
        let mut calls: BTreeMap<Node, (Basis, Vec<TextRange>)> = BTreeMap::new();
        for edge in outgoing(graph, node) {
            let (basis, ranges) = calls
                .entry(edge.to)
                .or_insert_with(|| (edge.basis, Vec::new()));
            *basis = (*basis).min(edge.basis);
            ranges.push(edge.at);
        }
        Some(in_order(graph, calls, locale))
    }

    /// What an item of the hierarchy serves. `None` where `key` does not name one thing of `file` any more.
    #[must_use]
    pub fn incoming_calls(&self, file: FileId, key: &CallKey, locale: Locale) -> Option<Vec<Call>> {
        let graph = &self.graph;
        let node = key.find(graph, file)?;
        Some(in_order(graph, incoming(graph, node), locale))
    }
}

/// Whether a hierarchy may begin at an item that is not named at its very place.
fn begins(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Story
            | ItemKind::Scenario
            | ItemKind::Requirement
            | ItemKind::SuccessCriterion
            | ItemKind::Criterion
            | ItemKind::Property
            | ItemKind::Task
    )
}

/// Calls by what they are and where they stand.
fn in_order(
    graph: &Graph,
    calls: BTreeMap<Node, (Basis, Vec<TextRange>)>,
    locale: Locale,
) -> Vec<Call> {
    let call = |(node, (basis, mut ranges)): (Node, (Basis, Vec<TextRange>))| {
        ranges.sort_unstable_by_key(|range| (range.start(), range.end()));
        ranges.dedup();
        Some(Call {
            item: item(graph, node, Some(basis), locale)?,
            ranges,
        })
    };
    calls.into_iter().filter_map(call).collect()
}

/// How a node is shown; with `basis`, how sure the link to it is.
fn item(graph: &Graph, node: Node, basis: Option<Basis>, locale: Locale) -> Option<CallItem> {
    let path = graph.inputs().tree.path_str(node.file());
    let (name, place, kind, belongs) = match node {
        Node::Item(item) => {
            let (feature, it) = graph.item(item)?;
            let document = feature.document(item.file)?;
            let counted = feature.format() == Format::Kiro;
            let id = match it.kind {
                ItemKind::Task => it.id.to_string(),
                // Its number alone could be that of a task.
                ItemKind::Requirement | ItemKind::Property if counted => {
                    document.slice(it.id_range).to_owned()
                }
                _ => wording::name(graph, item),
            };
            let words = wording::words_of(feature, item).replace("**", "");
            let name = match id.strip_suffix(words.as_str()) {
                // A name that is an id is not said twice.
                Some(_) if !words.is_empty() => id,
                _ => format!("{id} {words}"),
            };
            let mut belongs = feature.name.to_string();
            if let Some(task) = &it.task {
                belongs = format!("{} {belongs}", wording::state(task.state));
            }
            let place = Place::item(graph, item)?;
            (name, place, CallKind::Item(it.kind), belongs)
        }
        Node::File(file) => {
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            (name, Place::file(file), CallKind::File, path.to_owned())
        }
        Node::Symbol(file, at) => {
            let source = graph.source(file)?;
            let it = source.facts.symbols.get(at as usize)?;
            let place = Place {
                file,
                range: it.range.cover(it.name_range),
                focus: it.name_range,
            };
            let name = it.qualified_name();
            (name, place, CallKind::Symbol(it.kind), path.to_owned())
        }
        Node::Test(file, at) => {
            let it = graph.source(file)?.facts.tests.get(at as usize)?;
            let place = Place {
                file,
                range: it.range.cover(it.name_range),
                focus: it.name_range,
            };
            let skipped = if it.skipped {
                wording::say(locale, ", skipped", "、スキップ")
            } else {
                ""
            };
            let belongs = format!("{path}{skipped}");
            (it.full_name.clone(), place, CallKind::Test, belongs)
        }
    };
    let detail = match basis {
        Some(basis) => format!("{belongs} · {}", wording::basis(basis, locale)),
        None => belongs,
    };
    Some(CallItem {
        name: cut(name.trim()),
        detail,
        kind,
        place,
        key: CallKey::of(graph, node)?,
    })
}

fn cut(name: &str) -> String {
    match name.char_indices().nth(MAX_NAME) {
        Some((at, _)) => format!("{}…", name[..at].trim_end()),
        None => name.to_owned(),
    }
}
