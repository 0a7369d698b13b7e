//! Coverage as a table: one line per feature and kind of item, and the total.

use std::fmt::Write as _;

use documents::ItemKind;

use super::{Columns, Count, NAMES, Report};
use crate::cli::markup::{code_cell, one_line};
use crate::cli::paint::Paint;

/// Feature, number of items, their kind, the six questions.
type Row<'a> = (String, u32, &'static str, &'a Columns<Count>);

fn noun(kind: ItemKind, count: u32) -> &'static str {
    match (kind, count) {
        (ItemKind::Story, 1) => "story",
        (ItemKind::Story, _) => "stories",
        (ItemKind::Requirement, 1) => "requirement",
        (ItemKind::Requirement, _) => "requirements",
        (ItemKind::Criterion, 1) => "criterion",
        (ItemKind::Criterion, _) => "criteria",
        (_, 1) => "success criterion",
        _ => "success criteria",
    }
}

fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let features = &report.features;
    let several = features.windows(2).any(|pair| pair[0].root != pair[1].root);
    for feature in features {
        let name = if several {
            format!("{}/{}", feature.root, feature.path)
        } else {
            feature.path.clone()
        };
        for (at, sum) in feature.kinds.iter().enumerate() {
            let name = if at == 0 { name.clone() } else { String::new() };
            rows.push((name, sum.total, noun(sum.item, sum.total), &sum.columns));
        }
    }
    if features.len() > 1 {
        for (at, sum) in report.total.iter().enumerate() {
            let name = if at == 0 { "total" } else { "" };
            let noun = noun(sum.item, sum.total);
            rows.push((name.to_owned(), sum.total, noun, &sum.columns));
        }
    }
    rows
}

/// `7`, `7 (2 unknown)`, `unknown`.
fn figure(count: Count) -> String {
    match count {
        Count {
            yes: 0,
            no: 0,
            unknown,
        } if unknown > 0 => "unknown".to_owned(),
        Count {
            yes, unknown: 0, ..
        } => yes.to_string(),
        Count { yes, unknown, .. } => format!("{yes} ({unknown} unknown)"),
    }
}

/// For a terminal.
pub(super) fn human(report: &Report, paint: Paint) -> String {
    let mut lines: Vec<Vec<String>> = vec![["feature", "items", ""].map(str::to_owned).to_vec()];
    lines[0].extend(NAMES.map(str::to_owned));
    let rows = rows(report);
    for (name, total, noun, columns) in &rows {
        let mut line = vec![one_line(name), total.to_string(), (*noun).to_owned()];
        line.extend(columns.each().map(|count| figure(*count)));
        lines.push(line);
    }
    let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max();
    let widths: Vec<usize> = (0..lines[0].len())
        .map(|at| width(at).unwrap_or(0))
        .collect();
    let mut out = String::new();
    for (number, line) in lines.iter().enumerate() {
        let mut text = String::new();
        for (at, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width - cell.chars().count());
            let counts = number.checked_sub(1).and_then(|row| {
                let columns = rows[row].3.each();
                at.checked_sub(3).map(|column| *columns[column])
            });
            let shown = match counts {
                Some(count) if count.no > 0 => paint.bad(cell),
                Some(count) if count.unknown > 0 => paint.doubtful(cell),
                Some(_) => paint.good(cell),
                None if number == 0 => paint.strong(cell),
                None => cell.clone(),
            };
            // Counts of items stand before their word.
            let _ = if at == 1 {
                write!(text, "{pad}{shown}  ")
            } else {
                write!(text, "{shown}{pad}  ")
            };
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    if !report.unknown.is_empty() {
        out.push_str("\nunknown:\n");
        for unknown in &report.unknown {
            let _ = writeln!(
                out,
                "  {} {}: {}",
                unknown.count, unknown.column, unknown.why
            );
        }
    }
    out
}

/// For a pull request or a wiki.
pub(super) fn markdown(report: &Report) -> String {
    let mut out = String::from("| feature | items |");
    let mut rule = String::from("|---|---|");
    for name in NAMES {
        // Writing to a string cannot fail.
        let _ = write!(out, " {name} |");
        rule.push_str("---|");
    }
    let _ = writeln!(out, "\n{rule}");
    for (name, total, noun, columns) in rows(report) {
        let name = match name.as_str() {
            "" | "total" => name,
            name => code_cell(name),
        };
        let _ = write!(out, "| {name} | {total} {noun} |");
        for count in columns.each() {
            let _ = write!(out, " {} |", figure(*count));
        }
        out.push('\n');
    }
    if !report.unknown.is_empty() {
        out.push('\n');
        for unknown in &report.unknown {
            let _ = writeln!(
                out,
                "- unknown, {} {}: {}",
                unknown.count, unknown.column, unknown.why
            );
        }
    }
    out
}
