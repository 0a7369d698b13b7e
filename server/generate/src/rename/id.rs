//! The new id as the user gave it, and the parts of an id.

use documents::{Item, ItemKind};
use grammar::{IdKind, folded, leading_id};
use smol_str::{SmolStr, format_smolstr};
use text::TextSize;

use super::Refusal;

/// An id to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewId {
    /// The key a definition of it is filed under: `US7`.
    pub(super) key: SmolStr,
    /// As it was given, in ASCII: `US07`. A story's begins with `US` and its number.
    pub(super) text: SmolStr,
}

impl NewId {
    /// An id that is its own key.
    pub(super) fn plain(key: &SmolStr) -> Self {
        Self {
            key: key.clone(),
            text: key.clone(),
        }
    }

    /// Reads what the user typed as the new id of `item`. A bare number keeps the letters of the old id.
    pub(super) fn read(given: &str, item: &Item) -> Result<Self, Refusal> {
        let ascii: String = given.trim().chars().map(folded).collect();
        let malformed = || Refusal::Malformed(SmolStr::new(given.trim()));
        let number = ascii.starts_with(|c: char| c.is_ascii_digit());
        if item.kind == ItemKind::Story {
            return Self::story(&ascii, number).ok_or_else(malformed);
        }
        let ascii = if number {
            format!("{}{ascii}", letters(&item.id))
        } else {
            ascii
        };
        let new = leading_id(&ascii, TextSize::new(0))
            .filter(|id| usize::from(id.range.len()) == ascii.len())
            .ok_or_else(malformed)?;
        let old = leading_id(&item.id, TextSize::new(0)).map(|id| id.kind);
        if old.is_some_and(|old| old != new.kind) || !fits(item.kind, new.kind) {
            return Err(Refusal::OtherKind {
                given: new.key,
                old: item.id.clone(),
            });
        }
        Ok(Self {
            text: new.key.clone(),
            key: new.key,
        })
    }

    /// `US7`, `US-7`, `User Story 7`, `7`.
    fn story(ascii: &str, number: bool) -> Option<Self> {
        let written = if number {
            format!("US{ascii}")
        } else {
            ascii.to_owned()
        };
        let mut found = Vec::new();
        grammar::mentions(&written, TextSize::new(0), &mut found);
        let [only] = found.as_slice() else {
            return None;
        };
        let whole = usize::from(only.range.len()) == written.len();
        let at = written.find(|c: char| c.is_ascii_digit())?;
        (whole && only.kind == IdKind::Story && is_numbered_story(&only.key)).then(|| Self {
            key: only.key.clone(),
            text: format_smolstr!("US{}", &written[at..]),
        })
    }
}

/// Which letters may name which kind of item.
fn fits(item: ItemKind, id: IdKind) -> bool {
    match item {
        ItemKind::Task => id == IdKind::Task,
        ItemKind::ChecklistItem => id == IdKind::Checklist,
        ItemKind::SuccessCriterion => id == IdKind::Success,
        ItemKind::Requirement => !matches!(id, IdKind::Task | IdKind::Story | IdKind::Checklist),
        _ => false,
    }
}

/// `US3`, `US3a`; not `USA` or `US1.5`, which other lines cannot name.
pub(super) fn is_numbered_story(key: &str) -> bool {
    let Some(number) = key.strip_prefix("US") else {
        return false;
    };
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &number[digits..];
    digits > 0 && digits <= 3 && rest.len() <= 1 && rest.bytes().all(|b| b.is_ascii_lowercase())
}

/// Everything before the first digit: `FR-A` of `FR-A1.2b`.
pub(super) fn letters(id: &str) -> &str {
    &id[..id.find(|c: char| c.is_ascii_digit()).unwrap_or(id.len())]
}

/// An id's last number and what is around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// `FR-A1.`
    pub(super) stem: &'a str,
    /// `010`
    pub(super) digits: &'a str,
    /// `b`, or nothing.
    pub(super) suffix: &'a str,
}

impl<'a> Parts<'a> {
    /// `None` where the id does not end in a number and at most one letter.
    pub(super) fn of(id: &'a str) -> Option<Self> {
        let body = id.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &id[body.len()..];
        let stem = body.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &body[stem.len()..];
        (suffix.len() <= 1 && !digits.is_empty() && digits.len() < 10).then_some(Self {
            stem,
            digits,
            suffix,
        })
    }

    /// The number.
    pub(super) fn number(&self) -> u32 {
        self.digits.parse().unwrap_or(0)
    }
}

/// Whether a range that runs over `a` goes on with `b`: `T004` and `T005`, `T034a` and `T034b`.
pub(super) fn follows(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (Parts::of(a), Parts::of(b)) else {
        return false;
    };
    let padded = |parts: &Parts<'_>| parts.digits.starts_with('0');
    let next_letter = || {
        let (a, b) = (a.suffix.bytes().next(), b.suffix.bytes().next());
        matches!((a, b), (Some(a), Some(b)) if a + 1 == b)
    };
    a.stem == b.stem
        && if a.digits == b.digits {
            next_letter()
        } else {
            a.suffix.is_empty()
                && b.suffix.is_empty()
                && a.number() + 1 == b.number()
                && (a.digits.len() == b.digits.len() || !(padded(&a) || padded(&b)))
        }
}

/// Whether a range can run from `a` to `b`: `T004` to `T007`, `T034a` to `T034d`.
pub(super) fn spans(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (Parts::of(a), Parts::of(b)) else {
        return false;
    };
    a.stem == b.stem && (a.number(), a.suffix) < (b.number(), b.suffix)
}

#[cfg(test)]
mod tests {
    use super::{Parts, follows};

    #[test]
    fn what_a_range_goes_on_with() {
        for (a, b) in [
            ("T004", "T005"),
            ("T099", "T100"),
            ("FR-9", "FR-10"),
            ("T034a", "T034b"),
            ("FR-1.1", "FR-1.2"),
            ("US1", "US2"),
        ] {
            assert!(follows(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("T004", "T006"),
            ("T005", "T004"),
            ("T009", "T10"),
            ("T999", "T1001"),
            ("T034a", "T035"),
            ("FR-001", "SC-002"),
            ("FR-1.1", "FR-2.2"),
        ] {
            assert!(!follows(a, b), "{a} {b}");
        }
    }

    #[test]
    fn parts_join_to_the_id() {
        for id in ["FR-A1.02b", "T010", "US3a", "AC-1-2"] {
            let parts = Parts::of(id).unwrap();
            assert_eq!([parts.stem, parts.digits, parts.suffix].concat(), id);
        }
        assert_eq!(Parts::of("USA"), None);
    }
}
