//! `requirements.md`: `### Requirement 2: Title` and its acceptance criteria.
//!
//! The words may be of any language: where they are none we know, the shape of the document tells.
//!
//! A criterion's id is its place: `2.3` is the third item over all criteria lists of requirement 2. Numbers that the
//! author wrote can say otherwise; then nobody knows which is meant, and the requirement is *disputed*.

mod counted;

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
    let sections: Vec<SectionIndex> = headings.iter().map(|(index, _)| *index).collect();
    let over = over(reading, &sections);
    let mut disputed = Vec::new();
    for (index, heading) in headings {
        let place = reading.items.len() as ItemIndex;
        let number = heading.id.clone();
        reading.items.push(heading);
        let (found, beyond) = criteria(reading, index, &number, &over);
        if let Some(highest) = dispute(&found, beyond) {
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
    let counted = counted::with_words(reading);
    for block in &reading.blocks.list {
        let Some(index) = block.section.filter(|_| is_listed(block) && block.ordered) else {
            continue;
        };
        let section = &reading.sections[index as usize];
        let holds = section.level > 1
            && (is_acceptance(&section.title) || common::any(&section.title, &words::REQUIREMENTS));
        // What stands below `### Word 1:` are its criteria, whatever the word.
        let within = |each: &counted::Counted| {
            let around = reading.sections[each.section as usize].range;
            section.level > 2 && around.contains_range(section.range)
        };
        if !holds || counted.iter().any(within) || *of.get_or_insert(index) != index {
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

/// Headings of requirements with their sections. Where none says the word, `### 1. Title` below a section that does;
/// else those that count.
fn headings(reading: &Reading<'_>) -> Vec<(SectionIndex, Item)> {
    let indices = 0..reading.sections.len() as SectionIndex;
    let by = |name: fn(&Reading<'_>, SectionIndex) -> Option<Name>| -> Vec<_> {
        let all = indices.clone();
        all.filter_map(|index| Some((index, name(reading, index)?)))
            .collect()
    };
    let mut found: Vec<(SectionIndex, Name)> = by(named);
    if found.is_empty() {
        found = by(numbered);
    }
    if found.is_empty() {
        found = counted::requirements(reading, counted::with_words(reading));
    }
    if found.is_empty() {
        found = counted::requirements(reading, counted::bare(reading));
        let sections: Vec<SectionIndex> = found.iter().map(|(index, _)| *index).collect();
        let parent = |index: SectionIndex| reading.sections[index as usize].parent;
        // Many documents number their sections: these are requirements only if their lists have a name.
        let alike = sections.len() > 1
            && sections
                .iter()
                .all(|index| parent(*index) == parent(sections[0]));
        if !alike || parent(sections[0]).is_none() || counted::label(reading, &sections).is_none() {
            found.clear();
        }
    }
    let items = found.into_iter();
    items
        .map(|(index, name)| (index, item_of(reading, index, name)))
        .collect()
}

/// The name's bytes, the number, and where the name ends.
type Name = (Range<usize>, SmolStr, usize);

fn item_of(reading: &Reading<'_>, index: SectionIndex, (id, number, behind): Name) -> Item {
    let title = reading.sections[index as usize].title_range.into();
    let written = sections::first_line(reading.text, title);
    let title = heads::words(reading.text, behind, written.end);
    let end = sections::title_end(reading.text, title, written.end);
    let range = reading.section_range(index);
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
    }
}

/// `Requirement 2: Title`, `要件2：...`
fn named(reading: &Reading<'_>, index: SectionIndex) -> Option<Name> {
    let section = &reading.sections[index as usize];
    let written = sections::first_line(reading.text, section.title_range.into());
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
    let written = sections::first_line(reading.text, section.title_range.into());
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

/// The blocks of a section.
fn blocks<'a>(reading: &'a Reading<'_>, index: SectionIndex) -> &'a [Block] {
    let span: Range<usize> = reading.sections[index as usize].range.into();
    let list = &reading.blocks.list;
    let from = list.partition_point(|block| block.range.start < span.start);
    let to = list.partition_point(|block| block.range.start < span.end);
    &list[from..to]
}

/// What stands over the criteria of a document.
enum Over {
    /// Words we know, somewhere.
    Known,
    /// The same words over most lists.
    Learned(SmolStr),
    /// Nothing that tells.
    Nothing,
}

fn over(reading: &Reading<'_>, requirements: &[SectionIndex]) -> Over {
    let known = requirements.iter().any(|index| {
        labelled(reading, blocks(reading, *index), *index, is_acceptance).contains(&true)
    });
    if known {
        return Over::Known;
    }
    counted::label(reading, requirements).map_or(Over::Nothing, Over::Learned)
}

/// The criteria of the requirement whose heading is `index`, and the highest number written beyond them. `over` is
/// what the document writes over criteria.
fn criteria(
    reading: &Reading<'_>,
    index: SectionIndex,
    requirement: &str,
    over: &Over,
) -> (Vec<Found>, u32) {
    let own = blocks(reading, index);
    let mut wanted = labelled(reading, own, index, is_acceptance);
    let mut some_label = wanted.contains(&true);
    let listed = |block: &Block| is_listed(block) && block.ordered;
    if !some_label {
        let ordered = own
            .iter()
            .any(|block| listed(block) && block.section == Some(index));
        for (block, wanted) in own.iter().zip(&mut wanted) {
            *wanted = block.section == Some(index) && (block.ordered || !ordered);
        }
        let elsewhere = match over {
            Over::Learned(label) => {
                labelled(reading, own, index, |said| counted::plain(said) == *label)
            }
            _ => Vec::new(),
        };
        if !ordered && elsewhere.contains(&true) {
            wanted = elsewhere;
            some_label = true;
        } else if !ordered {
            // The first list below, whatever stands over it; the only one where others have a name we know.
            let first = own.iter().find(|block| listed(block));
            let first = |block: &Block| {
                listed(block) && Some(block.section) == first.map(|first| first.section)
            };
            let only = own.iter().all(|block| first(block) || !listed(block));
            for (block, wanted) in own.iter().zip(&mut wanted) {
                *wanted |= first(block) && (only || !matches!(over, Over::Known));
            }
        }
    }
    let mut found = Vec::new();
    let mut last = 0;
    for (at, block) in own.iter().enumerate() {
        if block.quoted || !wanted[at] {
            continue;
        }
        let before = found.len();
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
        if found.len() > before {
            last = at + 1;
        }
    }
    let rest = own[last..].iter().filter(|block| listed(block));
    let beyond = go_on(reading, rest, requirement, &mut found);
    (found, beyond)
}

/// Takes items behind the last criterion whose numbers go on with those of the criteria, whatever stands between.
/// Gives the highest number of a list that neither goes on nor begins with 1.
fn go_on<'a>(
    reading: &Reading<'_>,
    rest: impl Iterator<Item = &'a Block>,
    requirement: &str,
    found: &mut Vec<Found>,
) -> u32 {
    let mut beyond = 0;
    // The next number of a list of its own.
    let mut other = None;
    for block in rest {
        let each = item(reading, block, requirement);
        let Some(Written::Listed(number)) = each.written else {
            continue;
        };
        if number == 1 || other == Some(number) {
            other = Some(number + 1);
            continue;
        }
        other = None;
        let goes_on = found.last().is_some_and(|last| {
            number as usize == found.len() + 1
                && matches!(last.written, Some(Written::Listed(last)) if last + 1 == number)
        });
        if goes_on {
            found.push(each);
        } else if !found.is_empty() {
            beyond = beyond.max(number);
        }
    }
    beyond
}

fn is_listed(block: &Block) -> bool {
    block.kind == BlockKind::Item && block.depth == 1 && !block.quoted
}

/// By block: whether it stands behind a heading or a label that says what is wanted.
fn labelled(
    reading: &Reading<'_>,
    own: &[Block],
    requirement: SectionIndex,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<bool> {
    let mut section = Some(requirement);
    let mut open = false;
    own.iter()
        .map(|block| {
            if block.section != section {
                section = block.section;
                let title = section.map_or("", |at| &reading.sections[at as usize].title);
                open = is_wanted(title);
            }
            open |= label_of(reading, block).is_some_and(&is_wanted);
            open
        })
        .collect()
}

/// The line of a paragraph that names what follows: `**Acceptance Criteria**`, `Criteria:`.
fn label_of<'a>(reading: &Reading<'a>, block: &Block) -> Option<&'a str> {
    if block.kind != BlockKind::Paragraph || block.depth != 0 {
        return None;
    }
    let end = line_end(reading.text, block.range.start).min(block.range.end);
    let line = reading.text[block.range.start..end].trim();
    let label = line.starts_with(['*', '_']) || line.ends_with([':', '：']);
    (label && line.len() < 120).then_some(line)
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

/// The highest number that any reading gives, if written numbers say otherwise than places do, or lead beyond them.
fn dispute(found: &[Found], beyond: u32) -> Option<u32> {
    let lazy = found.len() > 1
        && found
            .iter()
            .all(|each| matches!(each.written, Some(Written::Listed(1)) | None));
    let mut disputed = beyond > 0;
    let mut highest = beyond.max(found.len() as u32);
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
