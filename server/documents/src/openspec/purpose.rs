//! A purpose that nobody wrote: the sentence archive puts in its place, or `TBD`.

use text::TextRange;

use super::Edition;
use super::lines::Lines;

const WRITTEN_BY_ARCHIVE: &str = "TBD - created by archiving change ";
const END_OF_SENTENCE: &str = ". Update Purpose after archive.";

/// Bytes of a placeholder in lines `from..to`; versions that know none find none.
pub(super) fn placeholder(
    lines: Lines<'_>,
    from: usize,
    to: usize,
    edition: Edition,
) -> Option<TextRange> {
    if !edition.knows_placeholders() {
        return None;
    }
    let said: Vec<usize> = (from..to).filter(|&at| !lines.fenced(at)).collect();
    let first = said
        .iter()
        .map(|&at| super::blank::trimmed(lines.text, lines.range(at)))
        .find(|range| !range.is_empty())?;
    if is_marker(&lines.text[first.clone()], edition) {
        let word = first.start + "TBD".len();
        let word = word
            + usize::from(
                lines.text[first.clone()]
                    .to_ascii_uppercase()
                    .starts_with("TODO"),
            );
        let whole =
            sentence(lines, &said).filter(|range| usize::from(range.start()) == first.start);
        return Some(whole.unwrap_or_else(|| text::span(first.start, word)));
    }
    sentence(lines, &said)
}

/// The sentence of archive: the last beginning before its first end.
fn sentence(lines: Lines<'_>, said: &[usize]) -> Option<TextRange> {
    let mut beginning: Option<usize> = None;
    for &at in said {
        let start = lines.range(at).start;
        let line = lines.written(at);
        for (place, _) in line.char_indices() {
            let rest = &line[place..];
            if rest.starts_with(WRITTEN_BY_ARCHIVE) {
                beginning = Some(start + place);
            } else if let (true, Some(from)) = (rest.starts_with(END_OF_SENTENCE), beginning) {
                return Some(text::span(from, start + place + END_OF_SENTENCE.len()));
            }
        }
    }
    None
}

/// Whether a text begins with `TBD` or `TODO` as a mark, not as a word.
fn is_marker(text: &str, edition: Edition) -> bool {
    ["TBD", "TODO"].into_iter().any(|word| {
        let Some(rest) = super::lines::strip_word(text, word) else {
            return false;
        };
        if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || is_mark(c)) {
            return false;
        }
        if text.starts_with(word) || edition < Edition::PLACEHOLDER_BY_CASE {
            return true;
        }
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.is_empty()
            || rest.starts_with([
                ':', '-', '\u{2013}', '\u{2014}', '.', ',', ';', '(', ')', '[', ']', '{', '}',
            ])
    })
}

/// Whether a character only changes the one before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}
