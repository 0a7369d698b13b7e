//! What a renamed id looks like where it stands.

use fixture::Fixture;
use generate::Why;

use super::{applied, rename};

const SPEC: &str = "\
//- /.specify/memory/constitution.md
# C
//- /specs/001-a/spec.md
# Feature Specification: A

### User Story 1 - One (Priority: P1)

**Acceptance Scenarios**:

1. **Given** x, **When** y, **Then** z.

### User Story 2 - Two (Priority: P2)

### User Story 3 - Three (Priority: P2)

### User Story 4 - Four (Priority: P3)

## Requirements

- **FR-001**: a
- **FR-002**: b
- **FR-003**: c
- **FR-004**: d
- **FR-005**: e
- **FR-006f**: f
";

const TASKS: &str = "\
//- /specs/001-a/tasks.md
## Phase 1: User Story 1 - One

- [ ] T001 [US1] One
- [ ] T002 [US1] Two
- [ ] T003 [US2] Three
- [ ] T004 [US2] Four
- [ ] T005 [US3] Five
- [ ] T006 [US4] Six
- [ ] T007 [US4] Seven

## Notes

";

/// A line of the notes after a rename.
fn line(written: &str, old: &str, new: &str) -> String {
    let fixture = Fixture::parse(&format!("{SPEC}{TASKS}{written}\n"));
    let renaming = rename(&fixture, old, new)
        .unwrap_or_else(|refusal| panic!("{written:?} {old}->{new}: {refusal:?}"));
    let tasks = fixture.file("specs/001-a/tasks.md");
    let after = applied(&fixture.files, &renaming);
    let text = &after[tasks.0 as usize].1;
    text.lines().last().unwrap().to_owned()
}

#[test]
fn single_ids_in_every_shape() {
    for (written, old, new, expected) in [
        ("See FR-001.", "FR-001", "FR-050", "See FR-050."),
        ("See **FR-001**.", "FR-001", "FR-50", "See **FR-50**."),
        ("`FR-001`は", "FR-001", "FR-050", "`FR-050`は"),
        ("ＦＲ－００１は", "FR-001", "FR-050", "ＦＲ－０５０は"),
        ("FR–001 🎉 FR-001", "FR-001", "FR-050", "FR–050 🎉 FR-050"),
        ("FR-006f", "FR-006f", "FR-016", "FR-016"),
        (
            "[US1], US-1, User Story 1 and US1/AC1",
            "US1",
            "US9",
            "[US9], US-9, User Story 9 and US9/AC1",
        ),
        ("ユーザーストーリー１", "US1", "US9", "ユーザーストーリー９"),
        ("［US１］", "US1", "US12", "［US１２］"),
        (
            "spec 001 FR-001, 001/FR-001 and specs/001-a/spec.md FR-001",
            "FR-001",
            "FR-050",
            "spec 001 FR-050, 001/FR-050 and specs/001-a/spec.md FR-050",
        ),
        (
            "see spec.md#FR-001 (T004, T005)",
            "T004",
            "T104",
            "see spec.md#FR-001 (T104, T005)",
        ),
    ] {
        assert_eq!(
            line(written, old, new),
            expected,
            "{written} {old} -> {new}"
        );
    }
}

#[test]
fn lists() {
    for (written, old, new, expected) in [
        ("FR-001/002/003", "FR-001", "FR-050", "FR-050/002/003"),
        ("FR-001/002/003", "FR-002", "FR-050", "FR-001/050/003"),
        (
            "FR-001/002/003",
            "FR-002",
            "FR-0050",
            "FR-001/FR-0050/FR-003",
        ),
        (
            "FR-001/002/003",
            "FR-001",
            "NFR-007",
            "NFR-007/FR-002/FR-003",
        ),
        ("FR-001/002/003", "FR-003", "NFR-007", "FR-001/002/NFR-007"),
        (
            "FR-001, 002 and 003",
            "FR-002",
            "FR-020",
            "FR-001, 020 and 003",
        ),
        ("FR-001、002", "FR-002", "FR-020", "FR-001、020"),
        (
            "User Stories 1, 2 and 3",
            "US2",
            "US9",
            "User Stories 1, 9 and 3",
        ),
        ("[US1, US2]", "US2", "US9", "[US1, US9]"),
        ("US1/US2", "US1", "US9", "US9/US2"),
    ] {
        assert_eq!(
            line(written, old, new),
            expected,
            "{written} {old} -> {new}"
        );
    }
}

#[test]
fn ranges_stand_for_the_same_items() {
    for (written, old, new, expected) in [
        ("T004-T007", "T005", "T105", "T004, T105, T006-T007"),
        ("T004-T007", "T004", "T104", "T104, T005-T007"),
        ("T004-T007", "T007", "T107", "T004-T006, T107"),
        ("T004–T007", "T005", "T105", "T004, T105, T006–T007"),
        ("T006-T007", "T007", "T008", "T006, T008"),
        ("T004-007", "T005", "T105", "T004, T105, T006-007"),
        ("T001/T004-T007", "T005", "T105", "T001/T004/T105/T006-T007"),
        (
            "T001, T004-T007",
            "T005",
            "T105",
            "T001, T004, T105, T006-T007",
        ),
        (
            "FR-001〜FR-005",
            "FR-003",
            "FR-050",
            "FR-001〜FR-002、FR-050、FR-004〜FR-005",
        ),
        (
            "FR-００１〜FR-００５",
            "FR-005",
            "FR-050",
            "FR-００１〜FR-００４、FR-０５０",
        ),
        (
            "FR-001 to FR-005",
            "FR-003",
            "FR-050",
            "FR-001 to FR-002, FR-050, FR-004 to FR-005",
        ),
        (
            "**T004**-**T007**",
            "T005",
            "T105",
            "**T004**, **T105**, **T006**-**T007**",
        ),
        ("[US1-US4]", "US2", "US9", "[US1, US9, US3-US4]"),
        ("User Stories 1-3", "US2", "US9", "User Stories 1, 9, 3"),
        ("001/T004-T007", "T005", "T105", "001/T004, T105, T006-T007"),
        ("(T004-T007, T001)", "T001", "T100", "(T004-T007, T100)"),
    ] {
        assert_eq!(
            line(written, old, new),
            expected,
            "{written} {old} -> {new}"
        );
    }
}

#[test]
fn definitions_labels_and_headings_follow() {
    let fixture = Fixture::parse(&format!("{SPEC}{TASKS}"));
    let renaming = rename(&fixture, "US1", "US9").unwrap();
    let after = applied(&fixture.files, &renaming);
    let spec = &after[fixture.file("specs/001-a/spec.md").0 as usize].1;
    let tasks = &after[fixture.file("specs/001-a/tasks.md").0 as usize].1;
    assert!(
        spec.contains("### User Story 9 - One (Priority: P1)"),
        "{spec}"
    );
    assert!(tasks.contains("## Phase 1: User Story 9 - One"), "{tasks}");
    assert!(tasks.contains("T001 [US9] One"), "{tasks}");
    assert_eq!(renaming.edits.len(), 4);
    assert!(renaming.left.is_empty());
}

#[test]
fn code_follows_where_ids_are_read() {
    let fixture = Fixture::parse(&format!(
        "{SPEC}//- /tests/test_a.py
# Feature: 001-a
def test_fr_001_holds():
    \"\"\"FR-001/002: holds.\"\"\"
    assert True  # FR-001 to FR-003
name = 'FR-001'
"
    ));
    let renaming = rename(&fixture, "FR-001", "FR-050").unwrap();
    let after = applied(&fixture.files, &renaming);
    let code = &after[fixture.file("tests/test_a.py").0 as usize].1;
    assert_eq!(
        code,
        "# Feature: 001-a
def test_fr_050_holds():
    \"\"\"FR-050/002: holds.\"\"\"
    assert True  # FR-050, FR-002 to FR-003
name = 'FR-001'
"
    );
}

#[test]
fn what_is_not_certain_stays_and_is_told() {
    let fixture = Fixture::parse(&format!(
        "{SPEC}
```text
FR-001
```
//- /specs/002-b/spec.md
## Requirements

- **FR-001**: another one, not 001/FR-001
//- /src/a.py
# FR-001
//- /specs/002-b/tasks.md
- [ ] T001 Write src/b.py
//- /src/b.py
# FR-001
"
    ));
    let renaming = rename(&fixture, "001-a#FR-001", "FR-050").unwrap();
    let left: Vec<(&str, Why)> = renaming
        .left
        .iter()
        .map(|left| (fixture.files[left.file.0 as usize].0.as_str(), left.why))
        .collect();
    assert_eq!(
        left,
        [
            ("specs/001-a/spec.md", Why::Code),
            ("src/a.py", Why::Ambiguous),
            // Until now a guess; now no other feature defines it.
            ("src/b.py", Why::Inferred)
        ]
    );
    let after = applied(&fixture.files, &renaming);
    let other = &after[fixture.file("specs/002-b/spec.md").0 as usize].1;
    assert!(
        other.contains("- **FR-001**: another one, not 001/FR-050"),
        "{other}"
    );
    let renaming = rename(&fixture, "002-b#FR-001", "FR-050").unwrap();
    assert!(
        renaming.left.iter().any(|left| left.why == Why::Inferred),
        "{:?}",
        renaming.left
    );
}

#[test]
fn a_listing_in_a_table_is_the_same_requirement() {
    let fixture = Fixture::parse(&format!(
        "{SPEC}
| Id | What |
|---|---|
| FR-001 | a |
"
    ));
    let graph = &fixture.graph;
    let all = graph.features()[0].defined("FR-001").to_vec();
    let renaming = generate::rename(graph, &all, "FR-050", &super::texts(&fixture.files)).unwrap();
    let after = applied(&fixture.files, &renaming);
    let spec = &after[fixture.file("specs/001-a/spec.md").0 as usize].1;
    assert!(
        spec.contains("| FR-050 | a |") && spec.contains("**FR-050**"),
        "{spec}"
    );
    assert!(!spec.contains("FR-001"));
}

#[test]
fn checklist_items_are_their_checklists_own() {
    let fixture = Fixture::parse(
        "\
//- /specs/001-a/spec.md
# Feature Specification: A
//- /specs/001-a/checklists/ux.md
- [ ] CHK001 One
- [ ] CHK002 Two, after CHK001
//- /specs/001-a/checklists/api.md
- [ ] CHK001 Other
",
    );
    let ux = fixture.file("specs/001-a/checklists/ux.md");
    let feature = &fixture.graph.features()[0];
    let first = trace::ItemRef {
        feature: feature.id,
        file: ux,
        item: 0,
    };
    let renaming = generate::rename(
        &fixture.graph,
        &[first],
        "CHK010",
        &super::texts(&fixture.files),
    )
    .unwrap();
    let after = applied(&fixture.files, &renaming);
    assert_eq!(
        after[ux.0 as usize].1,
        "- [ ] CHK010 One\n- [ ] CHK002 Two, after CHK010\n"
    );
    assert_eq!(after[ux.0 as usize + 1].1, "- [ ] CHK001 Other\n");
}

const QUOTING: &str = "\
//- /src/a.rs
//= specs/001-a/spec.md#requirements
//# b, with many words
fn quoted() {}
";

#[test]
fn a_quote_names_its_requirement_by_words_and_stays() {
    let spec = SPEC.replace("**FR-002**: b", "**FR-002**: b, with many words");
    let fixture = Fixture::parse(&format!("{spec}{QUOTING}"));
    let source = fixture.file("src/a.rs");
    let renaming = rename(&fixture, "FR-002", "FR-020").unwrap();
    let after = applied(&fixture.files, &renaming);
    assert_eq!(after[source.0 as usize], fixture.files[source.0 as usize]);
    let spec = fixture.file("specs/001-a/spec.md");
    assert!(
        after[spec.0 as usize]
            .1
            .contains("**FR-020**: b, with many words")
    );
    assert_eq!(renaming.left, []);
}

#[test]
fn an_id_within_a_quote_is_written_anew_there_too() {
    let quoting = QUOTING.replace("b, with many words", "FR-002: b");
    let fixture = Fixture::parse(&format!("{SPEC}{quoting}"));
    let source = fixture.file("src/a.rs");
    let renaming = rename(&fixture, "FR-002", "FR-020").unwrap();
    let text = &applied(&fixture.files, &renaming)[source.0 as usize].1;
    assert!(text.contains("\n//# FR-020: b\n"), "{text}");
}
