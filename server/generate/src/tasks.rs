//! Whole task lists; and tasks for what an existing list leaves out or code is known to lack, as new phases in its own style
//! and place.

mod converge;
pub(crate) mod ground;
mod list;
mod outline;
mod section;
mod style;
mod unlisted;
mod words;

use documents::{DocumentKind, Format, Item, ItemKind, TaskState};
use smol_str::SmolStr;
use text::{Edit, FileId};
use trace::{Feature, FeatureDocument, FeatureId, Graph};

pub use converge::{Parted, convergence};
pub use list::NewDocument;
use list::uncovered::Uncovered;
use outline::added::Added;
use style::Style;
pub use unlisted::{Source, Unlisted, unlisted};

pub(crate) use list::telling::words as telling_words;
pub(crate) use section::one_line;

/// The name of what a test's file tests: `session` of `session.test.ts`, of `test_session.py`.
pub(crate) fn stem_of_test(name: &str) -> Option<&str> {
    ground::test_name(name).map(|(_, stem, _)| stem)
}

/// Whether [`task_list`] has something to write; cheaper than writing it.
#[must_use]
pub fn lacks_list(graph: &Graph, feature: FeatureId) -> bool {
    let feature = graph.feature(feature);
    feature.is_some_and(|feature| list::is_able(feature) || outline::is_able(feature))
}

/// The whole `tasks.md` of a feature, in its format's own shape. `None` where it has one, or where there is nothing to write
/// it from: a spec with stories and a plan, requirements and a design, a proposal and deltas.
#[must_use]
pub fn task_list(graph: &Graph, feature: FeatureId) -> Option<NewDocument> {
    let feature = graph.feature(feature)?;
    match feature.format() {
        Format::SpecKit => list::task_list(graph, feature),
        Format::Kiro | Format::OpenSpec => outline::list(graph, feature),
    }
}

/// Generated text and how it goes into the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Edits by file, in the texts the graph was built from.
    pub edits: Vec<(FileId, Edit)>,
    /// The new text alone, for a preview.
    pub preview: String,
    /// What a human must decide: each question also stands in the text.
    pub questions: Vec<String>,
}

/// Tasks for one story without a task. `None` if it has one, is not defined, or the task list is not organised
/// by story, so that its style for this is unknown.
#[must_use]
pub fn tasks_for_story(graph: &Graph, feature: FeatureId, story: &str) -> Option<Generated> {
    let feature = graph.feature(feature)?;
    let stories: Vec<&Item> = uncovered(feature)
        .into_iter()
        .filter(|item| item.id == story)
        .collect();
    generate(graph, feature, &stories, None)
}

/// Tasks for every story of a feature that has none, and for requirements, entities and operations that the list names
/// nowhere; of Kiro criteria that no task cites, of `OpenSpec` requirements that none names. `missed`: requirements and
/// criteria that it is known to leave out. `None` if nothing is left out, and as above.
#[must_use]
pub fn tasks_for_all_uncovered(
    graph: &Graph,
    feature: FeatureId,
    missed: &[SmolStr],
) -> Option<Generated> {
    let feature = graph.feature(feature)?;
    if feature.format() != Format::SpecKit {
        return Added::of(feature, missed)?.write(graph, feature);
    }
    let others = unnamed(graph, feature, missed);
    generate(graph, feature, &uncovered(feature), others.as_ref())
}

/// Whether a list names some requirement, entity or operation nowhere, so that [`tasks_for_all_uncovered`] writes more than
/// the tasks of stories.
#[must_use]
pub fn lacks_others(graph: &Graph, feature: FeatureId, missed: &[SmolStr]) -> bool {
    let feature = graph.feature(feature);
    feature.is_some_and(|feature| {
        if feature.format() != Format::SpecKit {
            return Added::of(feature, missed).is_some();
        }
        unnamed(graph, feature, missed).is_some()
            && feature
                .tasks_document()
                .is_some_and(|document| Style::of(&feature.tasks, document).is_some())
    })
}

fn unnamed<'a>(graph: &Graph, feature: &'a Feature, missed: &[SmolStr]) -> Option<Uncovered<'a>> {
    let (spec, list) = (feature.spec()?, feature.tasks_document()?);
    let found = Uncovered::of(graph, feature, spec, list, missed);
    (!found.is_empty()).then_some(found)
}

/// Whether tasks can be written for a story, or for any story of the feature; cheaper than writing them.
#[must_use]
pub fn lacks_tasks(graph: &Graph, feature: FeatureId, story: Option<&str>) -> bool {
    let Some(feature) = graph.feature(feature) else {
        return false;
    };
    let wanted = |item: &&Item| story.is_none_or(|story| item.id == story);
    uncovered(feature).iter().any(wanted)
        && feature
            .tasks_document()
            .is_some_and(|document| Style::of(&feature.tasks, document).is_some())
}

/// Stories no task works for, each id once, in the order of the spec; template headings are left out.
fn uncovered(feature: &Feature) -> Vec<&Item> {
    let spec = feature.document_of(DocumentKind::Spec);
    let Some(spec) = spec else {
        return Vec::new();
    };
    let mut stories: Vec<&Item> = Vec::new();
    for (_, story) in spec.facts().items_of(ItemKind::Story) {
        let has_task = feature
            .tasks
            .iter()
            .any(|task| task.stories.contains(&story.id));
        // A heading of the template is nobody's story yet.
        let heading = story.id_range.cover(story.title_range);
        let mut placeholders = spec.facts().placeholders.iter();
        if placeholders.any(|it| heading.intersect(it.range).is_some()) {
            continue;
        }
        if !has_task && !stories.iter().any(|known| known.id == story.id) {
            stories.push(story);
        }
    }
    stories
}

fn generate(
    graph: &Graph,
    feature: &Feature,
    stories: &[&Item],
    others: Option<&Uncovered<'_>>,
) -> Option<Generated> {
    let (spec, document) = (feature.spec()?, feature.tasks_document()?);
    if stories.is_empty() && others.is_none() {
        return None;
    }
    let mut style = Style::of(&feature.tasks, document)?;
    let mut sections = Vec::new();
    let mut questions = Vec::new();
    let mut ids = Vec::new();
    for story in stories {
        let section = section::write(graph, feature, spec, document, story, &mut style);
        questions.extend(section.questions);
        ids.extend(section.ids.into_iter().map(|id| (id, story.id.clone())));
        sections.push(section.lines);
    }
    if let Some(others) = others {
        let section = others.write(graph, feature, spec, &mut style);
        questions.extend(section.questions);
        ids.extend(section.ids.into_iter().map(|id| (id, SmolStr::default())));
        sections.push(section.lines);
    }
    let edit = style.insert(document, &sections);
    let preview = edit.insert.trim().to_owned();
    holds(document, &edit, &ids).then(|| Generated {
        edits: vec![(document.file, edit)],
        preview,
        questions,
    })
}

/// Whether the new text reads back as meant: each new task once, open, with its story if it has one; all others as before.
fn holds(document: &FeatureDocument, edit: &Edit, ids: &[(SmolStr, SmolStr)]) -> bool {
    let Some(kind) = document.facts().kind else {
        return false;
    };
    let Ok(text) = text::apply(&document.doc.text, std::slice::from_ref(edit)) else {
        return false;
    };
    let facts = documents::read(kind, &text);
    let written = |id: &SmolStr, story: &SmolStr| {
        let mut same = facts
            .items_of(ItemKind::Task)
            .filter(|(_, item)| item.id == *id);
        let Some((_, item)) = same.next() else {
            return false;
        };
        same.next().is_none()
            && item.task.as_ref().is_some_and(|task| {
                let told = task.stories.iter().map(|label| &label.text);
                task.state == TaskState::Open && told.eq(Some(story).filter(|it| !it.is_empty()))
            })
    };
    let before = document.facts().items_of(ItemKind::Task);
    let after = facts
        .items_of(ItemKind::Task)
        .filter(|(_, item)| !ids.iter().any(|(id, _)| *id == item.id));
    let key = |item: &Item| {
        let labels = item.task.iter().flat_map(|task| &task.stories);
        let labels: Vec<SmolStr> = labels.map(|label| label.text.clone()).collect();
        (item.id.clone(), labels)
    };
    ids.iter().all(|(id, story)| written(id, story))
        && before
            .map(|(_, item)| key(item))
            .eq(after.map(|(_, item)| key(item)))
}
