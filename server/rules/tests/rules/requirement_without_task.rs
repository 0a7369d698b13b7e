use super::{knows, says};

const CODE: &str = "requirement-without-task";

/// Eight requirements, the last one as given, and a task list.
fn with(last: &str, tasks: &str) -> String {
    let all: Vec<String> = (1..8)
        .map(|number| format!("- **FR-00{number}**: It MUST do {number}.\n"))
        .collect();
    let all = all.concat();
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n{all}{last}\n- **SC-001**: Fast.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{tasks}\n"
    )
}

const LAST: &str = "- **FR-008**: It MUST 覚える.";

#[test]
fn one_that_a_careful_list_leaves_out() {
    let careful = with(
        LAST,
        "- [ ] T001 Do it (FR-001 to FR-004)\n- [ ] T002 Do more (FR-005/006, FR-007)",
    );
    assert_eq!(
        says(CODE, &careful),
        ["[FR-008] FR-008 is cited nowhere in tasks.md, which cites 7 of the 8 FR requirements."]
    );
    assert_eq!(knows(CODE, &careful), (8, Vec::new()));
}

#[test]
fn a_list_that_does_not_keep_count_says_nothing() {
    for tasks in [
        "- [ ] T001 Do it",
        "- [ ] T001 Do it (FR-001, FR-002, FR-003, FR-004, FR-005)",
    ] {
        assert!(says(CODE, &with(LAST, tasks)).is_empty(), "{tasks}");
    }
}

#[test]
fn parts_wholes_and_what_asks_for_nothing() {
    let tasks = "- [ ] T001 Do it (FR-001-FR-007)";
    for last in [
        "- **FR-007a**: A part of it.",
        "- **FR-008**: ~~Withdrawn.~~",
        "- **FR-008**: The existing login MUST remain unchanged.",
    ] {
        assert!(says(CODE, &with(last, tasks)).is_empty(), "{last}");
    }
    assert!(
        says(
            CODE,
            &with(LAST, &format!("{tasks}\n- [ ] T002 Half of it (FR-008b)"))
        )
        .is_empty()
    );
    assert!(
        says(
            CODE,
            &with(
                LAST,
                &format!("{tasks}\n\n## Coverage\n\n| FR-008 | T001 |")
            )
        )
        .is_empty()
    );
}
