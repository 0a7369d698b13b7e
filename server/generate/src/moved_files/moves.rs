//! The moves as a whole: where a path is afterwards.

use std::collections::BTreeSet;

use smol_str::SmolStr;
use text::FileId;
use trace::{Graph, RootId};

use super::Move;

/// Where a path is afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goes {
    /// Where it was.
    Nowhere,
    /// There.
    To(RootId, SmolStr),
    /// Out of the workspace.
    Out,
}

impl Goes {
    /// Its place afterwards, `here` being the one it had; `None` out of the workspace.
    pub(super) fn place(self, here: (RootId, &str)) -> Option<(RootId, SmolStr)> {
        match self {
            Self::Nowhere => Some((here.0, here.1.into())),
            Self::To(root, path) => Some((root, path)),
            Self::Out => None,
        }
    }
}

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

    /// Where a path goes.
    pub(super) fn of(&self, root: RootId, path: &str) -> Goes {
        for it in self.0.iter().filter(|it| it.root == root) {
            let Some(rest) = path.strip_prefix(it.from.as_str()) else {
                continue;
            };
            if !rest.is_empty() && !rest.starts_with('/') {
                continue;
            }
            return match &it.to {
                Some((root, to)) => Goes::To(*root, format!("{to}{rest}").into()),
                None => Goes::Out,
            };
        }
        Goes::Nowhere
    }

    /// Whether a path is moved.
    pub(super) fn has(&self, root: RootId, path: &str) -> bool {
        self.of(root, path) != Goes::Nowhere
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
        place.is_some_and(|(root, path)| self.has(root, path))
    }
}
