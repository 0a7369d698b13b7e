//! Documents in which nothing was found of what they are there for. What they say is unknown: nothing is missing in
//! them, and nothing is in order.

use documents::{DocumentKind, ItemKind};
use text::{TextSize, span};

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
}

impl Unread {
    /// The half sentence shown to people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requirements => "no numbered requirement found",
            Self::Clauses => "no numbered clause found",
            Self::Tasks => "no task found",
        }
    }
}

impl Feature {
    /// Its Kiro documents that were not understood, and what was not found in them.
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
            _ => None,
        }
    }

    /// Whether there is more than headings.
    fn says_something(&self) -> bool {
        let sections = &self.facts().sections;
        let holds = |at: u32| sections.iter().any(|section| section.parent == Some(at));
        let mut leaves = (0..).zip(sections).filter(|(at, _)| !holds(*at));
        leaves.any(|(_, section)| !section.empty)
            || (sections.is_empty() && !self.doc.text.trim().is_empty())
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
