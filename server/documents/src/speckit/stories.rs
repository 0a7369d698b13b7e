//! User stories and their acceptance scenarios.

use super::blocks::{Block, BlockKind, line_end};
use super::{Reading, heads, sections, words};
use crate::model::{Item, ItemIndex, ItemKind, Label, Story};
use smol_str::{SmolStr, format_smolstr};
use std::ops::Range;
use text::TextSize;

/// A story named in words at the start of a heading.
pub(super) struct Name {
    /// `US1`, `US3a`, `USA`
    pub(super) id: SmolStr,
    /// `User Story 1` as written.
    pub(super) range: Range<usize>,
}

/// The story that the heading text `start..end` begins with: `User Story 1`, `US-1`, `用户故事 1`, `User Story A`.
pub(super) fn name(text: &str, start: usize, end: usize) -> Option<Name> {
    let written = &text[start..end];
    let len = words::prefix(written, &words::STORY)?;
    let word = &written[..len];
    let short = word.eq_ignore_ascii_case("us");
    if short && word != "US" {
        return None;
    }
    let rest = written[len..].trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '#' | '_' | '*')
    });
    let joined = rest.len() == written.len() - len;
    let mut id = String::from("US");
    let mut after = rest;
    while let Some(digit) = after
        .chars()
        .next()
        .and_then(digit)
        .filter(|_| id.len() < 8)
    {
        if digit != '0' || id.len() > 2 {
            id.push(digit);
        }
        after = &after[after.chars().next()?.len_utf8()..];
    }
    if after.len() == rest.len() {
        let letter = after.chars().next().filter(char::is_ascii_uppercase)?;
        if short || joined {
            return None;
        }
        id.push(letter);
        after = &after[1..];
    } else {
        if id.len() == 2 {
            id.push('0');
        }
        // `User Story 1.5` was put between two others.
        let decimals = after.strip_prefix('.').map_or(0, |rest| {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        });
        if decimals > 0 {
            id.push_str(&after[..=decimals]);
            after = &after[decimals + 1..];
        }
        let mut chars = after.chars();
        if let Some(suffix) = chars.next().filter(char::is_ascii_lowercase)
            && !chars.next().is_some_and(|c| c.is_ascii_alphanumeric())
        {
            id.push(suffix);
            after = &after[1..];
        }
    }
    if after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    Some(Name {
        id: id.into(),
        range: start..end - after.len(),
    })
}

/// An ASCII or full-width digit as ASCII.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}

/// The priority in `range`, in the brackets around it where there are some.
pub(super) fn priority(text: &str, range: Range<usize>) -> Option<Label> {
    let written = &text[range.clone()];
    let found = grammar::priority(written, TextSize::new(0))?;
    let (start, end) = (
        usize::from(found.range.start()),
        usize::from(found.range.end()),
    );
    let label = format_smolstr!("P{}", found.level);
    let open = written[..start]
        .rfind(['(', '（'])
        .filter(|&open| !written[open..start].contains([')', '）']));
    let close = written[end..]
        .char_indices()
        .find(|(_, c)| matches!(c, ')' | '）'));
    let outer = match (open, close) {
        (Some(open), Some((at, c))) => open..end + at + c.len_utf8(),
        _ => start..end,
    };
    Some(Label {
        text: label,
        range: text::span(range.start + outer.start, range.start + outer.end),
    })
}

/// Where the words behind a story's name begin; a priority right behind the name is skipped.
fn title_start(text: &str, at: usize, end: usize, priority: Option<&Label>) -> usize {
    let mut at = heads::words(text, at, end);
    if let Some(label) = priority
        && usize::from(label.range.start()) == at
    {
        at = heads::words(text, label.range.end().into(), end);
    }
    at
}

/// Reads stories, and scenarios with them.
pub(super) fn read(reading: &mut Reading<'_>) {
    let mut items = Vec::new();
    for (index, section) in (0_u32..).zip(&reading.sections) {
        let written: Range<usize> = section.title_range.into();
        let start = sections::words_start(reading.text, written.clone());
        let Some(name) = name(reading.text, start, written.end) else {
            continue;
        };
        let priority = priority(reading.text, name.range.end..written.end);
        let title = title_start(reading.text, name.range.end, written.end, priority.as_ref());
        let end = sections::title_end(reading.text, title, written.end);
        let range = reading.section_range(index);
        reading.stories.insert(index, items.len() as ItemIndex);
        items.push(Item {
            kind: ItemKind::Story,
            id: name.id.clone(),
            id_range: text::span(name.range.start, name.range.end),
            title_range: text::span(title, end),
            range: text::span(range.start, range.end),
            section: Some(index),
            parent: None,
            in_table: false,
            task: None,
            story: Some(Story {
                id: name.id,
                priority,
            }),
        });
    }
    reading.items = items;
    scenarios(reading);
}

/// What the blocks passed so far say of where the next block stands.
struct Place {
    section: Option<u32>,
    story: Option<ItemIndex>,
    /// Below an acceptance label or heading.
    accepting: bool,
    /// Where this story's scenarios begin in the list of all.
    first: usize,
}

/// A scenario's block; its number is its place among the story's.
struct Found {
    item: Item,
    /// A bullet or a paragraph: a scenario only where the story numbers none.
    unnumbered: bool,
}

fn scenarios(reading: &mut Reading<'_>) {
    let text = reading.text;
    let mut found: Vec<Found> = Vec::new();
    let mut place = Place {
        section: None,
        story: None,
        accepting: false,
        first: 0,
    };
    for block in &reading.blocks.list {
        if block.quoted {
            continue;
        }
        if block.section != place.section {
            enter(reading, block, &mut place, &mut found);
        }
        match block.kind {
            BlockKind::Paragraph if block.depth == 0 => {
                let start = heads::marks(text, block.range.start, block.range.end);
                let given = words::prefix(&text[start..block.range.end], &words::GIVEN).is_some();
                if given && place.story.is_some() {
                    let end = line_end(text, block.range.start).min(block.range.end);
                    let nothing = block.range.start..block.range.start;
                    found.push(Found {
                        item: scenario(
                            block,
                            &place,
                            &nothing,
                            block.range.start..end,
                            block.range.start,
                        ),
                        unnumbered: true,
                    });
                } else if let Some(accepting) = label(text, &block.range) {
                    place.accepting = accepting;
                }
            }
            // What can be no scenario whatever it says is not looked at.
            BlockKind::Item
                if block.depth == 1
                    && (place.accepting || block.ordered && place.story.is_some()) =>
            {
                let head = heads::item(text, &block.range);
                let start = heads::marks(text, head.content, head.end);
                let step = words::prefix(&text[start..head.end], &words::STEPS).is_some()
                    || words::prefix(&text[start..head.end], &words::GIVEN).is_some();
                let counts = if block.ordered {
                    place.accepting || step && place.story.is_some()
                } else {
                    place.accepting && (step || place.story.is_some())
                };
                if counts {
                    found.push(Found {
                        item: scenario(
                            block,
                            &place,
                            &head.marker,
                            head.content..head.end,
                            head.start,
                        ),
                        unnumbered: !block.ordered,
                    });
                }
            }
            _ => {}
        }
    }
    settle(&mut found, place.first);
    reading
        .items
        .extend(found.into_iter().map(|each| each.item));
}

fn scenario(
    block: &Block,
    place: &Place,
    id: &Range<usize>,
    title: Range<usize>,
    start: usize,
) -> Item {
    Item {
        kind: ItemKind::Scenario,
        id: SmolStr::default(),
        id_range: text::span(id.start, id.end),
        title_range: text::span(title.start, title.end),
        range: text::span(start, block.range.end),
        section: block.section,
        parent: place.story,
        in_table: false,
        task: None,
        story: None,
    }
}

/// Numbers the scenarios of one story, which are all from `first` on.
fn settle(found: &mut Vec<Found>, first: usize) {
    if found[first..].iter().any(|each| !each.unnumbered) {
        let own = found.split_off(first);
        found.extend(own.into_iter().filter(|each| !each.unnumbered));
    }
    for (number, each) in (1..).zip(&mut found[first..]) {
        each.item.id = format_smolstr!("AC{number}");
    }
}

/// The place at the start of the section of `block`.
fn enter(reading: &Reading<'_>, block: &Block, place: &mut Place, found: &mut Vec<Found>) {
    place.section = block.section;
    let mut story = None;
    let mut accepting = false;
    let mut next = block.section;
    while let Some(index) = next {
        let section = &reading.sections[index as usize];
        accepting |= words::prefix(&section.title, &words::ACCEPTANCE).is_some();
        if let Some(&found) = reading.stories.get(&index) {
            story = Some(found);
            break;
        }
        next = section.parent;
    }
    if story != place.story || story.is_none() {
        settle(found, place.first);
        place.first = found.len();
    }
    place.story = story;
    place.accepting = accepting;
}

/// Whether a paragraph opens the scenarios (`**Acceptance Scenarios**:`) or closes them (any other label).
fn label(text: &str, range: &Range<usize>) -> Option<bool> {
    let line = &text[range.start..line_end(text, range.start).min(range.end)];
    let bold = line.strip_prefix("**").or_else(|| line.strip_prefix("__"));
    let words = bold.unwrap_or(line).trim_start_matches(['*', '_']);
    if words::prefix(words, &words::ACCEPTANCE).is_some() {
        return Some(true);
    }
    let bold = bold?;
    if words::prefix(bold, &words::GIVEN).is_some() || words::prefix(bold, &words::STEPS).is_some()
    {
        return None;
    }
    let close = bold.find("**").or_else(|| bold.find("__"))?;
    let label = bold[..close].trim_end();
    let behind = bold[close + 2..].trim_start();
    (label.ends_with([':', '：']) || behind.starts_with([':', '：']) || behind.is_empty())
        .then_some(false)
}
