use super::{knows, related, says};

const CODE: &str = "criterion-without-task";

fn with(cited: &str) -> String {
    format!(
        "//- /.kiro/specs/a/requirements.md\n### Requirement 1: In\n#### Acceptance Criteria\n\n1. a\n2. b\n3. c\n4. d\n\n### Requirement 2: Out\n#### Acceptance Criteria\n\n1. e\n2. f\n3. g\n4. ~~h~~\n//- /.kiro/specs/a/tasks.md\n- [ ] 1. x\n  - _Requirements: {cited}_\n"
    )
}

#[test]
fn what_no_task_cites_where_the_others_are_cited() {
    let text = with("1.1-1.4, 2.1, 2.3, 2.4");
    assert_eq!(
        says(CODE, &text),
        ["[2.] 2.2 is cited by no task, while 7 of 8 criteria are."]
    );
    assert_eq!(knows(CODE, &text).0, 8);
}

#[test]
fn criteria_of_one_requirement_are_one_finding() {
    let text = "//- /.kiro/specs/a/requirements.md\n### Requirement 1: In\n#### Acceptance Criteria\n\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i\n10. j\n//- /.kiro/specs/a/tasks.md\n- [ ] 1. x\n  - _Requirements: 1.1-1.8_\n";
    assert_eq!(says(CODE, text).len(), 1);
    assert_eq!(related(CODE, text), ["10."]);
}

#[test]
fn what_says_nothing() {
    for cited in [
        // With the whole requirement; too few; none.
        "1, 2.1-2.4",
        "1.1, 2.2",
        "All",
        // The last one is crossed out.
        "1.1-1.4, 2.1-2.3",
    ] {
        assert!(says(CODE, &with(cited)).is_empty(), "{cited}");
    }
}
