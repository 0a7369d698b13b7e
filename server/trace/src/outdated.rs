//! What is older than the text it was made for, with git as the baseline: items that a commit reworded after their tasks
//! were ticked, while neither those tasks nor any file of theirs changed in that commit or later.
//!
//! All comparisons are with the state before that commit, so it does not matter in which order branches were merged.

use documents::{Document, DocumentKind, ItemIndex, ItemKind, TaskState};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text::{FileId, TextRange};
use xxhash_rust::xxh3::xxh3_64;

use crate::acceptance::{is_acceptable, print, word_change};
use crate::feature::{ItemRef, item_path};
use crate::history::unticked;
use crate::inputs::DocumentFile;
use crate::{RootId, TextChange};

/// Which items say something else than when their tasks were ticked? Asked of a spec and its task list with ticks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RewordedQuestion {
    /// Workspace folder of both.
    pub root: RootId,
    /// Path (from the root) and kind of the spec.
    pub spec: (SmolStr, DocumentKind),
    /// Path (from the root) and kind of the task list.
    pub tasks: (SmolStr, DocumentKind),
}

/// What git says of a spec and its task list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RewordedPast {
    /// By the last commit that reworded them.
    Known(Vec<Reworded>),
    /// Cannot be told; the sentence says why.
    Unknown(String),
}

/// An item that a commit reworded, and that HEAD has as that commit left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reworded {
    /// `FR-003`, `US1`, `2.3`
    pub key: String,
    /// The commit, shortened.
    pub commit: String,
    /// Words as they were before it.
    pub was: String,
    /// Words since.
    pub now: String,
    /// Print of the text since.
    pub print: u64,
    /// Tasks that were ticked before that commit and are the same in HEAD.
    pub done: Vec<TaskThen>,
}

/// A task that was ticked before an item was reworded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskThen {
    /// Its id.
    pub id: String,
    /// Print of all it says.
    pub print: u64,
    /// The commit (shortened) that ticked it, where one alone did.
    pub ticked: Option<String>,
}

/// Has a file been touched in or after a commit?
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SinceQuestion {
    /// Workspace folder.
    pub root: RootId,
    /// Short id of the commit.
    pub commit: SmolStr,
    /// The file, from the root.
    pub path: SmolStr,
}

/// What became of a file since the state before a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Since {
    /// HEAD has it as it was before; the commit (shortened) that changed it last, where git tells.
    Same(Option<String>),
    /// It is another one, or was not there.
    Changed,
    /// Cannot be told; the sentence says why.
    Unknown(String),
}

/// A commit that changed a spec, with the states before it.
#[derive(Debug, Clone)]
pub struct Rewording<'a> {
    /// The commit, shortened.
    pub commit: &'a str,
    /// The spec before and after it.
    pub spec: (&'a DocumentFile, &'a DocumentFile),
    /// The task list before it.
    pub tasks: &'a DocumentFile,
}

/// Items of one feature that are newer than what was done for them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outdated {
    /// What git was asked; `None`: the feature has no ticked tasks.
    pub(crate) question: Option<RewordedQuestion>,
    /// Why nothing can be told.
    pub unknown: Option<SmolStr>,
    /// Items that were reworded after all their tasks were ticked, by document and place.
    pub items: Vec<OutdatedItem>,
}

/// An item that was reworded after all its tasks were ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutdatedItem {
    /// The item.
    pub item: ItemRef,
    /// The commit (shortened) that reworded it.
    pub commit: SmolStr,
    /// The words that are other ones.
    pub change: TextChange,
    /// Its tasks, with the commit (shortened) that ticked them.
    pub tasks: Vec<(ItemRef, Option<SmolStr>)>,
    /// Files of those tasks, and those that mention it: where a task names the file, what git was asked, what it says.
    pub files: Vec<OutdatedFile>,
    /// Why it cannot be told.
    pub unknown: Option<SmolStr>,
}

/// A file that was made for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutdatedFile {
    /// The file.
    pub file: FileId,
    /// Bytes of its path in the task list; empty where no task names it.
    pub named_at: TextRange,
    /// What git is asked.
    pub question: SinceQuestion,
    /// Its answer.
    pub since: Option<Since>,
}

impl OutdatedItem {
    /// Whether nothing that was made for it changed since; `None`: unknown.
    #[must_use]
    pub fn is_left_behind(&self) -> Option<bool> {
        let answers = || self.files.iter().map(|each| each.since.as_ref());
        if answers().any(|since| since == Some(&Since::Changed)) {
            return Some(false);
        }
        let all = answers().all(|since| matches!(since, Some(Since::Same(_))));
        (all && self.unknown.is_none()).then_some(true)
    }
}

/// Print of all a task says, ticks and blanks left out.
pub(crate) fn task_print(facts: &Document, text: &str, at: ItemIndex) -> Option<u64> {
    let item = facts.items.get(at as usize)?;
    let said = unticked(text::slice(text, item.range));
    let words: Vec<&str> = said.split_whitespace().collect();
    Some(xxh3_64(words.join(" ").as_bytes()))
}

/// Ticked tasks by id, and their prints; ids that several tasks have are left out.
fn ticked(list: &DocumentFile) -> FxHashMap<SmolStr, u64> {
    let mut seen: FxHashSet<&SmolStr> = FxHashSet::default();
    let mut twice: FxHashSet<&SmolStr> = FxHashSet::default();
    let mut done = FxHashMap::default();
    for (at, item) in list.facts.items_of(ItemKind::Task) {
        if item.id.is_empty() || !seen.insert(&item.id) {
            twice.insert(&item.id);
            continue;
        }
        let is_done = item.task.as_ref().map(|task| task.state) == Some(TaskState::Done);
        if let (true, Some(print)) = (is_done, task_print(&list.facts, &list.text, at)) {
            done.insert(item.id.clone(), print);
        }
    }
    done.retain(|id, _| !twice.contains(id));
    done
}

/// Whether any task of a list is ticked.
#[must_use]
pub fn has_ticks(list: &DocumentFile) -> bool {
    !ticked(list).is_empty()
}

/// What counts of a spec: place and print of each item by key; keys that several items have are left out.
struct Said {
    items: FxHashMap<SmolStr, (ItemIndex, u64)>,
    prints: FxHashSet<u64>,
}

impl Said {
    fn of(kind: DocumentKind, spec: &DocumentFile) -> Self {
        let mut items = FxHashMap::default();
        let mut twice = FxHashSet::default();
        let mut prints = FxHashSet::default();
        for (at, item) in (0..).zip(&spec.facts.items) {
            if !is_acceptable(kind, item.kind) || item.id.is_empty() {
                continue;
            }
            let Some(print) = print(&spec.facts, &spec.text, at) else {
                continue;
            };
            prints.insert(print);
            let key = SmolStr::new(item_path(&spec.facts, item).join("/"));
            if items.insert(key.clone(), (at, print)).is_some() {
                twice.insert(key);
            }
        }
        items.retain(|key, _| !twice.contains(key));
        Self { items, prints }
    }
}

/// Items of a spec that commits (newest first) reworded after tasks were ticked. `head`: spec and task list as HEAD has them.
#[must_use]
pub fn reworded(
    kind: DocumentKind,
    head: (&DocumentFile, &DocumentFile),
    commits: &[Rewording<'_>],
) -> Vec<Reworded> {
    let last = Said::of(kind, head.0);
    let still = ticked(head.1);
    let mut found = Vec::new();
    let mut seen: FxHashSet<SmolStr> = FxHashSet::default();
    let mut back: FxHashSet<SmolStr> = FxHashSet::default();
    for each in commits {
        let (before, after) = each.spec;
        let (old, new) = (Said::of(kind, before), Said::of(kind, after));
        let mut then: Option<Vec<TaskThen>> = None;
        for (key, (at, print)) in &new.items {
            let Some((old_at, old_print)) = old.items.get(key) else {
                continue;
            };
            if print == old_print {
                continue;
            }
            if !seen.insert(key.clone()) {
                // It said before what it says now, and was done like that.
                let now = last.items.get(key).map(|it| it.1);
                if now == Some(*old_print) {
                    back.insert(key.clone());
                }
                continue;
            }
            // Renumbered or put elsewhere, not reworded; and merged or reverted since.
            let moved = new.prints.contains(old_print) || old.prints.contains(print);
            if moved || last.items.get(key).map(|it| it.1) != Some(*print) {
                continue;
            }
            let done = then.get_or_insert_with(|| {
                let mut done: Vec<TaskThen> = ticked(each.tasks)
                    .into_iter()
                    .filter(|(id, print)| still.get(id) == Some(print))
                    .map(|(id, print)| TaskThen {
                        id: id.into(),
                        print,
                        ticked: None,
                    })
                    .collect();
                done.sort_unstable_by(|a, b| a.id.cmp(&b.id));
                done
            });
            if done.is_empty() {
                continue;
            }
            let then = (&before.facts, &*before.text, *old_at);
            let now = (&after.facts, &*after.text, *at);
            // Capitals change no demand.
            let matters = |it: &TextChange| it.was.to_lowercase() != it.now.to_lowercase();
            if let Some(TextChange { was, now }) = word_change(then, now).filter(matters) {
                found.push(Reworded {
                    key: key.to_string(),
                    commit: each.commit.into(),
                    was,
                    now,
                    print: *print,
                    done: done.clone(),
                });
            }
        }
    }
    found.retain(|each: &Reworded| !back.contains(each.key.as_str()));
    found.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    found
}

/// Says which commit ticked tasks: of states of the list (commit, before, after), newest first, the first one that ticked.
pub fn with_ticks<'a>(
    tasks: &mut [TaskThen],
    states: impl Iterator<Item = (&'a str, Option<&'a DocumentFile>, &'a DocumentFile)>,
) {
    for (commit, before, after) in states {
        if tasks.iter().all(|task| task.ticked.is_some()) {
            return;
        }
        let (old, new) = (before.map(ticked).unwrap_or_default(), ticked(after));
        for task in tasks.iter_mut().filter(|task| task.ticked.is_none()) {
            if new.contains_key(task.id.as_str()) && !old.contains_key(task.id.as_str()) {
                task.ticked = Some(commit.into());
            }
        }
    }
}
