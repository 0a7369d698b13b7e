use super::{fixed, fixes, knows, related, says};

const CODE: &str = "delta-base-moved";

fn block(statement: &str, steps: &str) -> String {
    format!("### Requirement: Session end\n{statement}\n\n#### Scenario: Nobody types\n{steps}\n")
}

fn main_spec(block: &str) -> String {
    format!(
        "## Purpose\nHow sessions begin and end, and who is told about it.\n\n## Requirements\n\n{block}"
    )
}

fn delta(block: &str) -> String {
    format!("## MODIFIED Requirements\n\n{block}")
}

const SPEC: &str = "openspec/specs/auth/spec.md";
const DELTA: &str = "openspec/changes/one/specs/auth/spec.md";
const STEPS: &str = "- **WHEN** 30 minutes pass\n- **THEN** the session ends\n";

/// The main spec as it was when the delta was written and as it is, and the delta as it is.
fn workspace(then: &str, now: &str, own: &str) -> String {
    format!(
        "//- /{SPEC}\n{}//- /{DELTA}\n{}//- past abc1234 /{SPEC}\n{}//- past abc1234 /{DELTA}\n{}",
        main_spec(now),
        delta(own),
        main_spec(then),
        delta(then),
    )
}

#[test]
fn words_that_the_main_spec_changed() {
    let then = block("A session SHALL end after 30 minutes.", STEPS);
    let now = block("A session SHALL end after 60 minutes.", STEPS);
    let own = block(
        "A quiet session SHALL end after 30 minutes, with a word.",
        STEPS,
    );
    let moved = workspace(&then, &now, &own);
    assert_eq!(
        says(CODE, &moved),
        [
            "[Session end] \"Session end\" still says \"30\" as at abc1234; the main spec says \"60\" now."
        ]
    );
    assert_eq!(related(CODE, &moved), ["60"]);
    assert!(
        fixed(CODE, &moved).contains("A quiet session SHALL end after 60 minutes, with a word.\n")
    );
}

#[test]
fn steps_and_whole_scenarios() {
    let then = block("A session SHALL end.", STEPS);
    let more = format!("{STEPS}- **AND** the user is told\n");
    let now = block("A session SHALL end.", &more);
    let moved = workspace(&then, &now, &then);
    assert_eq!(
        says(CODE, &moved),
        [
            "[Session end] \"Session end\" is as at abc1234, without \"AND the user is told\", which the main spec says now."
        ]
    );
    assert!(fixed(CODE, &moved).ends_with(&format!("{more}\n")));
    assert_eq!(
        says(CODE, &workspace(&now, &then, &now)),
        [
            "[Session end] \"Session end\" still says \"AND the user is told\" as at abc1234, which the main spec says no more."
        ]
    );
    let two = format!("{then}\n#### Scenario: Old\n- **WHEN** x\n- **THEN** y\n");
    let gone = workspace(&two, &then, &two);
    assert_eq!(
        says(CODE, &gone),
        [
            "[Session end] \"Session end\" still says \"Old\" as at abc1234, which the main spec says no more."
        ]
    );
    assert!(!fixed(CODE, &gone).contains("Old"));
}

#[test]
fn what_the_change_took_over_or_decided_itself() {
    let then = block("A session SHALL end after 30 minutes.", STEPS);
    let now = block("A session SHALL end after 60 minutes.", STEPS);
    let other = block("A session SHALL end after 90 minutes.", STEPS);
    let marks = block("A session **SHALL** end\nafter `30` minutes", STEPS);
    for (then, now, own) in [
        (&then, &now, &now),
        (&then, &now, &other),
        (&then, &then, &now),
        (&then, &marks, &then),
    ] {
        let quiet = workspace(then, now, own);
        assert!(says(CODE, &quiet).is_empty(), "{quiet}");
        assert_eq!(knows(CODE, &quiet), (1, Vec::new()), "{quiet}");
    }
}

#[test]
fn without_history_nothing_is_said() {
    let then = block("A session SHALL end after 30 minutes.", STEPS);
    let now = block("A session SHALL end after 60 minutes.", STEPS);
    let shallow = workspace(&then, &now, &then) + "//- unknown shallow clone\n";
    assert!(says(CODE, &shallow).is_empty());
    assert_eq!(
        knows(CODE, &shallow),
        (0, vec!["shallow clone (1)".to_owned()])
    );
    // Nobody committed the delta yet.
    let new = format!(
        "//- /{SPEC}\n{}//- /{DELTA}\n{}",
        main_spec(&now),
        delta(&then)
    );
    assert!(says(CODE, &new).is_empty());
    assert!(knows(CODE, &new).1.is_empty());
    // The requirement came into the main spec later.
    let late = workspace("", &now, &then).replace(
        "//- past abc1234 /openspec/changes/one/specs/auth/spec.md\n",
        &format!("//- past abc1234 /{DELTA}\n{}", delta(&then)),
    );
    assert!(says(CODE, &late).is_empty());
    assert!(fixes(CODE, &late).is_empty());
    assert_eq!(
        knows(CODE, &late).1,
        ["the main spec had no such requirement when the delta was written (1)"]
    );
}

#[test]
fn line_breaks_of_the_delta_stay() {
    let then = block("A session SHALL end.", STEPS);
    let now = block(
        "A session SHALL end.",
        &format!("{STEPS}- **AND** the user is told\n"),
    );
    let moved = workspace(&then, &now, &then);
    let (head, tail) = moved.split_once(&format!("//- /{DELTA}\n")).unwrap();
    let (own, past) = tail.split_once("//- past").unwrap();
    let moved = format!(
        "{head}//- /{DELTA}\n{}//- past{past}",
        own.replace('\n', "\r\n")
    );
    assert!(fixed(CODE, &moved).contains("the session ends\r\n- **AND** the user is told\r\n"));
    assert!(!fixed(CODE, &moved).replace("\r\n", "").contains('\n'));
}
