//! Items of a checklist.

use super::blocks::BlockKind;
use super::tasks::{Labels, task};
use super::{Reading, heads};
use crate::model::{Item, ItemKind};
use grammar::IdKind;
use smol_str::SmolStr;
use text::{TextRange, TextSize};

/// Reads `- [ ] CHK001 ...`; the checklists Spec Kit writes itself have no ids.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    for block in &reading.blocks.list {
        if block.kind != BlockKind::Item || block.quoted {
            continue;
        }
        let head = heads::item(text, &block.range);
        let Some(checkbox) = &head.checkbox else {
            continue;
        };
        let id = grammar::leading_id(
            &text[head.content..head.end],
            TextSize::new(head.content as u32),
        )
        .filter(|id| {
            id.kind == IdKind::Checklist
                && !text[head.content..usize::from(id.range.start())].contains('[')
        });
        let at = TextRange::empty(TextSize::new(head.content as u32));
        let (key, id_range) = id.map_or((SmolStr::default(), at), |id| (id.key, id.range));
        let title = if key.is_empty() {
            head.content
        } else {
            heads::words(text, id_range.end().into(), head.end)
        };
        reading.items.push(Item {
            kind: ItemKind::ChecklistItem,
            id: key,
            id_range,
            title_range: text::span(title, head.end),
            range: text::span(head.start, block.range.end),
            section: block.section,
            parent: None,
            in_table: false,
            task: Some(task(text, head.start, Some(checkbox), Labels::none(title))),
            story: None,
        });
    }
}
