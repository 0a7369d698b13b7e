use super::{related, says};

const CODE: &str = "property-title-mismatch";

const DESIGN: &str = "//- /.kiro/specs/login/requirements.md\n### Requirement 1: a\n//- /.kiro/specs/login/design.md\n## Correctness Properties\n\n### Property 1: Round trip of sessions\n\n### Property 2: Passwords are hashed\n\n### Property 3: Mouse coordinates are kept\n\n### Property 4: Notices time out\n\n**Validates: Requirements 1.1**\n";

fn with_tasks(tasks: &str) -> String {
    format!("{DESIGN}//- /.kiro/specs/login/tasks.md\n# Plan\n\n{tasks}")
}

fn with_code(code: &str) -> String {
    format!("{DESIGN}//- /tests/login.py\n{code}\n")
}

#[test]
fn a_task_that_names_another_property() {
    let wrong = with_tasks("- [ ]* 1.1 Test\n  - **Property 1: Passwords are hashed**\n");
    assert_eq!(
        says(CODE, &wrong),
        [
            "[1: Passwords are hashed] Property 1 is \"Round trip of sessions\" in design.md; \"Passwords are hashed\" is property 2."
        ]
    );
    assert_eq!(related(CODE, &wrong), ["Property 1"]);
}

#[test]
fn a_test_about_something_else() {
    let wrong =
        with_code("# Feature: login, Property 3: Session states are valid\ndef test_a(): pass");
    assert_eq!(
        says(CODE, &wrong),
        [
            "[3: Session states are valid] Property 3 is \"Mouse coordinates are kept\" in design.md, not \"Session states are valid\"."
        ]
    );
}

#[test]
fn wrapped_short_and_reworded_titles_are_no_mismatch() {
    for code in [
        "# Feature: login, Property 1: Round trip\n# of sessions",
        "# Feature: login, Property 1:\n# Round trip of sessions",
        "# Feature: login, Property 1",
        "# Feature: login, Property 1: round-trip of sessions (all)",
        "# Feature: login, Property 2: hashed passwords only",
        // A sentence; criteria that are the design's; another script; a sort.
        "# Feature: login, Property 3: session states stay valid whatever happens.",
        "# Feature: login, Property 4: Sessions end\n# Validates: Requirements 1.1",
        "# Feature: login, Property 3: 座標の保持",
        "# Feature: login, Property 3: Preservation of what was",
        // The spec is not named right before it.
        "# Feature: login\n# and more\n# Property 3: Session states are valid",
        // No spec is named.
        "# Property 3: Session states are valid",
        "# Feature: other, Property 3: Session states are valid",
        // No such property.
        "# Feature: login, Property 9: Session states are valid",
    ] {
        let found = says(CODE, &with_code(&format!("{code}\ndef test_a(): pass")));
        assert!(found.is_empty(), "{code}: {found:?}");
    }
}
