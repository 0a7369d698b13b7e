//! Tables whose columns are aligned, as formatters write them.

use unicode_width::UnicodeWidthStr;

/// The lines of a table. Cells are made safe: no `|`, no line breaks.
pub(super) fn lines(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let clean = |cell: &str| {
        let words: Vec<&str> = cell.split_whitespace().collect();
        words.join(" ").replace('|', "\\|")
    };
    let mut all: Vec<Vec<String>> = vec![head.iter().map(|cell| clean(cell)).collect()];
    all.extend(
        rows.iter()
            .map(|row| row.iter().map(|cell| clean(cell)).collect()),
    );
    let width = |at: usize| {
        let cells = all.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.width()).max().unwrap_or(0).max(3)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |row: &[String]| {
        let cells = widths.iter().zip(row).map(|(width, cell)| {
            let blank = width.saturating_sub(cell.width());
            format!(" {cell}{} ", " ".repeat(blank))
        });
        format!("|{}|", cells.collect::<Vec<_>>().join("|"))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut out = vec![
        all.first().map(|row| line(row)).unwrap_or_default(),
        line(&rule),
    ];
    out.extend(all.iter().skip(1).map(|row| line(row)));
    out
}
