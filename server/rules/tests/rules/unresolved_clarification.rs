use super::{knows, says};

const CODE: &str = "unresolved-clarification";

fn feature(line: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# A\n\n## Requirements\n\n{line}\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n- [ ] T001 One\n"
    )
}

#[test]
fn a_question_behind_which_tasks_were_written() {
    assert_eq!(
        says(
            CODE,
            &feature("- **FR-001**: Keep it [NEEDS CLARIFICATION: for how many days 🎉?].")
        ),
        [
            "[[NEEDS CLARIFICATION: for how many days 🎉?]] The question “for how many days 🎉?” is open in spec.md, and tasks.md is already there."
        ]
    );
    assert_eq!(
        says(
            CODE,
            &feature("- **FR-001**: Keep it [NEEDS CLARIFICATION].")
        ),
        [
            "[[NEEDS CLARIFICATION]] An unnamed question is open in spec.md, and tasks.md is already there."
        ]
    );
}

#[test]
fn long_questions_are_cut() {
    let long = format!(
        "- **FR-001**: [NEEDS CLARIFICATION: {}?]",
        "which one ".repeat(30)
    );
    assert!(says(CODE, &feature(&long))[0].contains("\u{2026}\u{201d} is open"));
}

#[test]
fn before_the_tasks_a_question_is_no_defect() {
    let only = "//- /specs/001-a/spec.md\n# A\n\n- **FR-001**: [NEEDS CLARIFICATION: which?]\n//- /specs/001-a/plan.md\n# P\n";
    assert!(says(CODE, only).is_empty());
    assert_eq!(knows(CODE, only).0, 0);
}

#[test]
fn settled_spoken_of_or_the_templates() {
    for line in [
        "- No [NEEDS CLARIFICATION] markers remain.",
        "- **FR-001**: ~~[NEEDS CLARIFICATION: which?]~~ The first.",
        "- **FR-001**: [NEEDS CLARIFICATION: which?] (resolved 2026-01-02: the first)",
        "`[NEEDS CLARIFICATION: which?]`",
        "- **FR-006**: Via [NEEDS CLARIFICATION: auth method not specified - email/password, SSO, OAuth?]\n- **FR-002**: System MUST [specific capability, e.g., \"allow users\"]",
    ] {
        assert!(says(CODE, &feature(line)).is_empty(), "{line}");
    }
    assert_eq!(
        says(
            CODE,
            &feature("- **FR-001**: unresolved: [NEEDS CLARIFICATION: which?]")
        )
        .len(),
        1
    );
}
