//! `tasks.md`: `- [ ] 1. Title`, `  - [x]* 1.2 Title (P)`.

use super::{numbers, words};
use crate::markdown::blocks::{Block, BlockKind, line_end, next_line};
use crate::markdown::{heads, sections};
use crate::model::{
    Boundary, Document, Item, ItemIndex, ItemKind, Label, Optional, Task, TaskState,
};
use crate::reading::Reading;
use crate::words as common;
use smol_str::SmolStr;
use std::ops::Range;
use text::{TextRange, TextSize};

/// Reads the tasks.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    let mut found: Vec<Item> = Vec::new();
    // Tasks around, by the depth of their lists.
    let mut open: Vec<(u16, ItemIndex)> = Vec::new();
    // The heading that is a task, and its section's end.
    let mut heading: Option<(ItemIndex, usize)> = None;
    for block in &reading.blocks.list {
        if block.quoted {
            continue;
        }
        if heading.is_some_and(|(_, end)| block.range.start >= end) {
            heading = None;
        }
        let at = found.len() as ItemIndex;
        match block.kind {
            BlockKind::Heading(_) => {
                open.clear();
                if let Some(mut item) = headed(reading, block) {
                    item.parent = heading.map(|(item, _)| item);
                    let nested = heading.is_some() && item.task.as_ref().is_some_and(has_box);
                    if !nested {
                        heading = Some((at, item.range.end().into()));
                    }
                    found.push(item);
                }
            }
            BlockKind::Item => {
                while open.last().is_some_and(|(depth, item)| {
                    *depth >= block.depth
                        || usize::from(found[*item as usize].range.end()) <= block.range.start
                }) {
                    open.pop();
                }
                let Some(mut item) = listed(reading, block) else {
                    continue;
                };
                let around = open
                    .last()
                    .map(|(_, item)| *item)
                    .or_else(|| by_number(&found, &item.id))
                    .or(heading.map(|(item, _)| item));
                item.parent = around;
                open.push((block.depth, at));
                found.push(item);
            }
            _ => {}
        }
    }
    reading.style.bullet = reading
        .blocks
        .list
        .iter()
        .filter(|block| block.kind == BlockKind::Item)
        .find_map(|block| {
            let head = heads::item(text, &block.range);
            head.bullet.filter(|_| head.checkbox.is_some())
        });
    reading.items.extend(found);
}

fn has_box(task: &Task) -> bool {
    !task.checkbox_range.is_empty()
}

/// The last task whose number that of `id` begins with: flat lists of 2025 write `1.` and `1.1` side by side.
fn by_number(found: &[Item], id: &str) -> Option<ItemIndex> {
    let (above, _) = id.rsplit_once('.')?;
    let at = found.iter().rposition(|item| item.id == above)?;
    Some(at as ItemIndex)
}

/// `- [x]* 1.2 Title`, and a line with a box and no number.
fn listed(reading: &Reading<'_>, block: &Block) -> Option<Item> {
    let text = reading.text;
    let head = heads::item(text, &block.range);
    let checkbox = head.checkbox.as_ref()?;
    let (id, id_range, words) = number(text, head.content, head.end);
    let (parallel, title_range) = parallel(text, words, head.end);
    Some(Item {
        kind: ItemKind::Task,
        id,
        id_range,
        title_range,
        range: text::span(head.start, block.range.end),
        section: block.section,
        parent: None,
        in_table: false,
        task: Some(Task {
            state: state(checkbox),
            state_range: checkbox.state_range,
            checkbox_range: text::span(head.start, checkbox.range.end().into()),
            parallel,
            stories: Vec::new(),
            indent: heads::indent(text, head.start),
            missing_checkbox: false,
        }),
        story: None,
    })
}

fn state(checkbox: &grammar::Checkbox) -> TaskState {
    match checkbox.state {
        _ if checkbox.done() => TaskState::Done,
        c if c.is_whitespace() => TaskState::Open,
        c => TaskState::Other(c),
    }
}

/// The number at `at` (`1.`, `1.2`, `**1.2**`, `Task 1.2:`, `1.2*`), its bytes, and where the words begin.
fn number(text: &str, at: usize, end: usize) -> (SmolStr, TextRange, usize) {
    let start = heads::marks(text, at, end);
    let word = common::prefix(&text[start..end], &words::TASK)
        .map_or(0, |len| heads::blanks(text, start + len, end) - start);
    let digits = start + word;
    let none = || {
        (
            SmolStr::default(),
            TextRange::empty(TextSize::new(at as u32)),
            at,
        )
    };
    let Some((len, number)) = numbers::leading(&text[digits..end], 4) else {
        return none();
    };
    let mut behind = digits + len;
    let rest = &text[behind..end];
    let ends = rest.is_empty()
        || rest.starts_with([
            ' ', '\t', '*', '_', ':', '：', '、', ')', '-', '\u{3000}', '`',
        ])
        || rest
            .strip_prefix(['.', '．'])
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        || rest.starts_with(|c: char| !c.is_ascii());
    // `3 retries are made`: a count is no number of a task.
    let counted = number.bytes().all(|b| b.is_ascii_digit())
        && word == 0
        && rest.starts_with(' ')
        && rest.trim_start().starts_with(|c: char| c.is_lowercase());
    if !ends || counted {
        return none();
    }
    if rest.starts_with(['.', '．']) {
        behind += rest.chars().next().map_or(0, char::len_utf8);
    }
    let words = heads::words(text, behind, end);
    (number, text::span(digits, digits + len), words.min(end))
}

/// `(P)` in front of the words or behind them, and the title without it.
fn parallel(text: &str, words: usize, end: usize) -> (Option<TextRange>, TextRange) {
    for mark in ["(P)", "（P）", "(並行可)", "（並行可）"] {
        if text[words..end].starts_with(mark) {
            let behind = words + mark.len();
            let title = text::span(heads::blanks(text, behind, end), end);
            return (Some(text::span(words, behind)), title);
        }
        let written = text[words..end].trim_end_matches(['*', '_', ' ']);
        if written.ends_with(mark) {
            let close = words + written.len();
            let start = close - mark.len();
            let title = words + text[words..start].trim_end().len();
            return (Some(text::span(start, close)), text::span(words, title));
        }
    }
    (None, text::span(words, end))
}

/// `## Task 1: Title`, `### [x] 1.2 Title`, `## 1. Title`.
fn headed(reading: &Reading<'_>, block: &Block) -> Option<Item> {
    let text = reading.text;
    let index = block.section?;
    let section = &reading.sections[index as usize];
    if section.level == 1 {
        return None;
    }
    let written = sections::first_line(text, section.title_range.into());
    // A box in a heading: read as if it were a list item.
    let line = format!("- {}", &text[written.clone()]);
    let start = grammar::line_start(&line, TextSize::new(0));
    let checkbox = start.checkbox.map(|mut checkbox| {
        let here = |range: TextRange| {
            text::span(
                written.start + usize::from(range.start()) - 2,
                written.start + usize::from(range.end()) - 2,
            )
        };
        checkbox.state_range = here(checkbox.state_range);
        checkbox.range = here(checkbox.range);
        checkbox
    });
    let content = if checkbox.is_some() {
        written.start + usize::from(start.content) - 2
    } else {
        sections::plain_start(&text[written.clone()])
            .len()
            .abs_diff(written.end)
    };
    let named = common::prefix(&text[content..written.end], &words::TASK).is_some();
    if checkbox.is_none() && !named {
        return None;
    }
    let (id, id_range, words) = number(text, content, written.end);
    if id.is_empty() {
        return None;
    }
    let nothing = TextRange::empty(TextSize::new(content as u32));
    let (parallel, title_range) = parallel(text, words, written.end);
    let range = reading.section_range(index);
    Some(Item {
        kind: ItemKind::Task,
        id,
        id_range,
        title_range,
        range: text::span(range.start, range.end),
        section: Some(index),
        parent: None,
        in_table: false,
        task: Some(Task {
            state: checkbox.as_ref().map_or(TaskState::Open, state),
            state_range: checkbox.as_ref().map_or(nothing, |each| each.state_range),
            checkbox_range: checkbox.as_ref().map_or(nothing, |each| each.range),
            parallel,
            stories: Vec::new(),
            indent: 0,
            missing_checkbox: checkbox.is_none(),
        }),
        story: None,
    })
}

/// The star of optional tasks: behind the box, behind the number, or in front of the words.
pub(super) fn optional(text: &str, document: &Document) -> Vec<Optional> {
    let stars = document
        .items_of(ItemKind::Task)
        .filter_map(|(item, task)| {
            let own = task.task.as_ref().filter(|own| has_box(own))?;
            let after = |at: TextSize| {
                let at = usize::from(at);
                let rest = &text[at..];
                (rest.starts_with('*') && !rest.starts_with("**")).then_some(at)
            };
            let at = after(own.checkbox_range.end()).or_else(|| {
                let numbered = !task.id.is_empty();
                numbered.then(|| after(task.id_range.end())).flatten()
            })?;
            Some(Optional {
                item,
                range: text::span(at, at + 1),
            })
        });
    stars.collect()
}

/// `_Boundary: ApiClient_` in the lines of a task, those of the tasks below it left out.
pub(super) fn boundaries(text: &str, document: &Document) -> Vec<Boundary> {
    let mut found = Vec::new();
    let tasks: Vec<(ItemIndex, &Item)> = document.items_of(ItemKind::Task).collect();
    for (nth, (item, task)) in tasks.iter().enumerate() {
        let end = usize::from(task.range.end());
        let end = tasks
            .get(nth + 1)
            .map_or(end, |(_, next)| end.min(next.range.start().into()));
        let mut at = usize::from(task.range.start());
        while at < end {
            let stop = line_end(text, at).min(end);
            found.extend(boundary(text, at..stop).map(|name| Boundary { item: *item, name }));
            at = next_line(text, stop).max(at + 1);
        }
    }
    found
}

fn boundary(text: &str, line: Range<usize>) -> Option<Label> {
    let bare = text[line.clone()].trim_start_matches([' ', '\t', '-', '*', '+']);
    let inner = bare.strip_prefix('_')?;
    let word = common::prefix(inner, &words::BOUNDARY)?;
    let rest = inner[word..].strip_prefix([':', '：'])?;
    let value = rest
        .trim()
        .trim_start_matches('_')
        .trim_end_matches('_')
        .trim();
    let start = line.end - rest.len() + rest.find(value).filter(|_| !value.is_empty())?;
    Some(Label {
        text: SmolStr::new(value),
        range: text::span(start, start + value.len()),
    })
}
