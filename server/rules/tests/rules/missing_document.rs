use super::{knows, related, says};

const CODE: &str = "missing-document";
const TASKS: &str = "//- /specs/001-a/tasks.md\n# Tasks: A\n\n**Input**: Design documents from `/specs/001-a/`\n**Prerequisites**: 🎉 plan.md (required), spec.md (required for user stories), research.md\n\n## Phase 1\n\n- [ ] T001 One\n";

#[test]
fn tasks_without_the_plan_they_name() {
    let text = format!("//- /specs/001-a/spec.md\n# A\n{TASKS}");
    assert_eq!(
        says(CODE, &text),
        ["[plan.md] tasks.md names plan.md as what it was made from, and the feature has none."]
    );
    assert_eq!(knows(CODE, &text).0, 2);
}

#[test]
fn one_finding_for_both() {
    assert_eq!(
        says(CODE, TASKS),
        ["[spec.md] tasks.md names spec.md as what it was made from, and the feature has none."]
    );
    assert_eq!(related(CODE, TASKS), ["plan.md"]);
}

#[test]
fn a_plan_without_its_spec() {
    for link in ["[spec.md](./spec.md)", "`/specs/001-a/spec.md`", "spec.md"] {
        let text = format!(
            "//- /specs/001-a/plan.md\n# Plan: A\n\n**Branch**: `001-a` | **Spec**: {link}\n\n## Summary\n\nText.\n"
        );
        assert_eq!(
            says(CODE, &text),
            ["[spec.md] plan.md names spec.md as what it was made from, and the feature has none."]
        );
    }
}

#[test]
fn whole_features_and_documents_of_another_origin() {
    let whole = format!("//- /specs/001-a/spec.md\n# A\n//- /specs/001-a/plan.md\n# P\n{TASKS}");
    assert!(says(CODE, &whole).is_empty());
    assert_eq!(knows(CODE, &whole).0, 2);
    for head in [
        "**Prerequisites**: the constitution",
        "**Prerequisites**: plan.md (optional), research.md",
        "**Prerequisites**: no plan.md, a small change",
        "**Input**: `/specs/002-other/plan.md`",
        "**Input**: my-plan.md",
        "A plan.md was never made.",
        "<!-- **Prerequisites**: plan.md -->",
        "## Notes\n\n**See**: plan.md",
    ] {
        let text = format!("//- /specs/001-a/tasks.md\n# Tasks: A\n\n{head}\n\n- [ ] T001 One\n");
        assert!(says(CODE, &text).is_empty(), "{head}");
    }
}
