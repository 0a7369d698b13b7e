use super::{related, says};

const CODE: &str = "task-not-startable";

fn with(tasks: &str) -> String {
    format!("//- /.kiro/specs/a/tasks.md\n# Plan\n\n{tasks}")
}

#[test]
fn shapes_that_are_not_offered() {
    let text = with("- [ ] Write it\n- [ ] Send it\n\n### [ ] 1.2 Store it\n");
    assert_eq!(
        says(CODE, &text),
        [
            "[- [ ]] This task has no number behind its box; Kiro offers to start numbered tasks only.",
            "[1.2] Task 1.2 is a heading; Kiro offers to start list items with a box and a number only.",
        ]
    );
    assert_eq!(related(CODE, &text), ["- [ ]"]);
}

#[test]
fn what_says_nothing() {
    for tasks in [
        "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] a step\n- [ ]* 2. c\n",
        "- [x] done\n",
        "## Task 1: a\n\n- [ ] 1.1 b\n",
    ] {
        assert!(says(CODE, &with(tasks)).is_empty(), "{tasks}");
    }
    let cc_sdd = format!("//- /.kiro/specs/a/spec.json\n{{}}\n{}", with("- [ ] a\n"));
    assert!(says(CODE, &cc_sdd).is_empty());
}
