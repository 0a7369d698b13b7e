//! Candidates that are paths of the tree, one segment at a time.

use std::collections::BTreeMap;

use trace::{Feature, Graph};

use super::context::Line;
use super::{Completion, CompletionKind};

/// Directories and files of the project below what is typed up to its last slash.
pub(super) fn below(
    graph: &Graph,
    feature: &Feature,
    line: &Line<'_>,
    typed: &str,
) -> Vec<Completion> {
    let (dir, segment) = typed.rsplit_once('/').unwrap_or(("", typed));
    let dir = dir.trim_start_matches("./");
    if dir.split('/').any(|part| part == "..") {
        return Vec::new();
    }
    let project = feature.project.path.as_str();
    let full = match (project.is_empty(), dir.is_empty()) {
        (true, _) => dir.to_owned(),
        (false, true) => project.to_owned(),
        (false, false) => format!("{project}/{dir}"),
    };
    let skip = if full.is_empty() { 0 } else { full.len() + 1 };
    // Segment -> is a directory. Below one segment the rest of the tree is not looked at twice.
    let mut segments: BTreeMap<&str, bool> = BTreeMap::new();
    for (_, path) in graph.inputs().tree.below(feature.root, &full) {
        let rest = &path[skip..];
        let (name, is_dir) = match rest.split_once('/') {
            Some((name, _)) => (name, true),
            None => (rest, false),
        };
        if name.starts_with(segment) {
            segments.insert(name, is_dir);
        }
    }
    segments
        .into_iter()
        .map(|(name, is_dir)| {
            let slash = if is_dir && !line.after.starts_with('/') {
                "/"
            } else {
                ""
            };
            Completion {
                label: format!("{name}{}", if is_dir { "/" } else { "" }),
                detail: full.clone(),
                documentation: String::new(),
                kind: if is_dir {
                    CompletionKind::Directory
                } else {
                    CompletionKind::File
                },
                replace: line.typed(segment),
                insert: format!("{name}{slash}"),
                stops: Vec::new(),
                filter: name.to_owned(),
                sort: format!("{}{name}", u8::from(!is_dir)),
            }
        })
        .collect()
}
