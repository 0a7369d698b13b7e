//! Key entities of a spec.

use super::blocks::{BlockKind, line_end};
use super::{Reading, heads, words};
use crate::model::{Item, ItemKind};
use smol_str::SmolStr;

/// Reads `- **User**: ...` below a section of key entities.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    let listing: Vec<bool> = reading
        .sections
        .iter()
        .map(|section| words::any(&section.title, &words::ENTITIES))
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
        // A formatter may have wrapped the name.
        let whole = line_end(&reading.joined, head.content).min(block.range.end);
        let content = &reading.joined[head.content..whole];
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
        let outside = |c: char| c.is_whitespace() || matches!(c, '`' | ':' | '：');
        let name = inner.trim_matches(outside);
        if name.is_empty() {
            continue;
        }
        let start = head.content + 2 + (inner.len() - inner.trim_start_matches(outside).len());
        let end = start + name.len();
        let behind = head.content + close + 4;
        let line = line_end(text, behind).min(block.range.end);
        let line = behind + text[behind..line].trim_end().len();
        let title = heads::words(text, behind, line);
        let name: Vec<&str> = name.split_whitespace().collect();
        reading.items.push(Item {
            kind: ItemKind::Entity,
            id: SmolStr::from(name.join(" ")),
            id_range: text::span(start, end),
            title_range: text::span(title, line),
            range: text::span(head.start, block.range.end),
            section: Some(section),
            parent: None,
            in_table: false,
            task: None,
            story: None,
        });
    }
}
