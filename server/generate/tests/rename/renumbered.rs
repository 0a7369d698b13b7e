//! Numbering in order: gaps, swaps, duplicates.

use fixture::Fixture;
use generate::Refusal;
use text::FileId;

use super::{applied, texts};

/// The texts of all files after the series of `stem` in the file at `path` is renumbered.
fn renumbered(fixture: &Fixture, path: &str, stem: &str) -> Result<Vec<String>, Refusal> {
    let all = generate::series_in(&fixture.graph, fixture.file(path));
    let series = all.into_iter().find(|it| it.stem == stem).unwrap();
    let file = series.file;
    let renaming = generate::renumber(&fixture.graph, &[series], &texts(&fixture.files))?;
    let after = applied(&fixture.files, &renaming);
    let again = generate::series_in(&trace::Graph::new(fixture::inputs(&after)), file);
    assert!(
        again.iter().any(|it| it.stem == stem && it.in_order),
        "{again:?}"
    );
    Ok(after.into_iter().map(|(_, text)| text).collect())
}

#[test]
fn gaps_close_and_ranges_with_them() {
    let fixture = Fixture::parse(
        "\
//- /specs/001-a/tasks.md
- [ ] T001 One
- [ ] T003 Two
- [x] T007 Three, after T001-T003
- [ ] T008a Four
- [ ] T008b Five, after T003–T007 and T001/T008b
//- /src/a.py
# Spec 001: T001 to T008a, T007
",
    );
    assert_eq!(
        renumbered(&fixture, "specs/001-a/tasks.md", "T").unwrap(),
        [
            "\
- [ ] T001 One
- [ ] T002 Two
- [x] T003 Three, after T001-T002
- [ ] T004a Four
- [ ] T004b Five, after T002–T003 and T001/T004b
",
            "# Spec 001: T001 to T008a, T003\n"
                .replace("T001 to T008a", "T001 to T004a")
                .as_str(),
        ]
    );
}

#[test]
fn places_are_changed_at_once() {
    let fixture = Fixture::parse(
        "\
//- /specs/001-a/spec.md
## Requirements

- **FR-002**: first, before FR-001 and FR-001-FR-003
- **FR-001**: second, after FR-002/003
- **FR-003**: third
",
    );
    assert_eq!(
        renumbered(&fixture, "specs/001-a/spec.md", "FR-").unwrap(),
        ["\
## Requirements

- **FR-001**: first, before FR-002 and FR-001-FR-003
- **FR-002**: second, after FR-001/003
- **FR-003**: third
"]
    );
}

#[test]
fn stories_take_their_labels_along() {
    let fixture = Fixture::parse(
        "\
//- /specs/001-a/spec.md
### User Story 2 - First (Priority: P1)

### User Story 4 - Second (Priority: P2)
//- /specs/001-a/tasks.md
## Phase 1: User Story 2 - First

- [ ] T001 [US2] One
- [ ] T002 [US2, US4] Two
",
    );
    assert_eq!(
        renumbered(&fixture, "specs/001-a/spec.md", "US").unwrap(),
        [
            "\
### User Story 1 - First (Priority: P1)

### User Story 2 - Second (Priority: P2)
",
            "\
## Phase 1: User Story 1 - First

- [ ] T001 [US1] One
- [ ] T002 [US1, US2] Two
"
        ]
    );
}

#[test]
fn a_second_definition_gets_a_number_where_nothing_names_it() {
    let workspace = |mention: &str| {
        Fixture::parse(&format!(
            "\
//- /specs/001-a/spec.md
## Requirements

- **FR-001**: a
- **FR-001**: b
- **FR-002**: c{mention}
"
        ))
    };
    let path = "specs/001-a/spec.md";
    assert_eq!(
        renumbered(&workspace(""), path, "FR-").unwrap(),
        ["## Requirements\n\n- **FR-001**: a\n- **FR-002**: b\n- **FR-003**: c\n"]
    );
    assert_eq!(
        renumbered(&workspace(", like FR-001"), path, "FR-"),
        Err(Refusal::Twice("FR-001".into()))
    );
}

#[test]
fn what_means_nothing_keeps_meaning_nothing() {
    let fixture = Fixture::parse(
        "\
//- /specs/001-a/tasks.md
- [ ] T001 One, after T002
- [ ] T003 Two
",
    );
    assert!(matches!(
        renumbered(&fixture, "specs/001-a/tasks.md", "T"),
        Err(Refusal::Captured(..))
    ));
}

#[test]
fn what_is_in_order_is_left_alone() {
    let fixture = Fixture::parse(
        "//- /specs/001-a/spec.md\n## Requirements\n\n- **FR-1**: a\n- **FR-2**: b\n- **FR-2.1**: c\n",
    );
    let all = generate::series_in(&fixture.graph, FileId(0));
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].in_order && all[0].len == 2);
    assert_eq!(
        generate::renumber(&fixture.graph, &all, &texts(&fixture.files)),
        Err(Refusal::InOrder)
    );
}
