use std::fmt::Write as _;

use fixture::Fixture;
use rules::{Checked, Finding, Locale};
use trace::Change;

const CODE: &str = "criterion-number-shifted";

fn spec(criteria: &[&str]) -> String {
    let mut text = "# Requirements Document\n\n## Requirements\n\n### Requirement 1: Login\n\n**User Story:** As a user, I want in\n\n#### Acceptance Criteria\n\n".to_owned();
    for (nth, criterion) in (1..).zip(criteria) {
        let _ = writeln!(text, "{nth}. {criterion}");
    }
    text + "\n### Requirement 2: Logout\n\n#### Acceptance Criteria\n\n1. WHEN asked, THE App SHALL close\n"
}

const LOCKED: &str = "WHEN locked, THE App SHALL say so";
const OPENED: &str = "WHEN opened, THE App SHALL ask";
const TIRED: &str = "WHEN tired, THE App SHALL wait";
const TASKS: &str = "# Implementation Plan\n\n- [ ] 1. Ask\n  - _Requirements: 1.1_\n- [ ] 2. Say\n  - _Requirements: 1.1-1.3, 2.1_\n";

fn workspace(spec: &str, tasks: &str) -> Fixture {
    Fixture::parse(&format!(
        "//- /.kiro/specs/login/requirements.md\n{spec}//- /.kiro/specs/login/tasks.md\n{tasks}"
    ))
}

/// The workspace `now`, whose last commit is `then`.
fn since(then: &Fixture, now: Fixture) -> Fixture {
    let documents = &then.graph.inputs().documents;
    let changes = documents
        .iter()
        .map(|(file, doc)| {
            let path = then.graph.inputs().tree.path_str(*file);
            Change::Committed(now.file(path), Some(doc.clone()))
        })
        .collect();
    Fixture {
        graph: now.graph.apply(changes),
        ..now
    }
}

fn findings(fixture: &Fixture) -> Vec<Finding> {
    let checked = Checked::new(&fixture.graph);
    let all = checked
        .features()
        .flat_map(|(_, found)| found.findings.clone());
    all.filter(|finding| finding.code == CODE).collect()
}

fn says(fixture: &Fixture) -> Vec<String> {
    let sentence = |finding: &Finding| {
        let covered = text::slice(fixture.text(finding.file), finding.range).to_owned();
        format!(
            "[{covered}] {} (+{})",
            finding.message.text(Locale::English),
            finding.related.len()
        )
    };
    findings(fixture).iter().map(sentence).collect()
}

#[test]
fn an_insertion_above_moves_what_stands_below() {
    let then = workspace(&spec(&[LOCKED, OPENED, TIRED]), TASKS);
    let now = workspace(
        &spec(&[OPENED, LOCKED, "WHEN new, THE App SHALL greet", TIRED]),
        TASKS,
    );
    let now = since(&then, now);
    assert_eq!(
        says(&now),
        ["[1.1] 1.1 was written for what is criterion 1.2 since the last commit. (+7)"]
    );
    let findings = findings(&now);
    let fix = &findings[0].fixes[0];
    assert_eq!(
        fix.title.text(Locale::English),
        "Renumber 4 references to the criteria they were written for"
    );
    let edits: Vec<_> = fix.edits.iter().map(|(_, edit)| edit.clone()).collect();
    let tasks = text::apply(TASKS, &edits).unwrap();
    assert_eq!(
        tasks,
        TASKS
            .replace("_Requirements: 1.1_", "_Requirements: 1.2_")
            .replace("1.1-1.3, 2.1", "1.1, 1.2, 1.4, 2.1")
    );
    let fixed = workspace(
        &spec(&[OPENED, LOCKED, "WHEN new, THE App SHALL greet", TIRED]),
        &tasks,
    );
    assert!(says(&since(&then, fixed)).is_empty());
}

#[test]
fn what_was_not_moved_or_not_written_before_is_left_alone() {
    let then = workspace(&spec(&[LOCKED, OPENED]), TASKS);
    // Nothing changed; only words did; something came behind.
    for criteria in [
        vec![LOCKED, OPENED],
        vec!["WHEN locked, THE App SHALL tell", OPENED],
        vec![LOCKED, OPENED, TIRED],
    ] {
        let now = workspace(&spec(&criteria), TASKS);
        assert!(says(&since(&then, now)).is_empty(), "{criteria:?}");
    }
    // A reference that was written after the criteria moved.
    let now = workspace(
        &spec(&[OPENED, LOCKED]),
        "# Plan\n\n- [ ] 1. Ask\n  - _Requirements: 1.1, 2.1_\n",
    );
    assert!(says(&since(&then, now)).is_empty());
    // No commit to compare with.
    assert!(says(&workspace(&spec(&[OPENED, LOCKED]), TASKS)).is_empty());
}

#[test]
fn a_criterion_that_was_reworded_while_others_moved_is_unknown() {
    let then = workspace(&spec(&[LOCKED, OPENED]), TASKS);
    let now = since(
        &then,
        workspace(&spec(&[OPENED, "WHEN locked, THE App SHALL tell"]), TASKS),
    );
    let checked = Checked::new(&now.graph);
    let unknown: u32 = checked
        .features()
        .flat_map(|(_, found)| &found.unknown)
        .filter(|(unknown, _)| unknown.code == CODE)
        .map(|(_, count)| count)
        .sum();
    assert_eq!(unknown, 2, "1.1 is cited twice");
}
