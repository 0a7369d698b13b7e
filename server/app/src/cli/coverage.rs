//! `coverage`: which stories, requirements and criteria are specified, planned, implemented, tested, verified and
//! released, and why we believe it.

mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use documents::ItemKind;
use serde::Serialize;
use trace::{Basis, Feature, FeatureState, Graph, ItemRef};
use workspace::Releases;

use super::columns::{self, Asked, Cell, Columns, Count, NAMES};
use super::json::{self, Root, Tool, kind_name};
use super::links::{ChainOf, Links, Place};
use super::load::{Depth, Loaded, load};
use super::matrix;
use super::paint::Paint;
use super::print;
use super::scope::Scope;

/// Kinds of items that are to be covered, in the order of a spec.
pub(crate) const KINDS: [ItemKind; 4] = [
    ItemKind::Story,
    ItemKind::Requirement,
    ItemKind::Criterion,
    ItemKind::SuccessCriterion,
];

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub(crate) struct Coverage {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    #[command(flatten)]
    scope: Scope,
    /// Every item with its tasks, code, tests and evidence, as `matrix` has it
    #[arg(long)]
    matrix: bool,
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
        let report = report(&loaded, &self.scope)?;
        if self.matrix {
            let format = match self.format {
                Format::Json => matrix::Format::Json,
                Format::Human | Format::Markdown => matrix::Format::Markdown,
            };
            print(&matrix::text(report, format)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        match self.format {
            Format::Human => print(&table::human(&report, Paint::on(&std::io::stdout())))?,
            Format::Json => print(&json::text(&report)?)?,
            Format::Markdown => print(&markdown(&report))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The report of `coverage`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CoverageReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    pub(crate) schema: u32,
    pub(crate) tool: Tool,
    pub(crate) roots: Vec<Root>,
    pub(crate) features: Vec<Covered>,
    /// Items of all features, by kind.
    pub(crate) total: Vec<KindTotal>,
    /// What could not be told, by question and reason.
    pub(crate) unknown: Vec<Unknown>,
}

/// Items of one kind in all features.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct KindTotal {
    pub(crate) kind: &'static str,
    #[serde(skip)]
    pub(crate) item: ItemKind,
    pub(crate) total: u32,
    pub(crate) columns: Columns<Count>,
}

/// Answers that could not be given.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "UnansweredQuestion"))]
pub(crate) struct Unknown {
    /// `implemented`
    pub(crate) column: &'static str,
    pub(crate) count: u32,
    pub(crate) why: String,
}

/// What covers the items of the features in scope.
pub(crate) fn report(loaded: &Loaded, scope: &Scope) -> Result<Report, String> {
    let chosen = scope.select(loaded)?;
    let graph = &loaded.analysis.graph;
    // What an archived change asked for is in the main specs now.
    let wanted = chosen
        .iter()
        .filter(|(feature, _)| scope.feature.is_some() || feature.state != FeatureState::Archived);
    let features = wanted.map(|(feature, _)| covered(graph, feature, Some(&loaded.releases)));
    Ok(summed(json::roots(loaded), features.collect()))
}

/// The same of features that were looked at one by one. Where the folders are is not said.
pub(crate) fn of_graph(graph: &Graph, features: Vec<Covered>) -> Report {
    let roots = graph.inputs().tree.roots().iter();
    let roots = roots.map(|root| Root {
        name: root.name.to_string(),
        path: String::new(),
    });
    summed(roots.collect(), features)
}

/// A report for a pull request, a wiki or an editor.
pub(crate) fn markdown(report: &Report) -> String {
    table::markdown(report)
}

fn summed(roots: Vec<Root>, features: Vec<Covered>) -> Report {
    let items = || features.iter().flat_map(|feature| &feature.items);
    let total = KINDS.into_iter().filter_map(|kind| {
        let mut columns = Columns::default();
        let of_kind = items().filter(|item| item.item == kind);
        let total = of_kind.map(|item| columns.add(&item.columns)).count();
        (total > 0).then(|| KindTotal {
            kind: kind_name(kind),
            item: kind,
            total: total as u32,
            columns,
        })
    });
    let mut reasons: BTreeMap<(usize, &str), u32> = BTreeMap::new();
    for item in items() {
        for (at, cell) in item.columns.each().into_iter().enumerate() {
            if cell.answer == columns::Answer::Unknown {
                let why = cell.why.as_deref().unwrap_or_default();
                *reasons.entry((at, why)).or_default() += 1;
            }
        }
    }
    let unknown = reasons.into_iter().map(|((at, why), count)| Unknown {
        column: NAMES[at],
        count,
        why: why.to_owned(),
    });
    Report {
        schema: json::SCHEMA,
        tool: json::tool(),
        roots,
        total: total.collect(),
        unknown: unknown.collect(),
        features,
    }
}

/// A feature and what covers its items.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CoveredFeature"))]
pub(crate) struct Covered {
    pub(crate) root: String,
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) state: &'static str,
    /// Whether there is a task list at all; without one nobody can say that a task is missing.
    pub(crate) has_tasks: bool,
    /// How many tasks there are.
    pub(crate) tasks: usize,
    /// Tasks that work for no story and cite nothing.
    pub(crate) unmapped: Vec<String>,
    pub(crate) kinds: Vec<Sum>,
    pub(crate) items: Vec<CoveredItem>,
}

/// An item and what covers it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct CoveredItem {
    address: String,
    /// The address behind the name of its root; only where there are several roots.
    #[serde(skip_serializing_if = "Option::is_none")]
    qualified: Option<String>,
    pub(crate) id: String,
    kind: &'static str,
    #[serde(skip)]
    pub(crate) item: ItemKind,
    /// Its id, or its title where it has no id.
    #[serde(flatten)]
    place: Place,
    /// Ids of the tasks that are labelled with it or cite it.
    pub(crate) tasks: Vec<String>,
    /// The strongest reason to believe that there is code for it.
    code: Option<&'static str>,
    /// The same for tests.
    test: Option<&'static str>,
    pub(crate) columns: Columns<Cell>,
    /// All that is linked to it.
    #[serde(skip)]
    pub(crate) chain: Option<ChainOf>,
}

/// Items of one kind.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "KindSum"))]
pub(crate) struct Sum {
    kind: &'static str,
    #[serde(skip)]
    pub(crate) item: ItemKind,
    pub(crate) total: u32,
    pub(crate) columns: Columns<Count>,
    /// `None`: no task names an item of this kind, so that nobody can say which are missing.
    with_task: Option<u32>,
    with_code: Reasons,
    with_test: Reasons,
}

/// How many items by the strongest reason; an inferred link is listed and not counted.
#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "BasisCounts"))]
pub(crate) struct Reasons {
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

/// What covers the items of a feature. Code and tests are known only where sources were read, tags only where `releases`
/// are given.
pub(crate) fn covered(graph: &Graph, feature: &Feature, releases: Option<&Releases>) -> Covered {
    let root = graph.inputs().tree.roots().get(usize::from(feature.root.0));
    let links = Links { graph };
    let specs = feature.documents.iter().filter(|it| it.kind.is_spec());
    let files: Vec<text::FileId> = specs.map(|document| document.file).collect();
    let mut asked: Vec<(ItemRef, &documents::Item, ChainOf)> = Vec::new();
    for (reference, item) in feature.items() {
        let wanted = KINDS.contains(&item.kind) && !is_removed(feature, reference.file, item);
        if wanted && files.contains(&reference.file) {
            asked.extend(links.chain(reference).map(|chain| (reference, item, chain)));
        }
    }
    let questions: Vec<Asked<'_>> = asked
        .iter()
        .map(|(reference, item, chain)| Asked {
            item: *reference,
            kind: item.kind,
            chain,
            reasons: columns::reasons(graph, *reference),
        })
        .collect();
    let answers = columns::answers(graph, feature, &questions, releases);
    let reasons: Vec<columns::Reasons> = questions.iter().map(|it| it.reasons).collect();
    drop(questions);
    let items: Vec<CoveredItem> = asked
        .into_iter()
        .zip(answers)
        .zip(reasons)
        .map(|(((_, item, chain), columns), reasons)| CoveredItem {
            address: chain.item.address.clone(),
            qualified: chain.item.qualified.clone(),
            id: item.id.to_string(),
            kind: kind_name(item.kind),
            item: item.kind,
            place: chain.item.place.clone(),
            tasks: chain
                .tasks
                .iter()
                .map(|task| match task.id.as_str() {
                    "" => "(no id)".to_owned(),
                    id => id.to_owned(),
                })
                .collect(),
            code: reasons.code.map(Basis::as_str),
            test: reasons.test.map(Basis::as_str),
            columns,
            chain: Some(chain),
        })
        .collect();
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

/// Whether a delta names an item only to take it away.
fn is_removed(feature: &Feature, file: text::FileId, item: &documents::Item) -> bool {
    let delta = feature.openspec.as_ref().and_then(|unit| unit.delta(file));
    delta.is_some_and(|delta| {
        let mut removed = delta.delta.removed.iter();
        removed.any(|named| item.range.contains_range(named.range))
    })
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

fn sum(kind: ItemKind, items: &[CoveredItem]) -> Option<Sum> {
    let mut sum = Sum {
        kind: kind_name(kind),
        item: kind,
        total: 0,
        with_task: None,
        with_code: Reasons::default(),
        with_test: Reasons::default(),
        columns: Columns::default(),
    };
    for item in items.iter().filter(|item| item.item == kind) {
        sum.total += 1;
        sum.columns.add(&item.columns);
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
        let columns = Columns::<Cell>::of_nothing();
        let item = CoveredItem {
            address: String::new(),
            qualified: None,
            id: id.to_owned(),
            kind: kind_name(ItemKind::Requirement),
            item: ItemKind::Requirement,
            place: Place::default(),
            tasks: vec![id.to_owned()],
            code: None,
            test: None,
            columns,
            chain: Some(ChainOf::of_one(id)),
        };
        Self {
            root: String::new(),
            path: id.to_owned(),
            name: id.to_owned(),
            state: "active",
            has_tasks: true,
            tasks: 1,
            unmapped: vec![id.to_owned()],
            kinds: KINDS
                .into_iter()
                .filter_map(|kind| sum(kind, std::slice::from_ref(&item)))
                .collect(),
            items: vec![item],
        }
    }
}

#[cfg(test)]
impl Report {
    /// A report about one such feature for each id.
    pub(crate) fn of(ids: &[&str]) -> Self {
        summed(
            Vec::new(),
            ids.iter().map(|id| Covered::of_one(id)).collect(),
        )
    }
}
