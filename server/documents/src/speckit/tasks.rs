//! Tasks of a task list.

use super::blocks::{Block, BlockKind, line_end, next_line};
use super::heads::{self, Head};
use super::{Reading, sections};
use crate::model::{Item, ItemKind, Label, LineStyle, LooseBoxes, Task, TaskState};
use grammar::{Checkbox, IdKind, LeadingId};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::ops::Range;
use text::{TextRange, TextSize};

/// Reads task lines, and how their author writes them.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    let mut found = Vec::new();
    let mut style = Style::default();
    let mut loose = LooseBoxes::default();
    for block in &reading.blocks.list {
        if block.quoted {
            continue;
        }
        match block.kind {
            BlockKind::Item => {
                let item = listed(reading, block, &mut style);
                if item.is_none() {
                    loose.count(reading, block);
                }
                found.extend(item);
            }
            BlockKind::Paragraph if block.depth == 0 && reading.phase_of(block).is_some() => {
                bare(reading, block, &mut found);
            }
            BlockKind::Heading(_) => found.extend(heading(reading, block)),
            _ => {}
        }
    }
    settle(reading, &mut found);
    reading.items.extend(found);
    style.settle(&mut reading.style);
    reading.own.loose_boxes = loose;
    debug_assert!(
        reading
            .items
            .iter()
            .all(|item| text.get(Range::<usize>::from(item.range)).is_some())
    );
}

/// A line without a checkbox, or outside the phases, is a task only where no other line is that task:
/// `- [x] T006 was committed failing` in a closing checklist speaks of T006. Nor are lines
/// of a section that explains (`## Parallel Example`), but where several of it, or all of the list, stand nowhere else:
/// then it is `## Dependency Injection`.
fn settle(reading: &Reading<'_>, found: &mut Vec<Item>) {
    let explained = |item: &Item| {
        let section = item.section;
        item.parent.is_none() && section.is_some_and(|index| reading.explaining[index as usize])
    };
    let mut told: FxHashSet<SmolStr> = found
        .iter()
        .filter(|item| !explained(item))
        .map(|item| item.id.clone())
        .collect();
    let least = if told.is_empty() { 1 } else { 2 };
    let mut new: FxHashMap<Option<u32>, usize> = FxHashMap::default();
    found.retain(|item| {
        let keep = !explained(item) || told.insert(item.id.clone());
        *new.entry(item.section).or_default() += usize::from(keep);
        keep
    });
    found.retain(|item| !explained(item) || new[&item.section] >= least);
    let weak = |item: &Item| {
        item.parent.is_none() || item.task.as_ref().is_some_and(|task| task.missing_checkbox)
    };
    let strong: FxHashSet<SmolStr> = found
        .iter()
        .filter(|item| !weak(item))
        .map(|item| item.id.clone())
        .collect();
    found.retain(|item| !weak(item) || !strong.contains(&item.id));
}

/// What the task lines read so far have in common.
#[derive(Default)]
struct Style {
    bullet: Option<char>,
    bold: u32,
    plain: u32,
    story_first: u32,
    parallel_first: u32,
}

impl Style {
    fn settle(&self, style: &mut LineStyle) {
        style.bullet = self.bullet;
        style.bold_ids = self.bold > self.plain;
        style.story_first = self.story_first > self.parallel_first;
    }
}

impl LooseBoxes {
    /// Counts the box of a list item that is no task: in a list of its own, where no section only explains.
    fn count(&mut self, reading: &Reading<'_>, block: &Block) {
        let explaining = |index| reading.explaining[index as usize];
        if block.depth != 1 || block.section.is_some_and(explaining) {
            return;
        }
        let head = heads::item(reading.text, &block.range);
        if let Some(checkbox) = &head.checkbox {
            self.all += 1;
            self.done += u32::from(checkbox.done());
            self.first.get_or_insert(text::span(head.start, head.end));
        }
    }
}

/// `- [x] T001 [P] [US1] ...`, and the same with something missing.
fn listed(reading: &Reading<'_>, block: &Block, style: &mut Style) -> Option<Item> {
    let text = reading.text;
    let phase = reading.phase_of(block);
    let explaining = block
        .section
        .is_some_and(|index| reading.explaining[index as usize]);
    let head = heads::item(text, &block.range);
    let id = id(text, head.content..head.end);
    // Even `### Dependencies` holds tasks, if their lines are whole.
    if explaining && (head.checkbox.is_none() || id.is_none()) {
        return None;
    }
    let labels = labels(
        text,
        id.as_ref().map_or(head.content, |id| id.range.end().into()),
        head.end,
    );
    let item = |id: Option<LeadingId>, labels: Labels| item(reading, block, &head, id, labels);
    match (&head.checkbox, id) {
        (Some(_), Some(id)) => {
            style.bullet = style.bullet.or(head.bullet);
            let bold = text[head.content..usize::from(id.range.start())].contains(['*', '_']);
            if bold {
                style.bold += 1;
            } else {
                style.plain += 1;
            }
            if let (Some(parallel), Some(story)) = (labels.parallel, labels.stories.first()) {
                if story.range.start() < parallel.start() {
                    style.story_first += 1;
                } else {
                    style.parallel_first += 1;
                }
            }
            Some(item(Some(id), labels))
        }
        (Some(_), None) => {
            (phase.is_some() && block.depth == 1 && labels.any()).then(|| item(None, labels))
        }
        (None, Some(id)) => {
            let whole = stands_alone(text, &id, &labels, head.end)
                || (block.depth == 1 && says_what(&text[labels.end.min(head.end)..head.end]));
            // A numbered step with a particle behind the id speaks of that task: `1. T025에서 ...`.
            let step = head.bullet.is_none()
                && text[usize::from(id.range.end())..].starts_with(char::is_alphabetic);
            (phase.is_some() && whole && !step).then(|| item(Some(id), labels))
        }
        (None, None) => None,
    }
}

fn item(
    reading: &Reading<'_>,
    block: &Block,
    head: &Head,
    id: Option<LeadingId>,
    labels: Labels,
) -> Item {
    let at = TextRange::empty(TextSize::new(head.content as u32));
    let (key, id_range) = id.map_or((SmolStr::default(), at), |id| (id.key, id.range));
    Item {
        kind: ItemKind::Task,
        id: key,
        id_range,
        title_range: text::span(labels.end.min(head.end), head.end),
        range: text::span(head.start, block.range.end),
        section: block.section,
        parent: reading.phase_of(block),
        in_table: false,
        task: Some(task(
            reading.text,
            head.start,
            head.checkbox.as_ref(),
            labels,
        )),
        story: None,
    }
}

/// A task's own facts; `start` is the first byte of the line's text.
pub(super) fn task(text: &str, start: usize, checkbox: Option<&Checkbox>, labels: Labels) -> Task {
    let nothing = TextRange::empty(TextSize::new(start as u32));
    Task {
        state: checkbox.map_or(TaskState::Open, state),
        state_range: checkbox.map_or(nothing, |checkbox| checkbox.state_range),
        checkbox_range: checkbox.map_or(nothing, |checkbox| {
            text::span(start, checkbox.range.end().into())
        }),
        parallel: labels.parallel,
        stories: labels.stories,
        indent: heads::indent(text, start),
        missing_checkbox: checkbox.is_none(),
    }
}

fn state(checkbox: &Checkbox) -> TaskState {
    match checkbox.state {
        _ if checkbox.done() => TaskState::Done,
        c if c.is_whitespace() => TaskState::Open,
        c => TaskState::Other(c),
    }
}

/// `T012 [P] [US1] ...` at the start of a paragraph's line.
fn bare(reading: &Reading<'_>, block: &Block, found: &mut Vec<Item>) {
    let text = reading.text;
    let mut at = block.range.start;
    while at < block.range.end {
        let end = line_end(text, at).min(block.range.end);
        let start = heads::blanks(text, at, end);
        let line = start..start + text[start..end].trim_end().len();
        at = next_line(text, end);
        let Some(id) = id(text, line.clone()) else {
            continue;
        };
        let labels = labels(text, id.range.end().into(), line.end);
        if !labels.any() {
            continue;
        }
        let nothing = TextRange::empty(TextSize::new(line.start as u32));
        found.push(Item {
            kind: ItemKind::Task,
            id: id.key,
            id_range: id.range,
            title_range: text::span(labels.end.min(line.end), line.end),
            range: text::span(line.start, line.end),
            section: block.section,
            parent: reading.phase_of(block),
            in_table: false,
            task: Some(Task {
                state: TaskState::Open,
                state_range: nothing,
                checkbox_range: nothing,
                parallel: labels.parallel,
                stories: labels.stories,
                indent: heads::indent(text, line.start),
                missing_checkbox: true,
            }),
            story: None,
        });
    }
}

/// `### T001: Title`
fn heading(reading: &Reading<'_>, block: &Block) -> Option<Item> {
    let text = reading.text;
    let index = block.section?;
    if reading.explaining[index as usize] {
        return None;
    }
    let written: Range<usize> = reading.sections[index as usize].title_range.into();
    let start = sections::words_start(text, written.clone());
    let id = id(text, start..written.end)?;
    let labels = labels(text, id.range.end().into(), written.end);
    if !stands_alone(text, &id, &labels, written.end) {
        return None;
    }
    let range = reading.section_range(index);
    Some(Item {
        kind: ItemKind::Task,
        id: id.key,
        id_range: id.range,
        title_range: text::span(labels.end, written.end),
        range: text::span(range.start, range.end),
        section: Some(index),
        parent: reading.phases[index as usize],
        in_table: false,
        task: Some(task(text, start, None, labels)),
        story: None,
    })
}

/// The task id that `range` begins with.
fn id(text: &str, range: Range<usize>) -> Option<LeadingId> {
    let id = grammar::leading_id(&text[range.clone()], TextSize::new(range.start as u32))?;
    let opening = &text[range.start..usize::from(id.range.start())];
    let plain = opening
        .chars()
        .all(|c| matches!(c, '*' | '_' | '`' | '~') || c.is_whitespace());
    // `T028'` is another task than `T028`.
    let primed = text[usize::from(id.range.end())..range.end].starts_with(['\'', '’', '′']);
    (id.kind == IdKind::Task
        && plain
        && !primed
        && !heads::continues(text, id.range.end().into(), range.end))
    .then_some(id)
}

/// Whether a line without a checkbox is a task: it carries labels, or its id is bold or followed by a colon.
fn stands_alone(text: &str, id: &LeadingId, labels: &Labels, end: usize) -> bool {
    let behind = usize::from(id.range.end());
    labels.any() || text[heads::marks(text, behind, end)..end].starts_with([':', '：'])
}

/// Whether the words behind an id say what to do (`Run the linter over src/`), and not how tasks stand to each other
/// (`→ T002`, `and T003 together`, `before T004`).
fn says_what(words: &str) -> bool {
    let words = words.trim_start();
    let starts = words
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
    let enough = words.split_whitespace().nth(2).is_some() || !words.is_ascii();
    starts && enough && grammar::leading_id(words, TextSize::new(0)).is_none()
}

/// The labels behind a task's id.
#[derive(Default)]
pub(super) struct Labels {
    parallel: Option<TextRange>,
    stories: Vec<Label>,
    /// Where the words begin.
    end: usize,
}

impl Labels {
    fn any(&self) -> bool {
        self.parallel.is_some() || !self.stories.is_empty()
    }

    /// No labels; the words begin at `end`.
    pub(super) fn none(end: usize) -> Self {
        Self {
            end,
            ..Self::default()
        }
    }
}

/// Reads `[P] [US1]`, `(bead-id)` and other short brackets between an id and the words.
fn labels(text: &str, at: usize, end: usize) -> Labels {
    let mut labels = Labels::default();
    let mut at = at;
    loop {
        let inside = heads::blanks(text, heads::marks(text, at, end), end);
        let Some(group) = group(text, inside, end) else {
            break;
        };
        let inner = &text[group.inner.clone()];
        let range = text::span(group.outer.start, group.outer.end);
        if group.square && matches!(inner, "P" | "Ｐ") {
            labels.parallel.get_or_insert(range);
        } else if let Some(stories) = story_keys(inner).filter(|_| group.square) {
            labels
                .stories
                .extend(stories.into_iter().map(|text| Label { text, range }));
        } else if inner.contains(char::is_whitespace) || inner.len() > 24 || inner.is_empty() {
            break;
        }
        at = group.outer.end;
    }
    labels.end = heads::words(text, at, end);
    labels
}

struct Group {
    outer: Range<usize>,
    inner: Range<usize>,
    square: bool,
}

/// The bracket group at `at`; a formatter's backslashes belong to it. Links are none.
fn group(text: &str, at: usize, end: usize) -> Option<Group> {
    let written = &text[at..end];
    let bare = written.strip_prefix('\\').unwrap_or(written);
    let open = bare.chars().next()?;
    let square = matches!(open, '[' | '［' | '【');
    if !square && open != '(' {
        return None;
    }
    let inner = end - bare.len() + open.len_utf8();
    let close = inner
        + text[inner..end].find(if square {
            [']', '］', '】']
        } else {
            [')', ')', ')']
        })?;
    let outer = close + text[close..].chars().next()?.len_utf8();
    let inner = inner..inner + text[inner..close].trim_end_matches('\\').len();
    (!text[outer..end].starts_with('(') || !square).then_some(Group {
        outer: at..outer,
        inner,
        square,
    })
}

/// The stories of a label `US1`, `US-1`, `US1, US2`, `Story 1`; nothing if it names anything else.
fn story_keys(inner: &str) -> Option<Vec<SmolStr>> {
    let mut mentions = Vec::new();
    grammar::mentions(inner, TextSize::new(0), &mut mentions);
    let first = mentions.first()?;
    (first.range.start() == TextSize::new(0)
        && mentions.iter().all(|mention| mention.kind == IdKind::Story))
    .then(|| mentions.into_iter().map(|mention| mention.key).collect())
}
