use super::{fixes, knows, related, says};

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
fn the_same_number_is_the_same_id_and_likeness_is_no_reason() {
    let padded = tasks("- [ ] T001 Do it (FR-2) and again FR-0012");
    assert!(says(CODE, &padded).is_empty());
    assert_eq!(knows(CODE, &padded).0, 2);
    let swapped = tasks("- [ ] T001 Do it (FR-021)");
    assert_eq!(
        says(CODE, &swapped),
        ["[FR-021] FR-021 is not defined in spec.md, which ends at FR-020a."]
    );
    assert!(fixes(CODE, &swapped).is_empty());
    // Two ids have that number.
    let both = padded.replace(
        "- **FR-002**: Two.",
        "- **FR-002**: Two.\n- **FR-02**: Too.",
    );
    assert_eq!(says(CODE, &both).len(), 1);
}

/// Two features that define FR-014, and `text` in a third that does not.
fn third(path: &str, text: &str) -> String {
    let spec = |dir: &str, last: &str| {
        format!(
            "//- /specs/{dir}/spec.md\n# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n- **FR-{last}**: Last.\n"
        )
    };
    format!(
        "{}{}{}//- /specs/003-c/{path}\n{text}\n",
        spec("001-a", "014"),
        spec("002-b", "014"),
        spec("003-c", "007")
    )
}

#[test]
fn what_is_no_id_of_this_feature() {
    for line in [
        // The second point of one that has no ids for its points.
        "- [ ] T001 Do it (FR-002.2)",
        // Another series.
        "- [ ] T001 Do it (FR-AUTH-014)",
        // Ten at once.
        "- [ ] T001 Do it (FR-01x)",
        // Fewer digits than all others: a name.
        "- [ ] T001 Do it (FR-55)",
    ] {
        assert!(says(CODE, &tasks(line)).is_empty(), "{line}");
    }
    for line in ["- [ ] T001 Do it (FR-014.2)", "- [ ] T001 Do it (FR-B014)"] {
        assert_eq!(says(CODE, &tasks(line)).len(), 1, "{line}");
    }
}

#[test]
fn what_a_feature_defines_that_is_named_is_unknown() {
    let why = "another feature that is named there defines it (1)";
    for text in [
        "# Data Model: Tests for 002-B\n\nIt covers FR-014.",
        "- The bridge of 002 (FR-014 behaviour) stays.",
    ] {
        let fixture = third("data-model.md", text);
        assert!(says(CODE, &fixture).is_empty(), "{text}");
        assert!(
            knows(CODE, &fixture).1.contains(&why.to_owned()),
            "{text}: {:?}",
            knows(CODE, &fixture)
        );
    }
    assert_eq!(
        says(CODE, &third("data-model.md", "It covers FR-014 of 004-d.")).len(),
        1
    );
}

#[test]
fn what_another_feature_defines_may_be_called_existing() {
    let why = "the document calls it a requirement that exists in another feature (1)";
    for line in [
        "The confirmation is asked (see existing **FR-014**).",
        "The same pattern as FR-014 holds.",
        "## Session (**FR-001** / **FR-014** parity)",
        "- **FR-014**: `src/router.ts` clears it, unchanged.",
        "It reads on demand (FR-014-compliant).",
        "These are FR-014 tables owned by the audit subsystem.",
        "기존 FR-014 확인을 따른다.",
    ] {
        let text = third("plan.md", &format!("# Plan\n\n{line}"));
        assert!(says(CODE, &text).is_empty(), "{line}");
        assert_eq!(knows(CODE, &text).1, [why], "{line}");
    }
    // Called existing once, it is the other one wherever the feature names it.
    let twice = third(
        "plan.md",
        "# Plan\n\nAs the existing FR-014.\n\nIt extends FR-014.",
    );
    assert!(says(CODE, &twice).is_empty());
    for line in [
        "It extends FR-014.",
        "As soon as FR-014 is done.",
        "Nothing is owned by it. FR-014 is done.",
        // No feature has it.
        "The existing FR-015.",
    ] {
        assert_eq!(
            says(CODE, &third("plan.md", &format!("# Plan\n\n{line}"))).len(),
            1,
            "{line}"
        );
    }
}

#[test]
fn a_document_that_the_line_names_may_define_it() {
    let contract = |file: &str, text: &str, line: &str| {
        let work = third(
            "tasks.md",
            &format!("# Tasks\n\n## Phase 1: Work\n\n- [ ] T001 {line}"),
        );
        says(
            CODE,
            &format!("{work}//- /specs/003-c/contracts/{file}\n{text}\n//- /src/api.kt\nx\n"),
        )
        .len()
    };
    let line = |file: &str| format!("Cover FR-014 from contracts/{file}");
    assert_eq!(contract("api.kt", "// FR-014: Lines", &line("api.kt")), 0);
    assert_eq!(
        contract("api.md", "- **FR-014**: Lines", &line("api.md")),
        0
    );
    // It is read, and does not have it.
    assert_eq!(contract("api.md", "It has lines.", &line("api.md")), 1);
    assert_eq!(
        contract("api.md", "- **FR-0145**: Lines", &line("api.md")),
        1
    );
    // No document of the feature.
    assert_eq!(contract("api.kt", "", "Cover FR-014 in src/api.kt"), 1);
    assert_eq!(contract("api.kt", "", &line("other.kt")), 1);
}

#[test]
fn a_sentence_that_names_another_feature_speaks_of_its_ids() {
    let said = |line: &str| says(CODE, &third("plan.md", &format!("# Plan\n\n{line}"))).len();
    assert_eq!(
        said("Wrote `specs/009-cache/spec.md` as a stub, where FR-014 is a limit."),
        0
    );
    assert_eq!(
        said("Wrote `specs/009-cache/spec.md` as a stub. FR-014 is a limit."),
        1
    );
    assert_eq!(
        said("Wrote `specs/009-cache/spec.md` as a stub; expected 3 s; FR-014 is a limit."),
        0
    );
    assert_eq!(said("Wrote `specs/README.md`, where FR-014 is a limit."), 1);
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

#[test]
fn an_example_of_an_id_that_exists_elsewhere() {
    let text = "//- /specs/001-a/spec.md\n# A\n\n- **FR-001**: One.\n\nWhy: FR-020 exists in\ntwo other specs.\n//- /specs/001-a/tasks.md\n# T\n\n- [ ] T001 Qualify \"FR-020\"\n//- /specs/002-b/spec.md\n# B\n\n- **FR-020**: Twenty.\n//- /specs/003-c/spec.md\n# C\n\n- **FR-020**: Else.\n";
    assert!(says(CODE, text).is_empty(), "{:?}", says(CODE, text));
    let cited = text.replace("exists in\ntwo other specs", "holds");
    assert!(!says(CODE, &cited).is_empty());
}

#[test]
fn a_merged_requirement_is_known_to_be_gone() {
    let text = "//- /specs/001-a/spec.md\n# A\n\n- **FR-001**: One.\n\nMerged FR-003 and FR-004 into FR-001.\n";
    assert!(says(CODE, text).is_empty());
}

#[test]
fn many_lost_ids_of_a_document_are_one_finding() {
    let cited = |count: u32| {
        let task = |n: u32| format!("- [ ] T00{n} Work (FR-01{n})\n");
        format!(
            "//- /specs/001-a/spec.md\n# A\n\n- **FR-001**: One.\n//- /specs/001-a/tasks.md\n# T\n\n{}",
            (1..=count).map(task).collect::<String>()
        )
    };
    assert_eq!(says(CODE, &cited(5)).len(), 5);
    assert_eq!(
        says(CODE, &cited(6)),
        ["[FR-011] FR-011 and 5 other ids that are cited here are not defined in spec.md."]
    );
    assert_eq!(
        related(CODE, &cited(6)),
        ["FR-012", "FR-013", "FR-014", "FR-015", "FR-016"]
    );
}
