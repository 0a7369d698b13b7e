//! Open questions: `[NEEDS CLARIFICATION: ...]`.

use super::Reading;
use crate::model::{Clarification, DocumentKind};
use memchr::memmem;
use std::ops::Range;

/// Longest question, and longest way back to what is said before a marker, in characters.
const REACH: usize = 2000;

const WORD: &[u8] = b"CLARIFICATION";

/// Reads the markers. Prose about markers (`No [NEEDS CLARIFICATION] markers remain`) is none.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Clarification> {
    let text = reading.joined.as_ref();
    let mut found: Vec<Clarification> = Vec::new();
    for word in memmem::find_iter(text.as_bytes(), WORD) {
        if reading.hidden(word)
            || found
                .last()
                .is_some_and(|last| word < usize::from(last.range.end()))
        {
            continue;
        }
        let Some(before) = text[..word].trim_end_matches(' ').strip_suffix("NEEDS") else {
            continue;
        };
        let behind = word + WORD.len();
        let open = before.trim_end_matches(' ');
        if !open.ends_with(['[', '［']) {
            found.extend(value(reading, before.len(), behind));
            continue;
        }
        let Some(close) = close(text, behind) else {
            continue;
        };
        let start = open.len() - open.chars().next_back().map_or(0, char::len_utf8);
        let end = close + text[close..].chars().next().map_or(0, char::len_utf8);
        let lead =
            text[behind..close].trim_start_matches([':', '：', ' ', '\u{3000}', '-', '–', '—']);
        let question = close - lead.len();
        if lead.trim().is_empty() && is_spoken_of(reading, &(start..end)) {
            continue;
        }
        let escaped = usize::from(text[..start].ends_with('\\'));
        found.push(Clarification {
            range: text::span(start - escaped, end),
            question: text::span(
                question,
                question + lead.trim_end_matches([' ', '\\']).len(),
            ),
        });
    }
    found
}

/// The bracket that closes a marker, in the same paragraph.
fn close(text: &str, behind: usize) -> Option<usize> {
    let mut depth = 1_u32;
    for (at, c) in text[behind..].char_indices().take(REACH) {
        match c {
            '[' | '［' => depth += 1,
            ']' | '］' => depth -= 1,
            '\n' | '\r' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(behind + at);
        }
    }
    None
}

/// A bare marker that a sentence or a checklist is about.
fn is_spoken_of(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let text = reading.joined.as_ref();
    if reading.kind == DocumentKind::Checklist {
        return true;
    }
    let line = text[..range.start]
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|(_, c)| !matches!(c, '\n' | '\r'))
        .last()
        .map_or(range.start, |(at, _)| at);
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
fn value(reading: &Reading<'_>, start: usize, behind: usize) -> Option<Clarification> {
    let meta = reading
        .metas
        .iter()
        .find(|meta| usize::from(meta.value_range.start()) == start)?;
    let value: Range<usize> = meta.value_range.into();
    let question = reading
        .text
        .get(behind..value.end)?
        .trim_start_matches([':', '：', ' ', '-', '–', '—']);
    Some(Clarification {
        range: meta.value_range,
        question: text::span(value.end - question.len(), value.end),
    })
}
