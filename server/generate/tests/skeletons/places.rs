//! Where tests go, and where nobody knows.

use expect_test::expect;
use fixture::Fixture;

use super::{shown, story, written};

/// Paths, and what is left.
fn placed(workspace: &str) -> Vec<String> {
    let fixture = Fixture::parse(workspace);
    let done = written(&fixture, None);
    assert_eq!(offered(&fixture), !done.files.is_empty());
    let mut all: Vec<String> = done.files.into_iter().map(|file| file.path).collect();
    all.extend(done.left);
    all
}

/// Whether tests are offered for the story.
fn offered(fixture: &Fixture) -> bool {
    let story = fixture.graph.look_up("US1", None);
    let texts = |file: text::FileId| {
        let text = fixture.files.get(file.0 as usize);
        let text = text.ok_or(generate::Unwritable::Missing)?;
        Ok(std::sync::Arc::from(text.1.as_str()))
    };
    story
        .iter()
        .any(|story| generate::lacks_tests(&fixture.graph, *story, &texts))
}

#[test]
fn nothing_is_written_where_nobody_knows_what_tests() {
    let cases = ["lib/door.zig", "src/door.ts", "src/lib.rs", "Door.java"];
    for code in cases {
        let left = placed(&story(code, "//- /README.txt\nnothing\n"));
        assert_eq!(left.len(), 1, "{code}: {left:?}");
        assert!(
            left[0].starts_with("No task or plan of specs/004-lockers names a file"),
            "{left:?}"
        );
    }
    let mocha = "//- /package.json\n{\"devDependencies\": {\"mocha\": \"10\"}}\n//- /src/a.ts\n";
    assert_eq!(placed(&story("src/a.ts", mocha)).len(), 1);
    let listed = "//- /Cargo.toml\n[package]\nname = \"a\"\nautotests = false\n//- /src/lib.rs\n";
    assert_eq!(placed(&story("src/lib.rs", listed)).len(), 1);
}

#[test]
fn the_package_of_the_story_tells() {
    let files = "//- /api/pyproject.toml
pytest
//- /api/door.py
//- /web/package.json
{\"devDependencies\": {\"vitest\": \"2\"}}
//- /web/src/door.ts
//- /web/e2e/door.spec.ts
import { test } from '@playwright/test';
//- /web/src/shelf.spec.ts
it('is', () => { expect(1).toBe(1); });
";
    assert_eq!(
        placed(&story("api/door.py", files)),
        ["api/tests/test_open_door.py"]
    );
    assert_eq!(
        placed(&story("web/src/door.ts", files)),
        ["web/src/open-door.spec.ts"]
    );
}

#[test]
fn the_only_package_that_is_tested_tells_where_no_task_does() {
    let files = "//- /api/pyproject.toml\npytest\n";
    assert_eq!(
        placed(&story("docs/door.md", files)),
        ["api/tests/test_open_door.py"]
    );
    let two = format!("{files}//- /srv/go.mod\nmodule x\n");
    assert_eq!(placed(&story("docs/door.md", &two)).len(), 1);
}

#[test]
fn acceptance_tests_go_to_the_directory_for_them() {
    let test = "def test_a():\n    assert 1\n";
    let files = format!(
        "//- /pyproject.toml\npytest\n//- /src/door.py\n//- /tests/unit/test_a_b.py\n{test}//- /tests/unit/test_b.py\n{test}//- /tests/acceptance/test_c_d.py\n{test}"
    );
    assert_eq!(
        placed(&story("src/door.py", &files)),
        ["tests/acceptance/test_open_door.py"]
    );
}

#[test]
fn a_name_that_is_taken_is_not_used() {
    let files = "//- /go.mod\nmodule x\n//- /door.go\npackage x\n//- /open_door_test.go\npackage x\n\nimport \"testing\"\n";
    assert_eq!(placed(&story("door.go", files)), ["lockers_us1_test.go"]);
}

#[test]
fn kiro_and_open_spec_are_tested_by_requirement() {
    let files = "//- /pyproject.toml
pytest
//- /door.py
";
    let kiro = format!(
        "//- /.kiro/specs/lockers/requirements.md
# Requirements Document

## Requirements

### Requirement 1: Open a door

#### Acceptance Criteria

1. WHEN a code is typed THEN the system SHALL open the door
2. IF a code is wrong, THE Lock SHALL stay shut
//- /.kiro/specs/lockers/tasks.md
- [ ] 1. Open it in `door.py`
  - _Requirements: 1.1_
{files}"
    );
    expect![[r#"
        == tests/test_lockers.py
        # Acceptance tests of .kiro/specs/lockers.

        import pytest


        # .kiro/specs/lockers Requirements: 1.1
        def test_open_door_when_code_is_typed():
            # WHEN a code is typed
            # THEN the system SHALL open the door
            pytest.skip("not written yet")


        # .kiro/specs/lockers Requirements: 1.2
        def test_stay_shut_if_code_is_wrong():
            # IF a code is wrong
            # THE Lock SHALL stay shut
            pytest.skip("not written yet")
    "#]]
    .assert_eq(&shown(&kiro, None));
    let open_spec = format!(
        "//- /openspec/specs/lockers/spec.md
# lockers Specification

## Requirements

### Requirement: Doors open
The lock SHALL open the door.

#### Scenario: A wrong code
- **WHEN** a code is wrong
- **THEN** the door stays shut
- **AND** it blinks
{files}"
    );
    expect![[r#"
        == tests/test_lockers.py
        # Acceptance tests of openspec/specs/lockers.

        import pytest


        #= openspec/specs/lockers/spec.md#scenario-a-wrong-code
        #= type=test
        def test_wrong_code():
            # WHEN a code is wrong
            # THEN the door stays shut
            # AND it blinks
            pytest.skip("not written yet")
    "#]]
    .assert_eq(&shown(&open_spec, None));
}

#[test]
fn what_a_program_can_measure_is_tested_and_a_requirement_where_it_is_asked_for() {
    let files = "//- /specs/004-lockers/spec.md
### User Story 1 - Open a door (Priority: P1)

## Requirements

- **FR-001**: The system MUST open the door.

## Success Criteria

- **SC-001**: Doors open within 2 seconds
- **SC-002**: 90% of users are happy within 3 weeks
- **SC-003**: Nobody is locked out
//- /go.mod
module x
//- /door.go
package x
";
    let all = format!("//- /.specify/feature.json\n{{}}\n{files}");
    expect![[r#"
        == lockers_success_criteria_test.go
        // Acceptance tests of specs/004-lockers.

        package x

        import "testing"

        // specs/004-lockers#SC-001
        func TestDoorsOpenWithin2Seconds(t *testing.T) {
        	// Doors open within 2 seconds
        	t.Skip("not written yet")
        }
    "#]]
    .assert_eq(&shown(&all, None));
    expect![[r#"
        == lockers_test.go
        // Acceptance tests of specs/004-lockers.

        package x

        import "testing"

        // specs/004-lockers#FR-001
        func TestOpenDoor(t *testing.T) {
        	// The system MUST open the door.
        	t.Skip("not written yet")
        }
    "#]]
    .assert_eq(&shown(&all, Some("FR-001")));
}
