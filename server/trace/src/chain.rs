//! The chain story -> task -> file -> symbol -> test, walked in both directions over a graph.

mod item;
mod source;
mod tagged;

use std::sync::Arc;

use documents::ItemKind;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use crate::feature::{Feature, FeatureId, ItemRef};
use crate::graph::Mark;
use crate::inputs::SourceFile;
use crate::{Basis, Graph};

pub use item::Chain;
pub(crate) use item::MentionsOf;
pub use source::{CodePlace, Served, Serves, Via, task_around};

/// What a linked file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileRole {
    /// Program text.
    Code,
    /// Tests.
    Test,
    /// Anything else a task names.
    Other,
}

/// A file that a task names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedFile {
    /// The file.
    pub file: FileId,
    /// What it is for.
    pub role: FileRole,
    /// Bytes of the path in `tasks.md`.
    pub named_at: TextRange,
}

/// A symbol of a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymbolRef {
    /// The file.
    pub file: FileId,
    /// Which of its symbols.
    pub symbol: u32,
    /// Why we believe it.
    pub basis: Basis,
}

/// A test of a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TestRef {
    /// The file.
    pub file: FileId,
    /// Which of its tests.
    pub test: u32,
    /// Why we believe it.
    pub basis: Basis,
}

/// Every symbol of every known source by its name.
pub(crate) type SymbolNames = FxHashMap<SmolStr, Vec<(FileId, u32)>>;

impl Graph {
    /// An item by reference, with its feature.
    #[must_use]
    pub fn item(&self, item: ItemRef) -> Option<(&Arc<Feature>, &documents::Item)> {
        let feature = self.feature(item.feature)?;
        Some((feature, feature.item(item)?))
    }

    /// What a file is for, judged by its path.
    #[must_use]
    pub fn role(&self, file: FileId) -> FileRole {
        let path = self.inputs().tree.path_str(file);
        if code::is_test_path(path) {
            FileRole::Test
        } else if code::Language::of_path(path).is_some() {
            FileRole::Code
        } else {
            FileRole::Other
        }
    }

    /// Tasks that work for a story.
    #[must_use]
    pub fn tasks_of_story(&self, feature: FeatureId, story: &str) -> Vec<ItemRef> {
        self.tasks_where(feature, |_, task| task.stories.iter().any(|id| id == story))
    }

    /// Tasks whose text cites an item.
    #[must_use]
    pub fn tasks_citing(&self, item: ItemRef) -> Vec<ItemRef> {
        let Some(feature) = self.feature(item.feature) else {
            return Vec::new();
        };
        let Some(tasks) = feature.tasks_document() else {
            return Vec::new();
        };
        let facts = tasks.facts();
        let wanted = feature.counted_with(item);
        let means = |target: &crate::Target| {
            let items = target.items();
            items.iter().any(|each| wanted.contains(each))
        };
        let cited: Vec<TextRange> = feature
            .references
            .iter()
            .filter(|it| it.file == tasks.file && means(&it.target))
            .filter_map(|it| Some(facts.mentions.get(it.mention as usize)?.range))
            .collect();
        if cited.is_empty() {
            return Vec::new();
        }
        // Of nested tasks, the one whose own lines cite.
        let tasks: Vec<(u32, TextRange)> = facts
            .items_of(ItemKind::Task)
            .map(|(at, task)| (at, task.range))
            .collect();
        let citing: Vec<u32> = cited
            .iter()
            .filter_map(|it| {
                let around = tasks.iter().filter(|(_, range)| range.contains_range(*it));
                around
                    .min_by_key(|(_, range)| range.len())
                    .map(|(at, _)| *at)
            })
            .collect();
        self.tasks_where(item.feature, |_, task| citing.contains(&task.item))
    }

    fn tasks_where(
        &self,
        feature: FeatureId,
        keep: impl Fn(&Feature, &crate::TaskLinks) -> bool,
    ) -> Vec<ItemRef> {
        let Some(feature) = self.feature(feature) else {
            return Vec::new();
        };
        let Some(tasks) = feature.tasks_document() else {
            return Vec::new();
        };
        let kept = feature.tasks.iter().filter(|task| keep(feature, task));
        kept.map(|task| ItemRef {
            feature: feature.id,
            file: tasks.file,
            item: task.item,
        })
        .collect()
    }

    /// Files a task names.
    #[must_use]
    pub fn files_of_task(&self, task: ItemRef) -> Vec<LinkedFile> {
        let Some(feature) = self.feature(task.feature) else {
            return Vec::new();
        };
        let (Some(document), Some(links)) = (feature.document(task.file), feature.task(task.item))
        else {
            return Vec::new();
        };
        let mut files: Vec<LinkedFile> = Vec::new();
        for link in &feature.paths[links.paths.start as usize..links.paths.end as usize] {
            let named_at = document.facts().paths[link.mention as usize].range;
            for &file in link.resolution.files() {
                if !files.iter().any(|known| known.file == file) {
                    files.push(LinkedFile {
                        file,
                        role: self.role(file),
                        named_at,
                    });
                }
            }
        }
        files
    }

    /// Symbols that a task's code spans name: in the files it names, else found exactly once among all known sources.
    #[must_use]
    pub fn symbols_of_task(&self, task: ItemRef) -> Vec<SymbolRef> {
        let Some((feature, item)) = self.item(task) else {
            return Vec::new();
        };
        let Some(document) = feature.document(task.file) else {
            return Vec::new();
        };
        let files = self.files_of_task(task);
        let mut symbols: Vec<SymbolRef> = Vec::new();
        for span in document.facts().code_spans_in(item.range) {
            symbols.extend(self.symbols_of_span(&files, &span.text));
        }
        symbols.sort_unstable();
        symbols.dedup_by_key(|symbol| (symbol.file, symbol.symbol));
        symbols
    }

    /// Symbols that one code span names: in `files`, else found exactly once among all known sources, if the name cannot be
    /// a plain word.
    #[must_use]
    pub fn symbols_of_span(&self, files: &[LinkedFile], name: &str) -> Vec<SymbolRef> {
        let mut found: Vec<SymbolRef> = Vec::new();
        for linked in files {
            found.extend(self.symbols_in(linked.file, name));
        }
        if found.is_empty() && !name.contains('/') && is_telling(name) {
            let (container, last) = split_name(name);
            let names = self.symbol_names.get_or_init(|| self.names_of_symbols());
            let mut hits = names.get(last).into_iter().flatten().filter(|(file, at)| {
                let source = self.inputs().sources.get(file);
                let symbol = source.and_then(|source| source.facts.symbols.get(*at as usize));
                symbol.is_some_and(|symbol| is_inside(symbol, container))
            });
            if let (Some(&(file, symbol)), None) = (hits.next(), hits.next()) {
                found.push(SymbolRef {
                    file,
                    symbol,
                    basis: Basis::Name,
                });
            }
        }
        found
    }

    /// Every symbol of a name among the known sources, by path and place.
    #[must_use]
    pub fn symbols_called(&self, name: &str) -> Vec<SymbolRef> {
        let names = self.symbol_names.get_or_init(|| self.names_of_symbols());
        let hits = names.get(name).into_iter().flatten();
        let mut found: Vec<SymbolRef> = hits
            .map(|&(file, symbol)| SymbolRef {
                file,
                symbol,
                basis: Basis::Name,
            })
            .collect();
        found.sort_by_key(|it| (self.inputs().tree.path_str(it.file), it.symbol));
        found
    }

    fn names_of_symbols(&self) -> SymbolNames {
        let mut names = SymbolNames::default();
        for (&file, source) in &self.inputs().sources {
            for (at, symbol) in (0..).zip(&source.facts.symbols) {
                names
                    .entry(symbol.name.clone())
                    .or_default()
                    .push((file, at));
            }
        }
        names
    }

    /// Symbols of one file with this name, qualified or not.
    #[must_use]
    pub fn symbols_in(&self, file: FileId, name: &str) -> Vec<SymbolRef> {
        self.symbols_named(file, name, Basis::Task).collect()
    }

    fn symbols_named<'a>(
        &'a self,
        file: FileId,
        name: &'a str,
        basis: Basis,
    ) -> impl Iterator<Item = SymbolRef> + 'a {
        let (container, last) = split_name(name);
        let source = self.inputs().sources.get(&file);
        let symbols = source
            .into_iter()
            .flat_map(|source| (0..).zip(&source.facts.symbols));
        symbols
            .filter(move |(_, symbol)| symbol.name == last && is_inside(symbol, container))
            .map(move |(at, _)| SymbolRef {
                file,
                symbol: at,
                basis,
            })
    }

    /// Tests in the test files a task names.
    #[must_use]
    pub fn tests_of_task(&self, task: ItemRef) -> Vec<TestRef> {
        let files = self.files_of_task(task);
        let mut tests = Vec::new();
        for linked in &files {
            if let Some(source) = self.inputs().sources.get(&linked.file) {
                tests.extend((0..source.facts.tests.len() as u32).map(|test| TestRef {
                    file: linked.file,
                    test,
                    basis: Basis::Task,
                }));
            }
        }
        tests
    }

    /// Places in source files that mention an item, with the basis of each; ambiguous mentions are left out.
    #[must_use]
    pub fn code_mentions(&self, item: ItemRef) -> Vec<(FileId, u32, Basis)> {
        let mentions = self.mentions_of.get_or_init(|| self.mentions_by_item());
        mentions.get(&item).cloned().unwrap_or_default()
    }

    /// Places in documents that mention an item: document and bytes of the id there.
    #[must_use]
    pub fn document_mentions(&self, item: ItemRef) -> Vec<(FileId, TextRange)> {
        let mut found = Vec::new();
        let own = self.feature(item.feature).into_iter();
        let others = self.marked(Mark::Readings);
        let others = others.filter(|it| it.id != item.feature && it.reads.contains(&item.feature));
        let mut features: Vec<&Arc<Feature>> = own.chain(others).collect();
        features.sort_unstable_by_key(|feature| feature.id);
        for feature in features {
            for reference in &feature.references {
                let meant = match &reference.target {
                    crate::Target::Items(items, _) => items.contains(&item),
                    _ => false,
                };
                let Some(document) = feature.document(reference.file).filter(|_| meant) else {
                    continue;
                };
                if let Some(mention) = document.facts().mentions.get(reference.mention as usize) {
                    found.push((reference.file, mention.range));
                }
            }
        }
        found
    }

    /// Tests of an item: in the test files of its tasks, and tests that mention it.
    #[must_use]
    pub fn tests_of(&self, item: ItemRef) -> Vec<TestRef> {
        self.tests_among(item, &self.tasks_of(item), &self.code_mentions(item))
    }

    /// The same of an item whose tasks and mentions are known.
    fn tests_among(
        &self,
        item: ItemRef,
        tasks: &[ItemRef],
        mentions: &[(FileId, u32, Basis)],
    ) -> Vec<TestRef> {
        let of_task = |task: &ItemRef| self.tests_of_task(*task);
        let mut tests: Vec<TestRef> = tasks.iter().flat_map(of_task).collect();
        tests.extend(self.tests_tagged(item));
        for &(file, mention, basis) in mentions {
            let test = self
                .inputs()
                .sources
                .get(&file)
                .and_then(|source| source.facts.mentions.get(mention as usize)?.test);
            tests.extend(test.map(|test| TestRef { file, test, basis }));
        }
        tests.sort_unstable_by_key(|test| (test.file, test.test, test.basis));
        tests.dedup_by_key(|test| (test.file, test.test));
        tests
    }

    /// Tasks that work for an item: of a story by label or phase, of a phase those in it, of anything else by citation; a
    /// task is its own.
    #[must_use]
    pub fn tasks_of(&self, item: ItemRef) -> Vec<ItemRef> {
        let Some((feature, it)) = self.item(item) else {
            return Vec::new();
        };
        match it.kind {
            ItemKind::Task => vec![item],
            ItemKind::Story => self.tasks_of_story(item.feature, &it.id),
            ItemKind::Phase => {
                let document = feature.document(item.file);
                let tasks = document.into_iter().flat_map(|document| {
                    let tasks = document.facts().items_of(ItemKind::Task);
                    tasks.filter(|(_, task)| task.parent == Some(item.item))
                });
                tasks.map(|(at, _)| ItemRef { item: at, ..item }).collect()
            }
            _ => self.tasks_citing(item),
        }
    }

    /// Tasks that name a file, over all features.
    #[must_use]
    pub fn tasks_naming(&self, file: FileId) -> Vec<ItemRef> {
        let mut tasks = Vec::new();
        for feature in self.features() {
            let Some(document) = feature.tasks_document() else {
                continue;
            };
            for task in &feature.tasks {
                let links = &feature.paths[task.paths.start as usize..task.paths.end as usize];
                if links
                    .iter()
                    .any(|link| link.resolution.files().contains(&file))
                {
                    tasks.push(ItemRef {
                        feature: feature.id,
                        file: document.file,
                        item: task.item,
                    });
                }
            }
        }
        tasks
    }

    /// Stories a task works for, as items.
    #[must_use]
    pub fn stories_of_task(&self, task: ItemRef) -> Vec<ItemRef> {
        let Some(feature) = self.feature(task.feature) else {
            return Vec::new();
        };
        let stories: &[SmolStr] = feature.task(task.item).map_or(&[], |links| &links.stories);
        stories
            .iter()
            .flat_map(|id| feature.defined(id))
            .copied()
            .collect()
    }

    /// A parsed source file.
    #[must_use]
    pub fn source(&self, file: FileId) -> Option<&Arc<SourceFile>> {
        self.inputs().sources.get(&file)
    }
}

/// Whether a symbol stands in `container`, judged by its last name; anywhere will do for an empty one.
pub(crate) fn is_inside(symbol: &code::Symbol, container: &str) -> bool {
    let inside = symbol.container.as_ref();
    container.is_empty()
        || inside.is_some_and(|inside| split_name(inside).1 == split_name(container).1)
}

/// Whether a name is written as only symbols are: `safe` and `tracked` are words, whatever is called so.
fn is_telling(name: &str) -> bool {
    let plain = |c: char| c.is_lowercase() || c == '-';
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let rest = if capital { &name[1..] } else { name };
    capital || !rest.chars().all(plain)
}

/// Splits `Session::new`, `session.new` or `Session#new` at its last separator.
pub(crate) fn split_name(name: &str) -> (&str, &str) {
    let cut = name.rfind([':', '.', '#', '/']);
    match cut {
        Some(at) => (
            name[..at].trim_end_matches([':', '.', '#', '/']),
            &name[at + 1..],
        ),
        None => ("", name),
    }
}
