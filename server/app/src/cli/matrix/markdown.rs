//! The matrix for a pull request or a wiki: a table per feature.

use std::fmt::Write as _;

use super::{Report, Row};
use crate::cli::columns::{Answer, Cell};
use crate::cli::markup::{code, code_cell, plain};

/// Links of one cell that are shown; the rest is counted.
const SHOWN: usize = 8;

pub(super) fn text(report: &Report) -> String {
    let mut out = String::from("# Traceability\n");
    for (_, feature, rows) in report.groups() {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "\n## {}\n\n| item | tasks | code | tests | evidence |\n|---|---|---|---|---|\n",
            code(&report.shown(feature))
        );
        for row in rows {
            line(report, row, &mut out);
        }
    }
    if !report.unknown.is_empty() {
        out.push_str("\n## Unknown\n\n");
        for unknown in &report.unknown {
            let (count, column) = (unknown.count, unknown.column);
            let _ = writeln!(out, "- {count} {column}: {}", plain(&unknown.why));
        }
    }
    out
}

fn line(report: &Report, row: &Row, out: &mut String) {
    let chain = &row.chain;
    let item = &chain.item;
    let columns = &row.columns;
    let title = item.title.trim();
    // The name of an OpenSpec requirement is its id.
    let title = if title == item.id { "" } else { title };
    let tasks = chain.tasks.iter().map(|task| {
        let name = if task.id.is_empty() {
            &task.title
        } else {
            &task.id
        };
        format!("{} {}", tick(task.state), code_cell(name))
    });
    let symbols = chain.symbols.iter().map(|symbol| {
        let place = &symbol.place;
        let path = report.path(&place.root, &place.path);
        let line = place.range.start.line;
        let guess = guess(symbol.basis);
        format!("{} {}:{line}{guess}", code_cell(&symbol.name), plain(&path))
    });
    // A file whose symbols are listed needs no line of its own.
    let files = chain.files.iter().filter(|file| {
        let own = |root: &str, path: &str| root == file.root && path == file.path;
        let mut symbols = chain.symbols.iter().map(|it| &it.place);
        let mut tests = chain.tests.iter().map(|it| &it.place);
        !symbols.any(|it| own(&it.root, &it.path)) && !tests.any(|it| own(&it.root, &it.path))
    });
    let files = files.map(|file| code_cell(&report.path(&file.root, &file.path)));
    let tests = chain.tests.iter().map(|test| {
        let skipped = if test.skipped { " (skipped)" } else { "" };
        let run = super::run(test);
        format!(
            "{}{skipped}{}{run}",
            code_cell(&test.name),
            guess(test.basis)
        )
    });
    let _ = writeln!(
        out,
        "| {} {} {} | {} | {} | {} | verified {}; released {} |",
        code_cell(Report::name(item)),
        plain(title),
        answer(&columns.specified),
        cell(&columns.planned, tasks),
        cell(&columns.implemented, symbols.chain(files)),
        cell(&columns.tested, tests),
        word(&columns.verified),
        release(&columns.released),
    );
}

fn tick(state: Option<&str>) -> &'static str {
    match state {
        Some("done") => "✓",
        Some("open") => "○",
        _ => "–",
    }
}

fn guess(basis: &str) -> &'static str {
    if basis == "inferred" {
        " (a guess)"
    } else {
        ""
    }
}

fn word(cell: &Cell) -> &'static str {
    cell.answer.as_str()
}

/// The first tag that has it, or a word.
fn release(cell: &Cell) -> String {
    match &cell.tag {
        Some(tag) => format!("in {}", code_cell(&tag.name)),
        None => word(cell).to_owned(),
    }
}

/// Nothing for a yes; a word and the reason else.
fn answer(cell: &Cell) -> String {
    let why = plain(cell.why.as_deref().unwrap_or_default());
    match cell.answer {
        Answer::Yes => String::new(),
        Answer::No => format!("**no**: {why}"),
        Answer::Unknown => format!("unknown: {why}"),
    }
}

fn cell(about: &Cell, links: impl Iterator<Item = String>) -> String {
    let links: Vec<String> = links.collect();
    let mut parts: Vec<String> = links.iter().take(SHOWN).cloned().collect();
    if links.len() > SHOWN {
        parts.push(format!("and {} more", links.len() - SHOWN));
    }
    let answer = answer(about);
    if !answer.is_empty() {
        parts.insert(0, answer);
    }
    parts.join("<br>")
}
