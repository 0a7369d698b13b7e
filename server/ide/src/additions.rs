//! One more of what is there: the next requirement, success criterion, scenario, story or task, with the next free id, and
//! a question where words are missing. And a question about words that are there.

use documents::{DocumentKind, Item, ItemKind};
use rules::{Locale, Message, Template};
use text::{Edit, FileId, TextRange, TextSize};
use trace::FeatureDocument;

use crate::code_actions::touches;
use crate::completion::{Completion, next_item, next_scenario, next_story};
use crate::{Action, ActionKind, Analysis};

const NEXT: Template = Template {
    en: "Add {id} after this one (from code facts, no AI)",
    ja: "この後に {id} を追加 (コードの事実から、AI なし)",
};
const NEXT_OF_NAMES: Template = Template {
    en: "Add a {what} after this one (from code facts, no AI)",
    ja: "この後に {what} を追加 (コードの事実から、AI なし)",
};
const SCENARIO: Template = Template {
    en: "Add a scenario to this requirement (from code facts, no AI)",
    ja: "この要件に scenario を追加 (コードの事実から、AI なし)",
};
const CLARIFY: Template = Template {
    en: "Ask a clarification here",
    ja: "ここで確認事項を質問",
};

/// Longest selection that becomes a question, in bytes.
const LONGEST: usize = 300;

/// What is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addition {
    /// Another one of its kind.
    Next,
    /// A scenario of a requirement.
    Scenario,
}

/// Text with the places in it that are to be filled in, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What is written, and where.
    pub edit: Edit,
    /// Ranges of the text that is written.
    pub stops: Vec<TextRange>,
}

/// What can be added at the item that `range` touches.
pub(crate) fn adding(document: &FeatureDocument, range: TextRange, locale: Locale) -> Vec<Action> {
    let Some(item) = item_at(document, range) else {
        return Vec::new();
    };
    let at = item.range.start();
    let mut actions = Vec::new();
    for what in [Addition::Next, Addition::Scenario] {
        let Some((named, _)) = draft(document, item, what) else {
            continue;
        };
        let message = match (what, named) {
            (Addition::Scenario, _) => Message::new(SCENARIO, &[]),
            (_, Named::Id(id)) => Message::new(NEXT, &[("id", &id)]),
            (_, Named::Kind(what)) => Message::new(NEXT_OF_NAMES, &[("what", what)]),
        };
        actions.push(Action {
            title: message.text(locale),
            kind: ActionKind::Add {
                file: document.file,
                at,
                what,
            },
            finding: None,
            preferred: false,
        });
    }
    actions
}

impl Analysis {
    /// What [`ActionKind::Add`] writes behind the item that begins at a byte.
    #[must_use]
    pub fn addition(&self, file: FileId, at: TextSize, what: Addition) -> Option<Draft> {
        let document = self.graph.feature_of(file)?.document(file)?;
        let mut items = document.facts().items.iter();
        let item = items.find(|item| item.range.start() == at && is_added(document, item))?;
        Some(draft(document, item, what)?.1)
    }

    /// Offered where words of one line are selected.
    pub(crate) fn asking(
        &self,
        document: &FeatureDocument,
        range: TextRange,
        locale: Locale,
    ) -> Option<Action> {
        self.question(document.file, range).map(|_| Action {
            title: Message::new(CLARIFY, &[]).text(locale),
            kind: ActionKind::Clarify {
                file: document.file,
                range,
            },
            finding: None,
            preferred: false,
        })
    }

    /// Selected words as a marked question.
    #[must_use]
    pub fn question(&self, file: FileId, range: TextRange) -> Option<Draft> {
        let document = self.graph.feature_of(file)?.document(file)?;
        let asks = matches!(
            document.kind,
            DocumentKind::Spec
                | DocumentKind::Plan
                | DocumentKind::KiroRequirements
                | DocumentKind::KiroBugfix
                | DocumentKind::KiroDesign
                | DocumentKind::OpenSpecCapability
                | DocumentKind::OpenSpecDelta
                | DocumentKind::OpenSpecProposal
        );
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let words = document.doc.text.get(start..end)?;
        let plain = !words.contains(['\n', '\r', '[', ']', '`', '|'])
            && words.trim() == words
            && words.contains(char::is_alphabetic)
            && words.len() <= LONGEST;
        let facts = document.facts();
        let holds = |other: &TextRange| touches(*other, range);
        let ids = facts.items.iter().map(|item| item.id_range);
        let apart = !facts.opaque.iter().any(holds)
            && !facts.sections.iter().any(|it| holds(&it.heading))
            && !ids.filter(|id| !id.is_empty()).any(|id| holds(&id));
        if !(asks && plain && apart) {
            return None;
        }
        let mut draft = Draft {
            edit: Edit::replace(range, String::new()),
            stops: Vec::new(),
        };
        draft.ask(words);
        Some(draft)
    }
}

impl Draft {
    fn push(&mut self, text: &str) {
        self.edit.insert.push_str(text);
    }

    fn stop(&mut self, text: &str) {
        let start = self.edit.insert.len();
        self.push(text);
        self.stops.push(text::span(start, self.edit.insert.len()));
    }

    /// A marked question, whose words are to be filled in.
    fn ask(&mut self, question: &str) {
        self.push("[NEEDS CLARIFICATION: ");
        self.stop(&format!(
            "{}?",
            question.trim_end_matches(['?', '？', '.', '。'])
        ));
        self.push("]");
    }
}

/// How an action names what it adds.
enum Named {
    Id(String),
    Kind(&'static str),
}

fn is_added(document: &FeatureDocument, item: &Item) -> bool {
    let kinds: &[ItemKind] = match document.kind {
        DocumentKind::Spec => &[
            ItemKind::Requirement,
            ItemKind::SuccessCriterion,
            ItemKind::Scenario,
            ItemKind::Story,
        ],
        DocumentKind::Tasks => &[ItemKind::Task],
        DocumentKind::OpenSpecCapability | DocumentKind::OpenSpecDelta => &[ItemKind::Requirement],
        _ => &[],
    };
    kinds.contains(&item.kind) && !item.in_table
}

/// The innermost item whose first line is touched.
fn item_at(document: &FeatureDocument, range: TextRange) -> Option<&Item> {
    let items = document.facts().items.iter();
    let head = |item: &&Item| {
        TextRange::new(
            item.range.start(),
            item.title_range.end().max(item.id_range.end()),
        )
    };
    items
        .filter(|item| is_added(document, item))
        .rfind(|item| head(item).start() <= head(item).end() && touches(head(item), range))
}

fn draft(document: &FeatureDocument, item: &Item, what: Addition) -> Option<(Named, Draft)> {
    let by_name = matches!(
        document.kind,
        DocumentKind::OpenSpecCapability | DocumentKind::OpenSpecDelta
    );
    let drafted = match (by_name, what) {
        (true, _) => block(document, item, what),
        (false, Addition::Next) => listed(document, item),
        (false, Addition::Scenario) => None,
    };
    let (named, mut draft) = drafted?;
    if document.facts().style.crlf {
        draft = with_crlf(&draft);
    }
    Some((named, draft))
}

/// The next item of a Spec Kit document, written as the one it follows.
fn listed(document: &FeatureDocument, item: &Item) -> Option<(Named, Draft)> {
    let end = item.range.end();
    let text = &document.doc.text;
    let mut draft = Draft {
        edit: Edit::insert(end, String::new()),
        stops: Vec::new(),
    };
    if item.kind == ItemKind::Story {
        let story = next_story(document, end)?;
        draft.push("\n\n");
        let id = story.label.clone();
        draft.fill(&story);
        let bare = draft.edit.insert.trim_end().len();
        draft.edit.insert.truncate(bare);
        return Some((Named::Id(id), draft));
    }
    let line = document.slice(TextRange::new(item.range.start(), end));
    let head = grammar::line_start(line, TextSize::new(0));
    let (_, marker) = head.marker.as_ref()?;
    let start = usize::from(item.range.start());
    let from = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let indent = text.get(from..start).filter(|it| it.trim().is_empty())?;
    let mark = text::slice(line, *marker);
    let number = mark.trim_end_matches(['.', ')']).parse::<u64>();
    draft.push(if is_loose(document, item) {
        "\n\n"
    } else {
        "\n"
    });
    draft.push(indent);
    match &number {
        Ok(number) => draft.push(&format!("{}{} ", number + 1, &mark[mark.len() - 1..])),
        Err(_) => draft.push(&format!("{mark} ")),
    }
    if item.kind == ItemKind::Scenario {
        let scenario = next_scenario(document, end)?;
        draft.fill(&scenario);
        return Some((Named::Kind("scenario"), draft));
    }
    if item.kind == ItemKind::Task {
        head.checkbox.as_ref()?;
        draft.push("[ ] ");
    }
    let next = next_item(document, item)?;
    let id = next.label.clone();
    draft.push(&next.insert);
    draft.ask(match item.kind {
        ItemKind::Task => "What is to be done, in which file?",
        ItemKind::SuccessCriterion => "Which number tells that it is a success?",
        _ => "What exactly?",
    });
    Some((Named::Id(id), draft))
}

impl Draft {
    /// A candidate of completion, with questions in its empty places.
    fn fill(&mut self, candidate: &Completion) {
        let mut at = 0;
        for stop in &candidate.stops {
            let (start, end) = (usize::from(stop.start()), usize::from(stop.end()));
            let before = &candidate.insert[at..start];
            self.push(before);
            let shown = &candidate.insert[start..end];
            if shown.chars().all(|c| c.is_ascii_digit()) {
                self.stop(shown);
            } else {
                let line = before.rsplit('\n').next().unwrap_or(before);
                let word = line
                    .rsplit("**")
                    .find(|it| it.contains(char::is_alphabetic));
                let word = word
                    .unwrap_or("What")
                    .trim_matches([' ', '#', ':', '：', '-', ',']);
                self.ask(word);
            }
            at = end;
        }
        self.push(&candidate.insert[at..]);
    }
}

/// Whether empty lines stand between this item and the one beside it.
fn is_loose(document: &FeatureDocument, item: &Item) -> bool {
    let items = &document.facts().items;
    let beside = |other: &&Item| other.kind == item.kind && other.section == item.section;
    let after = items
        .iter()
        .filter(beside)
        .find(|it| it.range.start() >= item.range.end());
    let before = items
        .iter()
        .filter(beside)
        .rfind(|it| it.range.end() <= item.range.start());
    let gap = match (after, before) {
        (Some(after), _) => TextRange::new(item.range.end(), after.range.start()),
        (None, Some(before)) => TextRange::new(before.range.end(), item.range.start()),
        (None, None) => return false,
    };
    document.slice(gap).matches('\n').count() > 1
}

/// A requirement of `OpenSpec` behind this one, or a scenario at its end.
fn block(document: &FeatureDocument, item: &Item, what: Addition) -> Option<(Named, Draft)> {
    let sections = &document.facts().sections;
    let own = sections
        .iter()
        .find(|it| it.heading.start() == item.range.start())?;
    // Under REMOVED a requirement is a name only.
    let parent = own.parent.and_then(|at| sections.get(at as usize));
    if parent.is_some_and(|it| it.title.to_ascii_uppercase().starts_with("REMOVED")) {
        return None;
    }
    let airy = sections.iter().filter(|it| it.level == 3).any(|it| {
        let behind = &document.doc.text[usize::from(it.heading.end())..];
        behind.starts_with("\n\n") || behind.starts_with("\r\n\r\n")
    });
    let gap = if airy { "\n\n" } else { "\n" };
    let mut draft = Draft {
        edit: Edit::insert(item.range.end(), "\n\n".to_owned()),
        stops: Vec::new(),
    };
    let named = if what == Addition::Next {
        draft.push("### Requirement: ");
        draft.stop("New requirement");
        draft.push(gap);
        draft.push("The system SHALL ");
        draft.ask("Do what, and for whom?");
        draft.push("\n\n");
        "requirement"
    } else {
        "scenario"
    };
    draft.push("#### Scenario: ");
    draft.stop("New scenario");
    draft.push(gap);
    draft.push("- **WHEN** ");
    draft.ask("Which event or action?");
    draft.push("\n- **THEN** ");
    draft.ask("Which result can be seen?");
    Some((Named::Kind(named), draft))
}

/// The same with `\r\n` line breaks.
fn with_crlf(draft: &Draft) -> Draft {
    let text = draft.edit.insert.replace("\r\n", "\n");
    let moved = |at: TextSize| {
        let before = &draft.edit.insert[..usize::from(at)];
        at + TextSize::new(before.matches('\n').count() as u32)
    };
    let stops = draft
        .stops
        .iter()
        .map(|it| TextRange::new(moved(it.start()), moved(it.end())))
        .collect();
    Draft {
        edit: Edit {
            range: draft.edit.range,
            insert: text.replace('\n', "\r\n"),
        },
        stops,
    }
}
