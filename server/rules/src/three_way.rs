//! What one side of a text changed since a common beginning, and the other side left as it was: word by word.
//!
//! Words are compared without marks around them, so that emphasis, list marks, wrapping and closing punctuation are no
//! change.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use text::TextRange;

/// A text cut into words.
pub(crate) struct Words<'a> {
    text: &'a str,
    /// Bytes of each word, marks around it included.
    ranges: Vec<Range<usize>>,
    bare: Vec<&'a str>,
}

/// A place where one side changed words that the other side still has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Words as they were, and what they are now on the side that moved; one of them may be empty.
    pub(crate) then: String,
    pub(crate) now: String,
    /// Bytes of the new words in the text that moved; of a word beside them where words only went.
    pub(crate) moved: Range<usize>,
    /// What makes the other text take the change over.
    pub(crate) edit: (Range<usize>, String),
}

impl<'a> Words<'a> {
    /// The words of some bytes of a text.
    pub(crate) fn of(text: &'a str, range: TextRange) -> Self {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let slice = &text[start..end];
        let mut words = Self {
            text,
            ranges: Vec::new(),
            bare: Vec::new(),
        };
        for word in slice.split_whitespace() {
            let bare = bare(word);
            if bare.is_empty() {
                continue;
            }
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            words.ranges.push(at..at + word.len());
            words.bare.push(bare);
        }
        words
    }

    /// Whether both say the same.
    pub(crate) fn same(&self, other: &Words<'_>) -> bool {
        self.bare == other.bare
    }

    /// All words, one blank between two.
    pub(crate) fn joined(&self) -> String {
        self.bare.join(" ")
    }

    fn hold(&self, wanted: &[&str]) -> bool {
        self.bare
            .windows(wanted.len().max(1))
            .any(|some| some == wanted)
    }

    fn said(&self, words: Range<usize>) -> String {
        self.bare[words].join(" ")
    }
}

/// A word without marks around it; a word that is nothing but signs (`>=`) stays, list marks and rules do not.
fn bare(word: &str) -> &str {
    let marks = |c: char| !c.is_alphanumeric() && c != '<' && c != '>' && c != '=' && c != '%';
    word.trim_matches(marks)
}

/// Whether a word by itself makes a difference: `and`, `the` and `a` come and go with the words around them.
fn says_something(word: &str) -> bool {
    word.len() > 3 || word.contains(|c: char| c.is_ascii_digit()) || word == "not" || word == "no"
}

/// Where `now` is not what `then` was, while `own` still is. Changes that `own` has too, and those of words that it
/// wrote otherwise itself, are not among them.
pub(crate) fn kept(then: &Words<'_>, now: &Words<'_>, own: &Words<'_>) -> Vec<Kept> {
    let diff = |new: &Words<'_>| capture_diff_slices(Algorithm::Myers, &then.bare, &new.bare);
    let to_own = diff(own);
    // Where a run of old words stands in the own text, if all of it does, neighbours included.
    let in_own = |old: &Range<usize>| {
        let wide = old.start.saturating_sub(1)..(old.end + 1).min(then.bare.len());
        to_own.iter().find_map(|op| match *op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } if old_index <= wide.start && wide.end <= old_index + len => {
                let start = new_index + (old.start - old_index);
                let end = start + old.len();
                // At an end of the text, what the own text wrote there itself stands beside it.
                let first = old.start > 0 || start == 0;
                let last = old.end < then.bare.len() || end == own.bare.len();
                (first && last).then_some(start..end)
            }
            _ => None,
        })
    };
    diff(now)
        .iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .filter_map(|op| {
            let (old, new) = (op.old_range(), op.new_range());
            let there = in_own(&old)?;
            let words = then.bare[old.clone()].iter().chain(&now.bare[new.clone()]);
            if !words.copied().any(says_something)
                || (!new.is_empty() && own.hold(&now.bare[new.clone()]))
            {
                return None;
            }
            Some(Kept {
                then: then.said(old),
                now: now.said(new.clone()),
                moved: moved(now, &new)?,
                edit: taken_over(now, &new, own, &there)?,
            })
        })
        .collect()
}

fn moved(now: &Words<'_>, new: &Range<usize>) -> Option<Range<usize>> {
    if new.is_empty() {
        let beside = now.ranges.get(new.start).or(now.ranges.last())?;
        return Some(beside.clone());
    }
    Some(now.ranges[new.start].start..now.ranges[new.end - 1].end)
}

/// The edit that puts words of one text for those at `there` in another one, with the blanks that go with them.
fn taken_over(
    now: &Words<'_>,
    new: &Range<usize>,
    own: &Words<'_>,
    there: &Range<usize>,
) -> Option<(Range<usize>, String)> {
    let bytes = |words: &Words<'_>, range: &Range<usize>| {
        words.ranges[range.start].start..words.ranges[range.end - 1].end
    };
    // Behind the word before, or before the word behind.
    let gap = |words: &Words<'_>, range: &Range<usize>| {
        if let Some(before) = range.start.checked_sub(1) {
            let end = if range.is_empty() {
                words.ranges[before].end
            } else {
                words.ranges[range.end - 1].end
            };
            return Some(words.ranges[before].end..end);
        }
        let first = words.ranges.first()?.start;
        Some(first..words.ranges.get(range.end).map_or(first, |next| next.start))
    };
    match (there.is_empty(), new.is_empty()) {
        (false, false) => Some((bytes(own, there), now.text[bytes(now, new)].to_owned())),
        (true, false) => {
            let at = gap(own, there)?.start;
            Some((at..at, now.text[gap(now, new)?].to_owned()))
        }
        (false, true) => Some((gap(own, there)?, String::new())),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, Words, kept};

    fn all(text: &str) -> Words<'_> {
        Words::of(text, text::span(0, text.len()))
    }

    fn found(then: &str, now: &str, own: &str) -> Vec<Kept> {
        kept(&all(then), &all(now), &all(own))
    }

    /// The own text with everything taken over.
    fn merged(then: &str, now: &str, own: &str) -> String {
        let mut text = own.to_owned();
        for each in found(then, now, own).iter().rev() {
            text.replace_range(each.edit.0.clone(), &each.edit.1);
        }
        text
    }

    #[test]
    fn words_that_the_other_side_left() {
        let then = "It SHALL wait 30 s for a key.";
        let now = "It SHALL wait 60 s for a key.";
        let own = "It SHALL quietly wait 30 s for a key.";
        let kept = found(then, now, own);
        assert_eq!(kept.len(), 1);
        assert_eq!((&*kept[0].then, &*kept[0].now), ("30", "60"));
        assert_eq!(&now[kept[0].moved.clone()], "60");
        assert_eq!(
            merged(then, now, own),
            "It SHALL quietly wait 60 s for a key."
        );
    }

    #[test]
    fn additions_and_deletions() {
        let then = "- **WHEN** a\n- **THEN** b";
        let now = "- **WHEN** a\n- **THEN** b\n- **AND** the user is told";
        assert_eq!(merged(then, now, then), now);
        assert_eq!(merged(now, then, now), then);
        let first = "Then a b";
        assert_eq!(merged("a b", first, "a b"), first);
        assert_eq!(merged(first, "a b", first), "a b");
    }

    #[test]
    fn what_was_taken_over_or_written_otherwise_is_left() {
        let then = "It SHALL wait 30 s for a key.";
        let now = "It SHALL wait 60 s for a key.";
        assert!(found(then, now, now).is_empty());
        assert!(found(then, now, "It SHALL wait 90 s for a key.").is_empty());
        assert!(found(then, then, "It SHALL wait 90 s.").is_empty());
        // Both wrote something at the end; and a small word says nothing.
        assert!(found("a b", "a b with more", "a b and other").is_empty());
        assert!(
            found(
                "one, two and three",
                "one, two, three",
                "one, two and three"
            )
            .is_empty()
        );
        // Only marks and line breaks.
        assert!(found(then, "It **SHALL** wait\n`30` s for a key", then).is_empty());
    }
}
