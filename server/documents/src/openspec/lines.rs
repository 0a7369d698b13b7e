//! Lines and fences as the tool reads them, and what a line is to it.

use std::ops::Range;

use text::TextRange;

use super::blank::{behind, is_blank, is_one_line, trimmed};
use crate::markdown::blocks::{line_end, next_line};
use crate::model::SpecLine;

/// All lines of a text; the byte order mark belongs to none.
pub(super) fn read(text: &str) -> Vec<SpecLine> {
    let mut lines = Vec::new();
    let mut at = text::bom_len(text);
    let mut fence: Option<(u8, usize)> = None;
    loop {
        let end = line_end(text, at);
        let line = &text[at..end];
        let fenced = fence.is_some() || opens(line).is_some();
        fence = match fence {
            None => opens(line),
            Some(open) => (!closes(line, open)).then_some(open),
        };
        lines.push(SpecLine {
            range: text::span(at, end),
            fenced,
        });
        let next = next_line(text, end);
        if next == end {
            return lines;
        }
        at = next;
    }
}

/// Which of these lines stand in a fence, or are one.
#[must_use]
pub fn fenced(lines: &[&str]) -> Vec<bool> {
    let mut fence: Option<(u8, usize)> = None;
    lines
        .iter()
        .map(|line| {
            let inside = fence.is_some();
            fence = match fence {
                None => opens(line),
                Some(open) => (!closes(line, open)).then_some(open),
            };
            inside || fence.is_some()
        })
        .collect()
}

/// The mark of a fence and its length.
fn opens(line: &str) -> Option<(u8, usize)> {
    let rest = behind(line);
    let mark = *rest.as_bytes().first()?;
    let length = rest.bytes().take_while(|byte| *byte == mark).count();
    (matches!(mark, b'`' | b'~') && length >= 3).then_some((mark, length))
}

fn closes(line: &str, open: (u8, usize)) -> bool {
    opens(line).is_some_and(|(mark, length)| {
        mark == open.0 && length >= open.1 && behind(line)[length..].chars().all(is_blank)
    })
}

/// The lines of one text.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a [SpecLine],
}

impl<'a> Lines<'a> {
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn range(&self, at: usize) -> Range<usize> {
        self.lines[at].range.into()
    }

    pub(super) fn written(&self, at: usize) -> &'a str {
        &self.text[self.range(at)]
    }

    pub(super) fn fenced(&self, at: usize) -> bool {
        self.lines[at].fenced
    }

    /// The first line from `from` on, before `to`, that stands in no fence and is so.
    pub(super) fn find(
        &self,
        from: usize,
        to: usize,
        is: impl Fn(&'a str) -> bool,
    ) -> Option<usize> {
        (from..to).find(|&at| !self.fenced(at) && is(self.written(at)))
    }

    /// Bytes of lines `from..to` without blanks around them.
    pub(super) fn content(&self, from: usize, to: usize) -> Range<usize> {
        if from >= to {
            let at = self
                .lines
                .get(from)
                .map_or(self.text.len(), |line| line.range.start().into());
            return at..at;
        }
        trimmed(self.text, self.range(from).start..self.range(to - 1).end)
    }

    /// Line `from` and what follows before line `to`, which is behind it, without blanks at the end.
    pub(super) fn block(&self, from: usize, to: usize) -> TextRange {
        let start = self.range(from).start;
        let end = self.range(to - 1).end;
        let written = self.text[start..end].trim_end_matches(is_blank);
        text::span(start, start + written.len())
    }
}

/// Number of `#`s at the start of a line with a blank behind them: 1 to 6, else 0.
#[must_use]
pub fn level(line: &str) -> usize {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    if marks <= 6 && marks > 0 && line[marks..].starts_with(is_blank) {
        marks
    } else {
        0
    }
}

/// Level and title of a heading line; a line of marks and one blank is none.
pub(super) fn heading(line: &str) -> Option<(usize, Range<usize>)> {
    let level = level(line);
    let rest = line.get(level..).filter(|_| level > 0)?;
    // One blank behind the marks, and at least one more character.
    let mut characters = rest.chars();
    characters.next()?;
    let more = !characters.as_str().is_empty();
    let title = trimmed(line, level..line.len());
    (more && is_one_line(&line[title.clone()])).then_some((level, title))
}

/// Bytes behind `### Requirement:`, closing `#`s included; the case of the word does not count.
pub(super) fn requirement(line: &str) -> Option<Range<usize>> {
    let rest = behind(line.strip_prefix("###")?);
    let rest = strip_word(rest, "Requirement:")?;
    let named = !rest.is_empty() && is_one_line(rest.trim_end_matches(is_blank));
    named.then(|| trimmed(line, line.len() - rest.len()..line.len()))
}

/// `text` without a word that it begins with, in any case.
pub(super) fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}
