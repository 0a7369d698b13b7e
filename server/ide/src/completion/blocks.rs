//! Candidates of several words: a story, a scenario, a marked question. Words and marks are those of the document's last
//! story and scenario, so that they are in its language.

use std::fmt::Write as _;

use documents::{Item, ItemKind};
use text::{TextRange, TextSize};
use trace::FeatureDocument;

use super::context::Line;
use super::next::{STOP, parts};
use super::{Completion, CompletionKind};
use crate::lines;

/// Words that lead a step on and are none of their own.
const CONTINUING: &[&str] = &[
    "And",
    "AND",
    "But",
    "BUT",
    "かつ",
    "并且",
    "且",
    "그리고",
    "Y",
    "E",
    "Et",
    "Und",
];

/// Text with places to fill in.
#[derive(Default)]
struct Draft {
    text: String,
    stops: Vec<TextRange>,
}

impl Draft {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A place to fill in, with this in it for now.
    fn stop(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.stops.push(text::span(start, self.text.len()));
    }

    fn append(&mut self, other: &Self) {
        let by = TextSize::of(self.text.as_str());
        self.text.push_str(&other.text);
        self.stops
            .extend(other.stops.iter().map(|range| *range + by));
    }

    fn candidate(self, label: String, detail: &str, replace: TextRange, typed: &str) -> Completion {
        Completion {
            filter: if typed.is_empty() {
                label.clone()
            } else {
                typed.to_owned()
            },
            sort: format!("~{label}"),
            label,
            detail: detail.to_owned(),
            documentation: String::new(),
            kind: CompletionKind::Block,
            replace,
            insert: self.text,
            stops: self.stops,
        }
    }
}

/// An acceptance scenario behind its list marker; `typed` is what stands behind the marker.
pub(super) fn scenario(
    document: &FeatureDocument,
    line: &Line<'_>,
    typed: &str,
) -> Option<Completion> {
    let draft = scenario_draft(document, line.cursor)?;
    let label = draft.text.replace('*', "");
    let bare = |text: &str| text.replace('*', "").to_lowercase();
    let closed = line.after.len() - line.after.trim_start_matches('*').len();
    bare(&draft.text).starts_with(&bare(typed)).then(|| {
        let replace = text::span(line.cursor - typed.len(), line.cursor + closed);
        draft.candidate(label, "acceptance scenario", replace, typed)
    })
}

/// The steps of the last scenario before `at`, else of the first one, with nothing said yet.
fn scenario_draft(document: &FeatureDocument, at: usize) -> Option<Draft> {
    let facts = document.facts();
    let scenarios = facts.items_of(ItemKind::Scenario).map(|(_, item)| item);
    let (before, behind): (Vec<&Item>, Vec<&Item>) =
        scenarios.partition(|item| usize::from(item.range.end()) < at);
    let nearest = before.into_iter().rev().chain(behind);
    let mut drafts = nearest.map(|item| steps(document.slice(item.range)));
    drafts.find_map(|draft| draft)
}

/// `**Given** …, **When** …, **Then** ….`
fn steps(scenario: &str) -> Option<Draft> {
    let head = grammar::line_start(scenario, TextSize::new(0));
    let mut rest = scenario.get(usize::from(head.content)..)?;
    let mut draft = Draft::default();
    let mut words: Vec<&str> = Vec::new();
    while let Some(open) = rest.find("**") {
        let Some(close) = rest[open + 2..].find("**") else {
            break;
        };
        let said = &rest[..open];
        let word = &rest[open + 2..open + 2 + close];
        if words.is_empty() && !said.trim().is_empty() {
            return None;
        }
        if words.contains(&word) || CONTINUING.contains(&word) || words.len() == 3 {
            rest = &rest[open + 4 + close..];
            continue;
        }
        if !words.is_empty() {
            draft.push(" ");
            draft.stop(STOP);
            let comma = said
                .trim_end()
                .chars()
                .next_back()
                .filter(|c| matches!(c, ',' | '、' | '，' | ';'));
            draft.text.extend(comma);
            draft.push(if comma.is_some_and(|c| c != ',' && c != ';') {
                ""
            } else {
                " "
            });
        }
        let _ = write!(draft.text, "**{word}**");
        words.push(word);
        rest = &rest[open + 4 + close..];
    }
    if words.len() < 3 {
        return None;
    }
    draft.push(" ");
    draft.stop(STOP);
    let end = scenario.trim_end().chars().next_back();
    draft.text.extend(end.filter(|c| matches!(c, '.' | '。')));
    Some(draft)
}

/// A story with its labels, for a line that begins with `typed`, a heading's marks and perhaps its first letters.
pub(super) fn story(
    document: &FeatureDocument,
    line: &Line<'_>,
    typed: &str,
) -> Option<Completion> {
    let facts = document.facts();
    let cursor = TextSize::new(line.cursor as u32);
    let stories = facts.items_of(ItemKind::Story).map(|(_, item)| item);
    let stories = stories.filter(|item| !item.id_range.contains_inclusive(cursor));
    let stories: Vec<&Item> = stories.collect();
    let last = stories.last()?;
    let section = facts.sections.get(last.section? as usize)?;
    // Among the stories: in the section that holds them.
    let around = facts.sections.get(section.parent? as usize)?;
    if !around.range.contains_inclusive(cursor) || cursor < stories.first()?.range.start() {
        return None;
    }
    let heading = document.slice(section.heading);
    let number = stories
        .iter()
        .filter_map(|item| parts(&item.id))
        .map(|(_, number, _)| number)
        .max()?
        .saturating_add(1);
    let (from, to) = (last.id_range.start(), last.id_range.end());
    let name = document.slice(last.id_range);
    let name = name.trim_end_matches(|c: char| c.is_alphanumeric() && !c.is_alphabetic());
    let mut draft = Draft::default();
    draft.push(document.slice(TextRange::new(section.heading.start(), from)));
    let head = format!("{}{name}{number}", draft.text);
    let bare = |text: &str| text.replace([' ', '#'], "").to_lowercase();
    let level = typed.bytes().take_while(|b| *b == b'#').count();
    if level > usize::from(section.level)
        || !heading.starts_with('#')
        || !bare(&head).starts_with(&bare(typed))
    {
        return None;
    }
    let _ = write!(draft.text, "{name}{number}");
    let title = last.title_range;
    draft.push(document.slice(TextRange::new(to, title.start().max(to))));
    draft.stop(STOP);
    if let Some(priority) = last.story.as_ref()?.priority.as_ref() {
        let written = document.slice(priority.range);
        let digits = written.trim_end_matches([')', '）', ' ']);
        let at = digits.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let gap = TextRange::new(title.end(), priority.range.start().max(title.end()));
        let gap = document.slice(gap);
        draft.push(if gap.trim().is_empty() { gap } else { " " });
        draft.push(&written[..at]);
        draft.stop(&digits[at..]);
        draft.push(&written[digits.len()..]);
    }
    let break_ = if facts.style.crlf { "\r\n" } else { "\n" };
    let gap = break_.repeat(2);
    draft.push(&gap);
    draft.stop(STOP);
    for label in labels(document, last, section.heading.end()) {
        draft.push(&gap);
        draft.push(&label.text);
        if label.heads_list {
            if let Some(steps) = scenario_draft(document, line.cursor) {
                draft.push(&gap);
                draft.push("1. ");
                draft.append(&steps);
            }
        } else {
            let wide = label.text.ends_with('：');
            draft.push(if wide { "" } else { " " });
            draft.stop(STOP);
        }
    }
    draft.push(break_);
    let replace = text::span(line.cursor - typed.len(), line.cursor + line.after.len());
    Some(draft.candidate(format!("{name}{number}"), "user story", replace, typed))
}

/// `**Independent Test**:`
struct Label {
    text: String,
    /// A list follows it: the scenarios.
    heads_list: bool,
}

/// The labels a story's paragraphs begin with, each once.
fn labels(document: &FeatureDocument, story: &Item, from: TextSize) -> Vec<Label> {
    let text = &document.doc.text;
    let mut labels: Vec<Label> = Vec::new();
    for line in lines::of(text, from.into()) {
        if line.start >= usize::from(story.range.end()) {
            break;
        }
        let Some(bold) = text[line].strip_prefix("**") else {
            continue;
        };
        let Some(close) = bold.find("**") else {
            continue;
        };
        let behind = &bold[close + 2..];
        let colon = behind.chars().next().filter(|c| matches!(c, ':' | '：'));
        let word = &bold[..close];
        if colon.is_none() && !word.ends_with([':', '：']) {
            continue;
        }
        let said = &behind[colon.map_or(0, char::len_utf8)..];
        let mut written = format!("**{word}**");
        written.extend(colon);
        if !labels.iter().any(|known| known.text == written) {
            labels.push(Label {
                text: written,
                heads_list: said.trim().is_empty(),
            });
        }
    }
    labels
}

/// `[NEEDS CLARIFICATION: …]`; `typed` begins with its bracket.
pub(super) fn clarification(line: &Line<'_>, typed: &str) -> Completion {
    let closed = usize::from(line.after.starts_with(']'));
    let mut draft = Draft::default();
    draft.push("[NEEDS CLARIFICATION: ");
    draft.stop(STOP);
    draft.push("]");
    let replace = text::span(line.cursor - typed.len(), line.cursor + closed);
    let label = "[NEEDS CLARIFICATION: ]".to_owned();
    draft.candidate(label, "open question", replace, typed)
}
