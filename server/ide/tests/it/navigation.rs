use std::fmt::Write as _;

use expect_test::{Expect, expect};
use ide::Jump;

use crate::workspaces::{LOGIN, analysis, login, show_places, show_range};

fn show(fixture: &fixture::Fixture, file: text::FileId, jump: Option<Jump>) -> String {
    match jump {
        Some(jump) => format!(
            "from {}\n{}",
            show_range(fixture, file, jump.origin),
            show_places(fixture, &jump.places)
        ),
        None => "nothing\n".to_owned(),
    }
}

fn definition(path: &str, needle: &str, expected: Expect) {
    let (fixture, analysis, file, at) = login(path, needle);
    expected.assert_eq(&show(&fixture, file, analysis.definition(file, at)));
}

fn implementation(path: &str, needle: &str, expected: Expect) {
    let (fixture, analysis, file, at) = login(path, needle);
    expected.assert_eq(&show(&fixture, file, analysis.implementation(file, at)));
}

fn references(path: &str, needle: &str, with_definition: bool, expected: Expect) {
    let (fixture, analysis, file, at) = login(path, needle);
    let mut shown = String::new();
    for (file, range) in analysis.references(file, at, with_definition) {
        let _ = writeln!(shown, "{}", show_range(&fixture, file, range));
    }
    expected.assert_eq(&shown);
}

#[test]
fn definitions() {
    definition(
        "specs/001-login/tasks.md",
        "(FR-0$001)",
        expect![[r#"
        from specs/001-login/tasks.md:13 "FR-001"
        specs/001-login/spec.md:26 "FR-001"
    "#]],
    );
    definition(
        "specs/001-login/tasks.md",
        "T003 [U$0S1]",
        expect![[r#"
        from specs/001-login/tasks.md:14 "US1"
        specs/001-login/spec.md:5 "User Story 1"
    "#]],
    );
    definition(
        "specs/001-login/tasks.md",
        "(depends on T0$002",
        expect![[r#"
        from specs/001-login/tasks.md:20 "T002"
        specs/001-login/tasks.md:13 "T002"
    "#]],
    );
    definition(
        "specs/001-login/tasks.md",
        "tests/ses$0sion.rs",
        expect![[r#"
        from specs/001-login/tasks.md:13 "tests/session.rs"
        tests/session.rs:1 ""
    "#]],
    );
    definition(
        "specs/001-login/tasks.md",
        "Session::$0open",
        expect![[r#"
        from specs/001-login/tasks.md:14 "Session::open"
        src/session.rs:7 "open"
    "#]],
    );
    definition(
        "specs/002-billing/spec.md",
        "001/F$0R-002",
        expect![[r#"
        from specs/002-billing/spec.md:7 "FR-002"
        specs/001-login/spec.md:28 "FR-002"
    "#]],
    );
    definition(
        "src/session.rs",
        "FR-0$001",
        expect![[r#"
        from src/session.rs:6 "FR-001"
        specs/001-login/spec.md:26 "FR-001"
    "#]],
    );
    definition(
        "src/session.rs",
        "FR-0$007",
        expect![[r#"
        from src/session.rs:12 "FR-007"
        specs/002-billing/spec.md:8 "FR-007"
    "#]],
    );
    definition(
        "src/session.rs",
        "fn o$0pen",
        expect![[r#"
        nothing
    "#]],
    );
    definition(
        "specs/001-login/spec.md",
        "**FR-0$001",
        expect![[r#"
        nothing
    "#]],
    );
    definition(
        "specs/001-login/tasks.md",
        "FR-0$009",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn implementations() {
    implementation(
        "specs/001-login/spec.md",
        "FR-0$001",
        expect![[r#"
            from specs/001-login/spec.md:26 "FR-001"
            src/session.rs:7 "open"
            tests/session.rs:1 ""
        "#]],
    );
    implementation(
        "specs/001-login/spec.md",
        "User St$0ory 1",
        expect![[r#"
            from specs/001-login/spec.md:5 "User Story 1"
            src/session.rs:7 "open"
            tests/session.rs:1 ""
        "#]],
    );
    implementation(
        "specs/001-login/tasks.md",
        "T0$001",
        expect![[r#"
        from specs/001-login/tasks.md:5 "T001"
        src/session.rs:1 ""
    "#]],
    );
    implementation(
        "specs/001-login/spec.md",
        "FR-0$003",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn references_of_items_symbols_and_files() {
    references(
        "specs/001-login/spec.md",
        "FR-0$001",
        true,
        expect![[r#"
        specs/001-login/spec.md:26 "FR-001"
        specs/001-login/tasks.md:13 "FR-001"
        specs/001-login/tasks.md:14 "FR-001"
        src/session.rs:6 "FR-001"
    "#]],
    );
    references(
        "specs/001-login/spec.md",
        "FR-0$002",
        false,
        expect![[r#"
        specs/002-billing/spec.md:7 "FR-002"
    "#]],
    );
    references(
        "specs/001-login/spec.md",
        "User St$0ory 1",
        false,
        expect![[r#"
            specs/001-login/tasks.md:7 "User Story 1"
            specs/001-login/tasks.md:13 "US1"
            specs/001-login/tasks.md:14 "US1"
            specs/001-login/tasks.md:16 "User Story 1"
        "#]],
    );
    references(
        "specs/001-login/tasks.md",
        "$0T003 [US1]",
        true,
        expect![[r#"
        specs/001-login/tasks.md:14 "T003"
        specs/001-login/tasks.md:20 "T003"
    "#]],
    );
    references(
        "src/session.rs",
        "fn o$0pen",
        true,
        expect![[r#"
            specs/001-login/spec.md:26 "FR-001"
            specs/001-login/tasks.md:13 "FR-001"
            specs/001-login/tasks.md:14 "Session::open"
            specs/001-login/tasks.md:14 "FR-001"
            src/session.rs:6 "FR-001"
            src/session.rs:7 "open"
        "#]],
    );
    references(
        "specs/001-login/plan.md",
        "src/ses$0sion.rs",
        false,
        expect![[r#"
            specs/001-login/plan.md:3 "src/session.rs"
            specs/001-login/tasks.md:5 "src/session.rs"
            specs/001-login/tasks.md:14 "src/session.rs"
        "#]],
    );
    references(
        "src/session.rs",
        "un$0linked",
        true,
        expect![[r#"
            specs/002-billing/spec.md:7 "FR-001"
            specs/002-billing/spec.md:8 "FR-007"
            src/session.rs:12 "FR-007"
            src/session.rs:12 "FR-001"
            src/session.rs:13 "unlinked"
        "#]],
    );
}

#[test]
fn highlights_stay_in_the_file() {
    let (fixture, analysis, file, at) = login("specs/001-login/tasks.md", "(FR-0$001)");
    let shown: Vec<String> = analysis
        .highlights(file, at)
        .into_iter()
        .map(|range| show_range(&fixture, file, range))
        .collect();
    expect![[r#"
        [
            "specs/001-login/tasks.md:13 \"FR-001\"",
            "specs/001-login/tasks.md:14 \"FR-001\"",
        ]
    "#]]
    .assert_debug_eq(&shown);
}

#[test]
fn workspace_symbols_by_id_qualified_id_feature_and_words() {
    let fixture = fixture::Fixture::parse(LOGIN);
    let analysis = analysis(&fixture);
    let mut shown = String::new();
    for query in [
        "fr-001",
        "002/FR-001",
        "2/fr-7",
        "billing",
        "log out",
        "lgt",
        "sessions old",
        "zzz",
    ] {
        let _ = writeln!(shown, "{query}:");
        for found in analysis.workspace_symbols(query).iter().take(4) {
            let _ = writeln!(shown, "  {} ({})", found.name, found.container);
        }
    }
    expect![[r#"
        fr-001:
          FR-001 System MUST open a session, (001-login)
          FR-001 System MUST send a bill, after 001/FR-002. (002-billing)
          T002 Test `begins` in `tests/session.rs` (FR-001) (001-login)
          T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (001-login)
        002/FR-001:
          FR-001 System MUST send a bill, after 001/FR-002. (002-billing)
        2/fr-7:
          FR-007 System MUST take money. (002-billing)
        billing:
          FR-001 System MUST send a bill, after 001/FR-002. (002-billing)
          FR-007 System MUST take money. (002-billing)
        log out:
          US2 Log out (001-login)
          US1/AC1 **Given** an account, **When** the password is right, **Then** a session begins. (001-login)
          US1/AC2 **Given** an account, **When** it is wrong, **Then** nothing begins. (001-login)
          US2/AC1 **Given** a session, **When** the user leaves, **Then** it ends. (001-login)
        lgt:
          US2 Log out (001-login)
          SC-001 Login takes a second. (001-login)
        sessions old:
          FR-003 System MUST forget old sessions. (001-login)
          US2/AC1 **Given** a session, **When** the user leaves, **Then** it ends. (001-login)
        zzz:
    "#]].assert_eq(&shown);
}
