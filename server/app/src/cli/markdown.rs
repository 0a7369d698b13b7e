//! A comment for a pull request: a verdict, what is new by feature, what the change touches, what was
//! weakened.
//!
//! The first line is a hidden marker, by which the next run finds the comment and writes it anew.

use std::fmt::Write as _;

use rules::Severity;
use settings::{Suppression, Weakening};

use super::human::plural;
use super::markup::{code, plain, sentence};
use super::report::{Report, Reported, docs_link};

/// What marks the comment as ours.
const MARKER: &str = "<!-- spec-analyzer -->";
/// Findings written out, the worst first; a comment has an end.
const SHOWN: usize = 40;
/// New entries of a baseline written out.
const ENTRIES: usize = 10;
/// The rule that finds ticks without evidence.
const TICKS: &str = "phantom-task";

/// The whole comment. Hints are not in it.
pub(crate) fn markdown(report: &Report) -> String {
    let findings: Vec<&Reported> = report
        .worst_first()
        .into_iter()
        .filter(|finding| finding.severity > Severity::Hint)
        .collect();
    let weakened = weakened(report);
    let mut out = format!(
        "{MARKER}\n**spec-analyzer: {}**\n",
        verdict(report, &findings)
    );
    if !report.lacks.is_empty() {
        out.push_str("\n### What the phase needs and is missing\n\n");
        for lack in &report.lacks {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "- missing: {}", plain(lack));
        }
    }
    if !findings.is_empty() {
        let title = if report.since.is_some() {
            "New findings"
        } else {
            "Findings"
        };
        // Writing to a string cannot fail.
        let _ = write!(out, "\n### {title}\n");
        by_feature(report, &findings, &mut out);
    }
    if !report.touched.is_empty() {
        out.push_str("\n### What the change touches\n\n");
        out.push_str(&report.touched.markdown());
    }
    if !weakened.is_empty() {
        out.push_str("\n### What was weakened\n\n");
        for line in weakened {
            let _ = writeln!(out, "- {line}");
        }
    }
    if let Some(older) = report
        .since
        .as_ref()
        .map(|since| since.older)
        .filter(|older| *older > 0)
    {
        let _ = write!(
            out,
            "\n{older} older {} not shown.\n",
            if older == 1 {
                "finding is"
            } else {
                "findings are"
            }
        );
    }
    out
}

fn verdict(report: &Report, findings: &[&Reported]) -> String {
    let mut counts = Vec::new();
    for (severity, word) in [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Information, "information"),
    ] {
        let count = findings
            .iter()
            .filter(|each| each.severity == severity)
            .count();
        if count > 0 {
            let word = if severity == Severity::Information {
                word.to_owned()
            } else {
                plural(count, word)
            };
            counts.push(format!("{count} {word}"));
        }
    }
    let new = if report.since.is_some() { "new " } else { "" };
    let found = if counts.is_empty() {
        format!("no {new}findings")
    } else {
        format!("{new}{}", counts.join(", "))
    };
    let features = report.features.len();
    let compared = report.since.as_ref().map_or(String::new(), |since| {
        format!(", compared with {}", plain(&since.shown))
    });
    let softer = softer(report);
    let softer = if softer.is_empty() {
        String::new()
    } else {
        format!("; weakened: {}", softer.join(", "))
    };
    let missing = match report.lacks.len() {
        0 => String::new(),
        count => format!("; {count} missing for the phase"),
    };
    format!(
        "{found} in {features} {}{missing}{softer}{compared}.",
        plural(features, "feature")
    )
}

/// What was weakened, counted, for the first line.
fn softer(report: &Report) -> Vec<String> {
    let sum = |of: &dyn Fn(&Weakening) -> usize| report.weakened.iter().map(|(_, it)| of(it)).sum();
    let mut parts = Vec::new();
    let mut part = |count: usize, one: &str, many: &str| match count {
        0 => {}
        1 => parts.push(format!("1 {one}")),
        count => parts.push(format!("{count} {many}")),
    };
    part(
        sum(&|it| it.suppressed.len()),
        "suppression added",
        "suppressions added",
    );
    part(
        sum(&|it| it.prolonged.len()),
        "suppression prolonged",
        "suppressions prolonged",
    );
    part(
        sum(&|it| it.baselined.len()),
        "finding baselined",
        "findings baselined",
    );
    part(
        sum(&|it| it.lowered.len()),
        "severity lowered",
        "severities lowered",
    );
    part(
        sum(&|it| it.roots_left.len()),
        "spec directory left out",
        "spec directories left out",
    );
    part(
        sum(&|it| usize::from(it.scope_narrowed)),
        "scope narrowed",
        "scopes narrowed",
    );
    part(
        sum(&|it| usize::from(it.finished_silenced)),
        "folder whose finished features raise no drift",
        "folders whose finished features raise no drift",
    );
    part(
        ticks(report).count(),
        "tick without evidence",
        "ticks without evidence",
    );
    parts
}

/// Tasks that were ticked and whose work was never there; without a comparison nobody knows who ticked them when.
fn ticks(report: &Report) -> impl Iterator<Item = &Reported> {
    report.findings.iter().filter(|each| {
        report.since.is_some() && each.code == TICKS && each.severity > Severity::Hint
    })
}

fn by_feature(report: &Report, findings: &[&Reported], out: &mut String) {
    let shown = &findings[..findings.len().min(SHOWN)];
    for (at, feature) in report.features.iter().enumerate() {
        let mut own = shown
            .iter()
            .filter(|finding| finding.feature == at)
            .peekable();
        if own.peek().is_some() {
            let _ = write!(out, "\n#### {}\n\n", code(&report.feature_shown(feature)));
        }
        for finding in own {
            let place = format!(
                "{}:{}",
                report.shown(&finding.place),
                finding.place.start.line
            );
            let _ = writeln!(
                out,
                "- **{}** [{}]({}) {} {}",
                finding.severity.as_str(),
                finding.code,
                docs_link(finding.code),
                code(&place),
                sentence(&finding.message)
            );
        }
    }
    if findings.len() > shown.len() {
        let more = findings.len() - shown.len();
        let _ = write!(out, "\nand {more} more {}.\n", plural(more, "finding"));
    }
}

/// One line of Markdown for everything that was weakened.
fn weakened(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for (root, weakening) in &report.weakened {
        let folder = match report.roots.get(*root) {
            Some(root) if report.roots.len() > 1 => format!("{}: ", code(&root.name)),
            _ => String::new(),
        };
        let mut line = |text: String| lines.push(format!("{folder}{text}"));
        for suppression in &weakening.suppressed {
            line(format!("suppression added: {}", suppressed(suppression)));
        }
        for (suppression, before) in &weakening.prolonged {
            line(format!(
                "suppression prolonged, it ended on {before}: {}",
                suppressed(suppression)
            ));
        }
        for change in &weakening.lowered {
            line(format!(
                "{} lowered from {} to {}",
                code(&change.code),
                change.from.as_str(),
                change.to.as_str()
            ));
        }
        if !weakening.baselined.is_empty() {
            let (before, after) = (weakening.baseline_before, weakening.baseline_after);
            let entries = weakening.baselined.iter().take(ENTRIES);
            let entries: Vec<String> = entries
                .map(|entry| format!("{} {}", code(&entry.address), code(&entry.code)))
                .collect();
            let more = match weakening.baselined.len().saturating_sub(ENTRIES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            line(format!(
                "the baseline had {before} {} and has {after}; new: {}{more}",
                if before == 1 { "entry" } else { "entries" },
                entries.join(", ")
            ));
        }
        for directory in &weakening.roots_left {
            line(format!("{} is not read any more", code(directory)));
        }
        if weakening.finished_silenced {
            line("finished features raise no drift any more".to_owned());
        }
        if weakening.scope_narrowed {
            line("finished features are not checked any more".to_owned());
        }
    }
    lines.extend(ticks(report).map(|tick| {
        let place = format!("{}:{}", report.shown(&tick.place), tick.place.start.line);
        format!(
            "tick without evidence: {} {}",
            code(&place),
            sentence(&tick.message)
        )
    }));
    lines
}

fn suppressed(suppression: &Suppression) -> String {
    let until = suppression
        .until
        .map_or(String::new(), |until| format!(" until {until}"));
    format!(
        "{} at {}{until}: {}",
        code(&suppression.code),
        code(suppression.address.as_str()),
        plain(&suppression.reason)
    )
}

#[cfg(test)]
mod tests;
