//! Counts over whole repositories, as they are: is it quiet enough, and fast enough?

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::Outcome;
use crate::check::check;
use crate::checkout::called;

/// One repository.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Counted {
    /// The repository.
    pub repository: String,
    /// Spec roots.
    pub projects: usize,
    /// All features.
    pub features: usize,
    /// Active ones.
    pub active: usize,
    /// Findings of `check`, hints left out, in each active feature; ascending.
    pub per_active: Vec<usize>,
    /// Hints of `check`.
    pub hints: usize,
    /// Findings of `check` by code.
    pub findings: BTreeMap<String, usize>,
    /// Findings of `check --all` by code.
    pub findings_all: BTreeMap<String, usize>,
    /// What `check --all` could not tell, by code.
    pub unknown: BTreeMap<String, u64>,
    /// Why, most frequent first.
    pub reasons: Vec<(String, String, u64)>,
    /// Wall time of `check --all` in milliseconds.
    pub took_ms: u128,
}

/// Counts one repository; nothing in it is changed.
///
/// # Errors
/// It cannot be checked.
pub fn count(binary: &Path, repository: &Path) -> Outcome<Counted> {
    let active = check(binary, repository, false)?;
    let all = check(binary, repository, true)?;
    let mut counted = Counted {
        repository: called(repository),
        projects: all.report.projects.len(),
        features: all.report.features().count(),
        took_ms: all.took.as_millis(),
        ..Counted::default()
    };
    for feature in active
        .report
        .features()
        .filter(|feature| feature.state == "active")
    {
        counted.active += 1;
        let inside = format!("{}/", feature.path);
        let here = active
            .report
            .findings
            .iter()
            .filter(|finding| finding.path.starts_with(&inside));
        counted
            .per_active
            .push(here.filter(|finding| finding.severity != "hint").count());
    }
    counted.per_active.sort_unstable();
    for finding in &active.report.findings {
        *counted.findings.entry(finding.code.clone()).or_default() += 1;
        counted.hints += usize::from(finding.severity == "hint");
    }
    for finding in &all.report.findings {
        *counted
            .findings_all
            .entry(finding.code.clone())
            .or_default() += 1;
    }
    for unknown in &all.report.unknown {
        *counted.unknown.entry(unknown.code.clone()).or_default() += unknown.count;
        counted
            .reasons
            .push((unknown.code.clone(), unknown.why.clone(), unknown.count));
    }
    counted
        .reasons
        .sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    Ok(counted)
}

/// The value below which `share` (0 to 100) per cent of ascending values lie, by nearest rank.
#[must_use]
pub fn percentile(ascending: &[usize], share: usize) -> usize {
    let rank = (ascending.len() * share).div_ceil(100).max(1);
    ascending.get(rank - 1).copied().unwrap_or(0)
}

/// The budget of design: median at most 3, ninetieth percentile at most 10.
#[must_use]
pub fn within_budget(ascending: &[usize]) -> bool {
    percentile(ascending, 50) <= 3 && percentile(ascending, 90) <= 10
}

/// Tables for people.
#[must_use]
pub fn text(all: &[Counted]) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<44} {:>8} {:>6} {:>8} {:>6} {:>4} {:>4} {:>6} {:>8} {:>8}",
        "repository",
        "features",
        "active",
        "findings",
        "median",
        "p90",
        "max",
        "--all",
        "unknown",
        "ms"
    );
    let mut together: Vec<usize> = Vec::new();
    let (mut findings, mut everything): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) =
        (BTreeMap::new(), BTreeMap::new());
    let mut unknown: BTreeMap<&str, u64> = BTreeMap::new();
    for each in all {
        let values = &each.per_active;
        let _ = writeln!(
            text,
            "{:<44} {:>8} {:>6} {:>8} {:>6} {:>4} {:>4} {:>6} {:>8} {:>8}",
            each.repository,
            each.features,
            each.active,
            each.findings.values().sum::<usize>(),
            percentile(values, 50),
            percentile(values, 90),
            values.last().copied().unwrap_or(0),
            each.findings_all.values().sum::<usize>(),
            each.unknown.values().sum::<u64>(),
            each.took_ms,
        );
        together.extend(values);
        for (code, count) in &each.findings {
            *findings.entry(code).or_default() += count;
        }
        for (code, count) in &each.findings_all {
            *everything.entry(code).or_default() += count;
        }
        for (code, count) in &each.unknown {
            *unknown.entry(code).or_default() += count;
        }
    }
    together.sort_unstable();
    let _ = writeln!(
        text,
        "\n{} active features: median {}, p90 {}, max {} findings: {}",
        together.len(),
        percentile(&together, 50),
        percentile(&together, 90),
        together.last().copied().unwrap_or(0),
        if within_budget(&together) {
            "within the budget (3, 10)"
        } else {
            "OVER the budget (3, 10)"
        },
    );
    let _ = writeln!(
        text,
        "\n{:<24} {:>8} {:>8} {:>8}",
        "code", "active", "--all", "unknown"
    );
    let mut codes: Vec<&str> = everything.keys().chain(unknown.keys()).copied().collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let count = |counts: &BTreeMap<&str, usize>| counts.get(code).copied().unwrap_or(0);
        let unknown = unknown.get(code).copied().unwrap_or(0);
        let _ = writeln!(
            text,
            "{code:<24} {:>8} {:>8} {unknown:>8}",
            count(&findings),
            count(&everything)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_rank() {
        assert_eq!(percentile(&[], 50), 0);
        assert_eq!(percentile(&[4], 90), 4);
        let ten: Vec<usize> = (1..=10).collect();
        assert_eq!((percentile(&ten, 50), percentile(&ten, 90)), (5, 9));
    }

    #[test]
    fn the_budget_has_two_limits() {
        assert!(within_budget(&[]));
        assert!(within_budget(&[0, 1, 3, 3, 10]));
        assert!(!within_budget(&[0, 4, 4]));
        assert!(!within_budget(&[0, 0, 0, 0, 0, 11]));
    }
}
