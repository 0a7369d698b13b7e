//! Features named on the line: `083/FR-008`, `018 FR-003`, `Spec 083 US2`, `feature 027 T042`,
//! `specs/018-foo/spec.md FR-003`, `018-foo FR-003`, `FR-003 (Spec 018)`.

use super::{Qualifier, Scan, is_connective, starts_word};
use crate::chars::{at, before, behind, range, skip_blanks_back};
use crate::id::{Id, MAX_DIGITS, Open, take};
use smol_str::SmolStr;

/// The qualifier in force while reading on.
pub(super) struct Active {
    qualifier: Qualifier,
    reach: Reach,
    /// End of the qualifier, or of the last id it qualified.
    pub(super) end: usize,
}

/// How far a qualifier reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To the end of the sentence.
    Sentence,
    /// To the ids right behind it, and the list they begin.
    List,
}

const WORDS: [&str; 5] = ["spec", "specs", "feature", "features", "specification"];

impl Scan<'_> {
    /// Reads a feature number or slug at `start`; returns where it ends.
    pub(super) fn feature(&mut self, start: usize, digit: usize) -> Option<usize> {
        let text = self.text;
        // `spec-083`, `SPEC-1921`
        if start < digit {
            let word = text[start..digit].trim_end_matches(['-', '#']);
            if !is_feature_word(word) || !starts_word(text, start) {
                return None;
            }
            return self.number_or_slug(digit, true);
        }
        let blanks = skip_blanks_back(text, digit);
        let after_word = {
            let mut end = blanks;
            if let Some((b'#', len)) = before(text, end) {
                end = skip_blanks_back(text, end - len);
            }
            let begin = text[..end]
                .rfind(|c: char| !c.is_ascii_alphabetic())
                .map_or(0, |at| {
                    at + text[at..].chars().next().map_or(1, char::len_utf8)
                });
            is_feature_word(&text[begin..end]) && starts_word(text, begin)
        };
        self.number_or_slug(digit, after_word)
    }

    fn number_or_slug(&mut self, start: usize, after_word: bool) -> Option<usize> {
        let text = self.text;
        let (number_end, width) = digits_of_feature(text, start)?;
        let number = || {
            let mut number = String::with_capacity(width);
            take(text, start, &mut number, width, |b| b.is_ascii_digit());
            SmolStr::new(number)
        };
        let own_word = matches!(
            before(text, start),
            None | Some((
                b'/' | b' '
                    | b'\t'
                    | b'('
                    | b'['
                    | b'`'
                    | b'"'
                    | b'\''
                    | b'#'
                    | b'-'
                    | b'*'
                    | b'@'
                    | b','
                    | b'_',
                _
            ))
        ) || !text[..start].ends_with(|c: char| c.is_ascii());
        if let Some(end) = slug_end(text, start, number_end, width) {
            let below_directory = matches!(before(text, start), Some((b'/', _)));
            let path = below_directory
                || (matches!(at(text, end), Some((b'/', _))) && !id_at(text, end + 1));
            let reach = if path || after_word {
                Reach::Sentence
            } else {
                Reach::List
            };
            if !own_word {
                return None;
            }
            self.activate(SmolStr::new(&text[start..end]), start, end, path, reach);
            return Some(end);
        }
        let slash_id = own_word
            && width >= 2
            && !matches!(before(text, start), Some((b'/' | b'-', _)))
            && matches!(at(text, number_end), Some((b'/', _)))
            && id_at(text, number_end + 1);
        if slash_id {
            self.activate(number(), start, number_end, false, Reach::List);
            return Some(number_end);
        }
        // `018 INV-3`: hardly any other number is written so.
        let zeros = own_word
            && width == 3
            && number_end - start == 3
            && text[start..].starts_with('0')
            && text[number_end..].starts_with(' ')
            && id_at(text, number_end + 1);
        if zeros {
            self.activate(number(), start, number_end, false, Reach::List);
            return Some(number_end);
        }
        if after_word && width <= 6 && ends_number(text, number_end) {
            self.activate(number(), start, number_end, false, Reach::Sentence);
            return Some(number_end);
        }
        None
    }

    fn activate(&mut self, feature: SmolStr, start: usize, end: usize, path: bool, reach: Reach) {
        let qualifier = Qualifier {
            feature,
            range: range(self.base, start, end),
            path,
            repository: repository_before(self.text, start),
        };
        // `FR-008 of Spec 083`, `FR-003, FR-004 (feature 018)`
        if let Some(last) = &self.last
            && (reach == Reach::Sentence)
            && is_backward_joint(&self.text[last.end..start])
        {
            for mention in &mut self.out[last.list.max(self.first)..] {
                if mention.qualifier.is_none() {
                    mention.qualifier = Some(qualifier.clone());
                }
            }
        }
        self.qualifier = Some(Active {
            qualifier,
            reach,
            end,
        });
    }

    /// The qualifier that reaches the id at `start`; one of the list it continues comes first. What does not reach it
    /// reaches nothing behind it.
    pub(super) fn qualifier_for(
        &mut self,
        start: usize,
        listed: Option<usize>,
    ) -> Option<Qualifier> {
        if let Some(active) = &self.qualifier {
            // An id that begins inside the feature's own name (`sp/0119-récit utilisateur 8`) has nothing in between.
            let gap = self.text.get(active.end..start)?;
            let reaches = match active.reach {
                Reach::Sentence => !ends_sentence(gap),
                Reach::List => {
                    is_connective(gap)
                        || matches!(
                            gap.trim_matches(['*', '`', ' ']),
                            "" | ":" | "(" | "#" | "/"
                        )
                }
            };
            if reaches {
                return Some(active.qualifier.clone());
            }
            self.qualifier = None;
        }
        self.out.get(listed?)?.qualifier.clone()
    }

    /// The qualifier reached an id that ends at `end`.
    pub(super) fn touch_qualifier(&mut self, end: usize) {
        if let Some(active) = &mut self.qualifier {
            active.end = end;
        }
    }
}

/// Directories that spec tools make; a path that begins with one begins at home.
const SPEC_DIRECTORIES: [&str; 5] = ["specs", ".specify", ".kiro", "openspec", "docs"];

/// First directory of the path that leads to what is written at `start`, `.` and `..` left out; nothing where that is
/// a directory of a spec tool, or where there is no path.
#[must_use]
pub fn repository_before(text: &str, start: usize) -> Option<SmolStr> {
    let lead = text.get(..start)?.strip_suffix('/')?;
    let near = lead.len() - behind(lead, lead.len()).len();
    let from = lead[near..]
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_')))
        .map_or(near, |at| {
            near + at + lead[near + at..].chars().next().map_or(1, char::len_utf8)
        });
    if from == near && near > 0 {
        return None;
    }
    let mut segments = lead[from..]
        .split('/')
        .skip_while(|segment| matches!(*segment, "." | ".."));
    let first = segments.next()?;
    (!first.is_empty() && !SPEC_DIRECTORIES.contains(&first)).then(|| first.into())
}

fn is_feature_word(word: &str) -> bool {
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn id_at(text: &str, pos: usize) -> bool {
    Id::parse(text, pos, Open::Dashed).is_some()
}

/// The digits of a feature number: up to eight, for timestamps.
fn digits_of_feature(text: &str, start: usize) -> Option<(usize, usize)> {
    let (mut end, mut width) = (start, 0);
    while let (Some((b'0'..=b'9', len)), 0..9) = (at(text, end), width) {
        end += len;
        width += 1;
    }
    matches!(width, 1..=MAX_DIGITS | 8).then_some((end, width))
}

/// The end of `018-foo` or `20260102-030405-foo`, whose number ends at `number_end`.
fn slug_end(text: &str, start: usize, number_end: usize, width: usize) -> Option<usize> {
    // Slugs are ASCII: a full-width digit makes none.
    if number_end - start != width || width < 3 {
        return None;
    }
    let bytes = text.as_bytes();
    let mut pos = number_end;
    if width == 8 {
        let clock = bytes.get(pos + 1..pos + 7)?;
        if bytes[pos] != b'-' || !clock.iter().all(u8::is_ascii_digit) {
            return None;
        }
        pos += 7;
    }
    if bytes.get(pos) != Some(&b'-') || !bytes.get(pos + 1)?.is_ascii_lowercase() {
        return None;
    }
    let tail = bytes[pos..]
        .iter()
        .take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
        .count();
    let mut end = pos + tail;
    while matches!(bytes[end - 1], b'-' | b'_') {
        end -= 1;
    }
    // `018-foo.md` is a file, `018-fooBar` something else.
    let follows = bytes.get(end..).unwrap_or_default();
    let file =
        follows.first() == Some(&b'.') && follows.get(1).is_some_and(u8::is_ascii_alphanumeric);
    (!file && !follows.first().is_some_and(u8::is_ascii_alphanumeric)).then_some(end)
}

/// No decimal, percentage or letter follows the number.
fn ends_number(text: &str, end: usize) -> bool {
    match at(text, end) {
        Some((b'.', _)) => !matches!(at(text, end + 1), Some((b'0'..=b'9', _))),
        Some((b, _)) => !b.is_ascii_alphanumeric() && !matches!(b, b'%' | b'_'),
        None => true,
    }
}

/// A full stop, semicolon or the like, and then more text.
fn ends_sentence(gap: &str) -> bool {
    gap.contains(". ") || gap.contains("; ") || gap.contains(['。', '；', '\n'])
}

/// What may stand between ids and the feature named after them.
fn is_backward_joint(gap: &str) -> bool {
    if gap.len() > 24 {
        return false;
    }
    let mut words = gap
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && !is_feature_word(word));
    let joint = matches!(
        words.next(),
        None | Some("of" | "from" | "in" | "per" | "see")
    );
    let path = gap.contains('/');
    (joint
        && words.all(|word| word == "the")
        && !gap.contains([',', ';', '.', ':'])
        && !path
        && (gap.contains('(')
            || gap.contains('[')
            || gap.contains("of ")
            || gap.contains("from ")
            || gap.contains("in ")
            || gap.contains('@')))
        || (path
            && gap
                .trim_matches([' ', '(', '`'])
                .strip_suffix("specs/")
                .is_some_and(|lead| {
                    matches!(
                        lead.trim_matches([' ', '(', '`']),
                        "" | "in" | "of" | "from"
                    )
                }))
}
