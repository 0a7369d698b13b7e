//! Everything linked to one item, gathered once: hover, lens, command line and matrix say the same.

use documents::{ItemKind, TaskState};
use rustc_hash::{FxHashMap, FxHashSet};
use text::FileId;

use super::{LinkedFile, SymbolRef, TestRef};
use crate::feature::ItemRef;
use crate::mentions::Resolved;
use crate::{Basis, Graph};

/// Places in sources that mention an item: file, position among its mentions, basis.
pub(crate) type MentionsOf = FxHashMap<ItemRef, Vec<(FileId, u32, Basis)>>;

/// Everything linked to an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chain {
    /// Tasks that work for it: by label, phase or citation, all of them said so by the document.
    pub tasks: Vec<ItemRef>,
    /// How many of the tasks are done.
    pub done: usize,
    /// Files those tasks name.
    pub files: Vec<LinkedFile>,
    /// Symbols those tasks name or that mention it; what is a test is not among them.
    pub symbols: Vec<SymbolRef>,
    /// Tests in the test files of those tasks, and tests that mention it.
    pub tests: Vec<TestRef>,
    /// Source file, position among its mentions, basis.
    pub mentions: Vec<(FileId, u32, Basis)>,
}

impl Chain {
    /// Whether nothing at all is linked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
            && self.symbols.is_empty()
            && self.tests.is_empty()
            && self.files.is_empty()
            && self.mentions.is_empty()
    }
}

impl Graph {
    /// Everything linked to an item.
    #[must_use]
    pub fn chain(&self, item: ItemRef) -> Chain {
        let tasks = self.tasks_of(item);
        let done = tasks
            .iter()
            .filter(|task| self.task_state(**task) == Some(TaskState::Done))
            .count();
        let mut files: Vec<LinkedFile> = Vec::new();
        let mut known: FxHashSet<FileId> = FxHashSet::default();
        let mut symbols: Vec<SymbolRef> = Vec::new();
        for task in &tasks {
            let named = self.files_of_task(*task);
            files.extend(named.into_iter().filter(|file| known.insert(file.file)));
            symbols.extend(self.symbols_of_task(*task));
        }
        let tagged = self.files_tagged(item).into_iter();
        files.extend(tagged.filter(|file| known.insert(file.file)));
        let mentions = self.code_mentions(item);
        for &(file, mention, basis) in &mentions {
            let source = self.source(file);
            let mention = source.and_then(|source| source.facts.mentions.get(mention as usize));
            if let Some(symbol) = mention.and_then(|mention| mention.symbol) {
                symbols.push(SymbolRef {
                    file,
                    symbol,
                    basis,
                });
            }
        }
        symbols.extend(self.handlers_of(item));
        // What is a test is counted as one.
        symbols.retain(|symbol| !self.is_test_symbol(*symbol));
        symbols.sort_unstable_by_key(|symbol| (symbol.file, symbol.symbol, symbol.basis));
        symbols.dedup_by_key(|symbol| (symbol.file, symbol.symbol));
        Chain {
            done,
            files,
            symbols,
            tests: self.tests_among(item, &tasks, &mentions),
            mentions,
            tasks,
        }
    }

    /// The state of a task item.
    #[must_use]
    pub fn task_state(&self, task: ItemRef) -> Option<TaskState> {
        let (_, item) = self.item(task)?;
        item.task.as_ref().map(|task| task.state)
    }

    /// The stories an item belongs to: the one around it, else those its tasks work for. A story has none.
    #[must_use]
    pub fn stories_of(&self, item: ItemRef) -> Vec<ItemRef> {
        self.stories_by(item, || self.tasks_of(item))
    }

    /// The same of an item whose tasks are known.
    #[must_use]
    pub fn stories_among(&self, item: ItemRef, tasks: &[ItemRef]) -> Vec<ItemRef> {
        self.stories_by(item, || tasks.to_vec())
    }

    fn stories_by(&self, item: ItemRef, tasks: impl FnOnce() -> Vec<ItemRef>) -> Vec<ItemRef> {
        let Some((feature, it)) = self.item(item) else {
            return Vec::new();
        };
        if it.kind == ItemKind::Story {
            return Vec::new();
        }
        if let Some(parent) = it.parent {
            let parent = ItemRef {
                item: parent,
                ..item
            };
            let around = feature.item(parent);
            if around.is_some_and(|around| around.kind == ItemKind::Story) {
                return vec![parent];
            }
        }
        if let Some(story) = &it.story {
            return feature.defined(&story.id).to_vec();
        }
        let mut stories: Vec<ItemRef> = Vec::new();
        for task in tasks() {
            for story in self.stories_of_task(task) {
                if !stories.contains(&story) {
                    stories.push(story);
                }
            }
        }
        stories
    }

    /// Whether a symbol is a test or a group of tests as well.
    fn is_test_symbol(&self, symbol: SymbolRef) -> bool {
        let Some(source) = self.source(symbol.file) else {
            return false;
        };
        let Some(it) = source.facts.symbols.get(symbol.symbol as usize) else {
            return false;
        };
        let tests = source.facts.tests.iter().map(|test| test.name_range);
        let groups = source.facts.groups.iter().map(|group| group.name_range);
        tests.chain(groups).any(|name| name == it.name_range)
    }

    /// Every mention in a source that means an item, by item.
    pub(crate) fn mentions_by_item(&self) -> MentionsOf {
        let mut mentions = MentionsOf::default();
        for (file, links) in self.linked_sources() {
            for link in links {
                let Resolved::Items(items, basis) = &link.resolved else {
                    continue;
                };
                for item in items {
                    let of_item = mentions.entry(*item).or_default();
                    of_item.push((file, link.mention, *basis));
                }
            }
        }
        for of_item in mentions.values_mut() {
            of_item.sort_unstable();
            of_item.dedup();
        }
        mentions
    }
}
