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
    let filled = "# Parcels Constitution\n\n### I. Tests\n\n[See the guide](x.md) and [ADR-1], [MUST], [as_is].\n\nTODO(RATIFICATION_DATE): unknown\n\n<!-- [PRINCIPLE_1_NAME] -->";
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

#[test]
fn the_check_says_in_other_languages_that_there_is_none() {
    for words in [
        "No project constitution defined, so no gates.",
        "憲章はまだ策定されていないため、一般的な原則で確認。",
        "プロジェクトの憲章は初期状態であり、違反はない。",
        "[憲法がプレースホルダーのため、後で書く]",
        "项目尚未写下宪法，按惯例检查。",
        "헌장은 아직 비어 있다.",
        "La constitución aún no existe.",
    ] {
        let text = project(
            "# [PROJECT_NAME] Constitution",
            &format!("## Constitution Check\n\n{words}"),
        );
        assert!(says(CODE, &text).is_empty(), "{words}");
        assert_eq!(knows(CODE, &text), (1, Vec::new()), "{words}");
    }
}

#[test]
fn gates_of_another_document_are_unknown() {
    let check = "## Constitution Check\n\n- ✅ **Small parcels first**";
    let template = "# [PROJECT_NAME] Constitution";
    let unknown = ["the gates may be those of another document (1)"];
    for path in [
        "CONSTITUTION.md",
        "docs/constitution.md",
        ".specify/our.constitution",
    ] {
        let text = project(template, check) + &format!("//- /{path}\n# Ours\n");
        assert!(says(CODE, &text).is_empty(), "{path}");
        assert_eq!(knows(CODE, &text).1, unknown, "{path}");
    }
    let named = project(
        template,
        "## Constitution Check\n\nRules from CLAUDE.md: kept.",
    );
    assert_eq!(knows(CODE, &named).1, unknown);
    // Somebody else's, or a program about constitutions.
    for path in [
        "web/CONSTITUTION.md",
        "src/constitution.rs",
        "docs/constitution-template.md",
    ] {
        let text = project(template, check) + &format!("//- /{path}\nx\n");
        assert_eq!(says(CODE, &text).len(), 1, "{path}");
    }
}
