//! A ticked task with open boxes in it.

use documents::{DocumentKind, Format, ItemIndex, ItemKind, Task, TaskState};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{Edit, TextRange, TextSize, span};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};
use crate::tasks::{TaskView, tasks};
use crate::wording;

const OPEN: Template = Template {
    en: "{task} is ticked, but {open} of the {all} boxes nested in it are open.",
    ja: "{task} は完了ですが、その下の {all} 件のうち {open} 件が未完了です。",
};
const ONE: Template = Template {
    en: "{task} is ticked, but the box nested in it is open.",
    ja: "{task} は完了ですが、その下の 1 件が未完了です。",
};
const TASKS: Template = Template {
    en: "{task} is ticked with {open} of its {all} sub-tasks open.",
    ja: "{task} は完了ですが、{all} 件のサブタスクのうち {open} 件が未完了です。",
};
const TASK: Template = Template {
    en: "{task} is ticked, but its sub-task {sub} is open.",
    ja: "{task} は完了ですが、サブタスク {sub} が未完了です。",
};
const BOX: Template = Template {
    en: "This box is open.",
    ja: "ここが未完了です。",
};
const UNTICK: Template = Template {
    en: "Untick {task}",
    ja: "{task} を未完了に戻す",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "parent-done-child-open",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "A ticked task with open boxes nested in it.",
    explanation: "Progress counts the task as finished, and the step nobody did is not looked at again.\n\nBoxes that \
                  are crossed out, or whose line says that they were dropped, deferred or done elsewhere, count as \
                  settled.\n\nIn Kiro's flat lists the number says what belongs to a task: `1.2` is a sub-task of `1`.",
    bad: "- [x] T007 Send the notice in src/send.rs\n  - [x] by mail\n  - [ ] by text message",
    good: "- [ ] T007 Send the notice in src/send.rs\n  - [x] by mail\n  - [ ] by text message",
    messages: &[OPEN, ONE, TASKS, TASK, BOX],
    measured: Some(Measured {
        judged: 11,
        right: 11,
        seeded: 39,
        found: 39,
    }),
};

pub(crate) struct ParentDoneChildOpen;

impl Rule for ParentDoneChildOpen {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Tasks, DocumentKind::KiroTasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for task in tasks(feature) {
            if task.task.state != TaskState::Done || task.task.checkbox_range.is_empty() {
                continue;
            }
            let mut boxes = boxes(task);
            let beside = beside(task);
            let template = match beside.as_slice() {
                [] if boxes.len() == 1 => ONE,
                [] => OPEN,
                [_] if boxes.is_empty() => TASK,
                _ => TASKS,
            };
            boxes.extend(beside);
            if boxes.iter().any(|each| each.open) {
                report(task, template, &boxes, sink);
            } else if !boxes.is_empty() {
                sink.clean();
            }
        }
    }
}

/// A box that belongs to a task.
struct Below {
    /// Its bytes, brackets included.
    range: TextRange,
    open: bool,
    /// Of a task beside it in a flat list: its number.
    id: SmolStr,
}

fn report(task: TaskView<'_>, template: Template, boxes: &[Below], sink: &mut Sink<'_>) {
    let name = task.name();
    let open: Vec<&Below> = boxes.iter().filter(|each| each.open).collect();
    let (count, all) = (open.len().to_string(), boxes.len().to_string());
    let sub = open.first().map_or("", |first| first.id.as_str());
    let facts = [
        ("task", name.as_str()),
        ("open", &count),
        ("all", &all),
        ("sub", sub),
    ];
    let document = task.document;
    let mut draft = sink
        .report(
            document.file,
            task.id_range(),
            Message::new(template, &facts),
        )
        .item(task.at);
    for each in open {
        draft = draft.related(document.file, each.range, Message::new(BOX, &facts));
    }
    drop(draft.fix(Fix {
        title: Message::new(UNTICK, &facts),
        preferred: false,
        edits: vec![(document.file, Edit::replace(task.task.state_range, " "))],
    }));
}

/// The boxes nested in a task.
fn boxes(task: TaskView<'_>) -> Vec<Below> {
    let document = task.document;
    let text = document.doc.text.as_ref();
    let end = usize::from(task.item.range.end());
    let mut found = Vec::new();
    let mut at = usize::from(task.item.range.start());
    while let Some(next) = text[at..end].find('\n').map(|found| at + found + 1) {
        at = next;
        let line_end = text[at..end].find('\n').map_or(end, |found| at + found);
        let line = text[at..line_end].trim_end();
        let start = grammar::line_start(line, TextSize::new(at as u32));
        let place = span(at, at + line.len());
        if let Some(checkbox) = start.checkbox
            && start.indent > task.task.indent
            && !is_opaque(document, place)
        {
            let words = line.get(usize::from(start.content)..).unwrap_or_default();
            // What may be left out holds nothing back.
            let settled = start.star.is_some() || is_settled(words);
            found.push(Below {
                range: checkbox.range,
                open: checkbox.state.is_whitespace() && !settled,
                id: SmolStr::default(),
            });
        }
    }
    found
}

/// The tasks that belong to a task by their numbers and stand beside it: `1.2` of `1` in a flat list of Kiro.
fn beside(task: TaskView<'_>) -> Vec<Below> {
    let document = task.document;
    let facts = document.facts();
    if document.kind != DocumentKind::KiroTasks {
        return Vec::new();
    }
    let mut family: FxHashSet<ItemIndex> = FxHashSet::from_iter([task.at]);
    let mut found = Vec::new();
    for (at, item) in facts.items_of(ItemKind::Task) {
        let Some(own) = &item.task else { continue };
        if !item.parent.is_some_and(|of| family.contains(&of)) {
            continue;
        }
        family.insert(at);
        let nested = task.item.range.contains_range(item.range);
        if nested || own.checkbox_range.is_empty() {
            continue;
        }
        let optional = facts.kiro.optional.iter().any(|each| each.item == at);
        let words = document.slice(item.title_range);
        found.push(Below {
            range: brackets(document, own),
            open: own.state == TaskState::Open && !optional && !is_settled(words),
            id: item.id.clone(),
        });
    }
    found
}

/// The box of a task without its list marker.
fn brackets(document: &FeatureDocument, task: &Task) -> TextRange {
    let written = document.slice(task.checkbox_range);
    let marks = written.find(['[', '［']).unwrap_or_default();
    let skipped = TextSize::new(u32::try_from(marks).unwrap_or_default());
    TextRange::new(
        task.checkbox_range.start() + skipped,
        task.checkbox_range.end(),
    )
}

fn is_opaque(document: &FeatureDocument, range: TextRange) -> bool {
    let opaque = &document.facts().opaque;
    opaque
        .iter()
        .any(|each| each.intersect(range).is_some_and(|both| !both.is_empty()))
}

/// Whether the words say that nothing is left to do here.
fn is_settled(words: &str) -> bool {
    if words.starts_with("~~") || wording::gone(words) {
        return true;
    }
    let words = words.to_lowercase();
    [
        "n/a",
        "not needed",
        "not applicable",
        "optional",
        "done in",
        "covered by",
        "later",
        "moved to",
        "任意",
        "可选",
        "不要",
    ]
    .iter()
    .any(|word| words.contains(word))
}
