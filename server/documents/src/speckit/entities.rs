//! Key entities of a spec.

use super::blocks::BlockKind;
use super::{Reading, heads, words};
use crate::model::{Item, ItemKind};
use smol_str::SmolStr;

/// Reads `- **User**: ...` below a section of key entities.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    let listing: Vec<bool> = reading
        .sections
        .iter()
        .map(|section| words::any(&section.title, words::ENTITIES))
        .collect();
    for block in &reading.blocks.list {
        let (BlockKind::Item, 1, false, Some(section)) =
            (block.kind, block.depth, block.quoted, block.section)
        else {
            continue;
        };
        if !listing[section as usize] {
            continue;
        }
        let head = heads::item(text, &block.range);
        let content = &text[head.content..head.end];
        let Some(mark) = ["**", "__"]
            .into_iter()
            .find(|mark| content.starts_with(mark))
        else {
            continue;
        };
        let Some(close) = content[2..].find(mark) else {
            continue;
        };
        let inner = &content[2..2 + close];
        let name = inner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '`' | ':' | '：'));
        if name.is_empty() {
            continue;
        }
        let start = head.content + 2 + (inner.len() - inner.trim_start_matches([' ', '`']).len());
        let end = start + name.len();
        let title = heads::words(text, head.content + close + 4, head.end);
        reading.items.push(Item {
            kind: ItemKind::Entity,
            id: SmolStr::new(name),
            id_range: text::span(start, end),
            title_range: text::span(title.min(head.end), head.end),
            range: text::span(head.start, block.range.end),
            section: Some(section),
            parent: None,
            in_table: false,
            task: None,
            story: None,
        });
    }
}
