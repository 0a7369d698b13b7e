//! Clarifications: a marked question is asked in the section Spec Kit keeps for it, and its answer takes the marker's
//! place. Nothing is answered here: until somebody wrote an answer, the marker stays.

use std::ops::Range;

use documents::{Clarification, DocumentKind, Section};
use rules::{Locale, Message, Template};
use text::{Edit, FileId, TextRange, TextSize};
use trace::FeatureDocument;

use crate::Analysis;
use crate::code_actions::{Action, ActionKind, touches};
use crate::lines;

const ASK: Template = Template {
    en: "Ask in Clarifications: {question}",
    ja: "Clarifications に質問を書く: {question}",
};
const ANSWER: Template = Template {
    en: "Put the answer in place of the question: {answer}",
    ja: "質問を答えに置き換える: {answer}",
};

/// Between a question and its answer, as Spec Kit's clarify command writes it.
const ARROW: &str = "→ A:";

/// First words of the section's title. The command itself writes English, whatever the language of the document.
const TITLES: &[&str] = &[
    "clarification",
    "明確化",
    "澄清",
    "명확화",
    "aclaracion",
    "esclarecimento",
    "klärung",
    "klarstellung",
];

/// Titles of sections that the clarifications stand behind.
const OVERVIEWS: &[&str] = &[
    "overview",
    "summary",
    "context",
    "background",
    "introduction",
    "概要",
    "背景",
    "概述",
    "개요",
    "resumen",
    "resumo",
    "überblick",
];

/// Longest question or answer in a title, in characters.
const SHOWN: usize = 60;

/// `- Q: question → A: answer`
struct Asked {
    /// All of its lines.
    range: TextRange,
    question: String,
    /// Empty until somebody answers.
    answer: String,
}

impl Analysis {
    /// Asking the marked question that `range` touches, or putting its answer in its place.
    pub(crate) fn clarifying(
        &self,
        document: &FeatureDocument,
        range: TextRange,
        locale: Locale,
    ) -> Vec<Action> {
        if document.kind != DocumentKind::Spec {
            return Vec::new();
        }
        let markers = &document.facts().clarifications;
        if markers.is_empty() {
            return Vec::new();
        }
        let asked = asked(document);
        let mut actions = Vec::new();
        for marker in markers {
            let question = one_line(document.slice(marker.question));
            let known = asked.iter().find(|it| it.question == question);
            let here = touches(marker.range, range);
            let (template, gap, kind) = match known {
                Some(known)
                    if !known.answer.is_empty() && (here || touches(known.range, range)) =>
                {
                    let kind = ActionKind::Answer {
                        file: document.file,
                        at: marker.range.start(),
                    };
                    (ANSWER, ("answer", shown(&known.answer)), kind)
                }
                None if here && can_be_asked(&question) => {
                    let kind = ActionKind::Ask {
                        file: document.file,
                        at: marker.range.start(),
                    };
                    (ASK, ("question", shown(&question)), kind)
                }
                _ => continue,
            };
            let mut findings = self.checked.in_file(&self.graph, document.file);
            let finding = findings.find(|finding| here && finding.range == marker.range);
            actions.push(Action {
                title: Message::new(template, &[(gap.0, &gap.1)]).text(locale),
                kind,
                finding: finding.map(|finding| (finding.code, finding.range)),
                preferred: false,
            });
        }
        actions
    }

    /// The edit of [`ActionKind::Ask`]: one line, and its session and section where they are missing. `None` when it is
    /// asked already, or nobody said what day it is.
    pub(crate) fn ask(&self, file: FileId, at: TextSize) -> Option<Edit> {
        let (document, marker) = self.marker(file, at)?;
        let question = one_line(document.slice(marker.question));
        let known = asked(document).iter().any(|it| it.question == question);
        if known || !can_be_asked(&question) {
            return None;
        }
        let today = self.today.as_deref()?;
        let line = format!("Q: {question} {ARROW} ");
        let style = &document.facts().style;
        let eol = if style.crlf { "\r\n" } else { "\n" };
        let mut edit = match section(document) {
            Some((at, section)) => in_section(document, at, section, today, &line),
            None => with_section(document, today, &line),
        };
        edit.insert = edit.insert.replace('\n', eol);
        Some(edit)
    }

    /// The edit of [`ActionKind::Answer`]; `None` while there is no answer.
    pub(crate) fn answer(&self, file: FileId, at: TextSize) -> Option<Edit> {
        let (document, marker) = self.marker(file, at)?;
        let question = one_line(document.slice(marker.question));
        let known = asked(document)
            .into_iter()
            .find(|it| it.question == question && !it.answer.is_empty())?;
        let text = &document.doc.text;
        let behind = &text[usize::from(marker.range.end())..];
        let mut answer = known.answer;
        if behind.starts_with(['.', ',', ';', ':', '。', '、', '，', '；']) {
            answer.truncate(answer.trim_end_matches(['.', '。']).len());
        }
        let line = lines::around(text, marker.range.start())?;
        if text[line].trim_start().starts_with('|') {
            answer = answer.replace('|', "\\|");
        }
        Some(Edit::replace(marker.range, answer))
    }

    fn marker(&self, file: FileId, at: TextSize) -> Option<(&FeatureDocument, &Clarification)> {
        let (_, document) = self.spec_document(file)?;
        let mut markers = document.facts().clarifications.iter();
        let marker = markers.find(|marker| marker.range.start() == at)?;
        (document.kind == DocumentKind::Spec).then_some((document, marker))
    }
}

fn can_be_asked(question: &str) -> bool {
    !question.is_empty() && !question.contains('→')
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

/// The section of clarifications, the highest one first.
fn section(document: &FeatureDocument) -> Option<(u32, &Section)> {
    let sections = (0..).zip(&document.facts().sections);
    let named = sections.filter(|(_, section)| {
        let title = section.title.to_lowercase();
        section.level > 1 && TITLES.iter().any(|name| title.starts_with(name))
    });
    named.min_by_key(|(_, section)| section.level)
}

/// Every question of the section with what was answered.
fn asked(document: &FeatureDocument) -> Vec<Asked> {
    let Some((_, section)) = section(document) else {
        return Vec::new();
    };
    let text = &document.doc.text;
    let mut entries: Vec<(Range<usize>, String)> = Vec::new();
    let mut open = false;
    for line in lines::of(text, section.heading.end().into()) {
        if line.start >= usize::from(section.range.end()) {
            break;
        }
        let written = &text[line.clone()];
        let words = written.trim();
        let bullet = words.strip_prefix(['-', '*', '+']);
        if let Some(words) = bullet.map(str::trim_start) {
            open = words.trim_start_matches('*').starts_with("Q:");
            if open {
                entries.push((line, words.to_owned()));
            }
        } else if words.is_empty() || words.starts_with('#') || !written.starts_with([' ', '\t']) {
            open = false;
        } else if let Some((range, known)) = entries.last_mut().filter(|_| open) {
            range.end = line.end;
            *known = format!("{known} {words}");
        }
    }
    let read = |(range, words): (Range<usize>, String)| {
        let words = words.trim_start_matches('*').strip_prefix("Q:")?;
        let (question, answer) = words.split_once(ARROW)?;
        Some(Asked {
            range: text::span(range.start, range.end),
            question: one_line(question.trim_start_matches('*')),
            answer: one_line(answer.trim_start_matches('*')),
        })
    };
    entries.into_iter().filter_map(read).collect()
}

/// End of what a section says itself: before its first subsection, without blanks and a closing rule.
fn own_end(document: &FeatureDocument, start: usize, end: usize) -> usize {
    let text = &document.doc.text;
    let mut end = start + text[start..end].trim_end().len();
    loop {
        let line = text[start..end]
            .rfind(['\n', '\r'])
            .map_or(end, |at| start + at + 1);
        let rule = text[line..end].trim();
        let is_rule =
            rule.len() >= 3 && (rule.bytes().all(|b| b == b'-') || rule.bytes().all(|b| b == b'*'));
        if !is_rule {
            return end;
        }
        end = start + text[start..line].trim_end().len();
    }
}

/// Into today's session, or a new one behind the last.
fn in_section(
    document: &FeatureDocument,
    at: u32,
    section: &Section,
    today: &str,
    line: &str,
) -> Edit {
    let facts = document.facts();
    let text = &document.doc.text;
    let inner = facts.sections.iter();
    let sessions: Vec<&Section> = inner.filter(|it| it.parent == Some(at)).collect();
    let title = |section: &Section| document.slice(section.title_range);
    if let Some(session) = sessions.iter().find(|it| title(it).contains(today)) {
        let start = usize::from(session.heading.end());
        let inner = facts.sections.iter();
        let next = inner
            .map(|section| section.heading.start())
            .find(|next| *next > session.heading.start());
        let end = next.map_or(text.len(), usize::from);
        let end = own_end(document, start, end.min(session.range.end().into()));
        let said = &text[start..end];
        let last = said.lines().rfind(|line| !line.starts_with([' ', '\t']));
        let bullet = last.and_then(|line| line.chars().next());
        let bullet = bullet.filter(|mark| matches!(mark, '-' | '*' | '+'));
        let gap = match bullet {
            Some(_) if !is_loose(said) => "\n",
            _ => "\n\n",
        };
        let bullet = bullet.unwrap_or('-');
        return insert(end, format!("{gap}{bullet} {line}"));
    }
    let end = usize::from(section.range.end());
    let end = own_end(document, section.heading.end().into(), end);
    // The word that the other sessions have before their date.
    let word = sessions.last().and_then(|session| {
        let title = title(session).trim();
        let date = title.get(title.len().checked_sub(today.len())?..)?;
        let is_date = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        is_date.then(|| title[..title.len() - date.len()].to_owned())
    });
    let word = word.unwrap_or_else(|| "Session ".to_owned());
    let marks = "#".repeat(usize::from(section.level) + 1);
    insert(end, format!("\n\n{marks} {word}{today}\n\n- {line}"))
}

/// Whether blank lines stand between the items of a list.
fn is_loose(list: &str) -> bool {
    let mut blank = false;
    let mut items = 0;
    for line in list.lines() {
        if line.trim().is_empty() {
            blank = true;
        } else if line.starts_with(['-', '*', '+']) {
            if items > 0 && blank {
                return true;
            }
            items += 1;
            blank = false;
        }
    }
    false
}

/// With a section of its own, before the first one that is no overview.
fn with_section(document: &FeatureDocument, today: &str, line: &str) -> Edit {
    let text = &document.doc.text;
    let block = format!("## Clarifications\n\n### Session {today}\n\n- {line}");
    let sections = document.facts().sections.iter();
    let mut sections = sections.filter(|section| section.level == 2);
    let next = sections.find(|section| {
        let title = section.title.to_lowercase();
        !OVERVIEWS.contains(&title.as_str())
    });
    if let Some(next) = next {
        return insert(next.heading.start().into(), format!("{block}\n\n"));
    }
    let end = own_end(document, text::bom_len(text), text.len());
    insert(end, format!("\n\n{block}"))
}

fn insert(at: usize, text: String) -> Edit {
    Edit::insert(TextSize::new(at as u32), text)
}
