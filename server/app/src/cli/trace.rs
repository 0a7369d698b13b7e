//! `trace`: everything linked to an item, or every item a file serves.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use documents::{ItemKind, TaskState};
use text::FileId;
use trace::{Graph, ItemRef};

use super::load::{Depth, Loaded, load};
use super::print;

/// Arguments of `trace`.
#[derive(Debug, Args)]
pub(crate) struct Trace {
    /// An item (`FR-003`, `003/US1`, `specs/003-login#US1`) or a file, with `:LINE` if wanted
    what: String,
    /// The feature to look in, where several define the item
    #[arg(long, value_name = "FEATURE")]
    feature: Option<String>,
}

impl Trace {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Links)?;
        loaded.require_documents()?;
        let items = self.items(&loaded);
        if !items.is_empty() {
            let reports: Vec<String> = items
                .iter()
                .map(|item| item_report(&loaded, *item))
                .collect();
            print(&reports.join("\n"));
            return Ok(ExitCode::SUCCESS);
        }
        if let Some(report) = self.file_report(&loaded) {
            print(&report);
            return Ok(ExitCode::SUCCESS);
        }
        Err(format!(
            "`{}` is neither an item of a spec nor a file of this workspace. Items are named like FR-003, 003/FR-003 or \
             specs/003-login#FR-003.",
            self.what
        ))
    }

    fn items(&self, loaded: &Loaded) -> Vec<ItemRef> {
        let (unit, id) = match self.what.split_once('#') {
            Some((unit, id)) => (Some(unit), id),
            None => match self.what.split_once('/') {
                Some((unit, id)) if !unit.starts_with("US") => (Some(unit), id),
                _ => (None, self.what.as_str()),
            },
        };
        let wanted = self.feature.as_deref().or(unit);
        let features = loaded.analysis.graph.features().iter();
        features
            .filter(|feature| {
                wanted.is_none_or(|wanted| {
                    feature.name == wanted
                        || feature.path == wanted
                        || wanted
                            .parse()
                            .is_ok_and(|number: u64| feature.number == Some(number))
                })
            })
            .flat_map(|feature| feature.defined(id).iter().copied())
            .collect()
    }

    fn file_report(&self, loaded: &Loaded) -> Option<String> {
        let (path, line) = match self.what.rsplit_once(':') {
            Some((path, line)) if line.parse::<u32>().is_ok() => (path, line.parse::<u32>().ok()),
            _ => (self.what.as_str(), None),
        };
        let file = find_file(loaded, path)?;
        Some(file_report(loaded, file, line))
    }
}

fn find_file(loaded: &Loaded, path: &str) -> Option<FileId> {
    let full = Path::new(path).canonicalize().ok();
    if let Some(file) = full.and_then(|full| loaded.snapshot.file(&full)) {
        return Some(file);
    }
    let tree = &loaded.analysis.graph.inputs().tree;
    let relative = path.trim_start_matches("./");
    (0..tree.roots().len() as u16).find_map(|root| tree.file(trace::RootId(root), relative))
}

/// One line: address, title, state.
fn headline(graph: &Graph, item: ItemRef) -> String {
    let Some((feature, it)) = graph.item(item) else {
        return String::new();
    };
    let address = feature
        .key(item)
        .map(|key| key.to_string())
        .unwrap_or_default();
    let title = feature
        .document(item.file)
        .map_or("", |doc| doc.slice(it.title_range));
    let state = match it.task.as_ref().map(|task| task.state) {
        Some(TaskState::Done) => " [x]",
        Some(TaskState::Open) => " [ ]",
        Some(TaskState::Other(_)) => " [-]",
        None => "",
    };
    format!("{address}{state} {title}")
}

fn item_report(loaded: &Loaded, item: ItemRef) -> String {
    let graph = &loaded.analysis.graph;
    let mut out = headline(graph, item);
    out.push('\n');
    let place = |file: FileId, offset: text::TextSize| {
        let line = graph
            .inputs()
            .documents
            .get(&file)
            .map(|doc| doc.lines.line(offset) + 1);
        match line.or_else(|| {
            graph
                .source(file)
                .map(|source| source.lines.line(offset) + 1)
        }) {
            Some(line) => format!("{}:{line}", loaded.shown(file)),
            None => loaded.shown(file),
        }
    };
    let is_task = graph
        .item(item)
        .is_some_and(|(_, it)| it.kind == ItemKind::Task);
    if is_task {
        for story in graph.stories_of_task(item) {
            let _ = writeln!(out, "  for {}", headline(graph, story));
        }
    }
    for task in graph.tasks_of(item) {
        if !is_task {
            let _ = writeln!(out, "  task {}", headline(graph, task));
        }
        for linked in graph.files_of_task(task) {
            let _ = writeln!(out, "    file {}", loaded.shown(linked.file));
        }
        for symbol in graph.symbols_of_task(task) {
            let Some(source) = graph.source(symbol.file) else {
                continue;
            };
            let found = &source.facts.symbols[symbol.symbol as usize];
            let at = place(symbol.file, found.name_range.start());
            let _ = writeln!(
                out,
                "    symbol {} at {at} ({})",
                found.qualified_name(),
                symbol.basis.as_str()
            );
        }
    }
    for test in graph.tests_of(item) {
        let Some(source) = graph.source(test.file) else {
            continue;
        };
        let found = &source.facts.tests[test.test as usize];
        let skipped = if found.skipped { ", skipped" } else { "" };
        let at = place(test.file, found.name_range.start());
        let _ = writeln!(
            out,
            "  test {} at {at} ({}{skipped})",
            found.full_name,
            test.basis.as_str()
        );
    }
    for (file, mention, basis) in graph.code_mentions(item) {
        let Some(source) = graph.source(file) else {
            continue;
        };
        let at = place(
            file,
            source.facts.mentions[mention as usize]
                .mention
                .range
                .start(),
        );
        let _ = writeln!(out, "  mentioned in code at {at} ({})", basis.as_str());
    }
    for (file, range) in graph.document_mentions(item) {
        let _ = writeln!(out, "  mentioned at {}", place(file, range.start()));
    }
    out
}

fn file_report(loaded: &Loaded, file: FileId, line: Option<u32>) -> String {
    let graph = &loaded.analysis.graph;
    let mut out = format!("{}\n", loaded.shown(file));
    for task in graph.tasks_naming(file) {
        let _ = writeln!(out, "  named by {}", headline(graph, task));
        for story in graph.stories_of_task(task) {
            let _ = writeln!(out, "    for {}", headline(graph, story));
        }
    }
    let source = graph.source(file);
    for link in graph.code_links(file) {
        let Some(source) = source else { continue };
        let mention = &source.facts.mentions[link.mention as usize].mention;
        let at = source.lines.line(mention.range.start()) + 1;
        if line.is_some_and(|line| line != at) {
            continue;
        }
        for item in link.resolved.items() {
            let _ = writeln!(out, "  line {at} mentions {}", headline(graph, *item));
        }
    }
    if out.lines().count() == 1 {
        out.push_str("  no spec item is linked to this file\n");
    }
    out
}
