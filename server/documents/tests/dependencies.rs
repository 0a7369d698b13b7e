//! Which words make one task wait for another, and which do not.

use documents::{DocumentKind, read};
use text::slice;

/// `waiting<first` for each dependency, in the order of the text; the words end in the id of the other end.
fn dependencies(lines: &str) -> Vec<String> {
    let text = format!("# Tasks: A\n\n## Phase 1: Work\n\n{lines}\n");
    let document = read(DocumentKind::Tasks, &text);
    let id = |at: u32| document.items[at as usize].id.clone();
    let mut last = None;
    let found = document.dependencies.iter().map(|each| {
        let (task, on) = (id(each.task), id(each.on));
        let said = slice(&text, each.range);
        assert!(
            said.contains(on.as_str()) || said.contains(task.as_str()) || said.contains(['-', '–'])
        );
        assert!(last.is_none_or(|last| last <= each.range.start()));
        last = Some(each.range.start());
        format!("{task}<{on}")
    });
    found.collect()
}

const TASKS: &str =
    "- [ ] T001 One\n- [ ] T002 Two\n- [ ] T003 Three\n- [ ] T004 Four\n- [ ] T005 Five\n";

fn task(words: &str) -> Vec<String> {
    dependencies(&format!("{TASKS}- [ ] T006 {words}"))
}

fn section(line: &str) -> Vec<String> {
    dependencies(&format!("{TASKS}\n## Dependencies\n\n{line}"))
}

#[test]
fn a_task_says_what_it_waits_for() {
    for words in [
        "Write it (depends on T001, T003)",
        "Write it. Depends on T001 and T003.",
        "Write it. Depends on T001 (the C++ part) and T003 (the rest)",
        "Write it (**depends T001**, T003)",
        "Write it (after T001 + T003)",
        "Write it (needs a key; after T001, T003)",
        "Write it [after:T001,T003]",
        "Write it\n  - **Depends on**: T001, T003",
        "Write it\n  - Dependencies: T001, T003",
        "Write it\n  that is wrapped (depends on\n  T001, T003)",
        "Write it like T002 (depends on T001, T003)",
        "Check `specs/001-a/quickstart.md` (depends on T001, T003)",
        "写（依赖T001、T003；其他）",
        "書く（依存：T001, T003）",
        "Escribir (depende de T001 y T003)",
    ] {
        assert_eq!(task(words), ["T006<T001", "T006<T003"], "{words}");
    }
    assert_eq!(
        task("Write it (depends on T002-T004)"),
        ["T006<T002", "T006<T003", "T006<T004"]
    );
    assert_eq!(task("Blocked by T005"), ["T006<T005"]);
    assert_eq!(task("Write it\n  - Blocks: T005"), ["T005<T006"]);
}

#[test]
fn a_line_between_tasks_says_it_of_those_it_names() {
    assert_eq!(section("- T004 depends on T002"), ["T004<T002"]);
    assert_eq!(
        section("- **T004** (the rest) depends on T002 and T001"),
        ["T004<T002", "T004<T001"]
    );
    assert_eq!(
        section("- T004, T005 (models — depend on T003)"),
        ["T004<T003", "T005<T003"]
    );
    assert_eq!(
        section("- T001 (schema) blocks T003–T004"),
        ["T003<T001", "T004<T001"]
    );
    assert_eq!(
        section("- T004 after T003; T005 can run in parallel after T003"),
        ["T004<T003", "T005<T003"]
    );
    assert_eq!(section("- T001 before T002 (it verifies)"), ["T002<T001"]);
    assert_eq!(section("- T001 first; T005 depends on T002"), ["T005<T002"]);
}

#[test]
fn other_words_and_other_subjects_say_nothing() {
    for words in [
        "Write it, not dependent on T001",
        "Write it (does not depend on T001)",
        "Write it (no dependency on T001)",
        "Verify that it passes after T001 lands",
        "Write tests that must fail before T001",
        "Write it (depends on Phase 2)",
        "Write it (depends on 083/T001)",
        "Write it (depends on T099)",
        "Write it (不依赖T001)",
        "See T001 and T002",
        "Independent of T001",
    ] {
        assert_eq!(task(words), [""; 0], "{words}");
    }
    for line in [
        "- User Story 2 depends on T002",
        "- T001 → T002 → T003",
        "- T003-T005 depend on T004",
        "- T004 and T005 depend on T001 and T002 respectively",
        "- T003 depends on T001, and T004 depends on the rest",
        "- T001 is small. All else depends on T002",
        "- Sweep before T003 is done",
        "```text\nT004 depends on T002\n```",
    ] {
        assert_eq!(section(line), [""; 0], "{line}");
    }
}

#[test]
fn a_repeated_id_is_nobodys() {
    let twice = "- [ ] T001 One\n- [ ] T001 Again\n- [ ] T002 Two (depends on T001)";
    assert_eq!(dependencies(twice), [""; 0]);
    let text = "# Tasks\n\n- [ ] T002 Two (depends on T001)";
    assert!(read(DocumentKind::Plan, text).dependencies.is_empty());
    assert_eq!(
        read(DocumentKind::Tasks, text).items.first().unwrap().id,
        "T002"
    );
}
