use super::{fixed, fixes, knows, says};

const CODE: &str = "empty-section";

fn spec(text: &str) -> String {
    format!("//- /specs/001-a/spec.md\n{text}")
}

#[test]
fn a_heading_with_nothing_below_it() {
    let text = spec("# A\n\n## Assumptions 🎉\n\n---\n\n## Out of Scope\n\n- Lockers.\n");
    assert_eq!(
        says(CODE, &text),
        ["[Assumptions 🎉] The section “Assumptions” of spec.md has nothing in it."]
    );
    assert_eq!(
        fixed(CODE, &text),
        "# A\n\n---\n\n## Out of Scope\n\n- Lockers.\n"
    );
}

#[test]
fn the_heading_goes_with_its_line_break() {
    let text = spec("\u{feff}# A\r\n\r\nText.\r\n\r\n### Notes\r\n\r\n## B\r\n\r\nText.\r\n");
    assert_eq!(
        fixed(CODE, &text),
        "\u{feff}# A\r\n\r\nText.\r\n\r\n## B\r\n\r\nText.\r\n"
    );
    // Without the heading the rule would make one of the paragraph.
    let tight = spec("# A\n\nText.\n## Notes\n\n---\n\n## B\n\nText.\n");
    assert_eq!(
        fixed(CODE, &tight),
        "# A\n\nText.\n\n---\n\n## B\n\nText.\n"
    );
    let last = spec("# A\n\nText.\n\n## Notes");
    assert_eq!(fixed(CODE, &last), "# A\n\nText.\n\n");
}

#[test]
fn what_is_to_be_filled_is_not_deleted() {
    for text in [
        // Mandatory.
        "# A\n\n## Requirements *(mandatory)*\n\n## B\n\nText.\n",
        // A story.
        "# A\n\n### User Story 1 - One (Priority: P1)\n\n## B\n\nText.\n",
        // All that is in the section around it.
        "# A\n\n## Data\n\n### Entities\n\n## B\n\nText.\n",
    ] {
        assert_eq!(says(CODE, &spec(text)).len(), 1, "{text}");
        assert!(fixes(CODE, &spec(text)).is_empty(), "{text}");
    }
}

#[test]
fn something_is_there() {
    for text in [
        "# A\n\n## B\n\n### C\n\nText.\n",
        "# A\n\n## B\n\n<!-- none so far -->\n",
        "# A\n\n## B\n\n```text\nx\n```\n",
        "# A\n\n## B\n\n> Text.\n",
        "# A\n\n## B\n\n| a |\n|---|\n",
        // Said by leftover-placeholder.
        "# A\n\n## B\n\n<!-- ACTION REQUIRED: Fill this. -->\n",
        "# A\n",
        "# A\n\n## Format: `[ID] [P?] Description`\n\n## B\n\nText.\n",
        "# A\n\n## Phase 3: removed\n\n## B\n\nText.\n",
        "# A\n\n## B\n\n### All of it\n\n### C\n\nText.\n",
    ] {
        assert!(says(CODE, &spec(text)).is_empty(), "{text}");
    }
    assert_eq!(knows(CODE, &spec("# A\n\n## B\n\nText.\n")).0, 1);
}

#[test]
fn only_the_documents_that_people_read_first() {
    let text = "//- /specs/001-a/plan.md\n# P\n\n## Summary\n//- /specs/001-a/research.md\n# R\n\n## Open\n";
    assert_eq!(
        says(CODE, text),
        ["[Summary] The section “Summary” of plan.md has nothing in it."]
    );
}

#[test]
fn a_heading_may_say_that_there_is_nothing() {
    for heading in [
        "### No Violations - No Tracking Needed",
        "## None",
        "## Rollback (not applicable)",
    ] {
        let text = spec(&format!("# A\n\n{heading}\n\n---\n\n## B\n\nText.\n"));
        assert!(says(CODE, &text).is_empty(), "{heading}");
    }
    let notes = spec("# A\n\n## Notable things\n\n---\n\n## B\n\nText.\n");
    assert_eq!(says(CODE, &notes).len(), 1);
}
