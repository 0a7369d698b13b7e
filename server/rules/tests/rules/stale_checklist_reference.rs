use super::{knows, says};

const CODE: &str = "stale-checklist-reference";

fn feature(item: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n### User Story 1 - One (Priority: P1)\n\nText.\n\n### User Story 2 - Two (Priority: P2)\n\nText.\n\n## Edge Cases\n\n- The locker jams.\n\n## Requirements\n\n- **FR-001**: Codes are validated by fixed rules.\n//- /specs/001-a/checklists/ux.md\n# UX Checklist: A\n\n{item}\n"
    )
}

#[test]
fn a_story_that_is_not_there() {
    assert_eq!(
        says(
            CODE,
            &feature("- [ ] CHK001 Is it 🎉 quantified? [Clarity, Spec §User Story 9]")
        ),
        ["[User Story 9] ux.md points at US9, and spec.md has the stories US1 … US2."]
    );
    assert_eq!(
        says(CODE, &feature("- [x] CHK001 Is it? [Spec §US-9]")).len(),
        1
    );
}

#[test]
fn a_section_that_is_not_there() {
    assert_eq!(
        says(CODE, &feature("- [ ] CHK001 Is it? [Spec §Status Summary]")),
        ["[Status Summary] ux.md points at “Status Summary”, and nothing in spec.md is called so."]
    );
}

#[test]
fn what_is_there_and_what_is_not_judged() {
    for mark in [
        "[Spec §User Story 2]",
        "[Spec §US2, Clarity]",
        "[Spec §Edge Cases]",
        "[Spec §edge case]",
        // In other words.
        "[Spec §Validation Rules]",
        "[Spec §Edge Cases - partial]",
        "[Spec §FR-001 vs SC-001]",
        // `unknown-reference`
        "[Spec §FR-099]",
        "[Spec §2.3]",
        "[Spec §Orphaned]",
        "[Plan §Status Summary]",
        "[Gap]",
        "[Status Summary]",
    ] {
        let item = format!("- [ ] CHK001 Is it? {mark}");
        assert!(says(CODE, &feature(&item)).is_empty(), "{mark}");
    }
    assert_eq!(
        knows(CODE, &feature("- [ ] CHK001 Is it? [Spec §US1]")).0,
        1
    );
}

#[test]
fn without_numbered_stories_it_is_unknown() {
    let none = "//- /specs/001-a/spec.md\n# A\n//- /specs/001-a/checklists/ux.md\n- [ ] CHK001 Is it? [Spec §US1]\n";
    assert!(says(CODE, none).is_empty());
    assert_eq!(knows(CODE, none).1, ["spec.md has no numbered stories (1)"]);
}
