use super::{knows, says};

const CODE: &str = "checklist-open";

fn feature(checklist: &str, tasks: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# A\n//- /specs/001-a/checklists/ux.md\n# UX Checklist: A\n\n{checklist}\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n{tasks}\n"
    )
}

const BEGUN: &str = "- [x] T001 One\n- [ ] T002 Two";

#[test]
fn open_items_behind_finished_work() {
    assert_eq!(
        says(
            CODE,
            &feature(
                "- [x] CHK001 🎉?\n- [ ] CHK002 Two?\n* [ ] CHK003 Three?",
                BEGUN
            )
        ),
        ["[- [ ]] 2 of 3 items of ux.md are open, and 1 of 2 tasks are ticked."]
    );
}

#[test]
fn finished_checklists_and_work_that_has_not_begun() {
    for (checklist, tasks) in [
        (
            "- [x] CHK001 One?\n- [-] CHK002 Two?\n- [~] CHK003 Three?",
            BEGUN,
        ),
        ("- CHK001 One?", BEGUN),
        ("```text\n- [ ] CHK001 One?\n```", BEGUN),
        ("- [ ] CHK001 One?", "- [ ] T001 One"),
    ] {
        assert!(
            says(CODE, &feature(checklist, tasks)).is_empty(),
            "{checklist}"
        );
    }
    assert_eq!(knows(CODE, &feature("- [x] CHK001 One?", BEGUN)).0, 1);
    assert_eq!(
        knows(CODE, &feature("- [ ] CHK001 One?", "- [ ] T001 One")).0,
        0
    );
}

#[test]
fn items_that_do_not_apply_are_not_open() {
    let list = "- [x] CHK001 One?\n- [ ] CHK002 Two? (N/A - nothing is stored)";
    assert!(says(CODE, &feature(list, BEGUN)).is_empty());
    let more = format!("{list}\n- [ ] CHK003 Three?");
    assert!(says(CODE, &feature(&more, BEGUN))[0].contains(" 1 of 3 items"));
}
