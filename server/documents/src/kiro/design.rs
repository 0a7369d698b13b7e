//! `design.md`: correctness properties.

use super::{numbers, words};
use crate::markdown::blocks::{Block, BlockKind, line_end};
use crate::markdown::{heads, sections};
use crate::model::{Item, ItemKind, SectionIndex};
use crate::reading::Reading;
use crate::words as common;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::ops::Range;

/// Reads `### Property 3: Title`; inside the properties' section a line of its own will do, where no heading defines
/// that property.
pub(super) fn read(reading: &mut Reading<'_>) {
    let mut headed = Vec::new();
    let mut lines = Vec::new();
    for block in &reading.blocks.list {
        if block.quoted {
            continue;
        }
        match block.kind {
            BlockKind::Heading(_) => headed.extend(heading(reading, block)),
            BlockKind::Paragraph if block.depth == 0 && in_properties(reading, block) => {
                let end = line_end(reading.text, block.range.start).min(block.range.end);
                lines.extend(line(reading, block, block.range.start..end));
            }
            BlockKind::Item if block.depth == 1 && in_properties(reading, block) => {
                let head = heads::item(reading.text, &block.range);
                let bold = reading.text[head.content..head.end].starts_with("**");
                lines.extend(
                    bold.then(|| line(reading, block, head.content..head.end))
                        .flatten(),
                );
            }
            _ => {}
        }
    }
    let mut known: FxHashSet<SmolStr> = headed.iter().map(|item| item.id.clone()).collect();
    lines.retain(|item: &Item| known.insert(item.id.clone()));
    reading.items.extend(headed);
    reading.items.extend(lines);
}

fn in_properties(reading: &Reading<'_>, block: &Block) -> bool {
    let mut next = block.section;
    while let Some(index) = next {
        let section = &reading.sections[index as usize];
        if section.level > 1 && common::any(&section.title, &words::PROPERTIES) {
            return true;
        }
        next = section.parent;
    }
    false
}

/// `Property 3` at `start`: the bytes of the name, the number, and where the name ends.
fn name(text: &str, start: usize, end: usize) -> Option<(Range<usize>, SmolStr)> {
    let word = common::prefix(&text[start..end], &words::PROPERTY)?;
    let at = heads::blanks(text, start + word, end);
    let (len, number) = numbers::leading(&text[at..end], 2)?;
    Some((start..at + len, number))
}

fn heading(reading: &Reading<'_>, block: &Block) -> Option<Item> {
    let text = reading.text;
    let index: SectionIndex = block.section?;
    let section = &reading.sections[index as usize];
    let written = sections::first_line(text, section.title_range.into());
    let start = sections::words_start(text, written.clone());
    let (id, number) = name(text, start, written.end)?;
    let behind = text[id.end..written.end].trim_start_matches(['*', '_', ' ']);
    // `Property 3 and 4`, `Property 1 Tests` define nothing.
    let separated =
        behind.is_empty() || heads::separator(behind).is_some() || behind.starts_with(['(', '（']);
    if section.level == 1 || !separated {
        return None;
    }
    let range = reading.section_range(index);
    Some(property(text, block, id, number, written.end, range))
}

fn line(reading: &Reading<'_>, block: &Block, line: Range<usize>) -> Option<Item> {
    let text = reading.text;
    let start = heads::marks(text, line.start, line.end);
    let (id, number) = name(text, start, line.end)?;
    let behind = &text[heads::marks(text, id.end, line.end)..line.end];
    heads::separator(behind)?;
    let end = line.start + text[line.clone()].trim_end().len();
    Some(property(text, block, id, number, end, block.range.clone()))
}

fn property(
    text: &str,
    block: &Block,
    id: Range<usize>,
    number: SmolStr,
    end: usize,
    range: Range<usize>,
) -> Item {
    let start = heads::words(text, id.end, end).min(end);
    // `**Property 3: Title** - and more`
    let bold = text[start..end].find("**").map_or(end, |at| start + at);
    let title = sections::trim(text, start..bold);
    Item {
        kind: ItemKind::Property,
        id: number,
        id_range: text::span(id.start, id.end),
        title_range: text::span(title.start, title.end),
        range: text::span(range.start, range.end),
        section: block.section,
        parent: None,
        in_table: false,
        task: None,
        story: None,
    }
}
