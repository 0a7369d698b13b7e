//! Edge cases and assumptions of a spec, as far as they are written as lists.

use super::blocks::BlockKind;
use super::words::{self, Words};
use super::{Reading, heads};
use crate::model::{Item, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::format_smolstr;
use std::cell::LazyCell;

static EDGE_CASES: Words = Words::new(&[
    "edge case",
    "エッジケース",
    "境界ケース",
    "边界情况",
    "邊界情況",
    "边缘情况",
    "边界条件",
    "엣지 케이스",
    "예외 상황",
    "경계 사례",
    "casos límite",
    "casos extremos",
    "casos de borde",
    "casos de borda",
    "casos limite",
    "grenzfälle",
    "randfälle",
    "sonderfälle",
    "cas limites",
    "cas particuliers",
]);

static ASSUMPTIONS: Words = Words::new(&[
    "assumption",
    "前提条件",
    "想定",
    "仮定",
    "假设",
    "假設",
    "가정",
    "supuestos",
    "suposiciones",
    "premissas",
    "suposições",
    "pressupostos",
    "annahmen",
    "hypothèses",
]);

/// Reads them; a line that defines an id is that id's.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    let kinds: Vec<Option<ItemKind>> = reading
        .sections
        .iter()
        .map(|section| {
            let named = |words: &Words| words::any(&section.title, words);
            match section.level {
                0 | 1 => None,
                _ if named(&EDGE_CASES) => Some(ItemKind::EdgeCase),
                _ if named(&ASSUMPTIONS) => Some(ItemKind::Assumption),
                _ => None,
            }
        })
        .collect();
    // Most documents have neither section.
    let known = LazyCell::new(|| {
        reading
            .items
            .iter()
            .map(|item| usize::from(item.range.start()))
            .collect::<FxHashSet<usize>>()
    });
    let (mut edges, mut assumptions) = (0, 0);
    let mut items = Vec::new();
    for block in &reading.blocks.list {
        let (BlockKind::Item, 1, false, Some(section)) =
            (block.kind, block.depth, block.quoted, block.section)
        else {
            continue;
        };
        let Some(kind) = kinds[section as usize] else {
            continue;
        };
        let head = heads::item(text, &block.range);
        if known.contains(&head.start) || head.content >= head.end {
            continue;
        }
        let id = if kind == ItemKind::EdgeCase {
            edges += 1;
            format_smolstr!("edge-{edges}")
        } else {
            assumptions += 1;
            format_smolstr!("assumption-{assumptions}")
        };
        items.push(Item {
            kind,
            id,
            id_range: text::span(head.content, head.content),
            title_range: text::span(head.content, head.end),
            range: text::span(head.start, block.range.end),
            section: Some(section),
            parent: None,
            in_table: false,
            task: None,
            story: None,
        });
    }
    drop(known);
    reading.items.extend(items);
}
