//! The matrix as one page that needs nothing else: no network, no other file, no name that could do anything. It can be
//! read and printed without its script, which filters, searches and turns the lights off.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::{Report, Row};
use crate::cli::columns::{Answer, Cell, Count, NAMES};
use crate::cli::human::plural;
use crate::cli::links::{ItemLink, Place};
use crate::cli::markup::one_line;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Links of one cell that are shown at once; the rest unfolds.
const SHOWN: usize = 4;

/// The whole page.
pub(super) fn page(report: &Report) -> String {
    let main = main(report);
    // Nothing runs but what carries this word, and no name can know it: it is made from all names.
    let mut hash = Sha256::new();
    hash.update(main.as_bytes());
    hash.update(SCRIPT.as_bytes());
    let nonce = hash
        .finalize()
        .iter()
        .take(16)
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        });
    let roots: Vec<&str> = report.roots.iter().map(|root| root.name.as_str()).collect();
    let title = escaped(&format!("Traceability: {}", roots.join(", ")));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'nonce-{nonce}'; \
         script-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style nonce=\"{nonce}\">\n{STYLE}</style>\n</head>\n<body>\n{main}\
         <script nonce=\"{nonce}\">\n{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// All that is seen, in well-formed XML.
fn main(report: &Report) -> String {
    let mut out = String::from("<main>\n");
    let roots: Vec<String> = report.roots.iter().map(|root| bdi(&root.name)).collect();
    let (items, features) = (report.rows.len(), report.groups().count());
    let _ = write!(
        out,
        "<header>\n<h1>Traceability: {}</h1>\n<p>{items} {} of {features} {}, from requirement to task, code and \
         test. A link is there because a document or the code says so; what is only guessed is marked as a guess and \
         counts for nothing. Unknown is not missing.</p>\n</header>\n",
        roots.join(", "),
        plural(items, "item"),
        plural(features, "feature"),
    );
    totals(report, &mut out);
    filter(report, &mut out);
    out.push_str(
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"caption\" tabindex=\"0\">\n<table id=\"matrix\">\n\
         <caption id=\"caption\">Items with their tasks, code, tests and evidence</caption>\n<thead>\n<tr>\
         <th scope=\"col\">Item</th><th scope=\"col\">Tasks</th><th scope=\"col\">Code</th><th scope=\"col\">Tests</th>\
         <th scope=\"col\">Evidence</th></tr>\n</thead>\n",
    );
    for (at, feature, rows) in report.groups() {
        let _ = write!(
            out,
            "<tbody data-feature=\"{at}\">\n<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"5\">{} \
             <small>{}</small></th></tr>\n",
            bdi(&report.shown(feature)),
            match feature.state {
                "history" => "finished",
                state => state,
            }
        );
        for row in rows {
            write_row(report, row, &mut out);
        }
        out.push_str("</tbody>\n");
    }
    let _ = write!(
        out,
        "</table>\n</div>\n<footer><p>Written by {} {}, offline, from the files alone.</p></footer>\n</main>\n",
        escaped(report.tool.name),
        escaped(report.tool.version)
    );
    out
}

fn totals(report: &Report, out: &mut String) {
    out.push_str(
        "<table class=\"totals\">\n<caption>How many items of each kind</caption>\n<thead>\n<tr><th scope=\"col\">Kind</th>\
         <th scope=\"col\">Items</th>",
    );
    for name in NAMES {
        let _ = write!(out, "<th scope=\"col\">{name}</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for total in &report.total {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td>",
            words(total.kind),
            total.total
        );
        for count in total.columns.each() {
            let _ = write!(out, "<td>{}</td>", figure(*count));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    if !report.unknown.is_empty() {
        out.push_str(
            "<details class=\"unknown\">\n<summary>Why some answers are unknown</summary>\n<ul>\n",
        );
        for unknown in &report.unknown {
            let (column, count) = (unknown.column, unknown.count);
            let _ = writeln!(
                out,
                "<li>{column}, {count} {}: {}</li>",
                plural(count as usize, "item"),
                escaped(&unknown.why)
            );
        }
        out.push_str("</ul>\n</details>\n");
    }
}

/// `7`, `7 + 2 unknown`, `unknown`.
fn figure(count: Count) -> String {
    match (count.yes, count.no, count.unknown) {
        (0, 0, 1..) => "<span class=\"unknown\">unknown</span>".to_owned(),
        (yes, _, 0) => yes.to_string(),
        (yes, _, unknown) => {
            format!("{yes} <span class=\"unknown\">+ {unknown} unknown</span>")
        }
    }
}

fn filter(report: &Report, out: &mut String) {
    // Without the script it would do nothing.
    out.push_str(
        "<form id=\"filter\" role=\"search\" hidden=\"hidden\">\n<label>Search <input type=\"search\" name=\"search\" \
         placeholder=\"FR-003 session\" autocomplete=\"off\" spellcheck=\"false\"/></label>\n",
    );
    select(
        out,
        "Feature",
        "feature",
        report
            .groups()
            .map(|(at, feature, _)| (at.to_string(), report.shown(feature))),
    );
    let kinds: BTreeSet<&str> = report.rows.iter().map(|row| row.chain.item.kind).collect();
    let kinds = kinds.into_iter();
    select(
        out,
        "Kind",
        "kind",
        kinds.map(|kind| (kind.to_owned(), words(kind))),
    );
    let answers = NAMES.iter().enumerate().flat_map(|(at, name)| {
        [
            (format!("{at}n"), format!("not {name}")),
            (format!("{at}u"), format!("{name}: unknown")),
            (format!("{at}y"), (*name).to_owned()),
        ]
    });
    select(out, "Only", "answer", answers);
    out.push_str(
        "<button type=\"reset\">Clear</button>\n<button type=\"button\" id=\"theme\">Light or dark</button>\n\
         <output id=\"shown\" aria-live=\"polite\"></output>\n</form>\n",
    );
}

fn select(
    out: &mut String,
    label: &str,
    name: &str,
    options: impl Iterator<Item = (String, String)>,
) {
    let _ = write!(
        out,
        "<label>{label} <select name=\"{name}\"><option value=\"\">all</option>"
    );
    for (value, shown) in options {
        let (value, shown) = (escaped(&value), escaped(&shown));
        let _ = write!(out, "<option value=\"{value}\">{shown}</option>");
    }
    out.push_str("</select></label>\n");
}

fn write_row(report: &Report, row: &Row, out: &mut String) {
    let chain = &row.chain;
    let item = &chain.item;
    let columns = &row.columns;
    let letters: String = columns
        .each()
        .iter()
        .map(|cell| match cell.answer {
            Answer::Yes => 'y',
            Answer::No => 'n',
            Answer::Unknown => 'u',
        })
        .collect();
    let title = item.title.trim();
    // The name of an OpenSpec requirement is its id.
    let title = if title == item.id { "" } else { title };
    let _ = write!(
        out,
        "<tr data-kind=\"{}\" data-answers=\"{letters}\"><th scope=\"row\"><code>{}</code> {} <small>{}, {}</small>{}</th>",
        item.kind,
        bdi(Report::name(item)),
        bdi(title),
        words(item.kind),
        place(report, &item.place),
        if columns.specified.answer == Answer::Yes {
            String::new()
        } else {
            format!(" {}", answer("specified", &columns.specified))
        }
    );
    let tasks: Vec<String> = chain.tasks.iter().map(task).collect();
    cell(out, "planned", &columns.planned, &tasks);
    let mut code: Vec<String> = chain
        .symbols
        .iter()
        .map(|symbol| {
            format!(
                "<code>{}</code> <small>{}{}</small>",
                bdi(&symbol.name),
                place(report, &symbol.place),
                basis(symbol.basis)
            )
        })
        .collect();
    // A file whose symbols or tests are listed needs no line of its own.
    let files = chain.files.iter().filter(|file| {
        let own = |place: &Place| place.root == file.root && place.path == file.path;
        !chain.symbols.iter().any(|it| own(&it.place))
            && !chain.tests.iter().any(|it| own(&it.place))
    });
    code.extend(files.map(|file| {
        let path = bdi(&report.path(&file.root, &file.path));
        format!("<code>{path}</code><small>{}</small>", basis(file.basis))
    }));
    cell(out, "implemented", &columns.implemented, &code);
    let tests = chain.tests.iter().map(|test| {
        let skipped = if test.skipped { ", skipped" } else { "" };
        format!(
            "{} <small>{}{}{skipped}{}</small>",
            bdi(&test.name),
            place(report, &test.place),
            basis(test.basis),
            super::run(test)
        )
    });
    let tests: Vec<String> = tests.collect();
    cell(out, "tested", &columns.tested, &tests);
    let _ = writeln!(
        out,
        "<td class=\"evidence\">{} {}</td></tr>",
        answer("verified", &columns.verified),
        answer(&release(&columns.released), &columns.released)
    );
}

fn task(task: &ItemLink) -> String {
    let (mark, word) = match task.state {
        Some("done") => ("✓", "done"),
        Some("open") => ("○", "open"),
        _ => ("–", "neither open nor done"),
    };
    format!(
        "<span class=\"mark\" title=\"{word}\">{mark}</span> <code>{}</code> {}",
        bdi(&task.id),
        bdi(task.title.trim())
    )
}

fn place(report: &Report, place: &Place) -> String {
    let path = report.path(&place.root, &place.path);
    bdi(&format!("{path}:{}", place.range.start.line))
}

/// What is declared needs no word; what is guessed does.
fn basis(basis: &str) -> String {
    match basis {
        "declared" => String::new(),
        "inferred" => ", <b>a guess</b>".to_owned(),
        basis => format!(", by {basis}"),
    }
}

/// `✓ planned`, `✗ planned: no task names it`. Never by colour alone.
/// `released in v1.2.0`
fn release(cell: &Cell) -> String {
    match &cell.tag {
        Some(tag) => format!("released in {}", bdi(&tag.name)),
        None => "released".to_owned(),
    }
}

fn answer(name: &str, cell: &Cell) -> String {
    let (class, mark) = match cell.answer {
        Answer::Yes => ("yes", "✓"),
        Answer::No => ("no", "✗"),
        Answer::Unknown => ("unknown", "?"),
    };
    let word = cell.answer.as_str();
    let why = match (&cell.why, cell.answer) {
        (Some(why), Answer::No) => format!(": {}", escaped(why)),
        _ => String::new(),
    };
    let title = match &cell.why {
        Some(why) => format!("{word}: {}", escaped(why)),
        None => word.to_owned(),
    };
    format!("<span class=\"{class}\" title=\"{title}\">{mark} {name}{why}</span>")
}

fn cell(out: &mut String, name: &str, about: &Cell, links: &[String]) {
    out.push_str("<td>");
    out.push_str(&answer(name, about));
    if !links.is_empty() {
        list(out, &links[..links.len().min(SHOWN)]);
    }
    if links.len() > SHOWN {
        let _ = write!(
            out,
            "<details><summary>{} more</summary>",
            links.len() - SHOWN
        );
        list(out, &links[SHOWN..]);
        out.push_str("</details>");
    }
    out.push_str("</td>");
}

fn list(out: &mut String, links: &[String]) {
    out.push_str("<ul>");
    for link in links {
        let _ = write!(out, "<li>{link}</li>");
    }
    out.push_str("</ul>");
}

/// The word for a kind, as people write it.
fn words(kind: &str) -> String {
    kind.replace('-', " ")
}

/// Foreign text that keeps its direction of writing to itself.
fn bdi(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

/// Foreign text: what could mean something to HTML means itself, and no control gets through.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No character of HTML or XML.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
