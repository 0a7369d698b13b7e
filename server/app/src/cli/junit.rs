//! `JUnit` XML of `check`: a suite per feature, a test case per rule, a failure where a finding is loud enough to fail.
//!
//! Written by hand: a few elements, and the escaping below is all that XML asks for.

use std::fmt::Write as _;

use rules::{CATALOGUE, Severity};

use super::report::{Checked, Report, Reported, docs_link};

/// The whole document. `fails` says which severities make a test case fail.
pub(crate) fn junit(report: &Report, fails: impl Fn(Severity) -> bool) -> String {
    let mut suites: Vec<Suite> = report
        .features
        .iter()
        .enumerate()
        .map(|(at, feature)| suite(report, at, feature, &fails))
        .collect();
    if !report.lacks.is_empty() {
        suites.push(phase(&report.lacks));
    }
    let sum = |of: fn(&Suite) -> usize| suites.iter().map(of).sum::<usize>();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<testsuites name=\"spec-analyzer\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
        sum(|suite| suite.tests),
        sum(|suite| suite.failures),
        sum(|suite| suite.skipped),
    );
    for suite in &suites {
        out.push_str(&suite.text);
    }
    out.push_str("</testsuites>\n");
    out
}

struct Suite {
    text: String,
    tests: usize,
    failures: usize,
    skipped: usize,
}

/// What a phase needs and no rule tells is missing.
fn phase(lacks: &[String]) -> Suite {
    let count = lacks.len();
    let mut text = format!(
        "  <testsuite name=\"phase\" tests=\"{count}\" failures=\"{count}\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
    );
    for lack in lacks {
        let lack = escape(lack);
        let _ = writeln!(
            text,
            "    <testcase classname=\"phase\" name=\"{lack}\" time=\"0\"><failure type=\"error\" \
             message=\"{lack}\"/></testcase>"
        );
    }
    text.push_str("  </testsuite>\n");
    Suite {
        text,
        tests: count,
        failures: count,
        skipped: 0,
    }
}

fn suite(
    report: &Report,
    at: usize,
    feature: &Checked,
    fails: &impl Fn(Severity) -> bool,
) -> Suite {
    let name = escape(&report.feature_shown(feature));
    let mut cases = String::new();
    let (mut tests, mut failures, mut skipped) = (0, 0, 0);
    for rule in CATALOGUE {
        let code = rule.descriptor().code;
        let (loud, quiet): (Vec<&Reported>, Vec<&Reported>) = report
            .findings
            .iter()
            .filter(|finding| finding.feature == at && finding.code == code)
            .partition(|finding| fails(finding.severity));
        let decided = feature.decided.get(code).copied().unwrap_or_default();
        let unknown = feature.unknown.get(code);
        tests += 1;
        let file = loud.first().or(quiet.first()).map_or(String::new(), |it| {
            format!(" file=\"{}\"", escape(&report.path_from_top(&it.place)))
        });
        let _ = write!(
            cases,
            "    <testcase classname=\"{name}\" name=\"{code}\"{file} time=\"0\""
        );
        let mut inside = String::new();
        if let Some(first) = loud.first() {
            failures += 1;
            let more = match loud.len() - 1 {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            let _ = writeln!(
                inside,
                "      <failure type=\"{}\" message=\"{}{more}\">{}</failure>",
                first.severity.as_str(),
                escape(&first.message),
                escape(&lines(report, &loud)),
            );
        } else if let Some((count, why)) = unknown.filter(|_| decided == 0) {
            skipped += 1;
            let _ = writeln!(
                inside,
                "      <skipped message=\"{count} not answered: {}\"/>",
                escape(why)
            );
        }
        if !quiet.is_empty() {
            let _ = writeln!(
                inside,
                "      <system-out>{}</system-out>",
                escape(&lines(report, &quiet))
            );
        }
        if inside.is_empty() {
            cases.push_str("/>\n");
        } else {
            let _ = write!(cases, ">\n{inside}    </testcase>\n");
        }
    }
    let text = format!(
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" \
         skipped=\"{skipped}\" time=\"0\">\n{cases}  </testsuite>\n"
    );
    Suite {
        text,
        tests,
        failures,
        skipped,
    }
}

/// One line per finding, then where the rule is explained.
fn lines(report: &Report, findings: &[&Reported]) -> String {
    let mut out = String::new();
    for finding in findings {
        let start = finding.place.start;
        let _ = writeln!(
            out,
            "{}:{}:{}: {}: {}",
            report.path_from_top(&finding.place),
            start.line,
            start.column,
            finding.severity.as_str(),
            finding.message
        );
    }
    if let Some(first) = findings.first() {
        let _ = writeln!(out, "{}", docs_link(first.code));
    }
    out
}

/// Text for an element or an attribute. Characters XML 1.0 cannot hold at all become the replacement character;
/// carriage returns, and in attributes tabs and line feeds, are written as references, or a parser would change them.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
