use super::{fixed, fixes, knows, says};

const CODE: &str = "unknown-reference";

fn with(path: &str, text: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n- **FR-002**: Two.\n- **FR-012**: Twelve.\n- **FR-020a**: Part.\n//- /specs/001-a/{path}\n{text}"
    )
}

fn tasks(line: &str) -> String {
    with(
        "tasks.md",
        &format!("# Tasks: A\n\n## Phase 1: Work\n\n{line}\n"),
    )
}

#[test]
fn an_id_that_the_spec_does_not_define() {
    let wrong = tasks("- [ ] T001 Do it (FR-001, FR-014)\n- [ ] T002 Do more (FR-014)");
    assert_eq!(
        says(CODE, &wrong),
        ["[FR-014] FR-014 is not defined in spec.md, which goes from FR-012 to FR-020a."]
    );
    assert!(fixes(CODE, &wrong).is_empty());
    assert_eq!(knows(CODE, &wrong).0, 2);
}

#[test]
fn padding_and_swapped_digits_are_put_right() {
    let padded = tasks("- [ ] T001 Do it (FR-2) and again FR-2");
    assert_eq!(
        says(CODE, &padded),
        ["[FR-2] FR-2 is not defined in spec.md, which defines FR-002."]
    );
    assert!(fixed(CODE, &padded).contains("Do it (FR-002) and again FR-002"));
    assert_eq!(
        fixes(CODE, &tasks("- [ ] T001 Do it (FR-021)")),
        ["Replace FR-021 by FR-012"]
    );
}

#[test]
fn only_the_ends_of_a_range_count() {
    assert!(says(CODE, &tasks("- [ ] T001 Do it (FR-001 - FR-012)")).is_empty());
    assert_eq!(
        says(CODE, &tasks("- [ ] T001 Do it (FR-001-FR-015)")).len(),
        1
    );
}

#[test]
fn what_is_said_to_be_gone_may_be_gone() {
    for line in [
        "- [ ] T001 Do it (FR-014 was removed)",
        "- [ ] T001 Do it ~~FR-014~~",
        "- [ ] T001 FR-014 is out of scope",
    ] {
        assert!(says(CODE, &tasks(line)).is_empty(), "{line}");
    }
    assert!(
        says(
            CODE,
            &with(
                "research.md",
                "# Research\n\n## Changes\n\nFR-014 becomes FR-002.\n"
            )
        )
        .is_empty()
    );
}

#[test]
fn parts_of_a_requirement_are_its_own() {
    assert!(says(CODE, &tasks("- [ ] T001 Do it (FR-002b, FR-020)")).is_empty());
    assert_eq!(says(CODE, &tasks("- [ ] T001 Do it (FR-020c)")).len(), 1);
}

#[test]
fn other_prefixes_other_features_and_other_documents() {
    for line in [
        "- [ ] T001 Use UTF-8 and SHA-256",
        "- [ ] T001 As in 083/FR-014",
        "- [ ] T001 Write FR-XXX (SC-001)",
    ] {
        assert!(says(CODE, &tasks(line)).is_empty(), "{line}");
    }
    assert!(says(CODE, &with("review.md", "# Review\n\nFR-014\n")).is_empty());
    assert!(says(CODE, &with("plan.md", "# Plan\n\n```text\nFR-014\n```\n")).is_empty());
    assert_eq!(
        says(
            CODE,
            &with(
                "checklists/ux.md",
                "# Checklist\n\n- [ ] CHK001 Is it clear? [Spec §FR-014]\n"
            )
        )
        .len(),
        1
    );
}

#[test]
fn parts_named_by_letters_or_numbers_make_the_whole_known() {
    let parts = |defined: &str, cited: &str| {
        format!(
            "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n- **{defined}**: Part.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n- [ ] T001 Do it ({cited})\n"
        )
    };
    assert!(says(CODE, &parts("FR-017A", "FR-017")).is_empty());
    assert!(says(CODE, &parts("FR-017.1", "FR-017")).is_empty());
    assert_eq!(says(CODE, &parts("FR-017A", "FR-018")).len(), 1);
}

#[test]
fn ids_that_the_spec_gave_up_are_known_to_be_gone() {
    let given_up = "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n> **Numbering note.** FR-008…FR-010 covered formatting and were\n> **descoped** into a later spec.\n\n## Requirements\n\n- **FR-001**: One.\n//- /specs/001-a/plan.md\n# Implementation Plan: A\n\nIt follows FR-008 and FR-009.\n\nIt needs FR-044.\n";
    assert_eq!(
        says(CODE, given_up),
        ["[FR-044] FR-044 is not defined in spec.md, which ends at FR-001."]
    );
}

#[test]
fn the_only_feature_that_defines_it_is_meant() {
    let track = "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n- **FR-X2**: Shared.\n//- /specs/002-b/spec.md\n# Feature Specification: B (Spec 001 Track B)\n\n## Requirements\n\n- **FR-001**: One.\n//- /specs/002-b/plan.md\n# Implementation Plan: B\n\nIt keeps FR-X2.\n";
    assert!(says(CODE, track).is_empty());
}
