//! Requirements and success criteria of a spec: where an id is defined, and where it is only named.
//!
//! A definition is a list item, a heading, a table row or a labelled line that begins with its id. The same
//! shape is used to speak *about* an id (`- **FR-003**: reworded` below Clarifications, a summary of phases).
//! So a shape is *weak* where it is less than a list item with a bold id, or where its section speaks about
//! ids (clarifications, changes, traceability, tests ...); a weak one defines only what nothing else defines.

use super::blocks::{Block, BlockKind, line_end, next_line};
use super::{Reading, heads, sections, words};
use crate::model::{Item, ItemIndex, ItemKind};
use grammar::{IdKind, LeadingId};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::ops::Range;
use text::TextSize;

/// Something that has the shape of a definition.
struct Candidate {
    id: LeadingId,
    item: Item,
    weak: bool,
}

/// What is known of a section, asked once.
#[derive(Clone, Copy, Default)]
pub(super) struct Nature {
    /// It or a section around it defines requirements or criteria.
    defining: bool,
    /// It or a section around it speaks about ids.
    referring: bool,
    /// It or a section around it lists what the feature builds on.
    depending: bool,
}

/// The nature of every section.
pub(super) fn natures(reading: &Reading<'_>) -> Vec<Nature> {
    let mut natures: Vec<Nature> = Vec::with_capacity(reading.sections.len());
    for section in &reading.sections {
        let title = &section.title;
        let around = section
            .parent
            .map_or(Nature::default(), |parent| natures[parent as usize]);
        let defining = words::any(title, &words::REQUIREMENTS);
        // `### Testing Requirements` defines; `## Clarifications > ### Requirements` does not.
        let referring = !defining && section.level > 1 && words::any(title, &words::REFERRING);
        // `## Requirements > ### Task dependencies` defines.
        let depending = !defining
            && section.level > 1
            && (referring || !around.defining)
            && words::any(title, &words::DEPENDENCIES);
        natures.push(Nature {
            defining: (defining || around.defining) && !referring,
            referring: referring || around.referring,
            depending: around.depending || depending,
        });
    }
    natures
}

/// Reads all definitions of the document.
pub(super) fn read(reading: &mut Reading<'_>) {
    let natures = natures(reading);
    let mut found = Vec::new();
    for block in &reading.blocks.list {
        if block.quoted {
            continue;
        }
        let nature = block
            .section
            .map_or(Nature::default(), |index| natures[index as usize]);
        match block.kind {
            BlockKind::Item => found.extend(bullet(reading, block, nature)),
            BlockKind::Heading(_) => found.extend(heading(reading, block, nature)),
            BlockKind::Row if nature.defining => found.extend(row(reading, block)),
            BlockKind::Paragraph if nature.defining && block.depth == 0 => {
                lines(reading, block, &mut found);
            }
            _ => {}
        }
    }
    settle(&mut found);
    reading
        .items
        .extend(found.into_iter().map(|each| each.item));
}

/// Drops the weak where something stronger or earlier defines, and prefixes nobody counts with (`UTF-8`).
fn settle(found: &mut Vec<Candidate>) {
    let mut strong: FxHashMap<SmolStr, bool> = FxHashMap::default();
    let mut counted: FxHashMap<SmolStr, (u32, bool)> = FxHashMap::default();
    for each in &*found {
        *strong.entry(each.id.key.clone()).or_default() |= !each.weak;
        let (prefix, number) = split(&each.id.key);
        let (count, from_one) = counted.entry(prefix.into()).or_default();
        *count += 1;
        *from_one |= number.starts_with('0') || number == "1";
    }
    let mut weak: FxHashSet<SmolStr> = FxHashSet::default();
    found.retain(|each| {
        let (prefix, number) = split(&each.id.key);
        let padded = number.len() > 1 && number.starts_with('0');
        let counts = each.id.standard
            || padded
            || counted
                .get(prefix)
                .is_some_and(|&(count, from_one)| count > 1 && from_one);
        counts && (!each.weak || (!strong[&each.id.key] && weak.insert(each.id.key.clone())))
    });
}

/// `FR-A` and `001` of `FR-A001b`.
fn split(key: &str) -> (&str, &str) {
    let start = key.find(|c: char| c.is_ascii_digit()).unwrap_or(key.len());
    let digits = key[start..].bytes().take_while(u8::is_ascii_digit).count();
    (&key[..start], &key[start..start + digits])
}

/// The id that `range` begins with, if it can be a requirement's or a criterion's.
fn id(text: &str, range: Range<usize>) -> Option<LeadingId> {
    id_or(text, range, |_| false)
}

/// The same, of other ids that are `known` to be requirements' too.
fn id_or(text: &str, range: Range<usize>, known: impl Fn(&LeadingId) -> bool) -> Option<LeadingId> {
    let id = grammar::leading_id(&text[range.clone()], TextSize::new(range.start as u32))?;
    let numbered = |digits: usize| split(&id.key).1.len() >= digits;
    let fits = match id.kind {
        IdKind::Requirement | IdKind::Success => true,
        // `R001` counts, `D4` and `Q1` name something else.
        IdKind::Other => numbered(3) || known(&id),
        IdKind::Acceptance => id.key.contains('-'),
        IdKind::Story
        | IdKind::Task
        | IdKind::Checklist
        | IdKind::Criterion
        | IdKind::Property
        | IdKind::Step => false,
    };
    let opening = &text[range.start..usize::from(id.range.start())];
    let plain = opening
        .chars()
        .all(|c| matches!(c, '*' | '_' | '`' | '~') || c.is_whitespace());
    (fits && plain && !heads::continues(text, id.range.end().into(), range.end)).then_some(id)
}

fn bold(text: &str, from: usize, id: &LeadingId) -> bool {
    let opening = &text[from..usize::from(id.range.start())];
    opening.contains("**") || opening.contains("__")
}

fn bullet(reading: &Reading<'_>, block: &Block, nature: Nature) -> Option<Candidate> {
    let text = reading.text;
    let head = heads::item(text, &block.range);
    // `**F1** Parse the file`, where requirements are listed.
    let short =
        |id: &LeadingId| nature.defining && bold(text, head.content, id) && split(&id.key).0 == "F";
    let id = id_or(text, head.content..head.end, short)?;
    if nature.depending && !id.standard && !is_of_section(reading, block, &id) {
        return None;
    }
    let bold = bold(text, head.content, &id);
    if !bold {
        // `- FR-001: text` states; `- FR-001 (button wiring)` lists.
        let behind = heads::blanks(
            text,
            heads::marks(text, id.range.end().into(), head.end),
            head.end,
        );
        if !id.standard || !nature.defining || heads::separator(&text[behind..head.end]).is_none() {
            return None;
        }
    }
    let title = heads::words(text, id.range.end().into(), head.end)..head.end;
    Some(candidate(
        reading,
        block,
        id,
        title,
        head.start..block.range.end,
        !bold || nature.referring,
    ))
}

/// Whether an id in a list of dependencies is a dependency's own, and not that of the feature it comes from: `D-001`,
/// `DEP-001`, `ASM-001`; not `AUTH-01`. Its letters stand in a word of the title.
fn is_of_section(reading: &Reading<'_>, block: &Block, id: &LeadingId) -> bool {
    let letters = split(&id.key).0.trim_end_matches('-').to_lowercase();
    let title = block.section.map_or("", |section| {
        reading.sections[section as usize].title.as_str()
    });
    let title = title.to_lowercase();
    let mut words = title
        .split(|c: char| !c.is_alphabetic())
        .chain(["dependencies", "assumptions"]);
    words.any(|word| {
        let mut rest = word.chars();
        rest.clone().next() == letters.chars().next()
            && letters.chars().all(|wanted| rest.any(|c| c == wanted))
    })
}

fn heading(reading: &Reading<'_>, block: &Block, nature: Nature) -> Option<Candidate> {
    let text = reading.text;
    let section = &reading.sections[block.section? as usize];
    let written: Range<usize> = section.title_range.into();
    let start = sections::words_start(text, written.clone());
    let id = id(text, start..written.end)?;
    let behind = heads::blanks(
        text,
        heads::marks(text, id.range.end().into(), written.end),
        written.end,
    );
    if heads::separator(&text[behind..written.end]).is_none() && !(id.standard && nature.defining) {
        return None;
    }
    let title = heads::words(text, id.range.end().into(), written.end)..written.end;
    let range = reading.section_range(block.section?);
    Some(candidate(
        reading,
        block,
        id,
        title,
        range,
        nature.referring,
    ))
}

fn row(reading: &Reading<'_>, block: &Block) -> Option<Candidate> {
    let text = reading.text;
    let row = block.range.clone();
    let start = row.end - text[row.clone()].trim_start_matches(['|', ' ', '\t']).len();
    let id = id(text, start..row.end)?;
    let behind = heads::blanks(
        text,
        heads::marks(text, id.range.end().into(), row.end),
        row.end,
    );
    if !text[behind..row.end].starts_with('|') {
        return None;
    }
    let title = heads::blanks(text, behind + 1, row.end);
    let cell = (title..row.end)
        .find(|&at| text.as_bytes()[at] == b'|' && text.as_bytes()[at - 1] != b'\\')
        .unwrap_or(row.end);
    let title = title..title + text[title..cell].trim_end().len();
    let mut candidate = candidate(reading, block, id, title, row, false);
    candidate.item.in_table = true;
    Some(candidate)
}

/// `**SC1: Zero mock data**`, one or several lines of a paragraph.
fn lines(reading: &Reading<'_>, block: &Block, found: &mut Vec<Candidate>) {
    let text = reading.text;
    let mut at = block.range.start;
    while at < block.range.end {
        let end = line_end(text, at).min(block.range.end);
        let line = at..at + text[at..end].trim_end().len();
        if let Some(id) = id(text, line.clone())
            && bold(text, line.start, &id)
            && heads::separator(
                &text[heads::marks(text, id.range.end().into(), line.end)..line.end],
            )
            .is_some()
        {
            let title = heads::words(text, id.range.end().into(), line.end)..line.end;
            found.push(candidate(reading, block, id, title, line, true));
        }
        at = next_line(text, end);
    }
}

fn candidate(
    reading: &Reading<'_>,
    block: &Block,
    id: LeadingId,
    title: Range<usize>,
    range: Range<usize>,
    weak: bool,
) -> Candidate {
    let kind = if id.kind == IdKind::Success {
        ItemKind::SuccessCriterion
    } else {
        ItemKind::Requirement
    };
    let item = Item {
        kind,
        id: id.key.clone(),
        id_range: id.range,
        title_range: text::span(title.start, title.end),
        range: text::span(range.start, range.end),
        section: block.section,
        parent: block.section.and_then(|index| story_around(reading, index)),
        in_table: false,
        task: None,
        story: None,
    };
    Candidate { id, item, weak }
}

/// The story whose section is `index` or around it.
fn story_around(reading: &Reading<'_>, index: u32) -> Option<ItemIndex> {
    let mut next = Some(index);
    while let Some(index) = next {
        if let Some(&story) = reading.stories.get(&index) {
            return Some(story);
        }
        next = reading.sections[index as usize].parent;
    }
    None
}
