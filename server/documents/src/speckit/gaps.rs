//! Tasks that converge appended: `... per <source> (<gap>)` (speckit-format section 1.3).

use super::blocks::line_end;
use super::{Reading, sections};
use crate::model::{Gap, GapKind, ItemKind};

const KINDS: [(&str, GapKind); 4] = [
    ("missing", GapKind::Missing),
    ("partial", GapKind::Partial),
    ("contradicts", GapKind::Contradicts),
    ("unrequested", GapKind::Unrequested),
];

/// Reads the gaps of the tasks read so far.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Gap> {
    let text = reading.joined.as_ref();
    let mut gaps = Vec::new();
    for (at, item) in (0_u32..).zip(&reading.items) {
        if item.kind != ItemKind::Task {
            continue;
        }
        let start = usize::from(item.title_range.start());
        let end = line_end(text, start).min(item.range.end().into());
        let line = sections::trim(text, start..end);
        let Some(inner) = text[line.clone()].strip_suffix(')') else {
            continue;
        };
        let Some((before, word)) = inner.rsplit_once('(') else {
            continue;
        };
        let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == word) else {
            continue;
        };
        let Some(per) = before.rfind(" per ") else {
            continue;
        };
        let source = sections::trim(
            text,
            line.start + per + " per ".len()..line.start + before.len(),
        );
        let kind_start = line.start + before.len() + 1;
        if source.start < source.end {
            gaps.push(Gap {
                item: at,
                source: text::span(source.start, source.end),
                kind: *kind,
                kind_range: text::span(kind_start, kind_start + word.len()),
            });
        }
    }
    gaps
}
