//! Workspaces the tests look at, and how answers are shown.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use fixture::Fixture;
use ide::{Analysis, Place};
use text::{FileId, TextRange, TextSize};

/// Two stories with code and tests, a third with nothing, and a second feature that reuses ids.
pub(crate) const LOGIN: &str = r#"//- /specs/001-login/spec.md
# Feature Specification: Login

## User Scenarios & Testing *(mandatory)*

### User Story 1 - Log in (Priority: P1)

**Independent Test**: Log in once.

**Acceptance Scenarios**:

1. **Given** an account, **When** the password is right, **Then** a session begins.
2. **Given** an account, **When** it is wrong, **Then** nothing begins.

### User Story 2 - Log out (Priority: P2)

**Independent Test**: Log out once.

**Acceptance Scenarios**:

1. **Given** a session, **When** the user leaves, **Then** it ends.

## Requirements *(mandatory)*

### Functional Requirements

- **FR-001**: System MUST open a session,
  and say so.
- **FR-002**: System MUST end a session (US2).
- **FR-003**: System MUST forget old sessions.

### Key Entities

- **Session**: one visit

## Success Criteria *(mandatory)*

- **SC-001**: Login takes a second.
//- /specs/001-login/plan.md
# Plan

See `src/session.rs` and FR-003. Old code: `src/old.rs`, `src/gone.rs`.
//- /specs/001-login/tasks.md
# Tasks: Login

## Phase 1: Setup

- [x] T001 Create `src/session.rs`

## Phase 2: User Story 1 - Log in (Priority: P1) 🎯 MVP

**Goal**: Sessions begin.

**Independent Test**: Log in once.

- [x] T002 [P] [US1] Test `begins` in `tests/session.rs` (FR-001)
- [ ] T003 [US1] Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

**Checkpoint**: User Story 1 works.

## Phase 3: Polish

- [ ] T004 Describe it in `README.md` (depends on T002-T003)
//- /specs/002-billing/spec.md
# Feature Specification: Billing

## Requirements

### Functional Requirements

- **FR-001**: System MUST send a bill, after 001/FR-002.
- **FR-007**: System MUST take money.
//- /src/session.rs
//! Feature: 001-login
/// One visit.
pub struct Session;

impl Session {
    /// Opens it (FR-001).
    pub fn open() -> Self {
        Self
    }
}

// Pays (FR-007), see 002/FR-001.
fn unlinked() {}
//- /src/bill.rs
// FR-001 of whom?
fn bill() {}
//- /tests/session.rs
#[test]
fn begins() {
    assert!(true);
}

#[test]
#[ignore]
fn later() {
    assert!(true);
}
//- /README.md
# Read me

FR-001 is mentioned here, and `src/session.rs`.
//- moved src/old.rs src/session.rs abc1234
//- deleted src/gone.rs def5678
"#;

pub(crate) fn analysis(fixture: &Fixture) -> Analysis {
    Analysis::new(Arc::new(fixture.graph.clone()))
}

/// The workspace of `LOGIN` with a cursor: `needle` in `path` holds `$0`.
pub(crate) fn login(path: &str, needle: &str) -> (Fixture, Analysis, FileId, TextSize) {
    let fixture = Fixture::parse(LOGIN);
    let file = fixture.file(path);
    let plain = needle.replace("$0", "");
    let at = fixture.text(file).find(&plain).unwrap() + needle.find("$0").unwrap();
    let analysis = analysis(&fixture);
    (fixture, analysis, file, TextSize::new(at as u32))
}

/// `path 3:5 "text"`: file, line and column of a range, and what it covers.
pub(crate) fn show_range(fixture: &Fixture, file: FileId, range: TextRange) -> String {
    let text = fixture.text(file);
    let covered = text::slice(text, range);
    let first = covered.lines().next().unwrap_or_default();
    let more = if covered.lines().count() > 1 {
        " …"
    } else {
        ""
    };
    let before = &text[..usize::from(range.start())];
    let line = before.matches('\n').count() + 1;
    let path = &fixture.files[file.0 as usize].0;
    format!("{path}:{line} \"{first}\"{more}")
}

pub(crate) fn show_places(fixture: &Fixture, places: &[Place]) -> String {
    let mut out = String::new();
    for place in places {
        let _ = writeln!(out, "{}", show_range(fixture, place.file, place.focus));
    }
    out
}

/// A directory below the project's `tests/`.
pub(crate) fn directory(below: &str) -> Fixture {
    Fixture::directory(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests")
            .join(below),
    )
}

/// Every workspace that property tests walk over.
pub(crate) fn all() -> Vec<Fixture> {
    let mut all = vec![
        Fixture::parse(LOGIN),
        Fixture::parse(crate::openspec::AUTH),
        directory("workspaces/parcels"),
    ];
    for name in ["gen1", "gen2", "chinese", "japanese"] {
        all.push(directory(&format!("fixtures/spec-kit/{name}")));
    }
    all
}
