use super::*;
use crate::check::{Item, Range, Unknown};

const TEXT: &str = "\u{feff}# Aé\r\n- **FR-001** one\r\n- **FR-001** two\r\n";

fn finding(code: &str, text: &str, nth: usize, fingerprint: &str) -> Finding {
    let (byte, _) = TEXT.match_indices(text).nth(nth).unwrap();
    let point = |byte| {
        let (line, column) = point_at(TEXT, byte).unwrap();
        Point { line, column, byte }
    };
    Finding {
        code: code.to_owned(),
        severity: "error".to_owned(),
        message: format!("{text} is wrong."),
        path: "a.md".to_owned(),
        range: Range {
            start: point(byte),
            end: point(byte + text.len()),
        },
        item: Some(Item {
            address: "specs/1#FR-001~2".to_owned(),
        }),
        fingerprint: fingerprint.to_owned(),
        related: Vec::new(),
    }
}

fn report(findings: Vec<Finding>) -> Report {
    Report {
        findings,
        ..Report::default()
    }
}

fn expected() -> Expected {
    Expected {
        rule: Some("duplicate-id"),
        meant: vec![Meant {
            path: "a.md".to_owned(),
            lines: (3, 3),
            text: Some("FR-001".to_owned()),
            says: None,
        }],
        other_ends: vec![OtherEnd {
            codes: &["unknown-reference"],
            says: vec!["FR-001".to_owned()],
        }],
        ..Expected::default()
    }
}

fn judged(before: &Report, after: &Report, expected: &Expected) -> Judgement {
    judge(before, after, expected, |path| {
        (path == "a.md").then(|| TEXT.to_owned())
    })
}

#[test]
fn the_right_code_at_the_edit_is_found() {
    let after = report(vec![finding("duplicate-id", "FR-001", 1, "1")]);
    let judgement = judged(&report(Vec::new()), &after, &expected());
    assert_eq!(judgement.verdict, Verdict::Found);
    assert!(judgement.exact && judgement.elsewhere.is_empty() && judgement.crooked.is_empty());
}

#[test]
fn other_text_at_the_edit_is_found_but_not_exact() {
    let after = report(vec![finding("duplicate-id", "two", 0, "1")]);
    let judgement = judged(&report(Vec::new()), &after, &expected());
    assert_eq!(
        (judgement.verdict, judgement.exact),
        (Verdict::Found, false)
    );
}

#[test]
fn another_line_or_code_is_missed_and_elsewhere() {
    for stray in [
        finding("duplicate-id", "FR-001", 0, "1"),
        finding("task-format", "FR-001", 1, "1"),
    ] {
        let judgement = judged(&report(Vec::new()), &report(vec![stray]), &expected());
        assert_eq!(judgement.verdict, Verdict::Missed);
        assert_eq!(judgement.elsewhere.len(), 1);
    }
}

#[test]
fn a_related_place_at_the_edit_is_found() {
    let mut shared = finding("duplicate-id", "FR-001", 0, "1");
    let there = finding("duplicate-id", "FR-001", 1, "1");
    shared.related.push(crate::check::Related {
        path: there.path,
        range: there.range,
        message: "here too".to_owned(),
    });
    let judgement = judged(&report(Vec::new()), &report(vec![shared]), &expected());
    assert_eq!(judgement.verdict, Verdict::Found);
}

#[test]
fn findings_of_before_and_other_ends_do_not_count() {
    let old = finding("duplicate-id", "FR-001", 1, "1");
    let judgement = judged(
        &report(vec![old.clone()]),
        &report(vec![old.clone()]),
        &expected(),
    );
    assert_eq!(judgement.verdict, Verdict::Missed);
    assert!(judgement.elsewhere.is_empty() && judgement.gone.is_empty());
    let other = finding("unknown-reference", "FR-001", 0, "2");
    let judgement = judged(&report(vec![old]), &report(vec![other]), &expected());
    assert!(judgement.elsewhere.is_empty());
    assert_eq!(judgement.gone, ["duplicate-id"]);
}

#[test]
fn the_same_place_twice_is_elsewhere() {
    let twice = vec![
        finding("duplicate-id", "FR-001", 1, "1"),
        finding("duplicate-id", "FR-001", 1, "2"),
    ];
    let judgement = judged(&report(Vec::new()), &report(twice), &expected());
    assert_eq!(
        (judgement.verdict, judgement.elsewhere.len()),
        (Verdict::Found, 1)
    );
}

#[test]
fn a_growing_unknown_is_unknown() {
    let mut after = report(Vec::new());
    after.unknown.push(Unknown {
        code: "duplicate-id".to_owned(),
        count: 1,
        why: "told".to_owned(),
    });
    let judgement = judged(&report(Vec::new()), &after, &expected());
    assert_eq!(judgement.verdict, Verdict::Unknown);
}

#[test]
fn neutral_edits_are_quiet_or_loud() {
    let neutral = Expected::default();
    let before = report(Vec::new());
    assert_eq!(judged(&before, &before, &neutral).verdict, Verdict::Quiet);
    let after = report(vec![finding("duplicate-id", "FR-001", 1, "1")]);
    assert_eq!(judged(&before, &after, &neutral).verdict, Verdict::Loud);
}

#[test]
fn ranges_that_contradict_themselves_are_crooked() {
    let right = finding("duplicate-id", "Aé", 0, "1");
    assert_eq!((right.range.start.line, right.range.start.column), (1, 3));
    assert_eq!(disagreement(&right, TEXT), None);
    let mut wrong = right.clone();
    wrong.range.start.column += 1;
    assert!(disagreement(&wrong, TEXT).is_some());
    let mut wrong = right.clone();
    wrong.range.end.line += 1;
    assert!(disagreement(&wrong, TEXT).is_some());
    let mut wrong = right;
    wrong.range.end.byte -= 1;
    assert!(disagreement(&wrong, TEXT).is_some(), "within a character");
}
