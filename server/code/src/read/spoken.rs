//! Comments and strings of one file.

use std::ops::Range;

/// Comments in a row that are looked past, from one to the item below it.
const MAX_CHAIN: usize = 64;

/// Comments and strings, each by start offset once sorted.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    pub(crate) comments: Vec<Range<usize>>,
    pub(crate) docstrings: Vec<Range<usize>>,
    pub(crate) strings: Vec<Range<usize>>,
}

impl Spoken {
    pub(crate) fn sort(&mut self) {
        for list in [&mut self.comments, &mut self.docstrings, &mut self.strings] {
            list.sort_unstable_by_key(|span| (span.start, span.end));
            list.dedup();
        }
    }

    /// Whether `from..to` holds only blanks and comments, with no empty line and at most `lines` line ends
    /// between any two of them.
    pub(crate) fn only_comments(&self, text: &str, from: usize, to: usize, lines: usize) -> bool {
        let mut position = from;
        let first = self.comments.partition_point(|span| span.start < from);
        for next in first..=first + MAX_CHAIN {
            let stop = self
                .comments
                .get(next)
                .map_or(to, |span| span.start.min(to));
            let Some(gap) = text.get(position..stop) else {
                return false;
            };
            if !gap.trim().is_empty() || gap.matches('\n').count() > lines {
                return false;
            }
            if stop >= to {
                return true;
            }
            position = self.comments[next].end;
        }
        false
    }
}
