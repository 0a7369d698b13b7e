use super::{fixed, knows, related, says};

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
        ["[T009] T009 is ticked, but `src/quiet_hours.py` never existed in git."]
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
            "[T009] T009 is ticked, but none of its 2 files ever existed in git, `src/quiet.py` first."
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

/// Of a ticked task: what is not known of it, or its findings.
fn doubt(line: &str, files: &str) -> Vec<String> {
    let workspace = task(&format!("- [x] T009 {line}"), files);
    let found = says(CODE, &workspace);
    assert!(found.is_empty(), "{line}: {found:?}");
    knows(CODE, &workspace).1
}

fn is_found(line: &str, files: &str) {
    let workspace = task(&format!("- [x] T009 {line}"), files);
    assert_eq!(says(CODE, &workspace).len(), 1, "{line}");
}

#[test]
fn a_similar_file_name_is_a_doubt() {
    let why = ["a file of a similar name is or was there (1)"];
    for (line, file) in [
        ("Write `src/error_handler.ts`", "web/errorHandlers.tsx"),
        ("Write `src/jest.config.js`", "jest.config.mjs"),
        (
            "Write `tests/login_flow.py`",
            "tests/test_login_flow_again.py",
        ),
        ("Write `web/Button.web.ts`", "ui/Button/index.web.ts"),
    ] {
        assert_eq!(doubt(line, &format!("//- /{file}\n")), why, "{line}");
    }
    is_found("Write `src/quiet_hours.py`", "//- /src/quiet_days.py\n");
    is_found(
        "Write `src/quiet_hours.py`",
        "//- /tests/test_quiet_hours.py\n",
    );
}

#[test]
fn a_name_of_the_task_in_the_sources_is_a_doubt() {
    let why = ["a name the task gives stands in the sources; its work may be in another file (1)"];
    let there = "//- /src/other.py\nclass MCPSession:\n    pass\n";
    assert_eq!(doubt("Add MCPSession in `src/quiet.py`", there), why);
    assert_eq!(doubt("Add `MCPSession` in `src/quiet.py`", there), why);
    is_found("Add OtherSession in `src/quiet.py`", there);
    is_found("Write tests of MCPSession in `tests/test_quiet.py`", there);
    is_found("Describe MCPSession in `docs/quiet.md`", there);
}

#[test]
fn the_words_of_a_nested_task_are_its_own() {
    let nested = task(
        "- [x] T009 Write `src/quiet.py`\n  - [x] T010 Write MCPSession in `src/real.py`",
        "//- /src/other.py\nclass MCPSession:\n    pass\n",
    );
    assert!(says(CODE, &nested)[0].starts_with("[T009] "));
}

#[test]
fn a_declaration_in_the_module_file_is_a_doubt() {
    let why = ["a name the task gives stands in the sources; its work may be in another file (1)"];
    for module in ["app/src/llm/mod.rs", "src/llm.rs", "src/llm/other.rs"] {
        let there = format!("//- /{module}\npub struct QwenProvider;\n");
        assert_eq!(doubt("Write `src/llm/qwen.rs`", &there), why, "{module}");
        is_found("Write `src/llm/mistral.rs`", &there);
    }
    is_found(
        "Write `src/llm/qwen.rs`",
        "//- /src/other/mod.rs\npub struct QwenProvider;\n",
    );
}

#[test]
fn some_names_say_too_little() {
    for line in [
        "Write `src/quiet/types.py`",
        "Write `src/quiet/service_impl.go`",
    ] {
        assert_eq!(
            doubt(line, ""),
            ["the file has a name that says little (1)"],
            "{line}"
        );
    }
    assert_eq!(
        doubt("Write `quiet.py` and `hours.py`", ""),
        ["the task says no directory for its file (1)"]
    );
    is_found("Write `quiet.py` in `src/night/`", "");
    assert_eq!(
        doubt("~~Draft it.~~ Write `src/quiet.py`", ""),
        ["the task is struck out in part (1)"]
    );
    assert_eq!(
        doubt("Write `web/.quietrc.json`", ""),
        ["a tool's settings may stand in a file of another name (1)"]
    );
}

#[test]
fn some_files_hold_more_than_their_name_says() {
    for line in ["Write `src/Quiet.tsx`", "Write `src/Quiet.vue`"] {
        assert_eq!(
            doubt(line, ""),
            ["a component may stand in the file of another one (1)"],
            "{line}"
        );
    }
    assert_eq!(
        doubt("Add `POST /hours` in `src/quiet_hours.ts`", ""),
        ["an endpoint may stand in the file of another one (1)"]
    );
    is_found(
        "Write a contract test of POST /hours in `tests/quiet_hours.test.ts`",
        "",
    );
    is_found("Write `src/Quiet.test.tsx`", "");
    assert_eq!(
        doubt("Write `scripts/quiet_hours.sh`", ""),
        ["a script or template may stand inside another file (1)"]
    );
    assert_eq!(
        doubt("Write `tests/unit/test_quiet.rs`", ""),
        ["unit tests may stand in the file they test (1)"]
    );
    is_found("Write `tests/test_quiet.rs`", "");
}

#[test]
fn a_known_name_at_the_end_of_a_path_is_no_other_file() {
    let there = "//- /configs/web.Dockerfile\nFROM scratch\n";
    assert!(doubt("Write Dockerfile in configs/web.Dockerfile", there).is_empty());
}

#[test]
fn what_is_there_outweighs_what_is_unknown() {
    let both = task(
        "- [x] T009 Write `src/quiet/types.py` and `src/real.py`",
        "",
    );
    assert_eq!(knows(CODE, &both), (1, vec![]));
}

#[test]
fn one_file_that_many_tasks_name_is_one_finding() {
    let shared = task(
        "- [x] T009 Write the day in `tests/quiet_test.py`\n\
         - [x] T010 Write the night in `tests/quiet_test.py` and `tests/moon_test.py`\n\
         - [x] T011 Write the dusk in `tests/quiet_test.py`\n\
         - [x] T012 Write the dawn in `tests/dawn_test.py`",
        "",
    );
    assert_eq!(
        says(CODE, &shared),
        [
            "[T009] T009 and 2 more are ticked, but `tests/quiet_test.py`, which all name, never existed in git.",
            "[T012] T012 is ticked, but `tests/dawn_test.py` never existed in git.",
        ]
    );
    assert_eq!(
        related(CODE, &shared),
        ["tests/quiet_test.py", "T010", "T011", "tests/dawn_test.py"]
    );
}

#[test]
fn a_test_may_stand_in_a_file_beside_it_under_its_tasks_id() {
    let line = "- [x] T009 Write quiet hours into `tests/quiet_test.py`";
    let beside = task(line, "//- /tests/night_test.py\n# T009: quiet hours\n");
    assert!(says(CODE, &beside).is_empty());
    for other in [
        "//- /tests/night_test.py\n# T0091\n",
        "//- /web/tests/x/night_test.py\n# T009: quiet hours\n",
    ] {
        assert_eq!(
            says(CODE, &task(line, other)).len(),
            1,
            "{other} {:?}",
            knows(CODE, &task(line, other))
        );
    }
}

#[test]
fn work_that_was_only_to_be_done_if_needed() {
    let line = "- [x] T009 Add edge cases (if needed) in `tests/quiet_test.py`";
    assert!(says(CODE, &task(line, "")).is_empty());
}

#[test]
fn a_list_that_was_ticked_as_a_whole_is_one_finding() {
    let list = |count: u32| {
        let line = |n: u32| format!("- [x] T00{n} Hold it in `src/quiet_hours_{n}.py`\n");
        task(&(1..=count).map(line).collect::<String>(), "")
    };
    assert_eq!(says(CODE, &list(5)).len(), 5);
    let many = list(6);
    assert_eq!(
        says(CODE, &many),
        [
            "[T001] T001 and 5 other tasks of the list are ticked, but their files never existed in git."
        ]
    );
    assert_eq!(fixed(CODE, &many).matches("- [ ] T00").count(), 6);
    assert!(related(CODE, &many).contains(&"T006".to_owned()));
}
