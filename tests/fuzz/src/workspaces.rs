//! Small workspaces of the three formats in which one document is any text at all.

use fixture::Fixture;
use text::FileId;

/// Spec Kit: two features, one that reuses ids of the other, a source and a test.
const SPECKIT: &str = "//- /specs/001-login/spec.md
# Feature Specification: Login

## User Scenarios & Testing *(mandatory)*

### User Story 1 - Log in (Priority: P1)

1. **Given** an account, **When** the password is right, **Then** a session begins.

## Requirements *(mandatory)*

- **FR-001**: System MUST open a session (US1).
- **FR-002**: System MUST end a session [NEEDS CLARIFICATION: when?].

### Key Entities

- **Session**: one visit

## Success Criteria *(mandatory)*

- **SC-001**: Login takes a second.
//- /specs/001-login/plan.md
# Plan

See `src/session.rs`, FR-002 and [the spec](spec.md#requirements).
//- /specs/001-login/tasks.md
# Tasks: Login

## Phase 1: Setup

- [x] T001 Create `src/session.rs` (FR-001)

## Phase 2: User Story 1 - Log in (Priority: P1)

- [ ] T002 [P] [US1] Write `open_session` in `src/session.rs` (depends on T001)
- [ ] T003 [US1] Test it, T001-T002 first
//- /specs/002-audit/spec.md
# Feature Specification: Audit

- **FR-001**: System MUST write 001/FR-001 down.
//- /src/session.rs
/// Opens one (001/FR-001).
pub fn open_session() {}
#[test]
fn fr_002_ends() { assert!(true) }
";

/// Kiro: places as names.
const KIRO: &str = "//- /.kiro/specs/login/requirements.md
# Requirements Document

## Glossary

- **Session**: one visit

## Requirements

### Requirement 1: Login

#### Acceptance Criteria

1. WHEN asked, THE App SHALL open a Session
2. WHEN locked, THE App SHALL say so as Requirement 1.1 has it
3. WHEN tired, THE App SHALL wait

### Requirement 2: Logout

#### Acceptance Criteria

1. WHEN done, THE App SHALL close
//- /.kiro/specs/login/design.md
# Design

### Property 1: Round trip

**Validates: Requirements 1.1, 2.1**
//- /.kiro/specs/login/tasks.md
# Implementation Plan

- [ ] 1. Answer in `src/app.py`
  - _Requirements: 1.1, 1.3_
- [-] 2. Wait
  - _Requirements: 1.1-1.3, 2.1_
//- /src/app.py
# Feature: login, Requirement 1.3: waits
def wait():
    pass
";

/// OpenSpec: names as keys.
const OPENSPEC: &str = "//- /openspec/config.yaml
schema: spec-driven
//- /openspec/specs/auth/spec.md
# auth

## Purpose
Who may come in.

## Requirements

### Requirement: Login
The system SHALL let users in.

#### Scenario: Wrong password
- **WHEN** it is wrong
- **THEN** nothing begins
//- /openspec/changes/add-logout/proposal.md
## Why

Sessions end.

## What Changes

- `src/auth.go`
//- /openspec/changes/add-logout/specs/auth/spec.md
## ADDED Requirements

### Requirement: Logout
The system SHALL end sessions.

#### Scenario: Done
- **WHEN** the user leaves
- **THEN** the session ends

## MODIFIED Requirements

### Requirement: Login
The system SHALL let known users in.

#### Scenario: Wrong password
- **WHEN** it is wrong
- **THEN** it says so
//- /openspec/changes/add-logout/tasks.md
## 1. Sessions

- [ ] 1.1 Write `src/auth.go`
- [x] 1.2 Test it
//- /src/auth.go
package auth

// Login (openspec/specs/auth/spec.md).
func Login() {}
";

/// The files that may hold any text: workspace and path.
const PLACES: [(&str, &str); 12] = [
    (SPECKIT, "specs/001-login/spec.md"),
    (SPECKIT, "specs/001-login/tasks.md"),
    (SPECKIT, "specs/001-login/plan.md"),
    (SPECKIT, "src/session.rs"),
    (KIRO, ".kiro/specs/login/requirements.md"),
    (KIRO, ".kiro/specs/login/tasks.md"),
    (KIRO, ".kiro/specs/login/design.md"),
    (KIRO, "src/app.py"),
    (OPENSPEC, "openspec/specs/auth/spec.md"),
    (OPENSPEC, "openspec/changes/add-logout/specs/auth/spec.md"),
    (OPENSPEC, "openspec/changes/add-logout/tasks.md"),
    (OPENSPEC, "openspec/changes/add-logout/proposal.md"),
];

/// The workspace that a number chooses, and the file in it that is written anew.
pub(crate) fn workspace(choice: usize) -> (Fixture, &'static str, FileId) {
    let (text, path) = PLACES[choice % PLACES.len()];
    let fixture = Fixture::parse(text);
    let file = fixture.file(path);
    (fixture, path, file)
}

/// All files, one of them with another text.
pub(crate) fn files_with(fixture: &Fixture, file: FileId, text: &str) -> Vec<(String, String)> {
    let mut files = fixture.files.clone();
    text.clone_into(&mut files[file.0 as usize].1);
    files
}
