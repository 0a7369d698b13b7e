//! `generate tasks`: a new file and nothing else, or what a list leaves out, or the diff; what is there stays.

use crate::sandbox::Sandbox;

const SPEC: &str = "# Feature Specification: Lockers\n\n## User Scenarios & Testing\n\n\
    ### User Story 1 - Open a door (Priority: P1)\n\nA recipient types a code.\n\n\
    ## Requirements\n\n- **FR-001**: System MUST open the door.\n";
const PLAN: &str = "# Implementation Plan: Lockers\n\n## Project Structure\n\n```text\nlockers/\n├── models/\n└── door.py\n```\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/feature.json", "{}");
    sandbox.write("specs/004-lockers/spec.md", SPEC);
    sandbox.write("specs/004-lockers/plan.md", PLAN);
    sandbox
}

#[test]
fn a_dry_run_is_a_patch_and_writes_nothing() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["generate", "tasks", "004-lockers", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let head = "--- /dev/null\n+++ b/specs/004-lockers/tasks.md\n";
    assert!(ran.out.starts_with(head), "{}", ran.out);
    assert!(ran.out.contains("lockers/door.py"), "{}", ran.out);
    assert!(!sandbox.path().join("specs/004-lockers/tasks.md").exists());
}

#[test]
fn a_list_is_written_once_and_has_no_finding_but_its_questions() {
    let sandbox = sandbox();
    let before = sandbox.run(&["check", "--all", "--format", "json"]);
    let ran = sandbox.run(&["generate", "tasks", "4"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let path = sandbox.path().join("specs/004-lockers/tasks.md");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written.contains("[US1]") && written.contains("FR-001"),
        "{written}"
    );
    let after = sandbox.run(&["check", "--all", "--format", "json"]);
    let count = |out: &str| out.matches("\"fingerprint\"").count();
    assert!(count(&after.out) <= count(&before.out), "{}", after.out);

    let again = sandbox.run(&["generate", "tasks", "4"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("has a tasks.md"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn a_list_that_is_there_gets_what_it_leaves_out_and_keeps_every_other_byte() {
    let sandbox = sandbox();
    let spec = format!(
        "{SPEC}\n### Key Entities\n\n- **Door**: it opens.\n- **Code**: it is typed.\n- **Invoice**: it is paid.\n"
    );
    sandbox.write("specs/004-lockers/spec.md", &spec);
    let list = "# Tasks: Lockers\r\n\r\n## Phase 1: User Story 1 - Open a door\r\n\r\n\
        - [ ] T001 [US1] Check the code at the door in lockers/door.py\r\n\r\n## Phase 2: Polish\r\n\r\n- [ ] T002 Read it\r\n";
    sandbox.write("specs/004-lockers/tasks.md", list);
    let path = sandbox.path().join("specs/004-lockers/tasks.md");
    let dry = sandbox.run(&["generate", "tasks", "4", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.out.contains("T003 Build Invoice"), "{}", dry.out);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), list);

    let ran = sandbox.run(&["generate", "tasks", "4"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let written = std::fs::read_to_string(&path).unwrap();
    let (head, tail) = list.split_at(list.find("## Phase 2").unwrap());
    assert!(
        written.starts_with(head) && written.ends_with(tail),
        "{written}"
    );
    assert!(!written.replace("\r\n", "").contains('\n'), "{written:?}");
    assert_eq!(written.matches("Invoice [").count(), 1, "{written}");

    let again = sandbox.run(&["generate", "tasks", "4"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn a_feature_that_is_not_there_is_said() {
    let ran = sandbox().run(&["generate", "tasks", "009-none"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("there is no feature `009-none`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_refusal_says_what_is_missing_and_what_to_do() {
    let sandbox = sandbox();
    std::fs::remove_file(sandbox.path().join("specs/004-lockers/plan.md")).unwrap();
    sandbox.write(
        "openspec/changes/add-lockers/proposal.md",
        "## Why\n\nParcels get lost.\n\n## What Changes\n\n- Lockers\n",
    );
    let said = |what: &[&str]| {
        let ran = sandbox.run(&[&["generate"], what].concat());
        assert_eq!(ran.code, 2, "{}", ran.out);
        ran.err
    };
    let err = said(&["tasks", "specs/004-lockers"]);
    assert!(
        err.contains("no plan.md: `spec-analyzer generate plan specs/004-lockers` writes one"),
        "{err}"
    );
    let err = said(&["tasks", "add-lockers"]);
    assert!(
        err.contains("no delta") && err.contains("specs/<capability>/spec.md"),
        "{err}"
    );
    sandbox.write("openspec/changes/add-lockers/tasks.md", "- [ ] 1.1 Open\n");
    let err = said(&["tasks", "add-lockers"]);
    assert!(err.contains("where new tasks belong is not known"), "{err}");
    sandbox.write(
        "openspec/specs/doors/spec.md",
        "# doors\n\n## Requirements\n\n### Requirement: Open\nIt SHALL open.\n",
    );
    let err = said(&["plan", "openspec/specs/doors"]);
    assert!(err.contains("is a main spec"), "{err}");
}

#[test]
fn lists_of_kiro_and_openspec_get_what_they_leave_out_once() {
    let sandbox = Sandbox::new();
    let requirement = |number: usize, title: &str, words: &str| {
        format!("### Requirement {number}: {title}\n\n#### Acceptance Criteria\n\n1. {words}\n\n")
    };
    let spec = [
        "# Requirements Document\n\n## Requirements\n\n".to_owned(),
        requirement(
            1,
            "Deposit",
            "WHEN a parcel comes, THE System SHALL take it.",
        ),
        requirement(
            2,
            "Open",
            "WHEN the code is right, THE System SHALL open the door.",
        ),
        requirement(
            3,
            "Receipts",
            "WHEN an invoice is paid, THE Mailer SHALL post a letter.",
        ),
    ];
    sandbox.write(".kiro/specs/lockers/requirements.md", &spec.concat());
    let list = "# Implementation Plan\r\n\r\n- [x] 1. Deposit\r\n  - _Requirements: 1.1_\r\n\r\n- [ ] 2. Open\r\n  - _Requirements: 2.1_\r\n\r\n## Notes\r\n";
    let path = ".kiro/specs/lockers/tasks.md";
    sandbox.write(path, list);
    let ran = sandbox.run(&["generate", "tasks", "lockers"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let written = std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    let (head, tail) = list.split_at(list.find("\r\n\r\n## Notes").unwrap());
    assert!(
        written.starts_with(head) && written.ends_with(tail),
        "{written}"
    );
    assert!(
        written.contains("\r\n\r\n- [ ] 3. Implement \"Receipts\""),
        "{written}"
    );
    let again = sandbox.run(&["generate", "tasks", "lockers"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("leaves nothing out"), "{}", again.err);
    assert_eq!(
        std::fs::read_to_string(sandbox.path().join(path)).unwrap(),
        written
    );
}

#[test]
fn where_code_and_documents_have_parted_tasks_are_appended_once() {
    let sandbox = sandbox();
    let path = "specs/004-lockers/tasks.md";
    sandbox.write(
        "specs/004-lockers/spec.md",
        &SPEC.replace(
            "open the door.",
            "open the door within 30 s (`lockers/door.py#TIMEOUT`).",
        ),
    );
    sandbox.write("lockers/door.py", "TIMEOUT = 60\n");
    let list = "# Tasks: Lockers\n\n## Phase 1: User Story 1 - Open a door\n\n- [x] T001 [US1] Open it in lockers/door.py\n";
    sandbox.write(path, list);
    let ran = sandbox.run(&["generate", "tasks", "4", "--converge"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let written = std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    let added = written.strip_prefix(list).unwrap();
    assert_eq!(
        added,
        "\n## Phase 2: Convergence\n\n- [ ] T002 Bring code and documents together: FR-001 says 30 s, \
         but `TIMEOUT` in `door.py` is 60 per FR-001 (contradicts)\n"
    );
    let again = sandbox.run(&["generate", "tasks", "4", "--converge"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("have parted"), "{}", again.err);
}
