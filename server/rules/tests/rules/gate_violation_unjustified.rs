use super::{knows, says};

const CODE: &str = "gate-violation-unjustified";

fn plan(row: &str, rest: &str) -> String {
    format!(
        "//- /specs/001-a/plan.md\n# Plan: A\n\n## Constitution Check\n\n| Principle | Status | Evidence |\n|---|---|---|\n| I. Tests 🎉 | ✅ PASS | x |\n{row}\n\n{rest}\n"
    )
}

const FAILED: &str = "| II. One database 🎉 | ❌ FAIL | two |";

#[test]
fn a_violated_gate_without_a_reason() {
    let template = "## Complexity Tracking\n\n> **Fill ONLY if Constitution Check has violations that must be justified**\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n| [e.g., 4th project] | [current need] | [why 3 projects insufficient] |";
    for rest in ["", "## Complexity Tracking", template] {
        assert_eq!(
            says(CODE, &plan(FAILED, rest)),
            [
                "[II. One database 🎉] The gate “II. One database 🎉” is violated, and Complexity Tracking of plan.md has no row for it."
            ],
            "{rest}"
        );
    }
}

#[test]
fn reasons_count_wherever_they_stand() {
    for (row, rest) in [
        (
            FAILED,
            "## Complexity Tracking\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n| Two databases | The archive | None |",
        ),
        (
            FAILED,
            "## Complexity Tracking\n\nTwo databases are needed for the archive.",
        ),
        (
            FAILED,
            "## Justified deviations\n\n- Two databases: the archive.",
        ),
        (
            FAILED,
            "### Post-Design Re-check\n\n| Principle | Status |\n|---|---|\n| II. One database 🎉 | ✅ PASS |",
        ),
        ("| II. One database | ❌ FAIL, justified | two |", ""),
        (
            "| II. One database | ❌ FAIL | because of the archive |",
            "",
        ),
        ("| II. Two databases | **VIOLATION** | forbidden |", ""),
        ("| II. One database | ⚠️ PARTIAL | two |", ""),
        ("| II. One database | N/A | none |", ""),
    ] {
        assert!(says(CODE, &plan(row, rest)).is_empty(), "{row}\n{rest}");
    }
    assert_eq!(knows(CODE, &plan("", "")).0, 1);
}
