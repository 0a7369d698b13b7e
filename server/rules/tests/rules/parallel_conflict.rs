use super::{fixed, knows, related, says};

const CODE: &str = "parallel-conflict";

fn tasks(list: &str) -> String {
    format!(
        "//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{list}\n//- /src/a.py\n//- /lib/src/b.py\n"
    )
}

#[test]
fn two_parallel_tasks_on_one_file() {
    let twice = tasks(
        "- [ ] T012 [P] [US2] Add words in `src/a.py`\n- [ ] T013 [P] [US2] Say the hour in `src/a.py`",
    );
    assert_eq!(
        says(CODE, &twice),
        ["[src/a.py] T013 and T012 are both [P] in one group, and both change `src/a.py`."]
    );
    assert!(fixed(CODE, &twice).contains("- [ ] T013 [US2] Say the hour"));
}

#[test]
fn one_file_in_two_spellings() {
    let spelled = tasks(
        "- [ ] T012 [P] Add words in src/b.py\n- [ ] T013 [P] Say the hour in `lib/src/b.py`",
    );
    assert_eq!(says(CODE, &spelled).len(), 1);
}

#[test]
fn new_files_are_compared_by_their_text() {
    let new = tasks(
        "- [ ] T012 [P] Add words in src/new.py\n- [ ] T013 [P] Say the hour in `src/new.py`",
    );
    assert_eq!(says(CODE, &new).len(), 1);
}

#[test]
fn no_conflict() {
    for list in [
        "- [ ] T012 [P] Add words in src/a.py\n- [ ] T013 Say the hour in src/a.py",
        "- [x] T012 [P] Add words in src/a.py\n- [ ] T013 [P] Say the hour in src/a.py",
        "- [~] T012 [P] Add words in src/a.py\n- [ ] T013 [P] Say the hour in src/a.py",
        "- [ ] T012 [P] Add words in src/a.py\n- [ ] T013 [P] Say the hour in src/a.py (depends on T012)",
        "- [ ] T012 [P] [US1] Add words in src/a.py\n- [ ] T013 [P] [US2] Say the hour in src/a.py",
        "- [ ] T012 [P] Add words in src/a.py\n- [ ] T013 [P] Say the hour in src/c.py using types from src/a.py",
        "- [ ] T012 [P] Use types from src/a.py in src/c.py\n- [ ] T013 [P] Use types from src/a.py in src/d.py",
        "- [ ] T012 [P] Add words per specs/001-a/contracts/x.md\n- [ ] T013 [P] Say the hour per specs/001-a/contracts/x.md",
        "- [ ] T012 [P] Add words in src/a.py\n\n### Later\n\n- [ ] T013 [P] Say the hour in src/a.py",
        "- [ ] T012 [P] Add words in src/a.py\n\n## Phase 2: Later\n\n- [ ] T013 [P] Say the hour in src/a.py",
        "- [ ] T012 [P] Run the tests in src/a.py\n- [ ] T013 [P] Run the checks in src/a.py",
    ] {
        assert!(says(CODE, &tasks(list)).is_empty(), "{list}");
    }
}

#[test]
fn one_finding_for_a_file() {
    let three =
        tasks("- [ ] T012 [P] In src/a.py\n- [ ] T013 [P] In src/a.py\n- [ ] T014 [P] In src/a.py");
    assert_eq!(says(CODE, &three).len(), 1);
    assert!(
        related(CODE, &three)
            .iter()
            .all(|place| place == "src/a.py")
    );
    assert_eq!(related(CODE, &three).len(), 3, "T012 twice, T014 once");
}

const TWO: &str = "- [ ] T012 [P] Test words in src/a.py\n- [ ] T013 [P] Test the hour in src/a.py";

#[test]
fn the_list_may_accept_a_shared_file() {
    for line in [
        "- T011-T013 can run in parallel (same file, related logic)",
        "- T012 and T013 can run in parallel (different test functions)",
        "- T012, T013: six different `XCTestCase` methods.",
        "- T012, T013 (a.py functions)",
        "- `T012` to `T014` (ALL DIFFERENT HANDLERS, no dependencies)",
        "```bash\n# T012 and T013 in parallel (same test file, but different additions)\n```",
        "**Phase 1 (Work)**:\n\n```bash\n# All test tasks can run in parallel (different test files/blocks)\n```",
    ] {
        let list = tasks(&format!("{TWO}\n\n## Dependencies\n\n{line}"));
        assert!(says(CODE, &list).is_empty(), "{line}");
    }
    let within = tasks(&format!(
        "All tests of this phase can run in parallel (independent test cases).\n\n{TWO}"
    ));
    assert!(says(CODE, &within).is_empty());
}

#[test]
fn what_does_not_accept_a_shared_file() {
    for line in [
        "- T012 and T013 can run in parallel",
        "- T012, T013 can run in parallel (different files)",
        "- T012-T013: independent route files",
        "- T012-T013 modify the same file → **SERIALIZE**",
        "- T012 then T013 (same file)",
        "- T012, T013: same file, so sequential is safer",
        "- T012 and T014 can run in parallel (different functions)",
        "- All tests can run in parallel (different functions)",
        "- Avoid: vague tasks, same file conflicts",
        "**Phase 2 (More)**:\n\nAll tests can run in parallel (different functions)",
    ] {
        let list = tasks(&format!("{TWO}\n\n## Dependencies\n\n{line}"));
        assert_eq!(says(CODE, &list).len(), 1, "{line}");
    }
}

#[test]
fn a_bare_name_before_its_path_is_not_the_file() {
    let both = tasks(
        "- [ ] T012 [P] Write README.md: how to start, in `backend/README.md`\n\
         - [ ] T013 [P] Write README.md: how to start, in `frontend/README.md`\n\
         - [ ] T014 [P] Write README.md: how to test, in `frontend/README.md`\n\
         //- /README.md\n# A",
    );
    assert_eq!(
        says(CODE, &both),
        [
            "[frontend/README.md] T014 and T013 are both [P] in one group, and both change `frontend/README.md`."
        ]
    );
}

#[test]
fn the_legend_may_give_the_mark_another_meaning() {
    for legend in [
        "- **[P]**: Can run in parallel (different units, no shared code)",
        "`[P]`: separate modules, any order",
        "- **[P]**：可并行执行（不同模块）",
    ] {
        let list = tasks(&format!("{TWO}\n\n## Format\n\n{legend}"));
        assert!(says(CODE, &list).is_empty(), "{legend}");
        assert_eq!(knows(CODE, &list).1.len(), 1, "{legend}");
    }
    for legend in [
        "- **[P]**: Can run in parallel (different files, no dependencies)",
        "- **[P]**: Can run in parallel",
        "- **[P]**: 可并行执行（不同文件、无依赖）",
        "- **[P]** tasks: different people",
    ] {
        let list = tasks(&format!("{TWO}\n\n## Format\n\n{legend}"));
        assert_eq!(says(CODE, &list).len(), 1, "{legend}");
    }
}

#[test]
fn parts_of_a_file_may_be_disjoint() {
    for line in [
        "- All tasks (T012-T013) can run in parallel: they touch disjoint sections of `a.py`",
        "- T012, T013 can run in parallel (different groups, same file, with a sequential merge)",
    ] {
        let list = tasks(&format!("{TWO}\n\n## Dependencies\n\n{line}"));
        assert!(says(CODE, &list).is_empty(), "{line}");
    }
}

#[test]
fn a_list_that_shares_many_files_is_one_finding() {
    let line = |id: u32, file: &str| format!("- [ ] T{id:03} [P] Write it into src/{file}.py\n");
    let list = |files: &[&str]| {
        let lines = (1..).zip(files.iter().flat_map(|file| [file, file]));
        tasks(&lines.map(|(id, file)| line(id, file)).collect::<String>())
    };
    assert_eq!(
        says(CODE, &list(&["x", "y"])),
        [
            "[src/x.py] T002 and T001 are both [P] and change `src/x.py`; another group of this list shares a file, too."
        ]
    );
    let three = list(&["x", "y", "z"]);
    assert_eq!(
        says(CODE, &three),
        [
            "[src/x.py] T002 and T001 are both [P] and change `src/x.py`; 2 other groups of this list share a file, too."
        ]
    );
    let mut places = related(CODE, &three);
    places.dedup();
    assert_eq!(places, ["src/x.py", "src/y.py", "src/z.py"]);
}

#[test]
fn a_path_of_a_condition_is_not_what_changes() {
    let list = tasks(
        "- [ ] T012 [P] If T011 added words to `src/a.py`, add the French ones to `src/fr.py`\n- [ ] T013 [P] If T011 added words to `src/a.py`, add the German ones to `src/de.py`",
    );
    assert!(says(CODE, &list).is_empty(), "{:?}", says(CODE, &list));
}
