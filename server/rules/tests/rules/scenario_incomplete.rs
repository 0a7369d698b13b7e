use super::{knows, says};

const CODE: &str = "scenario-incomplete";

fn spec(third: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# A\n\n### User Story 1 - One (Priority: P1)\n\n**Acceptance Scenarios**:\n\n1. **Given** a, **When** b, **Then** c.\n2. **Given** d, **When** e, **Then** f.\n{third}\n"
    )
}

#[test]
fn a_scenario_without_an_outcome() {
    assert_eq!(
        says(CODE, &spec("3. **Given** 🎉, **When** h.")),
        [
            "[**Given** 🎉, **When** h.] US1/AC3 has a Given and a When and no Then, as 2 other scenarios of spec.md have."
        ]
    );
    assert_eq!(
        says(CODE, &spec("3. **Given** g, **When** h, **Then**")).len(),
        1
    );
    assert_eq!(
        says(CODE, &spec("3. Given a lengthened list, when h.")).len(),
        1
    );
}

#[test]
fn the_outcome_may_stand_anywhere_below() {
    for third in [
        "3. **Given** g\n   **When** h\n   **Then** i.",
        "3. **Given** g\n   - **When** h\n   - **Then** i.",
        "3. **Given** g, **When** h\n\n   **Then** i.",
        "3. **Given** g, **When** h\n\n**Then** i.",
        "3. **Given** g, **Then** i.",
        "3. given g when h then i",
        "3. The list is shown.",
        "3. **Given** g, the list is shown.",
    ] {
        assert!(says(CODE, &spec(third)).is_empty(), "{third}");
    }
}

#[test]
fn other_languages() {
    let japanese = "3. **前提** g、**操作** h";
    assert_eq!(says(CODE, &spec(japanese)).len(), 1);
    for third in [
        "3. **前提** g、**操作** h、**期待結果** i。",
        "3. **给定** g，**当** h，**则** i。",
        "3. **Dado** g, **Cuando** h, **Entonces** i.",
        "3. **Dado** g, **Quando** h, **Então** i.",
        // Not known how a scenario ends in Korean.
        "3. **주어진** g",
    ] {
        assert!(says(CODE, &spec(third)).is_empty(), "{third}");
    }
}

#[test]
fn a_spec_that_writes_no_outcomes_is_unknown() {
    let habit = "//- /specs/001-a/spec.md\n# A\n\n### User Story 1 - One\n\n**Acceptance Scenarios**:\n\n1. Given a, when b happens.\n2. Given c, when d happens.\n";
    assert!(says(CODE, habit).is_empty());
    assert_eq!(
        knows(CODE, habit).1,
        ["most scenarios of spec.md are written without a Then (2)"]
    );
}

#[test]
fn without_a_story_its_words_name_it() {
    let text = spec("").replace("### User Story 1 - One (Priority: P1)", "### Flow")
        + "3. **Given** a long way to the counter, **When** h.\n";
    assert_eq!(
        says(CODE, &text),
        [
            "[**Given** a long way to the counter, **When** h.] \u{201c}Given a long way to the counter, Wh\u{2026}\u{201d} has a Given and a When and no Then, as 2 other scenarios of spec.md have."
        ]
    );
}
