//! Between items of specs and code: tasks, links, mentions, operations with the routes that answer them.

use documents::ItemKind;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::{Edge, Node, Why, at};
use crate::chain::{CodePlace, Via};
use crate::contracts::{Serving, Use};
use crate::feature::ItemRef;
use crate::{Basis, Graph};

/// All that rests on an item.
pub(super) fn of_item(graph: &Graph, item: ItemRef) -> Vec<(Node, Edge)> {
    let mut found = Vec::new();
    let from = Node::Item(item);
    let Some((feature, it)) = graph.item(item) else {
        return found;
    };
    let id = it.id.clone();
    let mut add = |to: Node, why: Why, place: Option<(FileId, TextRange)>| {
        let at = place.and_then(|(file, range)| at(graph, None, file, range));
        found.push((
            to,
            Edge {
                from: from.clone(),
                why,
                at,
            },
        ));
    };
    let chain = graph.chain(item);
    for task in chain.tasks.iter().filter(|task| **task != item) {
        add(Node::Item(*task), Why::Task, place_of(graph, *task));
    }
    for symbol in &chain.symbols {
        let source = graph.source(symbol.file);
        let name = source.and_then(|source| source.facts.symbols.get(symbol.symbol as usize));
        let range = name.map(|it| (symbol.file, it.name_range));
        add(
            Node::Symbol(symbol.file, symbol.symbol),
            linked(symbol.basis),
            range,
        );
    }
    for test in &chain.tests {
        let source = graph.source(test.file);
        let name = source.and_then(|source| source.facts.tests.get(test.test as usize));
        let range = name.map(|it| (test.file, it.name_range));
        add(Node::Test(test.file, test.test), linked(test.basis), range);
    }
    for file in &chain.files {
        let covered = chain.symbols.iter().any(|it| it.file == file.file)
            || chain.tests.iter().any(|it| it.file == file.file);
        if !covered {
            let named = chain.tasks.first().map(|task| (task.file, file.named_at));
            add(Node::File(file.file), Why::Task, named);
        }
    }
    for (file, range) in graph.document_mentions(item) {
        let to = around(graph, file, range).unwrap_or(Node::File(file));
        if to != Node::Item(item) {
            add(to, Why::Mentions(id.clone()), Some((file, range)));
        }
    }
    for route in graph.routes_of(item) {
        let to = route.symbol.map_or(Node::File(route.file), |symbol| {
            Node::Symbol(route.file, symbol)
        });
        add(
            to,
            Why::Answers(route.path.clone()),
            Some((route.file, route.range)),
        );
    }
    for caller in graph.callers_of(feature, item) {
        let said = match caller.how {
            Use::Calls => smol_str::format_smolstr!("{id}"),
            _ => caller.name.clone(),
        };
        let to = match caller.at.here {
            Some((file, range)) => super::wire::node_at(graph, file, range),
            None => Node::Elsewhere(caller.repository.clone(), caller.at.path.clone()),
        };
        found.push((
            to,
            Edge {
                from: from.clone(),
                why: Why::Calls(said),
                at: Some(caller.at),
            },
        ));
    }
    found
}

/// All that rests on the operations of a contract.
pub(super) fn of_contract(graph: &Graph, file: FileId) -> Vec<(Node, Edge)> {
    of_operations(graph, &Node::File(file), file, |_| true)
}

/// All that rests on one operation of a contract.
pub(super) fn of_part(graph: &Graph, from: &Node, file: FileId, name: &str) -> Vec<(Node, Edge)> {
    of_operations(graph, from, file, |id| id == name)
}

fn of_operations(
    graph: &Graph,
    from: &Node,
    file: FileId,
    meant: impl Fn(&str) -> bool,
) -> Vec<(Node, Edge)> {
    let Some(feature) = graph.feature_of(file) else {
        return Vec::new();
    };
    let operations = feature
        .items()
        .filter(|(at, it)| at.file == file && it.kind == ItemKind::Operation && meant(&it.id));
    let all = operations.flat_map(|(item, _)| of_item(graph, item));
    let own = |(to, edge): (Node, Edge)| {
        (to.file() != Some(file)).then_some((
            to,
            Edge {
                from: from.clone(),
                ..edge
            },
        ))
    };
    all.filter_map(own).collect()
}

fn linked(basis: Basis) -> Why {
    if basis == Basis::Task {
        Why::Task
    } else {
        Why::Linked
    }
}

/// Where an item is named.
fn place_of(graph: &Graph, item: ItemRef) -> Option<(FileId, TextRange)> {
    let (_, it) = graph.item(item)?;
    let range = if it.id_range.is_empty() {
        it.title_range
    } else {
        it.id_range
    };
    Some((item.file, range))
}

/// The innermost item around a place of a document.
fn around(graph: &Graph, file: FileId, range: TextRange) -> Option<Node> {
    let feature = graph.feature_of(file)?;
    let items = feature
        .items()
        .filter(|(at, it)| at.file == file && it.range.contains_range(range));
    let innermost = items.min_by_key(|(_, it)| it.range.len());
    innermost.map(|(item, _)| Node::Item(item))
}

/// The items that a place in code serves, with what says so. Guesses are left out.
pub(super) fn served(
    graph: &Graph,
    from: &Node,
    file: FileId,
    place: CodePlace,
) -> Vec<(ItemRef, Edge)> {
    let mut found = Vec::new();
    for served in graph.serves(file, place).items {
        if served.basis >= Basis::Inferred {
            continue;
        }
        let Some((_, via)) = served.via.first() else {
            continue;
        };
        let (why, place) = match via {
            Via::Task(task) => (Why::Task, place_of(graph, *task)),
            Via::Mention(mention) => {
                let source = graph.source(file);
                let mention = source.and_then(|it| it.facts.mentions.get(*mention as usize));
                let id = mention.map_or_else(SmolStr::default, |it| it.mention.key.clone());
                (
                    Why::Mentions(id),
                    mention.map(|it| (file, it.mention.range)),
                )
            }
        };
        let at = place.and_then(|(file, range)| at(graph, None, file, range));
        found.push((
            served.item,
            Edge {
                from: from.clone(),
                why,
                at,
            },
        ));
    }
    found
}

/// Operations that a route answers.
pub(super) fn answered(graph: &Graph, file: FileId, route: TextRange) -> Vec<ItemRef> {
    let mut found = Vec::new();
    for feature in graph.features() {
        for link in &feature.contracts.operations {
            let Serving::Served(routes) = &link.serving else {
                continue;
            };
            if routes
                .iter()
                .any(|each| each.file == file && each.range == route)
            {
                found.push(ItemRef {
                    feature: feature.id,
                    file: link.file,
                    item: link.item,
                });
            }
        }
    }
    found
}
