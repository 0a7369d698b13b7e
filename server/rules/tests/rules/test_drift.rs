use std::sync::Arc;

use fixture::Fixture;
use rules::{Checked, Locale, Severity};
use trace::{Change, Evidence, ReportFile, RootId};

use super::{knows, related, says, severities};

const CODE: &str = "test-drift";

const SPEC: &str = "//- /specs/001-a/spec.md
# Feature Specification: A

## Requirements

- **FR-001**: Codes MUST be sent.
- **FR-002**: Codes MUST expire.
//- /src/codes.py
def send():
    pass
//- /tests/test_codes.py
";
const DONE: &str = "//- /specs/001-a/tasks.md
# Tasks: A

## Phase 1: Work

- [x] T001 Send codes in `src/codes.py` (FR-001)
- [x] T002 Let codes expire in `src/codes.py` (FR-002)
";
const GOOD: &str = "def test_fr_001_sends():\n    assert send()\n";
const SKIPPED: &str =
    "@pytest.mark.skip(reason=\"flaky\")\ndef test_fr_002_expires():\n    assert send()\n";
const EMPTY: &str = "def quiet():\n    print(1)\n\ndef test_fr_002_empty():\n    quiet()\n";

fn with(tests: &str) -> String {
    format!("{SPEC}# Feature: specs/001-a/spec.md\nimport pytest\n\n{GOOD}\n{tests}{DONE}")
}

#[test]
fn the_only_test_is_skipped() {
    let workspace = with(SKIPPED);
    assert_eq!(
        says(CODE, &workspace),
        ["[FR-002] The only test that names FR-002 is skipped."]
    );
    assert_eq!(related(CODE, &workspace), ["test_fr_002_expires"]);
    assert_eq!(severities(CODE, &workspace), [Severity::Information]);
    assert_eq!(knows(CODE, &workspace), (2, Vec::new()));
}

#[test]
fn the_only_test_asserts_nothing() {
    let workspace = with(EMPTY);
    assert_eq!(
        says(CODE, &workspace),
        ["[FR-002] The only test that names FR-002 asserts nothing."]
    );
    let helped = with("def test_fr_002_expires():\n    check_expired()\n");
    assert!(says(CODE, &helped).is_empty());
    let raised = with("def test_fr_002_expires():\n    raise ValueError\n");
    assert!(says(CODE, &raised).is_empty());
    let broken = with(&format!("{EMPTY}\ndef broken(:\n"));
    assert!(says(CODE, &broken).is_empty(), "nobody can parse it");
}

#[test]
fn one_finding_for_all_tests() {
    let workspace = with(&format!("{SKIPPED}\n{EMPTY}"));
    assert_eq!(
        says(CODE, &workspace),
        ["[FR-002] Each of the 2 tests that name FR-002 is skipped, fails or asserts nothing."]
    );
    assert_eq!(
        related(CODE, &workspace),
        ["test_fr_002_expires", "test_fr_002_empty"]
    );
}

#[test]
fn beside_a_good_test_it_is_a_hint() {
    let good = "def test_fr_002_late():\n    assert not send()\n";
    let workspace = with(&format!("{SKIPPED}\n{good}"));
    assert_eq!(
        says(CODE, &workspace),
        ["[FR-002] Of the 2 tests that name FR-002, 1 are skipped or fail."]
    );
    assert_eq!(severities(CODE, &workspace), [Severity::Hint]);
    let helper = with(&format!("{EMPTY}\n{good}"));
    assert!(says(CODE, &helper).is_empty());
}

#[test]
fn only_where_the_work_is_done() {
    let open = with(SKIPPED).replace("- [x] T002", "- [ ] T002");
    assert!(says(CODE, &open).is_empty());
}

#[test]
fn what_a_call_does_elsewhere_is_unknown() {
    let unknown = (
        1,
        vec!["whether a test asserts something cannot be told (1)".to_owned()],
    );
    let imported = with("def test_fr_002_expires():\n    send()\n");
    assert_eq!(knows(CODE, &imported), unknown);
    let helped =
        with("def late():\n    assert not send()\n\ndef test_fr_002_expires():\n    late()\n");
    assert!(says(CODE, &helped).is_empty());
    let deep = with("def late():\n    send()\n\ndef test_fr_002_expires():\n    late()\n");
    assert_eq!(knows(CODE, &deep), unknown);
}

#[test]
fn a_condition_is_no_skip() {
    let condition = with(
        "@pytest.mark.skipif(WINDOWS, reason=\"x\")\ndef test_fr_002_expires():\n    assert send()\n",
    );
    assert!(says(CODE, &condition).is_empty());
}

#[test]
fn another_feature_may_be_meant() {
    let two = format!(
        "{}//- /specs/002-b/spec.md\n# Feature Specification: B\n\n## Requirements\n\n- **FR-002**: B MUST be.\n//- /tests/test_more.py\ndef test_fr_002():\n    assert True\n",
        with(SKIPPED)
    );
    assert_eq!(
        says(CODE, &two),
        ["[FR-002] A test that names FR-002 is skipped, fails or asserts nothing."]
    );
    assert_eq!(severities(CODE, &two), [Severity::Hint], "whose it may be");
}

#[test]
fn all_is_done_and_no_task_cites_it() {
    let done = with(SKIPPED).replace(" (FR-002)", "");
    assert_eq!(says(CODE, &done).len(), 1);
    let open = done.replace("- [x] T001", "- [ ] T001");
    assert!(says(CODE, &open).is_empty());
}

#[test]
fn requirements_with_the_same_test_share_the_finding() {
    let both = with("@pytest.mark.skip\ndef test_fr_002_and_fr_003():\n    assert send()\n")
        .replace(
            "- **FR-002**: Codes MUST expire.\n",
            "- **FR-002**: Codes MUST expire.\n- **FR-003**: Codes MUST be short.\n",
        );
    let both = both.replace("(FR-002)", "(FR-002, FR-003)");
    assert_eq!(says(CODE, &both).len(), 1, "{:?}", says(CODE, &both));
    assert!(related(CODE, &both).contains(&"FR-003".to_owned()));
}

#[test]
fn a_test_that_fails_in_a_newer_report() {
    let fixture = Fixture::parse(&with("def test_fr_002_expires():\n    assert not send()\n"));
    let file = |path: &str| {
        let at = fixture.files.iter().position(|(each, _)| each == path);
        text::FileId(at.unwrap() as u32)
    };
    let report = "<testsuite><testcase classname=\"tests.test_codes\" name=\"test_fr_002_expires\"><failure/></testcase></testsuite>";
    let says = |written: u64| {
        let evidence = Evidence {
            reports: vec![ReportFile {
                root: RootId(0),
                path: "junit.xml".into(),
                written,
                report: Arc::new(code::read_report(report).unwrap()),
            }],
            changed: std::iter::once((file("tests/test_codes.py"), 5)).collect(),
        };
        let graph = fixture
            .graph
            .apply(vec![Change::Evidence(Arc::new(evidence))]);
        let checked = Checked::new(&graph);
        let all: Vec<String> = checked
            .features()
            .flat_map(|(_, found)| found.findings.clone())
            .filter(|finding| finding.code == CODE)
            .map(|finding| finding.message.text(Locale::English))
            .collect();
        all
    };
    assert_eq!(
        says(9),
        ["The only test that names FR-002 fails in junit.xml."]
    );
    assert!(says(3).is_empty(), "the test was changed since");
}
