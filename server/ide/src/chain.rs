//! The chain of one item, gathered once for hover, lens and implementation.

use documents::{ItemKind, TaskState};
use text::FileId;
use trace::{Basis, Graph, ItemRef, LinkedFile, SymbolRef, TestRef};

/// Everything linked to an item.
pub(crate) struct Chain {
    pub(crate) tasks: Vec<ItemRef>,
    /// How many of the tasks are done.
    pub(crate) done: usize,
    pub(crate) files: Vec<LinkedFile>,
    pub(crate) symbols: Vec<SymbolRef>,
    pub(crate) tests: Vec<TestRef>,
    /// Source file, position among its mentions, basis.
    pub(crate) mentions: Vec<(FileId, u32, Basis)>,
}

impl Chain {
    pub(crate) fn of(graph: &Graph, item: ItemRef) -> Self {
        let tasks = tasks_of(graph, item);
        let done = tasks
            .iter()
            .filter(|task| state(graph, **task) == Some(TaskState::Done))
            .count();
        let mut files: Vec<LinkedFile> = Vec::new();
        let mut symbols: Vec<SymbolRef> = Vec::new();
        for task in &tasks {
            for file in graph.files_of_task(*task) {
                if !files.iter().any(|known| known.file == file.file) {
                    files.push(file);
                }
            }
            symbols.extend(graph.symbols_of_task(*task));
        }
        let mentions = graph.code_mentions(item);
        for &(file, mention, basis) in &mentions {
            let source = graph.source(file);
            let mention = source.and_then(|source| source.facts.mentions.get(mention as usize));
            if let Some(symbol) = mention.and_then(|mention| mention.symbol) {
                symbols.push(SymbolRef {
                    file,
                    symbol,
                    basis,
                });
            }
        }
        // What is a test is counted as one.
        symbols.retain(|symbol| !is_test(graph, *symbol));
        symbols.sort_unstable_by_key(|symbol| (symbol.file, symbol.symbol, symbol.basis));
        symbols.dedup_by_key(|symbol| (symbol.file, symbol.symbol));
        Self {
            done,
            files,
            symbols,
            tests: graph.tests_of(item),
            mentions,
            tasks,
        }
    }

    /// Whether nothing at all is linked.
    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
            && self.symbols.is_empty()
            && self.tests.is_empty()
            && self.mentions.is_empty()
    }
}

/// Tasks that work for an item; those that stand in a phase.
fn tasks_of(graph: &Graph, item: ItemRef) -> Vec<ItemRef> {
    match graph.item(item) {
        Some((feature, it)) if it.kind == ItemKind::Phase => {
            let document = feature.document(item.file);
            let tasks = document.into_iter().flat_map(|document| {
                let tasks = document.facts().items_of(ItemKind::Task);
                tasks.filter(|(_, task)| task.parent == Some(item.item))
            });
            tasks.map(|(at, _)| ItemRef { item: at, ..item }).collect()
        }
        _ => graph.tasks_of(item),
    }
}

fn is_test(graph: &Graph, symbol: SymbolRef) -> bool {
    let Some(source) = graph.source(symbol.file) else {
        return false;
    };
    let Some(it) = source.facts.symbols.get(symbol.symbol as usize) else {
        return false;
    };
    let tests = &source.facts.tests;
    tests.iter().any(|test| test.name_range == it.name_range)
}

/// The state of a task item.
pub(crate) fn state(graph: &Graph, task: ItemRef) -> Option<TaskState> {
    let (_, item) = graph.item(task)?;
    item.task.as_ref().map(|task| task.state)
}
