//! Items that are newer than what was done for them, put into their feature once tasks and sources are linked.

use std::sync::Arc;

use documents::{DocumentKind, ItemKind, TaskState};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::Graph;
use crate::feature::{Feature, FeatureDocument, FeatureId, ItemRef, item_path};
use crate::outdated::{
    Outdated, OutdatedFile, OutdatedItem, Reworded, RewordedPast, RewordedQuestion, SinceQuestion,
    task_print,
};
use crate::paths::Resolution;
use crate::{FeatureState, TextChange, Topic, UnitKind};

/// Files of one item that git is asked about.
const MOST_FILES: usize = 64;

/// The spec and the task list of a feature whose tasks cite items by key.
fn documents(feature: &Feature) -> Option<(&FeatureDocument, &FeatureDocument)> {
    let kinds = [
        (DocumentKind::Spec, DocumentKind::Tasks),
        (DocumentKind::KiroRequirements, DocumentKind::KiroTasks),
    ];
    kinds
        .into_iter()
        .find_map(|(spec, tasks)| Some((feature.document_of(spec)?, feature.document_of(tasks)?)))
}

impl Graph {
    /// Asks for the past of specs with ticked tasks, and takes the answers that are there. `only`: nothing else is
    /// different than the documents of these features.
    pub(super) fn find_outdated(&mut self, only: Option<&FxHashSet<FeatureId>>) {
        let none = FxHashSet::default();
        let mut now: Vec<(usize, Outdated)> = Vec::new();
        for feature in self.some(only.unwrap_or(&none), only.is_none()) {
            let outdated = self.outdated(feature);
            if *feature.outdated != outdated {
                now.push((feature.id.0 as usize, outdated));
            }
        }
        if now.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (at, outdated) in now {
            Arc::make_mut(&mut features[at]).outdated = Arc::new(outdated);
        }
    }

    fn outdated(&self, feature: &Feature) -> Outdated {
        let mut outdated = Outdated::default();
        let wanted = self.inputs.unheard.wants(feature.root, Topic::Outdated);
        if !wanted || feature.unit != UnitKind::Feature || feature.state == FeatureState::Archived {
            return outdated;
        }
        let Some((spec, tasks)) = documents(feature) else {
            return outdated;
        };
        let is_done = |item: &documents::Item| {
            item.task.as_ref().map(|task| task.state) == Some(TaskState::Done)
        };
        let mut list = tasks.facts().items_of(ItemKind::Task);
        if !list.any(|(_, item)| is_done(item)) {
            return outdated;
        }
        let question = RewordedQuestion {
            root: feature.root,
            spec: (spec.path.clone(), spec.kind),
            tasks: (tasks.path.clone(), tasks.kind),
        };
        let answer = self.inputs.history.reworded.get(&question);
        outdated.question = Some(question);
        let found = match answer.map(AsRef::as_ref) {
            None => return outdated,
            Some(RewordedPast::Unknown(why)) => {
                outdated.unknown = Some(why.into());
                return outdated;
            }
            Some(RewordedPast::Known(found)) => found,
        };
        let of = |each: &Reworded| self.outdated_item(feature, (spec, tasks), each);
        outdated.items = found.iter().filter_map(of).collect();
        outdated.items.sort_unstable_by_key(|each| each.item);
        outdated
    }

    /// An item that still says what the commit left, and all of whose tasks are as they were ticked before.
    fn outdated_item(
        &self,
        feature: &Feature,
        (spec, tasks): (&FeatureDocument, &FeatureDocument),
        found: &Reworded,
    ) -> Option<OutdatedItem> {
        let facts = spec.facts();
        let mut items = (0..).zip(&facts.items);
        let (at, _) = items.find(|(at, item)| {
            crate::acceptance::is_acceptable(spec.kind, item.kind)
                && item_path(facts, item).join("/") == found.key
                && crate::acceptance::print(facts, &spec.doc.text, *at) == Some(found.print)
        })?;
        let item = ItemRef {
            feature: feature.id,
            file: spec.file,
            item: at,
        };
        let mut own: Vec<(ItemRef, Option<SmolStr>)> = Vec::new();
        for task in self.tasks_of(item) {
            let it = tasks.facts().items.get(task.item as usize)?;
            let then = found.done.iter().find(|then| then.id == it.id.as_str())?;
            let same = task_print(tasks.facts(), &tasks.doc.text, task.item) == Some(then.print);
            let done = self.task_state(task) == Some(TaskState::Done);
            if !same || !done {
                return None;
            }
            own.push((task, then.ticked.as_ref().map(SmolStr::from)));
        }
        if own.is_empty() {
            return None;
        }
        let mut unknown = None;
        let mut known: FxHashSet<FileId> = FxHashSet::default();
        let mut files: Vec<(FileId, TextRange)> = Vec::new();
        for (task, _) in &own {
            let Some(links) = feature.task(task.item) else {
                continue;
            };
            let range = links.paths.start as usize..links.paths.end as usize;
            for link in feature.paths.get(range).unwrap_or_default() {
                let named = tasks.facts().paths.get(link.mention as usize)?.range;
                match &link.resolution {
                    Resolution::File(file) => {
                        if known.insert(*file) {
                            files.push((*file, named));
                        }
                    }
                    Resolution::Outside => {}
                    _ => {
                        let why = "a task names something else than one file that is there";
                        unknown = Some(SmolStr::new_static(why));
                    }
                }
            }
        }
        let chain = self.chain(item);
        let others = chain.mentions.iter().map(|(file, ..)| *file);
        let others = others.chain(chain.symbols.iter().map(|it| it.file));
        let others = others.chain(chain.tests.iter().map(|it| it.file));
        for file in others {
            if known.insert(file) {
                files.push((file, TextRange::default()));
            }
        }
        let tree = &self.inputs.tree;
        // Tests alone say little of what was built.
        let is_built = |(file, _): &(FileId, TextRange)| {
            let path = tree.path_str(*file);
            code::is_source_path(path) && !code::is_test_path(path)
        };
        if !files.iter().any(is_built) {
            return None;
        }
        if files.len() > MOST_FILES {
            unknown = Some(SmolStr::new_static("too many files were made for it"));
            files.truncate(MOST_FILES);
        }
        let files = files.into_iter().filter_map(|(file, named_at)| {
            let (root, path) = tree.path(file)?;
            let question = SinceQuestion {
                root,
                commit: found.commit.as_str().into(),
                path: path.clone(),
            };
            Some(OutdatedFile {
                file,
                named_at,
                since: self.inputs.history.since.get(&question).cloned(),
                question,
            })
        });
        Some(OutdatedItem {
            item,
            commit: found.commit.as_str().into(),
            change: TextChange {
                was: found.was.clone(),
                now: found.now.clone(),
            },
            tasks: own,
            files: files.collect(),
            unknown,
        })
    }

    /// Whether something was reworded after its tasks were ticked, and no file that is known to be made for it is known
    /// to have changed since: then all sources that mention it matter.
    #[must_use]
    pub fn may_have_outdated(&self) -> bool {
        let items = self.features.iter().flat_map(|it| &it.outdated.items);
        items
            .into_iter()
            .any(|item| item.is_left_behind() != Some(false))
    }
}
