//! What was accepted of each feature, put into the feature once documents and sources are linked.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;

use super::{Dirty, Graph, Mark};
use crate::RootId;
use crate::acceptance::{
    Accepted, CodeStanding, Found, LockFile, Reader, lock_path, look_back, look_into, unit_of,
};
use crate::chain::split_name;
use crate::feature::{Feature, FeatureId};
use crate::history::Fate;
use crate::tree::{file_name, join};

/// Files of the same name that are looked into for code that is gone.
const SEARCHED: usize = 64;

impl Graph {
    pub(super) fn take_lock(
        &mut self,
        file: FileId,
        lock: Option<Arc<LockFile>>,
        dirty: &mut Dirty,
    ) {
        dirty.locks = true;
        match lock {
            Some(lock) => self.inputs.locks.insert(file, lock),
            None => self.inputs.locks.remove(&file),
        };
    }

    /// Finds anew what was accepted of the features that a change can reach.
    pub(super) fn find_accepted(
        &mut self,
        dirty: &Dirty,
        all: bool,
        touched: &FxHashSet<FeatureId>,
    ) {
        if self.inputs.locks.is_empty() && !self.has(Mark::Accepted) {
            return;
        }
        let all = all || dirty.locks;
        let locks: Vec<(FileId, Arc<LockFile>)> = self
            .inputs
            .locks
            .iter()
            .map(|(file, lock)| (*file, Arc::clone(lock)))
            .collect();
        let mut now: Vec<(usize, Accepted)> = Vec::new();
        for (file, lock) in locks {
            let Some((root, path)) = self.inputs.tree.path(file) else {
                continue;
            };
            if self.inputs.tree.file(root, path) != Some(file) {
                continue;
            }
            let units = self.units_of(root, path);
            let reader = Reader {
                inputs: &self.inputs,
                file,
                lock: &lock,
                units: &units,
            };
            let lost = reader.has_lost();
            let reached = |at: usize| {
                let feature = &self.features[at];
                all || touched.contains(&feature.id) || Self::leads_into(feature, dirty)
            };
            let mut members: Vec<usize> = units.values().copied().collect();
            members.sort_unstable();
            if !members.iter().any(|at| reached(*at)) {
                continue;
            }
            let wanted: Vec<usize> = members
                .into_iter()
                .filter(|at| lost || reached(*at))
                .collect();
            let found: Vec<(usize, Found)> = wanted
                .iter()
                .map(|at| (*at, Found::of(&self.features[*at])))
                .collect();
            let lost = if lost {
                reader.lost(&found.iter().map(|(at, found)| (*at, found)))
            } else {
                FxHashMap::default()
            };
            for (at, found) in &found {
                let lost = lost.get(at).map_or(&[][..], Vec::as_slice);
                let feature = &self.features[*at];
                let mut accepted = reader.of(feature, found, lost);
                look_back(feature, &mut accepted, &self.inputs.history);
                look_into(feature, &mut accepted, &self.inputs.history, &self.inputs);
                now.push((*at, accepted));
            }
        }
        if all {
            let spoken: FxHashSet<usize> = now.iter().map(|(at, _)| *at).collect();
            let silent = (0..self.features.len()).filter(|at| !spoken.contains(at));
            now.extend(silent.map(|at| (at, Accepted::default())));
        }
        now.retain(|(at, accepted)| *self.features[*at].accepted != *accepted);
        if now.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (at, accepted) in now {
            Arc::make_mut(&mut features[at]).accepted = Arc::new(accepted);
        }
    }

    /// Features whose lock this path is, by how its lines call them.
    fn units_of(&self, root: RootId, lock: &str) -> FxHashMap<SmolStr, usize> {
        let own =
            |feature: &Feature| feature.root == root && lock_path(&feature.project.path) == lock;
        let features = self.features.iter().enumerate();
        features
            .filter(|(_, feature)| own(feature))
            .map(|(at, feature)| (unit_of(feature), at))
            .collect()
    }

    /// Whether sources that changed can say anything of what was accepted of a feature.
    fn leads_into(feature: &Feature, dirty: &Dirty) -> bool {
        if dirty.sources.is_empty() {
            return false;
        }
        let links = feature.accepted.items.iter().flat_map(|item| &item.links);
        links.into_iter().any(|link| match link.code.spot() {
            // Another source may have it, too.
            Some(spot) if !spot.moved => {
                dirty.sources.contains(&spot.file) || link.question.is_some()
            }
            _ => true,
        })
    }

    /// Sources that accepted facts lead to, and those that what is gone may have gone to.
    pub fn accepted_sources(&self) -> impl Iterator<Item = FileId> + '_ {
        let tree = &self.inputs.tree;
        let features = self.marked(Mark::Accepted);
        features.flat_map(move |feature| {
            let links = feature.accepted.items.iter().flat_map(|item| &item.links);
            links.flat_map(move |link| {
                let path = join(&feature.project.path, &link.target.path).unwrap_or_default();
                let mut files: Vec<FileId> = Vec::new();
                let own = tree.file(feature.root, &path);
                files.extend(own);
                let lost = own.is_none() || matches!(link.code, CodeStanding::Gone(_));
                if lost {
                    let named = tree.named(file_name(&path)).into_iter();
                    files.extend(named.take(SEARCHED));
                    if let Some(Fate::Moved { to, .. }) = link
                        .question
                        .as_ref()
                        .map(|asked| self.inputs.history.fate(asked))
                    {
                        files.extend(tree.file(feature.root, &to));
                    }
                }
                files
            })
        })
    }

    /// Accepted symbols and tests that are not where they were: the root, where they were, and their last name. They may
    /// be in any source that has that name.
    #[must_use]
    pub fn lost_code(&self) -> Vec<(RootId, String, SmolStr)> {
        let mut lost = Vec::new();
        for feature in self.marked(Mark::Accepted) {
            for link in feature.accepted.items.iter().flat_map(|item| &item.links) {
                let away = matches!(link.code, CodeStanding::Gone(_))
                    || link.question.is_some()
                    || link.code.spot().is_some_and(|spot| spot.moved);
                if let (true, Some(part)) = (away, &link.target.part) {
                    let path = join(&feature.project.path, &link.target.path);
                    let name = split_name(&part.name).1;
                    lost.push((feature.root, path.unwrap_or_default(), name.into()));
                }
            }
        }
        lost
    }

    /// Whether accepted code is not where it was: it may be anywhere.
    #[must_use]
    pub fn has_lost_code(&self) -> bool {
        !self.lost_code().is_empty()
    }
}
