//! Rows of tables, cell by cell.

use super::{heads, sections};
use smol_str::SmolStr;
use std::ops::Range;

/// The cells of a row, surrounding blanks left out. Like GitHub, a `|` divides even inside code unless it is escaped.
pub(crate) fn cells(text: &str, row: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = row.start;
    if bytes[start..row.end].first() == Some(&b'|') {
        start += 1;
    }
    let mut cells = Vec::new();
    for at in memchr::memchr_iter(b'|', &bytes[start..row.end]).map({
        let from = start;
        move |at| from + at
    }) {
        let escapes = text[start..at].len() - text[start..at].trim_end_matches('\\').len();
        if escapes % 2 == 1 {
            continue;
        }
        cells.push(sections::trim(text, start..at));
        start = at + 1;
    }
    if !text[start..row.end].trim().is_empty() {
        cells.push(sections::trim(text, start..row.end));
    }
    cells
}

/// `range` without surrounding blanks and marks of emphasis, code and strikes.
pub(crate) fn bare(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = heads::blanks(text, heads::marks(text, range.start, range.end), range.end);
    let written = &text[start..range.end];
    let bare =
        written.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '~'));
    start..start + bare.len()
}

/// A name on one line, without marks of emphasis and code.
pub(crate) fn name(written: &str) -> SmolStr {
    let words: Vec<&str> = written.split_whitespace().collect();
    SmolStr::from(words.join(" ").replace(['*', '`'], ""))
}

/// Whether a cell says that there is nothing to say.
pub(crate) fn says_nothing(cell: &str) -> bool {
    let cell = cell.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '`' | '(' | ')' | '.' | '。')
    });
    cell.is_empty()
        || matches!(
            cell.to_lowercase().as_str(),
            "-" | "–"
                | "—"
                | "n/a"
                | "na"
                | "none"
                | "no violations"
                | "not applicable"
                | "なし"
                | "該当なし"
                | "无"
                | "無"
                | "不适用"
                | "없음"
                | "해당 없음"
                | "ninguna"
                | "ninguno"
                | "no aplica"
                | "nenhuma"
                | "nenhum"
                | "keine"
                | "entfällt"
                | "aucune"
                | "aucun"
                | "sans objet"
        )
}
