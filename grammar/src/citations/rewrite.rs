//! A list of numbers written anew when what it names is numbered otherwise: `1.1-1.4, 2.1` after something came in
//! before 1.3 is `1.1, 1.2, 1.4, 1.5, 2.1`. Only what changes is touched.

use crate::chars::folded;
use crate::mentions::Mention;
use smol_str::SmolStr;
use std::ops::Range;
use text_size::{TextRange, TextSize};

/// Ids from which on a stretch is written as a range.
const RANGE: usize = 3;

/// The replacements (bytes, text; ascending) after which the list names what `becomes` says of each of its keys; what
/// becomes nothing goes out of the list. `None` where nothing would be left, or a remark belongs to what goes.
///
/// `list` is what one [`super::Citation`] names, in its order; `text` begins at byte `base`.
pub fn recite(
    text: &str,
    base: TextSize,
    list: &[Mention],
    becomes: &dyn Fn(&str) -> Option<SmolStr>,
) -> Option<Vec<(TextRange, String)>> {
    let elements: Vec<Element> = elements(text, base, list, becomes);
    let kept = |element: &Element| element.fate != Fate::Goes;
    let first = elements.iter().position(kept)?;
    let mut edits = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        let own = element.bytes.clone();
        let gone = match &element.fate {
            Fate::Stays => continue,
            Fate::Is(new) => {
                edits.push((own, new.clone()));
                continue;
            }
            Fate::Goes if has_remark(&text[own.end..]) => return None,
            Fate::Goes if at < first => own.start..elements[at + 1].bytes.start,
            Fate::Goes => {
                let before = elements[at - 1].bytes.end;
                let gap = &text[before..own.start];
                let remark = gap.rfind([')', '）']).map_or(0, |at| at + 1);
                let remark = (remark..=gap.len()).find(|at| gap.is_char_boundary(*at));
                before + remark.unwrap_or(0)..own.end
            }
        };
        edits.push((gone, String::new()));
    }
    let place = |range: Range<usize>| {
        let at = |offset: usize| base + TextSize::new(offset as u32);
        TextRange::new(at(range.start), at(range.end))
    };
    Some(
        edits
            .into_iter()
            .map(|(range, new)| (place(range), new))
            .collect(),
    )
}

/// A number or a range of the list.
struct Element {
    bytes: Range<usize>,
    fate: Fate,
}

#[derive(PartialEq, Eq)]
enum Fate {
    Stays,
    Is(String),
    Goes,
}

fn elements(
    text: &str,
    base: TextSize,
    list: &[Mention],
    becomes: &dyn Fn(&str) -> Option<SmolStr>,
) -> Vec<Element> {
    let bytes = |mention: &Mention| Range::<usize>::from(mention.range - base);
    let mut elements = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let end = if list[at].in_range {
            let last = list[at + 1..].iter().position(|mention| mention.written);
            last.map_or(at, |more| at + 1 + more)
        } else {
            at
        };
        let members = &list[at..=end];
        let (from, to) = (bytes(&members[0]), bytes(&members[members.len() - 1]));
        let new: Vec<SmolStr> = members
            .iter()
            .filter_map(|each| becomes(&each.key))
            .collect();
        let same = new.iter().eq(members.iter().map(|each| &each.key));
        let fate = match new.as_slice() {
            _ if same => Fate::Stays,
            [] => Fate::Goes,
            [only] if from == to => Fate::Is(like(number(only), &text[from.clone()])),
            _ => Fate::Is(range(text, &from, &to, &new)),
        };
        elements.push(Element {
            bytes: from.start..to.end,
            fate,
        });
        at = end + 1;
    }
    elements
}

/// Behind what an element names stands a remark on it: `1.1 (in part)`.
fn has_remark(behind: &str) -> bool {
    behind
        .trim_start_matches([' ', '`', '*', '_'])
        .starts_with(['(', '（'])
}

/// The number of a key.
fn number(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// What a range stands for now: one range, or several and single numbers.
fn range(text: &str, from: &Range<usize>, to: &Range<usize>, ids: &[SmolStr]) -> String {
    let sign = &text[from.end..to.start];
    let (sample, end_sample) = (&text[from.clone()], &text[to.clone()]);
    let short = !end_sample.contains(['.', '．']) && sample.contains(['.', '．']);
    let joint = if sample.is_ascii() && sign.is_ascii() {
        ", "
    } else {
        "、"
    };
    let mut ids: Vec<&str> = ids.iter().map(|id| number(id)).collect();
    ids.sort_by_key(|id| parts(id).map(|(stem, last)| (stem.to_owned(), last)));
    let runs = ids.chunk_by(|one, other| follows(one, other));
    let one = ids.chunk_by(|one, other| follows(one, other)).count() == 1;
    let mut written = Vec::new();
    for run in runs {
        let (first, last) = (run[0], run[run.len() - 1]);
        if run.len() < if one { 2 } else { RANGE } {
            written.extend(run.iter().map(|id| like(id, sample)));
            continue;
        }
        let last = if short {
            last.rsplit('.').next().unwrap_or(last)
        } else {
            last
        };
        written.push(format!(
            "{}{sign}{}",
            like(first, sample),
            like(last, end_sample)
        ));
    }
    written.join(joint)
}

fn parts(id: &str) -> Option<(&str, u32)> {
    let (stem, last) = id.rsplit_once('.').unwrap_or(("", id));
    Some((stem, last.parse().ok()?))
}

fn follows(one: &str, other: &str) -> bool {
    match (parts(one), parts(other)) {
        (Some((stem, last)), Some((other, next))) => stem == other && next == last + 1,
        _ => false,
    }
}

/// A number in the digits of `sample`.
fn like(number: &str, sample: &str) -> String {
    let wide = sample
        .chars()
        .any(|c| !c.is_ascii() && folded(c).is_ascii_digit());
    let digit = |c: char| match c.to_digit(10) {
        Some(value) if wide => char::from_u32(0xFF10 + value).unwrap_or(c),
        _ => c,
    };
    number.chars().map(digit).collect()
}
