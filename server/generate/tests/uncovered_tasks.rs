//! What an existing list leaves out, and what counts as named.
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::expect;
use fixture::Fixture;
use generate::tasks_for_all_uncovered;
use rules::Checked;
use smol_str::SmolStr;
use trace::{Change, FeatureId, Graph};

fn feature(graph: &Graph) -> FeatureId {
    graph.features()[0].id
}

/// Requirements that the rules miss in a list.
fn missed(graph: &Graph, id: FeatureId) -> Vec<SmolStr> {
    let spec = graph.feature(id).unwrap().spec().unwrap();
    let checked = Checked::new(graph);
    let findings = checked.in_file(graph, spec.file);
    let findings = findings.filter(|it| it.code == "requirement-without-task");
    findings.map(|it| spec.slice(it.range).into()).collect()
}

const LIST_BESIDE: &str = "\
//- /specs/004-lockers/spec.md
# Feature Specification: Lockers

## User Scenarios & Testing

### User Story 1 - Deposit a parcel (Priority: P1)

A courier puts a parcel into a compartment.

## Requirements

- **FR-001**: System MUST choose a compartment.
- **FR-002**: System MUST open a door.
- **FR-003**: System MUST close a door.
- **FR-004**: System MUST check a code.
- **FR-005**: System MUST print a receipt.
- **FR-006**: System MUST weigh a parcel.
- **FR-007**: System MUST erase expired reservations nightly from the archive.

### Key Entities

- **Compartment**: one box of a locker.
- **Door**: what closes it.
- **Courier Badge**: who puts parcels in.
- **Invoice**: what is paid.

//- /specs/004-lockers/plan.md
# Implementation Plan: Lockers

## Project Structure

```text
lockers/
├── compartment.py
├── door.py
└── archive.py  # expired reservations, nightly
```

//- /specs/004-lockers/contracts/lockers.yaml
openapi: 3.0.0
info: {title: Lockers, version: '1'}
paths:
  /lockers/{id}/open: {post: {responses: {'200': {description: ok}}}}
  /lockers/{id}/close: {post: {responses: {'200': {description: ok}}}}
  /receipts: {get: {responses: {'200': {description: ok}}}}
  /statistics: {get: {responses: {'200': {description: ok}}}}

//- /specs/004-lockers/tasks.md
# Tasks: Lockers

## Phase 1: User Story 1 - Deposit a parcel (Priority: P1)

- [ ] T001 [US1] Choose a compartment in lockers/compartment.py (FR-001)
- [ ] T002 [US1] Open and close a door in lockers/door.py (FR-002, FR-003, FR-004)
- [ ] T003 [US1] Print receipts and weigh parcels, by badge (FR-005, FR-006)

## Phase 2: Polish

- [ ] T004 Read everything once more
";

#[test]
fn what_a_list_that_names_most_leaves_out() {
    let fixture = Fixture::parse(LIST_BESIDE);
    let graph = &fixture.graph;
    let id = feature(graph);
    let generated = tasks_for_all_uncovered(graph, id, &missed(graph, id)).unwrap();
    let document = graph.feature(id).unwrap().tasks_document().unwrap();
    let edits = generated.edits.into_iter().map(|(_, edit)| edit);
    let new = text::apply(&document.doc.text, &edits.collect::<Vec<_>>()).unwrap();
    let shown = &new[new.find("- [ ] T003").unwrap()..];
    let expected = expect![[r#"
        - [ ] T003 [US1] Print receipts and weigh parcels, by badge (FR-005, FR-006)

        ## Phase 3: Not yet covered

        - [ ] T005 Build Invoice [NEEDS CLARIFICATION: which file holds Invoice?]
        - [ ] T006 Build `GET /statistics` [NEEDS CLARIFICATION: which file holds `GET /statistics`?]
        - [ ] T007 Do what FR-007 asks for in lockers/archive.py

        ## Phase 2: Polish

        - [ ] T004 Read everything once more
    "#]];
    expected.assert_eq(shown);

    let list = fixture::document("specs/004-lockers/tasks.md", &new);
    let next = graph.apply(vec![Change::Document(document.file, list)]);
    let again = tasks_for_all_uncovered(&next, id, &missed(&next, id));
    assert_eq!(again, None, "twice changes nothing");
    let checked = Checked::new(&next);
    let codes: Vec<&str> = checked
        .in_file(&next, document.file)
        .map(|it| it.code)
        .collect();
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn what_is_named_otherwise_is_covered() {
    let nothing = |from: &str, to: &str| {
        assert!(LIST_BESIDE.contains(from), "{from}");
        let text = LIST_BESIDE.replace(from, to);
        let fixture = Fixture::parse(&text);
        let id = feature(&fixture.graph);
        let written = tasks_for_all_uncovered(&fixture.graph, id, &[]);
        written.map_or_else(String::new, |it| it.preview)
    };
    // The word of the entity, in another form.
    assert!(!nothing("Read everything", "Invoicing, read everything").contains("Invoice"));
    // The whole data model, the whole contract.
    assert!(!nothing("Read everything", "Read data-model.md").contains("Invoice"));
    assert!(!nothing("Read everything", "Serve contracts/lockers.yaml").contains("statistics"));
    // It is there, or stays.
    assert!(!nothing("what is paid", "the existing one").contains("Invoice"));
    let declared =
        "//- /lockers/invoice.py\nclass Invoice:\n    pass\n\n//- /specs/004-lockers/plan.md";
    assert!(!nothing("//- /specs/004-lockers/plan.md", declared).contains("Invoice"));
    // A list that names few of them speaks in other words.
    let others = "- **Ledger**: a book.\n- **Tariff**: a price.\n- **Invoice**: what is paid.";
    assert!(!nothing("- **Invoice**: what is paid.", others).contains("Invoice"));
    assert!(nothing("Read everything", "Look at everything").contains("Invoice"));
}
