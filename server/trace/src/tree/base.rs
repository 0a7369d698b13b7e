//! The files that one walk found, in one piece: sorted, so that a path is found by its order and a directory is a range.
//! Hundreds of thousands of them are common; what is kept of each is its path and eight bytes.

use std::hash::Hasher as _;
use std::sync::OnceLock;

use rustc_hash::FxHasher;
use smol_str::SmolStr;
use text::FileId;

use super::{RootId, file_name, is_above, parent};

/// Files by root and path: the place of one is its id.
#[derive(Debug, Default)]
pub(super) struct Base {
    paths: Vec<SmolStr>,
    /// Where the files of each root end.
    ends: Vec<usize>,
    names: OnceLock<Names>,
}

/// Files and directories by their last segment.
#[derive(Debug)]
struct Names {
    /// By hash, name and order.
    files: Vec<FileId>,
    /// Of the names of `files`.
    hashes: Vec<u32>,
    /// By hash, name and order.
    directories: Vec<Directory>,
}

/// A directory: the beginning of the path of a file in it.
#[derive(Debug)]
struct Directory {
    hash: u32,
    file: FileId,
    len: usize,
}

impl Base {
    /// Of the paths in each root, in any order.
    pub(super) fn new(roots: Vec<Vec<SmolStr>>) -> Self {
        let mut paths: Vec<SmolStr> = Vec::with_capacity(roots.iter().map(Vec::len).sum());
        let mut ends = Vec::with_capacity(roots.len());
        for mut files in roots {
            files.sort_unstable();
            files.dedup();
            paths.append(&mut files);
            ends.push(paths.len());
        }
        Self {
            paths,
            ends,
            names: OnceLock::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.paths.len()
    }

    /// Where the files of a root are.
    fn range(&self, root: RootId) -> std::ops::Range<usize> {
        let root = usize::from(root.0);
        let end = self.ends.get(root).copied().unwrap_or(self.paths.len());
        let start = root.checked_sub(1).map_or(0, |before| {
            self.ends.get(before).copied().unwrap_or(self.paths.len())
        });
        start..end
    }

    fn root_at(&self, at: usize) -> RootId {
        RootId(self.ends.partition_point(|end| *end <= at) as u16)
    }

    /// The root and path of a file.
    pub(super) fn path(&self, file: FileId) -> Option<(RootId, &SmolStr)> {
        let at = file.0 as usize;
        Some((self.root_at(at), self.paths.get(at)?))
    }

    /// The file at a path.
    pub(super) fn file(&self, root: RootId, path: &str) -> Option<FileId> {
        let range = self.range(root);
        let found = self.paths[range.clone()].binary_search_by(|each| each.as_str().cmp(path));
        Some(FileId((range.start + found.ok()?) as u32))
    }

    /// Files of a root whose paths begin with `prefix`, in order.
    pub(super) fn below<'a>(
        &'a self,
        root: RootId,
        prefix: &str,
    ) -> impl Iterator<Item = (FileId, RootId, &'a SmolStr)> + use<'a> {
        let all = self.range(root);
        let of_root = &self.paths[all.clone()];
        let start = of_root.partition_point(|path| path.as_str() < prefix);
        let count = of_root[start..].partition_point(|path| path.starts_with(prefix));
        let start = all.start + start;
        let range = start..start + count;
        range.map(move |at| (FileId(at as u32), root, &self.paths[at]))
    }

    /// All files, in order.
    pub(super) fn files(&self) -> impl Iterator<Item = (FileId, RootId, &SmolStr)> {
        let roots = (0..self.ends.len()).map(|root| RootId(root as u16));
        roots.flat_map(|root| self.below(root, ""))
    }

    /// Files with this last segment, in order.
    pub(super) fn named(&self, name: &str) -> &[FileId] {
        if self.paths.is_empty() {
            return &[];
        }
        let names = self.names();
        let hash = hash(name);
        let start = names.hashes.partition_point(|each| *each < hash);
        let count = names.hashes[start..].partition_point(|each| *each == hash);
        // Names of one hash stand one behind the other.
        let alike = &names.files[start..start + count];
        let name_of = |file: &FileId| file_name(&self.paths[file.0 as usize]);
        let start = alike.partition_point(|file| name_of(file) < name);
        let count = alike[start..].partition_point(|file| name_of(file) == name);
        &alike[start..start + count]
    }

    /// Directories with this last segment, in order.
    pub(super) fn directories(&self, name: &str) -> impl Iterator<Item = (RootId, &str)> {
        let all = if self.paths.is_empty() {
            &[]
        } else {
            self.names().directories.as_slice()
        };
        let hash = hash(name);
        let start = all.partition_point(|each| each.hash < hash);
        all[start..]
            .iter()
            .take_while(move |each| each.hash == hash)
            .map(|each| (self.root_at(each.file.0 as usize), self.directory(each)))
            .filter(move |(_, dir)| file_name(dir) == name)
    }

    fn directory(&self, directory: &Directory) -> &str {
        &self.paths[directory.file.0 as usize][..directory.len]
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let name = |at: u32| file_name(&self.paths[at as usize]);
            let mut files: Vec<(u32, u32)> = (0..self.paths.len() as u32)
                .map(|at| (hash(name(at)), at))
                .collect();
            files.sort_unstable_by(|one, other| {
                let key = |(hash, at): &(u32, u32)| (*hash, name(*at), *at);
                key(one).cmp(&key(other))
            });
            Names {
                hashes: files.iter().map(|(hash, _)| *hash).collect(),
                files: files.iter().map(|(_, at)| FileId(*at)).collect(),
                directories: self.all_directories(),
            }
        })
    }

    fn all_directories(&self) -> Vec<Directory> {
        let mut directories = Vec::new();
        let mut last = (RootId(0), "");
        for (file, root, path) in self.files() {
            let mut dir = parent(path);
            // Paths come in order, so a directory not above the last path is new.
            while !(dir.is_empty() || (last.0 == root && is_above(dir, last.1))) {
                directories.push(Directory {
                    hash: hash(file_name(dir)),
                    file,
                    len: dir.len(),
                });
                dir = parent(dir);
            }
            last = (root, path);
        }
        directories.sort_unstable_by_key(|each| (each.hash, each.file, each.len));
        directories
    }
}

fn hash(name: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}
