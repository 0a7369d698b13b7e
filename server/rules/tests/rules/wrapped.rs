//! What formatters do to a line changes nothing that is said about it.

use super::says;

fn tasks(line: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{line}\n//- deleted src/old.rs abc1234\n"
    )
}

#[test]
fn words_before_a_path_count_across_the_wrap() {
    for line in [
        "- [x] T001 Remove the table and its migration from `src/old.rs`",
        "- [x] T001 Remove the table and its migration from\n      `src/old.rs`",
        "- [x] T001 Remove the table\n      and its migration\n      from `src/old.rs`",
    ] {
        assert!(says("broken-path", &tasks(line)).is_empty(), "{line}");
    }
    for line in [
        "- [x] T001 Write the form in `src/old.rs`",
        "- [x] T001 Write the form\n      in\n      `src/old.rs`",
    ] {
        assert_eq!(says("broken-path", &tasks(line)).len(), 1, "{line}");
    }
}

#[test]
fn a_line_that_begins_something_of_its_own_is_no_wrap() {
    for beside in [
        "- [x] T001 Remove the table\n- [x] T002 Write `src/old.rs`",
        "- [x] T001 Follow the style of the form\n  - Write `src/old.rs`",
        "- [x] T001 Mirror the form\n  1. Write the page in `src/old.rs`",
    ] {
        assert_eq!(says("broken-path", &tasks(beside)).len(), 1, "{beside}");
    }
}

#[test]
fn what_is_said_to_be_gone_is_gone_across_the_wrap() {
    for line in [
        "- [ ] T001 Do it (FR-014 was removed)",
        "- [ ] T001 Do it (FR-014\n      was removed)",
    ] {
        assert!(says("unknown-reference", &tasks(line)).is_empty(), "{line}");
    }
}
