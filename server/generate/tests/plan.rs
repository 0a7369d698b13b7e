//! A plan from what is wanted and what is there, in each format; and what is missing of a plan.
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{Known, Planned, lacks_plan, plan};
use rules::Checked;
use text::FileId;
use trace::{FeatureId, Services};

/// A shop of two services and a database, with a constitution, a template of its own and one older plan.
const SHOP: &str = "\
//- /.specify/templates/plan-template.md
# Implementation Plan: [FEATURE]

**Branch**: `[###-feature-name]` | **Date**: [DATE] | **Spec**: [link]

**Note**: This template is filled in by the `/speckit.plan` command.

## Summary

[Extract from feature spec: primary requirement + technical approach from research]

## Technical Context

<!--
  ACTION REQUIRED: Replace the content in this section.
-->

**Language/Version**: [e.g., Python 3.11, Swift 5.9, Rust 1.75 or NEEDS CLARIFICATION]  
**Primary Dependencies**: [e.g., FastAPI, UIKit, LLVM or NEEDS CLARIFICATION]  
**Storage**: [if applicable, e.g., PostgreSQL, CoreData, files or N/A]  
**Testing**: [e.g., pytest, XCTest, cargo test or NEEDS CLARIFICATION]  
**Target Platform**: [e.g., Linux server, iOS 15+, WASM or NEEDS CLARIFICATION]  
**Scale/Scope**: [domain-specific, e.g., 10k users, 1M LOC, 50 screens or NEEDS CLARIFICATION]

## Constitution Check

*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*

[Gates determined based on constitution file]

## Project Structure

### Documentation (this feature)

```text
specs/[###-feature]/
├── plan.md              # This file (/speckit.plan command output)
└── tasks.md             # Phase 2 output
```

### Source Code (repository root)

```text
# [REMOVE IF UNUSED] Option 1: Single project (DEFAULT)
src/
```

**Structure Decision**: [Document the selected structure and reference the real
directories captured above]

## Complexity Tracking

> **Fill ONLY if Constitution Check has violations that must be justified**

| Violation | Why Needed | Simpler Alternative Rejected Because |
|-----------|------------|-------------------------------------|
| [e.g., 4th project] | [current need] | [why 3 projects insufficient] |
//- /.specify/memory/constitution.md
# Shop Constitution

## Core Principles

### I. Test First

Tests come first.

### II. Keep It Small

Small changes.
//- /specs/003-search/spec.md
# Feature Specification: Search

- **FR-001**: System MUST search.
//- /specs/003-search/plan.md
# Implementation Plan: Search

## Technical Context

**Target Platform**: Linux server
//- /api/package.json
{\"name\": \"@shop/api\", \"engines\": {\"node\": \">=22\"}, \"dependencies\": {\"express\": \"^5.0.0\", \"pg\": \"^8\"}, \"devDependencies\": {\"vitest\": \"^3\", \"typescript\": \"^5.9\"}}
//- /api/src/parcels.ts
export interface Parcel {
  code: string;
  weight?: number;
}
//- /api/src/parcels.test.ts
it('finds a parcel', () => {});
//- /api/migrations/001_parcels.sql
CREATE TABLE parcels (code TEXT NOT NULL);
//- /web/package.json
{\"name\": \"@shop/web\", \"dependencies\": {\"@shop/api\": \"*\"}}
//- /web/src/app.ts
export function app() {}
//- /compose.yaml
services:
  api:
    build: ./api
  web:
    build: ./web
    depends_on: [api]
  db:
    image: postgres:17
";

const SPEC: &str = "\
//- /specs/004-lockers/spec.md
# Feature Specification: Parcel Lockers

## User Scenarios & Testing

### User Story 1 - Deposit a parcel (Priority: P1)

A courier puts a parcel into a compartment, see `api/src/parcels.ts` and `web/src/app.ts`.

**Acceptance Scenarios**:

1. **Given** a free compartment, **When** the courier deposits, **Then** it is taken.
2. **Given** no free compartment, **When** the courier deposits, **Then** a message is shown.

## Requirements

- **FR-001**: System MUST choose a compartment that fits.

### Key Entities

- **Parcel**: what is sent: code, weight.
- **Compartment**: one box of a locker.

## Success Criteria

- **SC-001**: A deposit takes 30 seconds.
";

fn planned(text: &str, path: &str) -> (Fixture, FeatureId, Option<Planned>) {
    let fixture = Fixture::parse(text);
    let manifests: Vec<(FileId, code::Manifest)> = (0..)
        .zip(&fixture.files)
        .filter_map(|(id, (path, text))| Some((FileId(id), code::manifest(path, text)?)))
        .collect();
    let services = Services::of(&fixture.graph, &manifests);
    let known = Known {
        services: &services,
        manifests: &manifests,
        today: Some("2026-11-22"),
    };
    let features = fixture.graph.features().iter();
    let feature = features.clone().find(|it| it.path == path).unwrap().id;
    let done = plan(&fixture.graph, feature, &known);
    (fixture, feature, done)
}

/// Findings by code over a whole workspace.
fn findings(fixture: &Fixture) -> BTreeMap<&'static str, usize> {
    let checked = Checked::new(&fixture.graph);
    let mut found = BTreeMap::new();
    let features = fixture.graph.features().iter();
    let all = features.filter_map(|it| checked.of(it.id));
    for finding in all.flat_map(|it| &it.findings) {
        *found.entry(finding.code).or_default() += 1;
    }
    found
}

/// The documents are as expected, raise no finding but one for each question, and nothing is left to write then.
fn check(text: &str, path: &str, expected: &Expect) {
    let (before, feature, done) = planned(text, path);
    assert_eq!(lacks_plan(&before.graph, feature), Some(true));
    let done = done.unwrap();
    let mut shown = String::new();
    let mut with = text.to_owned();
    for new in &done.documents {
        assert!(new.path.starts_with(path));
        write!(shown, "//- {}\n{}", new.path, new.text).unwrap();
        write!(with, "//- /{}\n{}", new.path, new.text).unwrap();
    }
    expected.assert_eq(&shown);
    let (after, _, again) = planned(&with, path);
    let mut found = findings(&after);
    for (code, count) in findings(&before) {
        let now = found.get_mut(code);
        let left = now.map_or(0, |now| {
            *now = now.saturating_sub(count);
            *now
        });
        if left == 0 {
            found.remove(code);
        }
    }
    let asked = found.remove("unresolved-clarification").unwrap_or(0);
    assert!(found.is_empty(), "{found:?}");
    assert!(
        asked <= done.questions.len(),
        "{asked} of {:?}",
        done.questions
    );
    assert_eq!(again, None, "twice");
}

#[test]
fn spec_kit_with_a_template_of_its_own() {
    check(
        &format!("{SHOP}{SPEC}"),
        "specs/004-lockers",
        &expect![[r#"
        //- specs/004-lockers/plan.md
        # Implementation Plan: Parcel Lockers

        **Branch**: `004-lockers` | **Date**: 2026-11-22 | **Spec**: [spec.md](spec.md)

        ## Summary

        Plan for **Parcel Lockers**, as [spec.md](spec.md) asks for it:

        - **US1**: Deposit a parcel

        [NEEDS CLARIFICATION: Which technical approach is taken for Parcel Lockers, and which alternatives were rejected?]

        ## Technical Context

        **Language/Version**: Node.js >=22, TypeScript ^5.9  
        **Primary Dependencies**: Express ^5.0.0, PostgreSQL  
        **Storage**: PostgreSQL 17  
        **Testing**: Vitest  
        **Target Platform**: Linux server

        [NEEDS CLARIFICATION: What applies to this feature as Scale/Scope?]

        ## Constitution Check

        *GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*

        | Principle         | Status  | Evidence |
        | ----------------- | ------- | -------- |
        | I. Test First     | PENDING | -        |
        | II. Keep It Small | PENDING | -        |

        ## Project Structure

        ### Documentation (this feature)

        ```text
        specs/004-lockers/
        ├── data-model.md
        ├── plan.md
        └── spec.md
        ```

        ### Source Code (repository root)

        ```text
        api/
        ├── migrations/
        └── src/
            └── parcels.ts
        web/
        └── src/
            └── app.ts
        ```

        **Structure Decision**: the existing layout stays; the change is made in `api`, `web`.

        ## Service Order

        From manifests, containers, calls and imports: what others need is changed first and stays compatible, those that need it follow.

        1. `api`
        2. `web`: needs `api` (`web/package.json`)

        ## Data Migration

        1. **Expand**: add what is new of Parcel, Compartment beside what is there, in `api/migrations`; the versions that run keep working.
        2. **Backfill**: fill existing records of Parcel in batches that can be repeated. [NEEDS CLARIFICATION: Which values do existing records of Parcel get?]
        3. **Switch**: `api`, `web` write both forms, then read the new one only.
        4. **Contract**: remove the old form when no version that runs uses it.

        ## Rollback

        | Service | Way back                                  | Before it |
        | ------- | ----------------------------------------- | --------- |
        | `web`   | run its last image again (`compose.yaml`) | -         |
        | `api`   | run its last image again (`compose.yaml`) | `web`     |

        What was added to the schema stays until the step _Contract_; behind that step the way back is a restore.

        ## Test Impact

        Tests stand in `api/src/` (1 file).

        **Existing tests to adapt**:

        - `api/src/parcels.test.ts`: tests `api/src/parcels.ts`

        **New coverage**:

        - **US1**: 2 acceptance scenarios
        - SC-001: a measurement each

        ## Complexity Tracking

        No violation is known while the gates above are open.
        //- specs/004-lockers/data-model.md
        # Data Model: Parcel Lockers

        Entities of [spec.md](spec.md), with the fields of the types that are there.

        ## Parcel

        what is sent: code, weight.

        There as `Parcel` in `api/src/parcels.ts`:

        | Field    | Optional |
        | -------- | -------- |
        | `code`   | no       |
        | `weight` | yes      |

        ## Compartment

        one box of a locker.

        ## Open

        [NEEDS CLARIFICATION: Which fields, keys and relationships do Compartment have?]
    "#]],
    );
}

#[test]
fn kiro() {
    let text = "\
//- /.kiro/specs/lockers/requirements.md
# Requirements Document

## Introduction

Couriers deposit parcels.

## Requirements

### Requirement 1: Deposit

**User Story:** As a courier, I want to deposit a parcel, so that I can go on.

#### Acceptance Criteria

1. WHEN a courier deposits a parcel THEN the system SHALL choose a compartment
2. IF no compartment is free THEN the system SHALL show a message
//- /Cargo.toml
[package]
name = \"lockers\"
rust-version = \"1.90\"
//- /src/main.rs
fn main() {}
//- /src/door/open.rs
pub fn open() {}
";
    check(
        text,
        ".kiro/specs/lockers",
        &expect![[r#"
        //- .kiro/specs/lockers/design.md
        # Design Document

        ## Overview

        Design for **lockers**, as [requirements.md](requirements.md) asks for it:

        - 1 Deposit

        ## Architecture

        Built with Rust 1.90.

        [NEEDS CLARIFICATION: Which technical approach is taken for lockers, and which alternatives were rejected?]

        ## Components and Interfaces

        ```text
        src/
        └── door/
        ```

        ## Error Handling

        Criteria that say what happens when something fails: 1.2.

        ## Testing Strategy

        **New coverage**:

        - **Deposit**: criteria 1.1-1.2
    "#]],
    );
}

#[test]
fn openspec_with_a_ring_that_is_named() {
    let text = "\
//- /openspec/config.yaml
schema: spec-driven
//- /openspec/specs/doors/spec.md
# doors

## Purpose
Doors of lockers open and close in time for couriers and recipients.

## Requirements

### Requirement: Open
The system SHALL open a door.

#### Scenario: Code
- **WHEN** a code is typed
- **THEN** the door opens
//- /openspec/changes/faster-doors/proposal.md
## Why
Doors in `billing` and `ledger` are slow.

## What Changes
- Faster doors
//- /openspec/changes/faster-doors/specs/doors/spec.md
## MODIFIED Requirements

### Requirement: Open
The system SHALL open a door at once.

#### Scenario: Code
- **WHEN** a code is typed
- **THEN** the door opens at once
//- /billing/pyproject.toml
[project]
name = \"billing\"
requires-python = \">=3.12\"
dependencies = [\"ledger\"]
//- /billing/app.py
def app(): pass
//- /ledger/pyproject.toml
[project]
name = \"ledger\"
dependencies = [\"billing\"]
//- /ledger/app.py
def app(): pass
";
    check(
        text,
        "openspec/changes/faster-doors",
        &expect![[r#"
        //- openspec/changes/faster-doors/design.md
        ## Context

        See [proposal.md](proposal.md) for why and what.

        Built with Python >=3.12.

        ```text
        billing/
        ledger/
        ```

        ## Goals / Non-Goals

        - MODIFIED: Open

        ## Decisions

        [NEEDS CLARIFICATION: Which technical approach is taken for faster doors, and which alternatives were rejected?]

        ## Migration Plan

        ### Service Order

        From manifests, containers, calls and imports: what others need is changed first and stays compatible, those that need it follow.

        1. `billing`, `ledger`. These need each other (`billing` → `ledger` → `billing`): [NEEDS CLARIFICATION: Which of billing, ledger changes first, or do they go together?]

        ### Rollback

        | Service   | Way back                                | Before it |
        | --------- | --------------------------------------- | --------- |
        | `billing` | revert its commits and release it again | `ledger`  |
        | `ledger`  | revert its commits and release it again | `billing` |

        ## Test Impact

        **New coverage**:

        - **Open**: 1 acceptance scenario
    "#]],
    );
}

#[test]
fn only_what_is_missing_is_added_to_a_plan() {
    let plan_text = "//- /specs/004-lockers/plan.md\r\n# Plan: Lockers\r\n\r\n## Rollback\r\n\r\nBy hand.\r\n\r\n## Complexity Tracking\r\n\r\nNone.\r\n";
    let text = format!("{SHOP}{SPEC}{plan_text}");
    let (fixture, feature, done) = planned(&text, "specs/004-lockers");
    assert_eq!(lacks_plan(&fixture.graph, feature), Some(false));
    let done = done.unwrap();
    assert!(done.documents.is_empty());
    let [(file, edit)] = done.edits.as_slice() else {
        panic!("{:?}", done.edits)
    };
    let before = fixture.text(*file);
    let after = text::apply(before, std::slice::from_ref(edit)).unwrap();
    assert!(after.starts_with(
        "# Plan: Lockers\r\n\r\n## Rollback\r\n\r\nBy hand.\r\n\r\n## Service Order\r\n\r\n"
    ));
    assert!(after.ends_with("\r\n\r\n## Complexity Tracking\r\n\r\nNone.\r\n"));
    assert_eq!(after.replace("\r\n", "").matches('\n').count(), 0);
    assert_eq!(after.matches("## Rollback").count(), 1);
    for title in ["## Data Migration", "## Test Impact"] {
        assert_eq!(after.matches(title).count(), 1, "{after}");
    }
    let with = text.replace(before, &after);
    let (_, _, again) = planned(&with, "specs/004-lockers");
    assert_eq!(again, None);
}

#[test]
fn what_facts_do_not_call_for_is_not_there() {
    let text = "\
//- /.specify/feature.json
{}
//- /specs/001-menu/spec.md
# Feature Specification: Menu

- **FR-001**: System MUST show a menu.
//- /index.html
<p>
";
    let (_, _, done) = planned(text, "specs/001-menu");
    let done = done.unwrap();
    let [plan] = done.documents.as_slice() else {
        panic!("{:?}", done.documents)
    };
    for title in ["Service Order", "Migration", "Rollback"] {
        assert!(!plan.text.contains(title), "{}", plan.text);
    }
    assert!(plan.text.contains("## Test Impact"), "{}", plan.text);
}
