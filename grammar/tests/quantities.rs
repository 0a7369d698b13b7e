//! Quantities of prose and of settings, and whether two are the same.
#![expect(clippy::expect_used, reason = "a test may panic")]

use grammar::{Number, Quantity, Sameness, Unit, quantities, quantity_at_end};
use proptest::prelude::*;

/// The quantity a text ends with: as written, and its unit.
fn end(text: &str) -> Option<(&str, String, Option<Unit>)> {
    let found = quantity_at_end(text)?;
    let (number, unit) = (found.quantity.number.to_string(), found.quantity.unit);
    Some((&text[found.range], number, unit))
}

#[test]
fn a_text_ends_with_a_quantity() {
    for (text, written, number, unit) in [
        ("give up after 30 s", "30 s", "30", Some(Unit::Second)),
        ("within 200ms", "200ms", "200", Some(Unit::Millisecond)),
        ("a 30-second timeout", "30-second", "30", Some(Unit::Second)),
        (
            "at most 1,000 ms",
            "1,000 ms",
            "1000",
            Some(Unit::Millisecond),
        ),
        ("at most 10 MiB", "10 MiB", "10", Some(Unit::Mebibyte)),
        ("under 0.5 %", "0.5 %", "0.5", Some(Unit::Percent)),
        ("5% of requests", "5%", "5", Some(Unit::Percent)),
        ("3 failed attempts", "3", "3", None),
        ("at most 5", "5", "5", None),
        ("keep 90 days", "90 days", "90", Some(Unit::Day)),
        ("30秒以内", "30秒", "30", Some(Unit::Second)),
        ("最大 5 回", "5", "5", None),
        ("no more than 30 kg", "30 kg", "30", Some(Unit::Other)),
        ("1_000 entries", "1_000", "1000", None),
        ("12 hours", "12 hours", "12", Some(Unit::Hour)),
    ] {
        assert_eq!(
            end(text),
            Some((written, number.to_owned(), unit)),
            "{text}"
        );
    }
}

#[test]
fn names_ranges_money_and_sums_are_no_quantities() {
    for text in [
        "FR-005",
        "v2",
        "5-10 s",
        "5 to 10 s",
        "$30",
        "1 h 30 min",
        "1.2.3",
        "1.000 requests",
        "007",
        "2026-11-22",
        "1/2",
        "10:30",
        "see section 3.1.4",
        "3 (three) attempts",
        "1,5 s",
        "no number",
        "30 s, and then a while",
        "30 of the words that follow it",
    ] {
        assert_eq!(end(text), None, "{text}");
    }
}

#[test]
fn all_quantities_of_a_sentence() {
    let text = "Wait 30 s, try 3 times, then fail FR-001 with 200ms.";
    let found: Vec<&str> = quantities(text)
        .into_iter()
        .map(|each| &text[each.range])
        .collect();
    assert_eq!(found, ["30 s", "3", "200ms"]);
}

fn setting(text: &str) -> Option<(String, Option<Unit>)> {
    let found = Quantity::of_setting(text)?;
    Some((found.number.to_string(), found.unit))
}

#[test]
fn settings_are_read_as_programs_read_them() {
    assert_eq!(setting("30s"), Some(("30".into(), Some(Unit::Second))));
    assert_eq!(setting("5m"), Some(("5".into(), Some(Unit::Minute))));
    assert_eq!(setting("1h30m"), Some(("90".into(), Some(Unit::Minute))));
    assert_eq!(setting("PT30S"), Some(("30".into(), Some(Unit::Second))));
    assert_eq!(setting("10 MB"), Some(("10".into(), Some(Unit::Megabyte))));
    assert_eq!(setting("30_000"), Some(("30000".into(), None)));
    assert_eq!(setting("thirty"), None);
    assert_eq!(setting("10.0.0.1"), None);
}

#[test]
fn names_say_units() {
    for (name, unit) in [
        ("TIMEOUT_MS", Some(Unit::Millisecond)),
        ("timeoutSeconds", Some(Unit::Second)),
        ("max-age-days", Some(Unit::Day)),
        ("MAX_UPLOAD_BYTES", Some(Unit::Byte)),
        ("REQUESTS_PER_MINUTE", None),
        ("PASSWORD_LENGTH_MIN", None),
        ("TIMEOUT", None),
        ("SECONDS", None),
    ] {
        assert_eq!(Quantity::unit_of_name(name), unit, "{name}");
    }
}

fn quantity(number: &str, unit: Option<Unit>) -> Quantity {
    Quantity {
        number: Number::decimal(number).expect("a number"),
        unit,
    }
}

#[test]
fn the_same_in_other_units() {
    use Unit::{Byte, Megabyte, Millisecond, Minute, Other, Percent, Second};
    let compare = |one: (&str, Option<Unit>), other: (&str, Option<Unit>)| {
        Quantity::compare(quantity(one.0, one.1), quantity(other.0, other.1))
    };
    let s = |number| (number, Some(Second));
    assert_eq!(
        compare(s("30"), ("30000", Some(Millisecond))),
        Sameness::Same
    );
    assert_eq!(compare(s("90"), ("1.5", Some(Minute))), Sameness::Same);
    assert_eq!(compare(s("30"), s("60")), Sameness::Other);
    // Nobody says which unit: the bare numbers agree, or it may be milliseconds, or it is no time that is 30 s.
    assert_eq!(compare(s("30"), ("30", None)), Sameness::Same);
    assert_eq!(compare(s("30"), ("30000", None)), Sameness::Unknown);
    assert_eq!(compare(s("30"), ("60", None)), Sameness::Other);
    let mb = ("10", Some(Megabyte));
    assert_eq!(compare(mb, ("10485760", Some(Byte))), Sameness::Same);
    assert_eq!(compare(mb, ("10000000", None)), Sameness::Unknown);
    assert_eq!(compare(mb, ("20971520", Some(Byte))), Sameness::Other);
    let percent = ("5", Some(Percent));
    assert_eq!(compare(percent, ("0.05", None)), Sameness::Same);
    assert_eq!(compare(percent, ("0.1", None)), Sameness::Other);
    assert_eq!(compare(("5", None), ("3", None)), Sameness::Other);
    assert_eq!(compare(("3", Some(Other)), ("90", None)), Sameness::Unknown);
    assert_eq!(compare(s("30"), ("30", Some(Byte))), Sameness::Unknown);
}

proptest! {
    #[test]
    fn ranges_are_of_the_text(text in "\\PC{0,60}", number in "[0-9,._]{1,9}", unit in "( |-)?(s|ms|MB|%|秒|attempts|h)?") {
        let text = format!("{text}{number}{unit}");
        for found in quantities(&text).into_iter().chain(quantity_at_end(&text)) {
            prop_assert!(text.get(found.range.clone()).is_some());
            prop_assert!(text[found.number.clone()].starts_with(|c: char| c.is_ascii_digit()));
            if let Some(unit) = found.unit {
                prop_assert!(found.range.start == found.number.start && found.range.end == unit.end);
                prop_assert!(!text[unit].trim().is_empty());
            }
        }
    }

    #[test]
    fn a_number_reads_as_it_is_written(whole in 0_u64..1_000_000_000_000, part in 1_u32..99) {
        let text = format!("{whole}.{part:02}");
        let number = Number::decimal(&text).expect("a number");
        prop_assert_eq!(number.to_string(), text.trim_end_matches('0'));
    }
}
