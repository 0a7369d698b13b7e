//! Which plan is the newest that draws a directory, and whether it is there.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Graph;
use super::stacks::{is_beside, is_newer};
use crate::drawn::{self, Sketch};
use crate::feature::FeatureId;

/// What the plans of some features draw, before they are read anew.
pub(super) type Sketches = FxHashMap<FeatureId, Arc<[Sketch]>>;

impl Graph {
    /// What the plans of these features draw; nothing where features have other ids now.
    pub(super) fn sketches(&self, touched: &FxHashSet<FeatureId>, relayout: bool) -> Sketches {
        self.told(touched, relayout, |feature| &feature.sketches)
    }

    /// Looks for the trees that these features draw, and for those of others where these draw something else now.
    pub(super) fn judge_trees(
        &mut self,
        touched: &FxHashSet<FeatureId>,
        before: &Sketches,
        all: bool,
    ) {
        let all = all
            || self.tell_other(
                touched,
                before,
                |feature| &feature.sketches,
                Sketch::is_same_tree,
            );
        let judged = self
            .some(touched, all)
            .filter(|feature| feature.has_built() || !feature.drawn.is_empty());
        let mut changed = Vec::new();
        for feature in judged {
            let anew = |path: &str| {
                let others = self.features.iter();
                others
                    .filter(|other| is_beside(feature, other) && !is_newer(feature, other))
                    .any(|other| other.sketches.iter().any(|sketch| sketch.speaks_of(path)))
            };
            let drawn = drawn::of_feature(feature, &self.inputs, &anew);
            if drawn != feature.drawn {
                changed.push((feature.id, drawn));
            }
        }
        if changed.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (id, drawn) in changed {
            if let Some(feature) = features.get_mut(id.0 as usize) {
                Arc::make_mut(feature).drawn = drawn;
            }
        }
    }
}
