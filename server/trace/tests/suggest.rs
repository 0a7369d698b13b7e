//! Suggestions over whole features of each format.
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;
use trace::{Candidate, Graph};

/// Every suggestion, one line for a candidate.
fn told(graph: &Graph) -> String {
    let mut out = String::new();
    for feature in graph.features() {
        for suggestion in graph.suggestions(feature.id) {
            let _ = writeln!(out, "{}", feature.key(suggestion.item).unwrap());
            let mut line = |what: String, confident: bool, reasons: String| {
                let sure = if confident { " (confident)" } else { "" };
                let _ = writeln!(out, "  {what}{sure}: {reasons}");
            };
            for task in &suggestion.tasks {
                let key = feature.key(task.target).unwrap();
                line(key.key.join("/"), task.is_confident(), why(task));
            }
            for symbol in &suggestion.symbols {
                let found = &graph.source(symbol.target.file).unwrap().facts.symbols
                    [symbol.target.symbol as usize];
                line(found.qualified_name(), symbol.is_confident(), why(symbol));
            }
            for test in &suggestion.tests {
                let found =
                    &graph.source(test.target.file).unwrap().facts.tests[test.target.test as usize];
                line(found.full_name.clone(), test.is_confident(), why(test));
            }
        }
    }
    out
}

fn why<T>(candidate: &Candidate<T>) -> String {
    let reasons: Vec<String> = candidate
        .reasons
        .iter()
        .map(|reason| format!("{reason:?}"))
        .collect();
    reasons.join(" ")
}

fn check(fixture: &str, expected: &Expect) {
    expected.assert_eq(&told(&Fixture::parse(fixture).graph));
}

const LOGIN: &str = r#"
//- /.specify/feature.json
{}
//- /specs/001-login/spec.md
# Feature Specification: Login

## User Scenarios & Testing

### User Story 1 - Log in (Priority: P1)

A member logs in with a password.

### User Story 2 - Stay logged in (Priority: P2)

A member comes back within a day.

## Requirements

### Functional Requirements

- **FR-001**: The system MUST reject a wrong password with "Unknown name or password".
- **FR-002**: The `SessionStore` MUST drop a session token 24 hours after its creation.
- **FR-003**: Passwords MUST be hashed with bcrypt.
- **FR-004**: The unrelated zebra MUST juggle.
//- /specs/001-login/tasks.md
# Tasks: Login

## Phase 1: Setup

- [ ] T001 Create the directories of the plan

## Phase 2: User Story 1 - Log in (Priority: P1)

- [ ] T002 [US1] Hash passwords with bcrypt in `src/password.rs` (FR-003)
- [ ] T003 [US1] Answer a wrong password with "Unknown name or password" in `src/login.rs`

## Phase 3: User Story 2 - Stay logged in (Priority: P2)

- [ ] T004 [US2] Expire each session token in `src/session_store.rs`
- [ ] T005 [US2] Test the expiry in `tests/session_store.rs`
//- /src/session_store.rs
pub struct SessionStore;
impl SessionStore {
    pub fn drop_session_token(&mut self) {}
    pub fn len(&self) -> usize { 0 }
}
//- /tests/session_store.rs
#[test]
fn session_token_is_dropped_after_24_hours() { assert!(true); }
"#;

#[test]
fn what_is_cited_is_not_asked_for_and_reasons_are_told() {
    check(
        LOGIN,
        &expect![[r#"
            specs/001-login#FR-001
              T003 (confident): Quotes("unknown name or password") Shares(["unknown name", "wrong password"]) SameStory("US1")
              T002: Shares(["password"]) SameStory("US1")
            specs/001-login#FR-002
              T004: Names(["SessionStore"]) Shares(["store", "session token"])
              T005: Names(["SessionStore"]) Shares(["session", "store"])
              T001: Shares(["creation"])
              SessionStore.drop_session_token: Names(["SessionStore"]) Shares(["drop", "store", "session token"]) FileOf("T004")
              SessionStore: Names(["SessionStore"]) Shares(["session", "store"]) FileOf("T004")
              SessionStore.len: Names(["SessionStore"]) Shares(["session", "store"]) FileOf("T004")
              session_token_is_dropped_after_24_hours: Shares(["after", "drop", "24 hours", "session token"]) FileOf("T005")
        "#]],
    );
}

#[test]
fn criteria_of_kiro_go_with_their_requirement() {
    check(
        r"
//- /.kiro/specs/login/requirements.md
# Requirements Document

### Requirement 1: Passwords

#### Acceptance Criteria

1. WHEN a password is wrong THEN the system SHALL reject it
2. WHEN a password is stored THEN the system SHALL hash it with bcrypt

### Requirement 2: Sessions

#### Acceptance Criteria

1. WHEN a session is a day old THEN the system SHALL expire it
//- /.kiro/specs/login/tasks.md
# Implementation Plan

- [ ] 1. Passwords
  - [ ] 1.1 Reject wrong passwords and hash stored ones with bcrypt
- [ ] 2. Expire sessions after a day
  - _Requirements: 2.1_
",
        &expect![[r#"
            .kiro/specs/login#1
              task/1.1: Shares(["passwords"])
              task/1: Shares(["passwords"])
            .kiro/specs/login#1.1
              task/1.1: Shares(["reject", "wrong", "password"])
              task/1: Shares(["password"])
            .kiro/specs/login#1.2
              task/1.1: Shares(["bcrypt", "hash", "stored", "password"])
              task/1: Shares(["password"])
        "#]],
    );
}

#[test]
fn requirements_go_with_those_below_the_same_heading() {
    check(
        r"
//- /specs/001-doors/spec.md
# Feature Specification: Doors

## Requirements

### Locks

- **FR-001**: A lock MUST close by itself after half a minute.
- **FR-002**: The override MUST be logged.

### Invoices

- **FR-003**: An invoice MUST list every visitor of the month.
- **FR-004**: The sums MUST be rounded.
//- /specs/001-doors/tasks.md
# Tasks: Doors

## Phase 1: Work

- [ ] T001 Close a lock by itself after half a minute
- [ ] T002 Write the invoice with every visitor of the month
",
        &expect![[r#"
            specs/001-doors#FR-001
              T001 (confident): Shares(["close", "lock", "minute", "after half"])
            specs/001-doors#FR-002
              T001: Beside
            specs/001-doors#FR-003
              T002 (confident): Shares(["invoice", "month", "every visitor"])
            specs/001-doors#FR-004
              T002: Beside
        "#]],
    );
}

#[test]
fn requirements_of_a_change_have_candidates() {
    check(
        r"
//- /openspec/changes/add-login/proposal.md
# Change

## Why

People cannot log in.
//- /openspec/changes/add-login/specs/auth/spec.md
## ADDED Requirements

### Requirement: Password hashing

Passwords SHALL be hashed with bcrypt.

#### Scenario: Stored

- **WHEN** a password is stored
- **THEN** it is hashed
//- /openspec/changes/add-login/tasks.md
## 1. Work

- [ ] 1.1 Draw the page
- [ ] 1.2 Hash passwords with bcrypt
",
        &expect![[r#"
            openspec/changes/add-login#Password hashing
              1.2 (confident): Shares(["bcrypt", "hashed", "passwords"])
              1.1: Beside
        "#]],
    );
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut parts: Vec<&str> = LOGIN
        .split("//- ")
        .filter(|part| !part.trim().is_empty())
        .collect();
    let expected = told(&Fixture::parse(LOGIN).graph);
    parts.reverse();
    let reversed = format!("//- {}", parts.join("//- "));
    assert_eq!(told(&Fixture::parse(&reversed).graph), expected);
}

#[test]
fn other_items_and_linked_ones_have_no_suggestion() {
    let graph = Fixture::parse(LOGIN).graph;
    let feature = &graph.features()[0];
    let of = |id: &str| graph.suggestion_for(feature.defined(id)[0]);
    assert!(of("T004").is_none());
    assert!(of("US1").is_none());
    assert!(
        of("FR-003").is_none(),
        "T002 cites it, and no source says more"
    );
    assert_eq!(of("FR-002").unwrap().item, feature.defined("FR-002")[0]);
}
