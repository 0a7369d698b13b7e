//! Items of a checklist.

use super::blocks::{BlockKind, line_end};
use super::tasks::{Labels, task};
use super::{Reading, heads};
use crate::model::{Checks, Item, ItemIndex, ItemKind};
use grammar::IdKind;
use smol_str::SmolStr;
use text::{TextRange, TextSize};

/// Reads `- [ ] CHK001 ...`; the checklists Spec Kit writes itself have no ids. Gives what the items say in brackets.
pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Checks> {
    let text = reading.text;
    let mut checks = Vec::new();
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
        // A formatter may have wrapped the words.
        let whole = line_end(&reading.joined, head.content).min(block.range.end);
        let marks = marks(text, title, whole);
        if !marks.is_empty() {
            checks.push(Checks {
                item: reading.items.len() as ItemIndex,
                marks,
            });
        }
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
    checks
}

/// The parts of the brackets that an item ends with: `[Completeness, Spec §FR-001]`, `[Gap] [Clarity]`.
fn marks(text: &str, start: usize, end: usize) -> Vec<TextRange> {
    let mut end = start + text[start..end].trim_end().len();
    let mut marks = Vec::new();
    while let Some(inner) = text[start..end].strip_suffix(']') {
        let Some(open) = inner.rfind('[').map(|open| start + open) else {
            break;
        };
        let mut at = open + 1;
        for part in text[at..end - 1].split([',', ';', '、', '，']) {
            let range = super::sections::trim(text, at..at + part.len());
            if !range.is_empty() {
                marks.push(text::span(range.start, range.end));
            }
            at += part.len();
            at += text[at..end].chars().next().map_or(0, char::len_utf8);
        }
        end = start
            + text[start..open]
                .trim_end_matches(|c: char| c.is_whitespace() || c == '\\')
                .len();
    }
    marks.sort_unstable_by_key(|range| range.start());
    marks
}
