use super::{knows, related, says};

const CODE: &str = "dependency-order";

fn tasks(lines: &str) -> String {
    format!("//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{lines}\n")
}

#[test]
fn a_task_before_the_one_it_waits_for() {
    let early = tasks(
        "- [ ] T001 One (depends on T003)\n- [ ] T002 Two\n- [ ] T003 Three (depends on T002)",
    );
    assert_eq!(
        says(CODE, &early),
        ["[T003] T001 depends on T003, which stands behind it in tasks.md."]
    );
    assert_eq!(related(CODE, &early), ["T003"]);
    assert_eq!(knows(CODE, &early).0, 2);
}

#[test]
fn one_sentence_is_one_finding() {
    let section = tasks(
        "- [ ] T001 One\n- [ ] T002 Two\n- [ ] T003 Three\n- [ ] T004 Four\n\n## Dependencies\n\n- T003-T004 before T001-T002",
    );
    assert_eq!(
        says(CODE, &section),
        ["[T001] T001 depends on T003, which stands behind it in tasks.md."]
    );
}

#[test]
fn finished_work_and_nested_tasks_are_left_alone() {
    for lines in [
        "- [x] T001 One (depends on T002)\n- [ ] T002 Two",
        "- [ ] T001 One (depends on T002)\n- [x] T002 Two",
        "- [ ] T001 One (depends on T002)\n  - [ ] T002 Two",
        "- [ ] T001 One, then T002\n- [ ] T002 Two",
    ] {
        assert!(says(CODE, &tasks(lines)).is_empty(), "{lines}");
    }
}
