//! The files of one commit, read from git's objects: nothing is checked out and nothing is run.

use std::sync::atomic::{AtomicUsize, Ordering};

use gix::ObjectId;
use rustc_hash::{FxHashMap, FxHashSet};

use super::history::ancestors;
use super::{Repository, head_commit, is_partial, tree};
use crate::read::{ReadOutcome, decode_bytes};
use crate::walk::Probe;

/// A commit as a place to read files from. Paths are relative to the workspace root.
pub struct Commit {
    repository: Repository,
    id: ObjectId,
    files: FxHashMap<String, ObjectId>,
    directories: FxHashSet<String>,
    /// Symbolic links and submodules: what lies there is not told by this commit.
    elsewhere: FxHashSet<String>,
    missing: AtomicUsize,
}

impl Repository {
    /// The merge base of HEAD and the commit that `revision` names. The error is a sentence for people, with the cure
    /// where there is one.
    pub fn merge_base(&self, revision: &str) -> Result<Commit, String> {
        let mut local = self.shared.to_thread_local();
        local.object_cache_size_if_unset(4 << 20);
        let head = head_commit(&local)
            .ok_or_else(|| "there is no commit at HEAD to compare with.".to_owned())?;
        let other = find(&local, revision).ok_or_else(|| unknown_revision(&local, revision))?;
        let base = local.merge_base(head, other).ok().flatten();
        let Some(base) = base.map(gix::Id::detach) else {
            return Err(if local.is_shallow().unwrap_or(false) {
                format!(
                    "the merge base of `{revision}` and HEAD is not in this shallow clone.\n\
                     Fetch the whole history first: `git fetch --unshallow` (in a GitHub workflow: `fetch-depth: 0`)."
                )
            } else {
                format!(
                    "`{revision}` and HEAD have no commit in common, so there is no merge base."
                )
            });
        };
        Commit::read(self, &local, base).ok_or_else(|| {
            format!("the files of {base}, the merge base of `{revision}` and HEAD, cannot be read.")
        })
    }
}

/// The commit that a name stands for: a branch, a tag, an id, `HEAD~3`.
fn find(local: &gix::Repository, revision: &str) -> Option<ObjectId> {
    let id = local.rev_parse_single(revision).ok()?;
    let commit = id.object().ok()?.peel_to_kind(gix::object::Kind::Commit);
    Some(commit.ok()?.id)
}

fn unknown_revision(local: &gix::Repository, revision: &str) -> String {
    let remote = format!("origin/{revision}");
    let cure = if find(local, &remote).is_some() {
        format!(" Did you mean `{remote}`?")
    } else if local.is_shallow().unwrap_or(false) {
        "\nThis is a shallow clone; fetch the whole history first: `git fetch --unshallow` (in a GitHub workflow: \
         `fetch-depth: 0`)."
            .to_owned()
    } else {
        let name = revision.strip_prefix("origin/").unwrap_or(revision);
        format!(" If it is a branch of a remote: `git fetch origin {name}`.")
    };
    format!("`{revision}` names no commit in this repository.{cure}")
}

impl Commit {
    fn read(repository: &Repository, local: &gix::Repository, id: ObjectId) -> Option<Self> {
        let tree = local.find_commit(id).ok()?.tree_id().ok()?.detach();
        let mut commit = Self {
            repository: Repository {
                head: Some(id),
                ..repository.clone()
            },
            id,
            files: FxHashMap::default(),
            directories: FxHashSet::default(),
            elsewhere: FxHashSet::default(),
            missing: AtomicUsize::new(0),
        };
        for entry in tree::files(local, tree).ok()? {
            let Some(path) = repository.prefix.strip(&entry.path) else {
                continue;
            };
            for directory in ancestors(path) {
                if !commit.directories.insert(directory.to_owned()) {
                    break;
                }
            }
            if entry.mode.is_blob() {
                commit.files.insert(path.to_owned(), entry.id);
            } else {
                commit.elsewhere.insert(path.to_owned());
            }
        }
        Some(commit)
    }

    /// Its id, shortened as in messages.
    #[must_use]
    pub fn short_id(&self) -> String {
        self.id.to_hex_with_len(7).to_string()
    }

    /// Regular files, in no order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether this commit has some file below a directory.
    #[must_use]
    pub fn has_directory(&self, path: &str) -> bool {
        self.directories.contains(path)
    }

    /// Whether a file has exactly these bytes in this commit.
    #[must_use]
    pub fn has(&self, path: &str, bytes: &[u8]) -> bool {
        let blob = gix::objs::compute_hash(self.id.kind(), gix::objs::Kind::Blob, bytes);
        self.files
            .get(path)
            .is_some_and(|id| blob.is_ok_and(|blob| blob == *id))
    }

    /// How many files could not be read because their objects are not in this clone.
    pub fn missing(&self) -> usize {
        self.missing.load(Ordering::Relaxed)
    }

    /// The text of a file of up to `limit` bytes, by the same rules as from disk.
    #[must_use]
    pub fn text(&self, path: &str, limit: u64) -> ReadOutcome {
        match self.bytes(path, limit) {
            Ok(Some(bytes)) => decode_bytes(bytes),
            Ok(None) => ReadOutcome::Missing,
            Err(outcome) => outcome,
        }
    }

    /// The bytes of a file of up to `limit` bytes; `None` when this commit has no such file.
    pub fn bytes(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadOutcome> {
        let Some(&id) = self.files.get(path) else {
            return Ok(None);
        };
        let local = self.repository.shared.to_thread_local();
        let unread = |_| {
            self.missing.fetch_add(1, Ordering::Relaxed);
            ReadOutcome::Unreadable("its git object is not in this clone".to_owned())
        };
        let size = local.find_header(id).map_err(unread)?.size();
        if size > limit {
            return Err(ReadOutcome::TooLarge { len: size });
        }
        let mut object = local.find_object(id).map_err(unread)?;
        Ok(Some(std::mem::take(&mut object.data)))
    }

    /// What is at a path of this commit.
    #[must_use]
    pub fn probe(&self, path: &str) -> Probe {
        let Some(whole) = self.repository.prefix.join(path) else {
            return Probe::Outside;
        };
        let Some(path) = self.repository.prefix.strip(&whole) else {
            return Probe::Outside;
        };
        if self.files.contains_key(path) {
            Probe::File
        } else if self.directories.contains(path) {
            Probe::Directory
        } else if std::iter::once(path)
            .chain(ancestors(path))
            .any(|part| self.elsewhere.contains(part))
        {
            Probe::Unknown
        } else {
            Probe::Missing
        }
    }

    /// The repository with this commit in the place of HEAD.
    pub(crate) fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Why objects may be missing, with the cure.
    #[must_use]
    pub fn why_missing(&self) -> String {
        let local = self.repository.shared.to_thread_local();
        if is_partial(&local) {
            "this is a partial clone; fetch all objects first: `git fetch --refetch --no-filter`"
                .to_owned()
        } else {
            "some git objects are missing or damaged".to_owned()
        }
    }
}
