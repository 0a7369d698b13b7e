//! Any bytes: no panic, ranges inside the text, an added suppression reads back as it was given.

use proptest::prelude::*;
use settings::{Address, Baseline, Date, Suppression, add_suppression, read};

const CODES: &[&str] = &["broken-path", "phantom-task"];

/// Pieces that meet the reader's branches more often than chance does.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "[[suppress]]\n",
        "[severity]\n",
        "scope",
        " = ",
        "\"all\"",
        "'",
        "\"",
        "\n",
        "\r\n",
        "address",
        "code",
        "reason",
        "until",
        "2027-01-31",
        "spec-roots",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "broken-path",
        "phantom-task = 'off'\n",
        "#",
        "🎉",
        "\u{feff}",
        "あ",
        "\\",
        "0123456789abcdef ",
        "baseline",
        ".",
        "1",
        "true",
        "suppress",
        "\u{0}",
    ]);
    prop_oneof![5 => known.prop_map(str::to_owned), 1 => ".{0,6}"]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..30).prop_map(|pieces| pieces.concat())
}

fn reason() -> impl Strategy<Value = String> {
    "(?s).{0,20}[a-z\"\\\\あ]"
}

proptest! {
    #[test]
    fn ranges_lie_in_the_text(text in text()) {
        let read = read(&text, CODES);
        let (_, lines) = Baseline::read(&text);
        for problem in read.problems.iter().chain(&lines) {
            prop_assert!(text.get(usize::from(problem.range.start())..usize::from(problem.range.end())).is_some());
            prop_assert!(!problem.kind.en().is_empty() && !problem.kind.ja().is_empty());
        }
        for suppression in &read.settings.suppressions {
            prop_assert!(!text::slice(&text, suppression.range).is_empty());
        }
    }

    #[test]
    fn what_is_added_is_read_back(text in text(), reason in reason(), expires in any::<bool>(), named in any::<bool>()) {
        let new = Suppression {
            address: Address::parse("specs/003-auth#a \"b\" あ").unwrap(),
            code: "broken-path".to_owned(),
            fingerprint: named.then(|| "0123456789abcdef".to_owned()),
            reason: reason.trim().to_owned(),
            until: expires.then(|| Date::parse("2027-01-31").unwrap()),
            range: text::TextRange::default(),
        };
        let before = read(&text, CODES);
        let added = add_suppression(&text, &new);
        if before.problems.is_empty() && !text.contains("suppress =") {
            prop_assert!(added.is_some() || text.contains("suppress"), "{text:?}");
        }
        if let Some((edit, range)) = added {
            let edited = text::apply(&text, &[edit]).unwrap();
            prop_assert!(edited.starts_with(&text));
            prop_assert!(text::slice(&edited, range).starts_with('"'));
            let after = read(&edited, CODES);
            prop_assert_eq!(&after.problems, &before.problems);
            let last = after.settings.suppressions.last().unwrap();
            prop_assert_eq!(last.key(), new.key());
            prop_assert_eq!(&last.reason, &new.reason);
            prop_assert_eq!(last.until, new.until);
        }
    }

    #[test]
    fn a_baseline_reads_back(text in text()) {
        let (baseline, _) = Baseline::read(&text);
        prop_assert_eq!(Baseline::read(&baseline.to_text()), (baseline, Vec::new()));
    }
}
