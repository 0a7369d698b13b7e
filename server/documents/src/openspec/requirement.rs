//! Requirement blocks and the scenarios in them, of main specs and deltas alike.

use std::ops::Range;

use smol_str::SmolStr;
use text::TextRange;

use super::Edition;
use super::blank::{behind, is_blank, trimmed, units};
use super::lines::{Lines, level, requirement, strip_word};

/// `### Requirement: Name` and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name: what it is known by, byte for byte.
    pub name: SmolStr,
    /// Bytes of the name.
    pub name_range: TextRange,
    /// The heading line.
    pub heading: TextRange,
    /// From the heading to the last line that is not blank.
    pub range: TextRange,
    /// What it demands; none where nothing stands between the heading and the next one.
    pub body: Option<Body>,
    /// Every `####` heading of it.
    pub scenarios: Vec<Scenario>,
}

/// The text of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// From its first to its last line.
    pub range: TextRange,
    /// Whether it says SHALL or MUST.
    pub normative: bool,
    /// Its length without line indents, in UTF-16 units.
    pub length: usize,
}

/// A scenario of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its name: what it is known by, byte for byte.
    pub name: SmolStr,
    /// Bytes of the name.
    pub name_range: TextRange,
    /// The heading line.
    pub heading: TextRange,
    /// From the heading to the last line that is not blank.
    pub range: TextRange,
    /// Whether the heading says `Scenario:`, and says it in these letters.
    pub labelled: bool,
    /// Whether a blank stands behind the `####`.
    pub spaced: bool,
    /// Whether anything stands below the heading.
    pub filled: bool,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// `- **WHEN** ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which of the words.
    pub keyword: Keyword,
    /// The line without list mark and blanks at the end.
    pub range: TextRange,
}

/// Words that steps begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keyword {
    /// `GIVEN`
    Given,
    /// `WHEN`
    When,
    /// `THEN`
    Then,
    /// `AND`, `BUT`
    And,
}

/// A name without closing `#`s, where this version leaves them out.
pub(super) fn name(text: &str, range: Range<usize>, edition: Edition) -> Range<usize> {
    if edition < Edition::STRICT_SHAPES {
        return trimmed(text, range);
    }
    unclosed(text, range)
}

/// Bytes without the `#`s that close a heading.
fn unclosed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let rest = written.trim_end_matches([' ', '\t']);
    let bare = rest.trim_end_matches('#');
    let cut = bare.trim_end_matches([' ', '\t']);
    let end = if bare.len() < rest.len() && cut.len() < bare.len() {
        cut.len()
    } else {
        written.len()
    };
    trimmed(text, range.start..range.start + end)
}

/// The block whose heading is line `at`, up to line `end`.
pub(super) fn block(lines: Lines<'_>, at: usize, end: usize, edition: Edition) -> Block {
    let line = lines.range(at);
    let written = requirement(lines.written(at)).unwrap_or(0..0);
    let name = name(
        lines.text,
        line.start + written.start..line.start + written.end,
        edition,
    );
    Block {
        name: SmolStr::new(&lines.text[name.clone()]),
        name_range: text::span(name.start, name.end),
        heading: text::span(line.start, line.end),
        range: lines.block(at, end),
        body: body(lines, at + 1, end),
        scenarios: scenarios(lines, at + 1, end),
    }
}

/// The text of a requirement in lines `from..to`.
pub(super) fn body(lines: Lines<'_>, from: usize, to: usize) -> Option<Body> {
    let (mut own, mut marks) = (Vec::new(), Vec::new());
    for at in from..to {
        if lines.fenced(at) {
            continue;
        }
        let line = lines.written(at);
        if level(line) > 0 {
            break;
        }
        let range = trimmed(lines.text, lines.range(at));
        if range.is_empty() {
            continue;
        }
        if is_mark(&lines.text[range.clone()]) {
            marks.push(range);
        } else {
            own.push(range);
        }
    }
    let said = if own.is_empty() { marks } else { own };
    let (first, last) = (said.first()?, said.last()?);
    let written = |range: &Range<usize>| &lines.text[range.clone()];
    Some(Body {
        range: text::span(first.start, last.end),
        normative: said.iter().any(|range| is_normative(written(range))),
        length: said
            .iter()
            .map(|range| units(written(range)))
            .sum::<usize>()
            + said.len()
            - 1,
    })
}

/// `**Priority**: high`
fn is_mark(line: &str) -> bool {
    line.strip_prefix("**").is_some_and(|rest| {
        rest.find('*')
            .is_some_and(|end| end > 0 && rest[end..].starts_with("**:"))
    })
}

/// Whether a text says SHALL or MUST, as words of their own.
#[must_use]
pub fn is_normative(text: &str) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    ["SHALL", "MUST"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = at.checked_sub(1).map(|at| &text.as_bytes()[at]);
            let after = text.as_bytes().get(at + word.len());
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
    })
}

/// Scenarios in lines `from..to`.
fn scenarios(lines: Lines<'_>, from: usize, to: usize) -> Vec<Scenario> {
    let is_head = |line: &str| level(line) == 4 || unspaced(line);
    let heads: Vec<usize> = (from..to)
        .filter(|&at| !lines.fenced(at) && is_head(lines.written(at)))
        .collect();
    heads
        .iter()
        .map(|&at| {
            let end = lines
                .find(at + 1, to, |line| matches!(level(line), 1..=4))
                .unwrap_or(to);
            scenario(lines, at, end)
        })
        .collect()
}

/// `####Scenario: x`, which old versions took for one.
fn unspaced(line: &str) -> bool {
    line.strip_prefix("####")
        .is_some_and(|rest| rest.starts_with("Scenario:"))
}

fn scenario(lines: Lines<'_>, at: usize, end: usize) -> Scenario {
    let line = lines.range(at);
    let written = lines.written(at);
    let head = trimmed(lines.text, line.start + 4..line.end);
    let head = unclosed(lines.text, head);
    let labelled = behind(&written[4..]).starts_with("Scenario:");
    let said = &lines.text[head.clone()];
    let bare = strip_word(said, "Scenario:").unwrap_or(said);
    let name = trimmed(lines.text, head.end - bare.len()..head.end);
    Scenario {
        name: SmolStr::new(&lines.text[name.clone()]),
        name_range: text::span(name.start, name.end),
        heading: text::span(line.start, line.end),
        range: lines.block(at, end),
        labelled,
        spaced: level(written) == 4,
        filled: !lines.content(at + 1, end).is_empty(),
        steps: (at + 1..end)
            .filter(|&at| !lines.fenced(at))
            .filter_map(|at| step(lines.text, lines.range(at)))
            .collect(),
    }
}

fn step(text: &str, line: Range<usize>) -> Option<Step> {
    let range = trimmed(text, line);
    let written = &text[range.clone()];
    let rest = behind(written.trim_start_matches(['-', '*', '+'])).trim_start_matches(['*', '_']);
    let word: &str = rest
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let keyword = match word.to_ascii_uppercase().as_str() {
        "GIVEN" => Keyword::Given,
        "WHEN" => Keyword::When,
        "THEN" => Keyword::Then,
        "AND" | "BUT" => Keyword::And,
        _ => return None,
    };
    // In prose a step's word is written like any other; emphasis or capitals make it one.
    let marked = written.len() > rest.len() || word.chars().all(|c| c.is_ascii_uppercase());
    let start = range.end - rest.len();
    marked.then(|| Step {
        keyword,
        range: text::span(start, range.end),
    })
}

impl Block {
    /// Scenarios that a version counts.
    pub fn counted(&self, edition: Edition) -> impl Iterator<Item = &Scenario> {
        let strict = edition >= Edition::STRICT_SHAPES;
        self.scenarios
            .iter()
            .filter(move |scenario| scenario.spaced && (scenario.filled || !strict))
    }

    /// Scenarios that a version compares with those of another state of the requirement.
    pub fn compared(&self, edition: Edition) -> impl Iterator<Item = &Scenario> {
        let any = edition >= Edition::SCENARIO_OF_ANY_NAME;
        self.scenarios.iter().filter(move |scenario| {
            if any {
                scenario.spaced
            } else {
                scenario.labelled && !scenario.name.is_empty()
            }
        })
    }
}

/// The same text but for line breaks and blanks around it: what archive takes for no change.
#[must_use]
pub fn is_same_text(one: &str, other: &str) -> bool {
    let unix = |text: &str| {
        text.trim_matches(is_blank)
            .replace("\r\n", "\n")
            .replace('\r', "\n")
    };
    unix(one) == unix(other)
}
