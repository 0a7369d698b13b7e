//! What a main spec says besides its title, its purpose and its requirements. A capability is retired only where that is
//! nothing: the file would be deleted with it.

use documents::openspec::{fenced, is_blank};

use super::merge::Entry;

/// The first heading of the first three levels in a requirement below its own, and all that follows; in no fence.
pub(super) fn foreign_tail(raw: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = raw.split('\n').collect();
    let fences = fenced(&lines);
    let at = (1..lines.len()).find(|&at| !fences[at] && (1..=3).contains(&heading(lines[at])))?;
    let tail = lines[at..].join("\n");
    Some((trimmed(lines[at]).to_owned(), tail))
}

fn trimmed(line: &str) -> &str {
    line.trim_matches(is_blank)
}

/// Level of a Markdown heading: up to three blanks before it, a blank, a tab or nothing behind the marks. Else 0.
fn heading(line: &str) -> usize {
    let Some(rest) = unindented(line) else {
        return 0;
    };
    let marks = rest.bytes().take_while(|byte| *byte == b'#').count();
    let ends = rest[marks..].is_empty() || rest[marks..].starts_with([' ', '\t']);
    if marks <= 6 && ends { marks } else { 0 }
}

/// What follows at most three blanks.
fn unindented(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() <= 3).then_some(rest)
}

/// `<h2>`, after any or at most three blanks.
fn is_html_heading(line: &str) -> bool {
    let mut bytes = line.bytes();
    let open =
        bytes.next() == Some(b'<') && bytes.next().is_some_and(|b| b.eq_ignore_ascii_case(&b'h'));
    let digit = open
        && bytes
            .next()
            .is_some_and(|byte| (b'1'..=b'6').contains(&byte));
    digit
        && !bytes
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a line makes a heading of the one above it.
fn is_underline(line: &str) -> bool {
    unindented(line).is_some_and(|rest| {
        let rest = rest.trim_end_matches(is_blank);
        !rest.is_empty()
            && (rest.bytes().all(|byte| byte == b'=') || rest.bytes().all(|byte| byte == b'-'))
    })
}

/// Every such line once, in order: before the requirements section, above its first requirement, behind it, and in the
/// requirements.
pub(super) fn lines(before: &str, preamble: &str, after: &str, blocks: &[Entry]) -> Vec<String> {
    let mut found = Vec::new();
    above(before, &mut found);
    for part in [preamble, after] {
        let said = part
            .split('\n')
            .map(trimmed)
            .filter(|line| !line.is_empty());
        found.extend(said.map(str::to_owned));
    }
    for block in blocks {
        if let Some((heading, _)) = foreign_tail(&block.raw) {
            found.push(heading);
        }
        Inside::default().read(&block.raw, &mut found);
    }
    let mut seen: Vec<String> = Vec::with_capacity(found.len());
    for line in found {
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    seen
}

/// What stands above the requirements besides one title and the purpose.
fn above(text: &str, found: &mut Vec<String>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let fences = fenced(&lines);
    let (mut in_purpose, mut titled) = (false, false);
    let mut previous = "";
    for (line, fenced) in lines.iter().zip(fences) {
        let before = std::mem::replace(&mut previous, line);
        if trimmed(line).is_empty() {
            previous = "";
            continue;
        }
        if !fenced {
            if let Some(title) = title(line, 2) {
                in_purpose = title.eq_ignore_ascii_case("purpose");
                if !in_purpose {
                    found.push(trimmed(line).to_owned());
                }
                continue;
            }
            let underlined = in_purpose && !trimmed(before).is_empty() && is_underline(line);
            if underlined || unindented(line).is_some_and(is_html_heading) {
                let heading = if underlined { before } else { line };
                found.push(trimmed(heading).to_owned());
                in_purpose = false;
                continue;
            }
            if title(line, 1).is_some() {
                if titled || in_purpose {
                    found.push(trimmed(line).to_owned());
                    in_purpose = false;
                } else {
                    titled = true;
                }
                continue;
            }
        }
        if !in_purpose {
            found.push(trimmed(line).to_owned());
        }
    }
}

/// The title of a heading of one level; blanks of any kind behind the marks.
fn title(line: &str, level: usize) -> Option<&str> {
    let rest = unindented(line)?;
    let marks = rest.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &rest[marks.min(level)..];
    let title = trimmed(rest);
    (marks == level && rest.starts_with(is_blank) && !title.is_empty()).then_some(title)
}

/// Steps follow the scenario's heading without a blank line between them.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Steps {
    #[default]
    None,
    /// The heading was there.
    Awaited,
    Seen,
}

/// A requirement while its lines are read.
#[derive(Default)]
struct Inside {
    seen_scenario: bool,
    steps: Steps,
    /// Column where the text of the list item above begins.
    item: Option<usize>,
    /// The paragraph of that item may go on.
    open: bool,
}

impl Inside {
    fn read(mut self, raw: &str, found: &mut Vec<String>) {
        let lines: Vec<&str> = raw.split('\n').collect();
        let fences = fenced(&lines);
        for at in 0..lines.len() {
            let line = lines[at];
            if trimmed(line).is_empty() {
                if self.steps == Steps::Seen {
                    self.steps = Steps::None;
                }
                self.item = None;
                self.open = false;
            } else if at > 0 {
                let above = trimmed(lines[at - 1]);
                let above = (at > 1 && !above.is_empty()).then_some(above);
                self.line(line, above, fences[at], found);
            }
        }
    }

    fn line(&mut self, line: &str, above: Option<&str>, fenced: bool, found: &mut Vec<String>) {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let indent = column(&line[..blanks]);
        let item = self.item.filter(|item| indent >= *item);
        let within = item.map_or(line, |item| dedented(line, item));
        let lazy = self.open && self.steps != Steps::None && !interrupts(within);
        let is_heading =
            heading(within) > 0 || is_html_heading(within.trim_start_matches(is_blank));
        if fenced {
            self.item = item;
            self.open = false;
            return;
        }
        if let Some(above) = above.filter(|_| is_underline(within)) {
            found.push(above.to_owned());
            self.item = None;
            self.open = false;
            return;
        }
        if (item.is_some() || lazy) && !is_heading {
            self.open = !interrupts(within);
            return;
        }
        let marker = list_item(line);
        self.item = marker.map(|end| column(&line[..end]));
        self.open = marker.is_some();
        if is_scenario(line) {
            self.seen_scenario = true;
            self.steps = Steps::Awaited;
        } else if marker.is_some() {
            if self.steps != Steps::None {
                self.steps = Steps::Seen;
            } else if self.seen_scenario {
                found.push(trimmed(line).to_owned());
            }
        } else if self.seen_scenario || line.trim_start_matches(is_blank).starts_with(['|', '<']) {
            found.push(trimmed(line).to_owned());
        }
    }
}

/// `#### Scenario:`
fn is_scenario(line: &str) -> bool {
    let rest = unindented(line).and_then(|rest| rest.strip_prefix("####"));
    rest.is_some_and(|rest| {
        let word = rest.trim_start_matches(is_blank);
        word.len() < rest.len()
            && word
                .get(.."Scenario:".len())
                .is_some_and(|word| word.eq_ignore_ascii_case("Scenario:"))
    })
}

/// The column behind a text; tabs go to the next multiple of four.
fn column(text: &str) -> usize {
    let next = |column, c| column + if c == '\t' { 4 - column % 4 } else { 1 };
    text.chars().fold(0, next)
}

/// A line without its first `columns` columns, as far as they are blank.
fn dedented(line: &str, columns: usize) -> &str {
    let mut at = 0;
    let blanks = line.bytes().take_while(|byte| {
        let inside = at < columns && matches!(byte, b' ' | b'\t');
        at += if *byte == b'\t' { 4 - at % 4 } else { 1 };
        inside
    });
    &line[blanks.count()..]
}

/// Bytes of a list mark at the start of `text`: `-`, `12.`
fn mark(text: &str) -> Option<usize> {
    if text.starts_with(['-', '*', '+']) {
        return Some(1);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=9).contains(&digits) && text[digits..].starts_with(['.', ')'])).then_some(digits + 1)
}

/// Bytes of a line up to the text of the list item that it begins.
fn list_item(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(is_blank);
    let behind = &rest[mark(rest)?..];
    let text = behind.trim_start_matches(is_blank);
    (text.len() < behind.len()).then_some(line.len() - text.len())
}

/// Whether a line begins something of its own: a quote, a break, a list item, a table, HTML.
fn interrupts(line: &str) -> bool {
    let Some(rest) = unindented(line) else {
        return false;
    };
    if rest.starts_with(['>', '<', '|']) {
        return true;
    }
    let drawn = rest
        .chars()
        .filter(|c| matches!(c, '-' | '*' | '_'))
        .count();
    let is_drawn = rest.starts_with(['-', '*', '_'])
        && drawn >= 3
        && rest
            .chars()
            .all(|c| matches!(c, '-' | '*' | '_' | ' ' | '\t'));
    let item = mark(rest).is_some_and(|end| {
        let behind = &rest[end..];
        behind.is_empty() || behind.starts_with([' ', '\t'])
    });
    is_drawn || item
}
