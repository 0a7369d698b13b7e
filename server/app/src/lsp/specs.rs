//! `spec-analyzer/specs`: which projects and features there are and how far they have come, for a view of an editor. With a
//! feature, what stands in it, too. Worked out when it is asked for; a client that has asked is told once when the answer may
//! be another one (`spec-analyzer/specsChanged`), and is not told again before it asks again. For clients:
//! `docs/editors/specs.md`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use documents::{Item, ItemKind, TaskState};
use ide::{OutlineItem, OutlineKind};
use serde::{Deserialize, Serialize};
use text::{FileId, TextRange};
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{Location, LspNotificationMethod, MessageDirection, Notification};
use trace::{Feature, FeatureDocument, FeatureState, Graph, ItemRef, UnitKind};

use super::answer::Refusal;
use super::engine::{Extent, Snapshot};
use super::requests::Ask;
use super::server::Worlds;
use crate::cli::columns::Count;
use crate::cli::coverage;
use crate::cli::json::kind_name;
use crate::cli::status::Findings;

/// The request.
pub const METHOD: &str = "spec-analyzer/specs";

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Params {
    /// Only this feature, with what stands in it.
    feature: Option<Named>,
}

/// A feature by its place.
#[derive(Debug, Deserialize)]
struct Named {
    root: String,
    path: String,
}

/// The answer.
#[derive(Serialize)]
pub struct Specs {
    /// Sources are still being read: what is counted of code and tests is not all yet.
    reading: bool,
    projects: Vec<Project>,
}

#[derive(Serialize)]
struct Project {
    root: String,
    path: String,
    format: &'static str,
    /// Those in work first.
    features: Vec<FeatureOf>,
}

#[derive(Serialize)]
struct FeatureOf {
    path: String,
    name: String,
    unit: &'static str,
    state: &'static str,
    phase: &'static str,
    tasks: usize,
    done: usize,
    next: Option<Next>,
    /// By severity; null where the findings of this feature are not shown.
    findings: Option<Findings>,
    /// Its first document.
    location: Option<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Vec<Covered>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<Part>>,
}

/// The first open task that waits for no other.
#[derive(Serialize)]
struct Next {
    id: String,
    title: String,
    location: Option<Location>,
}

/// Items of one kind.
#[derive(Serialize)]
struct Covered {
    kind: &'static str,
    total: u32,
    planned: Count,
    implemented: Count,
    tested: Count,
}

/// A section or an item, and what stands in it.
#[derive(Serialize)]
struct Part {
    name: String,
    /// `section`, or the kind of the item.
    kind: &'static str,
    /// `open`, `done` or `other`; only of a task.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// Tasks in it, or tasks that work for it; of a task nothing.
    tasks: usize,
    done: usize,
    location: Option<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Part>,
}

/// Answers the request.
///
/// # Errors
///
/// If nobody waits any more.
pub fn answer(ask: &Ask, params: &Params) -> Result<Specs, Refusal> {
    let snapshot = &ask.world.snapshot;
    let graph = &snapshot.analysis().graph;
    let names = graph.inputs().tree.roots();
    let root = |at: trace::RootId| {
        let root = names.get(usize::from(at.0));
        root.map_or_else(String::new, |root| root.name.to_string())
    };
    let mut projects = Vec::new();
    for project in graph.projects() {
        ask.cancel.check()?;
        let mut features: Vec<&Arc<Feature>> = graph
            .features()
            .iter()
            .filter(|feature| feature.project.id == project.id)
            .filter(|feature| {
                let mut wanted = params.feature.iter();
                wanted.all(|it| it.path == feature.path && it.root == root(feature.root))
            })
            .collect();
        features.sort_by_key(|feature| match feature.state {
            FeatureState::History => 1,
            FeatureState::Archived => 2,
            _ => 0,
        });
        let whole = params.feature.is_some();
        let features: Vec<FeatureOf> = features
            .into_iter()
            .map(|feature| described(ask, feature, whole))
            .collect();
        if whole && features.is_empty() {
            continue;
        }
        projects.push(Project {
            root: root(project.root),
            path: project.path.to_string(),
            format: project.format.as_str(),
            features,
        });
    }
    Ok(Specs {
        reading: snapshot.all_read().is_err(),
        projects,
    })
}

fn described(ask: &Ask, feature: &Feature, whole: bool) -> FeatureOf {
    let snapshot = &ask.world.snapshot;
    let checked = &snapshot.analysis().checked;
    let progress = feature.progress();
    let first = feature.documents.first();
    let findings = snapshot.decided().shows(feature);
    let findings = findings.then(|| checked.of(feature.id)).flatten();
    FeatureOf {
        path: feature.path.to_string(),
        name: feature.name.to_string(),
        unit: match feature.unit {
            UnitKind::Feature => "feature",
            UnitKind::Capability => "capability",
        },
        state: feature.state.as_str(),
        phase: feature.phase.as_str(),
        tasks: progress.all,
        done: progress.done,
        next: feature
            .next_task()
            .and_then(|task| next(ask, feature, task)),
        findings: findings.map(|all| Findings::of(&all.findings)),
        location: first.and_then(|it| ask.location(it.file, TextRange::default())),
        coverage: whole.then(|| covered(&snapshot.analysis().graph, feature)),
        parts: whole.then(|| parts(ask, feature)),
    }
}

fn next(ask: &Ask, feature: &Feature, task: ItemRef) -> Option<Next> {
    let item = feature.item(task)?;
    let document = feature.document(task.file)?;
    Some(Next {
        id: item.id.to_string(),
        title: document.slice(item.title_range).to_owned(),
        location: ask.location(task.file, item.title_range),
    })
}

/// What covers its items. Tags are not asked for.
fn covered(graph: &Graph, feature: &Feature) -> Vec<Covered> {
    let sums = coverage::covered(graph, feature, None).kinds;
    let sums = sums.into_iter().map(|sum| Covered {
        kind: kind_name(sum.item),
        total: sum.total,
        planned: sum.columns.planned,
        implemented: sum.columns.implemented,
        tested: sum.columns.tested,
    });
    sums.collect()
}

/// What its spec and its task list hold, under the headings that hold items themselves.
fn parts(ask: &Ask, feature: &Feature) -> Vec<Part> {
    let documents = feature.documents.iter();
    let documents = documents.filter(|it| it.kind.is_spec() || it.kind.is_tasks());
    let analysis = ask.world.snapshot.analysis();
    documents
        .flat_map(|document| {
            let outline = analysis.document_symbols(document.file);
            let shown = Shown {
                ask,
                feature,
                document,
            };
            outline
                .iter()
                .flat_map(|it| shown.parts(it))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The outline of one document, as far as it is shown.
struct Shown<'a> {
    ask: &'a Ask,
    feature: &'a Feature,
    document: &'a FeatureDocument,
}

impl Shown<'_> {
    fn parts(&self, outline: &OutlineItem) -> Vec<Part> {
        let inner = outline.children.iter().flat_map(|it| self.parts(it));
        let mut children: Vec<Part> = inner.collect();
        let part = |kind, state, (done, tasks), children| Part {
            name: outline.name.clone(),
            kind,
            state,
            tasks,
            done,
            location: self.ask.location(self.document.file, outline.selection),
            children,
        };
        match outline.kind {
            OutlineKind::Section if children.iter().all(|it| it.kind == "section") => children,
            OutlineKind::Section => vec![part("section", None, counted(&children), children)],
            OutlineKind::Item(kind) if is_shown(kind) => {
                let Some((at, item)) = self.item(outline, kind) else {
                    return children;
                };
                let state = item.task.as_ref().map(|task| state(task.state));
                let tasks = match kind {
                    ItemKind::Task => (0, 0),
                    ItemKind::Phase => counted(&children),
                    _ => self.tasks_for(at),
                };
                vec![part(
                    kind_name(kind),
                    state,
                    tasks,
                    std::mem::take(&mut children),
                )]
            }
            OutlineKind::Item(_) => children,
        }
    }

    fn item(&self, outline: &OutlineItem, kind: ItemKind) -> Option<(ItemRef, &Item)> {
        let mut items = (0..).zip(&self.document.facts().items);
        let is_it = |item: &Item| {
            let named = [item.id_range, item.title_range];
            item.kind == kind && named.contains(&outline.selection)
        };
        let (at, item) = items.find(|(_, item)| is_it(item))?;
        let (feature, file): (_, FileId) = (self.feature.id, self.document.file);
        let at = ItemRef {
            feature,
            file,
            item: at,
        };
        Some((at, item))
    }

    /// Tasks that work for an item: how many are ticked, how many there are.
    fn tasks_for(&self, item: ItemRef) -> (usize, usize) {
        let graph = &self.ask.world.snapshot.analysis().graph;
        let tasks = graph.tasks_of(item);
        let done = |task: &&ItemRef| graph.task_state(**task) == Some(TaskState::Done);
        (tasks.iter().filter(done).count(), tasks.len())
    }
}

fn is_shown(kind: ItemKind) -> bool {
    coverage::KINDS.contains(&kind)
        || matches!(kind, ItemKind::Scenario | ItemKind::Phase | ItemKind::Task)
}

/// Ticked tasks among parts and in them, and all.
fn counted(parts: &[Part]) -> (usize, usize) {
    parts.iter().fold((0, 0), |(done, all), part| {
        let (inner_done, inner) = counted(&part.children);
        let ticked = usize::from(part.state == Some("done"));
        let task = usize::from(part.state.is_some());
        (done + ticked + inner_done, all + task + inner)
    })
}

fn state(state: TaskState) -> &'static str {
    match state {
        TaskState::Open => "open",
        TaskState::Done => "done",
        TaskState::Other(_) => "other",
    }
}

/// The answer may be another one now. Without content.
enum Changed {}

impl Notification for Changed {
    type Params = ();
    const METHOD: LspNotificationMethod<'static> =
        LspNotificationMethod::Custom("spec-analyzer/specsChanged");
    const MESSAGE_DIRECTION: MessageDirection = MessageDirection::ServerToClient;
}

/// Whether somebody has asked since it was told of news.
#[derive(Debug, Clone, Default)]
pub struct Asked(Arc<AtomicBool>);

impl Asked {
    /// Somebody asks. Said before the answer is worked out, so that no news is missed.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Tells a client that has asked, for as long as there is a writer.
    pub async fn keep_told<S: Snapshot>(self, client: Client, mut worlds: Worlds<S>) {
        while worlds.next(Extent::Whole).await.is_some() {
            if self.0.swap(false, Ordering::Relaxed) {
                client.send_notification::<Changed>(()).await;
            }
        }
    }
}
