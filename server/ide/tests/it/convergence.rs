//! Where code and documents have parted: tasks in the lines of `converge`, written once.

use expect_test::expect;
use fixture::Fixture;
use ide::Analysis;
use rules::Locale;
use std::sync::Arc;
use text::{TextRange, TextSize};
use trace::{Change, Graph};

const PARTED: &str = "\
//- /specs/001-doors/spec.md
# Feature Specification: Doors

### User Story 1 - Open a door (Priority: P1)

Somebody types a code.

## Requirements

- **FR-001**: System MUST open the door within 30 s (`src/door.py#TIMEOUT`).
- **FR-002**: System MUST keep quiet.

//- /src/door.py
TIMEOUT = 60

//- /specs/001-doors/tasks.md
# Tasks: Doors

## Phase 1: User Story 1 - Open a door

- [x] T001 [US1] Open the door in `src/door.py`
- [x] T002 [US1] Keep quiet in `src/quiet_hours.py` (FR-002)
- [x] T003 [US1] Log it in `src/log_book.py`

## Notes

The end.
";

const LIST: &str = "specs/001-doors/tasks.md";

fn written(files: &str) -> Option<String> {
    let fixture = Fixture::parse(files);
    let file = fixture.file(LIST);
    let analysis = Analysis::new(Arc::new(fixture.graph.clone()));
    let generated = analysis.convergence(file)?;
    let document = fixture.graph.feature_of(file)?.document(file)?;
    let edits: Vec<_> = generated
        .edits
        .iter()
        .map(|(_, edit)| edit.clone())
        .collect();
    let new = text::apply(&document.doc.text, &edits).ok()?;
    let next = fixture
        .graph
        .apply(vec![Change::Document(file, fixture::document(LIST, &new))]);
    let codes = |graph: &Graph| {
        let analysis = Analysis::new(Arc::new(graph.clone()));
        let found = analysis.checked.in_file(graph, file);
        let mut codes: Vec<&str> = found.map(|it| it.code).collect();
        codes.sort_unstable();
        codes
    };
    assert_eq!(codes(&fixture.graph), codes(&next), "{new}");
    let gaps = documents::read(documents::DocumentKind::Tasks, &new).gaps;
    assert_eq!(gaps.len(), new.matches(" per ").count(), "{new}");
    let again = Analysis::new(Arc::new(next)).convergence(file);
    assert_eq!(again, None, "written once");
    Some(new)
}

#[test]
fn what_is_known_to_have_parted_is_a_phase_at_the_end() {
    let new = written(PARTED).unwrap();
    let old = PARTED.split_once("tasks.md\n").unwrap().1;
    let added = new.strip_prefix(old).unwrap();
    expect![[r#"

        ## Phase 2: Convergence

        - [ ] T004 Bring code and documents together: FR-001 says 30 s, but `TIMEOUT` in `door.py` is 60 per FR-001 (contradicts)
        - [ ] T005 Build what is missing: T002 is ticked, but `src/quiet_hours.py` never existed in git per FR-002 (missing)
        - [ ] T006 Build what is missing: T003 is ticked, but `src/log_book.py` never existed in git per US1 (missing)
    "#]].assert_eq(added);
}

#[test]
fn line_ends_stay_and_nothing_is_written_where_nothing_is_known() {
    let quiet = PARTED
        .replace("TIMEOUT = 60", "TIMEOUT = 30")
        .replace("- [x] T002", "- [ ] T002")
        .replace("- [x] T003", "- [ ] T003");
    assert_eq!(written(&quiet), None);
    // Its numbers are not known.
    assert_eq!(
        written(&PARTED.replace("## Phase 1: User Story 1 - Open a door\n", "")),
        None
    );
    let head = PARTED.split_once("# Tasks: Doors").unwrap().0;
    let list = PARTED.strip_prefix(head).unwrap().replace('\n', "\r\n");
    let new = written(&format!("{head}{list}")).unwrap();
    assert!(new.starts_with(&list), "{new:?}");
    assert!(!new.replace("\r\n", "").contains('\n'), "{new:?}");
}

#[test]
fn it_is_offered_at_the_title_of_the_list() {
    let fixture = Fixture::parse(PARTED);
    let file = fixture.file(LIST);
    let analysis = Analysis::new(Arc::new(fixture.graph.clone()));
    let offered = |at: u32| {
        let at = TextRange::empty(TextSize::new(at));
        let actions = analysis.code_actions(file, at, Locale::English);
        let mut titles = actions.into_iter().map(|it| it.title);
        titles.any(|it| it.starts_with("Write tasks for where code"))
    };
    assert!(offered(3));
    assert!(!offered(40));
}
