//! `requirements.md`: `### Requirement 2: Title` and its acceptance criteria.
//!
//! A criterion's id is its place: `2.3` is the third item over all criteria lists of requirement 2. Numbers that the
//! author wrote can say otherwise; then nobody knows which is meant, and the requirement is *disputed*.

use super::{numbers, words};
use crate::markdown::blocks::{Block, BlockKind, line_end, next_line};
use crate::markdown::{heads, sections};
use crate::model::{Item, ItemIndex, ItemKind, SectionIndex};
use crate::reading::Reading;
use crate::words as common;
use smol_str::{SmolStr, format_smolstr};
use std::ops::Range;

/// Reads requirements and criteria; gives the disputed ones with the highest number any reading gives.
pub(super) fn read(reading: &mut Reading<'_>) -> Vec<(SmolStr, u32)> {
    let headings = headings(reading);
    let mut disputed = Vec::new();
    for (index, heading) in headings {
        let place = reading.items.len() as ItemIndex;
        let number = heading.id.clone();
        reading.items.push(heading);
        let found = criteria(reading, index, &number);
        if let Some(highest) = dispute(&found) {
            disputed.push((number.clone(), highest));
        }
        for (nth, each) in (1..).zip(found) {
            reading.items.push(Item {
                kind: ItemKind::Criterion,
                id: format_smolstr!("{number}.{nth}"),
                id_range: text::span(each.id.start, each.id.end),
                title_range: text::span(each.title.start, each.title.end),
                range: text::span(each.range.start, each.range.end),
                section: each.section,
                parent: Some(place),
                in_table: false,
                task: None,
                story: None,
            });
        }
    }
    disputed
}

/// Reads the requirements of a document without headings for them: the numbered list below `## Requirements` or
/// `## Acceptance Criteria`.
pub(super) fn read_list(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    let mut of: Option<SectionIndex> = None;
    for block in &reading.blocks.list {
        let Some(index) = block.section.filter(|_| is_listed(block) && block.ordered) else {
            continue;
        };
        let section = &reading.sections[index as usize];
        let holds = section.level > 1
            && (is_acceptance(&section.title) || common::any(&section.title, &words::REQUIREMENTS));
        if !holds || *of.get_or_insert(index) != index {
            continue;
        }
        let head = heads::item(reading.text, &block.range);
        found.push(Item {
            kind: ItemKind::Requirement,
            id: format_smolstr!("{}", found.len() + 1),
            id_range: text::span(head.marker.start, head.marker.end),
            title_range: text::span(head.content, head.end),
            range: text::span(head.start, block.range.end),
            section: block.section,
            parent: None,
            in_table: false,
            task: None,
            story: None,
        });
    }
    reading.items.extend(found);
}

/// Headings of requirements with their sections. Where none says the word, `### 1. Title` below a section that does.
fn headings(reading: &Reading<'_>) -> Vec<(SectionIndex, Item)> {
    let named = collect(reading, named);
    if named.is_empty() {
        collect(reading, numbered)
    } else {
        named
    }
}

type Name = (Range<usize>, SmolStr, usize);

fn collect(
    reading: &Reading<'_>,
    name: impl Fn(&Reading<'_>, SectionIndex) -> Option<Name>,
) -> Vec<(SectionIndex, Item)> {
    (0..reading.sections.len() as SectionIndex)
        .filter_map(|index| {
            let (id, number, behind) = name(reading, index)?;
            let written: Range<usize> = reading.sections[index as usize].title_range.into();
            let title = heads::words(reading.text, behind, written.end);
            let end = sections::title_end(reading.text, title, written.end);
            let range = reading.section_range(index);
            Some((
                index,
                Item {
                    kind: ItemKind::Requirement,
                    id: number,
                    id_range: text::span(id.start, id.end),
                    title_range: text::span(title, end.max(title)),
                    range: text::span(range.start, range.end),
                    section: Some(index),
                    parent: None,
                    in_table: false,
                    task: None,
                    story: None,
                },
            ))
        })
        .collect()
}

/// `Requirement 2: Title`, `要件2：...`
fn named(reading: &Reading<'_>, index: SectionIndex) -> Option<Name> {
    let section = &reading.sections[index as usize];
    let written: Range<usize> = section.title_range.into();
    let start = sections::words_start(reading.text, written.clone());
    let word = common::prefix(&reading.text[start..written.end], &words::REQUIREMENT)?;
    let at = heads::blanks(reading.text, start + word, written.end);
    let at = at + usize::from(reading.text[at..written.end].starts_with(['#', '-', 'R']));
    let (len, number) = numbers::leading(&reading.text[at..written.end], 1)?;
    (section.level > 1).then(|| (start..at + len, number, at + len))
}

/// `### 2. Title` below `## Requirements`.
fn numbered(reading: &Reading<'_>, index: SectionIndex) -> Option<Name> {
    let section = &reading.sections[index as usize];
    let parent = &reading.sections[section.parent? as usize];
    if parent.level < 2 || !common::any(&parent.title, &words::REQUIREMENTS) {
        return None;
    }
    let written: Range<usize> = section.title_range.into();
    let title = &reading.text[written.clone()];
    let (len, number) = numbers::leading(title, 1)?;
    let separated = title[len..].starts_with(['.', ':', '：', '、', ')']);
    let end = written.start + len;
    separated.then_some((written.start..end, number, end))
}

/// A criterion that was found.
struct Found {
    id: Range<usize>,
    title: Range<usize>,
    range: Range<usize>,
    section: Option<SectionIndex>,
    /// The number the author gave it: of its list, or in its text.
    written: Option<Written>,
}

enum Written {
    /// `3.` of a list.
    Listed(u32),
    /// `2.3` in the text, the first part of another requirement or not.
    Stated(u32, bool),
}

/// The criteria of the requirement whose heading is `index`.
fn criteria(reading: &Reading<'_>, index: SectionIndex, requirement: &str) -> Vec<Found> {
    let span: Range<usize> = reading.sections[index as usize].range.into();
    let list = &reading.blocks.list;
    let from = list.partition_point(|block| block.range.start < span.start);
    let to = list.partition_point(|block| block.range.start < span.end);
    let own = &list[from..to];
    let labelled: Vec<bool> = labelled(reading, own, index);
    let some_label = labelled.contains(&true);
    let ordered = own
        .iter()
        .any(|block| is_listed(block) && block.ordered && block.section == Some(index));
    let mut found = Vec::new();
    for (block, labelled) in own.iter().zip(labelled) {
        let wanted = if some_label {
            labelled
        } else {
            block.section == Some(index) && (block.ordered || !ordered)
        };
        if block.quoted || !wanted {
            continue;
        }
        match block.kind {
            BlockKind::Item if block.depth == 1 => {
                let each = item(reading, block, requirement);
                // A bullet without a label is a criterion only if it says so.
                let stated = matches!(each.written, Some(Written::Stated(_, true)));
                let says_so = stated || is_ears(&reading.text[each.title.clone()]);
                if some_label || block.ordered || says_so {
                    found.push(each);
                }
            }
            BlockKind::Paragraph if block.depth == 0 => {
                lines(reading, block, requirement, &mut found);
            }
            _ => {}
        }
    }
    found
}

fn is_listed(block: &Block) -> bool {
    block.kind == BlockKind::Item && block.depth == 1 && !block.quoted
}

/// By block: whether it stands behind a heading or a label that says *acceptance*.
fn labelled(reading: &Reading<'_>, own: &[Block], requirement: SectionIndex) -> Vec<bool> {
    let mut section = Some(requirement);
    let mut open = false;
    own.iter()
        .map(|block| {
            if block.section != section {
                section = block.section;
                let title = section.map_or("", |at| &reading.sections[at as usize].title);
                open = is_acceptance(title);
            }
            if block.kind == BlockKind::Paragraph && block.depth == 0 {
                let end = line_end(reading.text, block.range.start).min(block.range.end);
                let line = reading.text[block.range.start..end].trim();
                let label = line.starts_with(['*', '_']) || line.ends_with([':', '：']);
                open |= label && line.len() < 120 && is_acceptance(line);
            }
            open
        })
        .collect()
}

fn is_acceptance(title: &str) -> bool {
    common::any(title, &common::ACCEPTANCE) || common::any(title, &words::ACCEPTANCE)
}

/// Whether a line begins as EARS does.
fn is_ears(line: &str) -> bool {
    let bare = line.trim_start_matches(['*', '_', '`']);
    [
        "when ", "if ", "while ", "where ", "the ", "for all ", "given ",
    ]
    .iter()
    .any(|word| {
        bare.get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word))
    }) && (bare.to_ascii_lowercase().contains(" shall") || bare.contains(" THEN "))
}

fn item(reading: &Reading<'_>, block: &Block, requirement: &str) -> Found {
    let text = reading.text;
    let head = heads::item(text, &block.range);
    let stated = stated(text, head.content..head.end, requirement);
    let listed = match text[head.marker.clone()]
        .trim_end_matches(['.', ')'])
        .parse()
    {
        Ok(number) if block.ordered => Some(Written::Listed(number)),
        _ => None,
    };
    let (id, title, written) = match stated {
        Some((id, written)) => {
            let title = heads::words(text, id.end, head.end);
            (id, title, Some(written))
        }
        None => (head.marker.clone(), head.content, listed),
    };
    Found {
        id,
        title: title.min(head.end)..head.end,
        range: head.start..block.range.end,
        section: block.section,
        written,
    }
}

/// `2.3` at the start of a criterion's words.
fn stated(text: &str, words: Range<usize>, requirement: &str) -> Option<(Range<usize>, Written)> {
    let start = heads::marks(text, words.start, words.end);
    let (len, number) = numbers::leading(&text[start..words.end], 3)?;
    let behind = &text[start + len..words.end];
    let ends = behind.is_empty() || behind.starts_with([' ', '.', ':', '：', '\t', '*', '）', ')']);
    let (of, nth) = number.rsplit_once('.')?;
    let nth = nth.parse().ok()?;
    ends.then(|| (start..start + len, Written::Stated(nth, of == requirement)))
}

/// `2.3 WHEN ...` at the start of a paragraph's lines.
fn lines(reading: &Reading<'_>, block: &Block, requirement: &str, found: &mut Vec<Found>) {
    let text = reading.text;
    let mut at = block.range.start;
    let first = found.len();
    while at < block.range.end {
        let end = line_end(text, at).min(block.range.end);
        let start = heads::blanks(text, at, end);
        let line = start..start + text[start..end].trim_end().len();
        at = next_line(text, end);
        let own = stated(text, line.clone(), requirement)
            .filter(|(_, written)| matches!(written, Written::Stated(_, true)));
        match own {
            Some((id, written)) => found.push(Found {
                title: heads::words(text, id.end, line.end)..line.end,
                id,
                range: line,
                section: block.section,
                written: Some(written),
            }),
            // Its text goes on.
            None if found.len() > first => {
                if let Some(last) = found.last_mut() {
                    last.range.end = line.end;
                }
            }
            None => {}
        }
    }
}

/// The highest number that any reading gives, if written numbers say otherwise than places do.
fn dispute(found: &[Found]) -> Option<u32> {
    let lazy = found.len() > 1
        && found
            .iter()
            .all(|each| matches!(each.written, Some(Written::Listed(1)) | None));
    let mut disputed = false;
    let mut highest = found.len() as u32;
    for (nth, each) in (1..).zip(found) {
        match each.written {
            Some(Written::Listed(number)) if !lazy => {
                disputed |= number != nth;
                highest = highest.max(number);
            }
            Some(Written::Stated(number, own)) => {
                disputed |= number != nth || !own;
                highest = highest.max(number);
            }
            _ => {}
        }
    }
    disputed.then_some(highest)
}
