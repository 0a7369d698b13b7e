//! The call hierarchy: what realises an item and what it serves, each link the same from both its ends.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;
use ide::{Analysis, Call, CallItem, CallKey};
use rules::Locale;
use text::{FileId, TextSize};

use crate::workspaces::{LOGIN, all, analysis, login, show_range};

const EN: Locale = Locale::English;

fn show_calls(fixture: &Fixture, caller: Option<FileId>, calls: &[Call]) -> String {
    let mut out = String::new();
    for call in calls {
        let file = call.item.place.file;
        let _ = writeln!(out, "  {} ({})", call.item.name, call.item.detail);
        for range in &call.ranges {
            let at = show_range(fixture, caller.unwrap_or(file), *range);
            let _ = writeln!(out, "    by {at}");
        }
    }
    out
}

fn show(fixture: &Fixture, analysis: &Analysis, items: &[CallItem]) -> String {
    let mut out = String::new();
    for item in items {
        let at = show_range(fixture, item.place.file, item.place.focus);
        let _ = writeln!(out, "{} ({}) at {at}", item.name, item.detail);
        let file = item.place.file;
        let down = analysis.outgoing_calls(file, &item.key, EN).unwrap();
        if !down.is_empty() {
            let down = show_calls(fixture, Some(file), &down);
            let _ = write!(out, " realised by\n{down}");
        }
        let up = analysis.incoming_calls(file, &item.key, EN).unwrap();
        if !up.is_empty() {
            let _ = write!(out, " serves\n{}", show_calls(fixture, None, &up));
        }
    }
    out
}

fn begun(path: &str, needle: &str, expected: Expect) {
    let (fixture, analysis, file, at) = login(path, needle);
    let items = analysis.call_items_at(file, at, EN);
    expected.assert_eq(&show(&fixture, &analysis, &items));
}

/// What the hierarchy of the first item at the cursor calls, by name.
fn called<'a>(calls: &'a [Call], name: &str) -> &'a CallItem {
    let found = calls.iter().find(|call| call.item.name.starts_with(name));
    &found.unwrap_or_else(|| panic!("{name} in {calls:?}")).item
}

#[test]
fn a_requirement_is_realised_by_tasks_and_by_what_names_it_in_code() {
    begun(
        "specs/001-login/spec.md",
        "**FR-0$001",
        expect![[r#"
        FR-001 System MUST open a session, and say so. (001-login) at specs/001-login/spec.md:26 "FR-001"
         realised by
          T002 Test `begins` in `tests/session.rs` (FR-001) (✓ 001-login · declared)
            by specs/001-login/spec.md:26 "FR-001"
          T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (○ 001-login · declared)
            by specs/001-login/spec.md:26 "FR-001"
          Session.open (src/session.rs · declared)
            by specs/001-login/spec.md:26 "FR-001"
         serves
          US1 Log in (001-login · by task)
            by specs/001-login/spec.md:5 "User Story 1"
    "#]],
    );
}

#[test]
fn a_story_is_realised_by_scenarios_requirements_and_tasks() {
    begun(
        "specs/001-login/spec.md",
        "### User S$0tory 1",
        expect![[r#"
            US1 Log in (001-login) at specs/001-login/spec.md:5 "User Story 1"
             realised by
              US1/AC1 Given an account, When the password is right, Then a session begins. (001-login · declared)
                by specs/001-login/spec.md:5 "User Story 1"
              US1/AC2 Given an account, When it is wrong, Then nothing begins. (001-login · declared)
                by specs/001-login/spec.md:5 "User Story 1"
              FR-001 System MUST open a session, and say so. (001-login · by task)
                by specs/001-login/spec.md:5 "User Story 1"
              T002 Test `begins` in `tests/session.rs` (FR-001) (✓ 001-login · declared)
                by specs/001-login/spec.md:5 "User Story 1"
              T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (○ 001-login · declared)
                by specs/001-login/spec.md:5 "User Story 1"
        "#]],
    );
    // Its text says so.
    begun(
        "specs/001-login/spec.md",
        "### User S$0tory 2",
        expect![[r#"
            US2 Log out (001-login) at specs/001-login/spec.md:14 "User Story 2"
             realised by
              US2/AC1 Given a session, When the user leaves, Then it ends. (001-login · declared)
                by specs/001-login/spec.md:14 "User Story 2"
              FR-002 System MUST end a session (US2). (001-login · declared)
                by specs/001-login/spec.md:14 "User Story 2"
        "#]],
    );
}

#[test]
fn a_task_is_realised_by_the_symbols_it_names_else_by_its_files() {
    begun(
        "specs/001-login/tasks.md",
        "T0$002 [P]",
        expect![[r#"
        T002 Test `begins` in `tests/session.rs` (FR-001) (✓ 001-login) at specs/001-login/tasks.md:13 "T002"
         realised by
          begins (tests/session.rs · by task)
            by specs/001-login/tasks.md:13 "begins"
         serves
          US1 Log in (001-login · declared)
            by specs/001-login/spec.md:5 "User Story 1"
          FR-001 System MUST open a session, and say so. (001-login · declared)
            by specs/001-login/spec.md:26 "FR-001"
    "#]],
    );
    begun(
        "specs/001-login/tasks.md",
        "T0$003 [US1]",
        expect![[r#"
        T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (○ 001-login) at specs/001-login/tasks.md:14 "T003"
         realised by
          Session.open (src/session.rs · by task)
            by specs/001-login/tasks.md:14 "Session::open"
         serves
          US1 Log in (001-login · declared)
            by specs/001-login/spec.md:5 "User Story 1"
          FR-001 System MUST open a session, and say so. (001-login · declared)
            by specs/001-login/spec.md:26 "FR-001"
    "#]],
    );
    begun(
        "specs/001-login/tasks.md",
        "T0$001 Create",
        expect![[r#"
            T001 Create `src/session.rs` (✓ 001-login) at specs/001-login/tasks.md:5 "T001"
             realised by
              session.rs (src/session.rs · by task)
                by specs/001-login/tasks.md:5 "src/session.rs"
        "#]],
    );
}

#[test]
fn a_symbol_is_followed_to_its_tests_and_back() {
    let (fixture, analysis, file, at) = login("specs/001-login/tasks.md", "Session::$0open");
    let items = analysis.call_items_at(file, at, EN);
    expect![[r#"
        Session.open (src/session.rs) at src/session.rs:7 "open"
         realised by
          begins (tests/session.rs · by task)
            by src/session.rs:6 "FR-001"
          later (tests/session.rs, skipped · by task)
            by src/session.rs:6 "FR-001"
         serves
          FR-001 System MUST open a session, and say so. (001-login · declared)
            by specs/001-login/spec.md:26 "FR-001"
          T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (○ 001-login · by task)
            by specs/001-login/tasks.md:14 "Session::open"
    "#]].assert_eq(&show(&fixture, &analysis, &items));
    let source = fixture.file("src/session.rs");
    let calls = analysis.outgoing_calls(source, &items[0].key, EN).unwrap();
    let test = called(&calls, "begins");
    expect![[r#"
        begins (tests/session.rs · by task) at tests/session.rs:2 "begins"
         serves
          T002 Test `begins` in `tests/session.rs` (FR-001) (✓ 001-login · by task)
            by specs/001-login/tasks.md:13 "begins"
          Session.open (src/session.rs · by task)
            by src/session.rs:6 "FR-001"
    "#]]
    .assert_eq(&show(&fixture, &analysis, std::slice::from_ref(test)));
}

#[test]
fn it_begins_in_documents_only() {
    for (path, needle) in [
        ("src/session.rs", "pub fn o$0pen"),
        ("src/session.rs", "(FR-0$001)"),
        ("README.md", "FR-0$001"),
        ("specs/001-login/plan.md", "# P$0lan"),
        ("specs/001-login/spec.md", "## User S$0cenarios"),
        ("specs/001-login/tasks.md", "FR-0$009"),
    ] {
        let (_, analysis, file, at) = login(path, needle);
        assert_eq!(analysis.call_items_at(file, at, EN), [], "{needle}");
    }
}

#[test]
fn what_stands_in_an_item_begins_with_it() {
    for (path, needle, name) in [
        ("specs/001-login/spec.md", "open a s$0ession", "FR-001"),
        ("specs/001-login/spec.md", "and say$0 so", "FR-001"),
        (
            "specs/001-login/spec.md",
            "**Gi$0ven** an account, **When** it",
            "US1/AC2",
        ),
        ("specs/001-login/tasks.md", "T003 [US1] Op$0en", "T003"),
        ("specs/001-login/tasks.md", "T003 [U$0S1]", "US1"),
        ("specs/001-login/plan.md", "and FR-0$003", "FR-003"),
        (
            "specs/001-login/plan.md",
            "`src/ses$0sion.rs`",
            "session.rs",
        ),
    ] {
        let (_, analysis, file, at) = login(path, needle);
        let items = analysis.call_items_at(file, at, EN);
        let names: Vec<&str> = items
            .iter()
            .map(|item| item.name.split(' ').next().unwrap_or_default())
            .collect();
        assert_eq!(names, [name], "{needle}");
    }
}

const KIRO: &str = "//- /.kiro/specs/login/requirements.md
# Requirements Document

## Requirements

### Requirement 1: Keep sessions

#### Acceptance Criteria

1. WHEN a user logs in, THE store SHALL keep the session
2. WHEN a session is old, THE store SHALL drop it
//- /.kiro/specs/login/design.md
# Design Document

### Property 1: Round trip

*For any* session, THE store SHALL give back what it took

**Validates: Requirements 1.1**
//- /.kiro/specs/login/tasks.md
# Implementation Plan

- [ ] 1. Build the store
  - [x] 1.1 Write `keep` in `src/store.py`
    - _Requirements: 1.1_
  - [ ] 1.2 Test dropping in `tests/test_drop.py`
    - _Requirements: 1.2_
//- /src/store.py
def keep(session):
    pass
//- /tests/test_drop.py
def test_drop():
    assert True
//- /tests/test_properties.py
# Feature: login, Property 1: Round trip
def test_round_trip():
    assert True
";

fn at(fixture: &Fixture, path: &str, needle: &str) -> (FileId, TextSize) {
    let file = fixture.file(path);
    let plain = needle.replace("$0", "");
    let at = fixture.text(file).find(&plain).unwrap() + needle.find("$0").unwrap();
    (file, TextSize::new(at as u32))
}

#[test]
fn a_criterion_of_kiro_is_followed_to_tasks_properties_and_tests() {
    let fixture = Fixture::parse(KIRO);
    let analysis = analysis(&fixture);
    let shown = |path: &str, needle: &str| {
        let (file, offset) = at(&fixture, path, needle);
        let items = analysis.call_items_at(file, offset, EN);
        show(&fixture, &analysis, &items)
    };
    expect![[r#"
        Requirement 1 Keep sessions (login) at .kiro/specs/login/requirements.md:5 "Requirement 1"
         realised by
          1.1 WHEN a user logs in, THE store SHALL keep the session (login · declared)
            by .kiro/specs/login/requirements.md:5 "Requirement 1"
          1.2 WHEN a session is old, THE store SHALL drop it (login · declared)
            by .kiro/specs/login/requirements.md:5 "Requirement 1"
          1.1 Write `keep` in `src/store.py` (✓ login · declared)
            by .kiro/specs/login/requirements.md:5 "Requirement 1"
          1.2 Test dropping in `tests/test_drop.py` (○ login · declared)
            by .kiro/specs/login/requirements.md:5 "Requirement 1"
    "#]]
    .assert_eq(&shown(
        ".kiro/specs/login/requirements.md",
        "### Requirement$0 1",
    ));
    expect![[r#"
        1.1 WHEN a user logs in, THE store SHALL keep the session (login) at .kiro/specs/login/requirements.md:9 "1."
         realised by
          Property 1 Round trip (login · declared)
            by .kiro/specs/login/requirements.md:9 "1."
          1.1 Write `keep` in `src/store.py` (✓ login · declared)
            by .kiro/specs/login/requirements.md:9 "1."
         serves
          Requirement 1 Keep sessions (login · declared)
            by .kiro/specs/login/requirements.md:5 "Requirement 1"
    "#]].assert_eq(&shown(".kiro/specs/login/requirements.md", "WHEN a u$0ser"));
    expect![[r#"
        1 Build the store (○ login) at .kiro/specs/login/tasks.md:3 "1"
         realised by
          1.1 Write `keep` in `src/store.py` (✓ login · declared)
            by .kiro/specs/login/tasks.md:3 "1"
          1.2 Test dropping in `tests/test_drop.py` (○ login · declared)
            by .kiro/specs/login/tasks.md:3 "1"
    "#]]
    .assert_eq(&shown(".kiro/specs/login/tasks.md", "1. Bu$0ild"));
    expect![[r#"
        1.2 Test dropping in `tests/test_drop.py` (○ login) at .kiro/specs/login/tasks.md:6 "1.2"
         realised by
          test_drop.py (tests/test_drop.py · by task)
            by .kiro/specs/login/tasks.md:6 "tests/test_drop.py"
         serves
          Requirement 1 Keep sessions (login · declared)
            by .kiro/specs/login/requirements.md:5 "Requirement 1"
          1.2 WHEN a session is old, THE store SHALL drop it (login · declared)
            by .kiro/specs/login/requirements.md:10 "2."
          1 Build the store (○ login · declared)
            by .kiro/specs/login/tasks.md:3 "1"
    "#]]
    .assert_eq(&shown(".kiro/specs/login/tasks.md", "1.2 Te$0st"));
    expect![[r#"
        Property 1 Round trip (login) at .kiro/specs/login/design.md:3 "Property 1"
         realised by
          test_round_trip (tests/test_properties.py · declared)
            by .kiro/specs/login/design.md:3 "Property 1"
         serves
          1.1 WHEN a user logs in, THE store SHALL keep the session (login · declared)
            by .kiro/specs/login/requirements.md:9 "1."
    "#]]
    .assert_eq(&shown(".kiro/specs/login/design.md", "### Prop$0erty 1"));
}

const OPENSPEC: &str = "//- /openspec/specs/auth/spec.md
# Auth

## Purpose
Who may come in.

## Requirements

### Requirement: Login
The system SHALL let users in.

#### Scenario: Wrong password
- **WHEN** the password is wrong
- **THEN** the user is told so
//- /openspec/changes/add-totp/specs/auth/spec.md
## MODIFIED Requirements

### Requirement: Login
The system SHALL let known users in.

#### Scenario: Wrong password
- **WHEN** the password is wrong
- **THEN** the user is told why
//- /openspec/changes/add-totp/tasks.md
## 1. Build

- [x] 1.1 Write `enter` in `src/auth.py`
- [ ] 1.2 Test it in `tests/test_auth.py`
//- /src/auth.py
def enter():
    pass
//- /tests/test_auth.py
def test_enter():
    assert True
";

#[test]
fn openspec_goes_from_requirement_to_scenario_and_from_task_to_test() {
    let fixture = Fixture::parse(OPENSPEC);
    let analysis = analysis(&fixture);
    let shown = |path: &str, needle: &str| {
        let (file, offset) = at(&fixture, path, needle);
        let items = analysis.call_items_at(file, offset, EN);
        show(&fixture, &analysis, &items)
    };
    expect![[r#"
        Login (auth) at openspec/specs/auth/spec.md:8 "Login"
         realised by
          Login/Wrong password (auth · declared)
            by openspec/specs/auth/spec.md:8 "Login"
    "#]]
    .assert_eq(&shown(
        "openspec/specs/auth/spec.md",
        "Requirement: Lo$0gin",
    ));
    expect![[r#"
        Login/Wrong password (auth) at openspec/specs/auth/spec.md:11 "Wrong password"
         serves
          Login (auth · declared)
            by openspec/specs/auth/spec.md:8 "Login"
    "#]]
    .assert_eq(&shown("openspec/specs/auth/spec.md", "Scenario: Wr$0ong"));
    expect![[r#"
        1.1 Write `enter` in `src/auth.py` (✓ add-totp) at openspec/changes/add-totp/tasks.md:3 "1.1"
         realised by
          enter (src/auth.py · by task)
            by openspec/changes/add-totp/tasks.md:3 "enter"
    "#]].assert_eq(&shown("openspec/changes/add-totp/tasks.md", "1.1 Wr$0ite"));
    expect![[r#"
        1.2 Test it in `tests/test_auth.py` (○ add-totp) at openspec/changes/add-totp/tasks.md:4 "1.2"
         realised by
          test_auth.py (tests/test_auth.py · by task)
            by openspec/changes/add-totp/tasks.md:4 "tests/test_auth.py"
    "#]].assert_eq(&shown("openspec/changes/add-totp/tasks.md", "1.2 Te$0st"));
}

/// The same key in a workspace that was edited.
fn after(old: &str, new: &str, workspace: &str, key: &CallKey, path: &str) -> Option<String> {
    assert!(workspace.contains(old), "{old}");
    let fixture = Fixture::parse(&workspace.replacen(old, new, 1));
    let analysis = analysis(&fixture);
    let file = fixture.file(path);
    analysis.outgoing_calls(file, key, EN)?;
    // What the key means is what prepare gives for the same key.
    let text = fixture.text(file);
    for offset in 0..=text.len() {
        for item in analysis.call_items_at(file, TextSize::new(offset as u32), EN) {
            if item.key.name == key.name && item.place.file == file {
                return Some(item.name);
            }
        }
    }
    Some(String::new())
}

#[test]
fn what_a_client_kept_finds_its_item_after_edits_or_nothing() {
    const TASKS: &str = "specs/001-login/tasks.md";
    let (_, analysis, file, offset) = login(TASKS, "T0$003 [US1]");
    let key = analysis.call_items_at(file, offset, EN)[0].key.clone();
    let edited = |old: &str, new: &str| after(old, new, LOGIN, &key, TASKS);
    let moved = edited("- [x] T002 [P]", "- [ ] T009 New\n- [x] T002 [P]").unwrap();
    assert!(moved.starts_with("T003 Open it"), "{moved}");
    let reworded = edited("T003 [US1] Open it", "T003 [US1] Begin it").unwrap();
    assert!(reworded.starts_with("T003 Begin it"), "{reworded}");
    assert_eq!(edited("T003 [US1] Open it", "T030 [US1] Open it"), None);
    let twice = "- [ ] T003 Again\n- [ ] T003 [US1] Open it";
    assert_eq!(edited("- [ ] T003 [US1] Open it", twice), None);
}

#[test]
fn a_criterion_that_was_counted_anew_is_found_by_its_words() {
    const REQUIREMENTS: &str = ".kiro/specs/login/requirements.md";
    let fixture = Fixture::parse(KIRO);
    let analysis_of = analysis(&fixture);
    let (file, offset) = at(&fixture, REQUIREMENTS, "WHEN a se$0ssion is old");
    let key = analysis_of.call_items_at(file, offset, EN)[0].key.clone();
    let edited = |old: &str, new: &str| {
        let fixture = Fixture::parse(&KIRO.replacen(old, new, 1));
        let analysis = analysis(&fixture);
        let file = fixture.file(REQUIREMENTS);
        let calls = analysis.incoming_calls(file, &key, EN);
        let down = analysis.outgoing_calls(file, &key, EN)?;
        let down: Vec<String> = down.into_iter().map(|call| call.item.name).collect();
        calls.map(|_| down.join(", "))
    };
    assert_eq!(
        edited("1. WHEN", "1. WHEN").as_deref(),
        Some("1.2 Test dropping in `tests/test_drop.py`")
    );
    // Its number is 1.3 now, which no task cites.
    let inserted = "1. WHEN asked, THE store SHALL list\n2. WHEN";
    assert_eq!(edited("1. WHEN", inserted).as_deref(), Some(""));
    assert_eq!(
        edited("2. WHEN a session is old, THE store SHALL drop it\n", ""),
        None
    );
    assert_eq!(edited("a session is old", "a session is very old"), None);
}

/// Everything that can be reached from the items of all documents.
fn reached(analysis: &Analysis) -> Vec<CallItem> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut items: Vec<CallItem> = Vec::new();
    let mut open: Vec<CallItem> = Vec::new();
    for feature in analysis.graph.features() {
        for (item, it) in feature.items() {
            let at = if it.id_range.is_empty() {
                it.title_range.start()
            } else {
                it.id_range.start()
            };
            open.extend(analysis.call_items_at(item.file, at, EN));
        }
    }
    while let Some(item) = open.pop() {
        let name = format!("{:?}", (item.place.file, &item.key));
        if !seen.insert(name) {
            continue;
        }
        let file = item.place.file;
        let down = analysis.outgoing_calls(file, &item.key, EN).unwrap();
        let up = analysis.incoming_calls(file, &item.key, EN).unwrap();
        open.extend(down.into_iter().chain(up).map(|call| call.item));
        items.push(item);
    }
    items
}

#[test]
fn every_link_is_the_same_from_both_ends_and_covers_text() {
    let mut links = 0;
    let mut workspaces = all();
    workspaces.extend([Fixture::parse(KIRO), Fixture::parse(OPENSPEC)]);
    for fixture in workspaces {
        let analysis = analysis(&fixture);
        let phase = |item: &CallItem| item.name.starts_with("Phase");
        for item in reached(&analysis) {
            let file = item.place.file;
            for call in analysis.outgoing_calls(file, &item.key, EN).unwrap() {
                links += 1;
                let to = &call.item;
                let back = analysis.incoming_calls(to.place.file, &to.key, EN).unwrap();
                let found = back.iter().find(|it| it.item.place == item.place);
                let found = match found {
                    // Nothing serves a phase.
                    None if phase(&item) => continue,
                    found => found.unwrap_or_else(|| panic!("{} -> {}", item.name, to.name)),
                };
                assert_eq!(found.ranges, call.ranges, "{} -> {}", item.name, to.name);
                assert!(!call.ranges.is_empty());
                for range in &call.ranges {
                    let said = text::slice(fixture.text(file), *range);
                    assert!(!said.is_empty() && !said.contains('\n'), "{said:?}");
                }
            }
            for call in analysis.incoming_calls(file, &item.key, EN).unwrap() {
                let from = &call.item;
                let down = analysis
                    .outgoing_calls(from.place.file, &from.key, EN)
                    .unwrap();
                assert!(
                    down.iter().any(|it| it.item.place == item.place),
                    "{} <- {}",
                    item.name,
                    from.name
                );
            }
        }
    }
    assert!(links > 200, "{links}");
}
