use super::{fixed, fixes, related, says};

const CODE: &str = "parent-done-child-open";

fn tasks(lines: &str) -> String {
    format!("//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{lines}\n")
}

#[test]
fn an_open_box_in_a_ticked_task() {
    let wrong =
        tasks("- [x] T001 One\n  - [x] first\n  - [ ] second\n    - [ ] 三つ目\n- [ ] T002 Two");
    assert_eq!(
        says(CODE, &wrong),
        ["[T001] T001 is ticked, but 2 of the 3 boxes nested in it are open."]
    );
    assert_eq!(related(CODE, &wrong), ["[ ]", "[ ]"]);
    assert_eq!(fixes(CODE, &wrong), ["Untick T001"]);
    assert!(fixed(CODE, &wrong).contains("- [ ] T001 One\n  - [x] first\n"));
}

#[test]
fn a_nested_task_counts_too() {
    let wrong = tasks("- [X] **T001** One\n\n  - [ ] T002 Two");
    assert_eq!(
        says(CODE, &wrong),
        ["[T001] T001 is ticked, but the box nested in it is open."]
    );
}

#[test]
fn settled_boxes_and_open_parents_are_quiet() {
    for lines in [
        "- [x] T001 One\n  - [x] first\n  - [X] second",
        "- [ ] T001 One\n  - [ ] first",
        "- [x] T001 One\n- [ ] T002 Two\n  - [ ] first",
        "- [x] T001 One\n  - [ ] ~~first~~",
        "- [x] T001 One\n  - [ ] first (deferred to v2)",
        "- [x] T001 One\n  - [ ] first, n/a here",
        "- [x] T001 One\n  - [-] first",
        "- [x] T001 One\n\n  ```text\n  - [ ] first\n  ```",
    ] {
        assert!(says(CODE, &tasks(lines)).is_empty(), "{lines}");
    }
}
