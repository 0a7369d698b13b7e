//! The blocks of a text of which another state was read before. A keystroke changes one section; Markdown closes
//! everything at a heading that begins its line with `#`, so what stands between two such headings that the change
//! left alone can be read by itself.
//!
//! Only definitions (`[name]: address`, footnotes) and front matter reach across headings. A text with `]:`, or whose
//! front matter ends elsewhere now, is read whole.

use super::{Block, BlockKind, Blocks, line_end, next_line, read_section};
use crate::markdown::front_matter;
use memchr::memmem;
use std::ops::Range;

/// Bytes compared at once.
const STRIDE: usize = 256;

/// A state of a text and its blocks.
#[derive(Debug, Default)]
pub(crate) struct KnownBlocks {
    text: String,
    blocks: Blocks,
}

impl KnownBlocks {
    /// Keeps the state read last.
    pub(crate) fn keep(&mut self, text: &str, blocks: Blocks) {
        self.text.clear();
        self.text.push_str(text);
        self.blocks = blocks;
    }

    /// The blocks of `text`, the same as [`super::read`] gives.
    pub(crate) fn read(&mut self, text: &str) -> Blocks {
        let known = std::mem::take(&mut self.blocks);
        let whole = defines(&self.text) || defines(text) || front(&self.text) != front(text);
        if known.list.is_empty() || whole {
            return super::read(text);
        }
        match Section::between(&self.text, text, &known) {
            Some(section) => section.put_into(known),
            None => super::read(text),
        }
    }
}

/// Whether a text may define something that counts in all of it.
fn defines(text: &str) -> bool {
    memmem::find(text.as_bytes(), b"]:").is_some()
}

/// Where the front matter ends. A line `---` that closes one makes front matter of all before it, headings included.
fn front(text: &str) -> usize {
    front_matter::len(&text[text::bom_len(text)..])
}

/// How many bytes two texts have in common at their beginning.
fn same_before(one: &[u8], other: &[u8]) -> usize {
    let strides = one.chunks_exact(STRIDE).zip(other.chunks_exact(STRIDE));
    let at = STRIDE * strides.take_while(|(one, other)| one == other).count();
    let bytes = one[at..].iter().zip(&other[at..]);
    at + bytes.take_while(|(one, other)| one == other).count()
}

/// How many bytes two texts have in common at their end.
fn same_behind(one: &[u8], other: &[u8]) -> usize {
    let strides = one.rchunks_exact(STRIDE).zip(other.rchunks_exact(STRIDE));
    let at = STRIDE * strides.take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[..one.len() - at], &other[..other.len() - at]);
    let bytes = one.iter().rev().zip(other.iter().rev());
    at + bytes.take_while(|(one, other)| one == other).count()
}

/// What was read again, and what it stands for.
struct Section {
    /// Bytes in the old text, from a heading to a heading or the end.
    old: Range<usize>,
    /// Headings in the old text.
    headings: Range<usize>,
    blocks: Blocks,
    /// Bytes that the rest has moved on, wrapping.
    moved: usize,
}

impl Section {
    /// Reads from the last heading wholly before the change to the first one behind it that is one in both texts.
    fn between(old: &str, text: &str, known: &Blocks) -> Option<Self> {
        let prefix = same_before(old.as_bytes(), text.as_bytes());
        let suffix = same_behind(&old.as_bytes()[prefix..], &text.as_bytes()[prefix..]);
        let moved = text.len().wrapping_sub(old.len());
        let cuts = |block: &Block| {
            matches!(block.kind, BlockKind::Heading(_)) && begins_line(old, block.range.start)
        };
        let before = |at: usize| known.list.partition_point(|block| block.range.start < at);
        let first = known.list[..before(prefix)].iter().rev().find(|block| {
            cuts(block) && next_line(old, line_end(old, block.range.start)) < prefix
        })?;
        let behind = &known.list[before(old.len() - suffix)..];
        let last = behind.iter().find(|block| cuts(block));
        let headings = first.section? as usize..match last {
            Some(last) => last.section? as usize,
            None => known.filled.len(),
        };
        let old = first.range.start..last.map_or(old.len(), |last| last.range.start);
        let end = old.end.wrapping_add(moved);
        let line = last.map_or(end, |_| line_end(text, end));
        let mut blocks = read_section(text, old.start..line, first.section?);
        if last.is_some() {
            // Where the heading behind is none any more, the change reaches further.
            let heading = blocks.list.pop()?;
            if !matches!(heading.kind, BlockKind::Heading(_)) || heading.range.start != end {
                return None;
            }
            blocks.filled.pop();
            blocks.opaque.retain(|range| range.start < end);
            blocks.code.retain(|range| range.start < end);
            blocks.links.retain(|(range, _)| range.start < end);
        }
        Some(Self {
            old,
            headings,
            blocks,
            moved,
        })
    }

    /// All blocks: those before, those read, and those behind where they stand now.
    fn put_into(self, mut all: Blocks) -> Blocks {
        let Self {
            old,
            headings,
            blocks,
            moved,
        } = self;
        let further = |range: &mut Range<usize>| {
            range.start = range.start.wrapping_add(moved);
            range.end = range.end.wrapping_add(moved);
        };
        let more = (blocks.filled.len() as u32).wrapping_sub(headings.len() as u32);
        splice(
            &mut all.list,
            &old,
            blocks.list,
            |block| block.range.start,
            |block| {
                further(&mut block.range);
                block.section = block.section.map(|section| section.wrapping_add(more));
            },
        );
        for (list, new) in [
            (&mut all.opaque, blocks.opaque),
            (&mut all.code, blocks.code),
            (&mut all.wraps, blocks.wraps),
        ] {
            splice(list, &old, new, |range| range.start, further);
        }
        splice(
            &mut all.links,
            &old,
            blocks.links,
            |link| link.0.start,
            |link| further(&mut link.0),
        );
        all.filled.splice(headings, blocks.filled);
        all
    }
}

/// Puts `new` in the place of what stands in `old`, and moves what stands behind.
fn splice<T>(
    list: &mut Vec<T>,
    old: &Range<usize>,
    new: Vec<T>,
    start: impl Fn(&T) -> usize,
    moved: impl Fn(&mut T),
) {
    let first = list.partition_point(|each| start(each) < old.start);
    let behind = list.partition_point(|each| start(each) < old.end);
    list[behind..].iter_mut().for_each(moved);
    list.splice(first..behind, new);
}

/// Whether a heading at `at` begins its line with `#`, and is no paragraph underlined with dashes.
fn begins_line(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let marks = bytes[at..].iter().take_while(|byte| **byte == b'#').count();
    let behind = bytes.get(at + marks);
    (1..=6).contains(&marks)
        && behind.is_none_or(u8::is_ascii_whitespace)
        && at > 0
        && matches!(bytes[at - 1], b'\n' | b'\r')
}

#[cfg(test)]
mod tests;
