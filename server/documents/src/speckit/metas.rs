//! `**Key**: value` lines of a document's head and of the technical context.

use super::blocks::{BlockKind, line_end, next_line};
use super::{Reading, sections, words};
use crate::model::Meta;
use smol_str::SmolStr;
use std::ops::Range;

/// Reads the metas.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Meta> {
    let technical: Vec<bool> = reading
        .sections
        .iter()
        .map(|section| words::any(&section.title, &words::TECHNICAL))
        .collect();
    let mut metas = Vec::new();
    let mut head = true;
    for block in &reading.blocks.list {
        if let BlockKind::Heading(level) = block.kind {
            head &= level < 2;
            continue;
        }
        if matches!(block.kind, BlockKind::Head | BlockKind::Row) || block.quoted {
            continue;
        }
        if head || block.section.is_some_and(|index| technical[index as usize]) {
            paragraph(reading.text, &block.range, &mut metas);
        }
    }
    // A loose list item holds a paragraph: both are blocks.
    metas.dedup_by_key(|meta| meta.key_range);
    metas
}

/// The metas of one paragraph or item: one per line, or several on one.
pub(super) fn paragraph(text: &str, block: &Range<usize>, metas: &mut Vec<Meta>) {
    let mut open: Option<(Range<usize>, usize)> = None;
    let mut at = block.start;
    while at < block.end {
        let end = line_end(text, at).min(block.end);
        let mut part = at;
        while part < end {
            let next = next_key(text, part, end);
            if let Some((key, value)) = key(text, part..next) {
                close(text, open.replace((key, value)), part, metas);
            }
            part = next;
        }
        at = next_line(text, end);
    }
    close(text, open, block.end, metas);
}

/// Where the next key of the same line begins: behind ` | `, or where a formatter joined two lines.
fn next_key(text: &str, at: usize, end: usize) -> usize {
    let mut from = at;
    while let Some(found) = text[from..end].find(" **") {
        let start = from + found + 1;
        from = start + 2;
        if key(text, start..end).is_some() {
            return start;
        }
    }
    end
}

/// A value ends where the next key's line or part begins.
fn close(text: &str, open: Option<(Range<usize>, usize)>, end: usize, metas: &mut Vec<Meta>) {
    let Some((key, value)) = open else {
        return;
    };
    let written =
        text[value..end].trim_end_matches([' ', '\t', '\n', '\r', '|', '\\', '>', '-', '*', '+']);
    let mut range = sections::trim(text, value..value + written.len());
    if range.is_empty() {
        range = value..value;
    }
    metas.push(Meta {
        key: SmolStr::new(&text[key.clone()]),
        key_range: text::span(key.start, key.end),
        value_range: text::span(range.start, range.end),
    });
}

/// The key that a line begins with, and where its value begins.
fn key(text: &str, line: Range<usize>) -> Option<(Range<usize>, usize)> {
    let written = &text[line.clone()];
    let rest = written.trim_start_matches([' ', '\t', '-', '+']);
    let mark = ["**", "__"]
        .into_iter()
        .find(|mark| rest.starts_with(mark))?;
    let inner = line.end - rest.len() + 2;
    let close = inner + text[inner..line.end].find(mark)?;
    let label = text[inner..close].trim_end();
    let bare = label.trim_end_matches([':', '：']);
    let behind = close + 2;
    let value = if bare.len() < label.len() {
        behind
    } else {
        let rest = text[behind..line.end].trim_start();
        let colon = rest.chars().next().filter(|c| matches!(c, ':' | '：'))?;
        line.end - rest.len() + colon.len_utf8()
    };
    let key = sections::trim(text, inner..inner + bare.len());
    (!key.is_empty()).then_some((key, value))
}
