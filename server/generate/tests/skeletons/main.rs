//! Tests to be filled in: where they go, what they look like, what they are linked to, what stays as it is.
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod added;
mod hostile;
mod places;
mod whole;

use std::fmt::Write as _;
use std::sync::Arc;

use fixture::Fixture;
use generate::{Skeletons, Unwritable, skeletons};
use text::FileId;
use trace::{Graph, ItemRef};

/// A project of Spec Kit whose story US1 works on a file.
pub(crate) fn story(code: &str, files: &str) -> String {
    format!(
        "//- /.specify/feature.json
{{}}
//- /specs/004-lockers/spec.md
# Feature Specification: Lockers

### User Story 1 - Open a door (Priority: P1)

A recipient types a code.

**Acceptance Scenarios**:

1. **Given** a locker with a parcel, **When** the recipient types the code, **Then** the door opens
2. **Given** a locker, **When** the code is wrong, **Then** the door stays shut
//- /specs/004-lockers/tasks.md
## Phase 1: User Story 1 - Open a door (Priority: P1)

- [ ] T001 [US1] Open it in `{code}`
{files}"
    )
}

/// Tests of the only feature, or of an item of it.
pub(crate) fn written(fixture: &Fixture, item: Option<&str>) -> Skeletons {
    let graph = &fixture.graph;
    let feature = graph.features().first().unwrap();
    let item: Option<ItemRef> = item.map(|item| {
        let found = graph.look_up(item, None);
        assert_eq!(found.len(), 1, "{item}");
        found[0]
    });
    let texts = |file: FileId| {
        let text = fixture.files.get(file.0 as usize);
        Ok(Arc::from(text.ok_or(Unwritable::Missing)?.1.as_str()))
    };
    skeletons(graph, feature.id, item, &texts)
}

/// The workspace with the tests in it, and the path of each file that was written.
pub(crate) fn after(fixture: &Fixture, done: &Skeletons) -> (Fixture, Vec<String>) {
    let mut files = fixture.files.clone();
    let mut paths = Vec::new();
    for file in &done.files {
        if let Some(there) = file.file {
            let text = &mut files[there.0 as usize].1;
            *text = text::apply(text, &file.edits).unwrap();
        } else {
            files.push((file.path.clone(), text::apply("", &file.edits).unwrap()));
        }
        paths.push(file.path.clone());
    }
    let mut all = String::new();
    for (path, text) in &files {
        write!(all, "//- /{path}\n{text}").unwrap();
    }
    (Fixture::parse(&all), paths)
}

/// A file of the workspace.
pub(crate) fn text<'a>(fixture: &'a Fixture, path: &str) -> &'a str {
    let found = fixture.files.iter().find(|(known, _)| known == path);
    &found.unwrap().1
}

/// What is written, file by file; generating again writes nothing, and every test is linked and counts for nothing yet.
pub(crate) fn shown(workspace: &str, item: Option<&str>) -> String {
    let fixture = Fixture::parse(workspace);
    let done = written(&fixture, item);
    let (now, paths) = after(&fixture, &done);
    for file in &done.files {
        for item in &file.items {
            assert_linked(&now.graph, *item, &file.path);
        }
    }
    if done.left.is_empty() {
        let again = written(&now, item);
        assert!(again.files.is_empty() && again.left.is_empty(), "{again:?}");
    }
    let mut out = String::new();
    for path in &paths {
        write!(out, "== {path}\n{}", text(&now, path)).unwrap();
    }
    for left in &done.left {
        writeln!(out, "left: {left}").unwrap();
    }
    out
}

/// An item has a test in a file, which is skipped.
fn assert_linked(graph: &Graph, item: ItemRef, path: &str) {
    let tests = graph.tests_of(item);
    let skipped = tests.iter().filter(|test| {
        let facts = &graph.source(test.file).unwrap().facts;
        graph.inputs().tree.path_str(test.file) == path && facts.tests[test.test as usize].skipped
    });
    assert_eq!(skipped.count(), 1, "{item:?} in {path}");
}
