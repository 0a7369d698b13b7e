//! A rule as its page and `explain` show it: Markdown from the catalogue, so that no two texts can differ.

use std::fmt::Write as _;

use crate::catalogue::{CATALOGUE, Descriptor, Measured};
use crate::finding::Severity;

/// The page of one rule.
#[must_use]
pub fn page(descriptor: &Descriptor) -> String {
    let Descriptor {
        code,
        group,
        severity,
        summary,
        explanation,
        bad,
        good,
        messages,
        measured,
    } = descriptor;
    let mut page = format!(
        "# {code}\n\n{summary}\n\nGroup: {}. Severity: {}.\n\n",
        group.as_str(),
        descriptor.shown().as_str()
    );
    _ = write!(
        page,
        "{explanation}\n\n## Example\n\nWith the finding:\n\n```text\n{bad}\n```\n\nWithout it:\n\n```text\n{good}\n```\n\n"
    );
    page.push_str("## What it says\n\n| English | 日本語 |\n|---|---|\n");
    for message in *messages {
        _ = writeln!(page, "| {} | {} |", message.en, message.ja);
    }
    _ = write!(
        page,
        "\n## Accuracy\n\n{}\n",
        match group.parity() {
            Some(tool) => ported(tool),
            None => accuracy(*severity, *measured),
        }
    );
    page
}

fn ported(tool: &str) -> String {
    format!(
        "This is a rule of `{tool} validate`, said as loud as the tool says it. A test holds the verdicts on every change and \
         spec equal to those of the tool."
    )
}

fn accuracy(severity: Severity, measured: Option<Measured>) -> String {
    let Some(measured) = measured else {
        return format!(
            "Not measured yet. To be of severity {} it has to be right in {}.",
            severity.as_str(),
            bar(severity)
        );
    };
    let mut text = format!(
        "In public repositories {} judged findings were right; of the seeded defects {} were found at their place.",
        share(measured.right, measured.judged),
        share(measured.found, measured.seeded)
    );
    if measured.judged < Measured::ENOUGH {
        _ = write!(
            text,
            " Fewer than {} judged findings: unproven, and so no more than information. With enough of them, and right in \
             {}, it would be of severity {}.",
            Measured::ENOUGH,
            bar(severity),
            severity.as_str()
        );
    }
    text
}

/// `45 of 50 (90 %)`
fn share(part: u32, whole: u32) -> String {
    format!("{part} of {whole} ({})", percent(part, whole))
}

fn bar(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "95 % of the cases",
        Severity::Warning => "90 % of the cases",
        Severity::Information | Severity::Hint => "60 % of the cases",
    }
}

fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "none".to_owned();
    }
    format!("{} %", u64::from(part) * 100 / u64::from(whole))
}

/// The table of all rules.
#[must_use]
pub fn table() -> String {
    let mut table = String::from(
        "# Rules\n\nMade from the catalogue in `server/rules`; `UPDATE_PAGES=1 cargo test -p rules` writes it anew.\n\n\
         | code | group | severity | what it finds | precision | recall |\n|---|---|---|---|---|---|\n",
    );
    for rule in CATALOGUE {
        let descriptor = rule.descriptor();
        let unmeasured = match descriptor.group.parity() {
            Some(tool) => format!("as `{tool}`"),
            None => "not measured".to_owned(),
        };
        let (precision, recall) = descriptor.measured.map_or_else(
            || (unmeasured.clone(), unmeasured.clone()),
            |measured| {
                (
                    share(measured.right, measured.judged),
                    share(measured.found, measured.seeded),
                )
            },
        );
        let (code, group, severity) = (
            descriptor.code,
            descriptor.group.as_str(),
            descriptor.shown().as_str(),
        );
        _ = writeln!(
            table,
            "| [{code}]({code}.md) | {group} | {severity} | {} | {precision} | {recall} |",
            descriptor.summary
        );
    }
    table
}
