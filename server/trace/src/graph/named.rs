//! Which tasks name a file: of a few files asked one by one, of many all at once.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use text::FileId;

use super::link::files_by_task;
use crate::feature::{Feature, ItemRef};

/// So many files are asked one by one: to go through all features once more for each is cheaper than to note all.
const FEW: usize = 8;

/// Tasks by the files they name.
pub(super) enum Named<'f> {
    /// Looked for when asked.
    Few(&'f [Arc<Feature>]),
    /// Noted before.
    Many(FxHashMap<FileId, Vec<ItemRef>>),
}

impl<'f> Named<'f> {
    /// To be asked about these files.
    pub(super) fn new(features: &'f [Arc<Feature>], files: &FxHashSet<FileId>) -> Self {
        if files.len() <= FEW {
            return Self::Few(features);
        }
        let mut by_file: FxHashMap<FileId, Vec<ItemRef>> = FxHashMap::default();
        let all = features.iter().flat_map(|feature| named(feature));
        for (file, task) in all.filter(|(file, _)| files.contains(file)) {
            let tasks = by_file.entry(file).or_default();
            if tasks.last() != Some(&task) {
                tasks.push(task);
            }
        }
        Self::Many(by_file)
    }

    /// The tasks that name a file, in the order of features and lists.
    pub(super) fn tasks(&self, file: FileId) -> Vec<ItemRef> {
        match self {
            Self::Few(features) => {
                let all = features.iter().flat_map(|feature| named(feature));
                let mut tasks: Vec<ItemRef> = all
                    .filter(|(named, _)| *named == file)
                    .map(|(_, task)| task)
                    .collect();
                tasks.dedup();
                tasks
            }
            Self::Many(by_file) => by_file.get(&file).cloned().unwrap_or_default(),
        }
    }
}

/// What the tasks of a feature name, each with the task.
fn named(feature: &Feature) -> impl Iterator<Item = (FileId, ItemRef)> + '_ {
    let list = feature.tasks_document().map(|document| document.file);
    files_by_task(feature).filter_map(move |(file, item)| {
        let task = ItemRef {
            feature: feature.id,
            file: list?,
            item,
        };
        Some((file, task))
    })
}
