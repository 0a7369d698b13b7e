//! Why no task is written for a feature: what it lacks, precisely enough to do something about it.

use documents::{DocumentKind, Format, ItemKind};
use trace::{Feature, FeatureId, FeatureState, Graph, UnitKind};

use super::outline::added;
use super::style::Style;

/// Why there is nothing to write into a `tasks.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlisted {
    /// It is put away.
    Archived,
    /// It is a main spec, which is nobody's work.
    Capability,
    /// A document is not there.
    Missing(Source),
    /// A document is there and has none of what tasks are for.
    Bare(Source),
    /// A list is there and certainly leaves nothing out.
    Complete,
    /// A list is there whose phases are not those of stories, or whose ids are not counted.
    Shapeless,
    /// A list is there that cannot be read.
    Unread,
    /// What was put together does not read back as meant.
    Unproven,
}

/// What a list is written from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `spec.md` with user stories.
    Spec,
    /// `plan.md`.
    Plan,
    /// `requirements.md` or `bugfix.md` with acceptance criteria.
    Requirements,
    /// `design.md` of Kiro.
    Design,
    /// `proposal.md`.
    Proposal,
    /// `specs/<capability>/spec.md` of a change, with requirements.
    Delta,
}

/// Why [`super::task_list`] and [`super::tasks_for_all_uncovered`] have nothing to write for a feature.
#[must_use]
pub fn unlisted(graph: &Graph, feature: FeatureId) -> Unlisted {
    let Some(feature) = graph.feature(feature) else {
        return Unlisted::Unproven;
    };
    if feature.unit != UnitKind::Feature {
        return Unlisted::Capability;
    }
    if feature.state == FeatureState::Archived {
        return Unlisted::Archived;
    }
    if feature.present.iter().any(|kind| kind.is_tasks()) {
        return of_list(feature);
    }
    for (source, kinds, item) in sources(feature.format()) {
        let all = feature.documents.iter();
        let mut there = all.filter(|it| kinds.contains(&it.kind)).peekable();
        if there.peek().is_none() {
            return Unlisted::Missing(*source);
        }
        if let Some(item) = item
            && !there.any(|it| it.facts().items_of(*item).next().is_some())
        {
            return Unlisted::Bare(*source);
        }
    }
    Unlisted::Unproven
}

fn of_list(feature: &Feature) -> Unlisted {
    let Some(list) = feature.tasks_document() else {
        return Unlisted::Unread;
    };
    match feature.format() {
        Format::SpecKit if Style::of(&feature.tasks, list).is_none() => Unlisted::Shapeless,
        Format::Kiro | Format::OpenSpec if !added::is_shaped(list) => Unlisted::Shapeless,
        _ => Unlisted::Complete,
    }
}

type Sources = &'static [(Source, &'static [DocumentKind], Option<ItemKind>)];

/// What each format's list is written from, and what that has to hold.
fn sources(format: Format) -> Sources {
    use DocumentKind as K;
    match format {
        Format::SpecKit => &[
            (Source::Spec, &[K::Spec], Some(ItemKind::Story)),
            (Source::Plan, &[K::Plan], None),
        ],
        Format::Kiro => &[
            (
                Source::Requirements,
                &[K::KiroRequirements, K::KiroBugfix],
                Some(ItemKind::Criterion),
            ),
            (Source::Design, &[K::KiroDesign], None),
        ],
        Format::OpenSpec => &[
            (Source::Proposal, &[K::OpenSpecProposal], None),
            (
                Source::Delta,
                &[K::OpenSpecDelta],
                Some(ItemKind::Requirement),
            ),
        ],
    }
}
