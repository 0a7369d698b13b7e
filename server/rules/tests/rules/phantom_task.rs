use super::{fixed, knows, says};

const CODE: &str = "phantom-task";

fn task(line: &str, git: &str) -> String {
    format!(
        "//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{line}\n//- /src/real.py\n{git}"
    )
}

#[test]
fn a_ticked_task_whose_file_never_was() {
    let phantom = task(
        "- [X] T009 [US1] Hold notices back in `src/quiet_hours.py`",
        "",
    );
    assert_eq!(
        says(CODE, &phantom),
        ["[T009] warning: T009 is ticked, but `src/quiet_hours.py` never existed in git."]
    );
    assert!(fixed(CODE, &phantom).contains("- [ ] T009 [US1] Hold"));
}

#[test]
fn all_of_its_files() {
    let two = task(
        "- [x] T009 Write `src/quiet.py` and `tests/quiet_test.py`",
        "",
    );
    assert_eq!(
        says(CODE, &two),
        [
            "[T009] warning: T009 is ticked, but none of its 2 files ever existed in git, `src/quiet.py` first."
        ]
    );
    assert!(
        says(
            CODE,
            &task("- [x] T009 Write `src/quiet.py` and `src/real.py`", "")
        )
        .is_empty()
    );
}

#[test]
fn whatever_existed_is_no_phantom() {
    let line = "- [x] T009 Write `src/quiet.py`";
    for git in [
        "//- deleted src/quiet.py abc1234\n",
        "//- moved src/quiet.py src/real.py abc1234\n",
        "//- /lib/quiet.py\n",
    ] {
        assert!(says(CODE, &task(line, git)).is_empty(), "{git}");
    }
    assert!(
        says(CODE, &task("- [x] T009 Write `lib/real.py`", "")).is_empty(),
        "a file of that name is elsewhere"
    );
}

#[test]
fn tasks_that_make_no_file_are_left_alone() {
    for line in [
        "- [ ] T009 Write `src/quiet.py`",
        "- [x] T009 Run `scripts/quiet.py` by hand",
        "- [x] T009 Verify that `src/quiet.py` works",
        "- [x] T009 Remove `src/quiet.py`",
        "- [x] T009 Update `src/quiet.py` with the new hours",
        "- [x] T009 Write the hours in `src/quiet.py` or equivalent",
        "- [x] T009 Write `~/quiet.py`",
        "- [x] T009 Write /tmp/quiet.py",
        "- [x] T009 Write the hours",
    ] {
        assert!(says(CODE, &task(line, "")).is_empty(), "{line}");
    }
}

#[test]
fn one_unknown_path_is_enough_for_unknown() {
    let shallow = task(
        "- [x] T009 Write `src/quiet.py`",
        "//- unknown the clone is shallow\n",
    );
    assert_eq!(
        knows(CODE, &shallow),
        (0, vec!["the clone is shallow (1)".to_owned()])
    );
    let output = task("- [x] T009 Write `src/quiet.py` into `dist/quiet.js`", "");
    assert!(says(CODE, &output).is_empty());
    assert_eq!(
        knows(CODE, &output).1,
        ["the task names something that git may not keep (1)"]
    );
}

#[test]
fn a_nested_task_has_its_own_files() {
    let nested = task(
        "- [x] T009 Write `src/real.py`\n  - [x] T010 Write `src/quiet.py`",
        "",
    );
    assert!(says(CODE, &nested)[0].starts_with("[T010] "));
}
