//! Which plan is the newest that speaks of a thing, and what manifests say of it then.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Graph, Mark};
use crate::feature::{Feature, FeatureId};
use crate::stack::{self, StackName};

/// What the plans of some features name, before they are read anew.
pub(super) type Spoken = FxHashMap<FeatureId, Arc<[StackName]>>;

impl Graph {
    /// What these features tell of one thing; nothing where features have other ids now.
    pub(super) fn told<T>(
        &self,
        touched: &FxHashSet<FeatureId>,
        relayout: bool,
        of: fn(&Feature) -> &Arc<[T]>,
    ) -> FxHashMap<FeatureId, Arc<[T]>> {
        if relayout {
            return FxHashMap::default();
        }
        let known = touched.iter().filter_map(|id| self.feature(*id));
        known
            .map(|feature| (feature.id, Arc::clone(of(feature))))
            .collect()
    }

    /// Whether one of these features tells something else than before.
    pub(super) fn tell_other<T>(
        &self,
        touched: &FxHashSet<FeatureId>,
        before: &FxHashMap<FeatureId, Arc<[T]>>,
        of: fn(&Feature) -> &Arc<[T]>,
        is_same: fn(&T, &T) -> bool,
    ) -> bool {
        touched.iter().any(|id| {
            let now = self.feature(*id).map(|feature| of(feature));
            let same = now.zip(before.get(id)).is_some_and(|(now, before)| {
                Arc::ptr_eq(now, before)
                    || now.len() == before.len()
                        && now
                            .iter()
                            .zip(before.iter())
                            .all(|(one, other)| is_same(one, other))
            });
            !same
        })
    }

    /// Whether a feature waits for manifests that nobody has read yet.
    #[must_use]
    pub fn awaits_manifests(&self) -> bool {
        self.inputs.manifests.is_none() && self.has(Mark::Manifests)
    }

    /// What the plans of these features name; nothing where features have other ids now.
    pub(super) fn spoken(&self, touched: &FxHashSet<FeatureId>, relayout: bool) -> Spoken {
        self.told(touched, relayout, |feature| &feature.stack_names)
    }

    /// Compares the plans of these features with the manifests, and those of others that name what these did or do.
    pub(super) fn judge_stacks(
        &mut self,
        touched: &FxHashSet<FeatureId>,
        before: &Spoken,
        all: bool,
    ) {
        let all = all
            || self.tell_other(
                touched,
                before,
                |feature| &feature.stack_names,
                StackName::is_same_thing,
            );
        let judged = self
            .some(touched, all)
            .filter(|feature| feature.awaits_manifests() || !feature.stack.is_empty());
        let mut changed = Vec::new();
        for feature in judged {
            let superseded = |name: &StackName| {
                let others = self.features.iter();
                others
                    .filter(|other| is_beside(feature, other) && !is_newer(feature, other))
                    .any(|other| {
                        let mut names = other.stack_names.iter();
                        names.any(|theirs| name.is_spoken_of_by(theirs))
                    })
            };
            let claims = stack::of_feature(feature, &self.inputs, &superseded);
            if claims != feature.stack {
                changed.push((feature.id, claims));
            }
        }
        if changed.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (id, claims) in changed {
            if let Some(feature) = features.get_mut(id.0 as usize) {
                Arc::make_mut(feature).stack = claims;
            }
        }
    }
}

/// Another feature of the same project.
pub(super) fn is_beside(feature: &Feature, other: &Feature) -> bool {
    other.id != feature.id && other.project.id == feature.project.id
}

/// Whether a feature surely came after another one: numbers tell, and nothing else does.
pub(super) fn is_newer(feature: &Feature, other: &Feature) -> bool {
    match (feature.number, other.number) {
        (Some(own), Some(theirs)) => own > theirs,
        _ => false,
    }
}
