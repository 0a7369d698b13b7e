use super::{knows, related, says};

const CODE: &str = "missing-document";
const TASKS: &str = "//- /specs/001-a/tasks.md\n# Tasks: A 🎉\n\n- [ ] T001 One\n";

#[test]
fn tasks_without_a_plan() {
    let text = format!("//- /specs/001-a/spec.md\n# A\n{TASKS}");
    assert_eq!(
        says(CODE, &text),
        ["[Tasks: A 🎉] tasks.md is there, and plan.md, which it is made from, is not."]
    );
}

#[test]
fn one_finding_for_both() {
    assert_eq!(
        says(CODE, TASKS),
        ["[Tasks: A 🎉] tasks.md is there, and spec.md, which it is made from, is not."]
    );
    assert_eq!(related(CODE, TASKS).len(), 1);
}

#[test]
fn a_plan_without_a_spec() {
    let text = "//- /specs/001-a/plan.md\n# Plan: A\n\n## Technical Context\n\nText.\n";
    assert_eq!(
        says(CODE, text),
        ["[Plan: A] plan.md is there, and spec.md, which it is made from, is not."]
    );
}

#[test]
fn whole_features_and_plans_of_another_workflow() {
    for text in [
        "//- /specs/001-a/spec.md\n# A\n",
        "//- /specs/001-a/plan.md\n# Plan\n\n## Gotchas\n\nText.\n",
        "//- /specs/001-a/tasks.md\n# To do\n\n- [ ] Buy milk\n",
    ] {
        assert!(says(CODE, text).is_empty(), "{text}");
        assert_eq!(knows(CODE, text).0, 0);
    }
    let whole = format!("//- /specs/001-a/spec.md\n# A\n//- /specs/001-a/plan.md\n# P\n{TASKS}");
    assert!(says(CODE, &whole).is_empty());
    assert_eq!(knows(CODE, &whole).0, 1);
}
