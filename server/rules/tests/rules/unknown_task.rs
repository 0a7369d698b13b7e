use super::{fixed, fixes, knows, related, says};

const CODE: &str = "unknown-task";

fn tasks(lines: &str) -> String {
    format!(
        "//- /specs/002-b/tasks.md\n# Tasks: B\n\n## Phase 1: Work\n\n- [ ] T001 One\n- [x] T002 Two\n- [ ] T005 Five\n- [ ] T006a Six\n{lines}\n"
    )
}

#[test]
fn a_task_that_no_line_defines() {
    let gap = tasks("- [ ] T007 Seven (depends on T001, T003)\n\n## Notes\n\nT003 comes first.");
    assert_eq!(
        says(CODE, &gap),
        ["[T003] T003 is no task of tasks.md, which goes from T002 to T005."]
    );
    assert_eq!(related(CODE, &gap), ["T003"]);
    assert!(fixes(CODE, &gap).is_empty());
    let last = tasks("\n## Dependencies\n\n- T005 depends on T020");
    assert_eq!(
        says(CODE, &last),
        ["[T020] T020 is no task of tasks.md, which ends at T006a."]
    );
    assert_eq!(knows(CODE, &last).0, 2);
}

#[test]
fn tasks_of_another_feature_are_not_meant() {
    let text = tasks("- [ ] T007 Seven (depends on T003)")
        + "//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n- [ ] T003 Three\n";
    assert_eq!(
        says(CODE, &text),
        ["[T003] T003 is no task of tasks.md, which goes from T002 to T005."]
    );
}

#[test]
fn a_number_before_a_task_may_be_that_of_another_feature() {
    let said = |line: &str| says(CODE, &tasks(&format!("\n## Order\n\n- {line}"))).len();
    assert_eq!(said("T005 waits for 020 T015, T043"), 0);
    assert_eq!(said("T005 waits for T015, T043"), 1);
    assert_eq!(said("T005 waits for T015 (see 020)"), 0);
    assert_eq!(said("T005 waits for T015 (see 002)"), 1);
}

#[test]
fn a_range_is_one_finding_and_only_its_ends_count() {
    let range = tasks("\n## Parallel\n\n- T010-T019 run together");
    assert_eq!(
        says(CODE, &range),
        ["[T010] T010 is no task of tasks.md, which ends at T006a."]
    );
    assert_eq!(related(CODE, &range), ["T019"]);
    assert!(says(CODE, &tasks("\n## Parallel\n\n- T001-T005 run together")).is_empty());
}

#[test]
fn another_spelling_is_put_right_where_the_list_is_meant() {
    let short = tasks("\n## Order\n\n- T001, T02 and T005 in this order");
    assert_eq!(
        says(CODE, &short),
        ["[T02] T02 is no task of tasks.md, which has T002."]
    );
    assert!(fixed(CODE, &short).contains("- T001, T002 and T005 in this order"));
    assert!(
        says(
            CODE,
            &tasks("- [ ] T007 Extend the cases T02 to T09 of the test")
        )
        .is_empty()
    );
    assert!(says(CODE, &tasks("- [ ] T007 As in step T1.3")).is_empty());
}

#[test]
fn checklists_name_tasks_and_plans_only_expect_them() {
    let checklist =
        tasks("//- /specs/002-b/checklists/ux.md\n# Checklist\n\n- [ ] CHK001 Is T033 clear?\n");
    assert_eq!(says(CODE, &checklist).len(), 1);
    let plan = tasks("//- /specs/002-b/plan.md\n# Plan\n\nAbout T001-T033.\n");
    assert!(says(CODE, &plan).is_empty());
}

#[test]
fn what_went_what_is_listed_and_what_is_another_features() {
    for line in [
        "- [ ] T007 Seven (T003 was removed)",
        "- [ ] T007 Seven (T003 folded into T002)",
        "- [ ] T007 Seven, see 001/T003",
        "- [ ] T007 Seven, as 001 T002, T003",
        "- [ ] T007 Seven ~~T003~~",
        "- [ ] T007 After T006",
        "\n## Done\n\n- [x] T003-T004 All of it\n- T003 is one",
        "\n## Done\n\n- ✅ T003 Write it\n- T003 is one",
    ] {
        assert!(says(CODE, &tasks(line)).is_empty(), "{line}");
    }
    assert!(
        says(
            CODE,
            "//- /specs/002-b/tasks.md\n# Tasks: B\n\nNone but T003.\n"
        )
        .is_empty()
    );
}

#[test]
fn findings_of_an_audit_are_counted_in_another_list() {
    let list = |line: &str| {
        format!(
            "//- /specs/001-a/tasks.md\n# T\n\n- [ ] T022 One\n- [ ] T037 Two\n- [ ] T038 {line}\n"
        )
    };
    for line in [
        "Do it. Depends on T037. Audit finding T22.",
        "Findings T35 and T36; T037 first",
    ] {
        assert!(says(CODE, &list(line)).is_empty(), "{line}");
    }
    assert_eq!(
        says(CODE, &list("Do it. Depends on T037 and T22.")).len(),
        1
    );
}

#[test]
fn a_line_that_is_not_read_as_a_task_may_still_be_one() {
    for line in [
        "-[X]T005[P]Createthestore",
        "### T005 [X] Create the store",
        "- [T005 [US2] Create the store",
        "T005 [US1] [P] Create the store",
    ] {
        let list = format!(
            "//- /specs/001-a/tasks.md\n# T\n\n- [ ] T004 One\n- [ ] T006 Two (after T005)\n\n{line}\n"
        );
        assert!(
            says(CODE, &list).is_empty(),
            "{line}: {:?}",
            says(CODE, &list)
        );
    }
    let cited = "//- /specs/001-a/tasks.md\n# T\n\n- [ ] T004 One\n- [ ] T006 Two (after T005)\n\n- T005 → T006\n";
    assert_eq!(says(CODE, cited).len(), 1);
}

#[test]
fn many_lost_ids_of_a_document_are_one_finding() {
    let list = |ids: &str| {
        format!(
            "//- /specs/001-a/tasks.md\n# T\n\n- [ ] T001 One\n- [ ] T002 Two\n\n## Order\n\n{ids}\n"
        )
    };
    let ids = |count: usize| {
        [
            "- first T011",
            "- first T012",
            "- first T013",
            "- first T014",
            "- first T015",
            "- first T016",
        ][..count]
            .join("\n")
    };
    assert_eq!(says(CODE, &list(&ids(5))).len(), 5);
    assert_eq!(
        says(CODE, &list(&ids(6))),
        ["[T011] T011 and 5 other ids that are named here are no tasks of tasks.md."]
    );
}
