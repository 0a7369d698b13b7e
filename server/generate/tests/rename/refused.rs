//! What is not renamed, and why.

use fixture::Fixture;
use generate::{Refusal, Unwritable};

use super::{item, rename};

const WORKSPACE: &str = "\
//- /.specify/memory/constitution.md
# C
//- /specs/001-a/spec.md
# Feature Specification: A

### User Story 1 - One (Priority: P1)

**Acceptance Scenarios**:

1. **Given** x, **When** y, **Then** z.

### User Story B - Lettered

## Requirements

- **FR-001**: a
- **FR-002**: b, unlike FR-009
- **SC-001**: c
- **FR-004**: d
- **FR-004**: d again
//- /specs/001-a/tasks.md
- [ ] T001 One (FR-001, FR-004)
- [ ] T002 Two
- [ ] T005 Five
- [ ] T010 Ten

T001-T005
//- /specs/002-b/spec.md
## Requirements

- **FR-001**: e
- **FR-030**: f
//- /specs/002-b/tasks.md
- [ ] T001 One
//- /src/a.py
# FR-030
# FR-001 of spec 001
";

fn refusal(address: &str, new: &str) -> Refusal {
    rename(&Fixture::parse(WORKSPACE), address, new).unwrap_err()
}

#[test]
fn ids_that_cannot_be() {
    for given in ["", "FR", "FR-", "FR 5", "FR-001 x", "x"] {
        assert_eq!(
            refusal("001-a#FR-001", given),
            Refusal::Malformed(given.into()),
            "{given:?}"
        );
    }
    for (old, given) in [
        ("FR-001", "SC-005"),
        ("FR-001", "T005"),
        ("SC-001", "FR-005"),
    ] {
        assert!(
            matches!(
                refusal(&format!("001-a#{old}"), given),
                Refusal::OtherKind { .. }
            ),
            "{given}"
        );
    }
    assert_eq!(
        refusal("001-a#FR-001", "FR-001"),
        Refusal::Same("FR-001".into())
    );
    assert_eq!(refusal("US1/AC1", "AC2"), Refusal::NoId);
    assert_eq!(refusal("USB", "US9"), Refusal::OddStory("USB".into()));
    assert_eq!(refusal("US1", "USB"), Refusal::Malformed("USB".into()));
}

#[test]
fn an_id_that_is_taken() {
    assert!(matches!(
        refusal("001-a#FR-001", "FR-002"),
        Refusal::Taken { .. }
    ));
}

#[test]
fn nothing_comes_to_mean_the_item_by_accident() {
    // `FR-009` means nothing today.
    assert!(matches!(
        refusal("001-a#FR-001", "FR-009"),
        Refusal::Captured(..)
    ));
    // `FR-030` in the source means the other feature's for certain.
    assert!(matches!(
        refusal("001-a#FR-001", "FR-030"),
        Refusal::Captured(..)
    ));
    // `T001-T005` runs over T003.
    assert!(matches!(
        refusal("001-a#T010", "T003"),
        Refusal::Captured(..)
    ));
}

#[test]
fn a_mention_of_two_is_not_renamed_but_either_definition_is() {
    let fixture = Fixture::parse(WORKSPACE);
    let both = fixture.graph.features()[0].defined("FR-004").to_vec();
    let texts = super::texts(&fixture.files);
    assert_eq!(
        generate::rename(&fixture.graph, &both, "FR-044", &texts),
        Err(Refusal::Twice("FR-004".into()))
    );
    let renaming = generate::rename(&fixture.graph, &both[1..], "FR-044", &texts).unwrap();
    assert_eq!(renaming.edits.len(), 1);
    assert_eq!(renaming.left.len(), 1);
}

#[test]
fn files_that_cannot_be_edited() {
    let fixture = Fixture::parse(WORKSPACE);
    let items = [item(&fixture.graph, "001-a#FR-001")];
    let source = fixture.file("src/a.py");
    for why in [
        Unwritable::NotUtf8,
        Unwritable::TooLarge,
        Unwritable::Missing,
    ] {
        let texts = |file| {
            if file == source {
                Err(why)
            } else {
                super::texts(&fixture.files)(file)
            }
        };
        assert_eq!(
            generate::rename(&fixture.graph, &items, "FR-050", &texts),
            Err(Refusal::File(source, why))
        );
    }
    let texts = |file: text::FileId| {
        let text = &fixture.files[file.0 as usize].1;
        Ok(if file == source {
            format!("\n{text}")
        } else {
            text.clone()
        }
        .into())
    };
    assert_eq!(
        generate::rename(&fixture.graph, &items, "FR-050", &texts),
        Err(Refusal::File(source, Unwritable::Changed))
    );
}

#[test]
fn a_name_cannot_hold_every_id() {
    let fixture = Fixture::parse(
        "\
//- /specs/001-a/spec.md
## Requirements

- **FR-001**: a
//- /specs/001-a/tasks.md
- [x] T001 Test it in `tests/test_a.py`
//- /tests/test_a.py
def test_fr001_holds():
    assert True
",
    );
    assert!(matches!(
        rename(&fixture, "FR-001", "FR-A1"),
        Err(Refusal::Unreadable(..))
    ));
    assert!(rename(&fixture, "FR-001", "FR-010a").is_ok());
}
