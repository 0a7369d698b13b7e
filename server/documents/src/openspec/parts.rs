//! A main spec cut where archive cuts it: before the requirements section, its heading, what stands above the first
//! requirement, and what follows the section.

use text::TextRange;

use super::capability::{requirement_blocks, requirements};
use super::lines::{Lines, requirement};
use super::{Block, Edition};
use crate::model::SpecLine;

/// The cuts of a main spec that has a requirements section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// From the first line to the section's heading.
    pub before: TextRange,
    /// The line `## Requirements`.
    pub heading: TextRange,
    /// From there to the first requirement.
    pub preamble: TextRange,
    /// The requirements, in order.
    pub blocks: Vec<Block>,
    /// What follows the section.
    pub after: TextRange,
}

/// Cuts a main spec; none where no `## Requirements` stands at the second level.
#[must_use]
pub fn parts(text: &str, lines: &[SpecLine], edition: Edition) -> Option<Parts> {
    let lines = Lines { text, lines };
    let (head, end) = requirements(lines)?;
    let start = |line: usize| {
        let line = lines.lines.get(line);
        line.map_or(text.len(), |line| usize::from(line.range.start()))
    };
    let first = lines.find(head + 1, end, |line| requirement(line).is_some());
    Some(Parts {
        before: text::span(text::bom_len(text), start(head)),
        heading: lines.lines[head].range,
        preamble: text::span(start(head + 1), start(first.unwrap_or(end))),
        blocks: requirement_blocks(lines, edition),
        after: text::span(start(end), text.len()),
    })
}
