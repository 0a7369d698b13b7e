//! Tags of other tools, dialect by dialect.

use grammar::{Dialect, Tagged, TextSize, annotations, tags};
use proptest::prelude::*;

fn read(text: &str) -> Vec<Tagged> {
    let mut out = Vec::new();
    tags(text, TextSize::new(0), &mut out);
    out
}

/// `feature/key role +revision`, one per mention.
fn said(found: &[Tagged]) -> Vec<String> {
    found
        .iter()
        .map(|tagged| {
            let mention = &tagged.mention;
            let feature = mention.qualifier.as_ref();
            format!(
                "{}{} {}{}",
                feature
                    .map(|it| format!("{}|", it.feature))
                    .unwrap_or_default(),
                mention.key,
                tagged.tag.role.map_or("-", grammar::Role::as_str),
                tagged
                    .tag
                    .revision
                    .map(|it| format!(" +{it}"))
                    .unwrap_or_default(),
            )
        })
        .collect()
}

#[test]
fn every_dialect_is_read() {
    let cases: &[(&str, Dialect, &[&str])] = &[
        (
            "// r[impl auth.login]",
            Dialect::Tracey,
            &["auth.login implements +1"],
        ),
        (
            "// r[verify auth.login+2]",
            Dialect::Tracey,
            &["auth.login verifies +2"],
        ),
        (
            "# spec[depends FR-001]",
            Dialect::Tracey,
            &["FR-001 depends +1"],
        ),
        (
            "// r[impl area-00.FR-001]",
            Dialect::Tracey,
            &["area-00|FR-001 implements +1"],
        ),
        (
            "/* r[auth.login] */",
            Dialect::Tracey,
            &["auth.login implements"],
        ),
        (
            "// [impl->req~login~1]",
            Dialect::OpenFastTrace,
            &["req~login implements +1"],
        ),
        (
            "// [utest->req~FR-001~2]",
            Dialect::OpenFastTrace,
            &["FR-001 verifies +2"],
        ),
        (
            "# [ itest~a-b~1 -> dsn~login.FR-001~1, dsn~out~3 >> utest, stest ]",
            Dialect::OpenFastTrace,
            &["login|FR-001 verifies +1", "dsn~out verifies +3"],
        ),
        (
            "//= specs/001-login/spec.md#sign-in\n//= type=test\n//# It MUST work,\n//# always.",
            Dialect::Duvet,
            &["specs/001-login/spec.md#sign-in verifies"],
        ),
        (
            "#= specs/a.md#b\n## c",
            Dialect::Duvet,
            &["specs/a.md#b implements"],
        ),
        (
            "--= specs/a.md#b\n--= type=todo",
            Dialect::Duvet,
            &["specs/a.md#b related"],
        ),
        (
            "/** @Requirements REQ_001, REQ_002 */",
            Dialect::Annotation,
            &["REQ-001 implements", "REQ-002 implements"],
        ),
        (
            "// @SVCs(\"SVC_001\")",
            Dialect::Annotation,
            &["SVC-001 verifies"],
        ),
        (
            "# lobster-trace: login.FR-001, auth.out",
            Dialect::Lobster,
            &["login|FR-001 -", "auth.out -"],
        ),
        (
            "// @relation(REQ-001, scope=function, role=Verification)",
            Dialect::Lobster,
            &["REQ-001 verifies"],
        ),
    ];
    for (text, dialect, expected) in cases {
        let found = read(text);
        assert_eq!(said(&found), *expected, "{text}");
        assert!(
            found.iter().all(|tagged| tagged.tag.dialect == *dialect),
            "{text}"
        );
    }
}

#[test]
fn a_quote_of_several_lines_is_one_text() {
    let found = read("//= a/b.md#c\n//# It MUST work,\n//# always.\n// more\n//= a/b.md#d");
    assert_eq!(found[0].tag.quote.as_deref(), Some("It MUST work, always."));
    assert_eq!(found[1].tag.quote, None);
}

#[test]
fn code_and_prose_are_no_tags() {
    for text in [
        "// r[i] and r[n.m",
        "// `r[impl auth.login]` is how it looks",
        "// Arr[impl x] bar[0] a.r[impl x]",
        "// fn f() -> a~b",
        "// [a->b]",
        "// [impl->req~x]",
        "//============",
        "//= x",
        "//= https://example.org/spec#a",
        "// me@Requirements.org(\"REQ_1\")",
        "// @param spec the spec",
        "// @Requirements are many",
        "// @spec",
    ] {
        assert_eq!(said(&read(text)), [""; 0], "{text}");
    }
}

#[test]
fn annotations_of_code_carry_ids() {
    let read = |text: &str| {
        let mut out = Vec::new();
        annotations(text, TextSize::new(0), &mut out);
        said(&out)
    };
    assert_eq!(
        read("@Requirements({\"REQ_001\", \"ms-1:REQ_002\"})\nvoid f() {}"),
        ["REQ-001 implements", "ms-1|REQ-002 implements"]
    );
    assert_eq!(
        read("@pytest.mark.requirement('FR-001')\ndef test_a(): pass"),
        ["FR-001 -"]
    );
    assert_eq!(
        read("#[mantra_macros::req_verified(\"req-0001\")]"),
        ["req-0001 verifies"]
    );
    assert_eq!(read("@Tag(\"slow-2\") @Tag(\"FR-002\")"), ["FR-002 -"]);
    assert_eq!(read("@SVCs(f(\"a1\"))"), [""; 0]);
    assert_eq!(read("@Requirements(\"open1"), [""; 0]);
}

proptest! {
    #[test]
    fn ranges_hold_what_was_read(text in "([ -~\\n]|r\\[impl |->req~|//= |@Requirements\\(|lobster-trace:|FR-001|é|全|~1\\]|\"){0,40}") {
        let mut found = read(&text);
        annotations(&text, TextSize::new(0), &mut found);
        for tagged in &found {
            let mention = &tagged.mention;
            let at = |range: grammar::TextRange| text.get(usize::from(range.start())..usize::from(range.end()));
            let written = at(mention.range).unwrap();
            prop_assert!(!written.is_empty());
            prop_assert!(at(tagged.range).unwrap().contains(written));
            if let Some(qualifier) = &mention.qualifier {
                prop_assert_eq!(at(qualifier.range).unwrap(), qualifier.feature.as_str());
            }
        }
        let read = read(&text);
        prop_assert!(read.windows(2).all(|two| two[0].mention.range.end() <= two[1].mention.range.start()));
    }
}
