//! Hits with their surroundings, for a person to judge.

use std::collections::BTreeMap;
use std::path::Path;

use crate::Outcome;
use crate::check::{Finding, Report, check};
use crate::checkout::{called, head};
use crate::random::Random;

/// First line of the file. The first five columns are those of a labels file.
pub const HEAD: &str = "# repository@commit\tpath:line\tcode\tverdict\twhy\tseverity\tmessage\tcovered\trelated\tcontext";

/// Lines shown before and behind the one that is meant.
const AROUND: usize = 2;

/// What to write.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Hits of each rule over all repositories; more are left out at random.
    pub per_rule: usize,
    /// Finished features too.
    pub all: bool,
    /// Chooses the hits.
    pub seed: u64,
}

/// Rows of all repositories, by code, repository and place.
///
/// # Errors
/// A repository cannot be checked.
pub fn rows(binary: &Path, repositories: &[&Path], choice: Choice) -> Outcome<Vec<String>> {
    let mut by_code: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for repository in repositories {
        let run = check(binary, repository, choice.all)?;
        let commit = head(repository).unwrap_or_default();
        let name = format!("{}@{}", called(repository), commit.get(..12).unwrap_or("0"));
        for (place, finding) in places(&run.report) {
            by_code
                .entry(finding.code.clone())
                .or_default()
                .push(row(&name, &place, finding, repository));
        }
    }
    let mut rows = Vec::new();
    for (code, mut hits) in by_code {
        Random::new(choice.seed, &code).shuffle(&mut hits);
        hits.truncate(choice.per_rule);
        hits.sort_unstable();
        rows.extend(hits);
    }
    Ok(rows)
}

/// Findings with the place a label calls them by: `path:line`, and the column too where a line has several of a code.
#[must_use]
pub fn places(report: &Report) -> Vec<(String, &Finding)> {
    let key = |finding: &Finding| {
        (
            finding.code.clone(),
            finding.path.clone(),
            finding.range.start.line,
        )
    };
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry(key(finding)).or_default() += 1;
    }
    let place = |finding: &Finding| {
        let start = finding.range.start;
        if counts.get(&key(finding)).is_some_and(|count| *count > 1) {
            format!("{}:{}:{}", finding.path, start.line, start.column)
        } else {
            format!("{}:{}", finding.path, start.line)
        }
    };
    report
        .findings
        .iter()
        .map(|finding| (place(finding), finding))
        .collect()
}

fn row(name: &str, place: &str, finding: &Finding, repository: &Path) -> String {
    let read = |path: &str| {
        let bytes = std::fs::read(repository.join(path)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let text = read(&finding.path);
    let covered = text
        .get(finding.range.start.byte..finding.range.end.byte)
        .unwrap_or("?");
    let related: Vec<String> = finding
        .related
        .iter()
        .map(|other| {
            let line = other.range.start.line;
            let shown = read(&other.path)
                .lines()
                .nth(line.saturating_sub(1))
                .unwrap_or_default()
                .trim()
                .to_owned();
            format!("{}:{line} {} `{shown}`", other.path, other.message)
        })
        .collect();
    let first = finding.range.start.line.saturating_sub(AROUND + 1);
    let last = finding.range.start.line + AROUND;
    let context: Vec<&str> = text.lines().take(last).skip(first).collect();
    let cells = [
        name,
        place,
        &finding.code,
        "",
        "",
        &finding.severity,
        &finding.message,
        covered,
        &related.join(" | "),
        &context.join("\n"),
    ];
    cells.map(one_line).join("\t")
}

/// Line breaks as `⏎`, tabs as blanks.
fn one_line(cell: &str) -> String {
    cell.replace("\r\n", "\n")
        .replace(['\n', '\r'], " ⏎ ")
        .replace('\t', " ")
}
