//! A user story that no task works for, once the feature has tasks.

use documents::{Generation, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::rules::unknown_story::same;

const UNCOVERED: Template = Template {
    en: "{story} has no task in tasks.md, where {count} tasks work for other stories.",
    ja: "{story} のタスクが tasks.md にありません (他のストーリーには {count} 件あります)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "story-without-task",
    group: Group::Coverage,
    severity: Severity::Warning,
    summary: "A user story that no task works for.",
    explanation: "Nobody will build a story that no task names. A task works for a story by its `[US1]` label or by \
                  the phase it stands in.\n\nNot checked before tasks.md exists, nor where no task carries a story: \
                  such a list is not organised by story, and nothing can be said.",
    bad: "### User Story 2 - Export (Priority: P2)     (spec.md)\n- [ ] T007 [US1] Add login in src/login.rs   (tasks.md, the only story label is US1)",
    good: "### User Story 2 - Export (Priority: P2)     (spec.md)\n- [ ] T007 [US1] Add login in src/login.rs   (tasks.md)\n- [ ] T008 [US2] Add export in src/export.rs (tasks.md)",
    messages: &[UNCOVERED],
    measured: None,
};

pub(crate) struct StoryWithoutTask;

impl Rule for StoryWithoutTask {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        let stories: Vec<_> = spec.facts().items_of(ItemKind::Story).collect();
        let by_story = feature
            .tasks
            .iter()
            .filter(|task| !task.stories.is_empty())
            .count();
        if by_story == 0 || tasks.facts().generation == Some(Generation::First) {
            if !stories.is_empty() {
                sink.unknown("tasks.md is not organised by story");
            }
            return;
        }
        let labels: FxHashSet<&SmolStr> = feature
            .tasks
            .iter()
            .flat_map(|task| &task.stories)
            .collect();
        for (at, story) in stories {
            if labels.iter().any(|label| same(&story.id, label))
                || is_named(feature, tasks, &story.id)
            {
                sink.clean();
                continue;
            }
            let message = Message::new(
                UNCOVERED,
                &[
                    ("story", story.id.as_str()),
                    ("count", &by_story.to_string()),
                ],
            );
            drop(sink.report(spec.file, story.id_range, message).item(at));
        }
    }
}

/// Whether a phase, a task's words or the list's introduction name the story: `## Phase 3: US3 + US4`. A heading of
/// the closing chapters (`### MVP First (User Story 1 Only)`) is no work.
fn is_named(feature: &Feature, tasks: &FeatureDocument, story: &str) -> bool {
    let facts = tasks.facts();
    let mentions = feature
        .references
        .iter()
        .filter(|reference| reference.file == tasks.file);
    let first = facts.sections.iter().find(|section| section.level > 1);
    mentions
        .filter_map(|reference| facts.mentions.get(reference.mention as usize))
        .filter(|mention| mention.key == story && mention.qualifier.is_none())
        .any(|mention| {
            first.is_none_or(|first| mention.range.end() <= first.range.start())
                || facts
                    .items_of(ItemKind::Phase)
                    .filter_map(|(_, phase)| facts.sections.get(phase.section? as usize))
                    .any(|section| section.heading.contains_range(mention.range))
                || facts
                    .items_of(ItemKind::Task)
                    .any(|(_, task)| task.range.contains_range(mention.range))
        })
}
