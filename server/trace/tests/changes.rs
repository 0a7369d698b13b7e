//! What one change does to what is known: the same as a new start, and no more is asked again than it touches.

use documents::DocumentKind;
use fixture::Fixture;
use trace::{Change, Graph};

const SPEC: &str = "specs/001-a/spec.md";
const MAIN: &str = "openspec/specs/auth/spec.md";
const OTHER_DELTA: &str = "openspec/changes/two/specs/auth/spec.md";

const WORKSPACE: &str = "
//- /specs/001-a/spec.md
## Requirements
- **FR-001**: One.
- **FR-002**: Two.
//- /specs/001-a/tasks.md
## Phase 1: Work
- [ ] T001 Do it (FR-001)
- [ ] T002 Do more (FR-003)
//- /openspec/specs/auth/spec.md
## Requirements
### Requirement: Login
It SHALL work.
#### Scenario: s
- **WHEN** a
- **THEN** b
//- /openspec/changes/one/proposal.md
# One
//- /openspec/changes/one/specs/auth/spec.md
## MODIFIED Requirements
### Requirement: Login
It SHALL work well.
#### Scenario: s
- **WHEN** a
- **THEN** b
//- /openspec/changes/two/proposal.md
# Two
//- /openspec/changes/two/specs/auth/spec.md
## REMOVED Requirements
### Requirement: Login
";

/// The graph after a document says something else.
fn changed(path: &str, change: impl Fn(&str) -> String) -> (Graph, Graph) {
    let fixture = Fixture::parse(WORKSPACE);
    let file = fixture.file(path);
    let text = change(fixture.text(file));
    assert_ne!(text, fixture.text(file));
    let read = fixture::document(path, &text);
    let next = fixture.graph.apply(vec![Change::Document(file, read)]);
    (fixture.graph, next)
}

#[test]
fn a_change_of_what_is_defined_reaches_all_that_speak_of_it() {
    for (path, from, to) in [
        (
            SPEC,
            "- **FR-002**: Two.\n",
            "- **FR-002**: Two.\n- **FR-003**: Three.\n",
        ),
        (SPEC, "- **FR-002**: Two.\n", ""),
        (SPEC, "FR-002", "FR-003"),
        (SPEC, "Two", "Too"),
        (MAIN, "### Requirement: Login", "### Requirement: Enter"),
        (MAIN, "It SHALL work.", "It SHALL rest."),
        (
            OTHER_DELTA,
            "### Requirement: Login",
            "### Requirement: Enter",
        ),
    ] {
        let (_, next) = changed(path, |text| text.replace(from, to));
        let anew = Graph::new(next.inputs().clone());
        assert!(next == anew, "{path}: {from:?} -> {to:?}");
    }
}

#[test]
fn what_looks_at_other_documents_only_need_not_be_asked_again() {
    let same = |path: &str, from: &str, to: &str, kind: DocumentKind| {
        let (before, next) = changed(path, |text| text.replace(from, to));
        let of = |graph: &Graph| {
            let all = graph.features().iter();
            all.clone().position(|each| each.path == "specs/001-a")
        };
        let (Some(old), Some(new)) = (of(&before), of(&next)) else {
            panic!("the feature is gone");
        };
        next.features()[new].is_same_in(&before.features()[old], &[kind])
    };
    assert!(same(SPEC, "Two", "Too", DocumentKind::Tasks));
    assert!(!same(SPEC, "Two", "Too", DocumentKind::Spec));
    assert!(!same(SPEC, "FR-002", "FR-003", DocumentKind::Tasks));
}
