//! What features have, told without looking at each: it is asked with every keystroke, and a large workspace has many
//! hundreds of features.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Graph;
use crate::contracts;
use crate::feature::{Feature, FeatureId};
use crate::layout::some;

/// One thing that a feature has or has not.
#[derive(Debug, Clone, Copy)]
#[repr(u16)]
pub(crate) enum Mark {
    /// Operations that are looked for.
    Operations = 1,
    /// Documents that were another at the merge base.
    Base = 2,
    /// A contract that is not what it was there.
    Breaks = 4,
    /// A lock that says what was accepted of it.
    Accepted = 8,
    /// Values that are bound to code.
    Bound = 16,
    /// A plan that names what manifests tell.
    Manifests = 32,
    /// Entities that types are looked for.
    Types = 64,
    /// Deltas of main specs.
    Deltas = 128,
    /// References that are looked for in the definitions of others.
    Readings = 256,
}

/// Of one feature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    fn of(feature: &Feature) -> Self {
        let has = [
            (Mark::Operations, contracts::is_asked(feature)),
            (Mark::Base, !feature.base.is_empty()),
            (Mark::Breaks, !feature.contracts.breaks.is_empty()),
            (Mark::Accepted, feature.accepted.lock.is_some()),
            (Mark::Bound, !feature.bound.is_empty()),
            (Mark::Manifests, feature.awaits_manifests()),
            (
                Mark::Types,
                feature.awaits_types() || !feature.models.is_empty(),
            ),
            (Mark::Deltas, has_deltas(feature)),
            (
                Mark::Readings,
                feature.reads.iter().any(|read| *read != feature.id),
            ),
        ];
        let has = has.into_iter().filter(|(_, has)| *has);
        Self(has.fold(0, |all, (mark, _)| all | mark as u16))
    }
}

fn has_deltas(feature: &Feature) -> bool {
    let unit = feature.openspec.as_ref();
    unit.is_some_and(|unit| !unit.deltas.is_empty())
}

impl Graph {
    /// Looks anew at the features that are not those of `before`, which is still held by somebody.
    pub(super) fn mark(&mut self, before: &[Arc<Feature>]) {
        if self.marks.len() != self.features.len() {
            self.marks = Arc::new(self.features.iter().map(|each| Marks::of(each)).collect());
            return;
        }
        for (at, feature) in self.features.iter().enumerate() {
            let same = before.get(at).is_some_and(|old| Arc::ptr_eq(old, feature));
            if same {
                continue;
            }
            let marks = Marks::of(feature);
            if self.marks[at] != marks {
                Arc::make_mut(&mut self.marks)[at] = marks;
            }
        }
    }

    /// These features, or all, in order.
    pub(super) fn some(
        &self,
        only: &FxHashSet<FeatureId>,
        all: bool,
    ) -> impl Iterator<Item = &Arc<Feature>> {
        some(only, all, self.features.len()).map(|at| &self.features[at])
    }

    /// The features that have something.
    pub(crate) fn marked(&self, mark: Mark) -> impl Iterator<Item = &Arc<Feature>> + Clone {
        let features = self.features.iter().zip(self.marks.iter());
        features
            .filter(move |(_, marks)| marks.0 & mark as u16 != 0)
            .map(|(feature, _)| feature)
    }

    /// Whether any feature has it.
    pub(crate) fn has(&self, mark: Mark) -> bool {
        self.marks.iter().any(|marks| marks.0 & mark as u16 != 0)
    }
}
