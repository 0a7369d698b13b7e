//! Findings need few sources: what is left unread must change none.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::support::Repo;
use proptest::prelude::*;
use trace::{Feature, Standing, SymbolClaim};
use workspace::{Host, Options, Snapshot};

const SPEC: &str = "# Feature Specification: Login\n\n## Requirements\n\n\
    - **FR-001**: Codes MUST be sent.\n- **FR-002**: Codes MUST be checked.\n- **FR-003**: Codes MUST expire.\n\
    - **FR-004**: Codes MUST be counted.\n- **FR-005**: Codes MUST be logged.\n";
const TASKS: &str = "# Tasks\n\n## Phase 1: All\n\n\
    - [x] T001 FR-001 FR-002 FR-003 send `send_code()` in src/send.py\n\
    - [x] T002 FR-004 FR-005 count with `count_codes()` in src/count.py\n- [x] T003 check all of it in checks/login.py\n";
const DESIGN: &str = "# Design\n\n## Correctness Properties\n\n### Property 1: Round trip\n\n\
    **Validates: Requirements 1.1**\n";
const REQUIREMENTS: &str = "# Requirements\n\n### Requirement 1\n\n#### Acceptance Criteria\n\n\
    1. WHEN a code is sent THEN the system SHALL keep it\n";

/// Lines a source may hold; some say what rules judge, some say nothing new.
const LINES: &[&str] = &[
    "# 001/FR-001 is sent here",
    "# 001/FR-099 is nowhere",
    "# r[impl login.FR-002]",
    "# r[impl login.FR-098]",
    "# [impl->req~login.FR-003~1]",
    "#= specs/001-login/spec.md#requirements",
    "#= specs/001-login/spec.md#nothing",
    "# FR-004 alone",
    "# Spec: 001-login",
    "# specs/002-none/spec.md FR-003",
    "# Feature: sign-up, Property 1: Round trip",
    "# Feature: sign-up, Property 1: Another title",
    "# Feature: sign-up\n# Validates: Requirements 1.7",
    "def test_fr_005_is_logged():\n    assert True",
    "def test_codes():\n    \"\"\"001/FR-002: is checked.\"\"\"\n    assert True",
    "def send_code():\n    pass",
    "x = '001/FR-097: a title like this'",
    "y = 1",
    "# count_codes is to come",
    "def count_codes():\n    pass",
    "def count_code():\n    pass",
];
const FILES: &[&str] = &[
    "src/send.py",
    "src/count.py",
    "src/far.py",
    "checks/login.py",
    "tests/test_login.py",
];

fn written(files: &[Vec<usize>]) -> Repo {
    let repo = Repo::new();
    repo.write(".specify/memory/constitution.md", "# Constitution\n")
        .write("specs/001-login/spec.md", SPEC)
        .write("specs/001-login/tasks.md", TASKS)
        .write(".kiro/specs/sign-up/requirements.md", REQUIREMENTS)
        .write(".kiro/specs/sign-up/design.md", DESIGN);
    for (path, lines) in FILES.iter().zip(files) {
        let mut text = String::new();
        for line in lines {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}\n", LINES[*line]);
        }
        repo.write(path, &text);
    }
    repo
}

fn host(repo: &Repo) -> Host {
    Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    })
}

fn sparing(repo: &Repo) -> Arc<Snapshot> {
    let mut host = host(repo);
    host.scan_documents();
    host.finish(false)
}

fn reading_all(repo: &Repo) -> Arc<Snapshot> {
    let mut host = host(repo);
    host.scan();
    host.finish(true)
}

/// What rules ask of the sources of a feature. Which requirements tests mention matters where that is usual and one whose
/// work is done may have no test.
fn judged(feature: &Feature) -> String {
    let open: Vec<_> = feature
        .requirement_work()
        .into_iter()
        .filter(|work| work.finished && work.code && !work.test)
        .filter(|work| {
            !feature.tested.surely.contains(&work.id) && !feature.tested.perhaps.contains(&work.id)
        })
        .collect();
    let tested = (feature.tested.is_usual() && !open.is_empty()).then_some(&feature.tested);
    // Of a name that stands somewhere nothing is said, whether the file declares it or not.
    let is_there = |claim: &SymbolClaim| match &claim.standing {
        Standing::Declared => true,
        Standing::Elsewhere { stands, .. } => *stands == Some(true),
        _ => false,
    };
    let claims = feature.claims.iter().filter(|claim| !is_there(claim));
    format!(
        "{} {:?} {:?} {:?} {:?} {tested:?}",
        feature.name,
        feature.tags,
        feature.dangling,
        feature.strays,
        claims.collect::<Vec<_>>()
    )
}

fn all_judged(snapshot: &Snapshot) -> Vec<String> {
    let features = snapshot.graph.features().iter();
    features.map(|feature| judged(feature)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_spared_changes_no_finding(
        files in prop::collection::vec(prop::collection::vec(0..LINES.len(), 0..7), FILES.len())
    ) {
        let repo = written(&files);
        prop_assert_eq!(all_judged(&sparing(&repo)), all_judged(&reading_all(&repo)));
    }
}

/// What rules say, by code, place and words.
fn findings(snapshot: &Snapshot) -> BTreeSet<String> {
    let checked = rules::Checked::new(&snapshot.graph);
    let all = checked.features().flat_map(|(_, found)| &found.findings);
    all.map(|finding| {
        let path = snapshot.graph.inputs().tree.path_str(finding.file);
        let said = finding.message.text(rules::Locale::English);
        format!("{} {path} {:?} {said}", finding.code, finding.range)
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// An editor shows what documents alone tell before any source is read: nothing of it may go away.
    #[test]
    fn what_documents_tell_stays_when_sources_are_read(
        files in prop::collection::vec(prop::collection::vec(0..LINES.len(), 0..7), FILES.len()),
        kept in prop::sample::subsequence(FILES.to_vec(), 0..=FILES.len()),
    ) {
        let repo = written(&files);
        // Ids that are there twice or not at all, ticks, paths and headings that lead nowhere.
        repo.write(
            "specs/002-logout/tasks.md",
            "# Tasks\n\n- [x] T001 FR-001 and 001/FR-098 in src/send.py\n- [x] T001 with `gone()` in src/none.py\n\
             - [ ] T003 [P] in src/count.py (depends on T009)\n- [ ] T004 [P] in src/count.py, see [it](spec.md#no)\n",
        );
        for path in FILES {
            if !kept.contains(path) {
                repo.remove(path);
            }
        }
        let mut host = host(&repo);
        host.scan_documents();
        let documents = findings(&host.early());
        prop_assert!(documents.len() > 1, "{documents:?}");
        host.scan();
        let gone: Vec<_> = documents.difference(&findings(&host.finish(true))).cloned().collect();
        prop_assert!(gone.is_empty(), "{gone:#?}");
    }
}

#[test]
fn sources_that_say_nothing_new_are_spared() {
    let of = |count: usize| written(&[vec![15], vec![count], vec![0, 2, 4, 7], vec![], vec![]]);
    let read = |snapshot: &Snapshot| {
        let graph = &snapshot.graph;
        let mut paths: Vec<String> = graph
            .inputs()
            .sources
            .keys()
            .map(|file| graph.inputs().tree.path_str(*file).to_owned())
            .collect();
        paths.sort_unstable();
        paths
    };
    assert_eq!(
        read(&sparing(&of(17))),
        ["src/count.py"],
        "a name is not there"
    );
    assert_eq!(read(&sparing(&of(18))), [""; 0], "it is there");
    assert!(read(&reading_all(&of(18))).contains(&"src/far.py".to_owned()));
}

#[test]
fn a_source_that_says_something_new_is_read() {
    let repo = written(&[vec![], vec![], vec![1], vec![], vec![10]]);
    let snapshot = sparing(&repo);
    let features = snapshot.graph.features();
    let strays: usize = features.iter().map(|each| each.strays.len()).sum();
    let tags: usize = features.iter().map(|each| each.tags.len()).sum();
    assert_eq!((strays, tags), (1, 1));
}

#[test]
fn tests_that_tasks_name_are_read_where_a_requirement_may_lack_one() {
    let repo = written(&[vec![15], vec![17], vec![], vec![], vec![]]);
    let tests = ["001", "002", "003"]
        .map(|number| format!("def test_fr_{number}_is_met():\n    assert True\n"));
    repo.write("checks/login.py", &tests.join("\n"));
    let (spared, all) = (sparing(&repo), reading_all(&repo));
    let usual = |snapshot: &Snapshot| {
        let mut features = snapshot.graph.features().iter();
        features.any(|feature| feature.tested.is_usual())
    };
    assert!(usual(&spared) && usual(&all));
    assert_eq!(all_judged(&spared), all_judged(&all));
}
