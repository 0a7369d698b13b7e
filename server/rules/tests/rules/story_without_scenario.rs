use super::{knows, says};

const CODE: &str = "story-without-scenario";
const TOLD: &str = "### User Story 1 - One (Priority: P1)\n\nText.\n\n**Acceptance Scenarios**:\n\n1. **Given** a, **When** b, **Then** c.\n2. **Given** d, **When** e, **Then** f.\n";

fn spec(second: &str) -> String {
    format!("//- /specs/001-a/spec.md\n# A\n\n## User Scenarios & Testing\n\n{TOLD}\n{second}\n")
}

#[test]
fn a_story_that_says_nowhere_how_it_is_accepted() {
    assert_eq!(
        says(
            CODE,
            &spec(
                "### User Story 2 - 二 🎉 (Priority: P2)\n\nText.\n\n**Independent Test**: Try it."
            )
        ),
        ["[User Story 2] US2 has no acceptance scenario, unlike 1 of the 2 stories of spec.md."]
    );
}

#[test]
fn other_shapes_of_acceptance_count() {
    for below in [
        "- **Given** a, **When** b, **Then** c.",
        "| Given | When | Then |\n|---|---|---|\n| a | b | c |",
        "```gherkin\nScenario: a\n  Given b\n```",
        "#### Scenario 1: a\n\nText.",
        "**Acceptance**: the list is shown.",
        "- **Acceptance criteria**: the list is shown.",
        "**受け入れシナリオ**:\n\n1. 一覧が出る。",
        "**验收场景**:\n\n1. 列表。",
    ] {
        let text = spec(&format!(
            "### User Story 2 - Two (Priority: P2)\n\n{below}\n"
        ));
        assert!(says(CODE, &text).is_empty(), "{below}");
        assert_eq!(knows(CODE, &text).0, 2, "{below}");
    }
}

#[test]
fn words_about_scenarios_are_none() {
    let text = spec(
        "### User Story 2 - Two\n\nIn this scenario users accept it.\n\n**Why**: it is the core scenario.",
    );
    assert_eq!(says(CODE, &text).len(), 1);
}

#[test]
fn given_up_and_template_stories() {
    for second in [
        "### User Story 2 - Two (removed)\n\nText.",
        "### User Story 2 - （已移除：Two）\n\nText.",
        "### User Story 2 - [Brief Title] (Priority: P2)\n\nText.",
    ] {
        assert!(says(CODE, &spec(second)).is_empty(), "{second}");
    }
}

#[test]
fn a_spec_of_another_style_is_unknown() {
    let none = "//- /specs/001-a/spec.md\n# A\n\n### User Story 1 - One\n\nText.\n\n### User Story 2 - Two\n\nText.\n";
    assert!(says(CODE, none).is_empty());
    assert_eq!(
        knows(CODE, none).1,
        ["most stories of spec.md have no acceptance scenarios (2)"]
    );
}

#[test]
fn numbered_steps_of_a_test_tell_how_it_is_accepted() {
    let steps = "### User Story 2 - Two (Priority: P2)\n\nText.\n\n**Independent Test**:\n\n1. Open the list.\n2. Go back and verify that it is sorted.";
    assert!(says(CODE, &spec(steps)).is_empty());
    assert_eq!(says(CODE, &spec(&steps.replace("2. Go", "Go"))).len(), 1);
}
