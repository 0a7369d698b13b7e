use super::{fixed, fixes, knows, related, says};

const CODE: &str = "duplicate-id";

fn spec(requirements: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n### Functional Requirements\n\n{requirements}"
    )
}

fn tasks(list: &str) -> String {
    format!("//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Setup\n\n{list}")
}

#[test]
fn a_requirement_defined_twice() {
    let twice = spec("- **FR-001**: One.\n- **FR-001**: Two.\n- **FR-002**: Three.\n");
    assert_eq!(
        says(CODE, &twice),
        ["[FR-001] FR-001 is defined in line 7 and again in line 8 of spec.md."]
    );
    let fixed = fixed(CODE, &twice);
    assert!(
        fixed.contains("- **FR-001**: One.\n- **FR-003**: Two.\n- **FR-002**: Three.\n"),
        "{fixed}"
    );
}

#[test]
fn a_requirement_of_another_feature_in_bold_is_no_second_definition() {
    let of_344 = spec("- **FR-001 (344)** asks for routing.\n- **FR-001**: One.\n");
    assert!(says(CODE, &of_344).is_empty());
    let priority = spec("- **FR-001 (P1)** One.\n- **FR-001**: One.\n");
    assert_eq!(says(CODE, &priority).len(), 1);
}

#[test]
fn the_width_and_the_prefix_are_the_authors() {
    let twice = spec("- **FR-A009**: One.\n- **FR-A009**: Two.\n");
    assert!(fixed(CODE, &twice).contains("- **FR-A009**: One.\n- **FR-A010**: Two.\n"));
}

#[test]
fn no_new_number_where_somebody_cites_the_id() {
    let cited = spec("- **FR-001**: One.\n- **FR-001**: Two, see FR-001.\n");
    assert_eq!(says(CODE, &cited).len(), 1);
    assert!(fixes(CODE, &cited).is_empty());
}

#[test]
fn a_table_may_list_again() {
    let table = "| Id | What |\n|---|---|\n| FR-001 | One |\n| FR-002 | Two |\n";
    for listed in [
        format!("- **FR-001**: One.\n- **FR-002**: Two.\n\n### Traceability\n\n{table}"),
        format!("{table}\n### Details\n\n- **FR-001**: One.\n- **FR-002**: Two.\n"),
    ] {
        assert!(says(CODE, &spec(&listed)).is_empty(), "{listed}");
        assert_eq!(knows(CODE, &spec(&listed)).0, 2);
    }
    // The list itself repeats the id, whatever a table says.
    let twice = format!("- **FR-001**: One.\n- **FR-001**: Two.\n\n{table}");
    assert_eq!(says(CODE, &spec(&twice)).len(), 1);
    // A table that repeats itself.
    let repeats = spec(&format!("{table}| FR-001 | Three |\n"));
    assert_eq!(
        says(CODE, &repeats),
        ["[FR-001] FR-001 is defined in line 9 and again in line 11 of spec.md."]
    );
    assert!(fixes(CODE, &repeats).is_empty());
}

#[test]
fn numbers_that_begin_anew_are_one_finding() {
    let anew = spec(
        "- **FR-001**: One.\n- **FR-002**: Two.\n- **FR-003**: Three.\n\nMore:\n\n- **FR-002**: Four.\n- **FR-003**: Five.\n- **FR-004**: Six.\n",
    );
    assert_eq!(
        says(CODE, &anew),
        ["[FR-002] FR-002 is defined in line 8 and again in line 13 of spec.md."]
    );
    assert_eq!(related(CODE, &anew), ["FR-002", "FR-003", "FR-003"]);
    assert!(fixes(CODE, &anew).is_empty());
    // Two slips are two findings.
    let slips =
        spec("- **FR-001**: One.\n- **FR-001**: Two.\n- **FR-002**: Three.\n- **FR-002**: Four.\n");
    assert_eq!(says(CODE, &slips).len(), 2);
}

#[test]
fn a_heading_that_reports_on_a_story_does_not_define_it() {
    let stories = |first: &str, second: &str| {
        let text = format!(
            "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Status\n\n### {first}\n\nDone.\n\n## User Scenarios & Testing\n\n### {second}\n\nText.\n"
        );
        says(CODE, &text).len()
    };
    let defined = "User Story 2 - Pay (Priority: P1)";
    assert_eq!(stories("User Story 2 Completion (2025-11-18)", defined), 0);
    assert_eq!(stories("User Story 2 completed", defined), 0);
    assert_eq!(stories("User Story 2: Ship", defined), 1);
    assert_eq!(stories("User Story 2 Ship (Priority: P2)", defined), 1);
    assert_eq!(stories("User Story 2 Ship", "User Story 2 Pay"), 1);
}

#[test]
fn a_step_that_speaks_of_a_task_does_not_define_it() {
    let steps =
        tasks("T001 [P] 하나\n\nT002 [P] 둘\n\n1. T001에서 찾은 것을 고친다\n2. T002は済み\n");
    assert!(says(CODE, &steps).is_empty());
    let twice = tasks("1. T001 One more word\n2. T001 Two more words\n");
    assert_eq!(says(CODE, &twice).len(), 1);
}

#[test]
fn ids_that_differ_are_not_twins() {
    let apart =
        spec("- **FR-001**: One.\n- **FR-001a**: Two.\n- **FR-01**: Three.\n- **SC-001**: Four.\n");
    assert!(says(CODE, &apart).is_empty());
    assert_eq!(knows(CODE, &apart).0, 4);
}

#[test]
fn a_task_defined_twice() {
    let twice = tasks("- [ ] T001 One\n- [ ] T002 Two\n- [ ] T002 Three\n");
    assert_eq!(
        says(CODE, &twice),
        ["[T002] T002 is defined in line 6 and again in line 7 of tasks.md."]
    );
    assert!(fixed(CODE, &twice).contains("- [ ] T002 Two\n- [ ] T003 Three\n"));
}

#[test]
fn longer_ids_are_others() {
    assert!(says(CODE, &tasks("- [ ] T058 One\n- [ ] T058-EDGE Two\n")).is_empty());
}

#[test]
fn lists_numbered_anew_in_each_phase_are_unknown() {
    let anew = tasks(
        "- [ ] T001 One\n- [ ] T002 Two\n\n## Phase 2: More\n\n- [ ] T001 Three\n- [ ] T002 Four\n",
    );
    assert!(says(CODE, &anew).is_empty());
    assert_eq!(
        knows(CODE, &anew).1,
        ["tasks are numbered anew in each phase (2)"]
    );
}

#[test]
fn what_speaks_of_an_id_does_not_define_it() {
    for more in [
        "- **FR-001**: One.\n\n### Requirements in detail\n\n- **FR-001 verification intent**: Measure it.\n",
        "- **FR-001**: One.\n\n### FR-001 Measurement Method\n\nMeasure it.\n",
        "- **FR-001**: One.\n- **FR-001**: Two (see above)\n",
        "- **FR-001**: 一。\n- **FR-001**: 二（見上方）\n",
        "- **FR-001**: 一。\n- **FR-001**: 二 (上記参照)\n",
    ] {
        assert!(says(CODE, &spec(more)).is_empty(), "{more}");
        assert_eq!(knows(CODE, &spec(more)).0, 1, "{more}");
    }
    for range in ["T002~T004: 擴充", "T002 – T004: More", "T002..T004: More"] {
        let list = tasks(&format!(
            "- [x] T001 One\n- [x] T002 Two\n- [x] T003 Three\n- [x] T004 Four\n- [x] {range}\n"
        ));
        assert!(says(CODE, &list).is_empty(), "{range}");
    }
    // Another id behind a dash begins a title.
    let titled = tasks("- [x] T001 One\n- [x] T002 Two\n- [x] T002 - FR-001 is met\n");
    assert_eq!(says(CODE, &titled).len(), 1);
}

#[test]
fn what_each_story_counts_anew_is_no_id() {
    let stories = spec("- **FR-001**: One.\n")
        + "\n### User Story 1 - In (Priority: P1)\n\n1. **Given** a, **When** b, **Then** c\n\n### User Story 2 - Out (Priority: P1)\n\n1. **Given** a, **When** b, **Then** c\n";
    assert!(says(CODE, &stories).is_empty());
}

#[test]
fn definitions_of_one_shape_are_twins() {
    for twice in [
        "- **FR-001 Login**: One.\n- **FR-001 Logout**: Two.\n",
        "- **FR-001**: One.\n- **FR-001: Logout** Two.\n",
        "- **FR-001**: One.\n- **FR-001** Two **and more**.\n",
        "### FR-001 Login\n\nOne.\n\n### FR-001 Logout\n\nTwo.\n",
        "- **FR-001**: One (see above)\n- **FR-001**: Two.\n",
        "- **FR-001** - One.\n- **FR-001** - Two.\n",
    ] {
        assert_eq!(says(CODE, &spec(twice)).len(), 1, "{twice}");
    }
}

#[test]
fn two_phases_that_share_numbers_are_one_finding() {
    let shared = tasks(
        "- [ ] T001 One\n- [ ] T002 Two\n\n## Phase 2: More\n\n- [ ] T003 Three\n- [ ] T004 Four\n\n## Phase 3: Most\n\n- [ ] T003 Five\n- [ ] T004 Six\n- [ ] T005 Seven\n",
    );
    assert_eq!(
        says(CODE, &shared),
        ["[T003] T003 is defined in line 10 and again in line 15 of tasks.md."]
    );
    assert_eq!(related(CODE, &shared), ["T003", "T004", "T004"]);
    assert!(fixes(CODE, &shared).is_empty());
    assert!(knows(CODE, &shared).1.is_empty());
}

#[test]
fn numbers_that_two_phases_share_need_not_stand_together() {
    let shared = tasks(
        "- [ ] T001 One\n\n## Phase 2: More\n\n- [ ] T003 Three\n- [ ] T004 Four\n\n## Phase 3: Most\n\n- [ ] T003 Five\n- [ ] T009 Six\n- [ ] T004 Seven\n",
    );
    assert_eq!(
        says(CODE, &shared),
        ["[T003] T003 is defined in line 9 and again in line 14 of tasks.md."]
    );
}

#[test]
fn nested_tasks_define_too() {
    let nested = tasks(
        "- [ ] T001 One\n  - [ ] T002 Two\n  - [ ] T003 Three\n\n## Phase 2: More\n\n- [ ] T002 Two again\n",
    );
    assert_eq!(says(CODE, &nested).len(), 1);
}

#[test]
fn a_heading_that_groups_requirements_is_no_story() {
    let grouped = "//- /specs/001-a/spec.md\n# A\n\n## User Stories\n\n### US1: Login (Priority: P1)\n\nText.\n\n## Requirements\n\n### US1 \u{2014} Login (2)\n\n- **FR-001**: One.\n";
    assert!(says(CODE, grouped).is_empty(), "{:?}", says(CODE, grouped));
    let twice = grouped.replace("Login (2)", "Login (Priority: P2)");
    assert_eq!(says(CODE, &twice).len(), 1);
}

#[test]
fn steps_of_one_slice_carry_its_id() {
    let slices = tasks(
        "- [ ] T102-S1 One\n- [ ] T102-S1 Two\n\n## Phase 2: More\n\n- [ ] T102-S1 Three\n- [ ] T102-S2 Four\n",
    );
    assert!(says(CODE, &slices).is_empty(), "{:?}", says(CODE, &slices));
    let apart = slices
        .replace("S1 Three", "S3 Three")
        .replace("S2 Four", "S1 Four");
    assert_eq!(says(CODE, &apart).len(), 1);
}
