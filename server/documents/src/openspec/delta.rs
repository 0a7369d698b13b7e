//! Deltas: `changes/<change>/specs/<capability>/spec.md`.

use std::ops::Range;

use smol_str::SmolStr;
use text::TextRange;

use super::Edition;
use super::blank::{behind, is_blank, is_one_line, trimmed};
use super::lines::{Lines, heading, level, requirement, strip_word};
use super::requirement::{Block, block, name};
use crate::model::SpecLine;

/// What a delta asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    /// `## ADDED Requirements`
    Added,
    /// `## MODIFIED Requirements`
    Modified,
    /// `## REMOVED Requirements`
    Removed,
    /// `## RENAMED Requirements`
    Renamed,
}

impl Operation {
    /// All of them, in the order the tool reads them in.
    pub const ALL: [Self; 4] = [Self::Added, Self::Modified, Self::Removed, Self::Renamed];

    /// The word of the heading.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "ADDED",
            Self::Modified => "MODIFIED",
            Self::Removed => "REMOVED",
            Self::Renamed => "RENAMED",
        }
    }

    /// The operation of a section title, in any case, with one blank inside.
    fn of(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| {
            strip_word(title, operation.as_str())
                .is_some_and(|rest| rest.eq_ignore_ascii_case(" Requirements"))
        })
    }
}

/// What a delta says to one version of the tool.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delta {
    /// Headings of delta sections that are read, by operation and place.
    pub sections: Vec<(Operation, TextRange)>,
    /// Requirements that are new.
    pub added: Vec<Block>,
    /// Requirements that replace one of the same name.
    pub modified: Vec<Block>,
    /// Names of requirements that go.
    pub removed: Vec<Named>,
    /// Old and new names.
    pub renamed: Vec<(Named, Named)>,
    /// `FROM:` without `TO:`, and the other way round.
    pub unpaired: Vec<(Side, Named)>,
    /// Requirements outside every delta section, with the section they stand in.
    pub orphans: Vec<(Named, Option<TextRange>)>,
    /// Third-level headings in ADDED and MODIFIED that are no requirements: heading text, place, operation.
    pub skipped: Vec<(SmolStr, TextRange, Operation)>,
    /// The first line, for what is said of the whole file.
    pub head: TextRange,
}

/// A requirement by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: SmolStr,
    /// Bytes of the name.
    pub range: TextRange,
    /// Its line.
    pub line: TextRange,
}

/// Half of a rename.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `FROM:`
    From,
    /// `TO:`
    To,
}

impl Side {
    /// The word as written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "FROM",
            Self::To => "TO",
        }
    }

    /// The other half.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::From => Self::To,
            Self::To => Self::From,
        }
    }
}

impl Delta {
    /// Whether it asks for anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries() == 0
    }

    /// How many things it asks for.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.added.len() + self.modified.len() + self.removed.len() + self.renamed.len()
    }

    /// The blocks of ADDED and MODIFIED, in that order.
    pub fn blocks(&self) -> impl Iterator<Item = (Operation, &Block)> {
        let added = self.added.iter().map(|block| (Operation::Added, block));
        let modified = self
            .modified
            .iter()
            .map(|block| (Operation::Modified, block));
        added.chain(modified)
    }
}

/// A second-level section: title, and lines behind its heading.
struct Section {
    title: Range<usize>,
    line: usize,
    body: Range<usize>,
}

/// Reads a delta.
#[must_use]
pub fn delta(text: &str, lines: &[SpecLine], edition: Edition) -> Delta {
    let lines = Lines { text, lines };
    let sections = sections(lines);
    let mut found = Delta {
        head: lines
            .lines
            .first()
            .map_or_else(TextRange::default, |line| line.range),
        ..Delta::default()
    };
    for operation in Operation::ALL {
        for section in read_as(text, &sections, operation, edition) {
            found
                .sections
                .push((operation, lines.lines[section.line].range));
            match operation {
                Operation::Added => {
                    let blocks = blocks(lines, &section.body, edition);
                    found.added.extend(blocks);
                }
                Operation::Modified => {
                    let blocks = blocks(lines, &section.body, edition);
                    found.modified.extend(blocks);
                }
                Operation::Removed => removed(lines, &section.body, edition, &mut found.removed),
                Operation::Renamed => renamed(lines, &section.body, edition, &mut found),
            }
            if matches!(operation, Operation::Added | Operation::Modified) {
                skipped(lines, &section.body, operation, &mut found.skipped);
            }
        }
    }
    found.skipped.sort_by_key(|(_, range, _)| range.start());
    found.unpaired.sort_by_key(|(_, named)| named.line.start());
    if edition.is_strict() {
        found.orphans = orphans(lines, edition);
    } else {
        found.unpaired.clear();
    }
    found
}

fn sections(lines: Lines<'_>) -> Vec<Section> {
    let heads: Vec<(usize, Range<usize>)> = (0..lines.len())
        .filter(|&at| !lines.fenced(at))
        .filter_map(|at| {
            let (level, title) = heading(lines.written(at))?;
            let start = lines.range(at).start;
            (level == 2).then_some((at, start + title.start..start + title.end))
        })
        .collect();
    let ends = heads.iter().skip(1).map(|(at, _)| *at);
    heads
        .iter()
        .zip(ends.chain([lines.len()]))
        .map(|((at, title), end)| Section {
            title: title.clone(),
            line: *at,
            body: at + 1..end,
        })
        .collect()
}

/// The sections that a version reads as those of one operation.
fn read_as<'a>(
    text: &str,
    sections: &'a [Section],
    operation: Operation,
    edition: Edition,
) -> Vec<&'a Section> {
    let title = |section: &Section| &text[section.title.clone()];
    let mut all = sections
        .iter()
        .filter(|section| Operation::of(title(section)) == Some(operation));
    if edition >= Edition::SECTIONS_REPEATED {
        return all.collect();
    }
    // Of sections of one title the last counted, of titles in different case the first.
    let first = all.next();
    let last = first.and_then(|first| {
        let mut same = sections.iter().rev();
        same.find(|each| title(each) == title(first))
    });
    last.into_iter().collect()
}

fn blocks(lines: Lines<'_>, body: &Range<usize>, edition: Edition) -> Vec<Block> {
    let mut found = Vec::new();
    let mut at = body.start;
    while let Some(head) = lines.find(at, body.end, |line| requirement(line).is_some()) {
        let is_end = |line: &str| requirement(line).is_some() || level(line) == 2;
        let end = lines.find(head + 1, body.end, is_end).unwrap_or(body.end);
        found.push(block(lines, head, end, edition));
        at = end;
    }
    found
}

fn skipped(
    lines: Lines<'_>,
    body: &Range<usize>,
    operation: Operation,
    found: &mut Vec<(SmolStr, TextRange, Operation)>,
) {
    for at in body.clone().filter(|&at| !lines.fenced(at)) {
        let line = lines.written(at);
        if level(line) != 3 || requirement(line).is_some() {
            continue;
        }
        let range = lines.range(at);
        let title = trimmed(lines.text, range.start + 3..range.end);
        if !title.is_empty() {
            found.push((
                SmolStr::new(&lines.text[title]),
                text::span(range.start, range.end),
                operation,
            ));
        }
    }
}

fn named(lines: Lines<'_>, at: usize, written: Range<usize>, edition: Edition) -> Named {
    let line = lines.range(at);
    let bytes = name(
        lines.text,
        line.start + written.start..line.start + written.end,
        edition,
    );
    Named {
        name: SmolStr::new(&lines.text[bytes.clone()]),
        range: text::span(bytes.start, bytes.end),
        line: text::span(line.start, line.end),
    }
}

fn removed(lines: Lines<'_>, body: &Range<usize>, edition: Edition, found: &mut Vec<Named>) {
    for at in body.clone().filter(|&at| !lines.fenced(at)) {
        let line = lines.written(at);
        let written = requirement(line).or_else(|| {
            let rest = behind(line);
            let rest = rest.strip_prefix(bullets(edition))?;
            quoted(line, behind(rest))
        });
        found.extend(written.map(|written| named(lines, at, written, edition)));
    }
}

/// List marks that a version knows.
fn bullets(edition: Edition) -> &'static [char] {
    if edition >= Edition::SECTIONS_REPEATED {
        &['-', '*', '+']
    } else {
        &['-']
    }
}

/// Bytes in `line` of the name in `rest`: `` `### Requirement: Name` ``, the end of the line.
fn quoted(line: &str, rest: &str) -> Option<Range<usize>> {
    let rest = rest.strip_prefix('`').unwrap_or(rest);
    let rest = behind(rest.strip_prefix("###")?).strip_prefix("Requirement:")?;
    let start = line.len() - rest.len();
    let end = line.trim_end_matches(is_blank).len();
    // One tick at the end is no part of the name, but a name is at least one character.
    let written = line.get(start..end)?;
    let bare = written.strip_suffix('`').unwrap_or(written);
    let name = if bare.chars().all(is_blank) {
        written
    } else {
        bare
    };
    if name.is_empty() && rest.is_empty() || !is_one_line(name) {
        return None;
    }
    Some(trimmed(line, start..start + name.len()))
}

fn renamed(lines: Lines<'_>, body: &Range<usize>, edition: Edition, found: &mut Delta) {
    let strict = edition.is_strict();
    let mut from: Option<Named> = None;
    for at in body.clone().filter(|&at| !lines.fenced(at)) {
        let line = lines.written(at);
        let rest = behind(line);
        let rest = behind(rest.strip_prefix(bullets(edition)).unwrap_or(rest));
        let half = |word: &str| {
            let rest = behind(rest.strip_prefix(word)?);
            let written = quoted(line, rest)?;
            Some(named(lines, at, written, edition))
        };
        if let Some(new) = half("FROM:") {
            let displaced = from.replace(new).filter(|_| strict);
            found
                .unpaired
                .extend(displaced.map(|each| (Side::From, each)));
        } else if let Some(new) = half("TO:") {
            match from.take_if(|from| strict || !from.name.is_empty()) {
                Some(from) => found.renamed.push((from, new)),
                None if strict => found.unpaired.push((Side::To, new)),
                None => {}
            }
        }
    }
    found.unpaired.extend(from.map(|each| (Side::From, each)));
}

fn orphans(lines: Lines<'_>, edition: Edition) -> Vec<(Named, Option<TextRange>)> {
    let mut found = Vec::new();
    let mut section: Option<TextRange> = None;
    for at in (0..lines.len()).filter(|&at| !lines.fenced(at)) {
        let line = lines.written(at);
        if let Some((2, title)) = heading(line) {
            let start = lines.range(at).start;
            section = Some(text::span(start + title.start, start + title.end));
            continue;
        }
        if section.is_some_and(|title| Operation::of(text::slice(lines.text, title)).is_some()) {
            continue;
        }
        if let Some(written) = requirement(line) {
            found.push((named(lines, at, written, edition), section));
        }
    }
    found
}
