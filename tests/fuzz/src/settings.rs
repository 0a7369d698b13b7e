//! What teams write: `spec-analyzer.toml`, `spec-workspace.toml`, baselines, addresses, dates.

use settings::{Address, Baseline, Date, Suppression, add_suppression, read, read_members};
use text::TextRange;

use crate::bytes;

const CODES: &[&str] = &["broken-path", "phantom-task", "unknown-reference"];

fn inside(text: &str, range: TextRange) -> &str {
    text.get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or_else(|| panic!("{range:?} does not fit {text:?}"))
}

/// The file of settings, and a suppression added to it.
fn own_settings(text: &str) {
    let before = read(text, CODES);
    for problem in &before.problems {
        inside(text, problem.range);
        assert!(!problem.kind.en().is_empty() && !problem.kind.ja().is_empty());
    }
    for suppression in &before.settings.suppressions {
        assert!(!inside(text, suppression.range).is_empty(), "{text:?}");
    }
    let Ok(address) = Address::parse("specs/003-auth#a \"b\" あ") else {
        panic!("an address that reads");
    };
    let new = Suppression {
        address,
        code: "broken-path".to_owned(),
        fingerprint: None,
        reason: "a \"reason\" \\ あ".to_owned(),
        until: Date::parse("2027-01-31"),
        range: TextRange::default(),
    };
    if let Some((edit, range)) = add_suppression(text, &new) {
        let Ok(edited) = text::apply(text, &[edit]) else {
            panic!("the edit does not fit {text:?}");
        };
        assert!(edited.starts_with(text), "{text:?} -> {edited:?}");
        assert!(inside(&edited, range).starts_with('"'), "{edited:?}");
        let after = read(&edited, CODES);
        assert_eq!(after.problems, before.problems, "{edited:?}");
        let Some(last) = after.settings.suppressions.last() else {
            panic!("nothing was added to {text:?}");
        };
        assert_eq!(last.key(), new.key(), "{edited:?}");
        assert_eq!(last.reason, new.reason, "{edited:?}");
        assert_eq!(last.until, new.until, "{edited:?}");
    }
}

/// One of the files, by the first byte.
pub fn settings(data: &[u8]) {
    let (choice, rest) = bytes::choice(data);
    let text = bytes::text(rest);
    match choice % 4 {
        0 => own_settings(&text),
        1 => {
            let (members, problems) = read_members(&text);
            for problem in &problems {
                inside(&text, problem.range);
                assert!(!problem.kind.en().is_empty() && !problem.kind.ja().is_empty());
            }
            for member in &members {
                assert!(!member.called().is_empty(), "{text:?} {member:?}");
            }
        }
        2 => {
            let (baseline, problems) = Baseline::read(&text);
            for problem in &problems {
                inside(&text, problem.range);
            }
            let again = Baseline::read(&baseline.to_text());
            assert_eq!(again, (baseline, Vec::new()), "{text:?}");
        }
        _ => {
            if let Ok(address) = Address::parse(&text) {
                assert!(address.covers(address.as_str()), "{text:?}");
                assert_eq!(
                    Address::parse(address.as_str()).map(|it| it.as_str().to_owned()),
                    Ok(address.as_str().to_owned())
                );
            }
            if let Some(date) = Date::parse(&text) {
                assert_eq!(date.to_string(), text);
            }
        }
    }
}
