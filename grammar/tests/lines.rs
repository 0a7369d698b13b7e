//! Starts of lines and priorities.

use grammar::{ListMarker, TextSize, leading_id, line_start, priority};

const ZERO: TextSize = TextSize::new(0);

#[test]
fn checkboxes() {
    // line, state, what is between the brackets, brackets included, content
    for (line, state, inner, outer, content) in [
        ("- [x] T001 a", 'x', "x", "[x]", "T001 a"),
        ("- [ ] T001 a", ' ', " ", "[ ]", "T001 a"),
        ("* [X] a", 'X', "X", "[X]", "a"),
        ("+ [~] a", '~', "~", "[~]", "a"),
        ("  - [-] a", '-', "-", "[-]", "a"),
        ("1. [ ] a", ' ', " ", "[ ]", "a"),
        ("12) [x] a", 'x', "x", "[x]", "a"),
        ("- ［x］a", 'x', "x", "［x］", "a"),
        ("- ［　］ a", '\u{3000}', "\u{3000}", "［　］", "a"),
        ("- [ｘ] a", 'ｘ', "ｘ", "[ｘ]", "a"),
        ("> - [x] a", 'x', "x", "[x]", "a"),
        ("- [] a", ' ', "", "[]", "a"),
        ("- [ x] a", ' ', " x", "[ x]", "a"),
        ("- [ ]* 2.1 a", ' ', " ", "[ ]", "2.1 a"),
        ("- [x]", 'x', "x", "[x]", ""),
        ("- [x]\r", 'x', "x", "[x]", "\r"),
    ] {
        let start = line_start(line, ZERO);
        let checkbox = start.checkbox.unwrap_or_else(|| panic!("{line}"));
        assert_eq!(checkbox.state, state, "{line}");
        assert_eq!(&line[checkbox.state_range], inner, "{line}");
        assert_eq!(&line[checkbox.range], outer, "{line}");
        assert_eq!(&line[usize::from(start.content)..], content, "{line}");
        assert_eq!(checkbox.done(), matches!(state, 'x' | 'X' | 'ｘ'), "{line}");
    }
}

#[test]
fn what_is_no_checkbox() {
    for line in [
        "- [x](a.md)",
        "- [x]: a.md",
        "- [P] a",
        "- [1] a",
        "x [ ] a",
        "-[ ] a",
        "- [ab] a",
        "[ ] a",
        "- [^1] a",
    ] {
        assert_eq!(line_start(line, ZERO).checkbox, None, "{line}");
    }
}

#[test]
fn marks_and_content() {
    let start = line_start("### Title", ZERO);
    assert_eq!(
        start.heading.map(|(level, range)| (level, range.len())),
        Some((3, 3.into()))
    );
    assert_eq!(start.content, 4.into());

    let start = line_start("\t 12. x", TextSize::new(100));
    assert_eq!(start.indent, 5);
    let (marker, range) = start.marker.unwrap();
    assert_eq!(marker, ListMarker::Ordered(12));
    assert_eq!(
        (u32::from(range.start()), u32::from(range.end())),
        (102, 105)
    );

    assert_eq!(
        line_start("１． x", ZERO).marker.map(|(m, _)| m),
        Some(ListMarker::Ordered(1))
    );
    assert_eq!(
        line_start("- x", ZERO).marker.map(|(m, _)| m),
        Some(ListMarker::Bullet('-'))
    );
    for line in [
        "#Title",
        "####### x",
        "--- ",
        "1.5 x",
        "text",
        "",
        "99999999999999. x",
    ] {
        let start = line_start(line, ZERO);
        assert_eq!((start.heading, start.marker), (None, None), "{line}");
    }
}

#[test]
fn ids_that_lead_an_item() {
    for (text, want) in [
        ("**FR-001**: System MUST", Some(("FR-001", "FR-001", true))),
        ("FR1: Title", Some(("FR1", "FR1", true))),
        (" **T001 [P]** text", Some(("T001", "T001", true))),
        ("`T-001` x", Some(("T-001", "T-001", true))),
        ("~~T001~~ x", Some(("T001", "T001", true))),
        ("| FR-01 | text | P0 |", Some(("FR-01", "FR-01", true))),
        ("US-1: Title (P0)", Some(("US1", "US-1", true))),
        ("CN-001 x", Some(("CN-001", "CN-001", false))),
        ("R1: Decision", Some(("R1", "R1", false))),
        ("P1 first", None),
        ("The FR-001", None),
        ("", None),
    ] {
        let id = leading_id(text, ZERO);
        let got = id
            .as_ref()
            .map(|id| (id.key.as_str(), &text[id.range], id.standard));
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn priorities() {
    for (text, want) in [
        ("User Story 1 - T (Priority: P1)", Some((1, "P1"))),
        ("US-1: Title (P0)", Some((0, "P0"))),
        ("用户故事 1（P1）", Some((1, "P1"))),
        ("（优先级：P2）", Some((2, "P2"))),
        ("優先度: P1", Some((1, "P1"))),
        ("(Track A · Priority: P3)", Some((3, "P3"))),
        ("**Priority**: P2", Some((2, "P2"))),
        ("| FR-01 | text | P0 |", Some((0, "P0"))),
        ("（优先级：Ｐ２）", Some((2, "Ｐ２"))),
        ("P1 is a priority", None),
        ("(P10)", None),
        ("(MP3)", None),
    ] {
        let got = priority(text, ZERO);
        assert_eq!(
            got.as_ref().map(|p| (p.level, &text[p.range])),
            want,
            "{text}"
        );
    }
}
