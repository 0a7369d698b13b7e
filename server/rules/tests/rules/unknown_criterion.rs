use super::{knows, related, says};

const CODE: &str = "unknown-criterion";

const SPEC: &str = "//- /.kiro/specs/login/requirements.md\n## Requirements\n\n### Requirement 1: In\n\n#### Acceptance Criteria\n\n1. WHEN a, THE system SHALL b\n2. WHEN c, THE system SHALL d\n\n### Requirement 2: Out [removed]\n\nText.\n\n### Requirement 3: On\n\n**Summary**: text.\n";

fn with(tasks: &str) -> String {
    format!("{SPEC}//- /.kiro/specs/login/tasks.md\n# Plan\n\n{tasks}")
}

#[test]
fn a_criterion_that_is_not_there() {
    let wrong =
        with("- [ ] 1. a\n  - _Requirements: 1.1, 1.4_\n- [ ] 2. b\n  - _Requirements: 1.4_\n");
    assert_eq!(
        says(CODE, &wrong),
        ["[1.4] 1.4 is no criterion: requirement 1 of requirements.md has 2."]
    );
    assert_eq!(related(CODE, &wrong), ["1.4"]);
    assert_eq!(knows(CODE, &wrong).0, 2);
}

#[test]
fn a_requirement_that_is_not_there_and_one_that_lists_nothing() {
    let wrong = with(
        "- [ ] 1. a\n  - _要件: 1, 1.1, 1.2, 2, 3, 7.1, 8_\n- [ ] 2. b\n  - **Validates: Requirements 3.1, 3.2**\n",
    );
    assert_eq!(
        says(CODE, &wrong),
        [
            "[7.1] 7.1 is cited, and requirements.md has no requirement 7.",
            "[8] 8 is cited, and requirements.md has no requirement 8.",
            "[3.1] 3.1 is no criterion: requirement 3 of requirements.md lists none.",
        ]
    );
}

#[test]
fn what_says_nothing() {
    for tasks in [
        "- [ ] 1. a\n  - _Requirements: 1.1-1.2, 1_\n",
        // Words of a sentence, a removed requirement, a letter of its own, a version.
        "- [ ] 1. As Requirement 9.9 of the other spec says\n",
        "- [ ] 1. a\n  - _Requirements: 2.1_\n",
        "- [ ] 1. a\n  - _Requirements: 1.2a_\n",
        "- [ ] 1. Needs tool 9.9\n",
    ] {
        assert!(says(CODE, &with(tasks)).is_empty(), "{tasks}");
    }
}

#[test]
fn examples_of_a_template_cite_nothing() {
    let tasks = "- [ ] 1. a\n  - _Requirements: 1.4_\n";
    let left = "- [ ] 2. {{NAME}}\n";
    let filled = with(tasks);
    for text in [
        format!("{filled}{left}"),
        filled.replace("### Requirement 3: On", "### Requirement 3: {{AREA}}"),
    ] {
        assert!(says(CODE, &text).is_empty(), "{text}");
        assert_eq!(
            knows(CODE, &text).1,
            ["the document holds examples of its template (1)"]
        );
    }
}

#[test]
fn numbers_in_doubt_are_unknown() {
    let text = "//- /.kiro/specs/a/requirements.md\n### Requirement 1: In\n#### Acceptance Criteria\n\n1. a\n2. b\n4. c\n//- /.kiro/specs/a/tasks.md\n- [ ] 1. x\n  - _Requirements: 1.4, 1.5_\n";
    assert_eq!(
        says(CODE, text),
        ["[1.5] 1.5 is no criterion: requirement 1 of requirements.md has 3."]
    );
    assert_eq!(
        knows(CODE, text).1,
        ["the criteria are numbered otherwise than they stand (1)"]
    );
}

#[test]
fn clauses_of_a_bugfix() {
    let text = "//- /.kiro/specs/a/bugfix.md\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN c\n//- /.kiro/specs/a/tasks.md\n- [ ] 1. x\n  - _Requirements: 2.1, 2.3, 1_\n";
    assert_eq!(
        says(CODE, text),
        ["[2.3] 2.3 is no clause of bugfix.md, which has 2."]
    );
}

#[test]
fn code_that_names_its_spec() {
    let with = |code: &str| format!("{SPEC}//- /tests/login.py\n{code}\n");
    let wrong = with("# Feature: login\n\n# Validates: Requirements 1.3\ndef test_a(): pass");
    assert_eq!(
        says(CODE, &wrong),
        ["[1.3] 1.3 is no criterion: requirement 1 of requirements.md has 2."]
    );
    let second = with(
        "# Feature: login\n\n# Validates: Requirements 1.1\ndef test_a(): pass\n\n# Validates: Requirements 1.3\ndef test_b(): pass",
    );
    assert_eq!(says(CODE, &second).len(), 1);
    for silent in [
        "# Validates: Requirements 1.3\ndef test_a(): pass",
        "# Feature: login\n\n# see Requirement 1.3 of the other spec\ndef test_a(): pass",
        "# Feature: login\n\n# Validates: Requirements 1.2\ndef test_a(): pass",
    ] {
        assert!(says(CODE, &with(silent)).is_empty(), "{silent}");
    }
}

const DOUBT: &str = "most of what a document cites stands nowhere: it may be read wrongly";
const UNREAD: &str = "the requirements were not understood";

#[test]
fn where_most_is_unknown_the_reading_is_in_doubt() {
    let lost = |more: &str| {
        with(&format!(
            "- [ ] 1. a\n  - _Requirements: 1.1, 7.1, 7.2, 8.1, 8.2{more}_\n"
        ))
    };
    assert!(says(CODE, &lost("")).is_empty());
    assert_eq!(knows(CODE, &lost("")), (1, vec![format!("{DOUBT} (4)")]));
    // Nothing is listed below the requirement: there was nothing to misread.
    let text = with("- [ ] 1. a\n  - _Requirements: 3.1, 3.2, 3.3, 3.4, 3.5_\n");
    assert_eq!(says(CODE, &text).len(), 1);
    // Half of them are there: that is a slip.
    assert_eq!(says(CODE, &lost(", 1.2, 1, 3")).len(), 2);
}

#[test]
fn requirements_that_were_not_understood_accuse_nobody() {
    let text = "//- /.kiro/specs/a/requirements.md\n# What is wanted\n\n## First\n\n- this\n//- /.kiro/specs/a/tasks.md\n- [ ] 1. x\n  - _Requirements: 1.1, 1.2_\n";
    assert!(says(CODE, text).is_empty());
    assert_eq!(knows(CODE, text), (0, vec![format!("{UNREAD} (2)")]));
    assert_eq!(
        knows("criterion-without-task", text),
        (0, vec![format!("{UNREAD} (1)")])
    );
    // Nothing is written yet.
    let text = text.replace("## First\n\n- this\n", "");
    assert_eq!(knows(CODE, &text), (0, Vec::new()));
}
