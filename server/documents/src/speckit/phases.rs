//! Phases of a task list.

use super::{Reading, heads, sections, stories, words};
use crate::model::{Item, ItemIndex, ItemKind, Story};
use grammar::IdKind;
use smol_str::SmolStr;
use std::ops::Range;
use text::TextSize;

/// Reads phase headings; a story's own heading outside a phase is a phase without an id.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    for (index, section) in (0_u32..).zip(&reading.sections) {
        let around = section
            .parent
            .and_then(|parent| reading.phases[parent as usize]);
        if reading.explaining[index as usize] {
            reading.phases[index as usize] = around;
            continue;
        }
        let written: Range<usize> = section.title_range.into();
        let start = sections::words_start(text, written.clone());
        let own = match number(text, start, written.end) {
            Some(found) => Some(found),
            None if around.is_none() => {
                stories::name(text, start, written.end).map(|_| (start..start, start))
            }
            None => None,
        };
        let Some((id, behind)) = own else {
            reading.phases[index as usize] = around;
            continue;
        };
        let title = if id.is_empty() {
            start
        } else {
            heads::words(text, behind, written.end)
        };
        let end = sections::title_end(text, title, written.end);
        let range = reading.section_range(index);
        reading.phases[index as usize] = Some(reading.items.len() as ItemIndex);
        reading.items.push(Item {
            kind: ItemKind::Phase,
            id: ascii(&text[id.clone()]),
            id_range: text::span(id.start, id.end),
            title_range: text::span(title, end),
            range: text::span(range.start, range.end),
            section: Some(index),
            parent: None,
            in_table: false,
            task: None,
            story: story(text, title..written.end),
        });
    }
}

/// The phase's number and where its name ends: `Phase 3.2`, `フェーズ3`, `第3阶段`, `3단계`.
fn number(text: &str, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let written = &text[start..end];
    if let Some(len) = words::prefix(written, &words::PHASE) {
        let at = heads::blanks(text, start + len, end);
        let len = digits(&text[at..end]).or_else(|| {
            // `Phase N`, `Phase A`, `Phase B.1`, `Phase II`
            let rest = &text[at..end];
            let len = rest.bytes().take_while(u8::is_ascii_uppercase).count();
            let letter = len == 1 || len > 1 && rest[..len].bytes().all(|b| b"IVX".contains(&b));
            let behind = rest[len..].strip_prefix(['.', '-']).unwrap_or(&rest[len..]);
            let more = digits(behind).map_or(0, |more| rest.len() - behind.len() + more - len);
            (letter && at > start + "phase".len()).then_some(len + more)
        })?;
        let behind = at + len;
        return (!text[behind..end].starts_with(|c: char| c.is_ascii_alphanumeric()))
            .then_some((at..behind, behind));
    }
    let at = end - written.trim_start_matches(['第', '제']).len();
    let len = digits(&text[at..end]).or_else(|| {
        text[at..end]
            .chars()
            .next()
            .filter(|c| "一二三四五六七八九十".contains(*c))
            .map(char::len_utf8)
    })?;
    let word = heads::blanks(text, at + len, end);
    let behind = words::prefix(&text[word..end], &words::PHASE_BEHIND)?;
    Some((at..at + len, word + behind))
}

/// Length of `3`, `3.2`, `2b`, `３` at the start of `rest`.
fn digits(rest: &str) -> Option<usize> {
    let mut len = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let inner = c == '.' && len > 0 && chars.peek().is_some_and(char::is_ascii_digit);
        let suffix = len > 0
            && c.is_ascii_lowercase()
            && !chars.peek().is_some_and(|next| next.is_alphanumeric());
        if !(c.is_ascii_digit() || ('０'..='９').contains(&c) || inner || suffix) {
            break;
        }
        len += c.len_utf8();
    }
    (len > 0).then_some(len)
}

/// Full-width digits as ASCII.
fn ascii(id: &str) -> SmolStr {
    id.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The one story a phase's title names. A phase for several has none.
fn story(text: &str, title: Range<usize>) -> Option<Story> {
    let id = if let Some(name) = stories::name(text, title.start, title.end) {
        if heads::continues(text, name.range.end, title.end) {
            return None;
        }
        name.id
    } else {
        let mut mentions = Vec::new();
        grammar::mentions(&text[title.clone()], TextSize::new(0), &mut mentions);
        mentions.retain(|mention| mention.kind == IdKind::Story);
        let [only] = mentions.as_slice() else {
            return None;
        };
        only.key.clone()
    };
    Some(Story {
        id,
        priority: stories::priority(text, title),
    })
}
