//! A ticked task with open boxes in it.

use documents::{DocumentKind, Format, TaskState};
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
                  settled.",
    bad: "- [x] T007 Send the notice in src/send.rs\n  - [x] by mail\n  - [ ] by text message",
    good: "- [ ] T007 Send the notice in src/send.rs\n  - [x] by mail\n  - [ ] by text message",
    messages: &[OPEN, ONE, BOX],
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
            let boxes = boxes(task);
            let open: Vec<TextRange> = boxes
                .iter()
                .filter_map(|(range, open)| open.then_some(*range))
                .collect();
            if open.is_empty() {
                if !boxes.is_empty() {
                    sink.clean();
                }
                continue;
            }
            report(task, &open, boxes.len(), sink);
        }
    }
}

fn report(task: TaskView<'_>, open: &[TextRange], all: usize, sink: &mut Sink<'_>) {
    let name = task.name();
    let (count, all_count) = (open.len().to_string(), all.to_string());
    let facts = [
        ("task", name.as_str()),
        ("open", &count),
        ("all", &all_count),
    ];
    let template = if all == 1 { ONE } else { OPEN };
    let document = task.document;
    let mut draft = sink
        .report(
            document.file,
            task.id_range(),
            Message::new(template, &facts),
        )
        .item(task.at);
    for range in open {
        draft = draft.related(document.file, *range, Message::new(BOX, &facts));
    }
    drop(draft.fix(Fix {
        title: Message::new(UNTICK, &facts),
        preferred: false,
        edits: vec![(document.file, Edit::replace(task.task.state_range, " "))],
    }));
}

/// The boxes nested in a task, brackets included, and whether each is open.
fn boxes(task: TaskView<'_>) -> Vec<(TextRange, bool)> {
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
            let settled = start.star.is_some()
                || words.starts_with("~~")
                || wording::gone(words)
                || is_settled(words);
            let open = checkbox.state.is_whitespace() && !settled;
            found.push((checkbox.range, open));
        }
    }
    found
}

fn is_opaque(document: &FeatureDocument, range: TextRange) -> bool {
    let opaque = &document.facts().opaque;
    opaque
        .iter()
        .any(|each| each.intersect(range).is_some_and(|both| !both.is_empty()))
}

/// Whether the words say that nothing is left to do here.
fn is_settled(words: &str) -> bool {
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
