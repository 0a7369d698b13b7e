//! A user story that no task works for, once the feature has tasks.

use std::cell::LazyCell;

use documents::{Generation, Item, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::rules::unknown_story::same;
use crate::wording;

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
    measured: Some(Measured {
        judged: 6,
        right: 2,
        seeded: 60,
        found: 51,
    }),
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
        // Rarely needed: most stories have a labelled task.
        let anonymous = LazyCell::new(|| has_anonymous_phase(feature, tasks));
        for (at, story) in stories {
            if labels.iter().any(|label| same(&story.id, label))
                || is_named(feature, tasks, &story.id)
                || is_given_up(spec, story)
            {
                sink.clean();
                continue;
            }
            if *anonymous {
                sink.unknown("tasks of a phase without a story may work for it");
                continue;
            }
            if is_spoken_of(feature, spec, tasks, story) {
                sink.unknown("a phase speaks of it without naming it");
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

/// Whether a phase, a task or the list's introduction names the story: `## Phase 3: US3 + US4`, `> **Story**: US2`. The
/// template's own words (`e.g., US1, US2`, `Checkpoint: User Stories 1 AND 2 work`, `### MVP First (User Story 1 Only)`)
/// are no work, unless they say that the story is left out.
fn is_named(feature: &Feature, tasks: &FeatureDocument, story: &str) -> bool {
    let facts = tasks.facts();
    let mentions = feature
        .references
        .iter()
        .filter(|reference| reference.file == tasks.file);
    let phases = || facts.items_of(ItemKind::Phase).map(|(_, phase)| phase);
    let headings =
        || phases().filter_map(|phase| Some(facts.sections.get(phase.section? as usize)?.heading));
    let first = phases().next();
    mentions
        .filter_map(|reference| facts.mentions.get(reference.mention as usize))
        .filter(|mention| mention.key == story && mention.qualifier.is_none())
        .any(|mention| {
            let line = tasks.slice(wording::line(&tasks.doc.text, mention.range));
            let introduced = first.is_none_or(|first| mention.range.end() <= first.range.start());
            let inside = phases().any(|phase| phase.range.contains_range(mention.range));
            // A table or list of phases in the head is an overview of tasks, not a word about them.
            let told = !line.trim_start().starts_with(['|', '-', '*', '+']);
            (introduced && told && !is_legend(line))
                || headings().any(|heading| heading.contains_range(mention.range))
                || (inside && assigns(line))
                || feature.tasks.iter().any(|task| {
                    // A labelled task works for its own story, whatever it speaks of.
                    task.stories.is_empty()
                        && facts
                            .items
                            .get(task.item as usize)
                            .is_some_and(|item| item.range.contains_range(mention.range))
                })
                || gives_up(line)
        })
}

/// Whether a line explains how labels are written: `[Story]: which story this task belongs to (e.g., US1, US2)`.
fn is_legend(line: &str) -> bool {
    let line = line.to_lowercase();
    [
        "[story]",
        "e.g.",
        "eg.",
        "例",
        "예:",
        "p. ej",
        "por ejemplo",
        "por exemplo",
        "z. b.",
        "p. ex",
    ]
    .iter()
    .any(|word| line.contains(word))
}

/// Whether a line of a phase says for which story its tasks are.
fn assigns(line: &str) -> bool {
    let line = line.to_lowercase();
    [
        "**story**",
        "**stories**",
        "**user story**",
        "story:",
        "corresponds to",
        "covers",
        "addressed",
        "implements",
        "serves",
    ]
    .iter()
    .any(|word| line.contains(word))
}

/// Words that give a story up, or say that it was done before.
const GIVEN_UP: &[&str] = &[
    "out of scope",
    "deferred",
    "postponed",
    "descoped",
    "withdrawn",
    "superseded",
    "removed",
    "dropped",
    "later increment",
    "already implemented",
    "already complete",
    "existing behavior",
    "existing behaviour",
    "unchanged",
    "対象外",
    "延期",
    "削除",
    "实装済",
    "実装済",
    "已移除",
    "已完成",
    "超出范围",
    "不在范围",
    "推迟",
];

fn gives_up(line: &str) -> bool {
    let line = line.to_lowercase();
    GIVEN_UP.iter().any(|word| line.contains(word))
}

/// Whether the story's heading, or a note right below it, says that there is nothing to do for it.
fn is_given_up(spec: &FeatureDocument, story: &Item) -> bool {
    let mut lines = spec
        .slice(story.range)
        .lines()
        .filter(|line| !line.trim().is_empty());
    let heading = lines.next().unwrap_or_default();
    let is_note = |line: &&str| {
        let line = line.trim_start();
        line.starts_with(['>', '~', '_', '✅'])
            || line.starts_with("**Status")
            || line.starts_with("**Note")
    };
    gives_up(heading) || heading.contains("~~") || lines.take(3).filter(is_note).any(gives_up)
}

/// Phases that serve every story: their tasks carry no label, and say nothing of a story without one.
const SHARED: &[&str] = &[
    "setup",
    "foundation",
    "polish",
    "cross-cutting",
    "infrastructure",
    "prerequisite",
    "validation",
    "documentation",
    "cleanup",
    "convergence",
    "verification",
    "release",
    "quality",
    "セットアップ",
    "準備",
    "基盤",
    "仕上げ",
    "基础",
    "設置",
    "设置",
    "完善",
    "收尾",
    "设定",
    "준비",
    "기반",
    "마무리",
    "configuración",
    "configuração",
    "fundamentos",
    "pulido",
    "polimento",
    "grundlag",
    "einrichtung",
    "abschluss",
];

/// Whether a phase in the middle of the list has tasks and no story: they may be any story's.
fn has_anonymous_phase(feature: &Feature, tasks: &FeatureDocument) -> bool {
    let facts = tasks.facts();
    let phases: Vec<_> = facts.items_of(ItemKind::Phase).collect();
    phases.iter().enumerate().any(|(nth, (at, phase))| {
        let title = tasks.slice(phase.title_range).to_lowercase();
        let heading = phase
            .section
            .and_then(|section| facts.sections.get(section as usize))
            .map_or(String::new(), |section| section.title.to_lowercase());
        let shared = SHARED
            .iter()
            .any(|word| title.contains(word) || heading.contains(word));
        let inside = |task: &&trace::TaskLinks| {
            facts
                .items
                .get(task.item as usize)
                .is_some_and(|item| item.parent == Some(*at))
        };
        let mut own = feature.tasks.iter().filter(inside).peekable();
        nth > 0
            && nth + 1 < phases.len()
            && !shared
            && own.peek().is_some()
            && own.all(|task| task.stories.is_empty())
    })
}

/// Whether all words of the story's title, three at the least, stand in one phase that is no story's: its tasks may work for it, unlabelled.
fn is_spoken_of(
    feature: &Feature,
    spec: &FeatureDocument,
    tasks: &FeatureDocument,
    story: &Item,
) -> bool {
    let common = stems(&feature.name);
    let title: Vec<String> = stems(spec.slice(story.title_range))
        .into_iter()
        .filter(|stem| !common.contains(stem))
        .collect();
    if title.len() < 3 {
        return false;
    }
    let mut shared = tasks
        .facts()
        .items_of(ItemKind::Phase)
        .filter(|(_, phase)| phase.story.is_none());
    shared.any(|(_, phase)| {
        let words: FxHashSet<String> = stems(tasks.slice(phase.range)).into_iter().collect();
        title.iter().all(|stem| words.contains(stem))
    })
}

/// The telling words of a text by their first six letters, once each, lower case.
fn stems(text: &str) -> Vec<String> {
    const EMPTY: &[&str] = &[
        "the", "and", "for", "with", "from", "that", "this", "into", "when", "user", "users",
        "story", "priority", "can", "all", "their", "not",
    ];
    let mut stems: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2 && word.starts_with(char::is_alphabetic))
        .map(str::to_lowercase)
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .map(|word| word.chars().take(6).collect())
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
