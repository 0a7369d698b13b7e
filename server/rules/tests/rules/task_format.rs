use super::{fixed, fixes, knows, related, says};

const CODE: &str = "task-format";

fn tasks(list: &str) -> String {
    format!("//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{list}\n")
}

#[test]
fn a_task_without_an_id() {
    let lacks = tasks("- [ ] T001 One\n- [ ] [US1] Two in src/a.py\n- [ ] T007 Three");
    assert_eq!(
        says(CODE, &lacks),
        ["[- [ ]] The task \u{201c}Two in src/a.py\u{201d} has no id, where 2 others have one."]
    );
    assert!(fixed(CODE, &lacks).contains("- [ ] T008 [US1] Two in src/a.py\n"));
}

#[test]
fn the_new_id_is_written_as_the_others_are() {
    let bold = tasks("- [ ] **T0001** One\n- [ ] **T0002** Two\n- [ ] [P] Three");
    assert!(fixed(CODE, &bold).contains("- [ ] **T0003** [P] Three\n"));
}

#[test]
fn a_task_without_a_checkbox() {
    let lacks = tasks("* [ ] T001 One\n* T002 [P] Two\n* [ ] T003 Three");
    assert_eq!(
        says(CODE, &lacks),
        ["[T002] T002 has no checkbox, where 2 other tasks have one."]
    );
    assert!(fixed(CODE, &lacks).contains("* [ ] T002 [P] Two\n"));
}

#[test]
fn a_plain_line_becomes_an_item() {
    let plain = tasks("- [ ] T001 One\n- [ ] T003 Three\n\nT002 [P] Two");
    assert!(fixed(CODE, &plain).contains("\n\n- [ ] T002 [P] Two\n"));
}

#[test]
fn too_few_digits() {
    let short = tasks("- [ ] T001 One\n- [ ] T02 Two\n- [ ] T003 Three");
    assert_eq!(
        says(CODE, &short),
        ["[T02] T02 has fewer digits than the 2 other tasks, and Spec Kit counts from three."]
    );
    assert!(fixed(CODE, &short).contains("- [ ] T002 Two\n"));
    assert!(
        fixes(
            CODE,
            &tasks("- [ ] T001 One\n- [ ] T01 Two\n- [ ] T003 Three")
        )
        .is_empty(),
        "T001 is taken"
    );
}

#[test]
fn other_habits_are_accepted() {
    for list in [
        "- [ ] T001 One\n- [ ] **T002** [US1] [P] Two\n- [x] T003a Three\n- [-] T004 Four\n- ［x］ T005 Five",
        "- [ ] T001 One\n- [ ] T002 Two\n- [ ] Checkpoint: all is well",
        "- [ ] T001 One\n- [ ] T002 Two\n- [ ] T-HF01 Three\n- [ ] T1.2 Four\n- [ ] T10b Five",
        "- [ ] T001 One\n- [ ] T002 Two\n- [ ] [US1] Three\n  - [ ] T003 Four\n  - [ ] T004 Five",
        "- [ ] T001 One\n- [ ] T002 Two\n\nT003 and T004 can run together.\n\n- T001 → T002",
    ] {
        assert!(says(CODE, &tasks(list)).is_empty(), "{list}");
    }
}

#[test]
fn a_list_of_another_kind_is_unknown() {
    let other = tasks("- T001 [P] One\n- T002 [P] Two\n- [ ] T003 Three");
    assert!(says(CODE, &other).is_empty());
    assert_eq!(
        knows(CODE, &other).1,
        ["the list is not written as checkboxes with ids (1)"]
    );
}

#[test]
fn a_plain_task_line_is_found() {
    let plain = tasks("- [ ] T001 One\n- [ ] T002 Two\n- T003 Run the linter over src/");
    assert_eq!(
        says(CODE, &plain),
        ["[T003] T003 has no checkbox, where 2 other tasks have one."]
    );
    assert!(fixed(CODE, &plain).contains("- [ ] T003 Run the linter over src/"));
}

#[test]
fn a_box_over_steps_without_ids_lacks_one() {
    let steps = tasks(
        "- [ ] T001 One\n- [ ] T002 Two\n- [ ] [US1] Three\n  - [ ] Write it\n  - [ ] Try it",
    );
    assert_eq!(says(CODE, &steps).len(), 1);
}

/// A formatter may break the line: the same is said, and it is the same finding.
#[test]
fn a_task_of_several_lines_is_quoted_whole() {
    let lacks = tasks(
        "- [ ] T001 One\n- [ ] [US1] Two\n      in `src/a.py`\n  - Not this\n- [ ] T007 Three",
    );
    assert_eq!(
        says(CODE, &lacks),
        ["[- [ ]] The task \u{201c}Two in `src/a.py`\u{201d} has no id, where 2 others have one."]
    );
}

#[test]
fn a_broken_list_is_one_finding_for_each_cause() {
    let lines = |numbers: std::ops::Range<u32>, line: &dyn Fn(u32) -> String| {
        numbers.map(line).collect::<Vec<_>>().concat()
    };
    let whole = lines(1..12, &|at| format!("- [ ] T{at:03} Do it\n"));
    let boxless = lines(21..26, &|at| format!("- T{at:03} [P] Do it\n"));
    let list = tasks(&format!("{whole}{boxless}- [ ] [US1] Test it\n"));
    assert_eq!(
        says(CODE, &list),
        [
            "[T021] T021 has no checkbox, where 11 other tasks have one.",
            "[- [ ]] The task \u{201c}Test it\u{201d} has no id, where 11 others have one."
        ]
    );
    assert_eq!(related(CODE, &list), ["T022", "T023", "T024", "T025"]);
    let boxed = fixed(CODE, &list.replace("- [ ] [US1] Test it\n", ""));
    assert!(boxed.contains("- [ ] T021 [P] Do it\n"), "{boxed}");
    assert!(boxed.contains("- [ ] T025 [P] Do it\n"), "{boxed}");
    // One free id is not given to five tasks.
    let nameless = tasks(&format!("{whole}{}", "- [ ] [US1] Test it\n".repeat(5)));
    assert_eq!(says(CODE, &nameless).len(), 1);
    assert!(fixes(CODE, &nameless).is_empty());
}

#[test]
fn pieces_below_their_task_need_no_box() {
    let list = "//- /specs/001-a/tasks.md\n# T\n\n## Phase 1: Work\n\n- [x] T033 Zero\n- [x] T034 One\n- [x] T035 Two\n  - T035a: Write the table in `src/a.py`\n  - T035b: Write the reader in `src/b.py`\n";
    assert!(says(CODE, list).is_empty(), "{:?}", says(CODE, list));
    let alone = list
        .replace("  - T035a", "- T035a")
        .replace("  - T035b", "- T035b");
    assert_eq!(says(CODE, &alone).len(), 2, "{:?}", knows(CODE, &alone));
}
