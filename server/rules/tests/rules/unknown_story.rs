use super::{knows, related, says};

const CODE: &str = "unknown-story";

fn with(tasks: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n### User Story 1 - One (Priority: P1)\n\nText.\n\n### User Story 3 - Three (Priority: P2)\n\nText.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n{tasks}"
    )
}

#[test]
fn one_finding_for_each_unknown_story() {
    let wrong = with(
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [P] [US4] Two\n- [ ] T003 [US4] Three\n\n## Phase 2: User Story 4 - More\n\n- [ ] T004 Four\n",
    );
    assert_eq!(
        says(CODE, &wrong),
        ["[[US4]] US4 is not a story of spec.md, which defines US1, US3."]
    );
}

#[test]
fn a_phase_alone_is_enough() {
    let phase = with("## Phase 1: User Story 2 - Two\n\n- [ ] T001 One\n");
    assert_eq!(
        says(CODE, &phase),
        ["[User Story 2 - Two] US2 is not a story of spec.md, which defines US1, US3."]
    );
}

#[test]
fn parts_belong_to_their_story() {
    let parts = with("## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [US3a] Two\n");
    assert!(says(CODE, &parts).is_empty());
    assert_eq!(knows(CODE, &parts).0, 2);
}

#[test]
fn without_numbered_stories_nothing_is_known() {
    let none = "//- /specs/001-a/spec.md\n# Feature Specification: A\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n- [ ] T001 [US1] One\n";
    assert!(says(CODE, none).is_empty());
    assert_eq!(knows(CODE, none).1, ["spec.md has no numbered stories (1)"]);
}

#[test]
fn a_gap_among_the_stories_is_seen_in_the_sentence() {
    let text = "//- /specs/001-a/spec.md\n# A\n\n### User Story 1 - One (Priority: P1)\n\n### User Story 2 - Two (Priority: P1)\n\n### User Story 4 - Four (Priority: P1)\n//- /specs/001-a/tasks.md\n# T\n\n## Phase 1: Work\n\n- [ ] T001 [US3] Three\n";
    assert_eq!(
        says(CODE, text),
        ["[[US3]] US3 is not a story of spec.md, which defines US1, US2, US4."]
    );
}

#[test]
fn many_stories_of_another_spec_are_one_finding() {
    let list = |count: u32| {
        let task = |n: u32| format!("- [ ] T00{n} [US{}] Work\n", n + 3);
        with(&format!(
            "## Phase 1: Work\n\n{}",
            (1..=count).map(task).collect::<String>()
        ))
    };
    assert_eq!(says(CODE, &list(5)).len(), 5);
    assert_eq!(
        says(CODE, &list(6)),
        [
            "[[US4]] US4 and 5 other stories that are named here are not in spec.md, which defines US1, US3."
        ]
    );
    assert_eq!(related(CODE, &list(6)).len(), 5);
}
