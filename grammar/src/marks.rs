//! Markers in brackets: `[P]`, `[US1]`, `(P1)`, `[NEEDS CLARIFICATION: ...]`.

use crate::chars::{at, before, range, skip_blanks_back};
use crate::id::IdKind;
use crate::mentions::mentions;
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

/// A story label of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryLabel {
    /// `US1`, however it is written: `[US-1]`, `[Story 1]`, `［US１］`.
    pub key: SmolStr,
    /// The bytes of the story without the brackets.
    pub range: TextRange,
    /// The bytes with the brackets.
    pub outer: TextRange,
}

/// A priority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    /// The number after `P`.
    pub level: u8,
    /// The bytes of `P1`.
    pub range: TextRange,
}

/// A marked question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clarification {
    /// The bytes of the question; `None` for a bare `[NEEDS CLARIFICATION]`, which prose uses too.
    pub question: Option<TextRange>,
    /// The bytes with the brackets; to the end of the text if it is not closed on this line.
    pub range: TextRange,
    /// Is the closing bracket on this line?
    pub closed: bool,
}

/// The `P` marker of a task, `[P]` or `［P］`, brackets included. Code spans are skipped.
pub fn parallel_marker(text: &str, base: TextSize) -> Option<TextRange> {
    brackets(text).find_map(|group| {
        matches!(group.inner, "P" | "Ｐ").then(|| range(base, group.start, group.end))
    })
}

/// Appends the story labels of a task: `[US1]`, `[US1a]`, `[US1, US2]`, `[US1-US5]`, `[Story 1]`.
///
/// A bracket that names more than stories, such as `[US2-AC1]`, is a reference and no label.
pub fn story_labels(text: &str, base: TextSize, out: &mut Vec<StoryLabel>) {
    let mut found = Vec::new();
    for group in brackets(text) {
        let inner_base = base + TextSize::new(group.inner_start as u32);
        found.clear();
        mentions(group.inner, inner_base, &mut found);
        let label = found
            .first()
            .is_some_and(|first| first.range.start() == inner_base)
            && found.iter().all(|mention| mention.kind == IdKind::Story);
        if label {
            let outer = range(base, group.start, group.end);
            out.extend(found.drain(..).map(|m| StoryLabel {
                key: m.key,
                range: m.range,
                outer,
            }));
        }
    }
}

/// The words before a priority in the languages seen, lower case.
const PRIORITY_WORDS: [&str; 13] = [
    "priority",
    "优先级",
    "優先度",
    "優先級",
    "우선순위",
    "우선 순위",
    "优先顺序",
    "優先順位",
    "優先順序",
    "prioridad",
    "prioridade",
    "priorität",
    "priorité",
];

/// The priority of a story or row: `(P1)`, `（P1）`, `(Priority: P1)`, `優先度: P1`, `| P0 |`.
pub fn priority(text: &str, base: TextSize) -> Option<Priority> {
    let mut pos = 0;
    while let Some(found) = text[pos..].find(['P', 'Ｐ']) {
        let start = pos + found;
        let letter = at(text, start).map_or(1, |(_, len)| len);
        pos = start + letter;
        let Some((digit @ b'0'..=b'9', len)) = at(text, pos) else {
            continue;
        };
        let end = pos + len;
        let whole = !before(text, start).is_some_and(|(b, _)| is_word(b))
            && !at(text, end).is_some_and(|(b, _)| is_word(b));
        if whole
            && (in_parentheses(text, start) || after_word(text, start) || is_cell(text, start, end))
        {
            return Some(Priority {
                level: digit - b'0',
                range: range(base, start, end),
            });
        }
    }
    None
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b == b'-'
}

/// Opened before, not closed before, and closed after.
fn in_parentheses(text: &str, pos: usize) -> bool {
    let Some(open) = text[..pos].rfind(['(', '（']) else {
        return false;
    };
    !text[open..pos].contains([')', '）']) && text[pos..].contains([')', '）'])
}

fn after_word(text: &str, pos: usize) -> bool {
    let head = text[..pos].trim_end_matches([' ', '\u{3000}', '*', '_', ':', '：']);
    if head.len() == pos {
        return false;
    }
    PRIORITY_WORDS.iter().any(|word| {
        head.len() >= word.len()
            && head.is_char_boundary(head.len() - word.len())
            && head[head.len() - word.len()..].to_lowercase() == *word
    })
}

fn is_cell(text: &str, start: usize, end: usize) -> bool {
    let left = skip_blanks_back(text, start);
    text[..left].ends_with('|') && text[end..].trim_start().starts_with('|')
}

/// Appends the `[NEEDS CLARIFICATION: ...]` markers of a line. Code spans are looked into.
pub fn clarifications(text: &str, base: TextSize, out: &mut Vec<Clarification>) {
    const WORDS: &str = "NEEDS CLARIFICATION";
    let mut pos = 0;
    while let Some(found) = text[pos..].find(WORDS) {
        let words = pos + found;
        pos = words + WORDS.len();
        let Some((b'[', open)) = before(text, words) else {
            continue;
        };
        let start = words - open;
        let mut depth = 1_u32;
        let mut close = None;
        for (offset, c) in text[pos..].char_indices() {
            match c {
                '[' | '［' => depth += 1,
                ']' | '］' => {
                    depth -= 1;
                    if depth == 0 {
                        close = Some((pos + offset, c.len_utf8()));
                        break;
                    }
                }
                _ => {}
            }
        }
        let (inner_end, end) = close.map_or((text.len(), text.len()), |(at, len)| (at, at + len));
        let body = &text[pos..inner_end];
        let lead = body.len()
            - body
                .trim_start_matches([':', '：', ' ', '\u{3000}', '-', '–', '—'])
                .len();
        let question = body[lead..].trim_end();
        out.push(Clarification {
            question: (!question.is_empty())
                .then(|| range(base, pos + lead, pos + lead + question.len())),
            range: range(base, start, end),
            closed: close.is_some(),
        });
        pos = end;
    }
}

/// A `[...]` outside code spans that is not a link's text.
struct Group<'a> {
    inner: &'a str,
    inner_start: usize,
    start: usize,
    end: usize,
}

fn brackets(text: &str) -> impl Iterator<Item = Group<'_>> {
    let mut pos = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(pos..)?;
            let start = pos + rest.find(['[', '［', '`'])?;
            let (opening, len) = at(text, start)?;
            if opening == b'`' {
                pos = skip_code(text, start);
                continue;
            }
            let inner_start = start + len;
            pos = inner_start;
            let close = inner_start + text[inner_start..].find([']', '］', '[', '［', '`'])?;
            let Some((b']', len)) = at(text, close) else {
                continue;
            };
            let end = close + len;
            pos = end;
            if !text[end..].starts_with('(') {
                return Some(Group {
                    inner: &text[inner_start..close],
                    inner_start,
                    start,
                    end,
                });
            }
        }
    })
}

/// The end of the code span that opens at `start`, or of its opening run if nothing closes it.
pub(crate) fn skip_code(text: &str, start: usize) -> usize {
    code_span(text, start).map_or_else(
        || start + text[start..].bytes().take_while(|b| *b == b'`').count(),
        |(_, _, end)| end,
    )
}

/// Content start, content end and end of the code span that opens at `start`.
pub(crate) fn code_span(text: &str, start: usize) -> Option<(usize, usize, usize)> {
    let bytes = text.as_bytes();
    let run = |pos: usize| bytes[pos..].iter().take_while(|b| **b == b'`').count();
    let fence = run(start);
    let inner = start + fence;
    let mut pos = inner;
    while let Some(step) = bytes.get(pos..)?.iter().position(|b| *b == b'`') {
        let close = pos + step;
        let len = run(close);
        if len == fence {
            return Some((inner, close, close + len));
        }
        pos = close + len;
    }
    None
}
