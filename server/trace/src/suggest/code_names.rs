//! Symbols and tests as candidates: of the files that a feature's tasks name, and of those that mention it.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;
use text::FileId;

use super::material::Gathered;
use super::rank::{self, Material, Offered, Ranked, WEIGHTS};
use super::{Candidate, Reason, reasons};
use crate::feature::{Feature, ItemRef};
use crate::mentions::Resolved;
use crate::tree::file_name;
use crate::{Basis, Graph, SymbolRef, TestRef};

/// Names looked at for one feature.
const LIMIT: usize = 4_000;

/// Candidates of each sort for one requirement.
const MOST: usize = 3;

/// Names of a feature's sources, ranked for each of its requirements.
pub(super) struct CodeNames {
    symbols: Vec<SymbolRef>,
    tests: Vec<TestRef>,
    by_symbol: Vec<Vec<Ranked>>,
    by_test: Vec<Vec<Ranked>>,
    /// A task that names the file.
    named_by: BTreeMap<FileId, SmolStr>,
}

impl CodeNames {
    pub(super) fn of(graph: &Graph, feature: &Feature, gathered: &Gathered) -> Self {
        let named_by = files_of_tasks(graph, feature, gathered);
        let mut files: BTreeSet<(&str, FileId)> = BTreeSet::new();
        let tree = &graph.inputs().tree;
        files.extend(named_by.keys().map(|file| (tree.path_str(*file), *file)));
        for (file, links) in graph.linked_sources() {
            let own = |item: &ItemRef| item.feature == feature.id;
            let mentions = |resolved: &Resolved| match resolved {
                Resolved::Items(items, Basis::Declared) => items.iter().any(own),
                _ => false,
            };
            if links.iter().any(|link| mentions(&link.resolved)) {
                files.insert((tree.path_str(file), file));
            }
        }
        let (mut symbols, mut tests) = (Vec::new(), Vec::new());
        let (mut of_symbols, mut of_tests) = (Vec::new(), Vec::new());
        for (path, file) in files {
            let Some(source) = graph.source(file) else {
                continue;
            };
            let stem = file_name(path).split('.').next().unwrap_or("");
            let offer = |list: &mut Vec<Offered>, text: String| {
                list.push(Offered {
                    place: list.len() as u32,
                    text,
                    around: stem.to_owned(),
                    ..Offered::default()
                });
            };
            let in_test = |range: text::TextRange| {
                let mut all = source.facts.tests.iter();
                all.any(|test| test.range.contains_range(range))
            };
            for (at, symbol) in (0..).zip(&source.facts.symbols) {
                if symbols.len() < LIMIT && !code::is_test_path(path) && !in_test(symbol.range) {
                    offer(&mut of_symbols, format!("`{}`", symbol.qualified_name()));
                    symbols.push(SymbolRef {
                        file,
                        symbol: at,
                        basis: Basis::Inferred,
                    });
                }
            }
            for (at, test) in (0..).zip(&source.facts.tests) {
                if tests.len() < LIMIT {
                    offer(&mut of_tests, test.full_name.clone());
                    tests.push(TestRef {
                        file,
                        test: at,
                        basis: Basis::Inferred,
                    });
                }
            }
        }
        let ranked = |offered: Vec<Offered>| {
            let material = Material {
                asked: gathered.material.asked.clone(),
                offered,
                stories: Vec::new(),
            };
            rank::rank(&material, &WEIGHTS, MOST)
        };
        Self {
            symbols,
            tests,
            by_symbol: ranked(of_symbols),
            by_test: ranked(of_tests),
            named_by,
        }
    }

    pub(super) fn symbols(&self, asked: usize) -> Vec<Candidate<SymbolRef>> {
        let all = self.by_symbol.get(asked).into_iter().flatten();
        all.filter(|ranked| says_enough(ranked))
            .map(|ranked| {
                let target = self.symbols[ranked.offered];
                self.candidate(target, target.file, ranked)
            })
            .collect()
    }

    pub(super) fn tests(&self, asked: usize) -> Vec<Candidate<TestRef>> {
        let all = self.by_test.get(asked).into_iter().flatten();
        all.filter(|ranked| says_enough(ranked))
            .map(|ranked| {
                let target = self.tests[ranked.offered];
                self.candidate(target, target.file, ranked)
            })
            .collect()
    }

    fn candidate<T>(&self, target: T, file: FileId, ranked: &Ranked) -> Candidate<T> {
        let mut reasons = reasons(ranked, &[]);
        reasons.extend(self.named_by.get(&file).cloned().map(Reason::FileOf));
        Candidate {
            target,
            confidence: 0.0,
            reasons,
        }
    }
}

/// A name is short: one common word of it says nothing.
fn says_enough(ranked: &Ranked) -> bool {
    !ranked.names.is_empty()
        || ranked
            .shared
            .iter()
            .flat_map(|words| words.split(' '))
            // `2` and `e` of `E2EAuth` are no words.
            .filter(|word| word.len() > 1)
            .count()
            >= 2
}

/// Files that the feature's tasks name, with the first that does.
fn files_of_tasks(
    graph: &Graph,
    feature: &Feature,
    gathered: &Gathered,
) -> BTreeMap<FileId, SmolStr> {
    let mut files = BTreeMap::new();
    for task in &gathered.offered {
        for linked in graph.files_of_task(*task) {
            let id = feature.item(*task).map(|item| item.id.clone());
            files
                .entry(linked.file)
                .or_insert_with(|| id.unwrap_or_default());
        }
    }
    files
}
