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

#[test]
fn in_a_flat_list_of_kiro_the_number_says_whose_task_it_is() {
    let kiro = |lines: &str| format!("//- /.kiro/specs/a/tasks.md\n# Plan\n\n{lines}\n");
    let wrong = kiro(
        "- [x] 1. One\n- [x] 1.1 a\n- [ ] 1.2 b\n- [ ]* 1.3 c\n- [ ] 1.2.1 d\n\n## More\n\n- [ ] 2. Two\n- [ ] 1.4 e (optional)\n- [x] 2.1 f",
    );
    assert_eq!(
        says(CODE, &wrong),
        ["[1] Task 1 is ticked with 2 of its 5 sub-tasks open."]
    );
    assert_eq!(related(CODE, &wrong), ["[ ]", "[ ]"]);
    assert_eq!(
        says(CODE, &kiro("- [x] 1. One\n- [ ] 1.1 a")),
        ["[1] Task 1 is ticked, but its sub-task 1.1 is open."]
    );
    for quiet in [
        "- [x] 1. One\n- [x] 1.1 a\n- [ ]* 1.2 b",
        "- [ ] 1. One\n- [ ] 1.1 a",
        "- [x] 1. One\n- [-] 1.1 a",
        // The second list counts anew.
        "- [x] 1. One\n\n- [ ] 1. Other\n- [ ] 1.1 a",
    ] {
        assert!(says(CODE, &kiro(quiet)).is_empty(), "{quiet}");
    }
    // A nested one is counted once.
    assert_eq!(
        says(CODE, &kiro("- [x] 1. One\n  - [ ] 1.1 a")),
        ["[1] Task 1 is ticked, but the box nested in it is open."]
    );
}
