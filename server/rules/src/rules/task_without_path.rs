//! A task that names no file, where nearly all others do.

use documents::{DocumentKind, TaskState};
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::tasks::{TaskView, tasks};
use crate::wording;

const WITHOUT: Template = Template {
    en: "{task} names no file, where {named} of the {all} tasks for stories do.",
    ja: "{task} にはファイル名がありません (ストーリーのタスク {all} 件のうち {named} 件にはあります)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "task-without-path",
    group: Group::Coverage,
    severity: Severity::Hint,
    summary: "An open task for a story that names no file, though nearly all others do.",
    explanation: "Spec Kit asks every task for the file it makes or changes; without it nothing leads from the task to \
                  the code.\n\nOnly in lists where nine of ten tasks for stories name one. Tasks that run, verify or \
                  review something make no file, and a code span may say as much as a path.",
    bad: "- [ ] T014 [US1] Remember sent notices",
    good: "- [ ] T014 [US1] Remember sent notices in src/store.rs",
    messages: &[WITHOUT],
    // Seen before the last change: all of them.
    measured: Some(Measured {
        judged: 12,
        right: 10,
        seeded: 10,
        found: 10,
    }),
};

/// Tasks for stories that must be there before a share of them means something.
const ENOUGH: usize = 10;

pub(crate) struct TaskWithoutPath;

impl Rule for TaskWithoutPath {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let all: Vec<TaskView<'_>> = tasks(feature)
            .filter(|task| !task.links.stories.is_empty())
            .filter(|task| !wording::checks(task.words()))
            .collect();
        let named = all.iter().filter(|task| names_a_place(**task)).count();
        if all.len() < ENOUGH || named * 10 < all.len() * 9 {
            return;
        }
        for task in &all {
            if names_a_place(*task) || task.task.state != TaskState::Open || says_where(*task) {
                sink.clean();
                continue;
            }
            let name = task.name();
            let facts = [
                ("task", name.as_str()),
                ("named", &named.to_string()),
                ("all", &all.len().to_string()),
            ];
            drop(
                sink.report(
                    task.document.file,
                    task.id_range(),
                    Message::new(WITHOUT, &facts),
                )
                .item(task.at),
            );
        }
    }
}

/// Whether a task names a path, itself or in what is nested in it.
fn names_a_place(task: TaskView<'_>) -> bool {
    !task.document.facts().paths_in(task.item.range).is_empty()
}

/// Whether a task says in another way where its work is: a symbol, a quoted name, another task, the same file.
fn says_where(task: TaskView<'_>) -> bool {
    let facts = task.document.facts();
    let words = task.words();
    let file = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        word.starts_with('/')
            || word.rsplit_once('.').is_some_and(|(name, ending)| {
                name.ends_with(|c: char| c.is_ascii_alphabetic())
                    && ending.starts_with(|c: char| c.is_ascii_alphabetic())
            })
    };
    let mut questions = facts.clarifications.iter();
    words.split_whitespace().any(file)
        // It is asked where.
        || questions.any(|question| task.item.range.contains_range(question.range))
        || !facts.code_spans_in(task.item.range).is_empty()
        || words.contains('`')
        || facts
            .mentions_in(task.item.range)
            .iter()
            .any(|mention| mention.kind == grammar::IdKind::Task)
        || [
            "same file",
            "same module",
            "manual",
            "既存",
            "同じファイル",
            "同一文件",
        ]
        .iter()
        .any(|word| words.to_lowercase().contains(word))
}
