//! When a file was written, and what another one held in the same commit.

use gix::ObjectId;
use rayon::prelude::*;

use super::History;

/// What each of some paths is in one commit.
type Entries = Vec<Option<ObjectId>>;

/// A commit that changed a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The commit, shortened.
    pub commit: String,
    /// What the file was after it.
    pub text: String,
    /// What the other file was then, if it was there.
    pub beside: Option<String>,
}

impl History {
    /// The commits that changed the first file of each pair, oldest first, with the second one beside it. A merge
    /// counts where it has what none of its parents has. Paths are relative to the root. Errors say why git cannot tell.
    pub fn written(&self, pairs: &[(&str, &str)]) -> Result<Vec<Vec<Written>>, String> {
        if let Some(why) = &self.gap {
            return Err(why.clone());
        }
        let whole: Vec<Option<String>> = pairs
            .iter()
            .map(|(path, _)| self.repository.prefix.join(path))
            .collect();
        // Nothing older than the commit that brought the oldest of them can have changed one.
        let oldest = whole
            .iter()
            .flatten()
            .filter_map(|path| self.files.get(path.as_str()))
            .flat_map(|events| events.iter().map(|event| event.commit as usize))
            .max();
        let commits = &self.commits[..oldest.map_or(0, |oldest| oldest + 1)];
        let changed = self.changed(commits, &whole);
        let changed = changed.inspect_err(|_| self.cannot_read())?;
        let written: Result<Vec<Vec<Written>>, String> = pairs
            .par_iter()
            .enumerate()
            .map_init(
                || self.repository.shared.to_thread_local(),
                |local, (number, (_, beside))| {
                    let mut written = Vec::new();
                    for (at, id) in changed
                        .iter()
                        .filter(|(_, of, _)| *of == number)
                        .map(|(at, _, id)| (*at, *id))
                    {
                        let commit = &commits[at];
                        let beside = self.repository.prefix.join(beside);
                        let beside = entry(local, commit.id, beside.as_deref())?;
                        written.push(Written {
                            commit: self.short(at as u32),
                            text: blob(local, id)?,
                            beside: beside.map(|id| blob(local, id)).transpose()?,
                        });
                    }
                    written.reverse();
                    Ok(written)
                },
            )
            .collect();
        written.inspect_err(|_| self.cannot_read())
    }

    /// Which commits (newest first) have a path as none of their parents has it, and what it is there.
    fn changed(
        &self,
        commits: &[super::pass::Commit],
        paths: &[Option<String>],
    ) -> Result<Vec<(usize, usize, ObjectId)>, String> {
        let per_thread = commits.len() / (rayon::current_num_threads() * 4) + 1;
        let found: Result<Vec<Vec<_>>, String> = commits
            .par_chunks(per_thread.clamp(16, 512))
            .enumerate()
            .map(|(chunk, commits)| {
                let mut local = self.repository.shared.to_thread_local();
                local.object_cache_size_if_unset(16 << 20);
                let first = chunk * per_thread.clamp(16, 512);
                let mut found = Vec::new();
                for (at, commit) in (first..).zip(commits) {
                    if same_directories(&local, commit, paths)? {
                        continue;
                    }
                    let now = entries(&local, commit.id, paths)?;
                    let then: Vec<Entries> = commit
                        .parents
                        .iter()
                        .map(|parent| entries(&local, *parent, paths))
                        .collect::<Result<_, _>>()?;
                    for (number, id) in now.iter().enumerate() {
                        if let Some(id) = id
                            && then.iter().all(|then| then[number] != Some(*id))
                        {
                            found.push((at, number, *id));
                        }
                    }
                }
                Ok(found)
            })
            .collect();
        Ok(found?.into_iter().flatten().collect())
    }
}

/// Whether the first directories of all paths are those of one parent: true of nearly all commits, and cheap to ask.
fn same_directories(
    local: &gix::Repository,
    commit: &super::pass::Commit,
    paths: &[Option<String>],
) -> Result<bool, String> {
    let mut tops: Vec<&str> = paths
        .iter()
        .flatten()
        .filter_map(|path| path.split('/').next())
        .collect();
    tops.sort_unstable();
    tops.dedup();
    let of = |id| -> Result<Entries, String> {
        tops.iter().map(|top| entry(local, id, Some(top))).collect()
    };
    let now = of(commit.id)?;
    for parent in &commit.parents {
        if of(*parent)? == now {
            return Ok(true);
        }
    }
    Ok(false)
}

fn entries(
    local: &gix::Repository,
    commit: ObjectId,
    paths: &[Option<String>],
) -> Result<Entries, String> {
    paths
        .iter()
        .map(|path| entry(local, commit, path.as_deref()))
        .collect()
}

/// What a path is in a commit; nothing where it is not there.
pub(super) fn entry(
    local: &gix::Repository,
    commit: ObjectId,
    path: Option<&str>,
) -> Result<Option<ObjectId>, String> {
    let Some(path) = path else { return Ok(None) };
    let tree = local
        .find_commit(commit)
        .ok()
        .and_then(|commit| commit.tree().ok())
        .ok_or_else(unreadable)?;
    let found = tree.lookup_entry_by_path(path).map_err(|_| unreadable())?;
    Ok(found.map(|entry| entry.object_id()))
}

pub(super) fn blob(local: &gix::Repository, id: ObjectId) -> Result<String, String> {
    let mut blob = local.find_object(id).map_err(|_| unreadable())?;
    Ok(text::decode(std::mem::take(&mut blob.data)).text)
}

fn unreadable() -> String {
    "some git objects are missing or damaged".to_owned()
}
