//! What a text cites of a Kiro spec: `_Requirements: 1.1, 2.3_`, `**Validates: Requirements 3.4-3.6**`, `(Req 4.10)`,
//! `Property 3`, `Feature: login, Property 3: Title`, `_Depends: 1.2_`.
//!
//! Such numbers are places, not names: they say something only behind a word, and only inside one spec. A separate
//! reader, so that documents of other formats never see them.

mod list;
mod rewrite;
mod words;

use crate::chars::{before, next_digit, range, skip_blanks_back};
use crate::id::IdKind;
use crate::mentions::{Mention, Qualifier};
use list::List;
pub use rewrite::recite;
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

/// What the numbers of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cited {
    /// Requirements (`2`) and criteria (`2.3`).
    Requirements,
    /// Properties of a design.
    Properties,
    /// Tasks.
    Tasks,
}

/// A word with the list behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// What is cited.
    pub cited: Cited,
    /// The bytes of the word, or of the words: `Requirements`, `Validates: Requirements`.
    pub label: TextRange,
    /// From the first to the last byte of the list.
    pub list: TextRange,
    /// A field made for citing and nothing else (`_Requirements: ...`, `**Validates: ...`), not words in a sentence.
    pub field: bool,
    /// The list's mentions, as positions in the output.
    pub mentions: std::ops::Range<usize>,
}

/// Appends what `text` cites, in the order written, and gives the lists.
///
/// `text` is one line of a document or the whole text of one comment. A spec named in it (`Feature: login`,
/// `.kiro/specs/login`) qualifies what follows, and, where it is the only one, what stands before.
pub fn citations(text: &str, base: TextSize, out: &mut Vec<Mention>) -> Vec<Citation> {
    let mut found: Vec<Citation> = Vec::new();
    if next_digit(text, 0).is_none() {
        return found;
    }
    let features = features(text, base);
    let mut at = 0;
    while let Some(digit) = next_digit(text, at) {
        let floor = found
            .last()
            .map_or(0, |last| usize::from(last.list.end() - base));
        let Some(label) = label(text, floor, digit) else {
            at = behind_number(text, digit);
            continue;
        };
        let first = out.len();
        let list = List::read(text, base, digit, label.cited, out);
        if out.len() == first {
            at = behind_number(text, digit);
            continue;
        }
        for mention in &mut out[first..] {
            mention.qualifier = qualifier(&features, mention.range.start());
        }
        found.push(Citation {
            cited: label.cited,
            label: range(base, label.start, label.end),
            list: range(base, digit, list.end),
            field: label.field,
            mentions: first..out.len(),
        });
        at = list.end;
    }
    found
}

/// Appends the requirements and criteria of a list that `text` begins with, as in a table's cell. Gives its end.
pub fn cited_list(text: &str, base: TextSize, cited: Cited, out: &mut Vec<Mention>) -> usize {
    let Some(digit) = next_digit(text, 0) else {
        return 0;
    };
    let opening = text[..digit].trim_matches(|c: char| c.is_whitespace() || "*_`([~".contains(c));
    let opens = opening.is_empty()
        || words::ends_with(opening, Cited::Requirements).is_some_and(|len| len == opening.len());
    if !opens {
        return 0;
    }
    List::read(text, base, digit, cited, out).end
}

/// The title behind `Property 3`, whose number ends at `end`: `: Title` up to the end of the line or of the emphasis around
/// both; nothing where no title follows. Empty where it begins on the next line.
pub fn property_title(text: &str, end: usize) -> Option<std::ops::Range<usize>> {
    let near = crate::chars::ahead(text, end);
    let line = end + near.find(['\n', '\r']).unwrap_or(near.len());
    let rest = text[end..line].trim_start_matches([' ', '*', '_']);
    let sign = rest.chars().next()?;
    let words = match sign {
        ':' | '：' | '—' | '–' => &rest[sign.len_utf8()..],
        '-' if rest[1..].starts_with(' ') => &rest[1..],
        _ => return None,
    };
    let words = words.trim_start_matches([' ', '\t', '*', '_', '\u{3000}']);
    let start = line - words.len();
    let stop = ["**", "\"\"\"", "*/", "__"]
        .into_iter()
        .filter_map(|mark| words.find(mark))
        .min()
        .unwrap_or(words.len());
    Some(start..start + words[..stop].trim_end().len())
}

/// The word in front of a list.
struct Label {
    cited: Cited,
    start: usize,
    end: usize,
    field: bool,
}

/// The label right before `digit`, behind `floor`: a word, then blanks, a colon and closing marks.
fn label(text: &str, floor: usize, digit: usize) -> Option<Label> {
    let head = &text[floor..digit];
    let bare = trim_marks(head);
    let colon = bare.ends_with([':', '：']);
    let words = trim_marks(bare.trim_end_matches([':', '：']));
    let (cited, len) = [Cited::Requirements, Cited::Properties, Cited::Tasks]
        .into_iter()
        .find_map(|cited| Some((cited, words::ends_with(words, cited)?)))
        .or_else(|| {
            let len = words::ends_with_validates(words).filter(|_| colon)?;
            Some((Cited::Requirements, len))
        })
        .or_else(|| {
            let len = words::ends_with_depends(words).filter(|_| colon)?;
            Some((Cited::Tasks, len))
        })?;
    let end = floor + words.len();
    let mut start = end - len;
    let mut field = colon;
    // `Validates: Requirements 1.2`
    let before = trim_marks(&text[floor..start]);
    let verb = trim_marks(before.trim_end_matches([':', '：']));
    if let Some(len) = words::ends_with_validates(verb) {
        field |= before.len() > verb.len();
        start = floor + verb.len() - len;
    } else if before.len() > verb.len()
        && let Some(len) = words::ends_with(verb, cited)
    {
        // `_Requirements: Req 1.2, Req 1.3_`
        field = true;
        start = floor + verb.len() - len;
    }
    Some(Label {
        cited,
        start,
        end,
        field: field && opens_field(text, start),
    })
}

/// Whether nothing but marks of a list, of emphasis or of a comment stands in front of a field on its line, or it
/// opens with emphasis or a bracket.
fn opens_field(text: &str, start: usize) -> bool {
    let before = crate::chars::behind(text, start);
    let lead = before.rsplit(['\n', '\r']).next().unwrap_or(before);
    let plain = lead.chars().all(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '*' | '+' | '_' | '>' | '/' | '#' | '|' | '!' | '"' | '\''
            )
    });
    plain || lead.ends_with(['_', '*', '(', '[', '（'])
}

/// Without blanks and marks of emphasis and code behind.
fn trim_marks(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || "*_`#".contains(c))
}

fn behind_number(text: &str, mut at: usize) -> usize {
    while crate::chars::at(text, at).is_some_and(|(b, _)| b.is_ascii_digit()) {
        at += crate::chars::at(text, at).map_or(1, |(_, len)| len);
    }
    at
}

/// Features named in a text: `Feature: login`, `.kiro/specs/login`, with their places.
fn features(text: &str, base: TextSize) -> Vec<Qualifier> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(".kiro/specs/") {
        let start = at + step + ".kiro/specs/".len();
        let end = start + slug_len(&text[start..]);
        if end > start {
            found.push(Qualifier {
                feature: SmolStr::new(&text[start..end]),
                range: range(base, start, end),
                path: true,
                repository: crate::repository_before(text, start),
            });
        }
        at = end;
    }
    let mut at = 0;
    while let Some((name, end)) = feature_named(text, at) {
        found.push(Qualifier {
            feature: SmolStr::new(&text[name.clone()]),
            range: range(base, name.start, name.end),
            path: false,
            repository: None,
        });
        at = end;
    }
    found.sort_by_key(|each| each.range.start());
    found
}

/// The next `Feature: slug` from `from` on: the bytes of the slug, and where to go on. A slug is one word of lower case
/// letters, digits, `-`, `_` and `.`, and nothing but an end or a comma stands behind it.
pub fn feature_named(text: &str, from: usize) -> Option<(std::ops::Range<usize>, usize)> {
    const WORD: &str = "eature";
    let mut at = from;
    while let Some(step) = text.get(at..)?.find(WORD) {
        let word = at + step;
        at = word + WORD.len();
        let first = text[..word].strip_suffix(['F', 'f']);
        if first.is_none_or(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '_')) {
            continue;
        }
        let rest = &text[at..];
        let rest = rest.trim_start_matches([' ', '\t', '*', '_']);
        let Some(rest) = rest.strip_prefix([':', '：']) else {
            continue;
        };
        let rest = rest.trim_start_matches([' ', '\t', '`', '"', '\'', '*', '_']);
        let start = text.len() - rest.len();
        let len = slug_len(rest);
        let behind = rest[len..].trim_start_matches(['`', '*', '_', '"', '\'']);
        let ends = behind.trim_start().is_empty()
            || behind.starts_with(['\n', '\r', ',', ';', ')', '，', '、', '|'])
            || behind.starts_with(" —")
            || behind.starts_with(" –")
            || behind.starts_with(" - ")
            || behind.starts_with(" (")
            || behind.trim_start().starts_with("*/");
        if len > 0 && ends {
            return Some((start..start + len, start + len));
        }
    }
    None
}

fn slug_len(text: &str) -> usize {
    let len = text
        .find(|c: char| {
            !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'))
        })
        .unwrap_or(text.len());
    text[..len].trim_end_matches(['-', '_', '.']).len()
}

/// The feature in force at a place: the last one before it, else the only one.
fn qualifier(features: &[Qualifier], at: TextSize) -> Option<Qualifier> {
    let behind = features.partition_point(|each| each.range.start() < at);
    match (behind, features) {
        (0, [only]) => Some(only.clone()),
        (0, _) => None,
        _ => Some(features[behind - 1].clone()),
    }
}

impl Cited {
    pub(crate) fn kind(self) -> IdKind {
        match self {
            Self::Requirements => IdKind::Criterion,
            Self::Properties => IdKind::Property,
            Self::Tasks => IdKind::Step,
        }
    }

    /// The key of a number: as definitions have it.
    pub(crate) fn key(self, number: &str) -> SmolStr {
        match self {
            Self::Requirements => SmolStr::new(number),
            Self::Properties => smol_str::format_smolstr!("property/{number}"),
            Self::Tasks => smol_str::format_smolstr!("task/{number}"),
        }
    }
}

/// Whether a letter or digit ends at `at`, blanks left out.
fn after_word(text: &str, at: usize) -> bool {
    let at = skip_blanks_back(text, at);
    before(text, at).is_some_and(|(b, _)| b.is_ascii_alphanumeric())
}
