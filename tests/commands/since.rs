//! `check --since`: what is new against the merge base, and nothing else.

use std::path::Path;

use crate::sandbox::{Ran, Sandbox, copy_tree, run_in};

const TASKS: &str = "specs/001-login/tasks.md";

/// A feature with one finding, committed on `main`; the sandbox is on `work`.
fn branch() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    sandbox.git(&["checkout", "-q", "-b", "work"]);
    sandbox
}

fn since(sandbox: &Sandbox, revision: &str) -> Ran {
    sandbox.run(&["check", "--all", "--since", revision, "--format", "json"])
}

fn edit(sandbox: &Sandbox, path: &str, change: impl Fn(String) -> String) {
    let text = std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    sandbox.write(path, &change(text));
}

/// A hundred lines behind the title.
fn lengthened(text: &str) -> String {
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!("{title}\n\n{}\n{rest}", "A line of prose.\n".repeat(100))
}

#[test]
fn old_findings_are_not_new() {
    let sandbox = branch();
    assert_eq!(sandbox.check().findings().len(), 1);
    let ran = since(&sandbox, "main");
    assert!(ran.findings().is_empty(), "{}", ran.out);
    assert_eq!(ran.json()["since"]["older"], 1);
    assert_eq!(ran.json()["since"]["revision"], "main");
    edit(&sandbox, TASKS, |text| lengthened(&text));
    let ran = since(&sandbox, "main");
    assert!(ran.findings().is_empty(), "{}", ran.out);
    let human = sandbox.run(&["check", "--all", "--since", "main"]);
    assert!(human.out.contains("no new findings"), "{}", human.out);
    assert!(human.out.contains("1 older not shown"), "{}", human.out);
}

#[test]
fn a_finding_in_an_unchanged_file_is_new_when_its_cause_is() {
    let sandbox = branch();
    std::fs::remove_file(sandbox.path().join("src/form.rs")).unwrap();
    sandbox.commit("remove");
    let ran = since(&sandbox, "main");
    assert_eq!(ran.findings(), [format!("{TASKS}:5 broken-path")]);
    // What the working tree says counts, not what was last committed.
    sandbox.write("src/form.rs", "pub fn form() {}\n");
    assert!(since(&sandbox, "main").findings().is_empty());
}

#[test]
fn the_merge_base_counts_not_the_tip_of_the_other_branch() {
    let sandbox = branch();
    edit(&sandbox, TASKS, |text| {
        text.replace("tests/test_gone.py", "src/lost.rs")
    });
    sandbox.commit("work");
    sandbox.git(&["checkout", "-q", "main"]);
    edit(&sandbox, TASKS, |text| {
        text.replace("tests/test_gone.py", "src/lost.rs")
    });
    sandbox.commit("the same on main");
    sandbox.git(&["checkout", "-q", "work"]);
    assert_eq!(since(&sandbox, "main").findings().len(), 1);
    assert_eq!(since(&sandbox, "HEAD").findings().len(), 0);
}

#[test]
fn of_findings_alike_as_many_are_old_as_there_were() {
    let sandbox = branch();
    std::fs::rename(
        sandbox.path().join("src/form.rs"),
        sandbox.path().join("src/view.rs"),
    )
    .unwrap();
    sandbox.commit("move");
    sandbox.git(&["branch", "moved"]);
    assert_eq!(sandbox.check().findings().len(), 2);
    sandbox.write(
        "specs/001-login/plan.md",
        "# Implementation Plan: Login\n\n## Summary\n\nThe form is in `src/form.rs`.\n",
    );
    let all = sandbox.check().json();
    let findings = all["findings"].as_array().unwrap();
    let alike = |finding: &&serde_json::Value| finding["code"] == "broken-path";
    let prints: Vec<_> = findings
        .iter()
        .filter(alike)
        .map(|each| &each["fingerprint"])
        .collect();
    assert!(
        prints.len() == 2 && prints[0] == prints[1],
        "{}",
        all["findings"]
    );
    let ran = since(&sandbox, "moved");
    assert_eq!(ran.findings().len(), 1, "{}", ran.out);
    assert_eq!(ran.json()["since"]["older"], 2);
}

#[test]
fn without_a_merge_base_nothing_is_said_to_be_clean() {
    let sandbox = branch();
    let unknown = since(&sandbox, "no-such-branch");
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("`no-such-branch` names no commit"),
        "{}",
        unknown.err
    );
    sandbox.write("more.txt", "x");
    sandbox.commit("more");
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.write("other.txt", "x");
    sandbox.commit("other");
    sandbox.git(&["checkout", "-q", "work"]);
    let clone = tempfile::tempdir().unwrap();
    let to = clone.path().join("c");
    let url = format!("file://{}", sandbox.path().display());
    sandbox.git(&[
        "clone",
        "-q",
        "--depth",
        "1",
        "--no-single-branch",
        &url,
        to.to_str().unwrap(),
    ]);
    let shallow = run_in(&to, &["check", "--since", "origin/main"]);
    assert_eq!(shallow.code, 2);
    assert!(
        shallow.err.contains("git fetch --unshallow"),
        "{}",
        shallow.err
    );
    let elsewhere = tempfile::tempdir().unwrap();
    copy_tree(
        &sandbox.path().join("specs"),
        &elsewhere.path().join("specs"),
    );
    copy_tree(
        &sandbox.path().join(".specify"),
        &elsewhere.path().join(".specify"),
    );
    let none = run_in(elsewhere.path(), &["check", "--since", "main"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("not in a git repository"), "{}", none.err);
}

fn documents(dir: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|end| end == "md") {
            found.push(path);
        }
    }
}

#[test]
fn a_hundred_lines_above_change_no_fingerprint() {
    let sandbox = crate::sample::sample();
    let prints = || {
        let json = sandbox.check().json();
        let findings = json["findings"].as_array().unwrap().iter();
        let mut prints: Vec<(String, String)> = findings
            .map(|each| (each["code"].to_string(), each["fingerprint"].to_string()))
            .collect();
        prints.sort();
        prints
    };
    let before = prints();
    assert!(before.len() >= 10);
    let mut files = Vec::new();
    documents(&sandbox.path().join("parcels/specs"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, lengthened(&text)).unwrap();
    }
    assert_eq!(prints(), before);
}

#[test]
fn every_root_has_a_merge_base_of_its_own() {
    let (one, two) = (branch(), branch());
    std::fs::remove_file(two.path().join("src/form.rs")).unwrap();
    let other = two.path().to_str().unwrap();
    let ran = one.run(&[
        "check", ".", other, "--all", "--since", "main", "--format", "json",
    ]);
    let json = ran.json();
    assert_eq!(json["since"]["merge_bases"].as_array().unwrap().len(), 2);
    assert_eq!(json["since"]["older"], 2);
    assert_eq!(ran.findings(), [format!("{TASKS}:5 broken-path")]);
    assert_eq!(json["findings"][0]["root"], json["roots"][1]["name"]);
    two.git(&["branch", "-m", "main", "trunk"]);
    let missing = one.run(&["check", ".", other, "--since", "main"]);
    assert_eq!(missing.code, 2, "{}", missing.out);
}

/// Two requirements whose work is done, and the tests that name them.
fn tested(tests: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(
        "specs/001-codes/spec.md",
        "# Feature Specification: Codes\n\n## Requirements\n\n- **FR-001**: Codes MUST be sent.\n- **FR-002**: Codes MUST expire.\n",
    );
    sandbox.write(
        TASKS_OF_CODES,
        "# Tasks: Codes\n\n## Phase 1: Work\n\n- [x] T001 Send codes in `src/codes.py` (FR-001, FR-002)\n",
    );
    sandbox.write("src/codes.py", "def send():\n    return 1\n");
    sandbox.write(TESTS, tests);
    sandbox.commit("all");
    sandbox.git(&["checkout", "-q", "-b", "work"]);
    sandbox
}

const TASKS_OF_CODES: &str = "specs/001-codes/tasks.md";
const TESTS: &str = "tests/test_codes.py";
const ONE_SKIPPED: &str = "# Feature: specs/001-codes/spec.md
import pytest

def test_fr_001_sends():
    assert send()

@pytest.mark.skip
def test_fr_002_expires():
    assert send()
";

fn of_tests(ran: &Ran) -> Vec<String> {
    let found = ran.findings().into_iter();
    found.filter(|it| it.ends_with(" test-drift")).collect()
}

#[test]
fn a_test_that_was_skipped_is_not_new() {
    let sandbox = tested(ONE_SKIPPED);
    let spec = "specs/001-codes/spec.md";
    let old = format!("{spec}:6 test-drift");
    assert_eq!(of_tests(&sandbox.check()), [old.as_str()]);
    assert!(of_tests(&since(&sandbox, "main")).is_empty());
    edit(&sandbox, TESTS, |text| {
        text.replace("def test_fr_001", "@pytest.mark.skip\ndef test_fr_001")
    });
    assert_eq!(
        of_tests(&since(&sandbox, "main")),
        [format!("{spec}:5 test-drift")]
    );
}

#[test]
fn a_test_that_fails_is_new_where_the_test_is() {
    let sandbox =
        tested("# Feature: specs/001-codes/spec.md\ndef test_fr_001_sends():\n    assert send()\n");
    sandbox.write(
        "junit.xml",
        "<testsuite><testcase classname=\"tests.test_codes\" name=\"test_fr_001_sends\"><failure/></testcase>\
         <testcase classname=\"tests.test_codes\" name=\"test_fr_002_expires\"><failure/></testcase></testsuite>",
    );
    let first = "specs/001-codes/spec.md:5 test-drift";
    assert_eq!(of_tests(&sandbox.check()), [first]);
    assert!(
        of_tests(&since(&sandbox, "main")).is_empty(),
        "no report tells of then"
    );
    edit(&sandbox, TESTS, |text| {
        format!("{text}\ndef test_fr_002_expires():\n    assert send()\n")
    });
    assert!(of_tests(&sandbox.check()).is_empty(), "the report is older");
    edit(&sandbox, "junit.xml", |text| text);
    let second = "specs/001-codes/spec.md:6 test-drift";
    assert_eq!(of_tests(&sandbox.check()), [first, second]);
    assert_eq!(of_tests(&since(&sandbox, "main")), [second]);
}
