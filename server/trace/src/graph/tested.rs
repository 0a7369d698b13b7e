//! What sources say of a feature, put into the feature once its sources are linked.

use std::sync::Arc;

use grammar::Role;
use rustc_hash::{FxHashMap, FxHashSet};
use text::FileId;

use super::Graph;
use super::link::task_files;
use crate::Basis;
use crate::feature::{Feature, FeatureId};
use crate::mentions::{CodeLink, Resolved, Tested};

impl Graph {
    /// Features that name symbols of these sources.
    pub(super) fn features_claiming(&self, sources: &FxHashSet<FileId>) -> Vec<FeatureId> {
        let named = |file: &FileId| sources.contains(file);
        self.features
            .iter()
            .filter(|feature| {
                let mut claims = feature.claims.iter();
                let mut held = feature
                    .bound
                    .iter()
                    .filter_map(|bound| bound.holder.as_ref());
                claims.any(|claim| claim.within.iter().any(named)) || held.any(named)
            })
            .map(|feature| feature.id)
            .collect()
    }

    /// Finds anew which requirements of these features, or of each, tests mention.
    pub(super) fn find_tested(&mut self, some: Option<&FxHashSet<FeatureId>>) {
        let mut found: FxHashMap<FeatureId, Tested> = FxHashMap::default();
        let mut named: FxHashMap<FeatureId, FxHashSet<FileId>> = FxHashMap::default();
        for (file, links) in &self.code {
            let Some(source) = self.inputs.sources.get(file) else {
                continue;
            };
            let mut links = links.iter().filter(|link| speaks_of(link, some)).peekable();
            if links.peek().is_none() {
                continue;
            }
            let in_tests = code::is_test_path(self.inputs.tree.path_str(*file));
            for link in links {
                let mention = source.facts.mentions.get(link.mention as usize);
                if !mention.is_some_and(|mention| is_in_test(mention, in_tests)) {
                    continue;
                }
                let sure = matches!(&link.resolved, Resolved::Items(_, Basis::Declared));
                let items = link.resolved.items().iter();
                for item in items.filter(|item| is_among(item.feature, some)) {
                    let feature = self.features.get(item.feature.0 as usize);
                    let defined = feature.and_then(|feature| feature.item(*item));
                    // Tasks, stories and their criteria have no dash.
                    let Some(defined) = defined.filter(|it| it.id.contains('-')) else {
                        continue;
                    };
                    let id = defined.id.clone();
                    let tested = found.entry(item.feature).or_default();
                    tested.complete = self.inputs.sources_read && !self.inputs.tree.is_sparse();
                    if !sure {
                        tested.perhaps.insert(id);
                        continue;
                    }
                    let named = named.entry(item.feature).or_insert_with(|| {
                        feature.map_or_else(FxHashSet::default, |it| task_files(it).collect())
                    });
                    if named.contains(file) {
                        tested.by_tasks.insert(id.clone());
                    }
                    tested.surely.insert(id);
                }
            }
        }
        let none = Tested::default();
        let is_stale = |feature: &Feature| {
            if !is_among(feature.id, some) {
                return false;
            }
            let now = found.get(&feature.id).unwrap_or(&none);
            *feature.tested != *now
        };
        let stale: Vec<usize> = (0..self.features.len())
            .filter(|at| is_stale(&self.features[*at]))
            .collect();
        if stale.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for at in stale {
            let now = found.remove(&features[at].id).unwrap_or_default();
            Arc::make_mut(&mut features[at]).tested = Arc::new(now);
        }
    }
}

/// Whether a feature is one of these, or all are meant.
pub(super) fn is_among(feature: FeatureId, some: Option<&FxHashSet<FeatureId>>) -> bool {
    some.is_none_or(|some| some.contains(&feature))
}

/// Whether a link leads to one of these features, or all are meant.
pub(super) fn speaks_of(link: &CodeLink, some: Option<&FxHashSet<FeatureId>>) -> bool {
    let items = link.resolved.items();
    items.iter().any(|item| is_among(item.feature, some))
}

/// Whether a mention says that something is tested; `in_tests`: its file is one of tests.
pub(super) fn is_in_test(mention: &code::SourceMention, in_tests: bool) -> bool {
    match mention.tag.as_deref() {
        Some(tag) if tag.role == Some(Role::Verifies) => true,
        Some(tag) if tag.dialect.is_exact() => false,
        _ => in_tests || mention.test.is_some() || mention.group.is_some(),
    }
}
