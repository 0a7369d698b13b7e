//! Completion: ids, labels, paths and the shapes of new items; only inside an id, path, reference or list start, never in prose.

mod blocks;
mod comments;
mod context;
mod ids;
mod next;
mod paths;

use documents::{DocumentKind, Item, ItemKind};
use rules::Locale;
use smol_str::SmolStr;
use text::{FileId, TextRange, TextSize};
use trace::{Candidate, Feature, FeatureDocument, Graph, ItemRef, Reason};

use crate::Analysis;
use context::{Context, Line};

/// Most candidates given at once.
const LIMIT: usize = 200;

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// The id of an item.
    Item(ItemKind),
    /// A label of a task: `[P]`, `[US1]`.
    Label,
    /// A file.
    File,
    /// A directory.
    Directory,
    /// An id that nothing has yet.
    NextId,
    /// Several words: a story, a scenario, a marked question.
    Block,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// As the list shows it.
    pub label: String,
    /// Short words beside it.
    pub detail: String,
    /// Markdown; may be empty.
    pub documentation: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Bytes it replaces, up to the cursor or beyond a bracket that is closed already.
    pub replace: TextRange,
    /// New text of these bytes.
    pub insert: String,
    /// Bytes of `insert` that are to be filled in, in order.
    pub stops: Vec<TextRange>,
    /// What the typed text is compared with.
    pub filter: String,
    /// Candidates are shown in the order of this key.
    pub sort: String,
}

/// Candidates at one place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// In order.
    pub items: Vec<Completion>,
    /// There are more; ask again when more is typed.
    pub incomplete: bool,
}

/// The next free id behind an item, as those of its kind are written.
pub(crate) fn next_item(document: &FeatureDocument, item: &Item) -> Option<Completion> {
    let line = nothing_at(item.range.end());
    let found = match item.kind {
        ItemKind::Task => next::task(document, &line, "", ""),
        _ => next::requirement(document, &line, ""),
    };
    let (prefix, ..) = next::parts(&item.id)?;
    let same = |it: &Completion| next::parts(&it.label).is_some_and(|(own, ..)| own == prefix);
    found.into_iter().find(same)
}

/// The next story, to stand at a byte.
pub(crate) fn next_story(document: &FeatureDocument, at: TextSize) -> Option<Completion> {
    blocks::story(document, &nothing_at(at), "")
}

/// A scenario behind its list marker, to stand at a byte.
pub(crate) fn next_scenario(document: &FeatureDocument, at: TextSize) -> Option<Completion> {
    blocks::scenario(document, &nothing_at(at), "")
}

/// A line on which nothing stands yet.
fn nothing_at(at: TextSize) -> Line<'static> {
    Line {
        before: "",
        after: "",
        cursor: at.into(),
    }
}

impl Completions {
    fn of(mut items: Vec<Completion>) -> Self {
        items.sort_by(|a, b| a.sort.cmp(&b.sort));
        let incomplete = items.len() > LIMIT;
        items.truncate(LIMIT);
        Self { items, incomplete }
    }
}

impl Analysis {
    /// Candidates at `offset`. `source` is the text of an open source file, which the graph does not hold;
    /// it is not needed for a spec document.
    #[must_use]
    pub fn completions(
        &self,
        file: FileId,
        offset: TextSize,
        source: Option<&str>,
        locale: Locale,
    ) -> Completions {
        let found = self.candidates(file, offset, source, locale);
        found.unwrap_or_default()
    }

    fn candidates(
        &self,
        file: FileId,
        offset: TextSize,
        source: Option<&str>,
        locale: Locale,
    ) -> Option<Completions> {
        let graph = &self.graph;
        let Some(feature) = graph.feature_of(file) else {
            // Any other Markdown is not ours.
            if trace::document_kind(graph.inputs().tree.path_str(file)).is_some() {
                return None;
            }
            let line = Line::at(source?, offset)?;
            let items = comments::candidates(graph, file, &line, source?)?;
            return Some(Completions::of(items));
        };
        let document = feature.document(file)?;
        let line = Line::at(&document.doc.text, offset)?;
        if document
            .facts()
            .opaque
            .iter()
            .any(|range| range.contains(offset))
        {
            return None;
        }
        let mut fitting = Vec::new();
        let items = match context::of(&line, document)? {
            Context::Id(typed) => {
                fitting = fitting_in_task(graph, feature, document, &line);
                ids::mentioned(graph, feature, &line, typed)
            }
            Context::Qualified(qualifier, typed) => {
                ids::qualified(graph, feature, &line, qualifier, typed)
            }
            Context::Definition(typed) => next::requirement(document, &line, typed),
            Context::TaskStart(typed, lead) => next::task(document, &line, typed, lead),
            Context::ChecklistStart(typed, lead) => {
                next::checklist_item(document, &line, typed, lead)
            }
            Context::Scenario(typed) => Vec::from_iter(blocks::scenario(document, &line, typed)),
            Context::Heading(typed) => Vec::from_iter(blocks::story(document, &line, typed)),
            Context::Clarification(typed) => vec![blocks::clarification(&line, typed)],
            Context::Label(typed) => ids::labels(graph, feature, &line, typed),
            Context::Cited(cited, typed) => {
                if cited == grammar::Cited::Requirements {
                    fitting = fitting_in_task(graph, feature, document, &line);
                }
                ids::cited(graph, feature, &line, cited, typed)
            }
            Context::Path(typed) => paths::below(graph, feature, &line, typed),
        };
        Some(Completions::of(first_fitting(items, &fitting, locale)))
    }
}

/// Requirements that the task around the cursor may be for, best first; nothing outside of tasks.
fn fitting_in_task(
    graph: &Graph,
    feature: &Feature,
    document: &FeatureDocument,
    line: &Line<'_>,
) -> Vec<(SmolStr, Vec<Reason>)> {
    if !matches!(document.kind, DocumentKind::Tasks | DocumentKind::KiroTasks) {
        return Vec::new();
    }
    // Blanks at its end are no part of a task.
    let written = line.cursor - (line.before.len() - line.before.trim_end().len());
    let Some(item) = u32::try_from(written)
        .ok()
        .and_then(|at| trace::task_around(document, TextSize::new(at)))
    else {
        return Vec::new();
    };
    let task = ItemRef {
        feature: feature.id,
        file: document.file,
        item,
    };
    let found = graph.suggested_in(task).into_iter();
    // What only stands beside others that fit says nothing of its own.
    let id = |candidate: Candidate<ItemRef>| {
        if candidate.reasons == [Reason::Beside] {
            return None;
        }
        let id = feature.item(candidate.target)?.id.clone();
        Some((id, candidate.reasons))
    };
    found.filter_map(id).collect()
}

/// The candidates with those that fit before all others, and why beside them.
fn first_fitting(
    mut items: Vec<Completion>,
    fitting: &[(SmolStr, Vec<Reason>)],
    locale: Locale,
) -> Vec<Completion> {
    if fitting.is_empty() {
        return items;
    }
    for item in &mut items {
        let place = fitting.iter().position(|(id, _)| *id == item.insert);
        item.sort = match place {
            Some(place) => {
                let why = Analysis::reasons(&fitting[place].1, locale);
                // Where ids are numbers the words of the item stay beside them.
                item.detail = if item.documentation.starts_with(&item.detail) {
                    format!("{} ({why})", item.detail)
                } else {
                    why
                };
                format!("0{place:04}")
            }
            None => format!("1{}", item.sort),
        };
    }
    items
}
