//! Whole files, one for each framework.

use expect_test::{Expect, expect};

use super::{shown, story};

fn check(code: &str, files: &str, expect: &Expect) {
    expect.assert_eq(&shown(&story(code, files), None));
}

#[test]
fn pytest() {
    check(
        "api/lockers/door.py",
        "//- /api/pyproject.toml
[dependency-groups]
dev = [\"pytest\"]
//- /api/lockers/door.py
def open(): pass
",
        &expect![[r#"
            == api/tests/test_open_door.py
            # Acceptance tests of specs/004-lockers.

            import pytest


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
        "#]],
    );
}

#[test]
fn methods_of_unittest_where_the_tests_around_are() {
    check(
        "api/door.py",
        "//- /api/setup.py
//- /api/door.py
//- /api/tests/test_shelf.py
import unittest


class ShelfTest(unittest.TestCase):
  def test_shelf_is_there(self):
    self.assertTrue(True)
",
        &expect![[r#"
            == api/tests/test_open_door.py
            # Acceptance tests of specs/004-lockers.

            import unittest


            class TestOpenDoor(unittest.TestCase):
              # specs/004-lockers#US1/AC1
              def test_door_opens_when_recipient_types_code(self):
                # Given a locker with a parcel
                # When the recipient types the code
                # Then the door opens
                self.skipTest("not written yet")

              # specs/004-lockers#US1/AC2
              def test_door_stays_shut_when_code_is_wrong(self):
                # Given a locker
                # When the code is wrong
                # Then the door stays shut
                self.skipTest("not written yet")
        "#]],
    );
}

#[test]
fn vitest_as_its_neighbours_quote() {
    check(
        "web/src/door.ts",
        "//- /web/package.json
{\"devDependencies\": {\"vitest\": \"2\"}}
//- /web/src/door.ts
//- /web/src/__tests__/shelf.test.ts
import { describe, expect, test } from 'vitest'

describe('shelf', () => {
    test('is there', () => {
        expect(1).toBe(1)
    })
})
",
        &expect![[r"
            == web/src/__tests__/open-door.test.ts
            // Acceptance tests of specs/004-lockers.
            import { describe, test } from 'vitest'

            describe('Open a door', () => {
                // specs/004-lockers#US1/AC1
                test.skip('the door opens when the recipient types the code', () => {
                    // Given a locker with a parcel
                    // When the recipient types the code
                    // Then the door opens
                    // not written yet
                })

                // specs/004-lockers#US1/AC2
                test.skip('the door stays shut when the code is wrong', () => {
                    // Given a locker
                    // When the code is wrong
                    // Then the door stays shut
                    // not written yet
                })
            })
        "]],
    );
}

#[test]
fn jest_with_its_words_imported() {
    check(
        "src/door.js",
        "//- /package.json
{\"devDependencies\": {\"jest\": \"29\"}}
//- /src/door.js
",
        &expect![[r#"
            == tests/open-door.test.js
            // Acceptance tests of specs/004-lockers.

            describe("Open a door", () => {
              // specs/004-lockers#US1/AC1
              it.skip("the door opens when the recipient types the code", () => {
                // Given a locker with a parcel
                // When the recipient types the code
                // Then the door opens
                // not written yet
              });

              // specs/004-lockers#US1/AC2
              it.skip("the door stays shut when the code is wrong", () => {
                // Given a locker
                // When the code is wrong
                // Then the door stays shut
                // not written yet
              });
            });
        "#]],
    );
}

#[test]
fn junit_5() {
    check(
        "svc/src/main/java/com/shop/lockers/Door.java",
        "//- /svc/build.gradle
testImplementation 'org.junit.jupiter:junit-jupiter:5.10.0'
//- /svc/src/main/java/com/shop/lockers/Door.java
package com.shop.lockers;
class Door {}
",
        &expect![[r#"
            == svc/src/test/java/com/shop/lockers/OpenDoorTest.java
            package com.shop.lockers;

            import org.junit.jupiter.api.Disabled;
            import org.junit.jupiter.api.DisplayName;
            import org.junit.jupiter.api.Test;

            // Acceptance tests of specs/004-lockers.
            class OpenDoorTest {

                // specs/004-lockers#US1/AC1
                @Test
                @Disabled("not written yet")
                @DisplayName("the door opens when the recipient types the code")
                void doorOpensWhenRecipientTypesCode() {
                    // Given a locker with a parcel
                    // When the recipient types the code
                    // Then the door opens
                }

                // specs/004-lockers#US1/AC2
                @Test
                @Disabled("not written yet")
                @DisplayName("the door stays shut when the code is wrong")
                void doorStaysShutWhenCodeIsWrong() {
                    // Given a locker
                    // When the code is wrong
                    // Then the door stays shut
                }
            }
        "#]],
    );
}

#[test]
fn junit_4_as_its_neighbours() {
    check(
        "src/main/java/com/shop/Door.java",
        "//- /pom.xml
<project/>
//- /src/main/java/com/shop/Door.java
//- /src/test/java/com/shop/ShelfTest.java
package com.shop;

import org.junit.Test;

public class ShelfTest {
  @Test
  public void isThere() {
    org.junit.Assert.assertTrue(true);
  }
}
",
        &expect![[r#"
            == src/test/java/com/shop/OpenDoorTest.java
            package com.shop;

            import org.junit.Ignore;
            import org.junit.Test;

            // Acceptance tests of specs/004-lockers.
            public class OpenDoorTest {

              // specs/004-lockers#US1/AC1
              @Test
              @Ignore("not written yet")
              public void doorOpensWhenRecipientTypesCode() {
                // Given a locker with a parcel
                // When the recipient types the code
                // Then the door opens
              }

              // specs/004-lockers#US1/AC2
              @Test
              @Ignore("not written yet")
              public void doorStaysShutWhenCodeIsWrong() {
                // Given a locker
                // When the code is wrong
                // Then the door stays shut
              }
            }
        "#]],
    );
}

#[test]
fn go_in_the_package_of_the_code() {
    check(
        "srv/lockers/door.go",
        "//- /srv/go.mod
module example.com/srv
//- /srv/lockers/door.go
package lockers
//- /srv/lockers/shelf_test.go
package lockers_test

import \"testing\"

func TestDoorOpensWhenRecipientTypesCode(t *testing.T) {
\tt.Fatal(1)
}
",
        &expect![[r#"
            == srv/lockers/open_door_test.go
            // Acceptance tests of specs/004-lockers.

            package lockers_test

            import "testing"

            // specs/004-lockers#US1/AC1
            func TestDoorOpensWhenRecipientTypesCode_2(t *testing.T) {
            	// Given a locker with a parcel
            	// When the recipient types the code
            	// Then the door opens
            	t.Skip("not written yet")
            }

            // specs/004-lockers#US1/AC2
            func TestDoorStaysShutWhenCodeIsWrong(t *testing.T) {
            	// Given a locker
            	// When the code is wrong
            	// Then the door stays shut
            	t.Skip("not written yet")
            }
        "#]],
    );
}

#[test]
fn cargo() {
    check(
        "lockers/src/lib.rs",
        "//- /Cargo.toml
[workspace]
members = [\"lockers\"]
//- /lockers/Cargo.toml
[package]
name = \"lockers\"
//- /lockers/src/lib.rs
pub fn open() {}
",
        &expect![[r#"
            == lockers/tests/open_door.rs
            //! Acceptance tests of specs/004-lockers.

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
        "#]],
    );
}
