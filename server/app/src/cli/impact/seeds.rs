//! What changes: read from the arguments, or from what differs between the working tree and a commit.

use std::sync::Arc;

use text::FileId;
use trace::impact::Node;
use trace::{CodeChange, Graph, touched};
use workspace::Host;

use crate::cli::load::Loaded;
use crate::cli::since::{bases_of, host_at};
use crate::cli::trace::asked::{Asked, file_of, read};

/// A thing that changes.
pub(super) struct Change {
    pub(super) node: Node,
    /// How, where that is known.
    pub(super) change: Option<&'static str>,
}

/// All that changes.
#[derive(Default)]
pub(super) struct Seeds {
    pub(super) changes: Vec<Change>,
    /// Files that are gone.
    pub(super) gone: Vec<String>,
    /// The commits that were compared with.
    pub(super) bases: Vec<String>,
}

/// Reads the arguments. The error is a text for people.
pub(super) fn asked(loaded: &Loaded, what: &[String]) -> Result<Seeds, String> {
    let mut seeds = Seeds::default();
    for each in what {
        let nodes = one(loaded, each)?;
        seeds
            .changes
            .extend(nodes.into_iter().map(|node| Change { node, change: None }));
    }
    let mut seen: Vec<Node> = Vec::new();
    seeds.changes.retain(|each| {
        let is_new = !seen.contains(&each.node);
        seen.push(each.node.clone());
        is_new
    });
    Ok(seeds)
}

fn one(loaded: &Loaded, what: &str) -> Result<Vec<Node>, String> {
    let graph = &loaded.analysis.graph;
    if let Some((path, name)) = what.rsplit_once('#')
        && let Some(file) = file_of(loaded, path)
        && graph.feature_of(file).is_none()
    {
        return symbols(loaded, file, name);
    }
    if let Some((path, line)) = what.rsplit_once(':')
        && let Ok(line) = line.parse::<u32>()
        && let Some(file) = file_of(loaded, path)
        && graph.feature_of(file).is_none()
    {
        let source = loaded.snapshot.source(file);
        let bytes = source.and_then(|source| source.lines.line_range(line.saturating_sub(1)));
        return Ok(vec![bytes.map_or(Node::File(file), |bytes| {
            loaded.snapshot.thing_at(file, bytes)
        })]);
    }
    match read(loaded, what, None) {
        Asked::Nothing => Err(format!(
            "`{what}` is neither an item of a spec nor a file of this workspace. A symbol is named by its file: \
             src/login.ts#signIn."
        )),
        Asked::Ambiguous(items) => {
            let names: Vec<String> = items
                .iter()
                .filter_map(|item| {
                    Some(
                        crate::cli::links::Links { graph }
                            .item(*item, None)?
                            .shown()
                            .to_owned(),
                    )
                })
                .collect();
            Err(format!(
                "`{what}` may be any of {}; name one of them.",
                names.join(", ")
            ))
        }
        Asked::Items(items) => {
            // A contract is more than its operations.
            let file = file_of(loaded, what).filter(|_| items.len() != 1);
            Ok(match file {
                Some(file) if is_contract(graph, file) => vec![Node::File(file)],
                _ => items.into_iter().map(Node::Item).collect(),
            })
        }
        Asked::Source(file, _) => Ok(vec![Node::File(file)]),
        Asked::Directory { documents, sources } => {
            let items = documents.into_iter().map(Node::Item);
            Ok(items.chain(sources.into_iter().map(Node::File)).collect())
        }
    }
}

fn is_contract(graph: &Graph, file: FileId) -> bool {
    let document = graph.inputs().documents.get(&file);
    document.is_some_and(|document| document.facts.contract.is_some())
}

fn symbols(loaded: &Loaded, file: FileId, name: &str) -> Result<Vec<Node>, String> {
    let source = loaded.snapshot.source(file);
    let symbols = source.iter().flat_map(|source| &source.facts.symbols);
    let wanted = name.replace("::", ".");
    let named: Vec<Node> = (0..)
        .zip(symbols)
        .filter(|(_, symbol)| {
            let whole = symbol.qualified_name();
            whole == wanted || whole.ends_with(&format!(".{wanted}"))
        })
        .map(|(at, _)| Node::Symbol(file, at))
        .collect();
    if named.is_empty() {
        return Err(format!("`{}` declares no `{name}`.", loaded.shown(file)));
    }
    Ok(named)
}

fn said(change: CodeChange) -> &'static str {
    match change {
        CodeChange::Gone => "gone",
        CodeChange::Signature => "signature",
        CodeChange::Body => "body",
    }
}

/// What differs between the working tree and the merge base of a revision and HEAD.
pub(super) fn since(loaded: &Loaded, revision: &str) -> Result<Seeds, String> {
    let (options, commits) = bases_of(loaded, revision)?;
    let mut seeds = Seeds {
        bases: commits.iter().map(workspace::Commit::short_id).collect(),
        ..Seeds::default()
    };
    let changed = loaded.snapshot.changed_since(&commits);
    let mut host: Host = host_at(options, Arc::clone(&commits), loaded);
    host.scan_documents();
    let before = host.apply();
    let graph = &loaded.analysis.graph;
    for item in touched(&before.graph, graph).items {
        if let Some(now) = item.now {
            seeds.changes.push(Change {
                node: Node::Item(now),
                change: Some("reworded"),
            });
        }
    }
    for file in changed {
        match file.nodes {
            Some(nodes) => seeds
                .changes
                .extend(nodes.into_iter().map(|(node, change)| Change {
                    node,
                    change: change.map(said),
                })),
            None => seeds.gone.push(file.path.to_string()),
        }
    }
    Ok(seeds)
}
