//! A task labelled for one story in the phase of another.

use documents::{DocumentKind, Item, ItemKind};
use grammar::IdKind;
use smol_str::SmolStr;
use text::Edit;
use trace::{Feature, FeatureDocument};

use super::unknown_story::same;
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};
use crate::tasks::{TaskView, tasks};

const MISPLACED: Template = Template {
    en: "{task} is labelled {label}, but stands in the phase of {story}.",
    ja: "{task} のラベルは {label} ですが、{story} のフェーズにあります。",
};
const PHASE: Template = Template {
    en: "The phase is for {story}.",
    ja: "このフェーズは {story} のものです。",
};
const RELABEL: Template = Template {
    en: "Replace {label} by {story}",
    ja: "{label} を {story} に置き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "story-label-misplaced",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "A task labelled for one story in the phase of another.",
    explanation: "Which story is done when its phase is done? The label says one, the place another, and a count of \
                  either is wrong.\n\nOnly in phases whose heading names one story, where most labels are that \
                  story's. A phase or a heading in it that names several stories may hold tasks of each, and a label \
                  that the spec does not know is `unknown-story`. Unknown for a task of several stories, and for a block of tasks whose \
                  story has a phase elsewhere. The tasks of one phase with the same label are one finding.",
    bad: "## Phase 3: User Story 1 - Send notices\n- [ ] T012 [US1] Send them in src/send.rs\n- [ ] T013 [US2] Write them in src/write.rs",
    good: "## Phase 3: User Story 1 - Send notices\n- [ ] T012 [US1] Send them in src/send.rs\n- [ ] T013 [US1] Write them in src/write.rs",
    messages: &[MISPLACED, PHASE],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 8,
        right: 2,
        seeded: 20,
        found: 20,
    }),
};

pub(crate) struct StoryLabelMisplaced;

impl Rule for StoryLabelMisplaced {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let all: Vec<TaskView<'_>> = tasks(feature).collect();
        for task in &all {
            let labels = &task.task.stories;
            let Some((phase, story)) = phase_of(*task) else {
                continue;
            };
            if labels.is_empty() {
                continue;
            }
            if works_for(*task, story) == Some(true) {
                sink.clean();
                continue;
            }
            let (mut own, mut other) = (0, 0);
            for each in all
                .iter()
                .filter(|each| each.item.parent == task.item.parent)
            {
                match works_for(*each, story) {
                    Some(true) => own += 1,
                    Some(false) => other += 1,
                    None => {}
                }
            }
            if own <= other || is_shared(*task, phase, story) {
                sink.clean();
                continue;
            }
            if labels.len() > 1 {
                sink.unknown_at(
                    task.document.file,
                    task.item.id_range,
                    "work for several stories stands where its author put it",
                );
                continue;
            }
            if is_in_a_block(&all, *task) && has_phase(task.document, &labels[0].text) {
                sink.unknown_at(
                    task.document.file,
                    task.item.id_range,
                    "a block of tasks for another story may stand there on purpose",
                );
                continue;
            }
            let known = labels.iter().any(|label| defined(feature, &label.text));
            if !known {
                continue;
            }
            report(feature, *task, phase, story, sink);
        }
    }
}

/// The phase a task stands in and the one story it is for.
fn phase_of(task: TaskView<'_>) -> Option<(&Item, &SmolStr)> {
    let phase = task
        .document
        .facts()
        .items
        .get(task.item.parent? as usize)?;
    let story = phase
        .story
        .as_ref()
        .filter(|_| phase.kind == ItemKind::Phase)?;
    Some((phase, &story.id))
}

/// Whether a labelled task is labelled for the story.
fn works_for(task: TaskView<'_>, story: &str) -> Option<bool> {
    let labels = &task.task.stories;
    (!labels.is_empty()).then(|| labels.iter().any(|label| same(&label.text, story)))
}

/// Whether the task beside it in the same phase has the same label.
fn is_in_a_block(all: &[TaskView<'_>], task: TaskView<'_>) -> bool {
    let label = |each: &TaskView<'_>| each.task.stories.first().map(|label| label.text.clone());
    let alike = |each: &TaskView<'_>| {
        each.item.parent == task.item.parent && label(each).is_some() && label(each) == label(&task)
    };
    let at = all.iter().position(|each| each.at == task.at).unwrap_or(0);
    let before = at.checked_sub(1).and_then(|before| all.get(before));
    before.is_some_and(alike) || all.get(at + 1).is_some_and(alike)
}

/// Whether the heading of a phase names the story, alone or among others; where none does, it may have been lost.
fn has_phase(document: &FeatureDocument, story: &str) -> bool {
    let facts = document.facts();
    let mut phases = facts.items_of(ItemKind::Phase);
    phases.any(|(_, phase)| {
        let alone = phase.story.as_ref().is_some_and(|own| same(&own.id, story));
        let heading = phase.section.and_then(|at| facts.sections.get(at as usize));
        let among = heading.is_some_and(|section| {
            let mut named = facts.mentions_in(section.heading).iter();
            named.any(|mention| mention.kind == IdKind::Story && same(&mention.key, story))
        });
        alone || among
    })
}

/// Whether the phase's heading, a heading in it around the task, or the phase's introduction names another story too.
fn is_shared(task: TaskView<'_>, phase: &Item, story: &str) -> bool {
    let facts = task.document.facts();
    let others = |range| {
        facts.mentions_in(range).iter().any(|mention| {
            mention.kind == IdKind::Story
                && mention.qualifier.is_none()
                && !same(&mention.key, story)
        })
    };
    let around = facts.sections.iter().filter(|section| {
        section.range.contains_range(task.item.range) && phase.range.contains_range(section.heading)
    });
    let mut headings = around.map(|section| section.heading);
    let first = facts
        .items
        .iter()
        .find(|item| item.kind == ItemKind::Task && phase.range.contains_range(item.range));
    let introduced = first.is_some_and(|first| {
        others(text::TextRange::new(
            phase.range.start(),
            first.range.start(),
        ))
    });
    headings.any(others) || introduced
}

/// Whether the spec has the story; without numbered stories every label is its own.
fn defined(feature: &Feature, label: &str) -> bool {
    let Some(spec) = feature.spec() else {
        return true;
    };
    let mut stories = spec.facts().items_of(ItemKind::Story).peekable();
    stories.peek().is_none() || stories.any(|(_, story)| same(&story.id, label))
}

fn report(feature: &Feature, task: TaskView<'_>, phase: &Item, story: &str, sink: &mut Sink<'_>) {
    let document: &FeatureDocument = task.document;
    let Some(label) = task.task.stories.first() else {
        return;
    };
    let name = task.name();
    let facts = [
        ("task", name.as_str()),
        ("label", &label.text),
        ("story", story),
    ];
    let mut draft = sink
        .report(document.file, label.range, Message::new(MISPLACED, &facts))
        .item(task.at)
        .fact(format!("{} {story}", label.text))
        .group(format!(
            "{} {}",
            document.slice(phase.title_range),
            label.text
        ));
    if !phase.title_range.is_empty() {
        draft = draft.related(
            document.file,
            phase.title_range,
            Message::new(PHASE, &facts),
        );
    }
    // Of a story that nothing else works for, the label is all there is.
    let others = tasks(feature).filter(|each| each.at != task.at);
    let left = others.flat_map(|each| &each.links.stories);
    if let [only] = task.task.stories.as_slice()
        && left.into_iter().any(|other| same(other, &only.text))
    {
        draft = draft.fix(Fix {
            title: Message::new(RELABEL, &facts),
            preferred: false,
            edits: vec![(
                document.file,
                Edit::replace(only.range, format!("[{story}]")),
            )],
        });
    }
    drop(draft);
}
