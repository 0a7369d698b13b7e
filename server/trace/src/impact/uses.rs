//! What something that changes uses itself: where the names in its own text are declared, one step. Nothing of that breaks,
//! but who changes the one often changes the other.

use std::sync::Arc;

use code::{Language, SymbolKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::packages::Packages;
use super::seen::{Sight, sees_beside, without_import};
use super::targets::{is_outermost, is_telling};
use super::{Edge, Node, Reached, Why, at, passes_on};
use crate::Graph;
use crate::inputs::SourceFile;

/// Sources that are looked into for one file; a directory that is imported may have many.
const SOURCES: usize = 200;

/// What is known of one source for this.
pub struct Uses<'g> {
    graph: &'g Graph,
    packages: &'g Packages,
    file: FileId,
    source: Arc<SourceFile>,
    text: Arc<str>,
    sight: Sight,
    /// Sources that may declare what it uses, with the import that leads there.
    declaring: Vec<(FileId, Option<u32>)>,
}

impl<'g> Uses<'g> {
    /// Begins with a source.
    #[must_use]
    pub fn of(
        graph: &'g Graph,
        packages: &'g Packages,
        file: FileId,
        source: Arc<SourceFile>,
        text: Arc<str>,
    ) -> Self {
        let sight = Sight::of(graph, packages, file, &source);
        let mut uses = Self {
            graph,
            packages,
            file,
            source,
            text,
            sight,
            declaring: Vec::new(),
        };
        uses.declaring = uses.seen(&uses.sight, true);
        uses
    }

    /// The sources to look into.
    pub fn asks(&self) -> impl Iterator<Item = FileId> + '_ {
        self.declaring.iter().map(|(file, _)| *file)
    }

    /// More of them: where a source only passes on what others declare, these.
    pub fn passed(&mut self, sources: &FxHashMap<FileId, Arc<SourceFile>>) {
        let mut more = Vec::new();
        for (file, import) in &self.declaring {
            if let Some(source) = sources.get(file)
                && passes_on(self.graph.inputs().tree.path_str(*file))
            {
                let sight = Sight::of(self.graph, self.packages, *file, source);
                more.extend(
                    self.seen(&sight, false)
                        .into_iter()
                        .map(|(other, _)| (other, *import)),
                );
            }
        }
        for each in more {
            if self.declaring.len() < SOURCES
                && !self.declaring.iter().any(|(file, _)| *file == each.0)
            {
                self.declaring.push(each);
            }
        }
    }

    /// The files that a source sees.
    fn seen(&self, sight: &Sight, own: bool) -> Vec<(FileId, Option<u32>)> {
        let tree = &self.graph.inputs().tree;
        let mut found: Vec<(FileId, Option<u32>)> = sight
            .files()
            .map(|(file, import)| (file, Some(import)))
            .collect();
        let language = self.source.facts.language;
        // Most sources name files alone: then the whole tree need not be gone through.
        if !(sight.has_directories() || own && sees_beside(language)) {
            found.sort_unstable();
            return found;
        }
        // Of a package or a crate what it passes on is seen.
        let wide = matches!(
            language,
            Some(Language::JavaScript | Language::TypeScript | Language::Tsx | Language::Rust)
        );
        let around = tree.files().filter(|(file, _, path)| {
            code::is_source_path(path)
                && !code::is_test_path(path)
                && code::Language::of_path(path).is_some()
                && *file != self.file
        });
        for (file, _, path) in around {
            let without = || own && without_import(self.graph, self.file, file, language);
            if wide && !passes_on(path) {
                continue;
            }
            if let Some(import) = sight.import_of(self.graph, file) {
                found.push((file, Some(import)));
            } else if without() {
                found.push((file, None));
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|(file, _)| *file);
        found.truncate(SOURCES);
        found
    }

    /// What one symbol of the source uses, by file and place.
    #[must_use]
    pub fn by(&self, symbol: u32, sources: &FxHashMap<FileId, Arc<SourceFile>>) -> Vec<Reached> {
        let facts = &self.source.facts;
        let Some(own) = facts.symbols.get(symbol as usize) else {
            return Vec::new();
        };
        let words = self.words(own.range);
        let from = Node::Symbol(self.file, symbol);
        let mut found = Vec::new();
        for (file, import) in &self.declaring {
            let Some(source) = sources.get(file).filter(|_| *file != self.file) else {
                continue;
            };
            for (at, declared) in (0..).zip(&source.facts.symbols) {
                let Some(place) = words.get(declared.name.as_str()) else {
                    continue;
                };
                if declared.kind != SymbolKind::Module
                    && self.means(source, declared, *import, *place)
                {
                    found.push(self.reached(
                        &from,
                        Node::Symbol(*file, at),
                        &declared.name,
                        *place,
                    ));
                }
            }
        }
        found
    }

    /// Whether a word of the source means what another declares.
    fn means(
        &self,
        other: &SourceFile,
        declared: &code::Symbol,
        import: Option<u32>,
        place: TextRange,
    ) -> bool {
        let facts = &self.source.facts;
        let own = |name: &SmolStr| facts.symbols.iter().any(|it| it.name == *name);
        if own(&declared.name) {
            return false;
        }
        if is_outermost(other, declared) {
            let asked = self
                .text
                .get(..usize::from(place.start()))
                .is_some_and(|it| it.ends_with('.'));
            let bound = || {
                facts
                    .imports
                    .iter()
                    .any(|it| it.names.contains(&declared.name))
            };
            return match facts.language {
                // What is imported is bound by name, or stands behind what is.
                Some(
                    Language::JavaScript
                    | Language::TypeScript
                    | Language::Tsx
                    | Language::Python
                    | Language::Rust,
                ) => bound() || asked && is_telling(&declared.name),
                Some(Language::Go) => import.is_none() != asked,
                _ => !asked,
            };
        }
        let container = declared.container.as_deref().unwrap_or_default();
        let container = crate::chain::split_name(container).1;
        let asked = super::words::is_asked(&self.text, place);
        asked
            && !container.is_empty()
            && super::words::in_text(&self.text).any(|(_, word)| word == container)
    }

    /// The words of a part of the source, each with its first place; remarks are left out.
    fn words(&self, range: TextRange) -> FxHashMap<&str, TextRange> {
        let start = usize::from(range.start());
        let mut words = FxHashMap::default();
        let Some(text) = self.text.get(std::ops::Range::<usize>::from(range)) else {
            return words;
        };
        for (at, word) in super::words::in_text(text) {
            let before = &self.text[..start + at];
            if word.len() > 1 && !words.contains_key(word) && !super::words::is_remark(before) {
                words.insert(word, text::span(start + at, start + at + word.len()));
            }
        }
        words
    }

    fn reached(&self, from: &Node, node: Node, word: &SmolStr, place: TextRange) -> Reached {
        Reached {
            node,
            distance: 1,
            edges: vec![Edge {
                from: from.clone(),
                why: Why::Uses(word.clone()),
                at: at(self.graph, Some(&self.source.lines), self.file, place),
            }],
            seeds: Vec::new(),
        }
    }
}

/// Joins what several things use, each once; `told`: nodes that are reached anyway.
#[must_use]
pub(super) fn joined(all: Vec<(u32, Vec<Reached>)>, told: &FxHashSet<Node>) -> Vec<Reached> {
    let mut places: FxHashMap<Node, usize> = FxHashMap::default();
    let mut joined: Vec<Reached> = Vec::new();
    for (seed, uses) in all {
        for each in uses.into_iter().filter(|each| !told.contains(&each.node)) {
            let at = *places.entry(each.node.clone()).or_insert_with(|| {
                joined.push(Reached {
                    seeds: Vec::new(),
                    edges: Vec::new(),
                    ..each.clone()
                });
                joined.len() - 1
            });
            let known = &mut joined[at];
            if known.seeds.last() != Some(&seed) {
                known.seeds.push(seed);
            }
            if known.edges.len() < super::EDGES {
                known.edges.extend(each.edges);
            }
        }
    }
    joined.sort_by(|a, b| a.node.cmp(&b.node));
    joined
}
