use super::{knows, related, says};

const CODE: &str = "principle-without-gate";
const CONSTITUTION: &str = "//- /.specify/memory/constitution.md\n# Parcels Constitution\n\n## Core Principles\n\n### I. Tests Come First\n\nText.\n\n### II. Boring Storage\n\nText.\n\n### III. Old Records Stay Readable\n\n- **Retention**: ten years.\n\n### IV. Test-Driven Development\n\nText.\n\n**Version**: 1.1.0 | **Ratified**: 2026-01-02 | **Last Amended**: 2026-02-03\n";

fn plan(gates: &str) -> String {
    format!(
        "{CONSTITUTION}//- /specs/001-a/plan.md\n# Plan: A\n\n**Branch**: `001-a` | **Date**: 2026-02-04\n\n## Constitution Check\n\n{gates}\n"
    )
}

#[test]
fn a_principle_that_the_check_leaves_out() {
    let table = plan(
        "| Principle | Status | Evidence |\n|---|---|---|\n| I. Tests Come First | ✅ PASS | x |\n| II. Boring Storage | ✅ PASS | y |\n| IV. TDD | ✅ PASS | z |",
    );
    assert_eq!(
        says(CODE, &table),
        [
            "[Constitution Check] The constitution's principle “Old Records Stay Readable” has no gate here, where 3 others have one."
        ]
    );
    assert_eq!(related(CODE, &table), ["III"]);
}

#[test]
fn gates_by_name_number_or_initials() {
    let tail = "- ✅ **Readable records**: old ones too\n- ✅ **TDD**: yes";
    for gates in [
        format!("- ✅ **Tests first**: yes\n- ✅ **Storage**: yes\n{tail}"),
        format!("- [x] **Principle I**: yes\n- [x] **Principle II (SQLite)**: yes\n{tail}"),
        // Spoken of without a gate.
        "- ✅ **I. Tests Come First**\n- ✅ **II. Boring Storage**\n- ✅ **IV. TDD**\n\nPrinciple III does not apply.".to_owned(),
        "- ✅ **I. Tests Come First**\n- ✅ **II. Boring Storage**\n- ✅ **IV. TDD**\n\nRecords are not touched.".to_owned(),
    ] {
        assert!(says(CODE, &plan(&gates)).is_empty(), "{gates}");
    }
}

#[test]
fn a_check_of_another_kind_is_unknown() {
    for gates in [
        "- [x] **Simplicity**: one project\n- [x] **Observability**: logs",
        "- ✅ **I. Tests Come First**",
        // A selection.
        "- ✅ **II. Boring Storage**\n- ✅ **III. Old Records**",
        // The constitution was written anew.
        "- ✅ **I. Library First**\n- ✅ **II. Command Line**\n- ✅ **IV. Simplicity**",
    ] {
        assert!(says(CODE, &plan(gates)).is_empty(), "{gates}");
        assert_eq!(
            knows(CODE, &plan(gates)).1,
            ["the Constitution Check names only some of these principles (1)"]
        );
    }
}

#[test]
fn two_that_are_left_out_of_few_are_a_choice_and_of_many_are_not() {
    let names = "Simplicity Observability Accessibility Privacy Tracing Caching Typing Reviews Budgets Releases Licences \
                 Dependencies Documentation Localisation Migrations Benchmarks Backups Ownership";
    let with = |count: usize| {
        let names: Vec<&str> = names.split_whitespace().take(count).collect();
        let sections: Vec<String> = (1..)
            .zip(&names)
            .map(|(at, name)| format!("### {at}. {name}\n\nText.\n\n"))
            .collect();
        let gates: Vec<String> = (1..)
            .zip(&names[..count - 2])
            .map(|(at, name)| format!("- ✅ **{at}. {name}**\n"))
            .collect();
        format!(
            "//- /.specify/memory/constitution.md\n# C\n\n## Core Principles\n\n{}**Version**: 1.1.0 | **Ratified**: 2026-01-02 | **Last Amended**: 2026-02-03\n//- /specs/001-a/plan.md\n# Plan: A\n\n**Date**: 2026-02-04\n\n## Constitution Check\n\n{}",
            sections.concat(),
            gates.concat()
        )
    };
    for (count, findings) in [(5, 0), (15, 0), (16, 1), (18, 1)] {
        assert_eq!(says(CODE, &with(count)).len(), findings, "{count}");
    }
}

#[test]
fn not_once_work_has_begun() {
    let begun = format!(
        "{}//- /specs/001-a/tasks.md\n# Tasks: A\n\n- [x] T001 One\n",
        plan("- ✅ **I. Tests Come First**\n- ✅ **II. Boring Storage**\n- ✅ **IV. TDD**")
    );
    assert!(says(CODE, &begun).is_empty());
    assert_eq!(knows(CODE, &begun), (0, Vec::new()));
}

#[test]
fn a_principle_that_may_be_younger_than_the_plan_is_unknown() {
    let gates = "- ✅ **I. Tests Come First**\n- ✅ **II. Boring Storage**\n- ✅ **IV. TDD**";
    assert_eq!(says(CODE, &plan(gates)).len(), 1);
    for written in [
        "**Date**: 2026-02-03",
        "**Date**: 2025-12-31",
        "**Date**: soon",
    ] {
        let earlier = plan(gates).replace("**Date**: 2026-02-04", written);
        assert!(says(CODE, &earlier).is_empty(), "{written}");
        assert_eq!(
            knows(CODE, &earlier).1,
            ["the principle may be younger than the plan (1)"]
        );
    }
}
