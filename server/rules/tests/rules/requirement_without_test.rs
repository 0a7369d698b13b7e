use super::{knows, related, says};

const CODE: &str = "requirement-without-test";

const SPEC: &str = "//- /specs/001-a/spec.md
# Feature Specification: A

## Requirements

- **FR-001**: Codes MUST be sent.
- **FR-002**: Codes MUST be short.
- **FR-003**: Codes MUST be counted.
- **FR-004**: Codes MUST expire.
";

const TESTS: &str = "//- /tests/test_codes.py
# FR-001
def test_fr_002_short():
    assert True

def test_counted():
    \"\"\"FR-003: counted\"\"\"
    assert True
";

fn with(task: &str, tests: &str) -> String {
    format!(
        "{SPEC}//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n- [x] T001 Test the codes in `tests/test_codes.py`\n{task}\n//- /src/codes.py\ndef send():\n    pass\n{tests}"
    )
}

const DONE: &str = "- [x] T004 Let codes expire in `src/codes.py` (FR-004)";

#[test]
fn a_finished_requirement_that_no_test_mentions() {
    let workspace = with(DONE, TESTS);
    assert_eq!(
        says(CODE, &workspace),
        ["[FR-004] No test mentions FR-004; tests mention 3 of the 4 requirements here."]
    );
    assert_eq!(related(CODE, &workspace), ["T004"]);
}

#[test]
fn only_where_tests_mention_most() {
    let two = TESTS.replace("FR-003: counted", "counted");
    assert!(says(CODE, &with(DONE, &two)).is_empty());
    let unnamed = with(DONE, TESTS).replace("test_codes.py`", "test_others.py`");
    assert!(says(CODE, &unnamed).is_empty(), "no task names the tests");
    let more = with(DONE, TESTS).replace(
        "- **FR-004**",
        "- **FR-005**: A\n- **FR-006**: B\n- **FR-007**: C\n- **FR-004**",
    );
    assert!(says(CODE, &more).is_empty(), "3 of 7");
}

#[test]
fn only_for_work_that_is_done_in_code() {
    for task in [
        "- [ ] T004 Let codes expire in `src/codes.py` (FR-004)",
        "- [x] T004 Let codes expire (FR-004)",
        "- [x] T004 Let codes expire in `src/gone.py` (FR-004)",
        "- [x] T004 Let codes expire in `src/codes.py`",
        "- [x] T004 Let codes expire in `src/codes.py` and `tests/test_expiry.py` (FR-004)",
        "- [x] T004 Let codes expire in `src/codes.py` (FR-004)\n- [ ] T005 Once more (FR-004)",
    ] {
        assert!(says(CODE, &with(task, TESTS)).is_empty(), "{task}");
    }
}

#[test]
fn a_mention_counts_as_a_part_or_a_whole() {
    for mention in ["FR-004", "FR-004a", "FR-001 to FR-004"] {
        let tests = TESTS.replace("# FR-001", &format!("# {mention}, FR-001"));
        let part = with(DONE, &tests).replace("- **FR-004**", "- **FR-004a**: A\n- **FR-004**");
        assert!(says(CODE, &part).is_empty(), "{mention}");
    }
}

#[test]
fn what_may_be_tested_is_unknown() {
    let spoken = with(&DONE.replace("Let", "Test and let"), TESTS);
    assert_eq!(
        knows(CODE, &spoken).1,
        ["a task of the requirement speaks of tests (1)"]
    );
    let other = format!(
        "{}//- /tests/test_more.py\n# FR-004\n//- /specs/002-b/spec.md\n# B\n\n## Requirements\n\n- **FR-004**: B.\n",
        with(DONE, TESTS)
    );
    assert_eq!(
        knows(CODE, &other).1,
        ["a test mentions the id and may mean another feature's (1)"]
    );
}
