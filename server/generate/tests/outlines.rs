//! Whole task lists in the shapes of Kiro and `OpenSpec`.
#![expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` is written where it is used"
)]
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{Source, Unlisted, lacks_list, task_list, unlisted};
use rules::Checked;
use trace::{Change, Graph, UnitKind};

const KIRO: &str = "\
//- /.kiro/specs/lockers/requirements.md
# Requirements Document

## Introduction

Lockers take parcels.

## Requirements

### Requirement 1: Deposit a parcel

**User Story:** As a courier, I want to deposit a parcel, so that it is safe.

#### Acceptance Criteria

1. WHEN a courier deposits a parcel, THE System SHALL choose a free compartment.
2. IF no compartment is free, THEN THE System SHALL refuse the parcel.

### Requirement 2: Open a door

**User Story:** As a recipient, I want to open the door, so that I have my parcel.

#### Acceptance Criteria

1. WHEN the code is right, THE System SHALL open the door.
//- /.kiro/specs/lockers/design.md
# Design Document

## Overview

Two parts.

## Components and Interfaces

- `src/deposit.py` chooses the free compartment for a parcel that a courier deposits.
- `src/door.py` opens the door when the code is right.
- `src/clock.py` tells the time.

## Correctness Properties

### Property 1: A taken compartment is not free

*For any* compartment, a deposit makes it taken.

**Validates: Requirements 1.1**
";

const OPENSPEC: &str = "\
//- /openspec/changes/add-lockers/proposal.md
## Why

Parcels get lost.

## What Changes

- Lockers take parcels

## Impact

- `src/door.py` opens the door by a code
//- /openspec/changes/add-lockers/specs/lockers/spec.md
## ADDED Requirements

### Requirement: Door opens
The system SHALL open the door when the code is right.

#### Scenario: Right code
- **WHEN** the code is right
- **THEN** the door opens

#### Scenario: Wrong code
- **WHEN** the code is wrong
- **THEN** the door stays closed

### Requirement: Night rest
The system SHALL keep silent between ten and six.

#### Scenario: At night
- **WHEN** it is eleven
- **THEN** nothing beeps
";

fn findings(graph: &Graph) -> Vec<String> {
    let checked = Checked::new(graph);
    let all = checked.features().flat_map(|(feature, found)| {
        let findings = found.findings.iter();
        let prints = findings.map(|it| format!("{} {}", it.code, it.fingerprint(&feature.path)));
        prints.collect::<Vec<_>>()
    });
    all.collect()
}

#[track_caller]
fn check(files: &str, name: &str, expected: Expect) {
    let graph = Fixture::parse(files).graph;
    let of = |graph: &Graph| {
        graph
            .features()
            .iter()
            .find(|it| it.name == name)
            .unwrap()
            .id
    };
    let new = task_list(&graph, of(&graph)).unwrap();
    expected.assert_eq(&new.text);
    assert_eq!(
        new.text.matches("[NEEDS CLARIFICATION: ").count(),
        new.questions.len()
    );
    let mut tree = graph.inputs().tree.clone();
    let file = tree.insert(new.root, &new.path);
    let document = fixture::document(&new.path, &new.text);
    let next = graph.apply(vec![Change::Tree(tree), Change::Document(file, document)]);
    let before = findings(&graph);
    let added: Vec<String> = findings(&next)
        .into_iter()
        .filter(|each| !before.contains(each))
        .collect();
    assert_eq!(added, Vec::<String>::new(), "the rules object");
    assert!(!lacks_list(&next, of(&next)), "written once");
    assert_eq!(task_list(&next, of(&next)), None);
}

#[test]
fn kiro_has_a_group_for_each_requirement() {
    check(
        KIRO,
        "lockers",
        expect![[r##"
        # Implementation Plan

        - [ ] 1. Deposit a parcel
          - [ ] 1.1 Implement "Deposit a parcel" in `src/deposit.py`
            - _Requirements: 1.1, 1.2_
          - [ ]* 1.2 Test "A taken compartment is not free"
            - **Property 1: A taken compartment is not free**
            - **Validates: Requirements 1.1**

        - [ ] 2. Open a door
          - [ ] 2.1 Implement "Open a door" in `src/door.py`
            - _Requirements: 2.1_

        - [ ] 3. Other files
          - [ ] 3.1 Create `src/clock.py`
    "##]],
    );
}

#[test]
fn kiro_follows_the_projects_other_lists() {
    let other = "\
//- /.kiro/specs/alpha/tasks.md
# 実装計画

- [x] 1. 始める
- [x] 1.1 始める
  - _要件: 1.1_
";
    check(
        &format!("{KIRO}{other}"),
        "lockers",
        expect![[r##"
            # 実装計画

            - [ ] 1. Deposit a parcel
            - [ ] 1.1 Implement "Deposit a parcel" in `src/deposit.py`
              - _要件: 1.1, 1.2_
            - [ ]* 1.2 Test "A taken compartment is not free"
              - **Property 1: A taken compartment is not free**
              - **Validates: Requirements 1.1**

            - [ ] 2. Open a door
            - [ ] 2.1 Implement "Open a door" in `src/door.py`
              - _要件: 2.1_

            - [ ] 3. Other files
            - [ ] 3.1 Create `src/clock.py`
        "##]],
    );
}

#[test]
fn openspec_has_a_group_for_each_capability() {
    check(
        OPENSPEC,
        "add-lockers",
        expect![[r###"
        ## 1. lockers

        - [ ] 1.1 Implement "Door opens" in `src/door.py`
        - [ ] 1.2 Test "Right code", "Wrong code"
        - [ ] 1.3 Implement "Night rest" [NEEDS CLARIFICATION: which file holds Night rest?]
        - [ ] 1.4 Test "At night"
    "###]],
    );
}

#[test]
fn nothing_is_written_from_half_of_the_documents_or_of_what_is_put_away() {
    let able = |files: &str| {
        let graph = Fixture::parse(files).graph;
        graph.features().iter().any(|it| lacks_list(&graph, it.id))
    };
    assert!(able(KIRO) && able(OPENSPEC));
    assert!(!able(
        KIRO.split("//- /.kiro/specs/lockers/design.md")
            .next()
            .unwrap()
    ));
    assert!(!able(
        OPENSPEC
            .split("//- /openspec/changes/add-lockers/specs")
            .next()
            .unwrap()
    ));
    assert!(!able(&OPENSPEC.replace(
        "changes/add-lockers",
        "changes/archive/2026-01-02-add-lockers"
    )));
}

#[test]
fn what_is_missing_of_a_list_s_sources_is_said() {
    let why = |files: &str| {
        let graph = Fixture::parse(files).graph;
        let feature = graph.features().iter();
        let feature = feature
            .max_by_key(|it| it.unit == UnitKind::Feature)
            .unwrap();
        assert_eq!(task_list(&graph, feature.id), None);
        unlisted(&graph, feature.id)
    };
    let without = |files: &str, from: &str| files.split(from).next().unwrap().to_owned();
    let kiro = without(KIRO, "//- /.kiro/specs/lockers/design.md");
    assert_eq!(why(&kiro), Unlisted::Missing(Source::Design));
    assert_eq!(
        why(&KIRO.replace("1. WHEN", "WHEN").replace("2. IF", "IF")),
        Unlisted::Bare(Source::Requirements)
    );
    let change = without(OPENSPEC, "//- /openspec/changes/add-lockers/specs");
    assert_eq!(why(&change), Unlisted::Missing(Source::Delta));
    assert_eq!(
        why(&OPENSPEC
            .replace("### Requirement:", "### ")
            .replace("`src/door.py` opens", "It opens")),
        Unlisted::Bare(Source::Delta)
    );
    let listed = format!("{OPENSPEC}//- /openspec/changes/add-lockers/tasks.md\n- [ ] 1.1 Open\n");
    assert_eq!(why(&listed), Unlisted::Shapeless);
    let listed = listed.replace(
        "- [ ] 1.1 Open",
        "## 1. Door opens\n\n- [ ] 1.1 Open the door, rest at night",
    );
    assert_eq!(why(&listed), Unlisted::Complete);
    let archived = OPENSPEC.replace(
        "changes/add-lockers",
        "changes/archive/2026-01-02-add-lockers",
    );
    assert_eq!(why(&archived), Unlisted::Archived);

    let spec = "//- /specs/001-doors/spec.md\n# Feature Specification: Doors\n";
    assert_eq!(why(spec), Unlisted::Bare(Source::Spec));
    let story = format!("{spec}\n### User Story 1 - Open (Priority: P1)\n\nIt opens.\n");
    assert_eq!(why(&story), Unlisted::Missing(Source::Plan));
    let plan = format!(
        "{story}//- /specs/001-doors/plan.md\n# Plan\n//- /specs/001-doors/tasks.md\n# Tasks\n\n"
    );
    assert_eq!(
        why(&format!("{plan}- [ ] T001 Open\n")),
        Unlisted::Shapeless
    );
    let phases = "## Phase 1: User Story 1 - Open\n\n- [ ] T001 [US1] Open\n";
    assert_eq!(why(&format!("{plan}{phases}")), Unlisted::Complete);
    let capability = "//- /openspec/specs/doors/spec.md\n# doors\n\n## Requirements\n\n### Requirement: Open\nIt SHALL open.\n";
    assert_eq!(why(capability), Unlisted::Capability);
}
