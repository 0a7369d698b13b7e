//! Inserting, deleting and moving requirements and criteria that are named by their place; references follow.

use documents::{DocumentKind, Item, ItemKind};
use generate::{Position, Recounted, Step, Texts, Uncounted};
use rules::{Locale, Message, Template};
use text::{FileId, TextRange};

use crate::Analysis;
use crate::code_actions::{Action, ActionKind, touches};
use crate::rename::words;

/// What a new criterion begins with; the author goes on behind it.
pub const NEW_CRITERION: &str = "WHEN ";

const fn template(en: &'static str, ja: &'static str) -> Template {
    Template { en, ja }
}

const BEFORE: Template = template(
    "Insert a criterion before {id}; references follow",
    "{id} の前に基準を挿入し、参照の番号を直す",
);
const BEHIND: Template = template(
    "Insert a criterion behind {id}; references follow",
    "{id} の後に基準を挿入し、参照の番号を直す",
);
const REQUIREMENT: Template = template(
    "Insert a requirement behind {id}; references follow (from code facts, no AI)",
    "{id} の後に要件を挿入し、参照の番号を直す (コードの事実から、AI なし)",
);
const UP: Template = template(
    "Move {id} up; references follow",
    "{id} を上へ移し、参照の番号を直す",
);
const DOWN: Template = template(
    "Move {id} down; references follow",
    "{id} を下へ移し、参照の番号を直す",
);
const DELETE: Template = template(
    "Delete {id}; references follow",
    "{id} を削除し、参照の番号を直す",
);

impl Analysis {
    /// What may be done with the requirement or criterion whose first line touches `range`.
    pub(crate) fn recounting(&self, file: FileId, range: TextRange, locale: Locale) -> Vec<Action> {
        let document = self.spec_document(file).map(|(_, document)| document);
        let Some(document) = document.filter(|it| it.kind == DocumentKind::KiroRequirements) else {
            return Vec::new();
        };
        let facts = document.facts();
        let here = |item: &&Item| {
            let counts = matches!(item.kind, ItemKind::Requirement | ItemKind::Criterion);
            counts && touches(item.id_range.cover(item.title_range), range)
        };
        let Some(item) = facts.items.iter().find(here) else {
            return Vec::new();
        };
        let requirements: Vec<(u32, &Item)> = facts.items_of(ItemKind::Requirement).collect();
        let of = |own: &Item| {
            let parent = own.parent;
            requirements.iter().position(|(at, _)| Some(*at) == parent)
        };
        let (at, last) = if item.kind == ItemKind::Requirement {
            let own = requirements.iter().position(|(_, each)| each.id == item.id);
            let at = Position {
                requirement: own.unwrap_or(0),
                criterion: None,
            };
            (at, requirements.len() - 1)
        } else {
            let Some(requirement) = of(item) else {
                return Vec::new();
            };
            let siblings: Vec<&Item> = facts
                .items_of(ItemKind::Criterion)
                .map(|(_, each)| each)
                .filter(|each| each.parent == item.parent)
                .collect();
            let own = siblings.iter().position(|each| each.id == item.id);
            let at = Position {
                requirement,
                criterion: Some(own.unwrap_or(0)),
            };
            (at, siblings.len() - 1)
        };
        let index = at.criterion.unwrap_or(at.requirement);
        let to = |index: usize| match at.criterion {
            Some(_) => Position {
                criterion: Some(index),
                ..at
            },
            None => Position {
                requirement: index,
                criterion: None,
            },
        };
        let mut steps = Vec::new();
        if at.criterion.is_some() {
            steps.push((BEFORE, Step::Insert(at, NEW_CRITERION.to_owned())));
            steps.push((
                BEHIND,
                Step::Insert(to(index + 1), NEW_CRITERION.to_owned()),
            ));
        }
        let new = at
            .criterion
            .is_none()
            .then(|| generate::next_requirement(document));
        if let Some(new) = new.flatten() {
            steps.push((REQUIREMENT, Step::Insert(to(index + 1), new)));
        }
        if index > 0 {
            steps.push((UP, Step::Move(at, to(index - 1))));
        }
        if index < last {
            steps.push((DOWN, Step::Move(at, to(index + 1))));
        }
        if last > 0 {
            steps.push((DELETE, Step::Delete(at)));
        }
        let name = if item.kind == ItemKind::Requirement {
            crate::wording::kind(item.kind, locale).to_owned() + " " + &item.id
        } else {
            item.id.to_string()
        };
        let action = |(title, step)| Action {
            title: Message::new(title, &[("id", &name)]).text(locale),
            kind: ActionKind::Recount { file, step },
            finding: None,
            preferred: false,
        };
        steps.into_iter().map(action).collect()
    }

    /// The edits of [`ActionKind::Recount`]. The error is a sentence for people.
    pub fn recount(
        &self,
        file: FileId,
        step: &Step,
        texts: &Texts<'_>,
        locale: Locale,
    ) -> Result<Recounted, String> {
        generate::recount(&self.graph, file, step, texts)
            .map_err(|refused| self.refusal(&refused, locale))
    }

    fn refusal(&self, refused: &Uncounted, locale: Locale) -> String {
        let say = |en, ja, facts: &[(&'static str, &str)]| {
            Message::new(template(en, ja), facts).text(locale)
        };
        match refused {
            Uncounted::NoPlaces => say(
                "Only the requirements of a Kiro spec are named by their place.",
                "位置で番号が決まるのは Kiro の要件だけです。",
                &[],
            ),
            Uncounted::NoSuchPlace => say(
                "There is no such place in the list.",
                "リストにその位置はありません。",
                &[],
            ),
            Uncounted::Last => say(
                "It is the last one of its list.",
                "リストの最後の 1 件です。",
                &[],
            ),
            Uncounted::Disputed(id) => say(
                "The numbers written at requirement {id} are not those of the places.",
                "要件 {id} に書かれた番号が位置と合っていません。",
                &[("id", id)],
            ),
            Uncounted::Reference(file, range) => say(
                "The reference at {place} cites nothing else, or cannot be renumbered.",
                "{place} の参照は他に何も指していないか、番号を直せません。",
                &[("place", &words::place(&self.graph, *file, *range))],
            ),
            Uncounted::Captured(file, range) => say(
                "The reference at {place} means nothing now and would come to mean something.",
                "{place} の参照は今は何も指していませんが、何かを指すようになります。",
                &[("place", &words::place(&self.graph, *file, *range))],
            ),
            Uncounted::File(file, why) => {
                words::refusal(&self.graph, &generate::Refusal::File(*file, *why), locale)
            }
            Uncounted::Unreadable => say(
                "The document would not be read as meant afterwards.",
                "変更後の文書を意図どおりに読み取れません。",
                &[],
            ),
        }
    }
}
