//! Words and signs that say whether a gate is passed. Only what says it for sure is read.

use super::blocks::line_end;
use super::{cells, heads, sections};
use crate::model::GateState;
use std::ops::Range;

type Verdict = (GateState, Range<usize>);

/// What a sign says on its own.
pub(super) fn sign(c: char) -> Option<GateState> {
    match c {
        '✅' | '✔' | '✓' | '☑' | '🟢' => Some(GateState::Passed),
        '❌' | '✗' | '✘' | '✖' | '🔴' | '🚫' => Some(GateState::Violated),
        '⚠' | '🟡' | '🟠' => Some(GateState::Concern),
        '⏳' | '🔄' | '⬜' | '☐' => Some(GateState::Open),
        _ => None,
    }
}

/// Words a verdict begins with, lower case; the longer before the shorter.
const WORDS: &[(GateState, &[&str])] = &[
    (
        GateState::NotApplicable,
        &[
            "n/a",
            "not applicable",
            "該当なし",
            "対象外",
            "不适用",
            "不適用",
            "해당 없음",
            "no aplica",
            "não se aplica",
            "nicht anwendbar",
            "entfällt",
            "sans objet",
        ],
    ),
    (
        GateState::Violated,
        &[
            "fail",
            "failed",
            "fails",
            "violation",
            "violated",
            "violates",
            "non-compliant",
            "not compliant",
            "not met",
            "not satisfied",
            "不合格",
            "不適合",
            "違反",
            "违反",
            "不符合",
            "未通过",
            "未通過",
            "위반",
            "실패",
            "no cumple",
            "incumple",
            "não conforme",
            "não atende",
            "reprovado",
            "nicht erfüllt",
            "verletzt",
            "non conforme",
            "non respecté",
            "échec",
        ],
    ),
    (
        GateState::Concern,
        &[
            "partial",
            "partially",
            "justified",
            "deviation",
            "exception",
            "waived",
            "warn",
            "warning",
            "conditional",
            "部分",
            "一部",
            "例外",
            "逸脱",
            "부분",
            "예외",
            "parcial",
            "parcialmente",
            "excepción",
            "exceção",
            "teilweise",
            "ausnahme",
            "partiel",
            "exception",
        ],
    ),
    (
        GateState::Open,
        &[
            "pending",
            "tbd",
            "todo",
            "open",
            "未確認",
            "保留",
            "待定",
            "待确认",
            "보류",
            "미정",
            "pendiente",
            "pendente",
            "offen",
            "ausstehend",
            "en attente",
            "à faire",
        ],
    ),
    (
        GateState::Passed,
        &[
            "pass",
            "passed",
            "passes",
            "yes",
            "ok",
            "compliant",
            "complies",
            "satisfied",
            "met",
            "aligned",
            "conforms",
            "no violation",
            "no violations",
            "合格",
            "適合",
            "準拠",
            "遵守",
            "通过",
            "通過",
            "符合",
            "满足",
            "통과",
            "준수",
            "충족",
            "적합",
            "cumple",
            "aprobado",
            "sí",
            "conforme",
            "aprovado",
            "atende",
            "sim",
            "bestanden",
            "erfüllt",
            "konform",
            "ja",
            "respecté",
            "validé",
            "oui",
        ],
    ),
];

/// Words that mean a verdict only where the cell holds nothing else.
const ALONE: &[(GateState, &[&str])] = &[
    (GateState::Passed, &["none", "x", "y", "なし", "无"]),
    (GateState::Violated, &["no", "não", "nein", "non"]),
    (GateState::NotApplicable, &["na", "-", "–", "—"]),
];

/// The verdict of a cell that is there to hold one: any case, at its beginning.
pub(super) fn cell(text: &str, range: Range<usize>) -> Option<Verdict> {
    let bare = cells::bare(text, &range);
    if let Some(found) = leading(text, bare.clone()) {
        return Some(found);
    }
    let written = text[bare.clone()].to_lowercase();
    let alone = ALONE
        .iter()
        .find(|(_, words)| words.contains(&written.as_str()));
    alone.map(|(state, _)| (*state, bare))
}

/// The verdict at the head of `range`: a sign, or a word in any case.
pub(super) fn leading(text: &str, range: Range<usize>) -> Option<Verdict> {
    if let Some((state, signed)) = leading_sign(text, range.clone()) {
        // `✅ N/A`, `⚠️ PASS (justified)`: a passing sign is as good as the word behind it.
        let behind = heads::blanks(text, signed.end, range.end);
        return match word(text, behind..range.end) {
            Some((said, words)) if state == GateState::Passed && said != GateState::Passed => {
                Some((said, words))
            }
            _ => Some((state, signed)),
        };
    }
    word(text, range)
}

/// The sign at the head of `range`, with what makes it an emoji.
pub(super) fn leading_sign(text: &str, range: Range<usize>) -> Option<Verdict> {
    let start = heads::marks(text, range.start, range.end);
    let rest = text[start..range.end].trim_start();
    let start = range.end - rest.len();
    let first = rest.chars().next()?;
    let state = sign(first)?;
    let len = rest.len()
        - rest[first.len_utf8()..]
            .trim_start_matches('\u{FE0F}')
            .len();
    Some((state, start..start + len))
}

/// The verdict of words that say more than that: a sign or an upper-case word at their beginning, or an upper-case
/// word at their end.
pub(super) fn strict(text: &str, range: Range<usize>) -> Option<Verdict> {
    let range = sections::trim(text, range);
    if let Some(found) = leading_sign(text, range.clone()) {
        return Some(found);
    }
    let loud = |found: &Verdict| {
        let written = &text[found.1.clone()];
        !written.contains(|c: char| c.is_lowercase())
    };
    let start = heads::marks(text, range.start, range.end);
    if let Some(found) = word(text, start..range.end).filter(loud) {
        return Some(found);
    }
    let bare = cells::bare(text, &range);
    let ended = text[bare.clone()].trim_end_matches(['.', '。', '!', ')', '*']);
    let last = ended
        .rfind(|c: char| c.is_whitespace() || matches!(c, '*' | '(' | '—' | ':'))
        .map_or(0, |at| {
            at + ended[at..].chars().next().map_or(0, char::len_utf8)
        });
    let range = bare.start + last..bare.start + ended.len();
    word(text, range.clone()).filter(|found| loud(found) && found.1 == range)
}

/// The verdict's word at the head of `range`.
fn word(text: &str, range: Range<usize>) -> Option<Verdict> {
    let start = heads::marks(text, range.start, range.end);
    let rest = &text[start..range.end];
    let head: String = rest.chars().take(24).collect::<String>().to_lowercase();
    let mut best: Option<(GateState, &str)> = None;
    for (state, words) in WORDS {
        for word in *words {
            let ends = || {
                let behind = head[word.len()..].chars().next();
                !word.is_ascii() || behind.is_none_or(|c| !(c.is_alphanumeric() || c == '-'))
            };
            if head.starts_with(word)
                && ends()
                && best.is_none_or(|(_, known)| known.len() < word.len())
            {
                best = Some((*state, word));
            }
        }
    }
    let (state, word) = best?;
    let excused = || {
        let line = &rest[..line_end(rest, 0)];
        let said = line.to_lowercase();
        said.contains("justified") && !said.contains("unjustified")
    };
    let state = if state == GateState::Violated && excused() {
        GateState::Concern
    } else {
        state
    };
    // Lower case may be longer or shorter in bytes; the words used here are not.
    let end = start + word.len();
    text.is_char_boundary(end).then_some((state, start..end))
}
