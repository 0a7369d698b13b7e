//! Over the wire: who calls the routes of a file, here and in repositories that are not checked out.

use code::{Methods, Route};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::{Edge, Node, Why, at, specs};
use crate::Graph;
use crate::contracts::{At, Endpoints, meets};
use crate::inputs::SourceFile;

/// All routes with what stands before them; found out once.
#[derive(Default)]
pub(super) struct Wire {
    endpoints: Option<Endpoints>,
}

/// Whether a symbol answers a route.
pub(super) fn answers(source: &SourceFile, route: &Route, symbol: u32) -> bool {
    if route.symbol == Some(symbol) {
        return true;
    }
    let name = source.facts.symbols.get(symbol as usize).map(|it| &it.name);
    let handler = route
        .handler
        .as_deref()
        .map(|it| crate::chain::split_name(it).1);
    route.symbol.is_none() && handler.is_some() && handler == name.map(SmolStr::as_str)
}

/// The symbol around a place of a source, else the file.
pub(super) fn node_at(graph: &Graph, file: FileId, range: TextRange) -> Node {
    let symbols = graph.source(file).map(|source| &source.facts.symbols);
    let holding = (0..)
        .zip(symbols.into_iter().flatten())
        .filter(|(_, it)| it.kind != code::SymbolKind::Module && it.range.contains_range(range));
    let innermost = holding.min_by_key(|(_, it)| it.range.len());
    innermost.map_or(Node::File(file), |(symbol, _)| Node::Symbol(file, symbol))
}

impl Wire {
    /// What a route leads to: its operations, after which nothing follows, and its callers.
    pub(super) fn callers(
        &mut self,
        graph: &Graph,
        from: &Node,
        file: FileId,
        source: &SourceFile,
        route: TextRange,
    ) -> Vec<(Node, Edge, bool)> {
        let mut found = Vec::new();
        let Some(it) = source.facts.routes.iter().find(|each| each.range == route) else {
            return found;
        };
        let place = at(graph, Some(&source.lines), file, route);
        for item in specs::answered(graph, file, route) {
            let why = Why::Answers(it.template.clone().unwrap_or_default());
            found.push((
                Node::Item(item),
                Edge {
                    from: from.clone(),
                    why,
                    at: place.clone(),
                },
                true,
            ));
        }
        let endpoints = self.endpoints.get_or_insert_with(|| Endpoints::of(graph));
        let paths = endpoints.paths_of(file, route);
        let paths = if paths.is_empty() {
            it.template.iter().cloned().collect()
        } else {
            paths
        };
        let mut callers: Vec<(&FileId, &std::sync::Arc<SourceFile>)> = graph
            .inputs()
            .sources
            .iter()
            .filter(|(_, source)| !source.facts.http_calls.is_empty())
            .collect();
        callers.sort_unstable_by_key(|(file, _)| **file);
        for (caller, source) in callers {
            for call in &source.facts.http_calls {
                let Some(path) = call
                    .path
                    .as_ref()
                    .filter(|_| overlap(&it.methods, &call.methods))
                else {
                    continue;
                };
                if !paths.iter().any(|route| meets(route, path)) {
                    continue;
                }
                let to = call
                    .symbol
                    .map_or(Node::File(*caller), |symbol| Node::Symbol(*caller, symbol));
                let at = at(graph, Some(&source.lines), *caller, call.range);
                found.push((
                    to,
                    Edge {
                        from: from.clone(),
                        why: Why::Calls(path.clone()),
                        at,
                    },
                    false,
                ));
            }
        }
        for repository in graph.inputs().published.iter() {
            let tree = &graph.inputs().tree;
            if tree
                .roots()
                .iter()
                .any(|root| !root.absent && *root.name == *repository.repository)
            {
                continue;
            }
            for client in &repository.clients {
                for call in &client.calls {
                    let methods = Methods::Only(call.methods.iter().map(SmolStr::new).collect());
                    if !overlap(&it.methods, &methods)
                        || !paths.iter().any(|route| meets(route, &call.path))
                    {
                        continue;
                    }
                    let path = SmolStr::new(&client.path);
                    let to = Node::Elsewhere(SmolStr::new(&repository.repository), path.clone());
                    let at = Some(At {
                        path,
                        line: call.line,
                        here: None,
                    });
                    let why = Why::Calls(SmolStr::new(&call.path));
                    found.push((
                        to,
                        Edge {
                            from: from.clone(),
                            why,
                            at,
                        },
                        true,
                    ));
                }
            }
        }
        found
    }
}

fn overlap(one: &Methods, other: &Methods) -> bool {
    match (one, other) {
        (Methods::Only(one), Methods::Only(other)) => {
            one.iter().any(|each| each == "*" || other.contains(each))
                || other.iter().any(|each| each == "*")
        }
        _ => true,
    }
}
