//! Every file of the workspace by path: what exists, under which id, and where a partly written path may lead.

mod base;

use std::sync::{Arc, OnceLock};

use imbl::{OrdMap, OrdSet};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use self::base::Base;

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

/// The files of all roots. Cheap to clone: what a walk found is kept in one piece that never changes, and what came and
/// went since beside it.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    roots: Arc<[Root]>,
    base: Arc<Base>,
    /// Files of the base that are there no more.
    gone: OrdSet<FileId>,
    /// What came since.
    ids: OrdMap<Path, FileId>,
    /// The same by id, behind those of the base.
    paths: imbl::Vector<Path>,
    names: OnceLock<Arc<Names>>,
    /// While not everything was walked: the directories that were; what is not in them is not known.
    listed: Option<Arc<[Path]>>,
}

/// Files and directories that came since, by their last segment; built when first asked for, dropped when one comes or
/// goes.
#[derive(Debug, Default)]
struct Names {
    files: FxHashMap<SmolStr, Vec<FileId>>,
    dirs: FxHashMap<SmolStr, Vec<Path>>,
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        let same = || {
            Arc::ptr_eq(&self.base, &other.base) && self.ids == other.ids && self.gone == other.gone
        };
        self.roots == other.roots
            && self.listed == other.listed
            && (same() || self.files().eq(other.files()))
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

    /// A tree with these files, by root. A path that is given twice counts once.
    #[must_use]
    pub fn of(roots: Vec<Root>, files: Vec<Vec<SmolStr>>) -> Self {
        Self {
            base: Arc::new(Base::new(files)),
            ..Self::new(roots)
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
        if let Some(id) = self.file(root, path) {
            return id;
        }
        let path = (root, SmolStr::new(path));
        self.names = OnceLock::new();
        let id = FileId((self.base.len() + self.paths.len()) as u32);
        self.paths.push_back(path.clone());
        self.ids.insert(path, id);
        id
    }

    /// Forgets a file. Its id keeps its path and is never given to another.
    pub fn remove(&mut self, file: FileId) {
        let Some(since) = (file.0 as usize).checked_sub(self.base.len()) else {
            self.gone.insert(file);
            return;
        };
        if let Some(path) = self.paths.get(since).cloned()
            && self.ids.get(&path) == Some(&file)
        {
            self.names = OnceLock::new();
            self.ids.remove(&path);
        }
    }

    /// The root and path of a file, also of a removed one.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<(RootId, &SmolStr)> {
        match (file.0 as usize).checked_sub(self.base.len()) {
            None => self.base.path(file),
            Some(since) => self.paths.get(since).map(|(root, path)| (*root, path)),
        }
    }

    /// The path of a file relative to its root; empty for an id this tree never gave.
    #[must_use]
    pub fn path_str(&self, file: FileId) -> &str {
        self.path(file).map_or("", |(_, path)| path.as_str())
    }

    /// The file at exactly this path.
    #[must_use]
    pub fn file(&self, root: RootId, path: &str) -> Option<FileId> {
        let base = self.base.file(root, path);
        base.filter(|file| !self.gone.contains(file))
            .or_else(|| self.ids.get(&(root, SmolStr::new(path))).copied())
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
        let base = self.still(self.base.below(root, &prefix));
        let since = self
            .ids
            .range((root, prefix.clone())..)
            .take_while(move |((r, path), _)| *r == root && path.starts_with(prefix.as_str()));
        merged(base, since.map(placed)).map(|(file, _, path)| (file, path))
    }

    /// All files, by root and path.
    pub fn files(&self) -> impl Iterator<Item = (FileId, RootId, &SmolStr)> {
        merged(self.still(self.base.files()), self.ids.iter().map(placed))
    }

    /// Those of the base that are still there.
    fn still<'a>(
        &'a self,
        base: impl Iterator<Item = Placed<'a>> + 'a,
    ) -> impl Iterator<Item = Placed<'a>> + 'a {
        let whole = self.gone.is_empty();
        base.filter(move |(file, ..)| whole || !self.gone.contains(file))
    }

    /// Number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.base.len() - self.gone.len() + self.ids.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Files with this last segment, by root and path.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<FileId> {
        let base = self.base.named(name).iter().copied();
        let mut files: Vec<FileId> = base.filter(|file| !self.gone.contains(file)).collect();
        let since = self.since().files.get(name).into_iter().flatten();
        let before = files.len();
        files.extend(since);
        if files.len() > before && before > 0 {
            files.sort_by_key(|file| self.path(*file));
        }
        files
    }

    fn since(&self) -> &Names {
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
        let mut files = self.named(file_name(suffix));
        files.retain(|&id| {
            self.path(id)
                .is_some_and(|(r, path)| r == root && ends_with_path(path, suffix))
        });
        files
    }

    /// Directories of one root that are `suffix` or end in `/suffix`, in order.
    pub fn dirs_ending_with(&self, root: RootId, suffix: &str) -> impl Iterator<Item = &str> {
        let name = file_name(suffix);
        let base = self.base.directories(name);
        let base = base.filter(|(of, dir)| self.gone.is_empty() || self.has_dir(*of, dir));
        let since = self.since().dirs.get(name).into_iter().flatten();
        let since = since.map(|(of, dir)| (*of, dir.as_str()));
        let mut dirs: Vec<&str> = base
            .chain(since)
            .filter(|(of, dir)| *of == root && ends_with_path(dir, suffix))
            .map(|(_, dir)| dir)
            .collect();
        dirs.sort_unstable();
        dirs.dedup();
        dirs.into_iter()
    }
}

/// A file, its root and its path.
type Placed<'a> = (FileId, RootId, &'a SmolStr);

fn placed<'a>(((root, path), file): (&'a Path, &'a FileId)) -> Placed<'a> {
    (*file, *root, path)
}

/// Both, in order.
fn merged<'a>(
    one: impl Iterator<Item = Placed<'a>>,
    other: impl Iterator<Item = Placed<'a>>,
) -> impl Iterator<Item = Placed<'a>> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some((_, root, path)), Some((_, of, there))) if (of, there) < (root, path) => other.next(),
        (Some(_), _) => one.next(),
        (None, _) => other.next(),
    })
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

    /// What a tree says of itself: all files, those that are called `x`, directories that are called `a`, a count.
    type Told = (Vec<(u16, String)>, Vec<String>, Vec<String>, usize);

    fn told(tree: &Tree) -> Told {
        let name = |id| {
            tree.path(id)
                .map(|(root, path)| format!("{}:{path}", root.0))
        };
        let files: Vec<_> = tree.files().collect();
        for (id, root, path) in &files {
            assert_eq!(tree.path(*id), Some((*root, *path)));
            assert_eq!(tree.file(*root, path), Some(*id));
            assert!(tree.has_dir(*root, super::parent(path)));
            let below = tree.below(*root, super::parent(path));
            assert!(below.map(|(_, path)| path).any(|each| each == *path));
        }
        let paths = files.iter();
        let paths = paths.map(|(_, root, path)| (root.0, path.to_string()));
        let named = tree.named("x").into_iter().filter_map(name);
        let ending = (0..2).flat_map(|root| tree.ending_with(RootId(root), "a/x"));
        let dirs = (0..2).flat_map(|root| tree.dirs_ending_with(RootId(root), "a"));
        (
            paths.collect(),
            named.chain(ending.filter_map(name)).collect(),
            dirs.map(str::to_owned).collect(),
            tree.len(),
        )
    }

    proptest::proptest! {
        #[test]
        fn what_came_and_went_makes_no_difference(
            then in proptest::collection::vec((0_u16..2, "[ab]/([ab]/)?[xy]"), 0..12),
            steps in proptest::collection::vec((proptest::bool::ANY, 0_u16..2, "[ab]/([ab]/)?[xy]"), 0..12),
        ) {
            let roots = || {
                let root = |name: &str| Root { name: name.into(), absent: false, sparse: false };
                vec![root("r"), root("s")]
            };
            let split = |files: &[(u16, String)]| -> Vec<Vec<smol_str::SmolStr>> {
                let of = |at: u16| files.iter().filter(move |(root, _)| *root == at);
                (0..2).map(|at| of(at).map(|(_, path)| path.as_str().into()).collect()).collect()
            };
            let mut tree = Tree::of(roots(), split(&then));
            let mut known: std::collections::BTreeSet<(u16, String)> = then.into_iter().collect();
            for (comes, root, path) in steps {
                if comes {
                    let id = tree.insert(RootId(root), &path);
                    proptest::prop_assert_eq!(tree.insert(RootId(root), &path), id);
                    known.insert((root, path));
                } else if let Some(id) = tree.file(RootId(root), &path) {
                    tree.remove(id);
                    proptest::prop_assert_eq!(tree.path_str(id), path.as_str());
                    known.remove(&(root, path));
                }
                let known: Vec<_> = known.iter().cloned().collect();
                let anew = Tree::of(roots(), split(&known));
                let mut single = Tree::new(roots());
                for (root, path) in &known {
                    single.insert(RootId(*root), path);
                }
                proptest::prop_assert_eq!(told(&tree), told(&anew));
                proptest::prop_assert_eq!(told(&tree), told(&single));
                proptest::prop_assert_eq!(told(&tree).0, known);
            }
        }
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
