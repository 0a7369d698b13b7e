//! A user story that no task works for, once the feature has tasks.

use std::cell::LazyCell;

use documents::{Generation, Item, ItemKind, TaskState};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::rules::unknown_story::same;
use crate::spoken::{GENERAL, stems, words_of_tasks};
use crate::wording;

const UNCOVERED: Template = Template {
    en: "{story} has no task in tasks.md, where {count} tasks work for other stories.",
    ja: "{story} のタスクが tasks.md にありません (他のストーリーには {count} 件あります)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "story-without-task",
    group: Group::Coverage,
    severity: Severity::Hint,
    summary: "A user story that no task works for.",
    explanation: "Nobody will build a story that no task names. A task works for a story by its `[US1]` label or by \
                  the phase it stands in; a phase may serve several (`User Stories 2 + 3`).\n\nNot checked before tasks.md exists, nor where no task carries a story: \
                  such a list is not organised by story, and nothing can be said.\n\n\
                  Where any task speaks of what only this story's title tells, or a phase in the middle has tasks without \
                  a story, the story may be served without a label: that is unknown. So it is where every task is done: a story that \
                  was left then was done otherwise, or given up.",
    bad: "### User Story 2 - Export (Priority: P2)     (spec.md)\n- [ ] T007 [US1] Add login in src/login.rs   (tasks.md, the only story label is US1)",
    good: "### User Story 2 - Export (Priority: P2)     (spec.md)\n- [ ] T007 [US1] Add login in src/login.rs   (tasks.md)\n- [ ] T008 [US2] Add export in src/export.rs (tasks.md)",
    messages: &[UNCOVERED],
    // Hits left in 300 repositories, in lists with an open task: 8 of 13, and blind 12 of 14.
    measured: Some(Measured {
        judged: 27,
        right: 20,
        seeded: 30,
        found: 9,
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
                sink.unknown_in(tasks.file, "tasks.md is not organised by story");
            }
            return;
        }
        let open = |task: &trace::TaskLinks| {
            let item = tasks.facts().items.get(task.item as usize);
            let task = item.and_then(|item| item.task.as_ref());
            task.is_some_and(|task| task.state == TaskState::Open)
        };
        let is_finished = !feature.tasks.iter().any(open);
        let labels: FxHashSet<&SmolStr> = feature
            .tasks
            .iter()
            .flat_map(|task| &task.stories)
            .collect();
        // Rarely needed: most stories have a labelled task.
        let anonymous = LazyCell::new(|| has_anonymous_phase(feature, tasks));
        let words = LazyCell::new(|| words_of_tasks(feature, tasks));
        for (at, story) in stories {
            if labels.iter().any(|label| same(&story.id, label))
                || is_named(feature, tasks, &story.id)
                || is_in_heading(tasks, &story.id)
                || is_given_up(spec, story)
            {
                sink.clean();
                continue;
            }
            let told = telling(feature, spec, story);
            let spoken = words
                .iter()
                .any(|words| told.iter().any(|word| words.contains(word)));
            if is_finished {
                sink.unknown_at(
                    spec.file,
                    story.id_range,
                    "every task is done, and the story may be, too",
                );
                continue;
            }
            if spoken {
                sink.unknown_at(
                    spec.file,
                    story.id_range,
                    "a task speaks of what the story's title tells",
                );
                continue;
            }
            if told.is_empty() && *anonymous {
                sink.unknown_at(
                    spec.file,
                    story.id_range,
                    "a phase has tasks without a story",
                );
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
                || takes_over(line)
        })
}

/// Whether the heading of a phase counts the story among several: `User Stories 2, 3 & 4`, `US2-US4`.
fn is_in_heading(tasks: &FeatureDocument, story: &str) -> bool {
    let Some(number) = story.strip_prefix("US").and_then(|id| id.parse().ok()) else {
        return false;
    };
    let facts = tasks.facts();
    let mut phases = facts.items_of(ItemKind::Phase);
    phases.any(|(_, phase)| {
        let section = phase.section.and_then(|at| facts.sections.get(at as usize));
        section.is_some_and(|section| counted_stories(&section.title).contains(&number))
    })
}

/// Words before the numbers of stories, in lower case.
const STORIES: [&str; 11] = [
    "stories",
    "story",
    "us",
    "ストーリー",
    "故事",
    "스토리",
    "historias de usuario",
    "histórias de usuário",
    "histórias",
    "récits utilisateur",
    "récits",
];

/// What joins the numbers of several stories.
const JOINERS: [&str; 13] = [
    ",", "、", "・", "，", "&", "+", "/", "and ", "und ", "和", "及", "と", "및",
];

/// The numbers of all stories that a heading names, ranges written out.
fn counted_stories(title: &str) -> Vec<u32> {
    let title = title.to_lowercase();
    let mut counted = Vec::new();
    for word in STORIES {
        for (at, _) in title.match_indices(word) {
            let mut rest = &title[at + word.len()..];
            let mut last = None;
            loop {
                rest = rest.trim_start();
                let len = rest.bytes().take_while(u8::is_ascii_digit).count();
                let Ok(number) = rest[..len].parse::<u32>() else {
                    break;
                };
                let from = last.map_or(number, |last: u32| last + 1);
                counted.extend(from..=number.min(from.saturating_add(50)));
                counted.push(number);
                rest = &rest[len..];
                // `2-3` is a range; `2 - 3 exports` is a title.
                let range = ["-", "–", "〜"]
                    .iter()
                    .find_map(|mark| rest.strip_prefix(mark));
                last = range.map(|_| number);
                let behind = rest.trim_start();
                let joined = JOINERS
                    .iter()
                    .find_map(|joiner| behind.strip_prefix(joiner));
                let Some(behind) = range.or(joined) else {
                    break;
                };
                rest = behind.trim_start();
                for word in ["user ", "story ", "us"] {
                    rest = rest.strip_prefix(word).unwrap_or(rest);
                }
            }
        }
    }
    counted
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

/// Words by which a task list gives a story's work to other tasks, or leaves it out.
const TAKEN_OVER: &[&str] = &[
    "covered by",
    "covered in",
    "delivered by",
    "handled by",
    "handled in",
    "satisfied by",
    "included in",
    "built in",
    "left out",
    "omitted",
    "omitid",
    "no tasks needed",
    "no separate tasks",
    "包含在",
    "に含まれ",
];

fn takes_over(line: &str) -> bool {
    let line = line.to_lowercase();
    TAKEN_OVER.iter().any(|word| line.contains(word))
}

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

/// Whether the title of a phase says that it serves every story.
fn is_shared(tasks: &FeatureDocument, phase: &Item) -> bool {
    let title = tasks.slice(phase.title_range).to_lowercase();
    let section = phase
        .section
        .and_then(|at| tasks.facts().sections.get(at as usize));
    let heading = section.map_or(String::new(), |section| section.title.to_lowercase());
    SHARED
        .iter()
        .any(|word| title.contains(word) || heading.contains(word))
}

/// Whether a phase in the middle of the list has tasks and no story: they may be any story's.
fn has_anonymous_phase(feature: &Feature, tasks: &FeatureDocument) -> bool {
    let facts = tasks.facts();
    let phases: Vec<_> = facts.items_of(ItemKind::Phase).collect();
    phases.iter().enumerate().any(|(nth, (at, phase))| {
        let inside = |task: &&trace::TaskLinks| {
            facts
                .items
                .get(task.item as usize)
                .is_some_and(|item| item.parent == Some(*at))
        };
        let mut own = feature.tasks.iter().filter(inside).peekable();
        nth > 0
            && nth + 1 < phases.len()
            && !is_shared(tasks, phase)
            && own.peek().is_some()
            && own.all(|task| task.stories.is_empty())
    })
}

/// The stems of a story's title that tell it from the others: the feature's own name, what other titles say and words
/// that fit any story are left out.
fn telling(feature: &Feature, spec: &FeatureDocument, story: &Item) -> Vec<String> {
    let title = |item: &Item| stems(spec.slice(item.title_range));
    let others = spec
        .facts()
        .items_of(ItemKind::Story)
        .filter(|(_, other)| other.id_range != story.id_range);
    let mut common: FxHashSet<String> = others.flat_map(|(_, other)| title(other)).collect();
    common.extend(stems(&feature.name));
    let mut told = title(story);
    told.retain(|stem| !common.contains(stem) && !GENERAL.contains(&stem.as_str()));
    told
}
