//! Which commits reworded a spec after its tasks were ticked, and what else changed since.

use documents::DocumentKind;
use gix::ObjectId;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use trace::{DocumentFile, Reworded, RewordedPast, Rewording, Since};

use super::course::{blob, entry};
use super::{History, Version};
use crate::host::document;

/// Commits of one document that are looked at, newest first.
const MAX_STATES: usize = 64;

/// Documents of a history, read once each.
struct Documents<'a> {
    local: &'a gix::Repository,
    read: FxHashMap<ObjectId, Arc<DocumentFile>>,
}

impl Documents<'_> {
    fn get(&mut self, id: ObjectId, kind: DocumentKind) -> Result<Arc<DocumentFile>, String> {
        if let Some(known) = self.read.get(&id) {
            return Ok(Arc::clone(known));
        }
        let text = blob(self.local, id)?;
        let read = document(documents::read(kind, &text), text.into());
        self.read.insert(id, Arc::clone(&read));
        Ok(read)
    }
}

impl Documents<'_> {
    /// A task list, if any of its tasks is ticked; most often the first look at its text says that none is.
    fn ticked(
        &mut self,
        id: ObjectId,
        kind: DocumentKind,
    ) -> Result<Option<Arc<DocumentFile>>, String> {
        if !self.read.contains_key(&id) && !may_have_ticks(&blob(self.local, id)?) {
            return Ok(None);
        }
        let list = self.get(id, kind)?;
        Ok(trace::has_ticks(&list).then_some(list))
    }
}

/// Whether a box may have a mark in it, in ASCII or full width.
fn may_have_ticks(text: &str) -> bool {
    let mut boxes = text.split(['[', '\u{ff3b}']).skip(1);
    boxes.any(|behind| {
        let mut chars = behind.chars();
        let marked = chars.next().is_some_and(|mark| !mark.is_whitespace());
        marked && matches!(chars.next(), Some(']' | '\u{ff3d}'))
    })
}

/// A commit that changed a spec: its number, the spec before and after it, the task list before it.
type State = (u32, [Arc<DocumentFile>; 3]);

impl History {
    /// Items of a spec that were reworded after tasks were ticked. Paths are relative to the root.
    #[must_use]
    pub fn reworded(
        &self,
        spec: (&str, DocumentKind),
        tasks: (&str, DocumentKind),
    ) -> RewordedPast {
        if let Some(why) = &self.gap {
            return RewordedPast::Unknown(why.clone());
        }
        match self.reworded_items(spec, tasks) {
            Ok(found) => RewordedPast::Known(found),
            Err(why) => {
                self.cannot_read();
                RewordedPast::Unknown(why)
            }
        }
    }

    fn reworded_items(
        &self,
        spec: (&str, DocumentKind),
        tasks: (&str, DocumentKind),
    ) -> Result<Vec<Reworded>, String> {
        let prefix = &self.repository.prefix;
        let (Some(spec_path), Some(list_path)) = (prefix.join(spec.0), prefix.join(tasks.0)) else {
            return Ok(Vec::new());
        };
        let (Some(head), Some(list)) = (self.now.get(&spec_path), self.now.get(&list_path)) else {
            return Ok(Vec::new());
        };
        let local = self.repository.shared.to_thread_local();
        let mut documents = Documents {
            local: &local,
            read: FxHashMap::default(),
        };
        let mut states: Vec<State> = Vec::new();
        let versions = self.versions.get(spec_path.as_str()).into_iter().flatten();
        for version in versions.take(MAX_STATES) {
            let Some(parent) = self.commits[version.commit as usize].parents.first() else {
                break;
            };
            // What is older than the task list or its ticks was not reworded after them.
            let Some(before) = entry(&local, *parent, Some(&list_path))? else {
                break;
            };
            let Some(before) = documents.ticked(before, tasks.1)? else {
                break;
            };
            let then = documents.get(version.before, spec.1)?;
            let now = documents.get(version.after, spec.1)?;
            states.push((version.commit, [then, now, before]));
        }
        if states.is_empty() {
            return Ok(Vec::new());
        }
        let (head, list) = (
            documents.get(*head, spec.1)?,
            documents.get(*list, tasks.1)?,
        );
        let named: Vec<String> = states.iter().map(|(at, _)| self.short(*at)).collect();
        let commits: Vec<Rewording<'_>> = named
            .iter()
            .zip(&states)
            .map(|(commit, (_, [then, now, before]))| Rewording {
                commit,
                spec: (then, now),
                tasks: before,
            })
            .collect();
        let mut found = trace::reworded(spec.1, (&head, &list), &commits);
        if found.is_empty() {
            return Ok(found);
        }
        let ticks = self.ticks(&list_path, tasks.1, &mut documents)?;
        for each in &mut found {
            let at = named.iter().position(|commit| *commit == each.commit);
            let at = at.map_or(0, |at| states[at].0);
            let older = ticks.iter().filter(|(commit, ..)| *commit > at);
            let older = older
                .map(|(_, name, before, after)| (name.as_str(), before.as_deref(), after.as_ref()));
            trace::with_ticks(&mut each.done, older);
        }
        Ok(found)
    }

    /// States of a task list, newest first: commit, its name, before and after it.
    #[expect(clippy::type_complexity, reason = "used once, right above")]
    fn ticks(
        &self,
        path: &str,
        kind: DocumentKind,
        documents: &mut Documents<'_>,
    ) -> Result<Vec<(u32, String, Option<Arc<DocumentFile>>, Arc<DocumentFile>)>, String> {
        let mut ticks = Vec::new();
        let versions = self.versions.get(path).into_iter().flatten();
        for Version {
            commit,
            before,
            after,
        } in versions.take(MAX_STATES)
        {
            let before = Some(documents.get(*before, kind)?);
            let after = documents.get(*after, kind)?;
            ticks.push((*commit, self.short(*commit), before, after));
        }
        let events = self.files.get(path).into_iter().flatten();
        let came = events.filter(|event| !event.deleted);
        if let (Some(came), true) = (came.max_by_key(|it| it.commit), ticks.len() < MAX_STATES) {
            let after = documents.get(came.id, kind)?;
            ticks.push((came.commit, self.short(came.commit), None, after));
        }
        Ok(ticks)
    }

    /// What became of a file since the state before a commit (shortened).
    #[must_use]
    pub fn since(&self, commit: &str, path: &str) -> Since {
        if let Some(why) = &self.gap {
            return Since::Unknown(why.clone());
        }
        let Some(whole) = self.repository.prefix.join(path) else {
            return Since::Unknown("it lies outside the repository".into());
        };
        let at = (0..self.commits.len() as u32).find(|at| self.short(*at) == commit);
        let parent = at.and_then(|at| Some((at, *self.commits[at as usize].parents.first()?)));
        let Some((at, parent)) = parent else {
            return Since::Unknown("the commit was not found".into());
        };
        let local = self.repository.shared.to_thread_local();
        let then = match entry(&local, parent, Some(&whole)) {
            Ok(then) => then,
            Err(why) => {
                self.cannot_read();
                return Since::Unknown(why);
            }
        };
        let Some(then) = then else {
            return Since::Changed;
        };
        if self.now.get(&whole) != Some(&then) {
            return Since::Changed;
        }
        let versions = self.versions.get(whole.as_str()).into_iter().flatten();
        let changed = versions.filter(|it| it.after == then).map(|it| it.commit);
        let events = self.files.get(whole.as_str()).into_iter().flatten();
        let came = events.filter(|it| !it.deleted && it.id == then);
        let came = came.map(|it| it.commit);
        let last = changed.chain(came).filter(|commit| *commit > at).min();
        Since::Same(last.map(|last| self.short(last)))
    }
}
