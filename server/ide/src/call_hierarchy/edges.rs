//! Who calls whom. Each link is read in one direction only, from what is wanted to what realises it; the way back asks
//! whoever may call for what it calls.

use std::collections::BTreeMap;

use documents::ItemKind;
use text::{FileId, TextRange};
use trace::{Basis, CodePlace, Feature, Graph, ItemRef, Resolution, Resolved, task_around};

use super::Node;
use crate::definition::Place;

/// A link and where the caller's file says it.
pub(super) struct Edge {
    pub(super) to: Node,
    pub(super) basis: Basis,
    /// Bytes of the caller's file.
    pub(super) at: TextRange,
}

/// What realises a node.
pub(super) fn outgoing(graph: &Graph, node: Node) -> Vec<Edge> {
    match node {
        Node::Item(item) => of_item(graph, item),
        Node::File(file) => tests_in(graph, file)
            .map(|(to, at)| Edge {
                to,
                basis: Basis::Task,
                at,
            })
            .collect(),
        Node::Symbol(file, at) => of_symbol(graph, file, at),
        Node::Test(..) => Vec::new(),
    }
}

/// What a node serves, with the strongest reason and every place that says so.
pub(super) fn incoming(graph: &Graph, node: Node) -> BTreeMap<Node, (Basis, Vec<TextRange>)> {
    let mut callers = match node {
        Node::Item(item) => above(graph, item),
        Node::File(file) => above_file(graph, file),
        Node::Symbol(file, at) => {
            let place = CodePlace {
                symbol: Some(at),
                test: None,
            };
            served(graph, file, place)
        }
        Node::Test(file, at) => above_test(graph, file, at),
    };
    callers.sort_unstable();
    callers.dedup();
    let mut calls = BTreeMap::new();
    for caller in callers.into_iter().filter(|caller| *caller != node) {
        let edges = outgoing(graph, caller);
        let mut edges = edges.into_iter().filter(|edge| edge.to == node).peekable();
        let Some(first) = edges.peek() else { continue };
        let mut call = (first.basis, Vec::new());
        for edge in edges {
            call.0 = call.0.min(edge.basis);
            call.1.push(edge.at);
        }
        calls.insert(caller, call);
    }
    calls
}

/// A symbol; where it is a test or a group of tests, those.
pub(super) fn symbol_or_tests(graph: &Graph, file: FileId, symbol: u32) -> Vec<Node> {
    let Some(facts) = graph.source(file).map(|source| &source.facts) else {
        return Vec::new();
    };
    let Some(name) = facts.symbols.get(symbol as usize).map(|it| it.name_range) else {
        return Vec::new();
    };
    let mut tests = (0..).zip(&facts.tests);
    if let Some((test, _)) = tests.find(|(_, it)| it.name_range == name) {
        return vec![Node::Test(file, test)];
    }
    let mut groups = (0..).zip(&facts.groups);
    if let Some((group, _)) = groups.find(|(_, it)| it.name_range == name) {
        let tests = facts.tests_in_group(group);
        return tests.map(|test| Node::Test(file, test)).collect();
    }
    vec![Node::Symbol(file, symbol)]
}

fn tests_in(graph: &Graph, file: FileId) -> impl Iterator<Item = (Node, TextRange)> + '_ {
    let tests = graph
        .source(file)
        .into_iter()
        .flat_map(|it| &it.facts.tests);
    (0..)
        .zip(tests)
        .map(move |(at, test)| (Node::Test(file, at), test.name_range))
}

/// An item of the same document.
fn beside(item: ItemRef, at: u32) -> ItemRef {
    ItemRef { item: at, ..item }
}

fn of_item(graph: &Graph, item: ItemRef) -> Vec<Edge> {
    let (Some((feature, it)), Some(place)) = (graph.item(item), Place::item(graph, item)) else {
        return Vec::new();
    };
    let own = place.focus;
    let mut edges = Vec::new();
    let mut add = |to: Node, basis: Basis, at: TextRange| {
        edges.push(Edge { to, basis, at });
    };
    for part in parts(feature, item) {
        add(Node::Item(part), Basis::Declared, own);
    }
    if it.kind == ItemKind::Task {
        for (to, basis, at) in named_by_task(graph, feature, item) {
            add(to, basis, at);
        }
    } else {
        for task in graph.tasks_of(item) {
            add(Node::Item(task), Basis::Declared, own);
        }
    }
    if it.kind == ItemKind::Story {
        for (requirement, basis) in requirements_of(graph, feature, item) {
            add(Node::Item(requirement), basis, own);
        }
    }
    for property in properties_of(feature, item) {
        add(Node::Item(property), Basis::Declared, own);
    }
    for (file, mention, basis) in graph.code_mentions(item) {
        for to in spoken_of(graph, file, mention) {
            add(to, basis, own);
        }
    }
    for linked in graph.files_tagged(item) {
        add(Node::File(linked.file), Basis::Declared, linked.named_at);
    }
    edges
}

/// Scenarios and criteria of what they belong to, tasks inside a task.
fn parts(feature: &Feature, item: ItemRef) -> Vec<ItemRef> {
    let Some(document) = feature.document(item.file) else {
        return Vec::new();
    };
    let items = &document.facts().items;
    let is_task = items
        .get(item.item as usize)
        .is_some_and(|it| it.kind == ItemKind::Task);
    let part = |kind: ItemKind| match kind {
        ItemKind::Scenario | ItemKind::Criterion | ItemKind::Requirement => !is_task,
        ItemKind::Task => is_task,
        _ => false,
    };
    (0..)
        .zip(items)
        .filter(|(_, it)| it.parent == Some(item.item) && part(it.kind))
        .map(|(at, _)| beside(item, at))
        .collect()
}

/// Requirements of a story: those whose text names it, and those that its tasks cite.
fn requirements_of(graph: &Graph, feature: &Feature, story: ItemRef) -> Vec<(ItemRef, Basis)> {
    let cited = graph
        .tasks_of(story)
        .into_iter()
        .flat_map(|task| graph.items_of_task(task))
        .filter(|item| feature.item(*item).is_some_and(|it| is_wanted(it.kind)))
        .map(|item| (item, Basis::Task));
    let naming = feature.items().filter(|(at, it)| {
        is_wanted(it.kind) && it.parent != Some(story.item) && cites(feature, *at, story)
    });
    naming
        .map(|(at, _)| (at, Basis::Declared))
        .chain(cited)
        .collect()
}

fn is_wanted(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Requirement | ItemKind::SuccessCriterion)
}

/// Properties of a design that say they validate an item.
fn properties_of(feature: &Feature, item: ItemRef) -> Vec<ItemRef> {
    let properties = feature
        .items()
        .filter(|(at, it)| it.kind == ItemKind::Property && cites(feature, *at, item));
    properties.map(|(at, _)| at).collect()
}

/// Whether the text of `citing` names `item`.
fn cites(feature: &Feature, citing: ItemRef, item: ItemRef) -> bool {
    cited_by(feature, citing).contains(&item)
}

/// What the text of an item names for certain.
fn cited_by(feature: &Feature, citing: ItemRef) -> Vec<ItemRef> {
    let (Some(it), Some(document)) = (feature.item(citing), feature.document(citing.file)) else {
        return Vec::new();
    };
    let own = feature.references.iter().filter(|reference| {
        reference.file == citing.file
            && document
                .facts()
                .mentions
                .get(reference.mention as usize)
                .is_some_and(|mention| it.range.contains_range(mention.range))
    });
    own.filter_map(|reference| match &reference.target {
        trace::Target::Items(items, Basis::Declared) => Some(items),
        _ => None,
    })
    .flatten()
    .copied()
    .collect()
}

/// Symbols that a task's own lines name, and the files of which they name none.
fn named_by_task(graph: &Graph, feature: &Feature, task: ItemRef) -> Vec<(Node, Basis, TextRange)> {
    let (Some(document), Some(it)) = (feature.document(task.file), feature.item(task)) else {
        return Vec::new();
    };
    let facts = document.facts();
    let own = |at: TextRange| task_around(document, at.start()) == Some(task.item);
    let mut named: Vec<(Node, Basis, TextRange)> = Vec::new();
    let spans = facts.code_spans_in(it.range).iter();
    for span in spans.filter(|span| own(span.range)) {
        for symbol in graph.symbols_named_by(feature, document, span) {
            let nodes = symbol_or_tests(graph, symbol.file, symbol.symbol).into_iter();
            named.extend(nodes.map(|node| (node, symbol.basis, span.range)));
        }
    }
    let mut files = Vec::new();
    for link in feature.paths_in(task.file, it.range) {
        let Some(path) = facts.paths.get(link.mention as usize) else {
            continue;
        };
        let Resolution::File(file) = link.resolution else {
            continue;
        };
        if !own(path.range) || graph.feature_of(file).is_some() {
            continue;
        }
        let before = named.len();
        if let Some((name, at)) = &path.symbol {
            for symbol in graph.symbols_in(file, name) {
                let nodes = symbol_or_tests(graph, file, symbol.symbol).into_iter();
                named.extend(nodes.map(|node| (node, symbol.basis, *at)));
            }
        }
        if named.len() == before {
            files.push((Node::File(file), Basis::Task, path.range));
        }
    }
    files.retain(|(file, ..)| !named.iter().any(|(node, ..)| node.file() == file.file()));
    named.extend(files);
    named
}

/// What a mention in a source file is about: a test, all tests of a group, a symbol, or the file.
fn spoken_of(graph: &Graph, file: FileId, mention: u32) -> Vec<Node> {
    let Some(facts) = graph.source(file).map(|source| &source.facts) else {
        return Vec::new();
    };
    let Some(said) = facts.mentions.get(mention as usize) else {
        return Vec::new();
    };
    match (said.test, said.group, said.symbol) {
        (Some(test), ..) => vec![Node::Test(file, test)],
        (None, Some(group), _) => {
            let tests = facts.tests_in_group(group);
            tests.map(|test| Node::Test(file, test)).collect()
        }
        (None, None, Some(symbol)) => symbol_or_tests(graph, file, symbol),
        (None, None, None) => vec![Node::File(file)],
    }
}

/// What a symbol is there for: what is mentioned at it, the tasks that name it and what they cite. No guesses, and no
/// stories, whose tests are those of much else.
fn purposes(graph: &Graph, file: FileId, symbol: u32) -> Vec<(ItemRef, Basis, Option<TextRange>)> {
    let Some(source) = graph.source(file) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for link in graph.code_links(file) {
        let said = source.facts.mentions.get(link.mention as usize);
        let Some(said) = said.filter(|said| {
            said.symbol == Some(symbol) && said.test.is_none() && said.group.is_none()
        }) else {
            continue;
        };
        if let Resolved::Items(items, basis) = &link.resolved {
            let at = Some(said.mention.range);
            found.extend(items.iter().map(|item| (*item, *basis, at)));
        }
    }
    for (task, basis) in graph.tasks_naming_symbol(file, symbol) {
        found.push((task, basis, None));
        let cited = graph.items_of_task(task).into_iter();
        found.extend(cited.map(|item| (item, basis, None)));
    }
    found.retain(|(item, basis, _)| {
        let it = graph.item(*item).map(|(_, it)| it.kind);
        *basis != Basis::Inferred && !matches!(it, None | Some(ItemKind::Story | ItemKind::Phase))
    });
    found
}

/// Tests of what a symbol is there for.
fn of_symbol(graph: &Graph, file: FileId, symbol: u32) -> Vec<Edge> {
    let Some(name) = graph
        .source(file)
        .and_then(|source| Some(source.facts.symbols.get(symbol as usize)?.name_range))
    else {
        return Vec::new();
    };
    let mut edges: Vec<Edge> = Vec::new();
    let mut purposes = purposes(graph, file, symbol);
    // Where the symbol's own file says it, its name alone is not the place.
    purposes.sort_by_key(|(.., at)| at.is_none());
    for (item, basis, at) in purposes {
        for test in graph.tests_of(item) {
            let to = Node::Test(test.file, test.test);
            let said = at.is_none() && edges.iter().any(|it| it.to == to && it.at != name);
            if said || test.basis == Basis::Inferred {
                continue;
            }
            edges.push(Edge {
                to,
                basis: basis.max(test.basis),
                at: at.unwrap_or(name),
            });
        }
    }
    edges
}

/// Items that may call an item.
fn above(graph: &Graph, item: ItemRef) -> Vec<Node> {
    let Some((feature, it)) = graph.item(item) else {
        return Vec::new();
    };
    let mut callers = graph.stories_of(item);
    callers.extend(it.parent.map(|parent| beside(item, parent)));
    callers.extend(cited_by(feature, item));
    if it.kind == ItemKind::Task {
        let works_for = graph.items_of_task(item);
        callers.extend(works_for.iter().flat_map(|item| {
            let feature = graph.feature(item.feature);
            feature.map_or_else(Vec::new, |feature| feature.counted_with(*item))
        }));
    }
    // The tasks of a phase serve its story.
    callers.retain(|caller| {
        let it = graph.item(*caller).map(|(_, it)| it.kind);
        it.is_some_and(|kind| kind != ItemKind::Phase)
    });
    callers.into_iter().map(Node::Item).collect()
}

fn served(graph: &Graph, file: FileId, place: CodePlace) -> Vec<Node> {
    let serves = graph.serves(file, place).items.into_iter();
    serves.map(|served| Node::Item(served.item)).collect()
}

fn above_file(graph: &Graph, file: FileId) -> Vec<Node> {
    let mut callers = served(graph, file, CodePlace::default());
    for feature in graph.features() {
        if !feature.named_files().any(|named| named == file) {
            continue;
        }
        let tagging = feature.items().filter(|(at, _)| {
            let tagged = graph.files_tagged(*at);
            tagged.iter().any(|linked| linked.file == file)
        });
        callers.extend(tagging.map(|(at, _)| Node::Item(at)));
    }
    callers
}

fn above_test(graph: &Graph, file: FileId, test: u32) -> Vec<Node> {
    let place = CodePlace {
        symbol: None,
        test: Some(test),
    };
    let mut callers = served(graph, file, place);
    let items: Vec<ItemRef> = callers
        .iter()
        .filter_map(|node| match node {
            Node::Item(item) => Some(*item),
            _ => None,
        })
        .collect();
    // Symbols that are there for the same.
    for item in items {
        let Some((feature, it)) = graph.item(item) else {
            continue;
        };
        if matches!(it.kind, ItemKind::Story | ItemKind::Phase) {
            continue;
        }
        for item in feature.counted_with(item) {
            let mentioning = graph.code_mentions(item).into_iter();
            callers.extend(mentioning.flat_map(|(file, at, _)| spoken_of(graph, file, at)));
            let tasks = graph.tasks_of(item).into_iter();
            let symbols = tasks.flat_map(|task| graph.symbols_of_task(task));
            callers.extend(symbols.flat_map(|it| symbol_or_tests(graph, it.file, it.symbol)));
        }
    }
    callers.push(Node::File(file));
    callers.retain(|caller| match caller {
        // A file calls its tests where something calls the file.
        Node::File(_) => !incoming(graph, *caller).is_empty(),
        Node::Test(..) => false,
        Node::Item(_) | Node::Symbol(..) => true,
    });
    callers
}
