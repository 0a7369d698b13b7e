//! Main specs: `specs/<capability>/spec.md`.

use smol_str::SmolStr;
use text::TextRange;

use super::Edition;
use super::blank::{is_blank, trimmed, units};
use super::lines::{Lines, heading, level, requirement, strip_word};
use super::purpose;
use super::requirement::{Block, Body, block, body, name};
use crate::model::SpecLine;

/// What a main spec says to one version of the tool.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capability {
    /// What the spec is for; none where the section is missing or empty.
    pub purpose: Option<Purpose>,
    /// Its heading, where the section is there but empty.
    pub empty_purpose: Option<TextRange>,
    /// The heading of the requirements; none where the section is missing.
    pub requirements: Option<TextRange>,
    /// What the tool takes for requirements: every heading right below that one.
    pub listed: Vec<Listed>,
    /// Blocks below `### Requirement:` headings of the section.
    pub blocks: Vec<Block>,
    /// What stands where it cannot be seen.
    pub misplaced: Vec<Misplaced>,
    /// The first line, for what is said of the whole file.
    pub head: TextRange,
}

/// `## Purpose`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// Bytes of the text.
    pub range: TextRange,
    /// Its length in UTF-16 units.
    pub length: usize,
    /// Bytes of what nobody wrote: `TBD`, or the sentence of archive.
    pub placeholder: Option<TextRange>,
}

/// A heading below the requirements section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Bytes of the heading's text.
    pub title: TextRange,
    /// The heading line.
    pub heading: TextRange,
    /// Length of its text (of its title where it has none) in UTF-16 units.
    pub length: usize,
    /// The text.
    pub body: Option<Body>,
    /// Scenarios below it with something in them.
    pub scenarios: u32,
}

/// A heading at a place where main specs have none like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// What is wrong.
    pub fault: Fault,
    /// The name of the requirement; empty for a section.
    pub name: SmolStr,
    /// The heading line without blanks around it.
    pub range: TextRange,
}

/// What is wrong with a heading of a main spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `## ADDED Requirements`: only changes have them.
    DeltaSection,
    /// A requirement outside the requirements section.
    Outside,
    /// A requirement of that name was there before, with this heading.
    Twice(TextRange),
}

/// A heading and where its content ends.
struct Section {
    level: usize,
    line: usize,
    end: usize,
    title: TextRange,
    parent: Option<usize>,
}

/// Reads a main spec.
#[must_use]
pub fn capability(text: &str, lines: &[SpecLine], edition: Edition) -> Capability {
    let lines = Lines { text, lines };
    let sections = sections(lines);
    let named = |wanted: &str| {
        sections
            .iter()
            .position(|section| text::slice(text, section.title).eq_ignore_ascii_case(wanted))
    };
    let purpose = named("Purpose").map(|at| {
        let section = &sections[at];
        (section, lines.content(section.line + 1, section.end))
    });
    let requirements = named("Requirements");
    Capability {
        empty_purpose: purpose
            .as_ref()
            .filter(|(_, content)| content.is_empty())
            .map(|(section, _)| lines.lines[section.line].range),
        purpose: purpose
            .filter(|(_, content)| !content.is_empty())
            .map(|(section, content)| Purpose {
                range: text::span(content.start, content.end),
                length: units(&text[content]),
                placeholder: purpose::placeholder(lines, section.line + 1, section.end, edition),
            }),
        requirements: requirements.map(|at| lines.lines[sections[at].line].range),
        listed: requirements.map_or_else(Vec::new, |at| listed(lines, &sections, at)),
        blocks: requirement_blocks(lines, edition),
        misplaced: misplaced(lines, edition),
        head: lines
            .lines
            .first()
            .map_or_else(TextRange::default, |line| line.range),
    }
}

fn sections(lines: Lines<'_>) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    // Around the line by nesting, and by content: a heading without a title only ends content.
    let (mut open, mut running): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for at in 0..lines.len() {
        if lines.fenced(at) {
            continue;
        }
        let ends = level(lines.written(at));
        while let Some(last) = running.pop_if(|last| ends > 0 && found[*last].level >= ends) {
            found[last].end = at;
        }
        let Some((level, title)) = heading(lines.written(at)) else {
            continue;
        };
        while open.last().is_some_and(|&last| found[last].level >= level) {
            open.pop();
        }
        let start = lines.range(at).start;
        found.push(Section {
            level,
            line: at,
            end: lines.len(),
            title: text::span(start + title.start, start + title.end),
            parent: open.last().copied(),
        });
        open.push(found.len() - 1);
        running.push(found.len() - 1);
    }
    found
}

fn listed(lines: Lines<'_>, sections: &[Section], around: usize) -> Vec<Listed> {
    let children = |parent: usize| {
        (0..)
            .zip(sections)
            .filter(move |(_, section)| section.parent == Some(parent))
    };
    children(around)
        .map(|(at, section)| {
            let body = body(lines, section.line + 1, section.end);
            let filled = |child: &Section| !lines.content(child.line + 1, child.end).is_empty();
            Listed {
                title: section.title,
                heading: lines.lines[section.line].range,
                length: body.as_ref().map_or_else(
                    || units(text::slice(lines.text, section.title)),
                    |body| body.length,
                ),
                scenarios: children(at).filter(|(_, child)| filled(child)).count() as u32,
                body,
            }
        })
        .collect()
}

/// Whether a line is `## <word>`, blanks at its end left out.
fn is_section(line: &str, word: &str) -> bool {
    level(line) == 2
        && strip_word(super::blank::behind(&line[2..]), word)
            .is_some_and(|rest| rest.chars().all(is_blank))
}

/// First and last line (not included) of the requirements section.
pub(super) fn requirements(lines: Lines<'_>) -> Option<(usize, usize)> {
    section(lines, 0)
}

/// The same, looked for from line `from` on.
fn section(lines: Lines<'_>, from: usize) -> Option<(usize, usize)> {
    let head = lines.find(from, lines.len(), |line| is_section(line, "Requirements"))?;
    let end = lines.find(head + 1, lines.len(), |line| level(line) == 2);
    Some((head, end.unwrap_or(lines.len())))
}

/// The requirements of the section.
pub(super) fn requirement_blocks(lines: Lines<'_>, edition: Edition) -> Vec<Block> {
    let Some((head, end)) = requirements(lines) else {
        return Vec::new();
    };
    let is_head = |line: &str| requirement(line).is_some();
    let mut found = Vec::new();
    let mut next = lines.find(head + 1, end, is_head);
    while let Some(at) = next {
        next = lines.find(at + 1, end, is_head);
        found.push(block(lines, at, next.unwrap_or(end), edition));
    }
    found
}

fn misplaced(lines: Lines<'_>, edition: Edition) -> Vec<Misplaced> {
    // Here the tool sees a byte order mark as a character of the first line.
    let first = usize::from(lines.text.starts_with('\u{feff}'));
    let inside = requirements(lines).filter(|(head, _)| *head >= first);
    let inside = inside.or_else(|| section(lines, first));
    let mut found = Vec::new();
    let mut named: Vec<(&str, TextRange)> = Vec::new();
    for at in first..lines.len() {
        let line = lines.written(at);
        if lines.fenced(at) {
            continue;
        }
        let range = trimmed(lines.text, lines.range(at));
        let range = text::span(range.start, range.end);
        let mut push = |fault, name: &str| {
            found.push(Misplaced {
                fault,
                name: SmolStr::new(name),
                range,
            });
        };
        if is_delta_section(line) {
            push(Fault::DeltaSection, "");
            continue;
        }
        let Some(written) = requirement(line).filter(|_| level(line) == 3) else {
            continue;
        };
        let start = lines.range(at).start;
        let bytes = name(
            lines.text,
            start + written.start..start + written.end,
            edition,
        );
        let name = &lines.text[bytes];
        if !inside.is_some_and(|(head, end)| head < at && at < end) {
            push(Fault::Outside, name);
        } else if let Some((_, first)) = named.iter().find(|(each, _)| *each == name) {
            push(Fault::Twice(*first), name);
        } else {
            named.push((name, range));
        }
    }
    found
}

/// Whether a line is `## ADDED Requirements` or its like.
pub(super) fn is_delta_section(line: &str) -> bool {
    level(line) == 2
        && ["ADDED", "MODIFIED", "REMOVED", "RENAMED"]
            .into_iter()
            .any(|word| {
                strip_word(super::blank::behind(&line[2..]), word)
                    .filter(|rest| rest.starts_with(is_blank))
                    .and_then(|rest| strip_word(super::blank::behind(rest), "Requirements"))
                    .is_some_and(|rest| rest.chars().all(is_blank))
            })
}
