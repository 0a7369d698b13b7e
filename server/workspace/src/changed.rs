//! What of the working tree is not what it was in a commit: symbols of sources, contracts.

use code::SymbolKind;
use rayon::prelude::*;
use smol_str::SmolStr;
use text::FileId;
use trace::impact::{Node, changed_parts};
use trace::{CodeChange, RootId, changed_symbols};

use crate::git::Commit;
use crate::impact::contract_kind;
use crate::read::{ReadOutcome, SOURCE_LIMIT};
use crate::snapshot::Snapshot;
use crate::sources::with_readers;

/// A source or contract that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its root.
    pub root: RootId,
    /// Its path from there.
    pub path: SmolStr,
    /// What of it is not what it was, and how, where that is known; `None`: the file is gone.
    pub nodes: Option<Vec<(Node, Option<CodeChange>)>>,
}

impl Snapshot {
    /// The sources and contracts that are not as the commits have them, by root and path. One commit per root.
    #[must_use]
    pub fn changed_since(&self, commits: &[Commit]) -> Vec<Changed> {
        let tree = &self.graph.inputs().tree;
        let here = tree
            .files()
            .filter(|(file, _, path)| code::is_source_path(path) || self.is_contract(*file, path))
            .map(|(file, root, path)| (root, path.clone(), Some(file)));
        let gone = (0..).zip(commits).flat_map(|(root, commit)| {
            let root = RootId(root);
            let gone = commit.files().filter(move |path| {
                let at = self.roots.get(usize::from(root.0));
                code::is_source_path(path)
                    && tree.file(root, path).is_none()
                    && at.is_some_and(|at| !at.join(path).exists())
            });
            gone.map(move |path| (root, SmolStr::new(path), None))
        });
        let mut all: Vec<(RootId, SmolStr, Option<FileId>)> = here.chain(gone).collect();
        all.sort_unstable();
        let look = |(root, path, file): (RootId, SmolStr, Option<FileId>)| {
            let commit = commits.get(usize::from(root.0))?;
            let nodes = match file {
                Some(file) => Some(self.changes_of(file, &path, commit)?),
                None => None,
            };
            Some(Changed { root, path, nodes })
        };
        with_readers(|| all.into_par_iter().filter_map(look).collect())
    }

    /// What of one file is not as a commit has it; `None` where nothing is, and where the file is new.
    fn changes_of(
        &self,
        file: FileId,
        path: &str,
        commit: &Commit,
    ) -> Option<Vec<(Node, Option<CodeChange>)>> {
        let after = self.text(file)?;
        if commit.has(path, after.as_bytes()) {
            return None;
        }
        let ReadOutcome::Text(before) = commit.text(path, SOURCE_LIMIT) else {
            return None;
        };
        if before.text == *after {
            return None;
        }
        if let Some(kind) = contract_kind(path).filter(|_| !code::is_source_path(path)) {
            let (was, now) = (
                documents::read(kind, &before.text),
                documents::read(kind, &after),
            );
            let parts = changed_parts((&before.text, &was), (&after, &now));
            if let Some(parts) = parts {
                let nodes = parts.into_iter().map(|name| (Node::Part(file, name), None));
                let nodes: Vec<_> = nodes.collect();
                return (!nodes.is_empty()).then_some(nodes);
            }
        }
        let whole = || Some(vec![(Node::File(file), None)]);
        let facts = |text: &str| code::read_path(path, text, &|| false);
        let (Some(was), Some(now)) = (facts(&before.text), facts(&after)) else {
            return whole();
        };
        if !was.symbols_known || !now.symbols_known {
            return whole();
        }
        let mut nodes = Vec::new();
        for (at, change, other) in changed_symbols(&was, Some(&now), &|_| false) {
            let symbol = &was.symbols[at as usize];
            // What stands in a function is its body.
            let function = was.symbols.iter().find(|outer| {
                matches!(outer.kind, SymbolKind::Function | SymbolKind::Method)
                    && outer.range.contains_range(symbol.range)
                    && outer.range != symbol.range
            });
            if let Some(function) = function {
                let name = function.qualified_name();
                let same = now
                    .symbols
                    .iter()
                    .position(|each| each.qualified_name() == name);
                let node = same.map(|at| (Node::Symbol(file, at as u32), Some(CodeChange::Body)));
                nodes.extend(node.filter(|node| !nodes.contains(node)));
                continue;
            }
            // A test that is another is run anyway.
            if was
                .tests
                .iter()
                .any(|test| test.name_range == symbol.name_range)
            {
                continue;
            }
            let node = match other {
                Some(other) => Node::Symbol(file, other),
                None => Node::Gone(file, symbol.qualified_name().into()),
            };
            nodes.push((node, Some(change)));
        }
        (!nodes.is_empty()).then_some(nodes)
    }

    /// Whether a file describes an interface: a contract of a feature, or by its name.
    fn is_contract(&self, file: FileId, path: &str) -> bool {
        let document = self.graph.inputs().documents.get(&file);
        if document.is_some() || self.graph.feature_of(file).is_some() {
            return document.is_some_and(|document| document.facts.contract.is_some());
        }
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        match ending {
            "proto" | "graphql" | "gql" => true,
            "yaml" | "yml" | "json" => ["openapi", "swagger", "asyncapi"]
                .iter()
                .any(|word| stem.contains(word)),
            _ => false,
        }
    }
}
