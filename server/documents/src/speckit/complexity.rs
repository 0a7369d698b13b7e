//! Rows of a plan's Complexity Tracking: what breaks a principle, and why (speckit-format section 1.2).

use super::blocks::BlockKind;
use super::words::{self, Words};
use super::{Reading, cells, principles};
use crate::model::{Item, ItemIndex, ItemKind, Violation};

/// Parts of the section's title.
pub(super) static COMPLEXITY: Words = Words::new(&[
    "complexity",
    "複雑",
    "复杂",
    "複雜",
    "복잡",
    "complejidad",
    "complexidade",
    "komplexität",
    "complexité",
]);

/// Reads the rows; gives what only they have.
pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Violation> {
    let text = reading.text;
    let tracking: Vec<bool> = {
        let mut tracking: Vec<bool> = Vec::with_capacity(reading.sections.len());
        for section in &reading.sections {
            let around = section
                .parent
                .is_some_and(|parent| tracking[parent as usize]);
            let own = section.level > 1 && words::any(&section.title, &COMPLEXITY);
            tracking.push(around || own);
        }
        tracking
    };
    let first = reading.items.len() as ItemIndex;
    let mut violations = Vec::new();
    let mut items = Vec::new();
    for block in &reading.blocks.list {
        let tracked = block.section.is_some_and(|index| tracking[index as usize]);
        if block.kind != BlockKind::Row || block.quoted || !tracked {
            continue;
        }
        let cells = cells::cells(text, &block.range);
        let [what, why, rest @ ..] = cells.as_slice() else {
            continue;
        };
        let bare = cells::bare(text, what);
        let written = &text[bare.clone()];
        // The template's own rows are in brackets.
        if cells::says_nothing(written) || written.starts_with('[') && written.ends_with(']') {
            continue;
        }
        let rejected = rest.first().unwrap_or(why);
        let rejected = if rest.is_empty() {
            why.end..why.end
        } else {
            rejected.clone()
        };
        violations.push(Violation {
            item: first + items.len() as ItemIndex,
            number: principles::name(text, &bare).number,
            why: text::span(why.start, why.end),
            rejected: text::span(rejected.start, rejected.end),
        });
        items.push(Item {
            kind: ItemKind::Violation,
            id: cells::name(written),
            id_range: text::span(bare.start, bare.end),
            title_range: text::span(why.start.max(bare.end), why.end.max(bare.end)),
            range: text::span(block.range.start, block.range.end),
            section: block.section,
            parent: None,
            in_table: true,
            task: None,
            story: None,
        });
    }
    reading.items.extend(items);
    violations
}
