//! Answered questions: `- Q: <question> → A: <answer>` (speckit-format section 1.1).

use super::blocks::{BlockKind, line_end};
use super::{Reading, heads, sections};
use crate::model::Answered;

/// What a question and its answer begin with.
const PAIRS: [(&str, &str); 5] = [
    ("Q", "A"),
    ("质询", "答复"),
    ("问", "答"),
    ("質問", "回答"),
    ("질문", "답변"),
];

/// What stands between question and answer.
const ARROWS: [&str; 5] = ["→", "->", "⇒", "=>", "➜"];

/// Reads them, ascending.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Answered> {
    let text = reading.joined.as_ref();
    let mut found = Vec::new();
    for block in &reading.blocks.list {
        if block.kind != BlockKind::Item || block.depth != 1 || block.quoted {
            continue;
        }
        if !may_ask(&text[block.range.clone()]) {
            continue;
        }
        let head = heads::item(text, &block.range);
        let end = line_end(text, head.content).min(block.range.end);
        let Some((start, answer_mark)) = PAIRS.iter().find_map(|(question, answer)| {
            Some((label(text, head.content, end, question)?, *answer))
        }) else {
            continue;
        };
        let arrow = ARROWS.iter().filter_map(|arrow| {
            let mut arrows = text[start..end].match_indices(arrow);
            arrows.find_map(|(at, _)| {
                let at = start + at;
                Some((at, label(text, at + arrow.len(), end, answer_mark)?))
            })
        });
        let Some((arrow, answer)) = arrow.min() else {
            continue;
        };
        let question = sections::trim(text, start..arrow);
        let answer = sections::trim(text, answer..end);
        if question.start < question.end && answer.start < answer.end {
            found.push(Answered {
                range: text::span(head.start, block.range.end),
                question: text::span(question.start, question.end),
                answer: text::span(answer.start, answer.end),
                session: block.section,
            });
        }
    }
    found
}

/// Whether behind the marks a word begins that may open a question; most items are told apart by this alone.
fn may_ask(item: &str) -> bool {
    let marks = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '-' | '*' | '+' | '_' | '.' | ')' | '`' | '~' | '>')
    };
    item.trim_start_matches(marks)
        .starts_with(|c| PAIRS.iter().any(|(question, _)| question.starts_with(c)))
}

/// Where the words behind `Q:`, `**Q**:`, `Q2：` begin.
fn label(text: &str, at: usize, end: usize, mark: &str) -> Option<usize> {
    let start = heads::marks(text, heads::blanks(text, at, end), end);
    let rest = text[start..end].strip_prefix(mark)?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches(['*', '_']);
    let rest = rest.strip_prefix([':', '：'])?;
    Some(end - rest.trim_start_matches(['*', '_', ' ']).len())
}
