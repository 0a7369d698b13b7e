use super::{knows, says};

const CODE: &str = "story-without-task";

fn with(tasks: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n### User Story 1 - One (Priority: P1)\n\nText.\n\n### User Story 2 - Two (Priority: P2)\n\nText.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n{tasks}"
    )
}

#[test]
fn a_story_that_nobody_works_for() {
    let lacks = with(
        "## Phase 1: Work\n\n- [ ] T001 [US1] Uno\n- [ ] T002 [US1] Due\n\n## Dependencies\n\n- US2 waits for US1\n",
    );
    assert_eq!(
        says(CODE, &lacks),
        ["[User Story 2] US2 has no task in tasks.md, where 2 tasks work for other stories."]
    );
}

#[test]
fn labels_phases_parts_and_headings_count() {
    for tasks in [
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [US2] Two\n",
        "## Phase 1: User Story 1 - One\n\n- [ ] T001 One\n\n## Phase 2: User Story 2 - Two\n\n- [ ] T002 Two\n",
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [US2a] Two\n",
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n\n## Phase 2: US1 + US2 - Both\n\n- [ ] T002 Two\n",
        "Both stories (US1, US2) are done together.\n\n## Phase 1: Work\n\n- [ ] T001 [US1] One\n",
    ] {
        assert!(says(CODE, &with(tasks)).is_empty(), "{tasks}");
        assert_eq!(knows(CODE, &with(tasks)).0, 2);
    }
}

#[test]
fn a_list_without_stories_says_nothing() {
    let none = with("## Phase 1: Work\n\n- [ ] T001 One\n");
    assert!(says(CODE, &none).is_empty());
    assert_eq!(
        knows(CODE, &none).1,
        ["tasks.md is not organised by story (1)"]
    );
    assert_eq!(
        knows(
            CODE,
            "//- /specs/001-a/spec.md\n# A\n\n### User Story 1 - One (Priority: P1)\n"
        ),
        (0, Vec::new())
    );
}

#[test]
fn closing_chapters_are_no_work() {
    let strategy = with(
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n\n## Implementation Strategy\n\n### MVP First (User Stories 1 + 2)\n\nText.\n",
    );
    assert_eq!(says(CODE, &strategy).len(), 1);
    let left_out = with(
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n\n## Notes\n\n- User Story 2 is out of scope here\n",
    );
    assert!(says(CODE, &left_out).is_empty());
}

#[test]
fn a_phase_without_a_story_makes_it_unknown() {
    let anonymous = with(
        "## Phase 1: Setup\n\n- [ ] T001 One\n\n## Phase 2: User Story 1 - One\n\n- [ ] T002 [US1] Two\n\n## Phase 3: Exporter\n\n- [ ] T003 Three\n\n## Phase 4: Polish\n\n- [ ] T004 Four\n",
    )
    .replace("User Story 2 - Two", "User Story 2 - Add all");
    assert!(says(CODE, &anonymous).is_empty());
    assert_eq!(
        knows(CODE, &anonymous).1,
        ["a phase has tasks without a story (1)"]
    );
}

#[test]
fn a_task_that_speaks_of_the_same_makes_it_unknown() {
    let spoken = |title: &str, task: &str| {
        with(&format!(
            "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 [US1] {task}\n"
        ))
        .replace("User Story 2 - Two", &format!("User Story 2 - {title}"))
    };
    for (title, task) in [
        (
            "Admin Publishes Courses",
            "Add PublishCommand in src/publish.rs",
        ),
        ("Monitor Health", "Write src/routes/health.rs"),
        ("アラート通知センター", "アラート通知の画面"),
    ] {
        let unlabelled = spoken(title, task);
        assert!(says(CODE, &unlabelled).is_empty());
        assert_eq!(
            knows(CODE, &unlabelled).1,
            ["a task speaks of what the story's title tells (1)"]
        );
    }
    let silent = spoken("View Course Analytics", "Draw the page");
    assert_eq!(
        says(CODE, &silent),
        ["[User Story 2] US2 has no task in tasks.md, where 2 tasks work for other stories."]
    );
}

#[test]
fn a_story_that_the_spec_gave_up_needs_none() {
    let given_up = "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n### User Story 1 - One (Priority: P1)\n\nText.\n\n### User Story 2 - Two (Priority: P2) [DEFERRED]\n\nText.\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n- [ ] T001 [US1] One\n";
    assert!(says(CODE, given_up).is_empty());
}

#[test]
fn archives_are_never_diagnosed() {
    let archived = with("## Phase 1: Work\n\n- [ ] T001 [US1] One\n")
        .replace("/specs/001-a/", "/specs/archived/001-a/");
    assert!(says(CODE, &archived).is_empty());
    assert_eq!(knows(CODE, &archived), (0, Vec::new()));
}

#[test]
fn one_phase_may_serve_several_stories() {
    for title in [
        "User Story 2 + 3 - Export and print (Priority: P2)",
        "User Stories 2 and 3: Export and print",
        "User Story 2, 3 & 4",
        "User Stories 2-3",
        "US2/US3 - Export and print",
        "US2 + US3",
        "Stories 2 & 3",
        "ユーザーストーリー 2・3",
        "用户故事 2 和 3",
    ] {
        let text = format!(
            "//- /specs/001-a/spec.md\n# A\n\n### User Story 1 - Login (Priority: P1)\n\n### User Story 2 - Export (Priority: P2)\n\n### User Story 3 - Print (Priority: P3)\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: User Story 1\n\n- [ ] T001 [US1] Open the door in `src/a.rs`\n\n## Phase 2: {title}\n\n- [ ] T002 Do both in `src/b.rs`\n"
        );
        assert!(
            says(CODE, &text).is_empty(),
            "{title}: {:?}",
            says(CODE, &text)
        );
    }
}

#[test]
fn a_list_may_say_where_a_story_is_done() {
    for line in ["US2 is covered by T001.", "- US2: (OMITIDA a pedido)"] {
        let told = with(&format!(
            "## Phase 1: User Story 1\n\n- [ ] T001 [US1] Open the door\n\n## Notes\n\n{line}\n"
        ));
        assert!(says(CODE, &told).is_empty(), "{line}");
    }
}

#[test]
fn a_number_in_a_title_is_no_story() {
    for title in [
        "User Story 1 - 2 doors",
        "User Story 1: Door 2",
        "User Story 12",
    ] {
        let told = with(&format!(
            "## Phase 1: {title}\n\n- [ ] T001 [US1] Open the door\n"
        ));
        assert_eq!(says(CODE, &told).len(), 1, "{title}");
    }
}

#[test]
fn a_task_without_a_story_that_speaks_of_it_may_serve_it() {
    let text = with(
        "## Phase 1: Work\n\n- [ ] T001 [US1] One\n- [ ] T002 Publish courses in src/publish.rs\n",
    )
    .replace(
        "User Story 2 - Two",
        "User Story 2 - Admin Publishes Courses",
    );
    assert!(says(CODE, &text).is_empty());
    assert_eq!(
        knows(CODE, &text).1,
        ["a task speaks of what the story's title tells (1)"]
    );
}
