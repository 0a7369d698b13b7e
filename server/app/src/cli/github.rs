//! Workflow commands that GitHub Actions shows as annotations beside the changed lines.

use std::fmt::Write as _;

use rules::Severity;

use super::human::plural;
use super::report::{Report, Reported};

/// The service shows at most this many annotations of each kind per step, and drops the rest without a word.
const SHOWN: usize = 10;

/// One command per finding, the worst first; what the service would drop is counted in a last one.
pub(crate) fn github(report: &Report) -> String {
    let mut out = String::new();
    let mut left_out = 0;
    let (mut errors, mut warnings, mut notices) = (SHOWN, SHOWN, SHOWN - 1);
    for lack in &report.lacks {
        errors = errors.saturating_sub(1);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "::error title=phase::{}", data(lack));
    }
    for finding in report.worst_first() {
        let room = match finding.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
            Severity::Information | Severity::Hint => &mut notices,
        };
        if *room == 0 {
            left_out += 1;
            continue;
        }
        *room -= 1;
        out.push_str(&command(report, finding));
    }
    if left_out > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::notice title=spec-analyzer::{left_out} more {} not shown here.",
            plural(left_out, "finding")
        );
    }
    out
}

fn command(report: &Report, finding: &Reported) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let (start, end) = (finding.place.start, finding.place.end);
    let mut out = format!(
        "::{level} file={},line={},",
        property(&report.path_from_top(&finding.place)),
        start.line
    );
    // The service takes columns only where both ends are on one line.
    let _ = if start.line == end.line {
        write!(
            out,
            "col={},endLine={},endColumn={},",
            start.column, end.line, end.column
        )
    } else {
        write!(out, "endLine={},", end.line)
    };
    let _ = writeln!(
        out,
        "title={}::{}",
        property(finding.code),
        data(&finding.message)
    );
    out
}

/// Text behind the `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
