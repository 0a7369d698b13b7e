//! The way back: which items a source file, a symbol or a test of it serves, and how we know.

use documents::{CodeSpan, ItemIndex, ItemKind};
use rustc_hash::FxHashMap;
use text::{FileId, TextRange, TextSize};

use super::SymbolRef;
use crate::feature::{Feature, FeatureDocument, ItemRef};
use crate::inputs::SourceFile;
use crate::mentions::Resolved;
use crate::{Basis, Graph};

/// A place in a source file: neither is the file as a whole; a test function is often both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodePlace {
    /// Which of its symbols.
    pub symbol: Option<u32>,
    /// Which of its tests.
    pub test: Option<u32>,
}

/// What leads from a place in code to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Via {
    /// A mention of the file, by its position.
    Mention(u32),
    /// A task that names the place.
    Task(ItemRef),
}

/// An item that a place in code serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The item; a task is one too.
    pub item: ItemRef,
    /// The strongest reason.
    pub basis: Basis,
    /// All that leads to it, strongest first.
    pub via: Vec<(Basis, Via)>,
}

/// What a place in code serves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Serves {
    /// Items by address order of the graph.
    pub items: Vec<Served>,
    /// Mentions that several features define; nothing says which is meant.
    pub ambiguous: Vec<u32>,
}

impl Graph {
    /// What stands on a line of a source file: what a mention on it is about, else the innermost test and symbol around
    /// it. `line` is the line's bytes.
    #[must_use]
    pub fn code_place(&self, file: FileId, line: TextRange) -> CodePlace {
        let Some(source) = self.source(file) else {
            return CodePlace::default();
        };
        let facts = &source.facts;
        let innermost = |ranges: &mut dyn Iterator<Item = (TextRange, TextRange)>| {
            let on_line = (0..).zip(ranges).filter(|(_, (range, name))| {
                range.contains_inclusive(line.start())
                    || line.contains_range(*name)
                    || line.contains(range.start())
            });
            // What is named on the line is meant, not what ends or goes on there.
            on_line
                .min_by_key(|(_, (range, name))| (!line.contains_range(*name), range.len()))
                .map(|(at, _)| at)
        };
        let mut place = CodePlace {
            symbol: innermost(&mut facts.symbols.iter().map(|it| (it.range, it.name_range))),
            test: innermost(&mut facts.tests.iter().map(|it| (it.range, it.name_range))),
        };
        if place == CodePlace::default() {
            let mut mentions = facts.mentions.iter();
            let said = mentions.find(|it| line.contains_range(it.mention.range));
            if let Some(said) = said {
                place.symbol = said.symbol;
                place.test = said.test;
            }
        }
        place
    }

    /// The items that a place in code serves. The tasks that name it are among them.
    #[must_use]
    pub fn serves(&self, file: FileId, place: CodePlace) -> Serves {
        let mut serves = Serves::default();
        let mut found: FxHashMap<ItemRef, Vec<(Basis, Via)>> = FxHashMap::default();
        if let Some(source) = self.source(file) {
            for link in self.code_links(file) {
                if !speaks_of(source, link.mention, place) {
                    continue;
                }
                match &link.resolved {
                    Resolved::Items(items, basis) => {
                        for item in items {
                            let via = found.entry(*item).or_default();
                            via.push((*basis, Via::Mention(link.mention)));
                        }
                    }
                    Resolved::Ambiguous(_) => serves.ambiguous.push(link.mention),
                    Resolved::Undefined(_) => {}
                }
            }
        }
        let mut naming: Vec<(ItemRef, Basis)> = Vec::new();
        let by_name = self.tasks_naming_around(file, place.symbol);
        let whole = place == CodePlace::default();
        for task in self.tasks_naming(file) {
            // All tests of a file that a task names are its tests. Which of its symbols a task is about that names
            // the file, nobody says: a guess, and none where something better is known.
            let basis = match (whole, place.test) {
                (true, _) | (_, Some(_)) => Basis::Task,
                _ if found.is_empty() && by_name.is_empty() => Basis::Inferred,
                _ => continue,
            };
            if !by_name.iter().any(|(named, _)| *named == task) {
                naming.push((task, basis));
            }
        }
        naming.extend(by_name);
        for (task, basis) in naming {
            for item in [task].into_iter().chain(self.items_of_task(task)) {
                found
                    .entry(item)
                    .or_default()
                    .push((basis, Via::Task(task)));
            }
        }
        serves.items = found
            .into_iter()
            .map(|(item, mut via)| {
                via.sort_unstable();
                via.dedup();
                let basis = via.first().map_or(Basis::Inferred, |(basis, _)| *basis);
                Served { item, basis, via }
            })
            .collect();
        serves.items.sort_unstable_by_key(|served| served.item);
        serves
    }

    /// Tasks whose code spans name a symbol or one around it.
    fn tasks_naming_around(&self, file: FileId, symbol: Option<u32>) -> Vec<(ItemRef, Basis)> {
        let symbols = self.source(file).map(|source| &source.facts.symbols);
        let (Some(symbol), Some(symbols)) = (symbol, symbols) else {
            return Vec::new();
        };
        let Some(here) = symbols.get(symbol as usize).map(|it| it.range) else {
            return Vec::new();
        };
        let mut tasks: Vec<(ItemRef, Basis)> = Vec::new();
        for (at, _) in (0..)
            .zip(symbols)
            .filter(|(_, it)| it.range.contains_range(here))
        {
            for (task, basis) in self.tasks_naming_symbol(file, at) {
                if !tasks.iter().any(|(known, _)| *known == task) {
                    tasks.push((task, basis));
                }
            }
        }
        tasks
    }

    /// What a task works for: its stories, then what it cites, each once.
    #[must_use]
    pub fn items_of_task(&self, task: ItemRef) -> Vec<ItemRef> {
        let mut items = self.stories_of_task(task);
        let Some((feature, it)) = self.item(task) else {
            return items;
        };
        let Some(document) = feature.document(task.file) else {
            return items;
        };
        let facts = document.facts();
        for reference in feature.references.iter().filter(|it| it.file == task.file) {
            let Some(mention) = facts.mentions.get(reference.mention as usize) else {
                continue;
            };
            let innermost = task_around(document, mention.range.start());
            if innermost != Some(task.item) || !it.range.contains_range(mention.range) {
                continue;
            }
            let crate::Target::Items(cited, _) = &reference.target else {
                continue;
            };
            for item in cited {
                if item.file != task.file && !items.contains(item) {
                    items.push(*item);
                }
            }
        }
        items
    }

    /// Tasks of all features whose code spans name this symbol, with the basis of each, strongest first.
    #[must_use]
    pub fn tasks_naming_symbol(&self, file: FileId, symbol: u32) -> Vec<(ItemRef, Basis)> {
        let name = self
            .source(file)
            .and_then(|source| source.facts.symbols.get(symbol as usize))
            .map(|symbol| symbol.name.clone());
        let Some(name) = name else {
            return Vec::new();
        };
        let mut tasks = Vec::new();
        for feature in self.features() {
            let Some(document) = feature.tasks_document() else {
                continue;
            };
            let spans = document.facts().code_spans.iter();
            let mut seen = None;
            for span in spans.filter(|span| span.text.ends_with(name.as_str())) {
                let Some(item) = task_around(document, span.range.start()) else {
                    continue;
                };
                if seen == Some(item) {
                    continue;
                }
                let task = ItemRef {
                    feature: feature.id,
                    file: document.file,
                    item,
                };
                let found = self.symbols_named_by(feature, document, span);
                let found = found
                    .iter()
                    .find(|each| each.file == file && each.symbol == symbol);
                if let Some(found) = found {
                    seen = Some(item);
                    tasks.push((task, found.basis));
                }
            }
        }
        tasks.sort_by_key(|(_, basis)| *basis);
        tasks
    }

    /// Symbols that a code span of a document names: in the files of the task around it, else found exactly once.
    #[must_use]
    pub fn symbols_named_by(
        &self,
        feature: &Feature,
        document: &FeatureDocument,
        span: &CodeSpan,
    ) -> Vec<SymbolRef> {
        let task = task_around(document, span.range.start());
        let files = task.map_or_else(Vec::new, |item| {
            self.files_of_task(ItemRef {
                feature: feature.id,
                file: document.file,
                item,
            })
        });
        self.symbols_of_span(&files, &span.text)
    }
}

/// The innermost task around a byte of a document.
#[must_use]
pub fn task_around(document: &FeatureDocument, offset: TextSize) -> Option<ItemIndex> {
    document
        .facts()
        .items_of(ItemKind::Task)
        .filter(|(_, item)| item.range.contains_inclusive(offset))
        .min_by_key(|(_, item)| item.range.len())
        .map(|(at, _)| at)
}

/// Whether a mention is about a place: about it, in it, or about what it stands in. All are about the file.
fn speaks_of(source: &SourceFile, mention: u32, place: CodePlace) -> bool {
    let facts = &source.facts;
    let Some(said) = facts.mentions.get(mention as usize) else {
        return false;
    };
    let symbol = |at: u32| facts.symbols.get(at as usize).map(|it| it.range);
    let test = |at: u32| facts.tests.get(at as usize).map(|it| it.range);
    let group = |at: u32| facts.groups.get(at as usize).map(|it| it.range);
    let places = [place.symbol.and_then(symbol), place.test.and_then(test)];
    if places == [None, None] {
        return true;
    }
    let about = match said.test {
        // A mention of one test is not about its group.
        Some(at) => [test(at), None],
        None => [said.group.and_then(group), said.symbol.and_then(symbol)],
    };
    places.into_iter().flatten().any(|here| {
        let mut about = about.into_iter().flatten();
        here.contains_range(said.mention.range) || about.any(|about| about.contains_range(here))
    })
}
