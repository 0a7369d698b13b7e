//! A task line that Spec Kit's own commands do not count as a task.

use documents::{Document, ItemKind};
use rustc_hash::FxHashSet;
use text::{Edit, TextRange, TextSize};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::{Draft, Sink};
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};
use crate::numbering::next_free;
use crate::tasks::{TaskView, tasks};

const NO_ID: Template = Template {
    en: "The task \u{201c}{title}\u{201d} has no id, where {count} others have one.",
    ja: "タスク「{title}」に ID がありません (他の {count} 件にはあります)。",
};
const NO_CHECKBOX: Template = Template {
    en: "{task} has no checkbox, where {count} other tasks have one.",
    ja: "{task} にチェックボックスがありません (他の {count} 件にはあります)。",
};
const SHORT: Template = Template {
    en: "{task} has fewer digits than the {count} other tasks, and Spec Kit counts from three.",
    ja: "{task} は他の {count} 件より桁が少なく、Spec Kit は 3 桁からタスクと数えます。",
};
const ADD_ID: Template = Template {
    en: "Give it the free id {free}",
    ja: "空いている ID {free} を付ける",
};
const ADD_CHECKBOX: Template = Template {
    en: "Add a checkbox to {task}",
    ja: "{task} にチェックボックスを付ける",
};
const ADD_CHECKBOXES: Template = Template {
    en: "Add a checkbox to every task of the list",
    ja: "一覧のすべてのタスクにチェックボックスを付ける",
};
const PAD: Template = Template {
    en: "Write {task} as {padded}",
    ja: "{task} を {padded} と書く",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "task-format",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "A task line that Spec Kit's own commands do not count as a task.",
    explanation: "Spec Kit reads `- [ ] T001 ...`: a checkbox and an id of three digits or more. What lacks one is never \
                  ticked, counted or made an issue of.\n\nOnly where most lines of the list have what the line lacks; more than three lines that lack the \
                  same are one finding. A list that is written otherwise throughout is its author's style. Suffix letters (`T010a`), series with a \
                  name (`T-HF01`), bold ids, full-width brackets, the order of labels and a box without an id over tasks \
                  that have ids are accepted.",
    bad: "- [ ] T001 Create the table in src/db.rs\n- [ ] [US1] Test it in tests/db.rs",
    good: "- [ ] T001 Create the table in src/db.rs\n- [ ] T002 [US1] Test it in tests/db.rs",
    messages: &[NO_ID, NO_CHECKBOX, SHORT],
    // Judged in the fresh repositories of tests/accuracy, before their hits were read for mending.
    measured: Some(Measured {
        judged: 13,
        right: 10,
        seeded: 40,
        found: 40,
    }),
};

pub(crate) struct TaskFormat;

impl Rule for TaskFormat {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(document) = feature.tasks_document() else {
            return;
        };
        let count =
            |shape: fn(TaskView<'_>) -> bool| tasks(feature).filter(|task| shape(*task)).count();
        let (whole, lacking) = (count(is_whole), count(is_lacking));
        if lacking > 0 && whole <= lacking {
            sink.unknown_in(
                document.file,
                "the list is not written as checkboxes with ids",
            );
            return;
        }
        let ids: FxHashSet<&str> = tasks(feature).map(|task| task.item.id.as_str()).collect();
        for task in tasks(feature) {
            if !is_lacking(task) {
                sink.clean();
                continue;
            }
            let alike = |other: &TaskView<'_>| is_lacking(*other) && lacks(*other) == lacks(task);
            let broken = tasks(feature).filter(alike).count() > A_FEW;
            if task.task.missing_checkbox {
                without_checkbox(task, whole, broken, sink);
            } else if task.item.id.is_empty() {
                without_id(feature, task, whole, broken, sink);
            } else {
                short_id(document.facts(), task, whole, broken, &ids, sink);
            }
        }
    }
}

/// Up to so many lines that lack the same are slips, one finding each; more are one broken list.
const A_FEW: usize = 3;

/// What a line lacks.
fn lacks(task: TaskView<'_>) -> &'static str {
    if task.task.missing_checkbox {
        "checkbox"
    } else if task.item.id.is_empty() {
        "id"
    } else {
        "digits"
    }
}

/// One finding for all lines that lack the same, where the list is broken.
fn together<'s>(draft: Draft<'s>, task: TaskView<'_>, broken: bool) -> Draft<'s> {
    if broken {
        draft.group(lacks(task))
    } else {
        draft
    }
}

fn digits(id: &str) -> usize {
    let start = id.find(|c: char| c.is_ascii_digit()).unwrap_or(id.len());
    id[start..].bytes().take_while(u8::is_ascii_digit).count()
}

fn is_whole(task: TaskView<'_>) -> bool {
    !task.task.missing_checkbox && digits(&task.item.id) >= 3
}

/// Whether the line lacks what Spec Kit counts by. Digits are judged only where nothing but digits numbers the task:
/// `T-HF01` is one of a series with a name of its own.
fn is_lacking(task: TaskView<'_>) -> bool {
    let id = task.item.id.as_str();
    let short = || {
        let number = id.strip_prefix('T').unwrap_or_default();
        matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    (task.task.missing_checkbox && !is_piece(task))
        || (id.is_empty() && !is_heading_of(task))
        || short()
}

/// Whether the line is a piece of the task around it, lettered after it: `T035a` below `T035`. It is done with it.
fn is_piece(task: TaskView<'_>) -> bool {
    let whole = task
        .item
        .id
        .trim_end_matches(|c: char| c.is_ascii_lowercase());
    let before = task.document.facts().items.iter().take(task.at as usize);
    whole.len() < task.item.id.len()
        && before.rev().any(|item| {
            item.kind == ItemKind::Task
                && item.id == whole
                && item.range.contains_range(task.item.range)
        })
}

/// Whether the line is a box over tasks that all have ids: they are the tasks.
fn is_heading_of(task: TaskView<'_>) -> bool {
    let behind = task
        .document
        .facts()
        .items
        .iter()
        .skip(task.at as usize + 1);
    let mut nested = behind
        .take_while(|item| item.range.start() < task.item.range.end())
        .filter(|item| item.kind == ItemKind::Task)
        .peekable();
    nested.peek().is_some() && nested.all(|item| !item.id.is_empty())
}

fn without_checkbox(task: TaskView<'_>, whole: usize, broken: bool, sink: &mut Sink<'_>) {
    let (name, count) = (task.name(), whole.to_string());
    let facts = [("task", name.as_str()), ("count", &count)];
    let draft = sink
        .report(
            task.document.file,
            task.id_range(),
            Message::new(NO_CHECKBOX, &facts),
        )
        .item(task.at)
        .fact("checkbox");
    let draft = together(draft, task, broken);
    let title = if broken {
        Message::new(ADD_CHECKBOXES, &[])
    } else {
        Message::new(ADD_CHECKBOX, &facts)
    };
    drop(match checkbox(task.document, task) {
        Some(edit) => draft.fix(Fix {
            title,
            preferred: true,
            edits: vec![(task.document.file, edit)],
        }),
        None => draft,
    });
}

/// The checkbox where it belongs: behind the list marker, or with one before a plain line.
fn checkbox(document: &FeatureDocument, task: TaskView<'_>) -> Option<Edit> {
    let line = document.slice(TextRange::new(
        task.item.range.start(),
        task.item.id_range.start(),
    ));
    let at = |bytes: usize| task.item.range.start() + TextSize::new(bytes as u32);
    if let Some(rest) = line.strip_prefix(['-', '*', '+']) {
        let inner = rest.trim_start_matches([' ', '\t']);
        // `**T001**` begins with an emphasis, not with a bullet.
        if inner.len() < rest.len() {
            return Some(Edit::insert(at(line.len() - inner.len()), "[ ] "));
        }
    } else if line.starts_with(|c: char| c == '#' || c.is_ascii_digit()) {
        return None;
    }
    let bullet = document.facts().style.bullet.unwrap_or('-');
    Some(Edit::insert(at(0), format!("{bullet} [ ] ")))
}

/// What a task says, wherever its lines are broken.
fn words(document: &FeatureDocument, task: TaskView<'_>) -> String {
    let (start, end) = (task.item.title_range.start(), task.item.range.end());
    let text = document.slice(TextRange::new(start, end.max(start)));
    let continues = |line: &str| {
        let begins_other = |c: char| c.is_ascii_digit() || "-*+#>|".contains(c);
        !line.is_empty() && !line.starts_with(begins_other)
    };
    let mut lines = text.lines().map(str::trim);
    let first = lines.next().into_iter();
    let words = first.chain(lines.take_while(|line| continues(line)));
    words
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

fn without_id(
    feature: &Feature,
    task: TaskView<'_>,
    whole: usize,
    broken: bool,
    sink: &mut Sink<'_>,
) {
    let document = task.document;
    let said = words(document, task);
    let (title, count) = (shortened(&said, 50), whole.to_string());
    let message = Message::new(NO_ID, &[("title", &title), ("count", &count)]);
    let draft = sink
        .report(document.file, task.task.checkbox_range, message)
        .fact(said.as_str());
    let draft = together(draft, task, broken);
    // One free id would be offered to all of them.
    drop(match free(feature, document.facts()).filter(|_| !broken) {
        Some(free) => {
            let written = if document.facts().style.bold_ids {
                format!("**{free}** ")
            } else {
                format!("{free} ")
            };
            draft.fix(Fix {
                title: Message::new(ADD_ID, &[("free", &free)]),
                preferred: true,
                edits: vec![(
                    document.file,
                    Edit::insert(task.item.id_range.start(), written),
                )],
            })
        }
        None => draft,
    });
}

/// The id after the highest, as wide as the others.
fn free(feature: &Feature, facts: &Document) -> Option<String> {
    let (_, like) = facts.items_of(ItemKind::Task).find(|(_, task)| {
        digits(&task.id) >= 3 && task.id.ends_with(|c: char| c.is_ascii_digit())
    })?;
    let (prefix, _) = crate::numbering::split(&like.id)?;
    let width = digits(&like.id);
    Some(format!("{prefix}{:0width$}", next_free(feature, &like.id)?))
}

fn short_id(
    facts: &Document,
    task: TaskView<'_>,
    whole: usize,
    broken: bool,
    ids: &FxHashSet<&str>,
    sink: &mut Sink<'_>,
) {
    let id = task.item.id.as_str();
    let (name, count) = (task.name(), whole.to_string());
    let start = id.len() - id.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
    let len = digits(id);
    let padded = format!(
        "{}{:0>3}{}",
        &id[..start],
        &id[start..start + len],
        &id[start + len..]
    );
    let facts_ = [
        ("task", name.as_str()),
        ("count", &count),
        ("padded", &padded),
    ];
    let draft = sink
        .report(
            task.document.file,
            task.item.id_range,
            Message::new(SHORT, &facts_),
        )
        .item(task.at)
        .fact("digits");
    let draft = together(draft, task, broken);
    let cited = facts.mentions.iter().any(|mention| mention.key == id);
    let written = task.document.slice(task.item.id_range) == id;
    drop(
        if written && !cited && !broken && !ids.contains(padded.as_str()) {
            draft.fix(Fix {
                title: Message::new(PAD, &facts_),
                preferred: true,
                edits: vec![(
                    task.document.file,
                    Edit::replace(task.item.id_range, padded),
                )],
            })
        } else {
            draft
        },
    );
}
