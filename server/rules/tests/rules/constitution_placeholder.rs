use super::{knows, related, says};

const CODE: &str = "constitution-placeholder";

fn project(constitution: &str, plan: &str) -> String {
    format!(
        "//- /.specify/memory/constitution.md\n{constitution}\n//- /specs/001-a/plan.md\n# Plan: A\n\n{plan}\n"
    )
}

#[test]
fn a_check_against_the_template() {
    let text = project(
        "# [PROJECT_NAME] Constitution\n\n## Core Principles\n\n### [PRINCIPLE_1_NAME]\n\n[PRINCIPLE_1_DESCRIPTION]",
        "## 📜 Constitution Check\n\nAll pass.",
    );
    assert_eq!(
        says(CODE, &text),
        [
            "[📜 Constitution Check] plan.md is checked against a constitution that still has `[PROJECT_NAME]` and 2 more of the template."
        ]
    );
    assert_eq!(
        related(CODE, &text),
        [
            "[PROJECT_NAME]",
            "[PRINCIPLE_1_NAME]",
            "[PRINCIPLE_1_DESCRIPTION]"
        ]
    );
}

#[test]
fn filled_known_or_nothing_to_check() {
    let template = "# [PROJECT_NAME] Constitution";
    let filled = "# Parcels Constitution\n\n### I. Tests\n\n[See the guide](x.md) and [ADR-1].\n\nTODO(RATIFICATION_DATE): unknown\n\n<!-- [PRINCIPLE_1_NAME] -->";
    for text in [
        project(filled, "## Constitution Check\n\nAll pass."),
        project(
            template,
            "## Constitution Check\n\nThe constitution is still the template; nothing to check.",
        ),
        project(
            template,
            "## Constitution Check\n\n憲章はテンプレートのまま。",
        ),
        project(template, "## Summary\n\nText."),
        // `leftover-placeholder`
        project(
            template,
            "## Constitution Check\n\n[Gates determined based on constitution file]",
        ),
        "//- /specs/001-a/plan.md\n# P\n\n## Constitution Check\n\nAll pass.\n".to_owned(),
    ] {
        assert!(says(CODE, &text).is_empty(), "{text}");
    }
    assert_eq!(
        knows(CODE, &project(filled, "## Constitution Check\n\nAll pass.")).0,
        1
    );
}
