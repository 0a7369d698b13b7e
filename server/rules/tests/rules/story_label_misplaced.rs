use super::{fixed, fixes, knows, related, says};

const CODE: &str = "story-label-misplaced";

fn with(phase: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n### User Story 1 - One (Priority: P1)\n\nText.\n\n### User Story 2 - Two (Priority: P2)\n\nText.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n{phase}\n\n## Phase 4: User Story 2 - Two\n\n- [ ] T020 [US2] Two\n"
    )
}

const OWN: &str = "- [ ] T001 [US1] One\n- [ ] T002 [P] [US1] Two\n";

#[test]
fn a_label_in_the_phase_of_another_story() {
    let wrong = with(&format!(
        "## Phase 3: User Story 1 - One\n\n{OWN}- [ ] T003 [P] [US2] 三"
    ));
    assert_eq!(
        says(CODE, &wrong),
        ["[[US2]] T003 is labelled US2, but stands in the phase of US1."]
    );
    assert_eq!(related(CODE, &wrong), ["User Story 1 - One"]);
    assert_eq!(fixes(CODE, &wrong), ["Replace US2 by US1"]);
    assert!(fixed(CODE, &wrong).contains("- [ ] T003 [P] [US1] 三\n"));
}

#[test]
fn phases_of_several_stories_hold_tasks_of_each() {
    for phase in [
        format!("## Phase 3: User Stories 1 & 2 - Both\n\n{OWN}- [ ] T003 [US2] Three"),
        format!(
            "## Phase 3: User Story 1 - One\n\nCovers US1 and US2.\n\n{OWN}- [ ] T003 [US2] Three"
        ),
        format!(
            "## Phase 3: User Story 1 - One\n\n{OWN}\n### Integration for User Story 2\n\n- [ ] T003 [US2] Three"
        ),
        format!("## Phase 3: User Story 1 - One\n\n{OWN}- [ ] T003 [US1] [US2] Three"),
        format!("## Phase 3: User Story 1 - One\n\n{OWN}- [ ] T003 [US1a] Three"),
        format!("## Phase 3: More\n\n{OWN}- [ ] T003 [US2] Three"),
    ] {
        assert!(says(CODE, &with(&phase)).is_empty(), "{phase}");
    }
}

#[test]
fn where_most_labels_are_anothers_the_heading_may_be_wrong() {
    let phase = "## Phase 3: User Story 1 - One\n\n- [ ] T001 [US2] One\n- [ ] T002 [US2] Two\n- [ ] T003 [US1] Three";
    assert!(says(CODE, &with(phase)).is_empty());
}

#[test]
fn a_label_that_no_story_has_is_said_elsewhere() {
    let phase = format!("## Phase 3: User Story 1 - One\n\n{OWN}- [ ] T003 [US9] Three");
    assert!(says(CODE, &with(&phase)).is_empty());
    assert_eq!(says("unknown-story", &with(&phase)).len(), 1);
}

#[test]
fn a_block_of_tasks_or_a_task_of_several_stories_may_stand_there_on_purpose() {
    let phase = |tasks: &str| {
        with(&format!(
            "## Phase 3: User Story 1 - One\n\n{OWN}- [ ] T003 [US1] C\n{tasks}"
        ))
    };
    let block = phase("- [ ] T004 [US2] Three\n- [ ] T005 [US2] Four");
    let several = phase("- [ ] T004 [US2+US3] Three");
    for text in [&block, &several] {
        assert!(says(CODE, text).is_empty(), "{text}");
        assert!(!knows(CODE, text).1.is_empty(), "{text}");
    }
    assert_eq!(says(CODE, &phase("- [ ] T004 [US2] Three")).len(), 1);
    // Without a phase of its own the story's heading was lost: one finding.
    let lost = block.replace("## Phase 4: User Story 2 - Two", "## Phase 4: Polish");
    assert_eq!(says(CODE, &lost).len(), 1);
    assert_eq!(related(CODE, &lost).len(), 3);
    let shared = block.replace("User Story 2 - Two\n\n-", "User Stories 2 & 3 - More\n\n-");
    assert_ne!(shared, block);
    assert!(says(CODE, &shared).is_empty());
}
