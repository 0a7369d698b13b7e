//! Every file of the workspace by path: what exists, under which id, and where a partly written path may lead.

use std::sync::{Arc, OnceLock};

use imbl::OrdMap;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

/// Position of a [`Root`] in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RootId(pub u16);

/// A workspace folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Name shown to people; unique in the workspace.
    pub name: SmolStr,
    /// Named by the workspace, and not checked out here: what is in it is unknown.
    pub absent: bool,
    /// A sparse checkout leaves files of it out: what no source says may stand in one of those.
    pub sparse: bool,
}

type Path = (RootId, SmolStr);

/// The files of all roots. Cheap to clone; changes share what they do not touch.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    roots: Arc<[Root]>,
    ids: OrdMap<Path, FileId>,
    paths: imbl::Vector<Path>,
    names: OnceLock<Arc<Names>>,
    /// While not everything was walked: the directories that were; what is not in them is not known.
    listed: Option<Arc<[Path]>>,
}

/// Files and directories by their last segment; built when first asked for, dropped when the tree changes.
#[derive(Debug, Default)]
struct Names {
    files: FxHashMap<SmolStr, Vec<FileId>>,
    dirs: FxHashMap<SmolStr, Vec<Path>>,
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        let same = self.roots == other.roots && self.ids.ptr_eq(&other.ids);
        (same || self.ids == other.ids) && self.listed == other.listed
    }
}

impl Tree {
    /// An empty tree over `roots`.
    #[must_use]
    pub fn new(roots: Vec<Root>) -> Self {
        Self {
            roots: roots.into(),
            ..Self::default()
        }
    }

    /// An empty tree over `roots` of which nothing was walked yet.
    #[must_use]
    pub fn partial(roots: Vec<Root>) -> Self {
        Self {
            listed: Some(Arc::default()),
            ..Self::new(roots)
        }
    }

    /// Whether there may be files that this tree does not have.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.listed.is_some()
    }

    /// All files below a directory are in a partial tree now.
    pub fn listed(&mut self, root: RootId, dir: &str) {
        if let Some(listed) = &mut self.listed {
            *listed = listed.iter().cloned().chain([(root, dir.into())]).collect();
        }
    }

    /// Whether it is known what is at a path. Absent is what is known and not there.
    #[must_use]
    pub fn tells(&self, root: RootId, path: &str) -> bool {
        self.listed.as_ref().is_none_or(|listed| {
            let mut listed = listed.iter().filter(|(at, _)| *at == root);
            listed.any(|(_, dir)| dir.is_empty() || dir == path || is_above(dir, path))
        })
    }

    /// The workspace folders, by [`RootId`].
    #[must_use]
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// Whether a sparse checkout leaves files of a root out.
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        self.roots.iter().any(|root| root.sparse)
    }

    /// What a root is called; empty for an id this tree does not have.
    #[must_use]
    pub fn root_name(&self, root: RootId) -> SmolStr {
        let known = self.roots.get(usize::from(root.0));
        known.map_or_else(SmolStr::default, |root| root.name.clone())
    }

    /// A path or an address of a root behind the root's name; `None` where there is one root, so that it says nothing.
    #[must_use]
    pub fn qualified(&self, root: RootId, path: &str) -> Option<String> {
        (self.roots.len() > 1).then(|| format!("{}/{path}", self.root_name(root)))
    }

    /// The root that a text of [`Self::qualified`] begins with, and what follows: the longest name counts.
    #[must_use]
    pub fn behind_root<'t>(&self, text: &'t str) -> Option<(RootId, &'t str)> {
        if self.roots.len() < 2 {
            return None;
        }
        let named = (0..).zip(&*self.roots).filter_map(|(at, root)| {
            let rest = text.strip_prefix(root.name.as_str())?.strip_prefix('/')?;
            Some((RootId(at), rest))
        });
        named.min_by_key(|(_, rest)| rest.len())
    }

    /// Adds a file (path relative to its root, `/` between segments) and gives its id; a known path keeps its id.
    pub fn insert(&mut self, root: RootId, path: &str) -> FileId {
        let path = (root, SmolStr::new(path));
        if let Some(&id) = self.ids.get(&path) {
            return id;
        }
        self.names = OnceLock::new();
        let id = FileId(self.paths.len() as u32);
        self.paths.push_back(path.clone());
        self.ids.insert(path, id);
        id
    }

    /// Forgets a file. Its id keeps its path and is never given to another.
    pub fn remove(&mut self, file: FileId) {
        if let Some(path) = self.paths.get(file.0 as usize).cloned() {
            self.names = OnceLock::new();
            self.ids.remove(&path);
        }
    }

    /// The root and path of a file, also of a removed one.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<(RootId, &SmolStr)> {
        self.paths
            .get(file.0 as usize)
            .map(|(root, path)| (*root, path))
    }

    /// The path of a file relative to its root; empty for an id this tree never gave.
    #[must_use]
    pub fn path_str(&self, file: FileId) -> &str {
        self.path(file).map_or("", |(_, path)| path.as_str())
    }

    /// The file at exactly this path.
    #[must_use]
    pub fn file(&self, root: RootId, path: &str) -> Option<FileId> {
        self.ids.get(&(root, SmolStr::new(path))).copied()
    }

    /// Whether some file lies below this directory (path without a trailing `/`; `""` is the root).
    #[must_use]
    pub fn has_dir(&self, root: RootId, path: &str) -> bool {
        self.below(root, path).next().is_some()
    }

    /// Files below a directory, in path order.
    pub fn below<'a>(
        &'a self,
        root: RootId,
        dir: &str,
    ) -> impl Iterator<Item = (FileId, &'a SmolStr)> + 'a {
        let prefix = if dir.is_empty() {
            SmolStr::default()
        } else {
            SmolStr::from(format!("{dir}/"))
        };
        self.ids
            .range((root, prefix.clone())..)
            .take_while(move |((r, path), _)| *r == root && path.starts_with(prefix.as_str()))
            .map(|((_, path), id)| (*id, path))
    }

    /// All files, by root and path.
    pub fn files(&self) -> impl Iterator<Item = (FileId, RootId, &SmolStr)> {
        self.ids.iter().map(|((root, path), id)| (*id, *root, path))
    }

    /// Number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Files with this last segment.
    #[must_use]
    pub fn named(&self, name: &str) -> &[FileId] {
        self.names().files.get(name).map_or(&[], Vec::as_slice)
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            let mut last = (RootId(0), "");
            for ((root, path), id) in &self.ids {
                names
                    .files
                    .entry(file_name(path).into())
                    .or_default()
                    .push(*id);
                let mut dir = parent(path);
                // Paths come in order, so a directory not above the last path is new.
                while !(dir.is_empty() || (last.0 == *root && is_above(dir, last.1))) {
                    let entry = names.dirs.entry(file_name(dir).into()).or_default();
                    entry.push((*root, dir.into()));
                    dir = parent(dir);
                }
                last = (*root, path);
            }
            Arc::new(names)
        })
    }

    /// Files of one root whose path is `suffix` or ends in `/suffix`.
    #[must_use]
    pub fn ending_with(&self, root: RootId, suffix: &str) -> Vec<FileId> {
        self.named(file_name(suffix))
            .iter()
            .copied()
            .filter(|&id| {
                self.path(id)
                    .is_some_and(|(r, path)| r == root && ends_with_path(path, suffix))
            })
            .collect()
    }

    /// Directories of one root that are `suffix` or end in `/suffix`.
    pub fn dirs_ending_with<'a>(
        &'a self,
        root: RootId,
        suffix: &'a str,
    ) -> impl Iterator<Item = &'a SmolStr> + 'a {
        let dirs = self.names().dirs.get(file_name(suffix));
        dirs.into_iter()
            .flatten()
            .filter(move |(r, dir)| *r == root && ends_with_path(dir, suffix))
            .map(|(_, dir)| dir)
    }
}

fn is_above(dir: &str, path: &str) -> bool {
    path.strip_prefix(dir)
        .is_some_and(|rest| rest.starts_with('/'))
}

/// The last segment of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The path without its last segment; `""` at the root.
#[must_use]
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// Joins two relative paths and resolves `.` and `..`; `None` when it leaves the root.
#[must_use]
pub fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether `path` is `suffix` or ends with it at a segment's start.
pub(crate) fn ends_with_path(path: &str, suffix: &str) -> bool {
    path.strip_suffix(suffix)
        .is_some_and(|head| head.is_empty() || head.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{Root, RootId, Tree, ends_with_path, join};

    fn tree(paths: &[&str]) -> Tree {
        let mut tree = Tree::new(vec![Root {
            name: "r".into(),
            absent: false,
            sparse: false,
        }]);
        for path in paths {
            tree.insert(RootId(0), path);
        }
        tree
    }

    #[test]
    fn suffixes_end_at_segments() {
        let tree = tree(&["a/src/x.rs", "b/src/x.rs", "b/mysrc/x.rs"]);
        assert_eq!(tree.ending_with(RootId(0), "src/x.rs").len(), 2);
        assert_eq!(tree.ending_with(RootId(0), "x.rs").len(), 3);
        assert!(!ends_with_path("mysrc/x.rs", "src/x.rs"));
    }

    #[test]
    fn directories_are_known_by_their_files() {
        let tree = tree(&["a/src/x.rs", "a/srcs/y.rs"]);
        assert!(tree.has_dir(RootId(0), "a/src"));
        assert!(!tree.has_dir(RootId(0), "a/sr"));
        assert_eq!(
            tree.dirs_ending_with(RootId(0), "src").collect::<Vec<_>>(),
            ["a/src"]
        );
    }

    #[test]
    fn removed_files_keep_their_id_for_themselves() {
        let mut tree = tree(&["a", "b"]);
        let a = tree.file(RootId(0), "a").unwrap();
        tree.remove(a);
        assert_eq!(tree.file(RootId(0), "a"), None);
        assert_eq!(tree.path_str(a), "a");
        let again = tree.insert(RootId(0), "a");
        assert_ne!(tree.file(RootId(0), "b"), Some(again));
    }

    #[test]
    fn a_partial_tree_tells_of_what_was_listed() {
        let root = |name: &str| Root {
            name: name.into(),
            absent: false,
            sparse: false,
        };
        let mut tree = Tree::partial(vec![root("r"), root("s")]);
        tree.insert(RootId(0), "docs/x.md");
        tree.listed(RootId(0), "specs/001");
        assert!(tree.is_partial());
        for (root, path, told) in [
            (0, "specs/001/plan.md", true),
            (0, "specs/001", true),
            (0, "specs/0012/plan.md", false),
            (0, "specs", false),
            (1, "specs/001/plan.md", false),
        ] {
            assert_eq!(tree.tells(RootId(root), path), told, "{root} {path}");
        }
        assert!(Tree::new(vec![root("r")]).tells(RootId(0), "anything"));
    }

    #[test]
    fn join_stays_inside() {
        assert_eq!(
            join("specs/001", "../../src/./a.rs").as_deref(),
            Some("src/a.rs")
        );
        assert_eq!(join("", "../x"), None);
    }
}
