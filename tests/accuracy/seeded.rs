//! Seeded defects and harmless edits in the sample workspaces, with the real program: a small run of `accuracy seed`
//! (its README says what the figures mean). Large runs over real repositories are for a person to start.

#![expect(clippy::unwrap_used, reason = "a test may stop here")]

use std::path::{Path, PathBuf};

use accuracy::judge::Verdict;
use accuracy::report::Summary;
use accuracy::seed::{Options, Tried, seed};

/// Share of a rule's seeds that have to be found.
const RECALL: f64 = 0.9;
/// Share of a rule's seeds after which something new may be said elsewhere.
const ELSEWHERE: f64 = 0.05;
/// Measured, and not held yet: without `[P]` or `[US1]` a line that begins with a task's id is not told from prose.
const NOT_HELD: &[&str] = &["checkbox-removed-plain"];

fn workspaces() -> Vec<PathBuf> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workspaces");
    let mut found: Vec<PathBuf> = std::fs::read_dir(&samples)
        .unwrap_or_else(|error| panic!("{}: {error}", samples.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn tell(tried: &[&Tried]) -> String {
    let lines = tried.iter().map(|each| {
        format!(
            "{} {}: {}\n    {:?} {:?}\n",
            each.kind, each.place, each.what, each.judgement.verdict, each.judgement.elsewhere
        )
    });
    lines.collect()
}

#[test]
fn defects_are_found_and_harmless_edits_are_quiet() {
    let options = Options {
        binary: PathBuf::from(env!("CARGO_BIN_EXE_spec-analyzer")),
        rules: Vec::new(),
        per_rule: 4,
        per_neutral: 1,
        seed: 42,
        jobs: 2,
    };
    let workspaces = workspaces();
    assert!(!workspaces.is_empty());
    let all = workspaces
        .iter()
        .map(|workspace| seed(workspace, &options).unwrap());
    let summary = Summary::of(all.collect());

    assert_eq!(summary.crooked, 0, "{}", summary.text());
    assert!(
        summary.rules.len() >= 10,
        "a rule was not tried:\n{}",
        summary.text()
    );
    assert!(
        summary.neutral.len() >= 10,
        "an edit was not tried:\n{}",
        summary.text()
    );
    for rule in &summary.rules {
        let seeds: Vec<&Tried> = summary
            .tried
            .iter()
            .filter(|each| each.rule == Some(rule.name.as_str()) && !NOT_HELD.contains(&each.kind))
            .collect();
        assert!(!seeds.is_empty());
        let lost: Vec<&Tried> = seeds
            .iter()
            .copied()
            .filter(|each| each.judgement.verdict != Verdict::Found)
            .collect();
        let allowed = (1.0 - RECALL) * count(seeds.len());
        assert!(
            count(lost.len()) <= allowed,
            "{}: not found\n{}",
            rule.name,
            tell(&lost)
        );
        assert!(
            rule.stray_share() <= ELSEWHERE,
            "{}: said elsewhere\n{}",
            rule.name,
            summary.text()
        );
    }
    let loud: Vec<&Tried> = summary
        .tried
        .iter()
        .filter(|each| each.judgement.verdict == Verdict::Loud)
        .collect();
    assert!(loud.is_empty(), "harmless edits:\n{}", tell(&loud));
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen")]
fn count(number: usize) -> f64 {
    number as f64
}
