//! The bare command: where everything stands, in at most 15 lines.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use documents::{Format as SpecFormat, ItemKind, TaskState};
use rules::Finding;
use serde::Serialize;
use text::FileId;
use trace::{Basis, Feature, FeatureState, FileRole, Graph, ItemRef, Progress};

use super::human::plural;
use super::json::{self, Root, Tool};
use super::links::{ItemLink, Links};
use super::load::{Depth, Loaded, load};
use super::markup::one_line;
use super::{print, unread};

/// Features shown one by one; the rest is counted.
const SHOWN: usize = 6;

/// Named files from which on their being there says something of the list.
const ENOUGH_FILES: usize = 5;

/// Arguments of `status`.
#[derive(Debug, Args, Default)]
pub(crate) struct Status {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// At most 15 lines
    #[default]
    Human,
    /// One JSON document (docs/json.md)
    Json,
}

/// The report of `status`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "StatusReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    schema: u32,
    tool: Tool,
    roots: Vec<Root>,
    projects: usize,
    features: Features,
    /// Features in work.
    active: Vec<Active>,
    requirements: Requirements,
    findings: Findings,
}

/// How many features there are.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Features {
    active: usize,
    finished: usize,
    archived: usize,
}

/// A feature in work.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ActiveFeature"))]
struct Active {
    root: String,
    path: String,
    name: String,
    phase: &'static str,
    tasks: usize,
    done: usize,
    /// The first open task that waits for no other.
    next: Option<ItemLink>,
}

/// Requirements of all features.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Requirements {
    total: usize,
    /// Cited by a task or in code.
    linked: usize,
    /// Mentioned by a test.
    tested: usize,
}

/// Findings of active features by severity.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Findings {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
}

impl Findings {
    /// Counts them.
    pub(crate) fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = [0usize; 4];
        for finding in findings {
            counts[finding.severity as usize] += 1;
        }
        let [hint, information, warning, error] = counts;
        Self {
            error,
            warning,
            information,
            hint,
        }
    }
}

impl Status {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(&[roots, &self.roots].concat(), Depth::Links)?;
        loaded.require_documents()?;
        match self.format {
            Format::Human => print(&report(&loaded))?,
            Format::Json => print(&json::text(&values(&loaded))?)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn values(loaded: &Loaded) -> Report {
    let graph = &loaded.analysis.graph;
    let (active, finished, archived) = by_state(graph);
    let (linked, tested, total) = coverage(graph);
    Report {
        schema: json::SCHEMA,
        tool: json::tool(),
        roots: json::roots(loaded),
        projects: graph.projects().len(),
        features: Features {
            active: active.len(),
            finished,
            archived,
        },
        active: active
            .into_iter()
            .map(|feature| {
                let Progress { done, all: tasks } = feature.progress();
                let next = feature.next_task();
                let root = graph.inputs().tree.roots().get(usize::from(feature.root.0));
                Active {
                    root: root.map_or_else(String::new, |root| root.name.to_string()),
                    path: feature.path.to_string(),
                    name: feature.name.to_string(),
                    phase: feature.phase.as_str(),
                    tasks,
                    done,
                    next: next.and_then(|next| Links { graph }.item(next, None)),
                }
            })
            .collect(),
        requirements: Requirements {
            total,
            linked,
            tested,
        },
        findings: findings(loaded),
    }
}

/// The active features, how many are finished, how many archived.
fn by_state(graph: &Graph) -> (Vec<&Feature>, usize, usize) {
    let features = graph.features();
    let all = features.iter().map(AsRef::as_ref);
    let active: Vec<&Feature> = all.filter(|each| each.state.is_active()).collect();
    let archived = features
        .iter()
        .filter(|each| each.state == FeatureState::Archived)
        .count();
    let finished = features.len() - active.len() - archived;
    (active, finished, archived)
}

fn findings(loaded: &Loaded) -> Findings {
    let features = loaded.analysis.checked.features();
    let active = features.filter(|(feature, _)| feature.state.is_active());
    Findings::of(active.flat_map(|(_, found)| &found.findings))
}

fn report(loaded: &Loaded) -> String {
    let graph = &loaded.analysis.graph;
    let mut out = String::new();
    let (active, history, archived) = by_state(graph);
    let put_away = match archived {
        0 => String::new(),
        count => format!(", {count} archived"),
    };
    let _ = writeln!(
        out,
        "{} active {}, {history} finished{put_away}, in {} {}",
        active.len(),
        plural(active.len(), "feature"),
        graph.projects().len(),
        plural(graph.projects().len(), "project"),
    );
    for feature in active.iter().take(SHOWN) {
        let _ = writeln!(
            out,
            "  {}: {}{}",
            one_line(&feature.name),
            feature.phase.as_str(),
            work(feature)
        );
    }
    if active.len() > SHOWN {
        let _ = writeln!(out, "  and {} more", active.len() - SHOWN);
    }
    let (linked, tested, total) = coverage(graph);
    let _ = writeln!(
        out,
        "Requirements: {total}; cited by a task or in code {linked}; by a test {tested}"
    );
    let counts = findings(loaded);
    let _ = writeln!(
        out,
        "Findings: {} {}, {} {}, {} information (`spec-analyzer check`)",
        counts.error,
        plural(counts.error, "error"),
        counts.warning,
        plural(counts.warning, "warning"),
        counts.information,
    );
    let finished = loaded.analysis.checked.features();
    let finished: u32 = finished.map(|(_, found)| found.finished).sum();
    if finished > 0 {
        let _ = writeln!(
            out,
            "Left as they are (flow-forward): {finished} {} of drift in finished features",
            plural(finished as usize, "finding")
        );
    }
    out.push_str(&unread::line(loaded, &active));
    match strongest_chain(loaded) {
        Some(chain) => {
            let _ = writeln!(out, "Chain: {chain}");
        }
        None if !traced(graph).is_empty() => {
            out.push_str("Chain: none; no ticked task leads to a source file that is there\n");
        }
        None => {}
    }
    out
}

/// What is ticked and what is next. Boxes may lag behind the work: where none is ticked and most of the files that the
/// tasks name are there, that is said.
fn work(feature: &Feature) -> String {
    let Progress { done, all } = feature.progress();
    let mut out = String::new();
    if all > 0 {
        let (there, named) = feature.files_named();
        if done == 0 && named >= ENOUGH_FILES && there * 2 > named {
            let _ = write!(
                out,
                ", 0/{all} ticked; {there} of {named} named files exist"
            );
        } else {
            let _ = write!(out, ", {done}/{all} tasks");
        }
    }
    if let Some(task) = next_task(feature) {
        let _ = write!(out, "; next {task}");
    }
    out
}

fn next_task(feature: &Feature) -> Option<String> {
    let next = feature.next_task()?;
    let item = feature.item(next)?;
    let tasks = feature.document(next.file)?;
    Some(shortened(
        &format!("{} {}", item.id, tasks.slice(item.title_range)),
        60,
    ))
}

/// At most `limit` characters, cut with an ellipsis.
fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(limit - 1).collect();
    cut.push('…');
    cut
}

fn items(graph: &Graph, kinds: &[ItemKind]) -> Vec<ItemRef> {
    let mut found = Vec::new();
    for feature in graph.features() {
        let Some(spec) = feature.spec() else { continue };
        for (item, it) in (0..).zip(&spec.facts().items) {
            if kinds.contains(&it.kind) {
                found.push(ItemRef {
                    feature: feature.id,
                    file: spec.file,
                    item,
                });
            }
        }
    }
    found
}

/// Requirements cited by a task or mentioned in code, those a test mentions, and all.
fn coverage(graph: &Graph) -> (usize, usize, usize) {
    let all = items(graph, &[ItemKind::Requirement]);
    let mut in_code = HashSet::new();
    let mut in_tests = HashSet::new();
    for (file, links) in graph.linked_sources() {
        let test_file = graph.role(file) == FileRole::Test;
        for link in links {
            if let trace::Resolved::Items(items, _) = &link.resolved {
                let mention = graph
                    .source(file)
                    .and_then(|source| source.facts.mentions.get(link.mention as usize));
                let by_test = test_file
                    || mention
                        .is_some_and(|mention| mention.test.is_some() || mention.group.is_some());
                in_code.extend(items.iter().copied());
                if by_test {
                    in_tests.extend(items.iter().copied());
                }
            }
        }
    }
    let mut cited = HashSet::new();
    for feature in graph.features() {
        let Some(tasks) = feature.tasks_document() else {
            continue;
        };
        for reference in feature
            .references
            .iter()
            .filter(|reference| reference.file == tasks.file)
        {
            cited.extend(reference.target.items().iter().copied());
        }
    }
    // What is cited of a Kiro requirement is most often one of its criteria.
    let any = |item: &ItemRef, of: &dyn Fn(&ItemRef) -> bool| {
        let feature = graph.feature(item.feature);
        feature.is_some_and(|feature| feature.counted_with(*item).iter().any(of))
    };
    let is_linked = |item: &ItemRef| cited.contains(item) || in_code.contains(item);
    let linked = all.iter().filter(|item| any(item, &is_linked)).count();
    let is_tested = |item: &ItemRef| in_tests.contains(item);
    let tested = all.iter().filter(|item| any(item, &is_tested)).count();
    (linked, tested, all.len())
}

/// The items from which a chain may begin: stories, and Kiro's requirements, which are what stories are elsewhere.
fn traced(graph: &Graph) -> Vec<ItemRef> {
    let mut items = items(graph, &[ItemKind::Story, ItemKind::Requirement]);
    items.retain(|item| {
        let feature = graph.feature(item.feature);
        let kiro = feature.is_some_and(|feature| feature.format() == SpecFormat::Kiro);
        graph
            .item(*item)
            .is_some_and(|(_, it)| (it.kind == ItemKind::Requirement) == kiro)
    });
    items
}

/// One story with task, symbol and test, as an example of what is known for sure: the task is ticked, and the symbol
/// and the test stand in files that ticked tasks of the story name.
fn strongest_chain(loaded: &Loaded) -> Option<String> {
    let graph = &loaded.analysis.graph;
    let mut stories = traced(graph);
    // The feature in work says more to the reader than an old one.
    stories.sort_by_key(|story| {
        graph
            .feature(story.feature)
            .map(|feature| !feature.state.is_active())
    });
    let chains = stories
        .into_iter()
        .filter_map(|story| chain(loaded, story))
        .take(200);
    let mut strongest: Option<(usize, String)> = None;
    for (links, text) in chains {
        if strongest.as_ref().is_none_or(|(most, _)| links > *most) {
            strongest = Some((links, text));
        }
    }
    strongest.map(|(_, text)| text)
}

/// The best chain of one story, and how much it links.
fn chain(loaded: &Loaded, story: ItemRef) -> Option<(usize, String)> {
    let graph = &loaded.analysis.graph;
    let (feature, item) = graph.item(story)?;
    let mut ticked = graph.tasks_of(story);
    ticked.retain(|task| graph.task_state(*task) == Some(TaskState::Done));
    let sources = |task: &ItemRef| {
        let mut files = graph.files_of_task(*task);
        files.retain(|linked| linked.role != FileRole::Other);
        files
    };
    let named: HashSet<FileId> = ticked
        .iter()
        .flat_map(|task| sources(task).into_iter().map(|linked| linked.file))
        .collect();
    let tests = graph.tests_of(story);
    let test = tests.iter().find_map(|test| {
        let is_sure = test.basis == Basis::Declared || named.contains(&test.file);
        let facts = &graph.source(test.file)?.facts;
        let test = facts.tests.get(test.test as usize).filter(|_| is_sure)?;
        Some(test.full_name.clone())
    });
    let mut best: Option<(usize, String)> = None;
    for task in &ticked {
        let (_, task_item) = graph.item(*task)?;
        let symbols = graph.symbols_of_task(*task);
        let mut symbols = symbols.iter().filter(|symbol| named.contains(&symbol.file));
        let symbol = symbols.next().and_then(|symbol| {
            let facts = &graph.source(symbol.file)?.facts;
            let name = facts.symbols.get(symbol.symbol as usize)?.qualified_name();
            Some(format!("{name} in {}", loaded.shown(symbol.file)))
        });
        let file = sources(task)
            .first()
            .map(|linked| loaded.shown(linked.file));
        let links = usize::from(symbol.is_some()) * 2
            + usize::from(file.is_some())
            + usize::from(test.is_some()) * 2;
        let Some(code) = symbol.or(file) else {
            continue;
        };
        let test = test.as_ref().map_or(String::new(), |test| {
            format!(" -> test {}", shortened(test, 60))
        });
        let text = format!(
            "{}/{} -> {} -> {code}{test}",
            one_line(&feature.name),
            item.id,
            task_item.id
        );
        if best.as_ref().is_none_or(|(most, _)| links > *most) {
            best = Some((links, text));
        }
    }
    best
}
