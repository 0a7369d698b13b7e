//! Requirements, scenarios, tasks and groups as items of the shared model, as the newest version sees them.

use text::{TextRange, TextSize};

use super::Edition;
use super::lines::{self, Lines, level};
use super::requirement::block;
use super::tasks::{TaskLine, is_group, numbered, task_lines};
use crate::model::{Item, ItemKind, SectionIndex, SpecLine, Task, TaskState};
use crate::reading::Reading;

/// Every requirement with its scenarios, wherever its heading stands.
pub(super) fn requirements(reading: &mut Reading<'_>, lines: &[SpecLine]) {
    let lines = Lines {
        text: reading.text,
        lines,
    };
    let is_head = |line: &str| lines::requirement(line).is_some();
    let mut next = lines.find(0, lines.len(), is_head);
    while let Some(at) = next {
        let end = lines.find(at + 1, lines.len(), |line| {
            is_head(line) || matches!(level(line), 1 | 2)
        });
        next = lines.find(at + 1, lines.len(), is_head);
        let block = block(lines, at, end.unwrap_or(lines.len()), Edition::NEWEST);
        let parent = reading.items.len() as u32;
        let item = |kind, id, id_range: TextRange, range, parent| Item {
            kind,
            id,
            id_range,
            title_range: TextRange::empty(id_range.end()),
            range,
            section: section(reading, id_range),
            parent,
            in_table: false,
            task: None,
            story: None,
        };
        let mut found = vec![item(
            ItemKind::Requirement,
            block.name.clone(),
            block.name_range,
            block.range,
            None,
        )];
        found.extend(
            block
                .scenarios
                .iter()
                .filter(|each| each.spaced)
                .map(|each| {
                    item(
                        ItemKind::Scenario,
                        each.name.clone(),
                        each.name_range,
                        each.range,
                        Some(parent),
                    )
                }),
        );
        reading.items.extend(found);
    }
}

/// The innermost section around a place.
fn section(reading: &Reading<'_>, range: TextRange) -> Option<SectionIndex> {
    let behind = reading
        .sections
        .partition_point(|section| section.heading.start() <= range.start());
    behind.checked_sub(1).map(|index| index as SectionIndex)
}

/// Tasks, and the groups they stand in.
pub(super) fn tasks(reading: &mut Reading<'_>) {
    let lines = lines::read(reading.text);
    let lines = Lines {
        text: reading.text,
        lines: &lines,
    };
    let mut group: Option<u32> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines.range(at);
        if is_group(lines.written(at)) {
            let is_end = |next: &usize| is_group(lines.written(*next));
            let end = (at + 1..lines.len()).find(is_end).unwrap_or(lines.len());
            group = numbered(lines.written(at)).map(|number| {
                reading.items.push(phase(reading, lines, at, end, &number));
                reading.items.len() as u32 - 1
            });
        }
        let found = task_lines(reading.text, [line].into_iter(), Edition::NEWEST).next();
        if let Some(found) = found {
            let end = continued(lines, at, &found);
            let item = task(reading, lines, at, end, &found, group);
            reading.style.bullet = reading
                .style
                .bullet
                .or_else(|| text::slice(reading.text, found.range).chars().next())
                .filter(|mark| matches!(mark, '-' | '*' | '+'));
            reading.items.push(item);
        }
        at += 1;
    }
}

fn phase(
    reading: &Reading<'_>,
    lines: Lines<'_>,
    at: usize,
    end: usize,
    number: &std::ops::Range<usize>,
) -> Item {
    let line = lines.range(at);
    let id = line.start + number.start..line.start + number.end;
    let title = super::blank::trimmed(reading.text, id.end + 1..line.end);
    let id_range = text::span(id.start, id.end);
    Item {
        kind: ItemKind::Phase,
        id: reading.text[id].into(),
        id_range,
        title_range: text::span(title.start, title.end),
        range: lines.block(at, end),
        section: section(reading, id_range),
        parent: None,
        in_table: false,
        task: None,
        story: None,
    }
}

/// The line behind those that belong to the task on line `at`: deeper than its mark, and no tasks themselves.
fn continued(lines: Lines<'_>, at: usize, task: &TaskLine) -> usize {
    let indent = usize::from(task.range.start()) - lines.range(at).start;
    let mut end = at + 1;
    for next in at + 1..lines.len() {
        let line = lines.written(next);
        let said = super::blank::behind(line);
        if said.is_empty() {
            continue;
        }
        let is_task = || {
            let line = lines.range(next);
            task_lines(lines.text, [line].into_iter(), Edition::NEWEST)
                .next()
                .is_some()
        };
        if line.len() - said.len() <= indent || is_task() {
            break;
        }
        end = next + 1;
    }
    end
}

fn task(
    reading: &Reading<'_>,
    lines: Lines<'_>,
    at: usize,
    end: usize,
    found: &TaskLine,
    group: Option<u32>,
) -> Item {
    let start = usize::from(found.range.start());
    let end = lines.block(at, end).end().max(found.checkbox.end());
    // Nothing may stand behind the box but blanks.
    let title = if found.title.end() > end {
        TextRange::empty(end)
    } else {
        found.title
    };
    let (id, id_range) = found.id.clone().unwrap_or_else(|| {
        (
            smol_str::SmolStr::default(),
            TextRange::empty(title.start()),
        )
    });
    let mark = text::slice(reading.text, found.mark);
    Item {
        kind: ItemKind::Task,
        id,
        id_range,
        title_range: title,
        range: TextRange::new(TextSize::new(start as u32), end),
        section: section(reading, found.range),
        parent: group.filter(|&at| {
            let range = TextRange::new(found.range.start(), end);
            reading.items[at as usize].range.contains_range(range)
        }),
        in_table: false,
        task: Some(Task {
            state: match mark.trim().chars().next() {
                None => TaskState::Open,
                Some('x' | 'X') => TaskState::Done,
                Some(other) => TaskState::Other(other),
            },
            state_range: found.mark,
            checkbox_range: found.checkbox,
            parallel: None,
            stories: Vec::new(),
            indent: (start - lines.range(at).start) as u32,
            missing_checkbox: false,
        }),
        story: None,
    }
}
