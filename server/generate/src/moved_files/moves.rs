//! The moves as a whole: where a path is afterwards.

use std::collections::BTreeSet;

use smol_str::SmolStr;
use text::FileId;
use trace::{Graph, RootId};

use super::Move;

/// Moves, those of the innermost directories first.
pub(super) struct Moves<'a>(Vec<&'a Move>);

impl<'a> Moves<'a> {
    pub(super) fn new(moves: &'a [Move]) -> Self {
        let here = |it: &Move| Some((it.root, &it.from)) == it.to.as_ref().map(|(r, p)| (*r, p));
        let mut all: Vec<&Move> = moves
            .iter()
            .filter(|it| !it.from.is_empty() && !here(it))
            .collect();
        all.sort_by_key(|it| std::cmp::Reverse(it.from.len()));
        Self(all)
    }

    /// Where a path goes. `None`: it stays; `Some(None)`: out of the workspace.
    pub(super) fn of(&self, root: RootId, path: &str) -> Option<Option<(RootId, SmolStr)>> {
        self.0.iter().find_map(|it| {
            let rest = path
                .strip_prefix(it.from.as_str())
                .filter(|_| it.root == root)?;
            if !rest.is_empty() && !rest.starts_with('/') {
                return None;
            }
            let to = it.to.as_ref();
            Some(to.map(|(root, to)| (*root, SmolStr::from(format!("{to}{rest}")))))
        })
    }

    /// Every file that is moved.
    pub(super) fn files(&self, graph: &Graph) -> BTreeSet<FileId> {
        let tree = &graph.inputs().tree;
        let below = |it: &&Move| {
            let file = tree.file(it.root, &it.from);
            let below = tree.below(it.root, &it.from).map(|(file, _)| file);
            below.chain(file).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(below).collect()
    }

    /// Whether a file is moved.
    pub(super) fn moves(&self, graph: &Graph, file: FileId) -> bool {
        let place = graph.inputs().tree.path(file);
        place.is_some_and(|(root, path)| self.of(root, path).is_some())
    }
}
