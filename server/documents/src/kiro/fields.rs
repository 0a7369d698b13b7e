//! Citing lines of tasks in a language whose words nobody told us: `_Требования: 1.1, 2.3_`. Known by their shape, and
//! because the same words begin most of them.

use super::cited::Found;
use super::words;
use crate::model::KiroField;
use crate::words as common;
use grammar::{Cited, folded};
use std::ops::Range;
use text::TextSize;

/// Most characters and words of a label.
const LONGEST: usize = 40;
const WORDS: usize = 4;

/// A line in emphasis: words, a colon, and a number.
pub(super) struct Candidate {
    /// In lower case.
    label: String,
    /// From the first digit to the end of the line.
    list: Range<usize>,
}

/// The candidate that a line is, if it is one.
pub(super) fn candidate(text: &str, line: Range<usize>) -> Option<Candidate> {
    let bare = text[line.clone()].trim_start();
    let bare = ["- ", "* ", "+ "]
        .iter()
        .find_map(|bullet| bare.strip_prefix(bullet))
        .unwrap_or(bare)
        .trim_start();
    let inner = bare.trim_start_matches(['_', '*']);
    let colon = inner.find([':', '：'])?;
    let label = inner[..colon].trim_matches(|c: char| c.is_whitespace() || c == '_' || c == '*');
    let marks = |c: char| c.is_whitespace() || ":：_*`".contains(c);
    let list = inner[colon..].trim_start_matches(marks);
    let fits = inner.len() < bare.len()
        && !label.is_empty()
        && label.chars().count() <= LONGEST
        && label.split_whitespace().count() <= WORDS
        && !label.contains(|c: char| c.is_numeric() || "`/.,;(|".contains(c))
        && list.starts_with(|c| folded(c).is_ascii_digit());
    fits.then(|| Candidate {
        label: label.to_lowercase(),
        list: line.end - list.len()..line.end,
    })
}

/// Reads the candidates whose label begins the most of them as citations of requirements, where more lines begin so
/// than the `known` ones that use a word we know.
pub(super) fn read(text: &str, candidates: &[Candidate], known: usize, found: &mut Found) {
    let mut labels: Vec<(&str, usize)> = Vec::new();
    for each in candidates {
        if common::any(&each.label, &words::DEPENDENCE) {
            continue;
        }
        match labels.iter_mut().find(|(label, _)| *label == each.label) {
            Some((_, count)) => *count += 1,
            None => labels.push((&each.label, 1)),
        }
    }
    let Some((label, count)) = labels.into_iter().rev().max_by_key(|(_, count)| *count) else {
        return;
    };
    if count <= known {
        return;
    }
    let mut read = Found::default();
    let mut several = false;
    for each in candidates.iter().filter(|each| each.label == label) {
        let base = TextSize::new(each.list.start as u32);
        let first = read.mentions.len();
        let written = &text[each.list.clone()];
        let len = grammar::cited_list(written, base, Cited::Requirements, &mut read.mentions);
        let own = &read.mentions[first..];
        several |= own.len() > 1;
        if !own.is_empty() {
            read.fields.push(KiroField {
                cited: Cited::Requirements,
                range: text::span(each.list.start, each.list.start + len),
            });
        }
    }
    // `_Hours: 1.5_` cites nothing.
    let dotted = read.mentions.iter().filter(|each| each.key.contains('.'));
    if several && dotted.count() * 2 >= read.mentions.len() {
        found.mentions.append(&mut read.mentions);
        found.fields.append(&mut read.fields);
    }
}
