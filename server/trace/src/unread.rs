//! Documents in which nothing, or the smaller part, was found of what they are there for. What they say is unknown:
//! nothing is missing in them, and nothing is in order.

use documents::{DocumentKind, ItemKind};
use text::{TextRange, TextSize, span};

use crate::feature::{Feature, FeatureDocument};

/// What was looked for in a document and not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unread {
    /// Requirements of a `requirements.md` that says something.
    Requirements,
    /// Clauses of a `bugfix.md` that says something.
    Clauses,
    /// Tasks of a list with boxes.
    Tasks,
    /// Stories, requirements and criteria of a `spec.md` with several sections of text.
    Spec,
    /// Ids of most boxes of a list.
    Ids,
}

/// Sections and bytes from which on a `spec.md` says something. A stub, or a page that points elsewhere, has fewer.
const SECTIONS: usize = 3;
const BYTES: usize = 600;

impl Unread {
    /// The half sentence shown to people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requirements => "no numbered requirement found",
            Self::Clauses => "no numbered clause found",
            Self::Tasks => "no task found",
            Self::Spec => "no story, requirement or criterion found",
            Self::Ids => "most checkboxes have no id that is known as a task's",
        }
    }
}

impl Feature {
    /// Its documents that were not understood, and what was not found in them.
    pub fn unread(&self) -> impl Iterator<Item = (&FeatureDocument, Unread)> {
        let documents = self.documents.iter();
        documents.filter_map(|document| Some((document, document.unread()?)))
    }
}

impl FeatureDocument {
    /// What was not found in it although it is there for that.
    #[must_use]
    pub fn unread(&self) -> Option<Unread> {
        let holds = |wanted: &[ItemKind]| {
            let items = &self.facts().items;
            items.iter().any(|item| wanted.contains(&item.kind))
        };
        let wants = [ItemKind::Requirement, ItemKind::Criterion];
        let spec = [
            ItemKind::Story,
            ItemKind::Scenario,
            ItemKind::Requirement,
            ItemKind::SuccessCriterion,
        ];
        match self.kind {
            DocumentKind::KiroRequirements if !holds(&wants) && self.says_something() => {
                Some(Unread::Requirements)
            }
            DocumentKind::KiroBugfix if !holds(&wants) && self.says_something() => {
                Some(Unread::Clauses)
            }
            DocumentKind::KiroTasks if !holds(&[ItemKind::Task]) && self.has_boxes() => {
                Some(Unread::Tasks)
            }
            DocumentKind::Spec if !holds(&spec) && self.says_much() => Some(Unread::Spec),
            DocumentKind::Tasks => {
                let tasks = self.facts().items_of(ItemKind::Task).count();
                (self.facts().loose_boxes.all as usize > tasks).then_some(Unread::Ids)
            }
            _ => None,
        }
    }

    /// Where the first of it stands that was not understood; empty at the start where that is the whole document.
    #[must_use]
    pub fn unread_at(&self) -> TextRange {
        let box_of_a_list = self.facts().loose_boxes.first;
        let first_section = || Some(self.facts().sections.get(1)?.title_range);
        box_of_a_list.or_else(first_section).unwrap_or_default()
    }

    /// Whether there is more than headings.
    fn says_something(&self) -> bool {
        let sections = &self.facts().sections;
        let holds = |at: u32| sections.iter().any(|section| section.parent == Some(at));
        let mut leaves = (0..).zip(sections).filter(|(at, _)| !holds(*at));
        leaves.any(|(_, section)| !section.empty)
            || (sections.is_empty() && !self.doc.text.trim().is_empty())
    }

    fn says_much(&self) -> bool {
        self.facts().sections.len() > SECTIONS && self.doc.text.len() > BYTES
    }

    fn has_boxes(&self) -> bool {
        let mut at = 0;
        self.doc.text.split_inclusive('\n').any(|line| {
            let start = at;
            at += line.len();
            let hidden = self.facts().opaque.iter();
            let mut hidden = hidden.filter(|each| each.contains_range(span(start, start)));
            let bare = line.trim_start_matches([' ', '\t', '>']);
            let read = grammar::line_start(bare.trim_end(), TextSize::new(start as u32));
            read.checkbox.is_some() && hidden.next().is_none()
        })
    }
}
