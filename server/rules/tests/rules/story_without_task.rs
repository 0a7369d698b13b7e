use super::{knows, says};

const CODE: &str = "story-without-task";

fn with(tasks: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n### User Story 1 - One (Priority: P1)\n\nText.\n\n### User Story 2 - Two (Priority: P2)\n\nText.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n{tasks}"
    )
}

#[test]
fn a_story_that_nobody_works_for() {
    let lacks = with(
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [US1] Two\n\n## Dependencies\n\n- US2 waits for US1\n",
    );
    assert_eq!(
        says(CODE, &lacks),
        [
            "[User Story 2] warning: US2 has no task in tasks.md, where 2 tasks work for other stories."
        ]
    );
}

#[test]
fn labels_phases_parts_and_headings_count() {
    for tasks in [
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [US2] Two\n",
        "## Phase 1: User Story 1 - One\n\n- [ ] T001 One\n\n## Phase 2: User Story 2 - Two\n\n- [ ] T002 Two\n",
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [US2a] Two\n",
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n\n## Phase 2: US1 + US2 - Both\n\n- [ ] T002 Two\n",
        "Both stories (US1, US2) are done together.\n\n## Phase 1: Work\n\n- [ ] T001 [US1] One\n",
    ] {
        assert!(says(CODE, &with(tasks)).is_empty(), "{tasks}");
        assert_eq!(knows(CODE, &with(tasks)).0, 2);
    }
}

#[test]
fn a_list_without_stories_says_nothing() {
    let none = with("## Phase 1: Work\n\n- [ ] T001 One\n");
    assert!(says(CODE, &none).is_empty());
    assert_eq!(
        knows(CODE, &none).1,
        ["tasks.md is not organised by story (1)"]
    );
    assert_eq!(
        knows(
            CODE,
            "//- /specs/001-a/spec.md\n# A\n\n### User Story 1 - One (Priority: P1)\n"
        ),
        (0, Vec::new())
    );
}
