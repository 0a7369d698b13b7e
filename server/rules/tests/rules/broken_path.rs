use super::{fixed, fixes, knows, says};

const CODE: &str = "broken-path";

fn task(line: &str, git: &str) -> String {
    format!(
        "//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{line}\n//- /lib/src/domain/code.py\n{git}"
    )
}

const MOVED: &str = "//- moved lib/src/code.py lib/src/domain/code.py abc1234\n";

#[test]
fn a_moved_file_and_its_new_path() {
    let moved = task("- [x] T004 Issue codes in `lib/src/code.py`", MOVED);
    assert_eq!(
        says(CODE, &moved),
        [
            "[lib/src/code.py] warning: T004 names `lib/src/code.py`, which commit abc1234 moved to `lib/src/domain/code.py`."
        ]
    );
    assert!(fixed(CODE, &moved).contains("in `lib/src/domain/code.py`\n"));
}

#[test]
fn the_new_path_begins_where_the_old_one_did() {
    let suffix = "//- moved lib/src/old.py lib/src/domain/code.py abc1234\n";
    let moved = task("- [x] T004 Issue codes in src/old.py", suffix);
    assert!(fixed(CODE, &moved).contains("in src/domain/code.py\n"));
}

#[test]
fn a_deleted_file() {
    let deleted = task(
        "- [x] T004 Issue codes in `src/gone.py`",
        "//- deleted src/gone.py abc1234\n",
    );
    assert_eq!(
        says(CODE, &deleted),
        ["[src/gone.py] warning: T004 names `src/gone.py`, which commit abc1234 deleted."]
    );
    assert!(fixes(CODE, &deleted).is_empty());
}

#[test]
fn one_finding_for_a_task() {
    let two = task(
        "- [x] T004 Issue codes in `src/gone.py` with `src/away.py`",
        "//- deleted src/gone.py abc1234\n//- deleted src/away.py abc1234\n",
    );
    assert_eq!(says(CODE, &two).len(), 1);
}

#[test]
fn a_plan_names_what_is_gone() {
    let plan = "//- /specs/001-a/plan.md\n# Plan\n\nThe store is `src/store.py`; see config.py.\n\n```text\nsrc/gone.py\n```\n//- deleted src/store.py abc1234\n//- deleted src/gone.py abc1234\n//- deleted lib/config.py abc1234\n";
    assert_eq!(
        says(CODE, plan),
        ["[src/store.py] warning: plan.md names `src/store.py`, which commit abc1234 deleted."]
    );
}

#[test]
fn open_tasks_and_tasks_that_take_away_are_left_alone() {
    for line in [
        "- [ ] T004 Issue codes in `lib/src/code.py`",
        "- [x] T004 Remove `lib/src/code.py`",
        "- [x] T004 Move `lib/src/code.py` to `lib/src/domain/code.py`",
        "- [x] T004 `lib/src/code.py` → `lib/src/domain/code.py`",
        "- [x] T004 删除 `lib/src/code.py`",
        "- [x] T004 `lib/src/code.py` を削除する",
        "- [x] T004 Build `dist/src/code.py`",
    ] {
        assert!(says(CODE, &task(line, MOVED)).is_empty(), "{line}");
    }
    // The verb belongs to another sentence.
    assert_eq!(
        says(
            CODE,
            &task(
                "- [x] T004 Delete nothing. Issue codes in `lib/src/code.py`",
                MOVED
            )
        )
        .len(),
        1
    );
}

#[test]
fn what_is_there_is_clean_and_what_git_cannot_tell_is_unknown() {
    assert_eq!(
        knows(
            CODE,
            &task("- [x] T004 Issue codes in `lib/src/domain/code.py`", "")
        ),
        (1, Vec::new())
    );
    let never = task("- [x] T004 Issue codes in `src/never.py`", "");
    assert!(says(CODE, &never).is_empty());
    let unknown = task(
        "- [x] T004 Issue codes in `src/never.py`",
        "//- unknown the clone is shallow\n",
    );
    assert_eq!(
        knows(CODE, &unknown),
        (0, vec!["the clone is shallow (1)".to_owned()])
    );
}
