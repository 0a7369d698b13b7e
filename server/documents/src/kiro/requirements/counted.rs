//! Headings that count requirements in a language whose words nobody told us: `### Требование 2: Title`. Known by
//! their shape: one word or a few and a number, the same words and the numbers 1, 2, 3 on one level, most of them with
//! a numbered list below.

use super::{Name, is_listed};
use crate::kiro::{numbers, words};
use crate::markdown::sections;
use crate::model::SectionIndex;
use crate::reading::Reading;
use crate::words as common;
use grammar::folded;
use smol_str::SmolStr;
use std::ops::Range;

/// Levels on which requirements stand, the likeliest first.
const LEVELS: [u8; 5] = [3, 4, 2, 5, 6];

/// Most characters of the words in front of a number.
const LONGEST: usize = 30;

/// Most words in front of a number.
const WORDS: usize = 3;

/// A heading with a number.
pub(super) struct Counted {
    pub(super) section: SectionIndex,
    pub(super) name: Name,
    level: u8,
    /// Its words in lower case; empty where the number stands alone.
    words: String,
    number: u32,
}

/// `### Требование 2: Title`, by place.
pub(super) fn with_words(reading: &Reading<'_>) -> Vec<Counted> {
    all(reading, |text, start, end| {
        let title = &text[start..end];
        let digit = title.find(|c| folded(c).is_ascii_digit())?;
        let said = title[..digit]
            .trim_end_matches(|c: char| c.is_whitespace() || "#№°.-*_".contains(c))
            .to_lowercase();
        let is_word =
            |c: char| c.is_alphabetic() || (!c.is_ascii() && !c.is_whitespace()) || c == '\'';
        let named = !said.is_empty()
            && said.chars().count() <= LONGEST
            && said.split_whitespace().count() <= WORDS
            && said.chars().all(|c| is_word(c) || c == ' ')
            // `FR-1`, `US1` are ids of their own.
            && !title[..digit].ends_with(|c: char| c.is_ascii_uppercase() || c == '-');
        let other = [&words::PROPERTY, &words::TASK, &common::PHASE];
        let other = other
            .iter()
            .any(|each| common::prefix(&said, each).is_some());
        (named && !other).then_some((digit, said))
    })
}

/// `### 2. Title`, by place.
pub(super) fn bare(reading: &Reading<'_>) -> Vec<Counted> {
    all(reading, |text, start, end| {
        let title = &text[start..end];
        let digits = title.find(|c| !folded(c).is_ascii_digit())?;
        let separated = title[digits..].starts_with(['.', ':', '：', '、', ')']);
        (digits > 0 && separated).then(|| (0, String::new()))
    })
}

/// The headings of the group that counts requirements; none where nothing looks like one.
pub(super) fn requirements(reading: &Reading<'_>, all: Vec<Counted>) -> Vec<(SectionIndex, Name)> {
    let mut best: Option<(usize, usize, Vec<usize>)> = None;
    let mut seen: Vec<(u8, &str)> = Vec::new();
    for first in &all {
        let key = (first.level, first.words.as_str());
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let alike = |each: &&(usize, &Counted)| (each.1.level, each.1.words.as_str()) == key;
        let group: Vec<(usize, &Counted)> =
            all.iter().enumerate().filter(|it| alike(&it)).collect();
        let Some(rank) = LEVELS.iter().position(|level| *level == key.0) else {
            continue;
        };
        let counts = group[0].1.number <= 1
            && group
                .windows(2)
                .all(|two| two[0].1.number < two[1].1.number)
            && (group.len() > 1 || key.0 > 2);
        let listing = group
            .iter()
            .filter(|(_, each)| lists(reading, each.section))
            .count();
        let better = best.as_ref().is_none_or(|(known, count, _)| {
            (rank, std::cmp::Reverse(group.len())) < (*known, std::cmp::Reverse(*count))
        });
        if counts && listing * 2 >= group.len() && better {
            let places = group.iter().map(|(at, _)| *at).collect();
            best = Some((rank, group.len(), places));
        }
    }
    let places = best.map(|(_, _, places)| places).unwrap_or_default();
    let mut at = 0;
    all.into_iter()
        .filter(|_| {
            at += 1;
            places.contains(&(at - 1))
        })
        .map(|each| (each.section, each.name))
        .collect()
}

/// Headings of any level below the first; `part` gives where in the title the number stands, and the words before it.
fn all(
    reading: &Reading<'_>,
    part: impl Fn(&str, usize, usize) -> Option<(usize, String)>,
) -> Vec<Counted> {
    let indexed = (0..).zip(&reading.sections);
    indexed
        .filter(|(_, section)| section.level > 1)
        .filter_map(|(index, section)| {
            let written: Range<usize> = section.title_range.into();
            let plain = sections::plain_start(&reading.text[written.clone()]);
            let plain = plain.trim_start_matches(['*', '_']);
            let start = written.end - plain.len();
            let (digit, words) = part(reading.text, start, written.end)?;
            let at = start + digit;
            let (len, number) = numbers::leading(&reading.text[at..written.end], 1)?;
            let behind = &reading.text[at + len..written.end];
            // `Требование 1.1` is a part of one.
            let part = behind.starts_with('.')
                && behind[1..].starts_with(|c: char| folded(c).is_ascii_digit());
            let nth = number.parse().ok().filter(|_| !part)?;
            Some(Counted {
                section: index,
                name: (start..at + len, number, at + len),
                level: section.level,
                words,
                number: nth,
            })
        })
        .collect()
}

/// Whether a numbered list stands in a section.
fn lists(reading: &Reading<'_>, index: SectionIndex) -> bool {
    let range: Range<usize> = reading.sections[index as usize].range.into();
    let list = &reading.blocks.list;
    let from = list.partition_point(|block| block.range.start < range.start);
    let own = list[from..].iter();
    own.take_while(|block| block.range.start < range.end)
        .any(|block| is_listed(block) && block.ordered)
}

/// What stands right over the first numbered list of these sections, in lower case, where it is the same for most:
/// `критерии приёмки`.
pub(super) fn label(reading: &Reading<'_>, of: &[SectionIndex]) -> Option<SmolStr> {
    let mut labels: Vec<(String, usize)> = Vec::new();
    let mut all = 0;
    for index in of {
        let Some(label) = first_label(reading, *index) else {
            continue;
        };
        all += 1;
        match labels.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += 1,
            None => labels.push((label, 1)),
        }
    }
    let (label, count) = labels.into_iter().rev().max_by_key(|(_, count)| *count)?;
    (count * 2 > all && !label.is_empty()).then(|| SmolStr::new(label))
}

fn first_label(reading: &Reading<'_>, index: SectionIndex) -> Option<String> {
    let range: Range<usize> = reading.sections[index as usize].range.into();
    let list = &reading.blocks.list;
    let from = list.partition_point(|block| block.range.start < range.start);
    let mut label = String::new();
    let mut section = Some(index);
    for block in list[from..]
        .iter()
        .take_while(|it| it.range.start < range.end)
    {
        if block.section != section {
            section = block.section;
            label = section.map_or(String::new(), |at| {
                plain(&reading.sections[at as usize].title)
            });
        }
        if let Some(said) = super::label_of(reading, block) {
            label = plain(said);
        }
        if is_listed(block) && block.ordered {
            return Some(label);
        }
    }
    None
}

/// A label without its marks, in lower case.
pub(super) fn plain(label: &str) -> String {
    let marks = |c: char| c.is_whitespace() || "*_:：".contains(c);
    label.trim_matches(marks).to_lowercase()
}
