//! Traceability tables: a column of requirements (`| Requirement | Components |`), or a row of them
//! (`| Requirements | 1.1, 1.2 |`).

use super::cited::Found;
use super::words;
use crate::markdown::blocks::BlockKind;
use crate::markdown::cells;
use crate::model::KiroField;
use crate::reading::Reading;
use crate::words as common;
use grammar::Cited;
use std::ops::Range;
use text::TextSize;

/// Reads the requirement columns and rows of all tables.
pub(super) fn read(reading: &Reading<'_>, found: &mut Found) {
    let text = reading.text;
    let mut column: Option<usize> = None;
    for block in &reading.blocks.list {
        if !matches!(block.kind, BlockKind::Head | BlockKind::Row) {
            continue;
        }
        let row = cells::cells(text, &block.range);
        let named = |cell: &Range<usize>| is_requirements(&text[cells::bare(text, cell)]);
        if block.kind == BlockKind::Head {
            column = row.iter().position(named);
        }
        if row.first().is_some_and(named) && row.len() == 2 {
            cell(reading, &row[1], found);
        } else if let Some(requirements) = column.filter(|_| block.kind == BlockKind::Row)
            && let Some(written) = row.get(requirements)
        {
            cell(reading, written, found);
        }
    }
}

/// `Requirement`, `Requirements`, `Req ID`, `要件`, `需求编号`.
fn is_requirements(title: &str) -> bool {
    let Some(len) = common::prefix(title, &words::REQUIREMENT) else {
        return false;
    };
    let rest = title[len..]
        .trim_start_matches(['s', '.', ' '])
        .to_ascii_lowercase();
    matches!(
        rest.as_str(),
        "" | "id" | "ids" | "(s)" | "#" | "no" | "covered" | "编号" | "番号" | "номер"
    )
}

fn cell(reading: &Reading<'_>, cell: &Range<usize>, found: &mut Found) {
    // A dot behind the number, or words, are a title: `1. Login`.
    let written = &reading.text[cell.clone()];
    let base = TextSize::new(cell.start as u32);
    let first = found.mentions.len();
    let end = grammar::cited_list(written, base, Cited::Requirements, &mut found.mentions);
    let own = &found.mentions[first..];
    let Some(start) = own.first().map(|mention| mention.range.start()) else {
        return;
    };
    found.fields.push(KiroField {
        cited: Cited::Requirements,
        range: text::span(start.into(), cell.start + end),
    });
}
