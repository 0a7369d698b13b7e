//! Task lists: which lines are tasks, and under which number they stand. The tool breaks these lines at `\n` only, and
//! fences and comments hide no task.

use std::ops::Range;

use smol_str::SmolStr;
use text::TextRange;

use super::Edition;
use super::blank::{behind, is_blank, trimmed};

/// What a task list says to one version of the tool.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskList {
    /// Lines with a checkbox.
    pub tasks: Vec<TaskLine>,
    /// The first list item without one, in what is rendered.
    pub unchecked: Option<TextRange>,
}

/// `- [ ] 1.1 Title`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// From the list mark to the last character.
    pub range: TextRange,
    /// From the list mark to the bracket that closes the checkbox.
    pub checkbox: TextRange,
    /// The mark between the brackets; a blank or nothing where there is none.
    pub mark: TextRange,
    /// Whether it is ticked.
    pub done: bool,
    /// `1.1`, with its place; none for a task without a number.
    pub id: Option<(SmolStr, TextRange)>,
    /// What is to be done.
    pub title: TextRange,
    /// The number of the `## 1.` heading it stands under, with its place.
    pub group: Option<(SmolStr, TextRange)>,
}

/// Reads a task list.
#[must_use]
pub fn task_list(text: &str, edition: Edition) -> TaskList {
    let mut found = TaskList {
        tasks: task_lines(text, lines(text), edition).collect(),
        unchecked: None,
    };
    if found.tasks.is_empty() {
        found.unchecked = unchecked(text);
    }
    found
}

/// The tasks among lines, each with the number of the heading above it.
pub(super) fn task_lines(
    text: &str,
    lines: impl Iterator<Item = Range<usize>>,
    edition: Edition,
) -> impl Iterator<Item = TaskLine> {
    let mut group: Option<(SmolStr, TextRange)> = None;
    lines.filter_map(move |line| {
        if is_group(&text[line.clone()]) {
            group = numbered(&text[line.clone()]).map(|number| {
                let range = line.start + number.start..line.start + number.end;
                let place = text::span(range.start, range.end);
                (SmolStr::new(&text[range]), place)
            });
        }
        let group = group.clone();
        task(text, line, edition).map(|task| TaskLine { group, ..task })
    })
}

/// Lines broken at `\n` only; a `\r` before it belongs to the line.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let start = at?;
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]);
        at = end.map(|end| start + end + 1);
        Some(start..end.map_or(text.len(), |end| start + end))
    })
}

/// Whether a line is a heading of the second level.
pub(super) fn is_group(line: &str) -> bool {
    let rest = line.trim_start_matches(' ');
    let Some(rest) = rest
        .strip_prefix("##")
        .filter(|_| line.len() - rest.len() <= 3)
    else {
        return false;
    };
    rest.starts_with([' ', '\t']) || matches!(rest, "" | "\r")
}

/// Bytes of the number of `## 3. Title`, a heading of the second level.
pub(super) fn numbered(line: &str) -> Option<Range<usize>> {
    let rest = line.trim_start_matches(' ').strip_prefix("##")?;
    let number = rest.trim_start_matches([' ', '\t']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let end = number.get(digits..)?.strip_prefix('.')?;
    let ends = end.starts_with([' ', '\t']) || matches!(end, "" | "\r");
    let start = line.len() - number.len();
    (digits > 0 && ends).then_some(start..start + digits)
}

/// Length of a list mark that `rest` begins with.
fn list_mark(rest: &str, edition: Edition) -> Option<usize> {
    let any = edition.is_strict();
    match rest.as_bytes().first()? {
        b'-' | b'*' => Some(1),
        b'+' if any => Some(1),
        _ if any => ordered(rest),
        _ => None,
    }
}

/// Length of `12.` or `12)`.
fn ordered(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let closed = rest[digits..].starts_with(['.', ')']);
    (closed && (1..=9).contains(&digits)).then_some(digits + 1)
}

fn task(text: &str, line: Range<usize>, edition: Edition) -> Option<TaskLine> {
    let written = &text[line.clone()];
    let item = behind(written);
    let start = line.end - item.len();
    let rest = behind(&item[list_mark(item, edition)?..]);
    let inner = rest.strip_prefix('[')?;
    let inner_start = line.end - inner.len();
    let (mark, close) = mark(inner, edition)?;
    let box_end = inner_start + close;
    let description = behind(&text[box_end..line.end]);
    // A `\r` ends what is said.
    let said = description.split(['\r', '\u{2028}', '\u{2029}']).next()?;
    let title = line.end - description.len();
    let title = trimmed(text, title..title + said.len());
    let id = id(&text[title.clone()]);
    let id_end = title.start + id.unwrap_or(0);
    let behind_id = trimmed(text, id_end..title.end);
    let mark = inner_start + mark.start..inner_start + mark.end;
    Some(TaskLine {
        range: text::span(start, title.end.max(box_end)),
        checkbox: text::span(start, box_end),
        done: text[mark.clone()].eq_ignore_ascii_case("x"),
        mark: text::span(mark.start, mark.end),
        id: id.map(|_| {
            (
                SmolStr::new(&text[title.start..id_end]),
                text::span(title.start, id_end),
            )
        }),
        title: text::span(behind_id.start, behind_id.end),
        group: None,
    })
}

/// The mark in what stands behind `[`, and where the bracket is closed.
fn mark(inner: &str, edition: Edition) -> Option<(Range<usize>, usize)> {
    let close = inner.find(']')?;
    let within = &inner[..close];
    let range = trimmed(within, 0..close);
    let written = &within[range.clone()];
    if !edition.is_strict() {
        let known =
            within.chars().count() == 1 && (written.is_empty() || matches!(written, "x" | "X"));
        return known.then_some((0..close, close + 1));
    }
    if written.chars().map(char::len_utf16).sum::<usize>() > 1 {
        return None;
    }
    // `[a](b)` and `[a][b]` are links; a box with nothing but blanks in it is a box.
    let is_link = inner[close + 1..].starts_with(['(', '[']);
    if is_link && (!written.is_empty() || within.is_empty()) {
        return None;
    }
    let mark = if written.is_empty() { 0..close } else { range };
    Some((mark, close + 1))
}

/// Length of `1.1`, `2.3.4b` at the start of a description.
fn id(said: &str) -> Option<usize> {
    let digits = |at: usize| said[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    let mut parts = usize::from(end > 0);
    while parts > 0 && said[end..].starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
        parts += 1;
    }
    end += said[end..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let ends = said[end..].is_empty() || said[end..].starts_with(is_blank);
    (parts > 1 && ends).then_some(end)
}

/// The first list item in what is rendered: outside fences, comments, front matter and code by indentation.
fn unchecked(text: &str) -> Option<TextRange> {
    let all: Vec<Range<usize>> = lines(text).collect();
    let mut fence: Option<(char, usize)> = None;
    let mut comment = false;
    for line in &all[front_matter(text, &all)..] {
        let written = &text[line.clone()];
        if comment {
            comment = !written.contains("-->");
            continue;
        }
        if let Some((mark, length, rest)) = fence_of(written) {
            fence = match fence {
                None => Some((mark, length)),
                Some((open, least))
                    if open == mark && length >= least && rest.chars().all(is_blank) =>
                {
                    None
                }
                open => open,
            };
            continue;
        }
        if fence.is_some() {
            continue;
        }
        let said = behind(written);
        if let Some(rest) = said.strip_prefix("<!--") {
            comment = !rest.contains("-->");
            continue;
        }
        let any = Edition::NEWEST;
        let is_item = list_mark(said, any).is_some_and(|length| {
            said[length..].starts_with(is_blank) && !behind(&said[length..]).is_empty()
        });
        if is_item && columns(written) < 4 {
            let range = trimmed(text, line.clone());
            return Some(text::span(range.start, range.end));
        }
    }
    None
}

/// How many lines the front matter takes.
fn front_matter(text: &str, lines: &[Range<usize>]) -> usize {
    let is_rule = |line: &Range<usize>| {
        let written = text[line.clone()].trim_end_matches(is_blank);
        written.trim_start_matches('\u{feff}') == "---"
    };
    if !lines.first().is_some_and(is_rule) {
        return 0;
    }
    let end = lines.iter().skip(1).position(is_rule);
    end.map_or(0, |end| end + 2)
}

fn fence_of(line: &str) -> Option<(char, usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let behind = rest.trim_start_matches(mark);
    let length = rest.len() - behind.len();
    (length >= 3 && line.len() - rest.len() <= 3).then_some((mark, length, behind))
}

/// Columns that a line is indented by; a tab goes to the next fourth.
fn columns(line: &str) -> usize {
    let mut column = 0;
    for c in line.chars() {
        match c {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    column
}
