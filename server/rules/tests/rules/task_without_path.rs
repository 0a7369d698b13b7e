use super::{knows, says};

const CODE: &str = "task-without-path";

fn with(last: &str) -> String {
    let tasks: Vec<String> = (1..=12)
        .map(|number| {
            format!("- [ ] T0{number:02} [US1] Write part {number} in src/part{number}.rs\n")
        })
        .collect();
    let tasks = tasks.concat();
    format!(
        "//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 3: User Story 1 - One\n\n{tasks}{last}\n"
    )
}

#[test]
fn one_among_many_that_names_no_file() {
    let one = with("- [ ] T013 [US1] 覚える all the words");
    assert_eq!(
        says(CODE, &one),
        ["[T013] T013 names no file, where 12 of the 13 tasks for stories do."]
    );
    assert_eq!(knows(CODE, &one), (13, Vec::new()));
}

#[test]
fn tasks_that_make_no_file_or_say_where_in_another_way() {
    for last in [
        "- [ ] T013 [US1] Run all tests",
        "- [x] T013 [US1] Remember the words",
        "- [ ] T013 [US1] Remember the words in `Store`",
        "- [ ] T013 [US1] Remember the words in firestore.rules",
        "- [ ] T013 [US1] Remember the words, same file",
        "- [ ] T013 [US1] Remember the words\n  - in src/store.rs",
        "- [ ] T013 [US1] Remember the words beside T002",
        "\n## Phase 4: Polish\n\n- [ ] T013 Remember the words",
    ] {
        assert!(says(CODE, &with(last)).is_empty(), "{last}");
    }
}

#[test]
fn where_many_name_none_nothing_is_said() {
    let few = with("- [ ] T013 [US1] One\n- [ ] T014 [US1] Two\n- [ ] T015 [US1] Three");
    assert!(says(CODE, &few).is_empty());
    assert_eq!(knows(CODE, &few), (0, Vec::new()));
}
