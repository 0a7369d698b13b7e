use super::{knows, related, says};

const CODE: &str = "tasks-stale";
const SPEC: &str = ".kiro/specs/login/requirements.md";
const TASKS: &str = ".kiro/specs/login/tasks.md";

fn spec(criteria: &str) -> String {
    format!(
        "# Requirements\n\n## Requirements\n\n### Requirement 1: Session\n\n#### Acceptance Criteria\n\n{criteria}\n"
    )
}

const THEN: &str = "1. WHEN nobody types for 30 minutes, THE system SHALL end the session\n2. THE system SHALL greet";
const NOW: &str = "1. WHEN nobody types for 60 minutes, THE system SHALL end the session\n2. THE system SHALL greet";
const LIST: &str = "# Plan\n\n- [ ] 1. End sessions\n  - _Requirements: 1.1, 1.2_\n";

/// The criteria when the tasks were written and as they are, and the tasks as they are.
fn workspace(then: &str, now: &str, tasks: &str) -> String {
    format!(
        "//- /{SPEC}\n{}//- /{TASKS}\n{tasks}//- past abc1234 /{SPEC}\n{}//- past abc1234 /{TASKS}\n{LIST}",
        spec(now),
        spec(then),
    )
}

#[test]
fn a_criterion_that_says_something_else() {
    let stale = workspace(THEN, NOW, LIST);
    assert_eq!(
        says(CODE, &stale),
        [
            "[1.1] Criterion 1.1 says something else since abc1234, when these tasks were last written."
        ]
    );
    assert_eq!(
        related(CODE, &stale),
        ["WHEN nobody types for 60 minutes, THE system SHALL end the session"]
    );
    let both = workspace(THEN, &NOW.replace("greet", "bow"), LIST);
    assert_eq!(
        says(CODE, &both),
        [
            "[1.1] 2 criteria, 1.1 first, say something else since abc1234, when these tasks were last written."
        ]
    );
}

#[test]
fn ticks_do_not_write_tasks_anew() {
    assert_eq!(
        says(CODE, &workspace(THEN, NOW, &LIST.replace("[ ]", "[-]"))).len(),
        1
    );
    // Somebody writes them just now.
    let written = LIST.replace("End sessions", "End sessions after an hour");
    assert!(says(CODE, &workspace(THEN, NOW, &written)).is_empty());
    // All is done: nobody works on it.
    assert!(says(CODE, &workspace(THEN, NOW, &LIST.replace("[ ]", "[x]"))).is_empty());
}

#[test]
fn what_says_the_same_or_is_not_cited() {
    for now in [
        THEN.to_owned(),
        THEN.replace("SHALL", "**SHALL**")
            .replace("minutes, THE", "minutes\n   THE"),
        format!("{THEN}\n3. THE system SHALL bow"),
        // Moved: the numbers are what is wrong.
        format!(
            "1. THE system SHALL bow\n{}",
            THEN.replace("2.", "3.").replace("1.", "2.")
        ),
    ] {
        let quiet = workspace(THEN, &now, LIST);
        assert!(says(CODE, &quiet).is_empty(), "{now}");
        assert_eq!(knows(CODE, &quiet), (1, Vec::new()), "{now}");
    }
    let other = LIST.replace("1.1, 1.2", "1.2");
    let uncited = workspace(THEN, NOW, &other).replace(LIST, &other);
    assert!(says(CODE, &uncited).is_empty());
    // A whole requirement is cited.
    let whole = LIST.replace("1.1, 1.2", "1");
    let cited = workspace(THEN, NOW, &whole).replace(LIST, &whole);
    assert_eq!(says(CODE, &cited).len(), 1);
}

#[test]
fn without_history_nothing_is_said() {
    let shallow = workspace(THEN, NOW, LIST) + "//- unknown shallow clone\n";
    assert!(says(CODE, &shallow).is_empty());
    assert_eq!(
        knows(CODE, &shallow),
        (0, vec!["shallow clone (1)".to_owned()])
    );
}
