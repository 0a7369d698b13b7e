//! What links whole repositories have, one table row each, and how well tasks alone find the code that mentions name:
//! `cargo run --release -p workspace --example links -- ROOT ...`. `tests/accuracy/links.md` has the figures.
//!
//! The second table hides every mention in code: an item's files are those its tasks name. What mentions say is the
//! truth it is held against; code that serves an item without saying so counts as wrong there.
#![expect(clippy::print_stdout, reason = "a command line tool")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use documents::ItemKind;
use text::FileId;
use trace::{Basis, Fate, FileRole, Graph, ItemRef, Resolution, Resolved};
use workspace::{Host, Options};

#[derive(Default)]
struct Row {
    requirements: usize,
    tasks: usize,
    tasks_with_path: usize,
    tasks_with_file: usize,
    declared: usize,
    inferred: usize,
    ambiguous: usize,
    undefined: usize,
    foreign: usize,
    stories: Covered,
    items: Covered,
    decided: usize,
    unknown: usize,
    languages: BTreeMap<String, usize>,
}

/// Items with code, and with a test.
#[derive(Default)]
struct Covered {
    all: usize,
    implemented: usize,
    tested: usize,
}

/// Files by tasks against files by mentions.
#[derive(Default)]
struct Hidden {
    items: usize,
    mentioned: usize,
    named: usize,
    both: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!(
        "| repository | languages | requirements | tasks | with a path | with a file | mentions: declared | inferred | \
         ambiguous | undefined | no id here | stories: code | test | requirements: code | test | paths decided | unknown | s |"
    );
    println!("|{}", "---|".repeat(18));
    let mut hidden = Vec::new();
    for argument in std::env::args().skip(1) {
        let root = PathBuf::from(argument).canonicalize()?;
        let clock = Instant::now();
        let mut host = Host::new(Options {
            roots: vec![root.clone()],
            ..Options::default()
        });
        host.scan();
        let snapshot = host.finish(true);
        let took = clock.elapsed().as_secs_f64();
        let name = root
            .file_name()
            .map(|name| name.to_string_lossy().replace('+', "/"))
            .unwrap_or_default();
        let row = row(&snapshot.graph);
        println!("{}", row.shown(&name, took));
        hidden.push((name, without_mentions(&snapshot.graph)));
    }
    println!();
    println!(
        "| repository | kind | items with both | files mentioned | files by tasks | both | recall | precision |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (name, kinds) in hidden {
        for (kind, found) in kinds {
            println!(
                "| {name} | {kind} | {} | {} | {} | {} | {} | {} |",
                found.items,
                found.mentioned,
                found.named,
                found.both,
                ratio(found.both, found.mentioned),
                ratio(found.both, found.named),
            );
        }
    }
    Ok(())
}

fn ratio(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    format!("{:.2}", number(part) / number(whole))
}

impl Row {
    fn shown(&self, name: &str, took: f64) -> String {
        let mut languages: Vec<_> = self.languages.iter().collect();
        languages.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let languages: Vec<&str> = languages
            .iter()
            .take(3)
            .map(|(name, _)| name.as_str())
            .collect();
        let of = |part: usize, whole: usize| format!("{part}/{whole}");
        [
            name.to_owned(),
            languages.join(", "),
            self.requirements.to_string(),
            self.tasks.to_string(),
            self.tasks_with_path.to_string(),
            self.tasks_with_file.to_string(),
            self.declared.to_string(),
            self.inferred.to_string(),
            self.ambiguous.to_string(),
            self.undefined.to_string(),
            self.foreign.to_string(),
            of(self.stories.implemented, self.stories.all),
            of(self.stories.tested, self.stories.all),
            of(self.items.implemented, self.items.all),
            of(self.items.tested, self.items.all),
            self.decided.to_string(),
            self.unknown.to_string(),
            format!("{took:.1}"),
        ]
        .iter()
        .fold("|".to_owned(), |row, cell| row + " " + cell + " |")
    }
}

/// Items that code is written for.
fn is_covered(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Requirement | ItemKind::SuccessCriterion | ItemKind::Criterion
    )
}

fn row(graph: &Graph) -> Row {
    let mut row = Row::default();
    for feature in graph.features() {
        for (at, item) in feature.items() {
            if item.kind == ItemKind::Task {
                row.tasks += 1;
                let paths = feature.task(at.item).map(|links| &links.paths);
                row.tasks_with_path += usize::from(paths.is_some_and(|paths| !paths.is_empty()));
                row.tasks_with_file += usize::from(!graph.files_of_task(at).is_empty());
            }
            row.requirements += usize::from(item.kind == ItemKind::Requirement);
            if feature.spec().is_none_or(|spec| spec.file != at.file) {
                continue;
            }
            if item.kind == ItemKind::Story {
                row.stories.add(graph, at);
            } else if is_covered(item.kind) {
                row.items.add(graph, at);
            }
        }
        for link in &feature.paths {
            match &link.resolution {
                Resolution::Missing(Fate::Unknown(_) | Fate::Lost(_)) => row.unknown += 1,
                _ => row.decided += 1,
            }
        }
    }
    for (file, source) in &graph.inputs().sources {
        let links = graph.code_links(*file);
        row.foreign += source.facts.mentions.len() - links.len();
        for link in links {
            match &link.resolved {
                Resolved::Items(_, Basis::Inferred) => row.inferred += 1,
                Resolved::Items(..) => row.declared += 1,
                Resolved::Undefined(_) => row.undefined += 1,
                Resolved::Ambiguous(_) => row.ambiguous += 1,
            }
        }
    }
    for (_, _, path) in graph.inputs().tree.files() {
        if let Some(language) = code::Language::of_path(path) {
            *row.languages.entry(language_name(language)).or_default() += 1;
        }
    }
    row
}

/// TSX is TypeScript to people.
fn language_name(language: code::Language) -> String {
    match language {
        code::Language::Tsx => "TypeScript".to_owned(),
        other => format!("{other:?}"),
    }
}

impl Covered {
    fn add(&mut self, graph: &Graph, item: ItemRef) {
        let chain = graph.chain(item);
        let sure = |basis: Basis| basis != Basis::Inferred;
        let role = |file: FileId| graph.role(file);
        // As `coverage` counts: a mention in a language that is not read for symbols is one of code too.
        let by_test = |file: FileId, mention: u32| {
            let source = graph.source(file);
            let it = source.and_then(|source| source.facts.mentions.get(mention as usize));
            let in_test = it.is_some_and(|it| it.test.is_some() || it.group.is_some());
            in_test || role(file) == FileRole::Test
        };
        let mentioned = |test: bool| {
            let mut sure = chain.mentions.iter().filter(|(.., basis)| sure(*basis));
            sure.any(|(file, mention, _)| by_test(*file, *mention) == test)
        };
        let code = chain.files.iter().any(|it| it.role == FileRole::Code)
            || chain
                .symbols
                .iter()
                .any(|it| sure(it.basis) && role(it.file) == FileRole::Code)
            || mentioned(false);
        let test = chain.tests.iter().any(|it| sure(it.basis))
            || chain.files.iter().any(|it| it.role == FileRole::Test)
            || mentioned(true);
        self.all += 1;
        self.implemented += usize::from(code);
        self.tested += usize::from(test);
    }
}

fn without_mentions(graph: &Graph) -> Vec<(&'static str, Hidden)> {
    let mut stories = Hidden::default();
    let mut requirements = Hidden::default();
    for feature in graph.features() {
        for (at, item) in feature.items() {
            let found = match item.kind {
                ItemKind::Story => &mut stories,
                kind if is_covered(kind) => &mut requirements,
                _ => continue,
            };
            let mentions = graph.code_mentions(at);
            let mentioned: BTreeSet<FileId> = mentions
                .iter()
                .filter(|(_, _, basis)| *basis == Basis::Declared)
                .map(|(file, _, _)| *file)
                .collect();
            let tasks = graph.tasks_of(at);
            if mentioned.is_empty() || tasks.is_empty() {
                continue;
            }
            let named: BTreeSet<FileId> = tasks
                .iter()
                .flat_map(|task| graph.files_of_task(*task))
                .filter(|linked| linked.role != FileRole::Other)
                .map(|linked| linked.file)
                .collect();
            found.items += 1;
            found.mentioned += mentioned.len();
            found.named += named.len();
            found.both += mentioned.intersection(&named).count();
        }
    }
    vec![("stories", stories), ("requirements", requirements)]
}
