//! The matrix for a spreadsheet: one line per item, every field a plain value.

use super::{Report, Row};
use crate::cli::columns::NAMES;

pub(super) fn text(report: &Report) -> Result<String, String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let heads = ["feature", "address", "kind", "id", "title", "path", "line"];
    let links = ["tasks", "files", "symbols", "tests", "release"];
    let fail = |error: csv::Error| error.to_string();
    out.write_record(heads.into_iter().chain(NAMES).chain(links))
        .map_err(fail)?;
    for row in &report.rows {
        out.write_record(record(report, row)).map_err(fail)?;
    }
    let bytes = out.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn record(report: &Report, row: &Row) -> Vec<String> {
    let chain = &row.chain;
    let item = &chain.item;
    let feature = &report.features[row.feature];
    let mut fields = vec![
        report.shown(feature),
        item.shown().to_owned(),
        item.kind.to_owned(),
        item.id.clone(),
        item.title.trim().to_owned(),
        report.path(&item.place.root, &item.place.path),
        item.place.range.start.line.to_string(),
    ];
    fields.extend(
        row.columns
            .each()
            .map(|cell| cell.answer.as_str().to_owned()),
    );
    let tasks = chain.tasks.iter().map(|task| {
        let state = task.state.unwrap_or_default();
        format!("{} ({state})", task.shown())
    });
    let files = chain
        .files
        .iter()
        .map(|file| format!("{} ({})", report.path(&file.root, &file.path), file.basis));
    let place = |place: &crate::cli::links::Place| {
        let path = report.path(&place.root, &place.path);
        format!("{path}:{}", place.range.start.line)
    };
    let symbols = chain
        .symbols
        .iter()
        .map(|it| format!("{} {} ({})", it.name, place(&it.place), it.basis));
    let tests = chain.tests.iter().map(|it| {
        let skipped = if it.skipped { ", skipped" } else { "" };
        let run = super::run(it);
        format!(
            "{} {} ({}{skipped}{run})",
            it.name,
            place(&it.place),
            it.basis
        )
    });
    fields.push(tasks.collect::<Vec<_>>().join("; "));
    fields.push(files.collect::<Vec<_>>().join("; "));
    fields.push(symbols.collect::<Vec<_>>().join("; "));
    fields.push(tests.collect::<Vec<_>>().join("; "));
    let tag = row.columns.released.tag.as_ref();
    fields.push(tag.map_or_else(String::new, |tag| tag.name.clone()));
    fields.iter().map(|field| harmless(field)).collect()
}

/// A spreadsheet takes a field that begins so for a formula: a quote before it keeps it text.
fn harmless(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}
