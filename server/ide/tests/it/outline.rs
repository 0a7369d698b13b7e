use std::fmt::Write as _;

use expect_test::expect;
use fixture::Fixture;
use ide::Analysis;
use ide::OutlineItem;

use rules::Locale;

use crate::workspaces::{LOGIN, analysis, show_range};

fn show(
    fixture: &Fixture,
    file: text::FileId,
    items: &[OutlineItem],
    depth: usize,
    out: &mut String,
) {
    for item in items {
        let blank = "  ".repeat(depth);
        let selected = text::slice(fixture.text(file), item.selection);
        let _ = writeln!(out, "{blank}{} [{}] \"{selected}\"", item.name, item.detail);
        show(fixture, file, &item.children, depth + 1, out);
    }
}

#[test]
fn outline_of_spec_and_tasks() {
    let fixture = Fixture::parse(LOGIN);
    let analysis = analysis(&fixture);
    let mut shown = String::new();
    for path in [
        "specs/001-login/spec.md",
        "specs/001-login/tasks.md",
        "README.md",
        "src/session.rs",
    ] {
        let file = fixture.file(path);
        let _ = writeln!(shown, "{path}");
        show(
            &fixture,
            file,
            &analysis.document_symbols(file),
            1,
            &mut shown,
        );
    }
    expect![[r#"
        specs/001-login/spec.md
          Feature Specification: Login [] "Feature Specification: Login"
            User Scenarios & Testing [] "User Scenarios & Testing *(mandatory)*"
              US1 Log in [P1] "User Story 1"
                AC1 **Given** an account, **When** the password is right, **Then** a session begins. [] "1."
                AC2 **Given** an account, **When** it is wrong, **Then** nothing begins. [] "2."
              US2 Log out [P2] "User Story 2"
                AC1 **Given** a session, **When** the user leaves, **Then** it ends. [] "1."
            Requirements [] "Requirements *(mandatory)*"
              Functional Requirements [] "Functional Requirements"
                FR-001 System MUST open a session, [] "FR-001"
                FR-002 System MUST end a session (US2). [] "FR-002"
                FR-003 System MUST forget old sessions. [] "FR-003"
              Key Entities [] "Key Entities"
                Session [] "Session"
            Success Criteria [] "Success Criteria *(mandatory)*"
              SC-001 Login takes a second. [] "SC-001"
        specs/001-login/tasks.md
          Tasks: Login [] "Tasks: Login"
            Phase 1 Setup [] "1"
              T001 Create `src/session.rs` [✓] "T001"
            Phase 2 User Story 1 - Log in [P1] "2"
              T002 Test `begins` in `tests/session.rs` (FR-001) [✓] "T002"
              T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) [○] "T003"
            Phase 3 Polish [] "3"
              T004 Describe it in `README.md` (depends on T002-T003) [○] "T004"
        README.md
        src/session.rs
    "#]].assert_eq(&shown);
}

#[test]
fn lenses_of_spec_and_tasks() {
    let fixture = Fixture::parse(LOGIN);
    let analysis = analysis(&fixture);
    let mut shown = String::new();
    for path in [
        "specs/001-login/spec.md",
        "specs/001-login/tasks.md",
        "README.md",
        "src/session.rs",
    ] {
        let file = fixture.file(path);
        for lens in analysis.code_lenses(file, Locale::English) {
            let at = show_range(&fixture, file, lens.range);
            let _ = writeln!(shown, "{at}: {} ({} places)", lens.title, lens.places.len());
        }
    }
    expect![[r#"
        specs/001-login/spec.md:5 "User Story 1": 2 tasks, 1 done · 1 symbol · 2 tests · next T003 (3 places)
        specs/001-login/spec.md:26 "FR-001": 2 tasks, 1 done · 1 symbol · 2 tests · next T003 (3 places)
        specs/001-login/tasks.md:1 "Tasks: Login": 4 tasks, 2 done · next T003 (4 places)
        specs/001-login/tasks.md:3 "1": 1 task, 1 done (1 places)
        specs/001-login/tasks.md:7 "2": 2 tasks, 1 done · next T003 (2 places)
        specs/001-login/tasks.md:18 "3": 1 task, 0 done · next T004 (1 places)
    "#]].assert_eq(&shown);
}

#[test]
fn lenses_in_japanese() {
    let fixture = Fixture::parse(LOGIN);
    let file = fixture.file("specs/001-login/spec.md");
    let lenses = analysis(&fixture).code_lenses(file, Locale::Japanese);
    let titles: Vec<&str> = lenses.iter().map(|lens| lens.title.as_str()).collect();
    assert_eq!(
        titles[0],
        "タスク 2 件中 1 件完了 · シンボル 1 件 · テスト 2 件 · 次 T003"
    );
}

#[test]
fn lenses_and_hovers_say_how_tests_ended() {
    let fixture = Fixture::parse(LOGIN);
    let file = fixture.file("specs/001-login/spec.md");
    let tests = fixture.file("tests/session.rs");
    let shown = |case: &str, changed: u64| {
        let report = format!(
            "<testsuite><testcase classname=\"x::session\" name=\"begins\">{case}</testcase></testsuite>"
        );
        let evidence = trace::Evidence {
            reports: vec![trace::ReportFile {
                root: trace::RootId(0),
                path: "junit.xml".into(),
                written: 100,
                report: code::read_report(&report).unwrap_or_default().into(),
            }],
            changed: [(tests, changed)].into_iter().collect(),
        };
        let graph = fixture
            .graph
            .apply(vec![trace::Change::Evidence(evidence.into())]);
        let analysis = Analysis::new(graph.into());
        let lens = analysis.code_lenses(file, Locale::English).swap_remove(1);
        let at = fixture.text(file).find("FR-001").unwrap_or_default();
        let hover = analysis.hover(file, (at as u32).into(), Locale::English);
        let markdown = hover.map(|hover| hover.markdown).unwrap_or_default();
        let line = markdown
            .lines()
            .find(|line| line.contains("begins` tests/"));
        format!("{}\n{}\n", lens.title, line.unwrap_or_default())
    };
    let said = [
        shown("", 90),
        shown("<failure/>", 90),
        shown("", 110),
        shown("<skipped/>", 90),
    ]
    .concat();
    expect![[r#"
        2 tasks, 1 done · 1 symbol · 2 tests, 1 passing · next T003
        - `begins` tests/session.rs:2 (by task, passed)
        2 tasks, 1 done · 1 symbol · 2 tests, 1 failing · next T003
        - `begins` tests/session.rs:2 (by task, failed)
        2 tasks, 1 done · 1 symbol · 2 tests · next T003
        - `begins` tests/session.rs:2 (by task, passed before its file changed)
        2 tasks, 1 done · 1 symbol · 2 tests · next T003
        - `begins` tests/session.rs:2 (by task, left out of the last run)
    "#]]
    .assert_eq(&said);
}
