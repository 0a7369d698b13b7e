//! `bugfix.md`: clauses with ids of their own, `1.1` what is wrong, `2.1` what is right, `3.1` what must stay.

use super::{numbers, words};
use crate::markdown::blocks::{Block, BlockKind, line_end, next_line};
use crate::markdown::heads;
use crate::model::{Item, ItemKind, SectionIndex};
use crate::reading::Reading;
use crate::words as common;
use smol_str::{SmolStr, format_smolstr};
use std::ops::Range;

/// Reads the clauses.
pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    let mut counts = [0_u32; 4];
    let beside = beside(reading);
    for block in &reading.blocks.list {
        let group = group(reading, block).or_else(|| {
            let section = block.section.map(|index| &reading.sections[index as usize]);
            let further = section.is_some_and(|section| {
                section.level > 2 && section.parent.is_some_and(|of| beside.contains(&of))
            });
            further.then_some(0)
        });
        let Some(group) = group.filter(|_| !block.quoted) else {
            continue;
        };
        match block.kind {
            BlockKind::Item if block.depth == 1 => {
                let head = heads::item(reading.text, &block.range);
                counts[group as usize] += 1;
                let stated = stated(reading.text, head.content..head.end).or_else(|| {
                    // `1.1 WHEN` is a list item `1.` to nobody but a reader of `1. 1 WHEN`.
                    stated(reading.text, head.start..head.end)
                });
                let nth = counts[group as usize];
                let (id_range, id) = match stated {
                    Some(stated) => stated,
                    None if block.ordered && group > 0 => {
                        (head.marker.clone(), format_smolstr!("{group}.{nth}"))
                    }
                    None => continue,
                };
                let title = if id_range == head.marker {
                    head.content
                } else {
                    heads::words(reading.text, id_range.end, head.end)
                };
                found.push(clause(
                    block,
                    (id_range, id),
                    title.min(head.end)..head.end,
                    head.start..block.range.end,
                ));
            }
            BlockKind::Paragraph if block.depth == 0 => lines(reading.text, block, &mut found),
            _ => {}
        }
    }
    reading.items.extend(found);
}

fn clause(
    block: &Block,
    (id_range, id): (Range<usize>, SmolStr),
    title: Range<usize>,
    range: Range<usize>,
) -> Item {
    Item {
        kind: ItemKind::Criterion,
        id,
        id_range: text::span(id_range.start, id_range.end),
        title_range: text::span(title.start, title.end),
        range: text::span(range.start, range.end),
        section: block.section,
        parent: None,
        in_table: false,
        task: None,
        story: None,
    }
}

/// Sections that hold the three groups: others in them may hold clauses of a fourth.
fn beside(reading: &Reading<'_>) -> Vec<SectionIndex> {
    let groups = [&words::CURRENT, &words::EXPECTED, &words::UNCHANGED];
    let held = reading.sections.iter().filter(|section| {
        groups
            .iter()
            .any(|words| common::any(&section.title, words))
    });
    held.filter_map(|section| section.parent).collect()
}

/// Which of the three groups a block stands in, by the headings around it.
fn group(reading: &Reading<'_>, block: &Block) -> Option<u32> {
    let mut next = block.section;
    while let Some(index) = next {
        let section = &reading.sections[index as usize];
        for (group, words) in (1..).zip([&words::CURRENT, &words::EXPECTED, &words::UNCHANGED]) {
            if section.level > 1 && common::any(&section.title, words) {
                return Some(group);
            }
        }
        next = section.parent;
    }
    None
}

/// `1.10` at the start of a line's words.
fn stated(text: &str, words: Range<usize>) -> Option<(Range<usize>, SmolStr)> {
    let start = heads::marks(text, words.start, words.end);
    let (len, number) = numbers::leading(&text[start..words.end], 3)?;
    let behind = &text[start + len..words.end];
    let ends = behind.starts_with([' ', '.', ':', '：', '\t', '*', ')']);
    (number.contains('.') && ends).then(|| (start..start + len, number))
}

/// Lines of a paragraph that begin with an id; what follows one belongs to it.
fn lines(text: &str, block: &Block, found: &mut Vec<Item>) {
    let first = found.len();
    let mut at = block.range.start;
    while at < block.range.end {
        let end = line_end(text, at).min(block.range.end);
        let start = heads::blanks(text, at, end);
        let line = start..start + text[start..end].trim_end().len();
        at = next_line(text, end);
        if let Some(stated) = stated(text, line.clone()) {
            let title = heads::words(text, stated.0.end, line.end)..line.end;
            found.push(clause(block, stated, title, line));
        } else if found.len() > first
            && let Some(last) = found.last_mut()
        {
            last.range = text::span(last.range.start().into(), line.end);
        }
    }
}
