//! What seeds of Kiro specs have in common: lines that cite, and criteria by place.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::expression;
use crate::document::Document;

/// A list made for citing: its numbers.
static CITES: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"_(?:Requirements|要件|需求|요구사항)\s*[:：]\s*([0-9][0-9., ]*[0-9])_")
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| expression(r"\d+(?:\.\d+)?"));
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^#{2,4} (?:Requirement|要件|需求)\s*(\d+)\b"));
static ACCEPTANCE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"(?i)^#{3,5} acceptance criteria\s*$"));
static LISTED: LazyLock<Regex> = LazyLock::new(|| expression(r"^(\d+)\. (\S.*)$"));

/// The numbers that a line of tasks cites, one by one, with their bytes in the document; nothing for ranges and words.
pub(super) fn cited(list: &Document, line: usize) -> Vec<(String, Range<usize>)> {
    if !list.open(line) {
        return Vec::new();
    }
    let words = list.line(line);
    let Some(numbers) = CITES.captures(words).and_then(|parts| parts.get(1)) else {
        return Vec::new();
    };
    let start = list.lines[line].start + numbers.start();
    NUMBER
        .find_iter(numbers.as_str())
        .map(|number| {
            let range = start + number.start()..start + number.end();
            (number.as_str().to_owned(), range)
        })
        .collect()
}

/// A requirement whose criteria are one list `1. 2. 3.` below *Acceptance Criteria*.
pub(super) struct Counted {
    /// Its number.
    pub(super) number: String,
    /// Lines of its criteria.
    pub(super) lines: Vec<usize>,
}

/// All such requirements of a document, each number once.
pub(super) fn counted(spec: &Document) -> Vec<Counted> {
    let mut found: Vec<Counted> = Vec::new();
    let mut open: Option<Counted> = None;
    let mut inside = false;
    for line in 0..spec.lines.len() {
        let words = spec.line(line);
        if !spec.open(line) {
            // A fence among criteria: leave the requirement alone.
            open = open.filter(|_| !inside);
            continue;
        }
        if words.starts_with('#') {
            if inside {
                found.extend(open.take());
            }
            inside = ACCEPTANCE.is_match(words) && open.is_some();
            if let Some(parts) = HEADING.captures(words) {
                open = Some(Counted {
                    number: parts[1].to_owned(),
                    lines: Vec::new(),
                });
            } else if !inside {
                open = None;
            }
            continue;
        }
        let Some(counted) = open.as_mut().filter(|_| inside) else {
            continue;
        };
        if let Some(parts) = LISTED.captures(words) {
            if parts[1] == format!("{}", counted.lines.len() + 1) {
                counted.lines.push(line);
            } else {
                open = None;
            }
        } else if !words.trim().is_empty() && !words.starts_with(' ') {
            open = None;
        }
    }
    found.extend(open.filter(|_| inside));
    let twice: Vec<String> = found
        .iter()
        .filter(|each| {
            found
                .iter()
                .filter(|other| other.number == each.number)
                .count()
                > 1
        })
        .map(|each| each.number.clone())
        .collect();
    found.retain(|each| !each.lines.is_empty() && !twice.contains(&each.number));
    found
}
