//! What lines name: ids, paths, symbols in code spans.

use super::blocks::{line_end, next_line};
use crate::KnownLines;
use crate::model::CodeSpan;
use crate::reading::Reading;
use grammar::{Mention, PathMention};
use smol_str::SmolStr;
use std::ops::Range;
use text::{TextRange, TextSize};

/// Reads ids and paths of all lines outside fences and comments; `defined` are the ids' own places, ascending.
pub(crate) fn read(
    reading: &Reading<'_>,
    defined: &[TextRange],
    known: Option<&mut KnownLines>,
) -> (Vec<Mention>, Vec<PathMention>) {
    let text = reading.joined.as_ref();
    let mut defined = defined.iter().peekable();
    let mut is_named = move |mention: &Mention| {
        while defined
            .next_if(|range| range.end() <= mention.range.start())
            .is_some()
        {}
        defined
            .peek()
            .is_none_or(|range| range.start() >= mention.range.end())
    };
    let Some(known) = known else {
        let (mut mentions, mut paths) = (Vec::new(), Vec::new());
        lines(reading, |start, end| {
            let base = TextSize::new(start as u32);
            grammar::mentions(&text[start..end], base, &mut mentions);
            grammar::paths(&text[start..end], base, &mut paths);
        });
        mentions.retain(is_named);
        return (mentions, paths);
    };
    let mut again = known.again(text);
    lines(reading, |start, end| again.line(start, end));
    let mentions = again.mentions.iter().filter(|each| is_named(each));
    let read = (mentions.cloned().collect(), again.paths.clone());
    known.keep(again);
    read
}

/// Calls `read` with each stretch of a line outside fences and comments, in order.
pub(crate) fn lines(reading: &Reading<'_>, mut read: impl FnMut(usize, usize)) {
    let text = reading.joined.as_ref();
    let mut at = text::bom_len(text);
    let mut opaque = reading.blocks.opaque.iter().peekable();
    while at < text.len() {
        while opaque.next_if(|range| range.end <= at).is_some() {}
        let mut end = line_end(text, at);
        if let Some(range) = opaque.peek() {
            if range.start <= at {
                at = range.end;
                continue;
            }
            end = end.min(range.start);
        }
        read(at, end);
        at = if opaque.peek().is_some_and(|range| range.start == end) {
            end
        } else {
            next_line(text, end)
        };
    }
}

/// Code spans that could name a symbol; those that name a path are left out.
pub(crate) fn code_spans(reading: &Reading<'_>, paths: &[PathMention]) -> Vec<CodeSpan> {
    let text = reading.text;
    let mut paths = paths.iter().peekable();
    let mut found = Vec::new();
    for span in &reading.blocks.code {
        let written = &text[span.clone()];
        let ticks = written.bytes().take_while(|byte| *byte == b'`').count();
        let inner = super::sections::trim(
            text,
            span.start + ticks..span.end.saturating_sub(ticks).max(span.start + ticks),
        );
        while paths
            .next_if(|path| usize::from(path.range.end()) <= inner.start)
            .is_some()
        {}
        let is_path = paths
            .peek()
            .is_some_and(|path| usize::from(path.range.start()) < inner.end);
        if is_path {
            continue;
        }
        if let Some(symbol) = symbol(text, &inner) {
            found.push(CodeSpan {
                text: SmolStr::new(&text[symbol.clone()]),
                range: text::span(symbol.start, symbol.end),
            });
        }
    }
    found
}

/// The symbol that `inner` is: names joined by `::`, `.`, `#` or `->`, then nothing, a call, or type arguments.
fn symbol(text: &str, inner: &Range<usize>) -> Option<Range<usize>> {
    let written = &text[inner.clone()];
    let bare = written.trim_start_matches(['@', '&', '*']);
    let start = inner.end - bare.len();
    let mut len = 0;
    loop {
        let name = bare[len..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')))
            .unwrap_or(bare.len() - len);
        if name == 0 || bare[len..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        len += name;
        let rest = &bare[len..];
        let joint = ["::", "->", ".", "#"]
            .into_iter()
            .find(|joint| rest.starts_with(joint));
        match joint {
            Some(joint) => len += joint.len(),
            None => break,
        }
    }
    let rest = &bare[len..];
    let named = bare[..len].starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'));
    let ends = rest.is_empty()
        || matches!(rest, "!" | "?")
        || rest.starts_with('(') && rest.ends_with([')', ';', '?'])
        || rest.starts_with('<') && rest.ends_with(['>', ')']);
    (named && ends && len > 1).then_some(start..start + len)
}
