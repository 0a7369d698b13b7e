//! Which plan is the newest that speaks of a thing, and what manifests say of it then.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Graph;
use crate::feature::{Feature, FeatureId};
use crate::stack::{self, StackName};

/// What the plans of some features name, before they are read anew.
pub(super) type Spoken = FxHashMap<FeatureId, Arc<[StackName]>>;

impl Graph {
    /// Whether a feature waits for manifests that nobody has read yet.
    #[must_use]
    pub fn awaits_manifests(&self) -> bool {
        self.inputs.manifests.is_none()
            && self
                .features
                .iter()
                .any(|feature| feature.awaits_manifests())
    }

    /// What the plans of these features name; nothing where features have other ids now.
    pub(super) fn spoken(&self, touched: &FxHashSet<FeatureId>, relayout: bool) -> Spoken {
        if relayout {
            return Spoken::default();
        }
        let known = touched.iter().filter_map(|id| self.feature(*id));
        known
            .map(|feature| (feature.id, Arc::clone(&feature.stack_names)))
            .collect()
    }

    /// Compares the plans of these features with the manifests, and those of others that name what these did or do.
    pub(super) fn judge_stacks(
        &mut self,
        touched: &FxHashSet<FeatureId>,
        before: &Spoken,
        all: bool,
    ) {
        let says_other = |id: &FeatureId| {
            let now = self.feature(*id).map(|feature| &feature.stack_names);
            let same = now.zip(before.get(id)).is_some_and(|(now, before)| {
                Arc::ptr_eq(now, before)
                    || now.len() == before.len()
                        && now
                            .iter()
                            .zip(before.iter())
                            .all(|(one, other)| one.is_same_thing(other))
            });
            !same
        };
        let all = all || touched.iter().any(says_other);
        let judged = self.features.iter().filter(|feature| {
            (all || touched.contains(&feature.id))
                && (feature.awaits_manifests() || !feature.stack.is_empty())
        });
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
