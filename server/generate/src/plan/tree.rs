//! Trees as plans draw them.

use std::collections::{BTreeMap, BTreeSet};

use trace::Service;

use super::facts::Facts;

/// Most directories that are drawn of one service.
const MOST: usize = 14;

#[derive(Default)]
struct Node {
    children: BTreeMap<String, Node>,
    is_directory: bool,
}

/// A tree of paths; those that end in `/` are directories.
pub(super) fn drawn(paths: &[String]) -> Vec<String> {
    let mut root = Node::default();
    for path in paths {
        let mut at = &mut root;
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        while let Some(part) = parts.next() {
            at = at.children.entry(part.to_owned()).or_default();
            at.is_directory |= parts.peek().is_some() || path.ends_with('/');
        }
    }
    let mut lines = Vec::new();
    for (name, node) in &root.children {
        lines.push(shown(name, node));
        branch(node, "", &mut lines);
    }
    lines
}

fn shown(name: &str, node: &Node) -> String {
    if node.is_directory {
        format!("{name}/")
    } else {
        name.to_owned()
    }
}

fn branch(node: &Node, before: &str, lines: &mut Vec<String>) {
    let last = node.children.len();
    for (at, (name, child)) in node.children.iter().enumerate() {
        let (mark, below) = if at + 1 == last {
            ("└── ", "    ")
        } else {
            ("├── ", "│   ")
        };
        lines.push(format!("{before}{mark}{}", shown(name, child)));
        branch(child, &format!("{before}{below}"), lines);
    }
}

/// The directories of the services that change, and the files that the documents name; from the project's root.
pub(super) fn sources(facts: &Facts<'_>) -> Vec<String> {
    let mut paths: BTreeSet<String> = BTreeSet::new();
    let own = |path: &str| -> Option<String> {
        let project = facts.feature.project.path.as_str();
        if project.is_empty() {
            return Some(path.to_owned());
        }
        Some(path.strip_prefix(project)?.strip_prefix('/')?.to_owned())
    };
    for id in facts.changed.iter().take(6) {
        let Some(service) = facts
            .service(*id)
            .filter(|it| it.root == facts.feature.root)
        else {
            continue;
        };
        paths.extend(
            directories(facts, service)
                .iter()
                .filter_map(|path| own(path)),
        );
    }
    if facts.changed.is_empty() {
        for id in facts.candidates.iter().take(20) {
            let path = facts.service(*id).map(|it| format!("{}/", it.path));
            paths.extend(
                path.filter(|path| path.len() > 1)
                    .and_then(|path| own(&path)),
            );
        }
    }
    let tree = &facts.graph.inputs().tree;
    for file in facts.named.iter().take(12) {
        if let Some((root, path)) = tree.path(*file)
            && root == facts.feature.root
        {
            paths.extend(own(path));
        }
    }
    paths.into_iter().collect()
}

/// Directories with sources, one or two levels below a service.
fn directories(facts: &Facts<'_>, service: &Service) -> Vec<String> {
    let tree = &facts.graph.inputs().tree;
    let base = service.path.as_str();
    let mut levels: [BTreeSet<String>; 2] = [BTreeSet::new(), BTreeSet::new()];
    for (_, path) in tree.below(service.root, base).take(50_000) {
        let inner = path[base.len()..].trim_start_matches('/');
        if !code::is_source_path(path) || inner.starts_with('.') || inner.contains("/.") {
            continue;
        }
        // What is another service's is drawn with that.
        if facts.known.services.of_path(service.root, path)
            != facts.known.services.of_path(service.root, base)
        {
            continue;
        }
        let mut ends = inner.match_indices('/').map(|(at, _)| at + 1);
        let start = path.len() - inner.len();
        for level in &mut levels {
            if let Some(end) = ends.next() {
                level.insert(path[..start + end].to_owned());
            }
        }
    }
    let [first, second] = levels;
    let chosen = if first.len() + second.len() <= MOST {
        first.into_iter().chain(second).collect()
    } else {
        first.into_iter().collect::<Vec<_>>()
    };
    if chosen.is_empty() && !base.is_empty() {
        return vec![format!("{base}/")];
    }
    chosen.into_iter().take(MOST).collect()
}
