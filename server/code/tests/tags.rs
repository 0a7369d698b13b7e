//! Tags of other tools in source files: which symbol or test they speak of, and what for.

use code::{Language, SourceFacts, read, read_path};
use grammar::Role;

/// `key role symbol test`, one per mention.
fn said(facts: &SourceFacts) -> Vec<String> {
    facts
        .mentions
        .iter()
        .map(|found| {
            format!(
                "{} {} {} {}",
                found.mention.key,
                found.role().map_or("-", Role::as_str),
                found
                    .symbol
                    .map_or("-", |at| facts.symbols[at as usize].name.as_str()),
                found
                    .test
                    .map_or("-", |at| facts.tests[at as usize].name.as_str()),
            )
        })
        .collect()
}

#[test]
fn comments() {
    let text = "\
// r[impl login.FR-001]
fn a() {}

/// Implements FR-002, FR-003 and FR-004. See FR-005.
fn b() {
    // [impl->req~login.FR-006~1]
    c();
}

#[test]
// r[verify FR-001]
fn holds() {}
";
    assert_eq!(
        said(&read(Language::Rust, text, &|| false)),
        [
            "FR-001 implements a -",
            "FR-002 implements b -",
            "FR-003 implements b -",
            "FR-004 implements b -",
            "FR-005 - b -",
            "FR-006 implements b -",
            "FR-001 verifies holds holds",
        ]
    );
}

#[test]
fn a_quote_in_python_is_one_tag() {
    let text = "#= specs/001-a/spec.md#requirements\n## It MUST work\ndef a():\n    pass\n";
    let facts = read(Language::Python, text, &|| false);
    assert_eq!(
        said(&facts),
        ["specs/001-a/spec.md#requirements implements a -"]
    );
    let tag = facts.mentions[0].tag.as_ref();
    assert_eq!(
        tag.and_then(|tag| tag.quote.as_deref()),
        Some("It MUST work")
    );
}

#[test]
fn annotations_belong_to_what_they_stand_on() {
    let text = "\
@Requirements(\"FR-001\", 'REQ_002')
@other
def a():
    pass

class TestA:
    @SVCs(\"FR-003 \")
    def test_b(self):
        x = \"@SVCs('FR-004')\"
";
    assert_eq!(
        said(&read(Language::Python, text, &|| false)),
        [
            "FR-001 implements a -",
            "REQ-002 implements a -",
            "FR-003 verifies test_b test_b",
        ]
    );
    let text = "/** @Requirements FR-001 */\nexport function a() {}\n";
    assert_eq!(
        said(&read(Language::TypeScript, text, &|| false)),
        ["FR-001 implements a -"]
    );
    let text = "#[req_satisfied(\"FR-001\")]\n#[inline]\nfn a() {}\n";
    assert_eq!(
        said(&read(Language::Rust, text, &|| false)),
        ["FR-001 implements a -"]
    );
}

#[test]
fn scenarios_are_tests() {
    let text = "@FR-001\nFeature: a\n  @FR-002\n  Scenario: b\n    Then c\n";
    let facts = read_path("features/a.feature", text, &|| false).unwrap_or_default();
    assert_eq!(said(&facts), ["FR-001 verifies - -", "FR-002 verifies - b"]);
}
