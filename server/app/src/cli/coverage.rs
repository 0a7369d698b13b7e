//! `coverage`: which stories and requirements have a task, code and a test, and why we believe it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use documents::ItemKind;
use serde::Serialize;
use trace::{Basis, Feature, FileRole, Graph, ItemRef};

use super::json::kind_name;
use super::load::{Depth, Loaded, load};
use super::markup::{code_cell, one_line};
use super::print;
use super::scope::Scope;

/// Kinds of items that are to be covered, in the order of a spec.
const KINDS: [ItemKind; 3] = [
    ItemKind::Story,
    ItemKind::Requirement,
    ItemKind::SuccessCriterion,
];

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub(crate) struct Coverage {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    #[command(flatten)]
    scope: Scope,
    /// How to write the figures
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table
    Human,
    /// One JSON document (docs/json.md)
    Json,
    /// A table for a pull request or a wiki
    Markdown,
}

impl Coverage {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(&[roots, &self.roots].concat(), Depth::Links)?;
        loaded.require_documents()?;
        let chosen = self.scope.select(&loaded)?;
        let features: Vec<Covered> = chosen
            .iter()
            .map(|(feature, _)| covered(&loaded.analysis.graph, feature))
            .collect();
        match self.format {
            Format::Human => print(&human(&features)),
            Format::Json => print(&json(&loaded, features)?),
            Format::Markdown => print(&markdown(&features)),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A feature and what covers its items.
#[derive(Serialize)]
pub(crate) struct Covered {
    root: String,
    pub(crate) path: String,
    name: String,
    state: &'static str,
    /// Whether there is a task list at all; without one nobody can say that a task is missing.
    pub(crate) has_tasks: bool,
    /// How many tasks there are.
    pub(crate) tasks: usize,
    /// Tasks that work for no story and cite nothing.
    pub(crate) unmapped: Vec<String>,
    kinds: Vec<Sum>,
    pub(crate) items: Vec<CoveredItem>,
}

/// An item and what covers it.
#[derive(Serialize)]
pub(crate) struct CoveredItem {
    address: String,
    pub(crate) id: String,
    kind: &'static str,
    #[serde(skip)]
    pub(crate) item: ItemKind,
    /// Ids of the tasks that are labelled with it or cite it.
    pub(crate) tasks: Vec<String>,
    /// The strongest reason to believe that there is code for it.
    code: Option<&'static str>,
    /// The same for tests.
    test: Option<&'static str>,
}

/// Items of one kind.
#[derive(Serialize)]
struct Sum {
    kind: &'static str,
    #[serde(skip)]
    item: ItemKind,
    total: u32,
    /// `None`: no task names an item of this kind, so that nobody can say which are missing.
    with_task: Option<u32>,
    with_code: Reasons,
    with_test: Reasons,
}

/// How many items by the strongest reason; an inferred link is listed and not counted.
#[derive(Serialize, Default)]
struct Reasons {
    total: u32,
    by_basis: BTreeMap<&'static str, u32>,
}

impl Reasons {
    fn add(&mut self, basis: Option<&'static str>) {
        let Some(basis) = basis else { return };
        if basis != Basis::Inferred.as_str() {
            self.total += 1;
        }
        *self.by_basis.entry(basis).or_default() += 1;
    }
}

/// What covers the items of a feature. Code and tests are known only where sources were read.
pub(crate) fn covered(graph: &Graph, feature: &Feature) -> Covered {
    let root = graph.inputs().tree.roots().get(usize::from(feature.root.0));
    let mut items = Vec::new();
    if let Some(spec) = feature.spec() {
        for (at, item) in (0..).zip(&spec.facts().items) {
            if !KINDS.contains(&item.kind) {
                continue;
            }
            let reference = ItemRef {
                feature: feature.id,
                file: spec.file,
                item: at,
            };
            let (code, test) = linked(graph, reference);
            items.push(CoveredItem {
                address: feature
                    .key(reference)
                    .map_or_else(String::new, |key| key.to_string()),
                id: item.id.to_string(),
                kind: kind_name(item.kind),
                item: item.kind,
                tasks: graph
                    .tasks_of(reference)
                    .into_iter()
                    .filter_map(|task| Some(graph.item(task)?.1))
                    .map(|task| match task.id.as_str() {
                        "" => "(no id)".to_owned(),
                        id => id.to_owned(),
                    })
                    .collect(),
                code: code.map(Basis::as_str),
                test: test.map(Basis::as_str),
            });
        }
    }
    let kinds = KINDS.into_iter().filter_map(|kind| sum(kind, &items));
    Covered {
        root: root.map_or_else(String::new, |root| root.name.to_string()),
        path: feature.path.to_string(),
        name: feature.name.to_string(),
        state: feature.state.as_str(),
        has_tasks: feature.tasks_document().is_some(),
        tasks: feature.tasks.len(),
        unmapped: unmapped(feature),
        kinds: kinds.collect(),
        items,
    }
}

/// Ids of the tasks that work for no story and cite no item of the spec.
fn unmapped(feature: &Feature) -> Vec<String> {
    let Some(tasks) = feature.tasks_document() else {
        return Vec::new();
    };
    let facts = tasks.facts();
    let cites = |range: text::TextRange| {
        feature
            .references
            .iter()
            .filter(|it| {
                it.file == tasks.file && it.target.items().iter().any(|to| to.file != tasks.file)
            })
            .filter_map(|it| facts.mentions.get(it.mention as usize))
            .any(|mention| range.contains_range(mention.range))
    };
    feature
        .tasks
        .iter()
        .filter(|task| task.stories.is_empty())
        .filter_map(|task| facts.items.get(task.item as usize))
        .filter(|item| !item.id.is_empty() && !cites(item.range))
        .map(|item| item.id.to_string())
        .collect()
}

/// The strongest reasons to believe that there is code, and that there is a test.
fn linked(graph: &Graph, item: ItemRef) -> (Option<Basis>, Option<Basis>) {
    let (mut code, mut test) = (None, None);
    let stronger = |known: &mut Option<Basis>, basis: Basis| {
        *known = Some(known.map_or(basis, |known| known.min(basis)));
    };
    for task in graph.tasks_of(item) {
        for linked in graph.files_of_task(task) {
            match linked.role {
                FileRole::Code => stronger(&mut code, Basis::Task),
                FileRole::Test => stronger(&mut test, Basis::Task),
                FileRole::Other => {}
            }
        }
        for symbol in graph.symbols_of_task(task) {
            if graph.role(symbol.file) == FileRole::Code {
                stronger(&mut code, symbol.basis);
            }
        }
    }
    for found in graph.tests_of(item) {
        stronger(&mut test, found.basis);
    }
    for (file, mention, basis) in graph.code_mentions(item) {
        let by_test = graph
            .source(file)
            .and_then(|source| source.facts.mentions.get(mention as usize))
            .is_some_and(|mention| mention.test.is_some() || mention.group.is_some());
        if by_test || graph.role(file) == FileRole::Test {
            stronger(&mut test, basis);
        } else {
            stronger(&mut code, basis);
        }
    }
    (code, test)
}

fn sum(kind: ItemKind, items: &[CoveredItem]) -> Option<Sum> {
    let mut sum = Sum {
        kind: kind_name(kind),
        item: kind,
        total: 0,
        with_task: None,
        with_code: Reasons::default(),
        with_test: Reasons::default(),
    };
    for item in items.iter().filter(|item| item.item == kind) {
        sum.total += 1;
        if !item.tasks.is_empty() {
            *sum.with_task.get_or_insert_default() += 1;
        }
        sum.with_code.add(item.code);
        sum.with_test.add(item.test);
    }
    (sum.total > 0).then_some(sum)
}

#[cfg(test)]
impl Covered {
    /// A feature of one requirement and one task with this id.
    pub(crate) fn of_one(id: &str) -> Self {
        let item = CoveredItem {
            address: String::new(),
            id: id.to_owned(),
            kind: kind_name(ItemKind::Requirement),
            item: ItemKind::Requirement,
            tasks: vec![id.to_owned()],
            code: None,
            test: None,
        };
        Self {
            root: String::new(),
            path: id.to_owned(),
            name: id.to_owned(),
            state: "active",
            has_tasks: true,
            tasks: 1,
            unmapped: vec![id.to_owned()],
            kinds: Vec::new(),
            items: vec![item],
        }
    }
}

const HEADS: [&str; 6] = [
    "feature",
    "items",
    "",
    "with task",
    "with code",
    "with test",
];

/// Rows of the table, as text: one per feature and kind.
fn rows(features: &[Covered]) -> Vec<[String; 6]> {
    let mut rows = Vec::new();
    let several = features.windows(2).any(|pair| pair[0].root != pair[1].root);
    for feature in features {
        let name = if several {
            format!("{}/{}", feature.root, feature.path)
        } else {
            feature.path.clone()
        };
        for (at, sum) in feature.kinds.iter().enumerate() {
            rows.push([
                if at == 0 { name.clone() } else { String::new() },
                sum.total.to_string(),
                match (sum.item, sum.total) {
                    (ItemKind::Story, 1) => "story",
                    (ItemKind::Story, _) => "stories",
                    (ItemKind::Requirement, 1) => "requirement",
                    (ItemKind::Requirement, _) => "requirements",
                    (_, 1) => "success criterion",
                    _ => "success criteria",
                }
                .to_owned(),
                sum.with_task
                    .map_or_else(|| "-".to_owned(), |count| count.to_string()),
                reasons(&sum.with_code),
                reasons(&sum.with_test),
            ]);
        }
    }
    rows
}

/// `7 (declared 2, task 5)`.
fn reasons(reasons: &Reasons) -> String {
    let parts: Vec<String> = reasons
        .by_basis
        .iter()
        .filter(|(basis, _)| **basis != Basis::Inferred.as_str())
        .map(|(basis, count)| format!("{basis} {count}"))
        .collect();
    if parts.is_empty() {
        return "0".to_owned();
    }
    format!("{} ({})", reasons.total, parts.join(", "))
}

fn human(features: &[Covered]) -> String {
    let rows: Vec<[String; 6]> = rows(features)
        .into_iter()
        .map(|row| row.map(|cell| one_line(&cell)))
        .collect();
    let heads = HEADS.map(str::to_owned);
    let all = || std::iter::once(&heads).chain(&rows);
    let width = |at: usize| all().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEADS.len()).map(width).collect();
    let mut out = String::new();
    for row in all() {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, width))| {
                let pad = " ".repeat(width - cell.chars().count());
                // Counts of items stand before their word.
                if at == 1 {
                    format!("{pad}{cell}")
                } else {
                    format!("{cell}{pad}")
                }
            })
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    if rows.iter().any(|row| row[3] == "-") {
        out.push_str("- no task names one, so which are missing is unknown\n");
    }
    out
}

fn markdown(features: &[Covered]) -> String {
    let mut out = String::from(
        "| feature | items | with task | with code | with test |\n|---|---|---|---|---|\n",
    );
    for [feature, total, kind, task, code, test] in rows(features) {
        let feature = if feature.is_empty() {
            feature
        } else {
            code_cell(&feature)
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {feature} | {total} {kind} | {task} | {code} | {test} |"
        );
    }
    out
}

fn json(loaded: &Loaded, features: Vec<Covered>) -> Result<String, String> {
    #[derive(Serialize)]
    struct Report {
        schema: u32,
        tool: super::json::Tool,
        roots: Vec<super::json::Root>,
        features: Vec<Covered>,
    }
    let report = Report {
        schema: 0,
        tool: super::json::tool(),
        roots: super::json::roots(loaded),
        features,
    };
    let mut text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}
