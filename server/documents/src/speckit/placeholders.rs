//! Template text that was left in place.
//!
//! Only the wording of Spec Kit's own templates of both generations counts, and where that wording is a
//! common word (`[action]`, `[link]`), only in the template's own place. People's bracketed prose,
//! links, labels and code are never placeholders.

use super::Reading;
use super::blocks::{BlockKind, line_end};
use crate::model::{DocumentKind, ItemKind, Placeholder, PlaceholderKind};
use memchr::{memchr_iter, memmem};
use std::borrow::Cow;
use std::ops::Range;

/// Bracket texts that mean nothing else, wherever they stand.
const EXACT: &[&str] = &[
    "FEATURE NAME",
    "###-feature-name",
    "###-feature",
    "Brief Title",
    "Describe this user journey in plain language",
    "Describe the main user journey in plain language",
    "Explain the value and why it has this priority level",
    "boundary condition",
    "error scenario",
    "How to verify this story works on its own",
    "Brief description of what this story delivers",
    "Gates determined based on constitution file",
    "CHECKLIST TYPE",
    "Link to spec.md or relevant documentation",
    "Brief description of what this checklist covers",
    "current need",
    "specific problem",
    "why 3 projects insufficient",
    "why direct DB access insufficient",
];

/// What bracket texts of the templates begin with.
const BEGIN: &[&str] = &[
    "e.g., ",
    "Add more user stor",
    "Extract from feature spec:",
    "Describe how this can be tested independently",
    "What it represents, ",
    "specific capability, e.g.",
    "key interaction, e.g.",
    "data requirement, e.g.",
    "behavior, e.g.",
    "domain-specific, e.g.",
    "if applicable, e.g.",
    "Measurable metric, e.g.",
    "User satisfaction metric, e.g.",
    "Business metric, e.g.",
    "Assumption about target users",
    "Assumption about scope boundaries",
    "Assumption about data/environment",
    "Dependency on existing system/service",
    "Document the selected structure",
    "single/web/mobile - determines",
    "DEFAULT to Option 1",
];

/// Sentences of the comments that the templates ask to delete.
const COMMENTS: &[&str] = &[
    "ACTION REQUIRED",
    "IMPORTANT: User stories should be PRIORITIZED",
    "IMPORTANT: The tasks below are SAMPLE TASKS",
    "IMPORTANT: The checklist items below are SAMPLE ITEMS",
];

/// Other template sentences.
const SENTENCES: &[&str] = &["Example of marking unclear requirements:"];

/// Longest bracket text looked at, in bytes.
const REACH: usize = 400;

/// Reads the placeholders, ascending.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Placeholder> {
    let mut found = Vec::new();
    brackets(reading, &mut found);
    comments(reading, &mut found);
    words(reading, &mut found);
    found.sort_by_key(|placeholder| placeholder.range.start());
    found
}

fn push(found: &mut Vec<Placeholder>, kind: PlaceholderKind, range: &Range<usize>) {
    found.push(Placeholder {
        kind,
        range: text::span(range.start, range.end),
    });
}

fn brackets(reading: &Reading<'_>, found: &mut Vec<Placeholder>) {
    let text = reading.text;
    let mut done = 0;
    for open in memchr_iter(b'[', text.as_bytes()) {
        if open < done {
            continue;
        }
        let Some(range) = group(text, open) else {
            continue;
        };
        let inner = plain(&text[range.start + 1..range.end - 1]);
        if is_template(reading, &inner, &range) {
            let start = if text[..open].ends_with('\\') {
                open - 1
            } else {
                open
            };
            push(found, PlaceholderKind::Text, &(start..range.end));
            done = range.end;
        }
    }
}

/// The bracket that opens at `open`, brackets inside it included; nothing where it is a link.
fn group(text: &str, open: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut depth = 0_u32;
    let mut last = 0;
    for (at, &byte) in bytes.iter().enumerate().skip(open).take(REACH) {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            // A paragraph ends at a blank line.
            b'\n' if last == b'\n' => return None,
            _ => {}
        }
        if byte != b'\r' && byte != b' ' {
            last = byte;
        }
        if depth > 4 {
            return None;
        }
        if depth == 0 {
            let link = matches!(bytes.get(at + 1), Some(b'(' | b'[' | b':'))
                && !text[open..].starts_with("[###");
            return (!link).then_some(open..at + 1);
        }
    }
    None
}

/// The words of a bracket: line breaks as blanks, a formatter's backslashes left out.
fn plain(inner: &str) -> Cow<'_, str> {
    if !inner.contains(['\n', '\r', '\\']) {
        return Cow::Borrowed(inner);
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    Cow::Owned(words.join(" ").replace('\\', ""))
}

fn is_template(reading: &Reading<'_>, inner: &str, range: &Range<usize>) -> bool {
    let text = reading.text;
    if inner.starts_with("###-feature") && EXACT.contains(&inner) {
        // The templates write it in code spans.
        return !reading.hidden(range.start) || in_meta(reading, range.start);
    }
    let known = EXACT.contains(&inner) || BEGIN.iter().any(|begin| inner.starts_with(begin));
    let known = known
        || match inner {
            "initial state" | "action" | "expected outcome" => {
                text[..range.start].trim_end().ends_with(['*', '_'])
            }
            "Entity 1" | "Entity 2" => text[..range.start].ends_with(['*', '_']),
            "Entity1" | "Entity2" => reading.kind == DocumentKind::Tasks,
            "DATE" | "link" => in_meta(reading, range.start),
            "FEATURE" | "Title" | "Category 1" | "Category 2" => in_heading(reading, range.start),
            _ => reading.kind == DocumentKind::Constitution && is_token(inner),
        };
    known && !reading.hidden(range.start)
}

/// `PRINCIPLE_1_NAME`
fn is_token(inner: &str) -> bool {
    inner.contains('_')
        && inner
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

fn in_meta(reading: &Reading<'_>, at: usize) -> bool {
    reading
        .metas
        .iter()
        .any(|meta| Range::<usize>::from(meta.value_range).contains(&at))
}

fn in_heading(reading: &Reading<'_>, at: usize) -> bool {
    let behind = reading
        .sections
        .partition_point(|section| usize::from(section.heading.end()) <= at);
    reading
        .sections
        .get(behind)
        .is_some_and(|section| usize::from(section.heading.start()) <= at)
}

fn comments(reading: &Reading<'_>, found: &mut Vec<Placeholder>) {
    for range in &reading.blocks.opaque {
        let written = &reading.text[range.clone()];
        if written.starts_with("<!--") && COMMENTS.iter().any(|comment| written.contains(comment)) {
            push(found, PlaceholderKind::Comment, range);
        }
    }
}

/// `$ARGUMENTS`, `TXXX`, `Phase N` and template sentences.
fn words(reading: &Reading<'_>, found: &mut Vec<Placeholder>) {
    let text = reading.text;
    for at in memmem::find_iter(text.as_bytes(), b"$ARGUMENTS") {
        // `**Input**: User description: "$ARGUMENTS"`; elsewhere people write about commands.
        if in_meta(reading, at) && !reading.hidden(at) {
            push(found, PlaceholderKind::Text, &(at..at + "$ARGUMENTS".len()));
        }
    }
    for sentence in SENTENCES {
        for at in memmem::find_iter(text.as_bytes(), sentence.as_bytes()) {
            if reading.hidden(at) {
                continue;
            }
            let start = text[..at].trim_end_matches(['*', '_']).len();
            let end = at + sentence.len();
            let end = line_end(text, end)
                .min(end + (text[end..].len() - text[end..].trim_start_matches(['*', '_']).len()));
            push(found, PlaceholderKind::Text, &(start..end));
        }
    }
    if reading.kind != DocumentKind::Tasks {
        return;
    }
    for item in reading
        .items
        .iter()
        .filter(|item| item.kind == ItemKind::Phase && item.id == "N")
    {
        let id: Range<usize> = item.id_range.into();
        let heading = item.section.map_or(id.start, |index| {
            reading.sections[index as usize].title_range.start().into()
        });
        let start = text[heading..id.start]
            .rfind("Phase")
            .map_or(id.start, |found| heading + found);
        push(found, PlaceholderKind::Text, &(start..id.end));
    }
    for block in reading
        .blocks
        .list
        .iter()
        .filter(|block| block.kind == BlockKind::Item && !block.quoted)
    {
        let head = super::heads::item(text, &block.range);
        let start = super::heads::marks(text, head.content, head.end);
        let rest = &text[start..head.end];
        if head.checkbox.is_some()
            && rest.starts_with("TXXX")
            && !rest["TXXX".len()..].starts_with(|c: char| c.is_alphanumeric())
        {
            push(found, PlaceholderKind::Text, &(start..start + "TXXX".len()));
        }
    }
}
