//! Ids inside names: `TestX_FR007`, `test_fr004_prefers_disk`.

use super::Mention;
use crate::chars::range;
use crate::id::IdKind;
use smol_str::SmolStr;
use text_size::TextSize;

/// The prefixes read out of a name; case does not count there.
const PREFIXES: [(&str, &str, IdKind); 7] = [
    ("FR", "FR-", IdKind::Requirement),
    ("NFR", "NFR-", IdKind::Requirement),
    ("SC", "SC-", IdKind::Success),
    ("EC", "EC-", IdKind::Requirement),
    ("US", "US", IdKind::Story),
    ("CHK", "CHK", IdKind::Checklist),
    ("T", "T", IdKind::Task),
];

/// Appends the ids inside a name, as a definition would write them: `fr004` is `FR-004`.
///
/// A name carries no dash, so the usual spelling of each prefix is supplied;
/// `AC` is left out because nothing tells `AC1` from `AC-1`. Two digits at
/// least, three for `T`, one for `US`: names are full of other numbers.
pub fn mentions_in_identifier(name: &str, base: TextSize, out: &mut Vec<Mention>) {
    let bytes = name.as_bytes();
    let (mut pos, mut last) = (0, 0);
    while let Some(step) = bytes[pos..].iter().position(u8::is_ascii_digit) {
        let digit = pos + step;
        let width = bytes[digit..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        pos = digit + width;
        let letters_end = if digit > 0 && matches!(bytes[digit - 1], b'_' | b'-') {
            digit - 1
        } else {
            digit
        };
        let Some((start, (_, spelled, kind))) = prefix_before(name, letters_end) else {
            continue;
        };
        // The `f` of `FR016fR02` is the first id's letter.
        if start < last {
            continue;
        }
        let least = match kind {
            IdKind::Task => 3,
            IdKind::Story => 1,
            _ => 2,
        };
        if width < least || width > 4 || (letters_end < digit && *kind == IdKind::Task) {
            continue;
        }
        let mut end = pos;
        let mut number = &name[digit..end];
        // `fr004a_x`: one letter, and a break after it
        if bytes.get(end).is_some_and(u8::is_ascii_lowercase) {
            if bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase) {
                continue;
            }
            end += 1;
            number = &name[digit..end];
        }
        let key = if *kind == IdKind::Story {
            crate::id::story_key(number)
        } else {
            SmolStr::new(format!("{spelled}{number}"))
        };
        out.push(Mention {
            key,
            kind: *kind,
            standard: true,
            range: range(base, start, end),
            in_range: false,
            written: true,
            qualifier: None,
            story: None,
        });
        pos = end;
        last = end;
    }
}

/// The known prefix that ends at `end` and begins a word of the name.
fn prefix_before(
    name: &str,
    end: usize,
) -> Option<(usize, &'static (&'static str, &'static str, IdKind))> {
    let bytes = name.as_bytes();
    PREFIXES.iter().find_map(|entry| {
        let start = end.checked_sub(entry.0.len())?;
        let written = bytes.get(start..end)?;
        if !written.eq_ignore_ascii_case(entry.0.as_bytes()) {
            return None;
        }
        let breaks = match start.checked_sub(1).map(|at| bytes[at]) {
            None | Some(b'_' | b'-' | b'0'..=b'9') => true,
            Some(b) if b.is_ascii_lowercase() => written[0].is_ascii_uppercase(),
            Some(b) => !b.is_ascii_alphabetic() && b.is_ascii(),
        };
        breaks.then_some((start, entry))
    })
}
