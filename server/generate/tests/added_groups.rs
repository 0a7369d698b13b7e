//! What lists of Kiro and `OpenSpec` leave out: new groups behind the last one, nothing else.
#![expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` is written where it is used"
)]
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{Generated, lacks_others, tasks_for_all_uncovered, unlisted};
use proptest::prelude::*;
use rules::Checked;
use smol_str::SmolStr;
use trace::{Change, FeatureId, Graph};

const KIRO: &str = "\
//- /.kiro/specs/lockers/requirements.md
# Requirements Document

## Requirements

### Requirement 1: Deposit a parcel

#### Acceptance Criteria

1. WHEN a courier deposits a parcel, THE System SHALL choose a free compartment.
2. IF no compartment is free, THEN THE System SHALL refuse the parcel.

### Requirement 2: Open a door

#### Acceptance Criteria

1. WHEN the code is right, THE System SHALL open the door.
2. WHEN nobody types for a minute, THE System SHALL darken its screen.

### Requirement 3: Send receipts

#### Acceptance Criteria

1. WHEN an invoice is paid, THE Mailer SHALL post a receipt by letter.
2. IF the address is unknown, THEN THE Mailer SHALL keep the receipt.
//- /.kiro/specs/lockers/design.md
# Design Document

## Components and Interfaces

### Doors

- `src/door.py` opens the door when the code is right.

### Mailer

- `src/receipts.py` posts the receipt of a paid invoice by letter.

## Correctness Properties

### Property 1: A receipt is posted once

*For any* invoice, one receipt is posted.

**Validates: Requirements 3.1**
//- /.kiro/specs/lockers/tasks.md
";

const LIST: &str = "\
# Implementation Plan: Lockers

- [x] 1. Deposit a parcel
  - [x] 1.1 Choose a free compartment, refuse where none is free
    - _Requirements: 1.1, 1.2_

- [ ] 2. Open a door
  - [ ] 2.1 Open it by its code in `src/door.py`
    - _Requirements: 2.1_
  - [ ]* 2.2 Test the door
    - _Requirements: 2.1_

## Notes

Doors are heavy.
";

const OPENSPEC: &str = "\
//- /openspec/changes/add-lockers/proposal.md
## Why

Parcels get lost.

## What Changes

- Lockers take parcels

## Impact

- `src/receipts.py` posts the receipt of a paid invoice
//- /openspec/changes/add-lockers/specs/lockers/spec.md
## ADDED Requirements

### Requirement: Door opens
The system SHALL open the door when the code is right.

#### Scenario: Right code
- **WHEN** the code is right
- **THEN** the door opens

### Requirement: Night rest
The system SHALL keep silent between ten and six.

#### Scenario: At night
- **WHEN** it is eleven
- **THEN** nothing beeps

### Requirement: Invoice receipts
The system SHALL post a receipt once an invoice is paid.

#### Scenario: Paid invoice
- **WHEN** an invoice is paid
- **THEN** its receipt is posted

## REMOVED Requirements

### Requirement: Paper coupons
**Reason**: nobody uses them.
**Migration**: none.
//- /openspec/changes/add-lockers/tasks.md
";

const GROUPS: &str = "\
# Tasks

## 1. Doors

- [x] 1.1 Open the door by its code
- [ ] 1.2 Keep quiet at night

## 2. Verification

- [ ] 2.1 Print no coupon any more
";

fn feature(graph: &Graph) -> FeatureId {
    let lists = graph.features().iter();
    let mut with_list = lists.filter(|it| it.tasks_document().is_some());
    with_list.next().unwrap().id
}

fn list(graph: &Graph) -> String {
    let feature = graph.feature(feature(graph)).unwrap();
    feature.tasks_document().unwrap().doc.text.to_string()
}

/// Applies what was generated; holds that it only inserts, that the rules find nothing in it but its questions, and that a
/// second run writes nothing.
fn written(graph: &Graph, missed: &[SmolStr], generated: &Generated) -> String {
    let id = feature(graph);
    let document = graph.feature(id).unwrap().tasks_document().unwrap();
    let [(file, edit)] = generated.edits.as_slice() else {
        panic!("one edit: {generated:?}");
    };
    assert_eq!(*file, document.file);
    assert!(edit.range.is_empty(), "nothing is replaced");
    let old = &document.doc.text;
    let new = text::apply(old, std::slice::from_ref(edit)).unwrap();
    let at = usize::from(edit.range.start());
    assert_eq!(&new[..at], &old[..at]);
    assert_eq!(&new[at + edit.insert.len()..], &old[at..]);
    if document.facts().style.crlf {
        assert!(!edit.insert.replace("\r\n", "").contains(['\n', '\r']));
    } else {
        assert!(!edit.insert.contains('\r'));
    }
    let path = &document.path;
    let change = Change::Document(document.file, fixture::document(path, &new));
    let next = graph.apply(vec![change]);
    let inside = text::span(at, at + edit.insert.len());
    let checked = Checked::new(&next);
    let found = checked.in_file(&next, document.file);
    let found = found.filter(|it| it.range.intersect(inside).is_some_and(|it| !it.is_empty()));
    let codes: Vec<&str> = found.map(|it| it.code).collect();
    assert!(codes.is_empty(), "{codes:?}\n{new}");
    assert_eq!(
        tasks_for_all_uncovered(&next, id, missed),
        None,
        "twice changes nothing:\n{new}"
    );
    assert!(!lacks_others(&next, id, missed));
    new
}

#[track_caller]
fn check(files: &str, missed: &[&str], expected: Expect) {
    let graph = Fixture::parse(files).graph;
    let missed: Vec<SmolStr> = missed.iter().map(|id| SmolStr::new(*id)).collect();
    let id = feature(&graph);
    let generated = tasks_for_all_uncovered(&graph, id, &missed);
    assert_eq!(generated.is_some(), lacks_others(&graph, id, &missed));
    let shown = match generated {
        None => format!("{:?}\n", unlisted(&graph, id)),
        Some(generated) => {
            let new = written(&graph, &missed, &generated);
            let at = usize::from(generated.edits[0].1.range.start());
            let line = new[..at].rfind('\n').map_or(0, |at| at + 1);
            let rest = new.len() - list(&graph).len();
            format!("{}\n", &new[line..at + rest])
        }
    };
    expected.assert_eq(&shown);
}

#[test]
fn a_requirement_that_no_task_cites_is_a_group() {
    check(
        &format!("{KIRO}{LIST}"),
        &[],
        expect![[r#"
            - _Requirements: 2.1_

        - [ ] 3. Send receipts
          - [ ] 3.1 Implement "Send receipts" in `src/receipts.py`
            - _Requirements: 3.1, 3.2_
          - [ ]* 3.2 Test "A receipt is posted once"
            - **Property 1: A receipt is posted once**
            - **Validates: Requirements 3.1**
    "#]],
    );
}

#[test]
fn criteria_that_are_missed_are_a_group() {
    check(
        &format!("{KIRO}{LIST}"),
        &["2.2"],
        expect![[r#"
            - _Requirements: 2.1_

        - [ ] 3. Open a door
          - [ ] 3.1 Implement "Open a door" in `src/door.py`
            - _Requirements: 2.2_

        - [ ] 4. Send receipts
          - [ ] 4.1 Implement "Send receipts" in `src/receipts.py`
            - _Requirements: 3.1, 3.2_
          - [ ]* 4.2 Test "A receipt is posted once"
            - **Property 1: A receipt is posted once**
            - **Validates: Requirements 3.1**
    "#]],
    );
}

#[test]
fn a_flat_list_in_other_words_is_followed() {
    let flat = "# 実装計画\n\n- [x] 1. 預ける\n- [x] 1.1 預ける (P)\n  - _要件:_ 1.1, 1.2\n  - _Boundary:_ Doors\n- [ ] 2. 開ける\n- [ ] 2.1 開ける\n  - _要件:_ 2.1\n";
    check(
        &format!("{KIRO}{flat}"),
        &[],
        expect![[r#"
          - _要件:_ 2.1
        - [ ] 3. Send receipts
        - [ ] 3.1 `src/receipts.py` に「Send receipts」を実装する (P)
          - _要件:_ 3.1, 3.2
          - _Boundary:_ Mailer
        - [ ]* 3.2 「A receipt is posted once」を試す
          - **Property 1: A receipt is posted once**
          - **Validates: Requirements 3.1**
    "#]],
    );
}

#[test]
fn a_list_of_one_level_stays_so() {
    let plain = "# Plan\n\n- [x] 1 (P) Deposit\n  - _Requirements: 1.1, 1.2_\n- [ ] 2 Open\n  - _Requirements: 2.1_";
    check(
        &format!("{KIRO}{plain}"),
        &[],
        expect![[r#"
          - _Requirements: 2.1_
        - [ ] 3 (P) Implement "Send receipts" in `src/receipts.py`
          - _Requirements: 3.1, 3.2_
        - [ ]* 4 Test "A receipt is posted once"
          - **Property 1: A receipt is posted once**
          - **Validates: Requirements 3.1**
    "#]],
    );
}

#[test]
fn numbers_that_are_planned_are_not_given_again() {
    let waves = format!(
        "{LIST}\n```json\n{{ \"waves\": [ {{ \"id\": 0, \"tasks\": [\"1.1\", \"2.1\", \"4.1\"] }} ] }}\n```\n"
    );
    check(
        &format!("{KIRO}{waves}"),
        &[],
        expect![[r#"
                - _Requirements: 2.1_

            - [ ] 5. Send receipts
              - [ ] 5.1 Implement "Send receipts" in `src/receipts.py`
                - _Requirements: 3.1, 3.2_
              - [ ]* 5.2 Test "A receipt is posted once"
                - **Property 1: A receipt is posted once**
                - **Validates: Requirements 3.1**
        "#]],
    );
}

#[test]
fn nothing_is_added_where_a_list_keeps_no_count() {
    let nothing = |list: &str| check(&format!("{KIRO}{list}"), &[], expect![["Complete\n"]]);
    // No requirement is cited, or one of three.
    nothing("# Plan\n\n- [ ] 1. Deposit\n- [ ] 2. Open\n");
    nothing("# Plan\n\n- [ ] 1. Deposit\n  - _Requirements: 1.1_\n");
    // All are cited, one as a whole.
    nothing("# Plan\n\n- [ ] 1. Deposit\n  - _Requirements: 1.1, 2.1, 3_\n");
    // A task says what the requirement asks for.
    let told = "- [ ] 3. The mailer posts a receipt by letter when an invoice is paid, keeps the receipt of an unknown address\n";
    nothing(&format!(
        "{}{told}",
        LIST.split("\n## Notes").next().unwrap()
    ));
    check(
        &format!(
            "{KIRO}# Plan\n\n## Task 1: Deposit\n\n- [ ] 1.1 Deposit\n  - _Requirements: 1.1, 2.1_\n"
        ),
        &[],
        expect![["Shapeless\n"]],
    );
    let put_away = KIRO.replace(
        "### Requirement 3: Send receipts",
        "### Requirement 3: ~~Send receipts~~",
    );
    check(&format!("{put_away}{LIST}"), &[], expect![["Complete\n"]]);
}

#[test]
fn requirements_of_a_delta_that_no_task_names_are_a_group() {
    check(
        &format!("{OPENSPEC}{GROUPS}"),
        &[],
        expect![[r#"
            - [ ] 2.1 Print no coupon any more

            ## 3. lockers

            - [ ] 3.1 Implement "Invoice receipts" in `src/receipts.py`
            - [ ] 3.2 Test "Paid invoice"
        "#]],
    );
}

#[test]
fn what_is_to_go_is_deleted() {
    let kept = GROUPS.replace("Print no coupon any more", "Post receipts for invoices");
    check(
        &format!("{OPENSPEC}{kept}"),
        &[],
        expect![[r#"
            - [ ] 2.1 Post receipts for invoices

            ## 3. lockers

            - [ ] 3.1 Delete "Paper coupons"
        "#]],
    );
}

#[test]
fn a_list_that_speaks_otherwise_gets_nothing() {
    let other = "## 1. Work\n\n- [ ] 1.1 Do the first half\n- [ ] 1.2 Do the second half\n";
    check(&format!("{OPENSPEC}{other}"), &[], expect![["Complete\n"]]);
    let bare =
        "- [ ] Open the door by its code\n- [ ] Keep quiet at night\n- [ ] Print no coupon\n";
    check(&format!("{OPENSPEC}{bare}"), &[], expect![["Shapeless\n"]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Lines of a list in any order: what is written is an insertion, reads back, and is written once.
    #[test]
    fn any_order_of_lines(order in proptest::collection::vec(0usize..20, 0..24), crlf: bool, kiro: bool, mark: bool) {
        const LINES: [&str; 20] = [
            "# Implementation Plan",
            "- [x] 1. Deposit 📦",
            "  - [ ] 1.1 Choose a compartment",
            "    - _Requirements: 1.1, 1.2_",
            "- [ ] 2. Open a door",
            "- [ ]* 2.1 扉を開ける",
            "  - _Requirements: 2.1_",
            "  - _要件:_ 2.1",
            "- [-] 07 (P) Close",
            "## 1. Doors",
            "## 12. Night",
            "- [ ] 1.1 Open the door by its code",
            "- [ ] 12.1 Keep quiet at night",
            "* [ ] 12.2 Print no coupon",
            "```",
            "",
            "<!-- note",
            "## Notes",
            "{ \"waves\": [ { \"tasks\": [\"9.1\"] } ] }",
            "  - _Boundary: Doors_",
        ];
        let lines: Vec<&str> = order.iter().map(|at| LINES[*at]).collect();
        let mut text = lines.join("\n") + "\n";
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        let (files, path) = if kiro {
            (KIRO, ".kiro/specs/lockers/tasks.md")
        } else {
            (OPENSPEC, "openspec/changes/add-lockers/tasks.md")
        };
        let fixture = Fixture::parse(&format!("{files}- [ ] 1. X\n"));
        let change = Change::Document(fixture.file(path), fixture::document(path, &text));
        let graph = fixture.graph.apply(vec![change]);
        let missed = [SmolStr::new("2.2"), SmolStr::new("3.1")];
        let generated = tasks_for_all_uncovered(&graph, feature(&graph), &missed);
        if let Some(generated) = generated {
            let _ = written(&graph, &missed, &generated);
        }
    }
}
