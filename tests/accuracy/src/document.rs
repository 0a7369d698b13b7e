//! A small reader of Spec Kit documents: enough to find places to edit, strict enough to be sure of them.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// What a document is to its feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// `spec.md`
    Spec,
    /// `plan.md`
    Plan,
    /// `tasks.md`
    Tasks,
    /// `checklists/*.md`
    Checklist,
    /// Kiro: `requirements.md`
    Requirements,
    /// Kiro: `design.md`
    Design,
    /// `OpenSpec`: the `spec.md` of a capability
    Capability,
    /// `OpenSpec`: a delta of a change
    Delta,
}

/// One line, in bytes of the document.
#[derive(Debug, Clone)]
pub struct Line {
    /// First byte.
    pub start: usize,
    /// Behind the last byte, line break left out.
    pub end: usize,
    /// First byte of the next line.
    pub next: usize,
    /// Within a code fence, an HTML comment or the front matter.
    pub opaque: bool,
}

/// A document as lines.
#[derive(Debug, Clone)]
pub struct Document {
    /// From the root, with `/`.
    pub path: String,
    /// Path of its feature.
    pub feature: String,
    /// What it is.
    pub role: Role,
    /// Its text, byte order mark included.
    pub text: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// An id at the start of a list item that defines it.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its line, from 0.
    pub line: usize,
    /// `FR-003`
    pub id: String,
}

/// One task line.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its line, from 0.
    pub line: usize,
    /// Bytes of the character in the checkbox.
    pub state: usize,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Blanks before the bullet.
    pub indented: bool,
    /// Bytes of the id.
    pub id: Range<usize>,
    /// Bytes from `- [ ]` to the blank behind it.
    pub checkbox: Range<usize>,
    /// Bytes of `[P]`.
    pub parallel: Option<Range<usize>>,
    /// Bytes of every `[US1]`.
    pub labels: Vec<Range<usize>>,
    /// Bytes of every path in it.
    pub paths: Vec<Range<usize>>,
    /// The heading it stands under, from 0; the line of it.
    pub under: Option<usize>,
}

/// A user story's heading.
#[derive(Debug, Clone)]
pub struct Story {
    /// Its line, from 0.
    pub line: usize,
    /// Its number.
    pub number: u32,
    /// Bytes of `User Story 1`.
    pub name: Range<usize>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Its line, from 0.
    pub line: usize,
    /// 1 to 6.
    pub level: usize,
    /// Text behind the `#`.
    pub title: String,
}

pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| unreachable!("{error}"))
}

static HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$"));
static STORY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:User Story|用户故事|使用者故事|ユーザーストーリー|사용자 스토리|Historia de Usuario|História de Usuário)\s*(\d+)",
    )
});
static DEFINITION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[-*] \*\*((?:FR|NFR|SC)-\d{3})\*\*:? \S"));
static TASK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([ \t]*)[-*] \[([ xX])\] (?:\*\*)?(T\d{3,4})(?:\*\*|[ \t:]|$)"));
static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[US(\d+)\]"));
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[A-Za-z0-9_.@-]+(?:/[A-Za-z0-9_.@\[\]-]+)+\.[A-Za-z][A-Za-z0-9]{0,5}\b")
});

impl Document {
    /// Reads a file; nothing if it is missing or no UTF-8.
    #[must_use]
    pub fn read(root: &Path, path: &str, feature: &str, role: Role) -> Option<Self> {
        let bytes = std::fs::read(root.join(path)).ok()?;
        Some(Self::new(
            path,
            feature,
            role,
            String::from_utf8(bytes).ok()?,
        ))
    }

    /// A document of a text.
    #[must_use]
    pub fn new(path: &str, feature: &str, role: Role, text: String) -> Self {
        let lines = split(&text);
        Self {
            path: path.to_owned(),
            feature: feature.to_owned(),
            role,
            text,
            lines,
        }
    }

    /// The text of a line, line break left out.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        self.lines
            .get(line)
            .map_or("", |line| &self.text[line.start..line.end])
    }

    /// How its lines end.
    #[must_use]
    pub fn line_break(&self) -> &'static str {
        if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// Whether a line is empty, or there is none.
    #[must_use]
    pub fn blank(&self, line: usize) -> bool {
        self.line(line).trim().is_empty()
    }

    /// Whether a line can be edited: it is there, and not within a fence, a comment or the front matter.
    #[must_use]
    pub fn open(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| !line.opaque)
    }

    /// All headings.
    #[must_use]
    pub fn headings(&self) -> Vec<Heading> {
        let mut found = Vec::new();
        for line in 0..self.lines.len() {
            if !self.open(line) {
                continue;
            }
            if let Some(parts) = HEADING.captures(self.line(line).trim_start_matches('\u{feff}')) {
                found.push(Heading {
                    line,
                    level: parts[1].len(),
                    title: parts[2].to_owned(),
                });
            }
        }
        found
    }

    /// Lines of the section of a heading, subsections included.
    #[must_use]
    pub fn section(&self, heading: &Heading) -> Range<usize> {
        let end = self
            .headings()
            .into_iter()
            .find(|next| next.line > heading.line && next.level <= heading.level)
            .map_or(self.lines.len(), |next| next.line);
        heading.line..end
    }

    /// The headings that a line stands under, innermost last.
    #[must_use]
    pub fn above(&self, line: usize) -> Vec<Heading> {
        let mut path: Vec<Heading> = Vec::new();
        for heading in self
            .headings()
            .into_iter()
            .filter(|heading| heading.line < line)
        {
            path.retain(|outer| outer.level < heading.level);
            path.push(heading);
        }
        path
    }

    /// Stories with a number.
    #[must_use]
    pub fn stories(&self) -> Vec<Story> {
        let headings = self
            .headings()
            .into_iter()
            .filter(|heading| heading.level > 1);
        let stories = headings.filter_map(|heading| {
            let (name, number) = story_in(self.line(heading.line))?;
            let start = self.lines[heading.line].start;
            Some(Story {
                line: heading.line,
                number,
                name: start + name.start..start + name.end,
            })
        });
        stories.collect()
    }

    /// Requirements and success criteria defined as list items at the margin.
    #[must_use]
    pub fn definitions(&self) -> Vec<Definition> {
        let lines = (0..self.lines.len()).filter(|line| self.open(*line));
        let found = lines.filter_map(|line| {
            let id = DEFINITION.captures(self.line(line))?[1].to_owned();
            Some(Definition { line, id })
        });
        found.collect()
    }

    /// Task lines: a checkbox and an id of three digits.
    #[must_use]
    pub fn tasks(&self) -> Vec<Task> {
        let headings = self.headings();
        let mut tasks = Vec::new();
        for line in (0..self.lines.len()).filter(|line| self.open(*line)) {
            let text = self.line(line);
            let Some(parts) = TASK.captures(text) else {
                continue;
            };
            let at = self.lines[line].start;
            let part = |number: usize| {
                parts
                    .get(number)
                    .map_or(0..0, |part| at + part.start()..at + part.end())
            };
            let bullet = part(1).end;
            tasks.push(Task {
                line,
                state: part(2).start,
                ticked: &parts[2] != " ",
                indented: !parts[1].is_empty(),
                id: part(3),
                checkbox: bullet + 2..bullet + 6,
                parallel: text.find("[P]").map(|found| at + found..at + found + 3),
                labels: LABEL
                    .find_iter(text)
                    .map(|found| at + found.start()..at + found.end())
                    .collect(),
                paths: FILE
                    .find_iter(text)
                    .map(|found| at + found.start()..at + found.end())
                    .collect(),
                under: headings
                    .iter()
                    .rev()
                    .find(|heading| heading.line < line)
                    .map(|heading| heading.line),
            });
        }
        tasks
    }

    /// The text with some byte ranges replaced. Ranges are ascending and apart.
    #[must_use]
    pub fn with(&self, edits: &[(Range<usize>, String)]) -> String {
        let mut text = String::with_capacity(self.text.len() + 64);
        let mut at = 0;
        for (range, insert) in edits {
            text.push_str(&self.text[at..range.start]);
            text.push_str(insert);
            at = range.end;
        }
        text.push_str(&self.text[at..]);
        text
    }

    /// The text with lines put before a line (from 0).
    #[must_use]
    pub fn with_lines(&self, before: usize, lines: &[&str]) -> String {
        let line_break = self.line_break();
        let at = self
            .lines
            .get(before)
            .map_or(self.text.len(), |line| line.start);
        let mut insert = String::new();
        if at > 0 && !self.text[..at].ends_with('\n') {
            insert.push_str(line_break);
        }
        for line in lines {
            insert.push_str(line);
            insert.push_str(line_break);
        }
        self.with(&[(at..at, insert)])
    }

    /// The text without some lines.
    #[must_use]
    pub fn without_lines(&self, gone: impl Fn(usize) -> bool) -> String {
        let mut text = String::with_capacity(self.text.len());
        for (number, line) in self.lines.iter().enumerate() {
            if !gone(number) {
                text.push_str(&self.text[line.start..line.next]);
            }
        }
        text
    }

    /// The first line behind an item that starts in `line`: its further lines are indented or go on without a blank.
    #[must_use]
    pub fn behind_item(&self, line: usize) -> usize {
        let mut next = line + 1;
        while next < self.lines.len() {
            let text = self.line(next);
            let bullet = text.starts_with("- ")
                || text.starts_with("* ")
                || text.starts_with('#')
                || text.starts_with('|');
            let goes_on = !text.trim().is_empty() && !bullet;
            if !goes_on {
                break;
            }
            next += 1;
        }
        next
    }
}

/// The story a heading names: where in the line, and its number.
#[must_use]
pub fn story_in(line: &str) -> Option<(Range<usize>, u32)> {
    let parts = STORY.captures(line)?;
    let whole = parts.get(0)?;
    let number = parts[1].parse().ok()?;
    // `User Story 3a` is a part of a story.
    let part = line[whole.end()..].starts_with(|next: char| next.is_ascii_alphanumeric());
    (!part).then_some((whole.range(), number))
}

/// The number of `[US3]`.
#[must_use]
pub fn label_number(label: &str) -> u32 {
    LABEL
        .captures(label)
        .and_then(|parts| parts[1].parse().ok())
        .unwrap_or(0)
}

/// The line, from 1, of a byte.
#[must_use]
pub fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(byte)
        .filter(|each| **each == b'\n')
        .count()
        + 1
}

fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut fence: Option<String> = None;
    let mut comment = false;
    let front =
        text.trim_start_matches('\u{feff}').starts_with("---\n") || text.starts_with("---\r\n");
    let mut in_front = front;
    for (number, raw) in text.split_inclusive('\n').enumerate() {
        let body = raw.trim_end_matches('\n');
        let body = body.strip_suffix('\r').unwrap_or(body);
        let mut opaque = in_front || comment || fence.is_some();
        let trimmed = body.trim_start();
        if in_front {
            in_front = number == 0 || trimmed != "---";
        } else if let Some(open) = &fence {
            if trimmed.starts_with(open.as_str())
                && trimmed.trim_matches(['`', '~', ' ']).is_empty()
            {
                fence = None;
            }
        } else if comment {
            comment = !body.contains("-->");
        } else if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            let mark = trimmed.chars().next().unwrap_or('`');
            fence = Some(trimmed.chars().take_while(|each| *each == mark).collect());
            opaque = true;
        } else if let Some(at) = body.rfind("<!--") {
            opaque = true;
            comment = !body[at..].contains("-->");
        }
        lines.push(Line {
            start,
            end: start + body.len(),
            next: start + raw.len(),
            opaque,
        });
        start += raw.len();
    }
    lines
}

#[cfg(test)]
mod tests;
