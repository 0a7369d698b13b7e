//! Lines at the head of a document as Spec Kit's templates write them: ``**Input**: Design documents from
//! `/specs/001-login/` ``. From the project's directory, whatever the slash says; as a path they are not read anywhere.

use smol_str::SmolStr;
use text::TextRange;
use trace::{Feature, FeatureDocument, Graph, RootId, join};

use super::moves::Moves;
use super::ways::Named;

/// A span that names what is moved: the path in it, how it is written now, what it leads to; the last two are `None` where
/// that is not in the project any more.
pub(super) type Span = (TextRange, Option<(String, Named)>);

/// The spans of a document whose paths are moved.
pub(super) fn spans(
    graph: &Graph,
    moves: &Moves<'_>,
    feature: &Feature,
    document: &FeatureDocument,
) -> Vec<Span> {
    let tree = &graph.inputs().tree;
    let facts = document.facts();
    let mut spans = Vec::new();
    for meta in &facts.metas {
        let value = document.slice(meta.value_range);
        let start = usize::from(meta.value_range.start());
        let mut parts = value.split('`');
        let mut at = start + parts.next().map_or(0, str::len);
        // Every other part stands between backticks.
        for (nth, part) in parts.enumerate() {
            let range = text::span(at + 1, at + 1 + part.len());
            at = range.end().into();
            let named = part
                .strip_prefix('/')
                .map(|rest| rest.trim_end_matches('/'));
            let Some(named) = named.filter(|it| nth % 2 == 0 && !it.contains(char::is_whitespace))
            else {
                continue;
            };
            let read = facts
                .paths
                .iter()
                .any(|it| it.range.intersect(range).is_some());
            let Some(full) = join(&feature.project.path, named).filter(|_| !read) else {
                continue;
            };
            let there = |root: RootId, path: &str| {
                let file = tree.file(root, path).is_some();
                (file || tree.has_dir(root, path)).then_some(file)
            };
            let Some(file) = there(feature.root, &full) else {
                continue;
            };
            if !moves.has(feature.root, &full) {
                continue;
            }
            let to = moves.of(feature.root, &full).place((feature.root, &full));
            let tail = &part[1 + named.len()..];
            let new = to.and_then(|(root, path)| {
                let inside = match feature.project.path.as_str() {
                    "" => path.clone(),
                    project => SmolStr::new(path.strip_prefix(project)?.strip_prefix('/')?),
                };
                let plain = root == feature.root && !inside.contains(['`', ' ']);
                let goal = if file {
                    Named::File(root, path)
                } else {
                    Named::Directory(root, path)
                };
                plain.then(|| (format!("/{inside}{tail}"), goal))
            });
            spans.push((range, new));
        }
    }
    spans
}
