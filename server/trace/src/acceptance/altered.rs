//! What of accepted code is another: git has the code as it was accepted, and the words of the item say what it touches.

use code::{SourceFacts, Step};
use smol_str::SmolStr;
use text::{FileId, TextRange, TextSize, slice, span};

use super::standing::{Code, is_same, named};
use super::{Accepted, Part};
use crate::RootId;
use crate::acceptance::CodePrint;
use crate::feature::{Feature, FeatureDocument};
use crate::history::History;
use crate::inputs::Inputs;

/// What was a symbol or a test when it was accepted? Asked where it is another one now.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodePastQuestion {
    /// Workspace folder.
    pub root: RootId,
    /// The file, from the root.
    pub path: SmolStr,
    /// Where it was when it was accepted, from the root.
    pub was: SmolStr,
    /// What of the file.
    pub part: Part,
    /// What it was.
    pub then: CodePrint,
    /// All bytes of what it is now ([`code::Prints::raw`]).
    pub now: u64,
}

/// What git says of accepted code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodePast {
    /// Git has it as it was accepted.
    Known {
        /// The commit (short id) after which it was another one; `None`: HEAD has it as it was accepted.
        commit: Option<SmolStr>,
        /// What is another.
        change: Alteration,
    },
    /// Cannot be told; the sentence says why.
    Unknown(SmolStr),
}

/// What is another between two states of a symbol or a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alteration {
    /// What was there: the signature, or the first line that differs; empty where something came in between.
    pub was: String,
    /// What is there now; empty where something went away.
    pub now: String,
    /// Where that is, or where what went away would be: bytes from the start of the symbol.
    pub at: TextRange,
    /// Names, numbers and strings of what differs; those that only one of the two has come first.
    pub names: Vec<SmolStr>,
}

/// What is another of accepted code, with its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// The commit (short id) that changed it; `None`: it is not committed.
    pub commit: Option<SmolStr>,
    /// As it was accepted; may be empty.
    pub was: String,
    /// As it is now; may be empty.
    pub now: String,
    /// Where that is in its file.
    pub range: TextRange,
    /// Its line there, from 1.
    pub line: u32,
    /// What the item says of it, in its document: the words around a name that stands in the change, else its first ones.
    pub words: TextRange,
    /// The name that stands in both.
    pub name: Option<SmolStr>,
}

/// Names of one change that are looked for.
const MOST_NAMES: usize = 64;

/// Bytes of a change that names are taken from.
const MOST_BYTES: usize = 4096;

impl CodePastQuestion {
    fn find<'f>(
        &'f self,
        facts: &'f SourceFacts,
        wanted: impl Fn(code::Prints) -> bool + 'f,
    ) -> Option<Code> {
        named(facts, &self.part).find(|each| wanted(each.prints))
    }

    /// What is another in `now` than in `then`, two states of the file; `None` where `then` does not have the code as it was
    /// accepted, or `now` does not have it as it is.
    #[must_use]
    pub fn change(&self, then: &str, now: &str) -> Option<Alteration> {
        let read = |path: &str, text: &str| code::read_path(path, text, &|| false);
        let (old, new) = (read(&self.was, then)?, read(&self.path, now)?);
        let old = self.find(&old, |prints| is_same(prints, &self.then) == Some(true))?;
        let new = self.find(&new, |prints| prints.raw == self.now)?;
        let from_start = |range: TextRange| range - new.whole.start();
        if old.prints.signature != new.prints.signature {
            let heads = [
                (old.signature, new.signature),
                (until(old.whole, old.head), until(new.whole, new.head)),
            ];
            let (was, now, at) = heads.into_iter().find_map(|(one, other)| {
                let (was, now) = (one_line(slice(then, one)), one_line(slice(now, other)));
                (was != now).then_some((was, now, other))
            })?;
            let names = names(&was, &now);
            return Some(Alteration {
                was,
                now,
                at: from_start(at),
                names,
            });
        }
        let was = code::steps(&self.was, then, old.whole, old.head);
        let is = code::steps(&self.path, now, new.whole, new.head);
        let same = |(one, other): &(&Step, &Step)| one.hash == other.hash;
        let before = was.iter().zip(&is).take_while(same).count();
        let (left, right) = (&was[before..], &is[before..]);
        let behind = left.iter().rev().zip(right.iter().rev());
        let behind = behind.take_while(same).count();
        let (left, right) = (&left[..left.len() - behind], &right[..right.len() - behind]);
        if left.is_empty() && right.is_empty() {
            return None;
        }
        // What came or went in the middle of a line changed that line.
        let (old_body, new_body) = (behind_head(&old), behind_head(&new));
        let place = |steps: &[Step], whole: TextRange| {
            steps.get(before).map_or(whole.end(), |step| step.at)
        };
        let (old_at, new_at) = (place(&was, old_body), place(&is, new_body));
        let opens =
            |text: &str, at: TextSize, whole: TextRange| line_around(text, at, whole).start() >= at;
        let added = left.is_empty() && opens(now, new_at, new_body);
        let removed = right.is_empty() && opens(then, old_at, old_body);
        let new_line = line_around(now, new_at, new_body);
        let old_line = line_around(then, old_at, old_body);
        let stretch = |text: &str, steps: &[Step], line: TextRange, none: bool| {
            let end = steps.last().map_or(line.start(), |step| step.at);
            let end = line_around(text, end, TextRange::up_to(TextSize::of(text))).end();
            let end = end
                .max(line.end())
                .min(line.start() + TextSize::new(MOST_BYTES as u32));
            let all = text
                .get(line.start().into()..end.into())
                .unwrap_or_default();
            if none { String::new() } else { all.to_owned() }
        };
        let names = names(
            &stretch(then, left, old_line, added),
            &stretch(now, right, new_line, removed),
        );
        let said = |text: &str, line: TextRange, none: bool| {
            if none {
                String::new()
            } else {
                one_line(slice(text, line))
            }
        };
        let (was, now) = (said(then, old_line, added), said(now, new_line, removed));
        (was != now).then(|| Alteration {
            was,
            now,
            at: from_start(new_line),
            names,
        })
    }
}

fn behind_head(code: &Code) -> TextRange {
    let head = code.head.clamp(code.whole.start(), code.whole.end());
    TextRange::new(head, code.whole.end())
}

fn until(whole: TextRange, head: TextSize) -> TextRange {
    TextRange::new(whole.start(), head.clamp(whole.start(), whole.end()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line of a symbol that holds an offset, without the blanks around it.
fn line_around(text: &str, at: TextSize, whole: TextRange) -> TextRange {
    let (from, to) = (usize::from(whole.start()), usize::from(whole.end()));
    let at = usize::from(at).clamp(from, to);
    let (Some(above), Some(below)) = (text.get(from..at), text.get(at..to)) else {
        return TextRange::empty(whole.start());
    };
    let start = above.rfind('\n').map_or(from, |found| from + found + 1);
    let end = below.find('\n').map_or(to, |found| at + found);
    let line = text.get(start..end).unwrap_or_default();
    let blank = line.len() - line.trim_start().len();
    let start = (start + blank).min(end);
    span(start, start + line.trim().len())
}

/// Names, numbers and strings of two texts; those that only one has come first.
fn names(was: &str, now: &str) -> Vec<SmolStr> {
    let (was, now) = (words_of_code(was), words_of_code(now));
    let only = |own: &[SmolStr], other: &[SmolStr]| -> Vec<SmolStr> {
        let own = own.iter().filter(|word| !other.contains(word));
        own.cloned().collect()
    };
    let mut all = only(&now, &was);
    all.extend(only(&was, &now));
    all.extend(now);
    let mut seen = rustc_hash::FxHashSet::default();
    all.retain(|word| seen.insert(word.clone()));
    all.truncate(MOST_NAMES);
    all
}

fn words_of_code(text: &str) -> Vec<SmolStr> {
    let mut words = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            if matches!(c, '"' | '\'' | '`') {
                let inner = &rest[1..];
                if let Some(end) = inner.find(c).filter(|end| *end > 0) {
                    words.push(SmolStr::new(&inner[..end]));
                }
                rest = inner;
            } else if is_word(c) {
                let end = rest
                    .find(|c: char| !is_word(c) && c != '.')
                    .unwrap_or(rest.len());
                let end = if c.is_ascii_digit() {
                    rest[..end].trim_end_matches('.').len()
                } else {
                    rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
                };
                words.push(SmolStr::new(&rest[..end]));
                rest = &rest[end..];
            } else {
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    words
}

/// Puts what git says of changed code beside it.
pub(crate) fn look_into(
    feature: &Feature,
    accepted: &mut Accepted,
    history: &History,
    inputs: &Inputs,
) {
    for item in &mut accepted.items {
        let Some(document) = feature.document(item.item.file) else {
            continue;
        };
        for link in &mut item.links {
            let (Some((question, start)), Some(spot)) = (&link.past, link.code.spot()) else {
                continue;
            };
            let Some(CodePast::Known { commit, change }) =
                history.code_pasts.get(question).map(AsRef::as_ref)
            else {
                continue;
            };
            let range = change.at + *start;
            let Some(line) = line_of(inputs, spot.file, range) else {
                continue;
            };
            let (words, name) = words_about(document, item.item.item, &change.names);
            link.altered = Some(Altered {
                commit: commit.clone(),
                was: change.was.clone(),
                now: change.now.clone(),
                range,
                line,
                words,
                name,
            });
        }
    }
}

fn line_of(inputs: &Inputs, file: FileId, range: TextRange) -> Option<u32> {
    let source = inputs.sources.get(&file)?;
    Some(source.lines.line(range.start()) + 1)
}

/// The words of an item that name something of a change, and what they name; else its first words.
fn words_about(
    document: &FeatureDocument,
    at: u32,
    names: &[SmolStr],
) -> (TextRange, Option<SmolStr>) {
    let Some(item) = document.facts().items.get(at as usize) else {
        return (TextRange::default(), None);
    };
    let text = &document.doc.text;
    let from = item.title_range.start().max(item.id_range.end());
    let from = from.clamp(item.range.start(), item.range.end());
    let own = TextRange::new(from, item.range.end());
    for name in names {
        if let Some(at) = named_in(slice(text, own), name) {
            return (
                sentence_around(text, own, own.start() + at),
                Some(name.clone()),
            );
        }
    }
    (item.title_range, None)
}

/// Where a text has a name as a whole word; only what says something by itself: a name with a sign or a capital in it, or in a
/// code span, a number of two digits, a string of three characters.
fn named_in(text: &str, name: &str) -> Option<TextSize> {
    if name.chars().count() < 2 {
        return None;
    }
    let number = name.starts_with(|c: char| c.is_ascii_digit());
    let plain = name.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
    let capital = name.chars().skip(1).any(char::is_uppercase);
    let telling = number || name.contains(['_', '-', ' ', '/']) || !plain && capital;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).find_map(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let apart = !before.ends_with(is_word) && !after.starts_with(is_word);
        let part = |c: char| c.is_ascii_digit();
        let of_number = number
            && (before.ends_with(['.', ','])
                && before.trim_end_matches(['.', ',']).ends_with(part)
                || after.starts_with(['.', ',']) && after[1..].starts_with(part));
        let spanned = before.ends_with(['`', '"']) && after.starts_with(['`', '"', '(']);
        (apart && !of_number && (telling || spanned)).then(|| TextSize::new(at as u32))
    })
}

/// The sentence on the line of an offset.
fn sentence_around(text: &str, own: TextRange, at: TextSize) -> TextRange {
    let line = line_around(text, at, own);
    let (start, at) = (usize::from(line.start()), usize::from(at));
    let before = text.get(start..at).unwrap_or_default();
    let begin = before.rfind(". ").map_or(start, |found| start + found + 2);
    let after = text.get(at..line.end().into()).unwrap_or_default();
    let end = after
        .find(". ")
        .map_or(line.end().into(), |found| at + found + 1);
    span(begin, end)
}

#[cfg(test)]
mod tests {
    use super::{named_in, words_of_code};

    #[test]
    fn names_numbers_and_strings_are_words_of_code() {
        let words = words_of_code("let max_age = 30.5 + f(\"too old\"); // é1");
        let all: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        assert_eq!(
            all,
            ["let", "max_age", "30.5", "f", "too old", "too", "old", "é1"]
        );
    }

    #[test]
    fn only_what_says_something_by_itself_is_named() {
        let text =
            "The system MUST return `token` after 30 s, 4.45 times, for maxAge and \"too old\".";
        let at = |name| named_in(text, name).map(u32::from);
        assert_eq!(at("30"), Some(37));
        assert_eq!(at("token"), Some(24));
        assert_eq!(at("maxAge"), Some(59));
        assert_eq!(at("too old"), Some(71));
        for no in ["return", "45", "4", "MUS", "Age", "s"] {
            assert_eq!(at(no), None, "{no}");
        }
    }
}
