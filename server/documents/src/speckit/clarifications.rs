//! Open questions: `[NEEDS CLARIFICATION: ...]`.

use super::Reading;
use crate::model::{Clarification, DocumentKind};
use memchr::memmem;
use std::ops::Range;
use text::TextSize;

const MARK: &[u8] = b"NEEDS CLARIFICATION";

/// Longest question looked for, in bytes.
const REACH: usize = 4096;

/// Reads the markers. Prose about markers (`No [NEEDS CLARIFICATION] markers remain`) is none.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Clarification> {
    let text = reading.text;
    let mut found = Vec::new();
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), MARK) {
        if at < done || reading.hidden(at) {
            continue;
        }
        let Some(open) = text[..at]
            .trim_end_matches([' ', '\\'])
            .chars()
            .next_back()
            .filter(|c| matches!(c, '[' | '［'))
        else {
            found.extend(value(reading, at));
            continue;
        };
        let start = text[..at].rfind(open).unwrap_or(at);
        let mut markers = Vec::new();
        grammar::clarifications(
            paragraph(text, start),
            TextSize::new(start as u32),
            &mut markers,
        );
        let Some(marker) = markers.into_iter().next().filter(|marker| marker.closed) else {
            continue;
        };
        let range: Range<usize> = marker.range.into();
        done = range.end;
        let question = match marker.question {
            Some(question) => question,
            None if is_spoken_of(reading, &range) => continue,
            None => text::span(range.end - 1, range.end - 1),
        };
        found.push(Clarification {
            range: marker.range,
            question,
        });
    }
    found
}

/// The text from `start` to the end of its paragraph.
fn paragraph(text: &str, start: usize) -> &str {
    let mut end = (start + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &text[start..end];
    let stop = ["\n\n", "\r\n\r\n", "\r\r", "\n- ", "\n* "]
        .iter()
        .filter_map(|gap| rest.find(gap))
        .min();
    &rest[..stop.unwrap_or(rest.len())]
}

/// A bare marker that a sentence or a checklist is about.
fn is_spoken_of(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let text = reading.text;
    if reading.kind == DocumentKind::Checklist {
        return true;
    }
    let line = text[..range.start]
        .rfind(['\n', '\r'])
        .map_or(0, |found| found + 1);
    let before = text[line..range.start].trim_end_matches(['*', '_', ' ']);
    let quoted =
        before.trim_start().starts_with('>') || before.ends_with(['"', '“', '「', '\'', '`', '‘']);
    let item = before.trim_start().trim_start_matches(['-', '*', '+', ' ']);
    let checked = item.starts_with("[ ]") || item.starts_with("[x]") || item.starts_with("[X]");
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or("");
    let counted = matches!(
        word.to_lowercase().as_str(),
        "no" | "any"
            | "all"
            | "zero"
            | "remaining"
            | "the"
            | "a"
            | "these"
            | "each"
            | "every"
            | "without"
            | "of"
            | "with"
            | "as"
            | "for"
            | "keine"
            | "ningún"
            | "nenhum"
            | "aucun"
    ) || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty();
    let behind = text[range.end..].trim_start_matches(['*', '_', ' ', '`', ')']);
    quoted
        || checked
        || counted
        || [
            "marker",
            "tag",
            "item",
            "remain",
            "マーカー",
            "标记",
            "標記",
            "が",
            "は",
            "を",
            "の",
            "마커",
        ]
        .iter()
        .any(|word| behind.starts_with(word))
}

/// A plan's `**Storage**: NEEDS CLARIFICATION`: the value itself is the marker.
fn value(reading: &Reading<'_>, at: usize) -> Option<Clarification> {
    let meta = reading
        .metas
        .iter()
        .find(|meta| usize::from(meta.value_range.start()) == at)?;
    let value: Range<usize> = meta.value_range.into();
    let behind = reading.text[at + MARK.len()..value.end]
        .trim_start_matches([':', '：', ' ', '-', '–', '—']);
    Some(Clarification {
        range: meta.value_range,
        question: text::span(value.end - behind.len(), value.end),
    })
}
