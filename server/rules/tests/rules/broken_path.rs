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
            "[lib/src/code.py] T004 names `lib/src/code.py`, which commit abc1234 moved to `lib/src/domain/code.py`."
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
        ["[src/gone.py] T004 names `src/gone.py`, which commit abc1234 deleted."]
    );
    assert!(fixes(CODE, &deleted).is_empty());
}

#[test]
fn what_a_task_takes_away_is_known_by_its_whole_path() {
    let deleted = "//- deleted lib/src/gone.py abc1234\n";
    let first = "- [x] T004 Issue codes in `lib/src/gone.py`";
    assert_eq!(says(CODE, &task(first, deleted)).len(), 1);
    for path in ["lib/src/gone.py", "src/gone.py"] {
        let lines = format!("{first}\n- [x] T005 Remove `{path}`");
        assert!(says(CODE, &task(&lines, deleted)).is_empty(), "{path}");
    }
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
        ["[src/store.py] plan.md names `src/store.py`, which commit abc1234 deleted."]
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

/// Two tasks of one feature: what the first takes away, the second may name.
fn after(first: &str, second: &str) -> Vec<String> {
    says(
        CODE,
        &task(
            &format!("- [x] T003 {first}\n- [x] T004 {second}"),
            "//- deleted src/store/db.go abc1234\n//- deleted src/other.go abc1234\n",
        ),
    )
}

#[test]
fn what_the_feature_takes_away_is_named_by_its_other_tasks() {
    for first in [
        "Delete `src/store/db.go`",
        "**Remove** the directory src/store/",
        "`rm` src/store/db.go",
        "git mv src/store/ src/keep/",
        "Rename src/store to src/keep",
        "删除 `src/store/db.go`",
        "Entferne `src/store/db.go`",
        "Clean up\n  - remove these:\n    - `src/store/db.go`",
    ] {
        let said = after(first, "Open the store in `src/store/db.go`");
        assert!(said.is_empty(), "{first}: {said:?}");
        let other = after(first, "Open the store in `src/other.go`");
        assert_eq!(other.len(), 1, "{first}");
    }
    for first in [
        "Remove `src/store/d`",
        "Move `lib/src/domain/code.py` to `src/store/`",
        "Add `src/store/db.go`; removed words follow",
        "Remove the second lock from `src/store/db.go`",
    ] {
        let said = after(first, "Open the store in `src/store/db.go`");
        assert!(!said.is_empty(), "{first}");
    }
}

#[test]
fn a_deleting_line_holds_for_the_lines_under_it() {
    let item = |head: &str, line: &str| {
        says(
            CODE,
            &task(
                &format!("- [x] T004 {head}\n  - {line}\n    - `src/gone.py`"),
                "//- deleted src/gone.py abc1234\n",
            ),
        )
        .len()
    };
    assert_eq!(item("Delete what is old.", "One by one:"), 0);
    assert_eq!(item("Tidy up.", "`rm` these source files:"), 0);
    assert_eq!(item("Write it.", "These source files:"), 1);
    // Beside it, not above it.
    assert_eq!(item("Write it.", "rm nothing\n  - These:"), 1);
}

#[test]
fn a_note_that_it_is_gone_and_paths_that_are_only_models() {
    let said = |line: &str| {
        says(
            CODE,
            &task(
                &format!("- [x] T004 {line}"),
                "//- deleted src/gone.py abc1234\n//- deleted docs/old_way.md abc1234\n",
            ),
        )
        .len()
    };
    for quiet in [
        "*(later: command deleted; see T009)* `src/gone.py`: the command",
        "The command in `src/gone.py` with all its many options and words (deleted in spec 9)",
        "**SUPERSEDED** by T009, which is another task; `src/gone.py`",
        "Write the pool. Reference existing pattern in src/gone.py",
        "Write the pool, mirror `src/gone.py`",
        "Write the pool per docs/old_way.md",
        "Change the target from `src/gone.py` to `src/new.py`",
    ] {
        assert_eq!(said(quiet), 0, "{quiet}");
    }
    for loud in [
        "The command in `src/gone.py` (it takes every word)",
        "Write the tests for `src/gone.py`",
        "Write `lib/src/domain/code.py` and `src/gone.py`",
        "Use `src/gone.py`",
        "The command in `src/gone.py` (created / changed / deleted)",
        "The command in `src/gone.py` (an earlier cache was removed because it lied)",
        "Change existing words in `src/gone.py`",
        "Import from here; write `src/gone.py` to the letter",
    ] {
        assert_eq!(said(loud), 1, "{loud}");
    }
}

#[test]
fn a_bare_name_tells_only_where_the_root_had_the_file_and_it_moved() {
    let said = |git: &str| says(CODE, &task("- [x] T004 Read `conf.toml`", git)).len();
    assert_eq!(
        said("//- moved conf.toml lib/src/domain/code.py abc1234\n"),
        1
    );
    assert_eq!(
        said("//- moved etc/conf.toml lib/src/domain/code.py abc1234\n"),
        0
    );
    assert_eq!(said("//- deleted conf.toml abc1234\n"), 0);
}

#[test]
fn one_finding_for_what_one_commit_did() {
    let both = task(
        "- [x] T004 Issue codes in `lib/src/code.py`\n- [x] T005 Read them in `src/gone.py`\n- [x] T006 Store them in `src/away.py`",
        "//- moved lib/src/code.py lib/src/domain/code.py abc1234\n//- deleted src/gone.py abc1234\n//- deleted src/away.py def5678\n",
    );
    assert_eq!(
        says(CODE, &both),
        [
            "[lib/src/code.py] T004 names `lib/src/code.py`, which commit abc1234 moved to `lib/src/domain/code.py`.",
            "[src/away.py] T006 names `src/away.py`, which commit def5678 deleted."
        ]
    );
}

#[test]
fn long_paths_show_where_they_differ() {
    let deep = "source/commonMain/kotlin/org/example/validation/rendering";
    let moved = task(
        &format!("- [x] T004 Draw it in `{deep}/Renderer.kt`"),
        &format!(
            "//- moved {deep}/Renderer.kt {deep}/backends/Renderer.kt abc1234\n//- /{deep}/backends/Renderer.kt\nx\n"
        ),
    );
    let said = says(CODE, &moved);
    assert!(
        said[0].ends_with("T004 names `\u{2026}/rendering/Renderer.kt`, which commit abc1234 moved to `\u{2026}/rendering/backends/Renderer.kt`."),
        "{said:?}"
    );
}

#[test]
fn patterns_that_a_task_writes_are_no_model() {
    let gone = "//- deleted src/tokens_test.go abc1234\n";
    let makes = task(
        "- [x] T004 Write tests for token patterns in `src/tokens_test.go`",
        gone,
    );
    assert_eq!(says(CODE, &makes).len(), 1);
    let looks = task(
        "- [x] T004 Write tests following the patterns in `src/tokens_test.go`",
        gone,
    );
    assert!(says(CODE, &looks).is_empty());
}

#[test]
fn kiro_and_openspec_name_sources_with_the_whole_path_that_git_had() {
    let kiro = |line: &str| {
        format!(
            "//- /.kiro/specs/a/tasks.md\n# Plan\n\n- [x] 1. Issue codes\n  - {line}\n//- /lib/src/domain/code.py\n{MOVED}"
        )
    };
    assert_eq!(
        says(CODE, &kiro("Write `lib/src/code.py`")),
        [
            "[lib/src/code.py] Task 1 names `lib/src/code.py`, which commit abc1234 moved to `lib/src/domain/code.py`."
        ]
    );
    // A part of the path may be that of any file.
    assert!(says(CODE, &kiro("Write `src/code.py`")).is_empty());
    assert!(says(CODE, &kiro("Write `code.py`")).is_empty());
    let spec = |path: &str| {
        format!(
            "//- /openspec/specs/auth/spec.md\n## Purpose\nWho may come in.\n\n## Requirements\n\n### Requirement: Keys\nThe system SHALL read `{path}`.\n//- deleted lib/keys.ts abc1234\n//- deleted .tool/keys.md abc1234\n"
        )
    };
    assert_eq!(
        says(CODE, &spec("lib/keys.ts")),
        ["[lib/keys.ts] spec.md names `lib/keys.ts`, which commit abc1234 deleted."]
    );
    // What the users of the program have, too.
    assert!(says(CODE, &spec(".tool/keys.md")).is_empty());
    assert!(says(CODE, &spec("keys.ts")).is_empty());
}

#[test]
fn a_source_that_was_never_there_and_is_elsewhere() {
    let elsewhere = task("- [x] T004 Issue codes in `lib/src/voucher.py`", "")
        .replace("lib/src/domain/code.py", "lib/src/domain/voucher.py");
    assert_eq!(
        says(CODE, &elsewhere),
        [
            "[lib/src/voucher.py] T004 names `lib/src/voucher.py`, which never existed; `lib/src/domain/voucher.py` does."
        ]
    );
    let fix = fixes(CODE, &elsewhere);
    assert_eq!(fix.len(), 1, "{fix:?}");
    for quiet in [
        // Not done.
        elsewhere.replace("[x]", "[ ]"),
        // Both are known to the author.
        elsewhere.replace(
            "voucher.py`\n",
            "voucher.py` like `lib/src/domain/voucher.py`\n",
        ),
        // Another kind of place: another file of that name.
        elsewhere.replace("`lib/src/voucher.py`", "`tools/mocks/voucher.py`"),
        // A name that any directory has.
        elsewhere.replace("voucher.py", "index.py"),
        // Two have it.
        format!("{elsewhere}//- /lib/old/voucher.py\n"),
    ] {
        assert!(says(CODE, &quiet).is_empty(), "{quiet}");
    }
}
