use super::{fixes, related, says};

const CODE: &str = "dependency-cycle";

fn tasks(lines: &str) -> String {
    format!("//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{lines}\n")
}

#[test]
fn two_tasks_that_wait_for_each_other() {
    let pair = tasks("- [ ] T001 One (depends on T002)\n- [ ] T002 Two (after T001)");
    assert_eq!(
        says(CODE, &pair),
        ["[T002] T001 depends on T002, and T002 depends on T001."]
    );
    assert_eq!(related(CODE, &pair), ["T001"]);
    assert!(fixes(CODE, &pair).is_empty());
    assert!(says("dependency-order", &pair).is_empty());
}

#[test]
fn a_longer_circle_is_one_finding() {
    let circle = tasks(
        "- [ ] T001 One\n- [ ] T002 Two (depends on T004)\n- [x] T003 Three (depends on T002, T001)\n- [ ] T004 Four\n\n## Dependencies\n\n- T004 depends on T003",
    );
    assert_eq!(
        says(CODE, &circle),
        ["[T004] T002 depends on itself by way of T004 → T003."]
    );
}

#[test]
fn two_circles_are_two_findings() {
    let circles = tasks(
        "- [ ] T001 One (depends on T002)\n- [ ] T002 Two (depends on T001)\n- [ ] T003 Three (depends on T004)\n- [ ] T004 Four (depends on T003)\n- [ ] T005 Five (depends on T001)",
    );
    assert_eq!(says(CODE, &circles).len(), 2);
}

#[test]
fn finished_circles_and_straight_lines_are_quiet() {
    for lines in [
        "- [x] T001 One (depends on T002)\n- [X] T002 Two (depends on T001)",
        "- [ ] T001 One\n- [ ] T002 Two (depends on T001)\n- [ ] T003 Three (depends on T001, T002)",
        "- [ ] T001 One\n- [ ] T002 Two (depends on T001-T003)\n- [ ] T003 Three",
    ] {
        assert!(says(CODE, &tasks(lines)).is_empty(), "{lines}");
    }
}
