//! Files that are there get what they lack; every other byte stays.

use expect_test::expect;
use fixture::Fixture;

use super::{after, shown, story, text, written};

#[test]
fn the_file_that_tests_one_scenario_gets_the_other() {
    let files = "//- /src/door.ts
//- /package.json
{\"devDependencies\": {\"jest\": \"29\"}}
//- /src/door.test.ts
// Feature: 004-lockers
describe('door', () => {
  it('US1/AC1: opens', () => {
    expect(1).toBe(1);
  });
});
";
    expect![[r"
        == src/door.test.ts
        // Feature: 004-lockers
        describe('door', () => {
          it('US1/AC1: opens', () => {
            expect(1).toBe(1);
          });

          // specs/004-lockers#US1/AC2
          it.skip('US1/AC2: the door stays shut when the code is wrong', () => {
            // Given a locker
            // When the code is wrong
            // Then the door stays shut
            // not written yet
          });
        });
    "]]
    .assert_eq(&shown(&story("src/door.ts", files), None));
}

#[test]
fn a_class_of_junit_takes_it_before_its_end_without_an_import() {
    let files = "//- /pom.xml
<project/>
//- /src/main/java/com/shop/Door.java
//- /src/test/java/com/shop/DoorTest.java
package com.shop;

import org.junit.jupiter.api.Test;

// specs/004-lockers#US1
class DoorTest {
    @Test
    void theDoorStaysShutWhenTheCodeIsWrong() {
        org.junit.jupiter.api.Assertions.assertTrue(true);
    }
}
";
    expect![[r#"
        == src/test/java/com/shop/DoorTest.java
        package com.shop;

        import org.junit.jupiter.api.Test;

        // specs/004-lockers#US1
        class DoorTest {
            @Test
            void theDoorStaysShutWhenTheCodeIsWrong() {
                org.junit.jupiter.api.Assertions.assertTrue(true);
            }

            // specs/004-lockers#US1/AC1
            @Test
            @org.junit.jupiter.api.Disabled("not written yet")
            void doorOpensWhenRecipientTypesCode() {
                // Given a locker with a parcel
                // When the recipient types the code
                // Then the door opens
            }

            // specs/004-lockers#US1/AC2
            @Test
            @org.junit.jupiter.api.Disabled("not written yet")
            void doorStaysShutWhenCodeIsWrong() {
                // Given a locker
                // When the code is wrong
                // Then the door stays shut
            }
        }
    "#]]
    .assert_eq(&shown(
        &story("src/main/java/com/shop/Door.java", files),
        None,
    ));
}

#[test]
fn a_file_that_a_task_names_takes_it_at_its_end() {
    let files = "- [ ] T002 [US1] Test it in `tests/test_door.py`
//- /setup.cfg
//- /door.py
//- /tests/test_door.py
\"\"\"Doors.\"\"\"
from __future__ import annotations

import os


def test_door():
    assert os
";
    expect![[r#"
        == tests/test_door.py
        """Doors."""
        from __future__ import annotations

        import pytest
        import os


        def test_door():
            assert os


        # specs/004-lockers#US1/AC1
        def test_door_opens_when_recipient_types_code():
            # Given a locker with a parcel
            # When the recipient types the code
            # Then the door opens
            pytest.skip("not written yet")


        # specs/004-lockers#US1/AC2
        def test_door_stays_shut_when_code_is_wrong():
            # Given a locker
            # When the code is wrong
            # Then the door stays shut
            pytest.skip("not written yet")
    "#]]
    .assert_eq(&shown(&story("door.py", files), None));
}

#[test]
fn the_module_of_a_rust_file_takes_it_before_its_end() {
    let files = "- [ ] T002 [US1] Test it in `tests/door.rs`
//- /Cargo.toml
[package]
name = \"door\"
//- /src/lib.rs
//- /tests/door.rs
mod doors {
    #[test]
    fn a_door() {
        assert!(true);
    }
}
";
    expect![[r#"
        == tests/door.rs
        mod doors {
            #[test]
            fn a_door() {
                assert!(true);
            }

            // specs/004-lockers#US1/AC1
            #[test]
            #[ignore = "not written yet"]
            fn door_opens_when_recipient_types_code() {
                // Given a locker with a parcel
                // When the recipient types the code
                // Then the door opens
                todo!("not written yet");
            }

            // specs/004-lockers#US1/AC2
            #[test]
            #[ignore = "not written yet"]
            fn door_stays_shut_when_code_is_wrong() {
                // Given a locker
                // When the code is wrong
                // Then the door stays shut
                todo!("not written yet");
            }
        }
    "#]]
    .assert_eq(&shown(&story("src/lib.rs", files), None));
}

#[test]
fn line_breaks_are_those_of_the_file_and_nothing_else_changes() {
    let file = "\u{feff}package lockers\r\n\r\nimport \"testing\"\r\n\r\nfunc TestDoor(t *testing.T) { // 扉\r\n\tt.Fatal(1)\r\n}\r\n";
    let files = format!(
        "- [ ] T002 [US1] Test it in `door_test.go`\n//- /go.mod\nmodule x\n//- /door.go\npackage lockers\n//- /door_test.go\n{file}"
    );
    let fixture = Fixture::parse(&story("door.go", &files));
    let done = written(&fixture, None);
    assert_eq!(done.left, Vec::<String>::new());
    let (now, paths) = after(&fixture, &done);
    assert_eq!(paths, ["door_test.go"]);
    let text = text(&now, "door_test.go");
    let added = text.strip_prefix(file).unwrap();
    assert!(
        !added.replace("\r\n", "").contains(['\r', '\n']),
        "{added:?}"
    );
    assert!(added.contains("t.Skip("), "{added}");
}
