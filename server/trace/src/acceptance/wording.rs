//! What an item says, as words: formatters, renumbering and ticks leave them as they are.
//!
//! Ids, ticks, marks of emphasis, list markers, blanks, wrapping and most punctuation do not count; words, numbers,
//! signs of quantity and code spans do.

use documents::{Document, DocumentKind, Item, ItemIndex, ItemKind};
use text::{TextRange, TextSize};
use xxhash_rust::xxh3::xxh3_64;

/// Signs that change what a sentence demands.
const SIGNS: &str = "<>=≤≥≠±+%$€£¥&°µ×÷";

/// Whether an item of such a document can be accepted: what is wanted, not what is to be done for it.
pub(crate) fn is_acceptable(document: DocumentKind, kind: ItemKind) -> bool {
    let spec = document.is_spec() && document != DocumentKind::OpenSpecDelta;
    spec && matches!(
        kind,
        ItemKind::Story | ItemKind::Requirement | ItemKind::Criterion | ItemKind::SuccessCriterion
    )
}

/// The words an item says itself, those of its scenarios left out.
#[must_use]
pub(super) fn words(facts: &Document, text: &str, item: &Item, at: ItemIndex) -> Vec<String> {
    let apart = |each: &&Item| {
        each.parent == Some(at) && matches!(each.kind, ItemKind::Scenario | ItemKind::Criterion)
    };
    let mut left_out: Vec<TextRange> = vec![item.id_range];
    left_out.extend(facts.items.iter().filter(apart).map(|each| each.range));
    left_out.extend(facts.mentions.iter().map(|each| each.range));
    let comments = facts.opaque.iter();
    left_out.extend(comments.filter(|range| text::slice(text, **range).starts_with("<!--")));
    // What holds a value is no part of what is wanted.
    left_out.extend(facts.bindings.iter().map(|each| each.mark));
    left_out.extend(item.task.iter().map(|task| task.checkbox_range));
    left_out.retain(|range| item.range.contains_range(*range) && !range.is_empty());
    left_out.sort_unstable_by_key(|range| (range.start(), range.end()));
    let mut words = Vec::new();
    let mut from = item.range.start();
    for range in left_out {
        if range.end() <= from {
            continue;
        }
        read(text, from, range.start().max(from), &mut words);
        from = range.end();
    }
    read(text, from, item.range.end().max(from), &mut words);
    words
}

/// The print of what an item says, with its scenarios in any order.
#[must_use]
pub(crate) fn print(facts: &Document, text: &str, at: ItemIndex) -> Option<u64> {
    let item = facts.items.get(at as usize)?;
    let of =
        |item: &Item, at: ItemIndex| xxh3_64(words(facts, text, item, at).join("\0").as_bytes());
    let scenarios = (0..)
        .zip(&facts.items)
        .filter(|(_, each)| each.parent == Some(at) && each.kind == ItemKind::Scenario);
    let mut below: Vec<u64> = scenarios.map(|(at, each)| of(each, at)).collect();
    below.sort_unstable();
    let own = of(item, at);
    if below.is_empty() {
        return Some(own);
    }
    let all: Vec<u8> = [own]
        .into_iter()
        .chain(below)
        .flat_map(u64::to_le_bytes)
        .collect();
    Some(xxh3_64(&all))
}

/// Appends the words of a stretch of Markdown.
fn read(all: &str, start: TextSize, end: TextSize, words: &mut Vec<String>) {
    let Some(text) = all.get(usize::from(start)..usize::from(end)) else {
        return;
    };
    let mut rest = text;
    let mut word = String::new();
    let mut at_line_start = {
        let above = &all[..usize::from(start)];
        above.trim_end_matches([' ', '\t']).ends_with('\n') || above.trim().is_empty()
    };
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        if at_line_start {
            at_line_start = false;
            let line = rest.split('\n').next().unwrap_or_default();
            if line.chars().all(|c| "-=|: \t\r+*_#>".contains(c)) {
                end_word(&mut word, words);
                rest = &rest[line.len()..];
                continue;
            }
            let bare = without_marks(line);
            if bare.len() < line.len() {
                end_word(&mut word, words);
                before = ' ';
                rest = &rest[line.len() - bare.len()..];
                continue;
            }
        }
        if c == '`'
            && let Some((content, behind)) = code_span(rest)
        {
            end_word(&mut word, words);
            words.extend(content.split_whitespace().map(|part| format!("`{part}")));
            rest = behind;
            before = ' ';
            continue;
        }
        let behind = &rest[c.len_utf8()..];
        if c == '\\' && behind.starts_with(|next: char| next.is_ascii_punctuation()) {
            // What a formatter escapes says the same: `a\_b`.
            rest = behind;
            continue;
        }
        let next = behind.chars().next().unwrap_or(' ');
        let c = if c == '\u{2019}' { '\'' } else { c };
        if is_wide(c) {
            end_word(&mut word, words);
            words.push(c.to_string());
        } else if c.is_alphanumeric()
            || joins(c) && before.is_alphanumeric() && next.is_alphanumeric() && !is_wide(next)
        {
            word.push(c);
        } else if c == '-' && !before.is_alphanumeric() && next.is_ascii_digit() {
            end_word(&mut word, words);
            word.push(c);
        } else {
            end_word(&mut word, words);
            if SIGNS.contains(c) {
                words.push(c.to_string());
            }
        }
        at_line_start = c == '\n';
        before = if is_wide(c) || c == '_' { before } else { c };
        rest = behind;
    }
    end_word(&mut word, words);
}

fn end_word(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Signs that make one word of two, or one number.
fn joins(c: char) -> bool {
    matches!(c, '_' | '-' | '.' | ',' | ':' | '/' | '\'' | '@')
}

/// Letters of scripts that are written without blanks: wrapping them adds none.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A line without what makes it a quote, an item of a list, a heading or a task.
fn without_marks(line: &str) -> &str {
    let mut rest = line.trim_start();
    let mut is_item = false;
    loop {
        let bare = if let Some(quoted) = rest.strip_prefix('>') {
            quoted
        } else if let Some(listed) = ["- ", "* ", "+ "]
            .iter()
            .find_map(|mark| rest.strip_prefix(mark))
        {
            is_item = true;
            listed
        } else if rest.starts_with('#') {
            let bare = rest.trim_start_matches('#');
            if !bare.starts_with(' ') {
                return rest;
            }
            bare
        } else {
            let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let numbered = bare
                .strip_prefix(['.', ')'])
                .filter(|_| bare.len() < rest.len());
            match numbered.filter(|behind| behind.starts_with(' ')) {
                Some(behind) => {
                    is_item = true;
                    behind
                }
                None => break,
            }
        };
        rest = bare.trim_start();
    }
    // Where a line was broken before `[X] more`, that is no box to tick.
    let boxed = rest
        .strip_prefix('[')
        .filter(|_| is_item)
        .and_then(|behind| {
            let mark = behind.chars().next()?;
            behind[mark.len_utf8()..].strip_prefix("] ")
        });
    boxed.map_or(rest, str::trim_start)
}

/// What stands in a code span that begins here, and what follows it; spans end with their paragraph.
fn code_span(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches('`');
    let ticks = text.len() - rest.len();
    let limit = rest.find("\n\n").unwrap_or(rest.len());
    let mut from = 0;
    while let Some(found) = rest[from..limit].find('`') {
        let at = from + found;
        let run = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        if run == ticks {
            return Some((&rest[..at], &rest[at + run..]));
        }
        from = (at + run).min(limit);
    }
    None
}

#[cfg(test)]
mod tests;
