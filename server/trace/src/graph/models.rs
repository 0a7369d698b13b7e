//! Which data model is the newest with an entity of a name, and which types were written for it.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;

use super::Graph;
use super::link::task_files;
use super::stacks::{is_beside, is_newer};
use crate::feature::{Feature, FeatureId};
use crate::models;

/// Names of entities of some features, before they are read anew.
pub(super) type Modelled = FxHashMap<FeatureId, Arc<[SmolStr]>>;

impl Graph {
    /// Sources in which types of entities may stand, with the names that those would have in small letters. What has
    /// none of its names need not be read.
    #[must_use]
    pub fn modelled_sources(&self) -> Vec<(FileId, Arc<[SmolStr]>)> {
        let waiting = self.features.iter().filter(|each| each.awaits_types());
        waiting
            .flat_map(|feature| {
                task_files(feature).map(|file| (file, Arc::clone(&feature.entity_names)))
            })
            .collect()
    }

    /// Names of the entities of these features; nothing where features have other ids now.
    pub(super) fn modelled(&self, touched: &FxHashSet<FeatureId>, relayout: bool) -> Modelled {
        if relayout {
            return Modelled::default();
        }
        let known = touched.iter().filter_map(|id| self.feature(*id));
        known
            .map(|feature| (feature.id, Arc::clone(&feature.entity_names)))
            .collect()
    }

    /// Compares the data models of these features with types, those whose tasks name one of `sources`, and those of
    /// others that have an entity that these have or had.
    pub(super) fn judge_models(
        &mut self,
        touched: &FxHashSet<FeatureId>,
        before: &Modelled,
        sources: &FxHashSet<FileId>,
        all: bool,
    ) {
        let other = |id: &FeatureId| {
            let now = self.feature(*id).map(|feature| &feature.entity_names);
            now != before.get(id)
        };
        let all = all || touched.iter().any(other);
        let mut changed = Vec::new();
        for feature in self.some(touched, all || !sources.is_empty()) {
            let of_sources = || task_files(feature).any(|file| sources.contains(&file));
            if !feature.awaits_types() && feature.models.is_empty()
                || !(all || touched.contains(&feature.id) || of_sources())
            {
                continue;
            }
            let newer =
                |other: &&Arc<Feature>| is_beside(feature, other) && !is_newer(feature, other);
            let superseded = |name: &str| {
                let mut others = self.features.iter().filter(newer);
                others.any(|other| {
                    other
                        .entity_names
                        .binary_search_by(|each| each.as_str().cmp(name))
                        .is_ok()
                })
            };
            let files: FxHashSet<FileId> = task_files(feature).collect();
            let links = models::of_feature(feature, &self.inputs, &files, &superseded);
            if links != feature.models {
                changed.push((feature.id, links));
            }
        }
        if changed.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (id, links) in changed {
            if let Some(feature) = features.get_mut(id.0 as usize) {
                Arc::make_mut(feature).models = links;
            }
        }
    }
}
