//! What lines named when they were last read. A keystroke changes one line; what the others name need not be looked
//! for again. Facts stay a function of the text: with or without known lines the same ones are read.
//!
//! Kept in the order of the text, so that looking up is walking along, and not jumping through memory.

use crate::markdown::blocks::KnownBlocks;
use grammar::{Mention, PathMention};
use std::vec::IntoIter;
use text::{TextRange, TextSize};

/// Lines looked ahead for one that moved up, at first and at most.
const AHEAD: (usize, usize) = (16, 256);

/// The last state of one document: its blocks, and its lines and what they name.
#[derive(Debug, Default)]
pub struct KnownLines {
    text: String,
    lines: Vec<Line>,
    mentions: Vec<Mention>,
    paths: Vec<PathMention>,
    pub(crate) blocks: KnownBlocks,
}

/// A line, and where what it names ends in the lists.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    mentions: usize,
    paths: usize,
}

/// Reads the lines of the next state in their order.
pub(crate) struct Again<'a> {
    text: &'a str,
    old_text: String,
    old_lines: Vec<Line>,
    old_mentions: IntoIter<Mention>,
    old_paths: IntoIter<PathMention>,
    /// The first old line that was not met yet.
    next: usize,
    missed: usize,
    lines: Vec<Line>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) paths: Vec<PathMention>,
}

impl KnownLines {
    pub(crate) fn again<'a>(&mut self, text: &'a str) -> Again<'a> {
        let blocks = std::mem::take(&mut self.blocks);
        let old = std::mem::replace(
            self,
            Self {
                blocks,
                ..Self::default()
            },
        );
        Again {
            text,
            lines: Vec::with_capacity(old.lines.len()),
            mentions: Vec::with_capacity(old.mentions.len()),
            paths: Vec::with_capacity(old.paths.len()),
            old_text: old.text,
            old_lines: old.lines,
            old_mentions: old.mentions.into_iter(),
            old_paths: old.paths.into_iter(),
            next: 0,
            missed: 0,
        }
    }

    pub(crate) fn keep(&mut self, read: Again<'_>) {
        let mut text = read.old_text;
        text.clear();
        text.push_str(read.text);
        self.text = text;
        self.lines = read.lines;
        self.mentions = read.mentions;
        self.paths = read.paths;
    }
}

impl Again<'_> {
    /// Reads the line at `start..end`.
    pub(crate) fn line(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        let ahead = (AHEAD.0 + self.missed).min(AHEAD.1);
        let is_it = |old: &Line| &self.old_text[old.start..old.end] == line;
        let last = self.old_lines.len().min(self.next + ahead);
        let found = self.old_lines[self.next..last].iter().position(is_it);
        if let Some(found) = found {
            self.take(self.next + found, start);
            self.missed = 0;
        } else {
            let base = TextSize::new(start as u32);
            grammar::mentions(line, base, &mut self.mentions);
            grammar::paths(line, base, &mut self.paths);
            self.missed += 1;
        }
        self.lines.push(Line {
            start,
            end,
            mentions: self.mentions.len(),
            paths: self.paths.len(),
        });
    }

    /// Takes over what the old line `at` names, for a line that begins at `start` now.
    fn take(&mut self, at: usize, start: usize) {
        let line = self.old_lines[at];
        let before = |end: fn(&Line) -> usize, place: usize| match place {
            0 => 0,
            place => end(&self.old_lines[place - 1]),
        };
        let mentions = |place| before(|line| line.mentions, place);
        let paths = |place| before(|line| line.paths, place);
        let (skip_mentions, skip_paths) = (
            mentions(at) - mentions(self.next),
            paths(at) - paths(self.next),
        );
        let (some_mentions, some_paths) = (line.mentions - mentions(at), line.paths - paths(at));
        let moved = |range: TextRange| {
            let place = usize::from(range.start()) - line.start + start;
            TextRange::at(TextSize::new(place as u32), range.len())
        };
        pass_over(&mut self.old_mentions, skip_mentions);
        pass_over(&mut self.old_paths, skip_paths);
        self.mentions.extend(
            self.old_mentions
                .by_ref()
                .take(some_mentions)
                .map(|mut mention| {
                    mention.range = moved(mention.range);
                    if let Some(qualifier) = &mut mention.qualifier {
                        qualifier.range = moved(qualifier.range);
                    }
                    if let Some((_, range)) = &mut mention.story {
                        *range = moved(*range);
                    }
                    mention
                }),
        );
        self.paths
            .extend(self.old_paths.by_ref().take(some_paths).map(|mut path| {
                path.range = moved(path.range);
                if let Some((_, range)) = &mut path.symbol {
                    *range = moved(*range);
                }
                path
            }));
        self.next = at + 1;
    }
}

fn pass_over<T>(items: &mut IntoIter<T>, count: usize) {
    if let Some(last) = count.checked_sub(1) {
        items.nth(last);
    }
}
