//! The bare command: what the few lines of the status say, and that they are true.

use crate::sandbox::Sandbox;

const SPEC: &str = "# Feature Specification: Parcels\n\n## Requirements\n\n- **FR-001**: The service MUST weigh a parcel.\n";

/// A feature with this task list.
fn with_tasks(tasks: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("specs/001-parcels/spec.md", SPEC);
    sandbox.write("specs/001-parcels/tasks.md", tasks);
    sandbox
}

#[test]
fn boxes_count_whatever_their_ids() {
    for (tasks, says) in [
        (
            "# Tasks\n\n- [x] T102-S1 Write the scale\n- [x] T102-S1 Test the scale\n- [ ] T102-S2 Print the label\n",
            "001-parcels: implementing, 2/3 tasks; next T102-S2 Print the label",
        ),
        (
            "# Tasks\n\n- [x] Write the scale\n- [ ] Print the label\n",
            "001-parcels: implementing, 1/2 tasks",
        ),
    ] {
        let sandbox = with_tasks(tasks);
        sandbox.commit("all");
        let out = sandbox.run(&[]).out;
        assert!(out.contains(says), "{out}");
    }
}

#[test]
fn a_list_without_ids_that_is_ticked_is_finished() {
    let sandbox = with_tasks("# Tasks\n\n- [x] Write the scale\n- [X] Print the label\n");
    sandbox.commit("all");
    let out = sandbox.run(&[]).out;
    assert!(out.contains("0 active features, 1 finished"), "{out}");
}

const STORY: &str = "# Feature Specification: Parcels\n\n## User Scenarios & Testing\n\n### User Story 1 - Weigh (Priority: P1)\n\nA clerk weighs a parcel.\n";

/// A story with these tasks, and two sources.
fn with_sources(tasks: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("specs/001-parcels/spec.md", STORY);
    sandbox.write(
        "specs/001-parcels/tasks.md",
        &format!("# Tasks\n\n## Phase 1: User Story 1 - Weigh (Priority: P1)\n\n{tasks}"),
    );
    sandbox.write("src/scale.rs", "pub fn weigh() {}\n");
    sandbox.write("src/pages.rs", "pub fn favorites() {}\n");
    sandbox.commit("all");
    sandbox.run(&[]).out
}

#[test]
fn the_chain_keeps_to_ticked_tasks_and_the_files_they_name() {
    let out = with_sources(
        "- [x] T001 [US1] Write `weigh` in src/scale.rs\n- [ ] T002 [US1] Show `favorites` in src/pages.rs\n",
    );
    assert!(
        out.contains("Chain: 001-parcels/US1 -> T001 -> weigh in src/scale.rs"),
        "{out}"
    );
    // The name stands once in the sources, but in no file that a ticked task of the story names.
    let out = with_sources("- [x] T001 [US1] Count `favorites` in src/scale.rs\n");
    assert!(
        out.contains("Chain: 001-parcels/US1 -> T001 -> src/scale.rs\n"),
        "{out}"
    );
    let out = with_sources("- [ ] T001 [US1] Write `weigh` in src/scale.rs\n");
    assert!(out.contains("Chain: none"), "{out}");
}

#[test]
fn next_is_a_task_that_waits_for_none() {
    let sandbox = with_tasks(
        "# Tasks\n\n- [ ] T001 Test the scale (depends on T002)\n- [ ] T002 Write the scale\n",
    );
    sandbox.commit("all");
    let out = sandbox.run(&[]).out;
    assert!(out.contains("next T002 Write the scale"), "{out}");
}

#[test]
fn what_may_be_left_out_is_neither_counted_nor_next() {
    let sandbox = Sandbox::new();
    sandbox.write(
        ".kiro/specs/parcels/requirements.md",
        "# Requirements Document\n\n## Requirements\n\n### Requirement 1\n\n#### Acceptance Criteria\n\n1. WHEN a parcel is put on the scale THEN the service SHALL weigh it\n",
    );
    sandbox.write(
        ".kiro/specs/parcels/tasks.md",
        "# Implementation Plan\n\n- [x] 1. Write the scale\n- [ ]* 1.1 Test the scale\n- [ ] 2. Print\n- [ ] 2.1 Print the label\n",
    );
    sandbox.commit("all");
    let out = sandbox.run(&[]).out;
    assert!(
        out.contains("parcels: implementing, 1/3 tasks; next 2.1 Print the label"),
        "{out}"
    );
}

#[test]
fn an_unticked_list_whose_files_are_there_is_said_to_be_so() {
    let tasks: Vec<String> = (1..=6)
        .map(|n| format!("- [ ] T00{n} Write src/part{n}.rs\n"))
        .collect();
    let sandbox = with_tasks(&format!("# Tasks\n\n{}", tasks.concat()));
    for n in 1..=4 {
        sandbox.write(&format!("src/part{n}.rs"), "pub fn part() {}\n");
    }
    sandbox.commit("all");
    let out = sandbox.run(&[]).out;
    assert!(
        out.contains("tasks written, 0/6 ticked; 4 of 6 named files exist; next T001"),
        "{out}"
    );
    std::fs::remove_file(sandbox.path().join("src/part4.rs")).unwrap();
    let out = sandbox.run(&[]).out;
    assert!(out.contains("tasks written, 0/6 tasks; next T001"), "{out}");
}

#[test]
fn what_was_not_understood_is_said_by_every_command() {
    let sandbox = with_tasks("# Tasks\n\n- [x] Write the scale\n- [ ] Print the label\n");
    sandbox.commit("all");
    let says =
        "specs/001-parcels/tasks.md:3 (most checkboxes have no id that is known as a task's)";
    for command in [&[] as &[&str], &["check"], &["doctor"]] {
        let out = sandbox.run(command).out;
        assert!(out.contains(says), "{command:?}: {out}");
    }
    let json = sandbox.check().json();
    assert_eq!(json["unread"][0]["path"], "specs/001-parcels/tasks.md");
    assert_eq!(json["unread"][0]["line"], 3);
    sandbox.write(
        "specs/001-parcels/tasks.md",
        "# Tasks\n\n- [ ] T001 Write the scale\n",
    );
    assert!(!sandbox.run(&["check"]).out.contains("Not read"));
}

#[test]
fn a_spec_of_which_nothing_was_found_is_named() {
    let sandbox = Sandbox::new();
    let prose = "A parcel is put on the scale and the clerk reads how heavy it is. ".repeat(6);
    let spec = format!(
        "# Parcels\n\n## Weighing\n\n{prose}\n\n## Labels\n\n{prose}\n\n## Later\n\nMore.\n"
    );
    sandbox.write("specs/001-parcels/spec.md", &spec);
    sandbox.commit("all");
    let out = sandbox.run(&["check"]).out;
    assert!(
        out.contains("Not read: specs/001-parcels/spec.md:3 (no story"),
        "{out}"
    );
}

#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt as _;

    let sandbox = with_tasks("# Tasks\n\n- [ ] T001 Write the scale\n");
    sandbox.write("specs/002-labels/spec.md", SPEC);
    sandbox.commit("all");
    let locked = sandbox.path().join("specs/002-labels");
    let set =
        |mode| std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o000);
    // Who may read everything (root) sees nothing locked.
    let readable = std::fs::read_dir(&locked).is_ok();
    let out = sandbox.run(&["check"]).out;
    set(0o755);
    assert!(
        readable || out.contains("Not read: specs/002-labels ("),
        "{out}"
    );
}
