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

#[test]
fn a_marker_that_asks_nothing() {
    for line in [
        "1. **Say what is open**: write [NEEDS CLARIFICATION: specific question] where you assume",
        "## [NEEDS CLARIFICATION]\n\nNothing.",
    ] {
        let text = feature(line);
        assert!(says(CODE, &text).is_empty(), "{line}");
        assert_eq!(knows(CODE, &text), (1, Vec::new()), "{line}");
    }
    let asked = "## [NEEDS CLARIFICATION]\n\n- [NEEDS CLARIFICATION: which shops?]";
    assert_eq!(says(CODE, &feature(asked)).len(), 1);
}

#[test]
fn what_became_of_a_question_may_stand_elsewhere() {
    let asked = "- **FR-001**: Keep it [NEEDS CLARIFICATION: Q2: how many days is a parcel kept?]";
    assert_eq!(says(CODE, &feature(asked)).len(), 1);
    for elsewhere in [
        "## Later\n\n- Resolved: Q1–Q3",
        "## Later\n\n- **Q2 (FR-001)**: deferred to the plan",
        "- [x] No [NEEDS CLARIFICATION] markers remain (deferred to LATER.md)",
        "## Clarifications\n\n### Session 2026-01-02\n\n- Q: How many days is a parcel kept at most? → A: Thirty.",
    ] {
        let text = feature(&format!("{asked}\n\n{elsewhere}"));
        assert!(says(CODE, &text).is_empty(), "{elsewhere}");
        assert_eq!(knows(CODE, &text).1.len(), 1, "{elsewhere}");
    }
    for other in [
        "## Later\n\n- **Q3**: resolved",
        "- [ ] No [NEEDS CLARIFICATION] markers remain: Q2 is non-critical",
        "- [ ] No [NEEDS CLARIFICATION] markers remain",
        "## Clarifications\n\n### Session 2026-01-02\n\n- Q: How is a parcel paid? → A: In cash.",
    ] {
        let text = feature(&format!("{asked}\n\n{other}"));
        assert_eq!(says(CODE, &text).len(), 1, "{other}");
    }
}

#[test]
fn the_plan_or_the_research_may_have_the_answer() {
    let asked = "- **FR-001**: Keep it [NEEDS CLARIFICATION: how many days is a parcel kept?]";
    let beside = |other: &str| format!("{}{other}", feature(asked));
    for settled in [
        "//- /specs/001-a/plan.md\n# Plan\n\nFR-001 resolved: thirty.\n",
        "//- /specs/001-a/research.md\n# R\n\n## How many days a parcel is kept\n\n**Decision**: thirty.\n",
    ] {
        let text = beside(settled);
        assert!(says(CODE, &text).is_empty(), "{settled}");
        assert_eq!(knows(CODE, &text).1.len(), 1, "{settled}");
    }
    for other in [
        "//- /specs/001-a/plan.md\n# Plan\n\nFR-002 resolved: thirty.\n",
        "//- /specs/001-a/plan.md\n# Plan\n\nFR-001 is unresolved.\n",
        "//- /specs/001-a/research.md\n# R\n\n## How many days a parcel is kept\n\nNobody knows.\n",
        "//- /specs/001-a/research.md\n# R\n\n## Payment\n\n**Decision**: cash.\n",
    ] {
        assert_eq!(says(CODE, &beside(other)).len(), 1, "{other}");
    }
    let later = "- **FR-001**: Keep it [NEEDS CLARIFICATION: days to be chosen during planning]";
    assert!(says(CODE, &feature(later)).is_empty());
}
