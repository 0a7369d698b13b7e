//! The document that a new list looks like: the project's own template, else the newest list of another feature, else
//! ours. Its headings and labels are taken over, none of its tasks.

use documents::{DocumentKind, Item, ItemKind};
use text::{FileId, TextRange};
use trace::{Feature, FeatureDocument, Graph};

use crate::tasks::style::Style;
use crate::unsaved;

/// Where a project says nothing: the shape of Spec Kit's own template, without its remarks.
const OURS: &str = "\
# Tasks: [FEATURE NAME]

**Input**: Design documents from `/specs/[###-feature-name]/`
**Prerequisites**: plan.md, spec.md

## Phase 1: Setup

- [ ] T001 Set up

## Phase 2: Foundational

- [ ] T002 Build what every story needs

## Phase 3: User Story 1 - Title (Priority: P1)

**Goal**: What it brings

**Independent Test**: How to see that it works

### Tests for User Story 1

- [ ] T003 [US1] Test in `tests/story.rs`

### Implementation for User Story 1

- [ ] T004 [US1] Implement in `src/story.rs`

## Phase 4: Polish

- [ ] T005 Check everything
";

/// A list and the headings in it.
pub(super) struct Model {
    pub(super) document: FeatureDocument,
}

/// A heading of a phase for all stories, and its number in it.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) heading: TextRange,
    pub(super) number: TextRange,
}

impl Model {
    pub(super) fn of(graph: &Graph, feature: &Feature, spec: FileId) -> Self {
        let templates = feature.project.tasks_templates.iter();
        let mut templates = templates.filter_map(|file| template(graph, *file));
        let document = templates
            .find(is_model)
            .or_else(|| newest_list(graph, feature).filter(is_model))
            .unwrap_or_else(|| read(spec, OURS));
        Self { document }
    }

    /// The headings before the phases of stories: what is set up, and what all stories need; the second may be missing.
    pub(super) fn before(&self, style: &Style<'_>) -> [Option<Shared>; 2] {
        let first = style.phases.first().map(|phase| phase.at);
        let mut shared = self.shared(|at| first.is_some_and(|first| at < first));
        [shared.next(), shared.next()]
    }

    /// The heading of the phase behind those of the stories.
    pub(super) fn behind(&self, style: &Style<'_>) -> Option<Shared> {
        let last = style.phases.last().map(|phase| phase.at);
        self.shared(|at| last.is_some_and(|last| at > last)).next()
    }

    fn shared(&self, is_there: impl Fn(u32) -> bool) -> impl Iterator<Item = Shared> {
        let facts = self.document.facts();
        let phases = facts.items_of(ItemKind::Phase);
        phases.filter_map(move |(at, item): (u32, &Item)| {
            let section = facts.sections.get(item.section? as usize)?;
            (is_there(at) && item.story.is_none() && !item.id_range.is_empty()).then_some(Shared {
                heading: section.heading,
                number: item.id_range,
            })
        })
    }
}

/// Whether a list has phases for stories, and others before and behind them.
fn is_model(document: &FeatureDocument) -> bool {
    let model = Model {
        document: document.clone(),
    };
    Style::of(&[], document)
        .is_some_and(|style| model.before(&style)[0].is_some() && model.behind(&style).is_some())
}

fn template(graph: &Graph, file: FileId) -> Option<FeatureDocument> {
    let document = graph.inputs().documents.get(&file)?;
    Some(read(file, &document.text))
}

fn read(file: FileId, text: &str) -> FeatureDocument {
    unsaved::read(file, DocumentKind::Tasks, "tasks.md", text)
}

/// The list of the feature with the highest number in the project.
fn newest_list(graph: &Graph, feature: &Feature) -> Option<FeatureDocument> {
    let others = graph.features().iter();
    let mut others: Vec<_> = others
        .filter(|other| other.project.id == feature.project.id && other.id != feature.id)
        .collect();
    others.sort_by_key(|other| std::cmp::Reverse(other.number));
    others
        .into_iter()
        .find_map(|other| other.tasks_document().cloned())
}
