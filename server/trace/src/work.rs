//! What a feature's own tasks do for each of its requirements.

use documents::{ItemIndex, ItemKind, TaskState};
use smol_str::SmolStr;

use crate::feature::{Feature, ItemRef};

/// The tasks of one requirement taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementWork {
    /// Which of the spec's items.
    pub item: ItemIndex,
    /// Its id.
    pub id: SmolStr,
    /// The tasks that cite it.
    pub tasks: Vec<ItemIndex>,
    /// There are such tasks, and all are ticked.
    pub finished: bool,
    /// One of the tasks names a file of program text that is there.
    pub code: bool,
    /// One of the tasks names a file or directory of tests.
    pub test: bool,
}

impl RequirementWork {
    /// Its work is done, and no task of it is about tests.
    pub(crate) fn is_untested(&self) -> bool {
        self.finished && self.code && !self.test
    }
}

impl Feature {
    /// What the tasks do for each requirement of the spec, where its id is defined first.
    #[must_use]
    pub fn requirement_work(&self) -> Vec<RequirementWork> {
        let (Some(spec), Some(tasks)) = (self.spec(), self.tasks_document()) else {
            return Vec::new();
        };
        let mut all: Vec<RequirementWork> = Vec::new();
        for (at, item) in spec.facts().items_of(ItemKind::Requirement) {
            let here = ItemRef {
                feature: self.id,
                file: spec.file,
                item: at,
            };
            if self.defined(&item.id).first() == Some(&here) {
                all.push(RequirementWork {
                    item: at,
                    id: item.id.clone(),
                    tasks: Vec::new(),
                    finished: false,
                    code: false,
                    test: false,
                });
            }
        }
        let facts = tasks.facts();
        for reference in self.references.iter().filter(|it| it.file == tasks.file) {
            let Some(mention) = facts.mentions.get(reference.mention as usize) else {
                continue;
            };
            let citing = self.tasks.iter().filter(|task| {
                let item = facts.items.get(task.item as usize);
                item.is_some_and(|item| item.range.contains_range(mention.range))
            });
            let citing: Vec<ItemIndex> = citing.map(|task| task.item).collect();
            for meant in reference.target.items() {
                let own = meant.feature == self.id && meant.file == spec.file;
                let work = all.binary_search_by_key(&meant.item, |work| work.item);
                if let Ok(work) = work
                    && own
                {
                    all[work].tasks.extend(&citing);
                }
            }
        }
        for work in &mut all {
            work.tasks.sort_unstable();
            work.tasks.dedup();
            work.finished = !work.tasks.is_empty();
            for task in &work.tasks {
                let item = facts.items.get(*task as usize);
                let state = item.and_then(|item| item.task.as_ref()).map(|it| it.state);
                work.finished &= state == Some(TaskState::Done);
                let Some(links) = self.task(*task) else {
                    continue;
                };
                for link in &self.paths[links.paths.start as usize..links.paths.end as usize] {
                    let Some(path) = facts.paths.get(link.mention as usize) else {
                        continue;
                    };
                    // What stands in a directory of tests is a test.
                    let directory = format!("{}/any.rs", path.path.trim_end_matches('/'));
                    let test = code::is_test_path(&path.path)
                        || path.directory && code::is_test_path(&directory);
                    work.test |= test;
                    work.code |= !test
                        && code::is_source_path(&path.path)
                        && !link.resolution.files().is_empty();
                }
            }
        }
        all
    }

    /// Whether what all sources mention could tell something of a requirement that is known of none yet.
    #[must_use]
    pub fn awaits_mentions(&self) -> bool {
        let untested =
            |work: &RequirementWork| work.is_untested() && !self.tested.surely.contains(&work.id);
        self.tested.is_usual() && self.requirement_work().iter().any(untested)
    }

    /// Whether the tasks leave a requirement whose work is done without a test.
    pub(crate) fn may_lack_tests(&self) -> bool {
        self.requirement_work()
            .iter()
            .any(RequirementWork::is_untested)
    }
}
