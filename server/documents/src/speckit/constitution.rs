//! Principles and version line of a constitution (speckit-format section 1.5).

use super::blocks::{BlockKind, line_end};
use super::words::{self, Words};
use super::{Reading, cells, heads, metas, principles, sections};
use crate::model::{Item, ItemIndex, ItemKind, Meta, Principle, Version};
use smol_str::SmolStr;
use std::ops::Range;
use text::TextRange;

/// Parts of the title of the section of principles.
static PRINCIPLES: Words = Words::new(&[
    "principles",
    "原則",
    "原则",
    "원칙",
    "principios",
    "princípios",
    "prinzipien",
    "grundsätze",
    "principes",
]);

/// Remarks that a principle is not up for discussion.
static FIRM: Words = Words::new(&[
    "non-negotiable",
    "non negotiable",
    "nonnegotiable",
    "交渉不可",
    "妥協不可",
    "譲歩不可",
    "绝对",
    "不可协商",
    "不可妥协",
    "不可協商",
    "不可妥協",
    "不可谈判",
    "타협 불가",
    "협상 불가",
    "no negociable",
    "innegociable",
    "inegociável",
    "não negociável",
    "nicht verhandelbar",
    "unverhandelbar",
    "non négociable",
    "non-négociable",
]);

static VERSION: Words = Words::new(&["version", "バージョン", "版本", "버전", "versión", "versão"]);

static RATIFIED: Words = Words::new(&[
    "ratified",
    "批准",
    "制定",
    "비준",
    "제정",
    "ratificad",
    "ratifiziert",
    "verabschiedet",
    "ratifié",
]);

static AMENDED: Words = Words::new(&[
    "last amended",
    "amended",
    "last updated",
    "最終改訂",
    "最終更新",
    "最終改正",
    "改訂",
    "最后修订",
    "最近修订",
    "修订",
    "修訂",
    "최종 개정",
    "최종 수정",
    "última enmienda",
    "última modificación",
    "última emenda",
    "última alteração",
    "zuletzt geändert",
    "letzte änderung",
    "dernière modification",
    "dernier amendement",
]);

/// Reads the principles; gives what only they have.
pub(super) fn principles(reading: &mut Reading<'_>) -> Vec<Principle> {
    let text = reading.text;
    let mut found: Vec<(Item, Principle)> = Vec::new();
    let mut with_headings = vec![false; reading.sections.len()];
    for (index, section) in (0_u32..).zip(&reading.sections) {
        let listing = section
            .parent
            .is_some_and(|parent| lists_principles(reading, parent));
        let written: Range<usize> = section.title_range.into();
        let name = principles::name(text, &written);
        // `## I. Library-First` is one wherever it stands; `### 1. Setup` only among principles.
        if section.level < 2 || !(listing || name.sure) {
            continue;
        }
        if let Some(parent) = section.parent {
            with_headings[parent as usize] = true;
        }
        if name.range.is_empty() || is_template(&text[name.range.clone()]) {
            continue;
        }
        let end = cells::bare(text, &written).end;
        let range = reading.section_range(index);
        found.push(principle(text, &name, end, range, Some(index)));
    }
    for block in &reading.blocks.list {
        let (BlockKind::Item, 1, false, Some(section)) =
            (block.kind, block.depth, block.quoted, block.section)
        else {
            continue;
        };
        if with_headings[section as usize] || !lists_principles(reading, section) {
            continue;
        }
        let head = heads::item(text, &block.range);
        let Some(bold) = bold(text, head.content, head.end) else {
            continue;
        };
        let mut name = principles::name(text, &bold);
        if block.ordered && name.number.is_none() {
            let marker = text[head.marker.clone()].trim_end_matches(['.', ')']);
            name.number = marker.parse().ok();
            name.number_range = head.marker.start..head.marker.start + marker.len();
        }
        if name.range.is_empty() || is_template(&text[name.range.clone()]) {
            continue;
        }
        found.push(principle(
            text,
            &name,
            bold.end,
            head.start..block.range.end,
            Some(section),
        ));
    }
    let first = reading.items.len() as ItemIndex;
    let mut principles = Vec::with_capacity(found.len());
    for (at, (item, mut principle)) in (first..).zip(found) {
        principle.item = at;
        reading.items.push(item);
        principles.push(principle);
    }
    principles
}

fn lists_principles(reading: &Reading<'_>, section: u32) -> bool {
    let section = &reading.sections[section as usize];
    section.level > 1 && words::any(&section.title, &PRINCIPLES)
}

/// `[PRINCIPLE_1_NAME]`
fn is_template(name: &str) -> bool {
    name.trim_start_matches('\\').starts_with('[') && name.ends_with(']')
}

/// The bold text that a list item begins with.
fn bold(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let rest = &text[start..end];
    let mark = ["**", "__"]
        .into_iter()
        .find(|mark| rest.starts_with(mark))?;
    let close = rest[2..].find(mark)?;
    let inner = sections::trim(text, start + 2..start + 2 + close);
    let bare = text[inner.clone()].trim_end_matches([':', '：', '.']).len();
    (bare > 0).then_some(inner.start..inner.start + bare)
}

fn principle(
    text: &str,
    name: &principles::Name,
    end: usize,
    range: Range<usize>,
    section: Option<u32>,
) -> (Item, Principle) {
    let words = name.text(text);
    let (id, id_range, title) = if name.number.is_some() {
        let written = &text[name.number_range.clone()];
        (
            SmolStr::new(written),
            name.number_range.clone(),
            name.range.clone(),
        )
    } else {
        (
            words.clone(),
            name.range.clone(),
            name.range.end..name.range.end,
        )
    };
    let item = Item {
        kind: ItemKind::Principle,
        id,
        id_range: text::span(id_range.start, id_range.end),
        title_range: text::span(title.start, title.end),
        range: text::span(range.start, range.end),
        section,
        parent: None,
        in_table: false,
        task: None,
        story: None,
    };
    let principle = Principle {
        item: 0,
        number: name.number,
        name: words,
        non_negotiable: firm(text, name.range.end, end),
    };
    (item, principle)
}

/// `(NON-NEGOTIABLE)` behind a name.
fn firm(text: &str, at: usize, end: usize) -> Option<TextRange> {
    let rest = text.get(at..end)?;
    let open = rest.find(['(', '（', '['])?;
    let close = rest.rfind([')', '）', ']'])?;
    let inner = rest.get(open..close)?;
    let len = rest[close..].chars().next().map_or(0, char::len_utf8);
    words::any(inner, &FIRM).then(|| text::span(at + open, at + close + len))
}

/// Reads the last version line.
pub(super) fn version(reading: &Reading<'_>) -> Option<Version> {
    let text = reading.text;
    let blocks = reading.blocks.list.iter().rev();
    let paragraphs = blocks.filter(|block| {
        !block.quoted && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
    });
    for block in paragraphs {
        let line = line_end(text, block.range.start);
        if !text[block.range.start..line.min(block.range.end)].contains(['*', '_']) {
            continue;
        }
        let mut found = Vec::new();
        metas::paragraph(text, &block.range, &mut found);
        let of = |words: &Words| {
            found
                .iter()
                .find(|meta: &&Meta| words::prefix(&meta.key, words).is_some())
        };
        if let Some(version) = of(&VERSION) {
            return Some(Version {
                version: version.clone(),
                ratified: of(&RATIFIED).cloned(),
                amended: of(&AMENDED).cloned(),
            });
        }
    }
    None
}
