//! Reports of tests where build tools leave them.

use crate::support::Repo;
use code::Outcome;
use trace::{Age, Basis, TestRef};
use workspace::Snapshot;

const TESTS: &str = "def test_a():\n    assert True  # 001/FR-001\n";

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(
        "specs/001-a/spec.md",
        "## Requirements\n- **FR-001**: It works.\n",
    )
    .write("pkg/pyproject.toml", "")
    .write("pkg/tests/test_a.py", TESTS)
    .write(".gitignore", "target/\nreports/\n*.xml\n");
    repo.commit("add");
    repo
}

fn report(outcome: &str) -> String {
    format!(
        "<testsuite><testcase classname=\"tests.test_a\" name=\"test_a\">{outcome}</testcase></testsuite>"
    )
}

fn run(repo: &Repo, snapshot: &Snapshot) -> Option<(Outcome, Age)> {
    let file = snapshot.file(&repo.path.join("pkg/tests/test_a.py"))?;
    let test = TestRef {
        file,
        test: 0,
        basis: Basis::Declared,
    };
    snapshot
        .graph
        .test_run(&test)
        .map(|run| (run.outcome, run.age))
}

#[test]
fn usual_places_are_looked_into_though_ignored() {
    for path in [
        "junit.xml",
        "pkg/junit.xml",
        "pkg/reports/junit.xml",
        "pkg/test-results/unit/results.xml",
        "target/surefire-reports/TEST-a.xml",
        "build/test-results/test/TEST-a.xml",
    ] {
        let repo = repo();
        assert_eq!(run(&repo, &repo.scanned().finish(true)), None);
        repo.write(path, &report(""));
        let found = run(&repo, &repo.scanned().finish(true));
        assert_eq!(found, Some((Outcome::Passed, Age::Newer)), "{path}");
    }
}

#[test]
fn settings_name_other_places() {
    let repo = repo();
    repo.write("out/unit.xml", &report("<failure/>"));
    assert_eq!(run(&repo, &repo.scanned().finish(true)), None);
    repo.write("spec-analyzer.toml", "evidence = [\"out/unit.xml\"]\n");
    let found = run(&repo, &repo.scanned().finish(true));
    assert_eq!(found, Some((Outcome::Failed, Age::Newer)));
}

#[test]
fn what_cannot_be_read_is_said() {
    let repo = repo();
    repo.write("junit.xml", "<testsuite><testcase name=\"x\">");
    let snapshot = repo.scanned().finish(true);
    assert_eq!(snapshot.report.evidence, Some(0));
    let unreadable: Vec<_> = snapshot
        .report
        .unreadable
        .iter()
        .map(|each| each.path.as_str())
        .collect();
    assert_eq!(unreadable, ["junit.xml"]);
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_outside_is_not_read() {
    use std::os::unix::fs::symlink;

    let outside = repo();
    outside.write("build/reports/junit.xml", &report(""));
    let repo = repo();
    let at = |path: &str| outside.path.join(path);
    symlink(at("build/reports/junit.xml"), repo.path.join("junit.xml")).unwrap();
    symlink(at("build"), repo.path.join("build")).unwrap();
    symlink(at("build"), repo.path.join("out")).unwrap();
    repo.write("spec-analyzer.toml", "evidence = [\"out\"]\n");
    let snapshot = repo.scanned().finish(true);
    assert_eq!(snapshot.report.evidence, Some(0));
    assert_eq!(run(&repo, &snapshot), None);
    let unreadable = snapshot.report.unreadable.iter();
    let unreadable: Vec<_> = unreadable.map(|each| (&*each.path, &*each.why)).collect();
    let why = "symbolic link to a place outside the workspace";
    assert_eq!(
        unreadable,
        [("build", why), ("out", why), ("junit.xml", why)]
    );
}

#[test]
fn a_text_in_an_editor_is_of_another_age() {
    let repo = repo();
    repo.write("junit.xml", &report(""));
    let mut host = repo.scanned();
    host.finish(true);
    let path = repo.path.join("pkg/tests/test_a.py");
    host.set_overlay(&path, TESTS, 1);
    let same = host.finish(true);
    assert_eq!(run(&repo, &same), Some((Outcome::Passed, Age::Newer)));
    host.set_overlay(&path, format!("import x\n{TESTS}"), 2);
    let changed = host.finish(true);
    assert_eq!(run(&repo, &changed), Some((Outcome::Passed, Age::Unknown)));
}

#[test]
fn a_report_written_later_is_taken() {
    let repo = repo();
    let mut host = repo.scanned();
    assert_eq!(run(&repo, &host.finish(true)), None);
    repo.write("junit.xml", &report(""));
    host.files_changed(&[repo.path.join("junit.xml")]);
    let found = run(&repo, &host.finish(true));
    assert_eq!(found, Some((Outcome::Passed, Age::Newer)));
}
