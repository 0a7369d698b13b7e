//! Ticking: one character between two brackets, of a task or of an item of a checklist.

use documents::{Item, ItemKind, TaskState};
use rules::{Locale, Message, Template};
use text::{Edit, FileId, TextRange, TextSize};
use trace::FeatureDocument;

use crate::Analysis;
use crate::code_actions::{Action, ActionKind, touches};
use crate::wording;

const TICK: Template = Template {
    en: "Tick {item}",
    ja: "{item} を完了にする",
};
const UNTICK: Template = Template {
    en: "Untick {item}",
    ja: "{item} を未完了に戻す",
};

/// Longest name of an item without an id, in characters.
const NAME: usize = 40;

impl Analysis {
    /// The action that ticks or unticks the item whose line touches `range`.
    #[must_use]
    pub fn ticking(&self, file: FileId, range: TextRange, locale: Locale) -> Option<Action> {
        let (_, document) = self.spec_document(file)?;
        let item = document.facts().items.iter().find(|item| {
            let task = boxed(item);
            task.is_some_and(|task| touches(task.checkbox_range.cover(item.title_range), range))
        })?;
        let task = boxed(item)?;
        let done = task.state != TaskState::Done;
        set(document, item, done)?;
        let name = if item.id.is_empty() {
            let words = wording::tidy(document.slice(item.title_range));
            match words.char_indices().nth(NAME) {
                Some((cut, _)) => format!("“{}…”", words[..cut].trim_end()),
                None => format!("“{words}”"),
            }
        } else {
            item.id.to_string()
        };
        let template = if done { TICK } else { UNTICK };
        Some(Action {
            title: Message::new(template, &[("item", &name)]).text(locale),
            kind: ActionKind::SetTask {
                file,
                at: task.state_range.start(),
                done,
            },
            finding: None,
            preferred: false,
        })
    }

    /// The edit of [`ActionKind::SetTask`]; `None` when the box is gone or says so already.
    pub(crate) fn tick(&self, file: FileId, at: TextSize, done: bool) -> Option<Edit> {
        let (_, document) = self.spec_document(file)?;
        let here = |item: &&Item| boxed(item).is_some_and(|task| task.state_range.start() == at);
        set(document, document.facts().items.iter().find(here)?, done)
    }
}

/// What a task or checklist item with a box says of itself.
fn boxed(item: &Item) -> Option<&documents::Task> {
    let kind = matches!(item.kind, ItemKind::Task | ItemKind::ChecklistItem);
    let task = item.task.as_ref().filter(|task| !task.missing_checkbox);
    task.filter(|task| kind && !task.state_range.is_empty())
}

/// One character between the brackets; `None` where there is not exactly one, or it says something else.
fn set(document: &FeatureDocument, item: &Item, done: bool) -> Option<Edit> {
    let task = boxed(item)?;
    let now = document.slice(task.state_range);
    let known = matches!(
        (task.state, done),
        (TaskState::Open, true) | (TaskState::Done, false)
    );
    if !known || now.chars().count() != 1 {
        return None;
    }
    let (state, usual) = if done {
        (TaskState::Done, "x")
    } else {
        (TaskState::Open, " ")
    };
    Some(Edit::replace(
        task.state_range,
        mark(document, state).unwrap_or(usual),
    ))
}

/// The character that all boxes of one state have in this document.
fn mark(document: &FeatureDocument, state: TaskState) -> Option<&str> {
    let boxes = document.facts().items.iter().filter_map(boxed);
    let mut marks = boxes
        .filter(|task| task.state == state)
        .map(|task| document.slice(task.state_range));
    let first = marks.next()?;
    marks.all(|mark| mark == first).then_some(first)
}
