//! What packages of the workspace are called, and where they are: imports that name no file lead there.

use code::{Aliases, Manifest, ManifestKind};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::aliases::{Directories, Lead};
use crate::RootId;
use crate::tree::{Tree, parent};

/// Packages by the names that imports have for them.
#[derive(Debug, Clone, Default)]
pub struct Packages {
    /// Of npm.
    script: FxHashMap<SmolStr, (RootId, SmolStr)>,
    /// Crates, with `_`.
    rust: FxHashMap<SmolStr, (RootId, SmolStr)>,
    /// Modules of Go, longest path first.
    go: Vec<(SmolStr, RootId, SmolStr)>,
    /// Directories with sources of C#, by the last part of their paths, each with the path as a name space is written.
    name_spaces: FxHashMap<SmolStr, Vec<(RootId, String, SmolStr)>>,
    /// Directories that settings of scripts have names for.
    named: Directories,
}

impl Packages {
    /// Reads the names off manifests: the root and the path of each from there.
    #[must_use]
    pub fn of<'m>(manifests: impl IntoIterator<Item = (RootId, &'m str, &'m Manifest)>) -> Self {
        let mut packages = Self::default();
        for (root, path, manifest) in manifests {
            let Some(name) = &manifest.name else {
                continue;
            };
            let place = (root, SmolStr::new(parent(path)));
            match manifest.kind {
                ManifestKind::Npm => {
                    packages.script.insert(name.text.clone(), place);
                }
                ManifestKind::Cargo => {
                    packages
                        .rust
                        .insert(name.text.replace('-', "_").into(), place);
                }
                ManifestKind::Go => packages.go.push((name.text.clone(), place.0, place.1)),
                _ => {}
            }
        }
        packages
            .go
            .sort_by(|a, b| (b.0.len(), &a.0).cmp(&(a.0.len(), &b.0)));
        packages
    }

    /// The same with the name spaces of C#, which are called as their directories are.
    #[must_use]
    pub fn with_name_spaces(mut self, tree: &Tree) -> Self {
        let sources = tree.files().filter(|(_, _, path)| path.ends_with(".cs"));
        let mut directories: Vec<(RootId, &str)> = sources
            .map(|(_, root, path)| (root, parent(path)))
            .collect();
        directories.sort_unstable();
        directories.dedup();
        for (root, directory) in directories {
            let written = directory.replace('/', ".");
            let last = written.rsplit('.').next().unwrap_or_default();
            let known = self.name_spaces.entry(last.into()).or_default();
            known.push((root, written, directory.into()));
        }
        self
    }

    /// The same with the names that settings of scripts give to directories: the root and the path of each from there.
    #[must_use]
    pub fn with_aliases<'s>(
        mut self,
        settings: impl IntoIterator<Item = (RootId, &'s str, &'s Aliases)>,
    ) -> Self {
        self.named = Directories::of(settings, |written| self.of_script(written).cloned());
        self
    }

    /// Where an import of a script leads by the settings around it.
    pub(super) fn lead(&self, tree: &Tree, root: RootId, path: &str, written: &str) -> Lead {
        self.named.lead(tree, root, path, written)
    }

    /// The directories of a name space: those whose path ends as it does, else the only one that ends as its last two parts.
    pub(super) fn of_name_space(
        &self,
        root: RootId,
        written: &str,
    ) -> impl Iterator<Item = &SmolStr> {
        let last = written.rsplit('.').next().unwrap_or(written);
        let all = self.name_spaces.get(last).map_or(&[][..], Vec::as_slice);
        let ending = move |end: &str| -> Vec<&SmolStr> {
            let ends = |path: &str| {
                path.strip_suffix(end)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            };
            let found = all.iter().filter(|(of, path, _)| *of == root && ends(path));
            found.map(|(_, _, directory)| directory).collect()
        };
        let mut found = ending(written);
        let mut rest = written;
        while let Some((_, inner)) = rest.split_once('.').filter(|_| found.is_empty()) {
            rest = inner;
            if rest.contains('.') {
                found = ending(rest);
                if found.len() > 1 {
                    found.clear();
                    break;
                }
            }
        }
        found.into_iter()
    }

    /// The directory that an import of a script leads into: `@shop/core/money` is in the package `@shop/core`.
    pub(super) fn of_script(&self, import: &str) -> Option<&(RootId, SmolStr)> {
        let segments = if import.starts_with('@') { 2 } else { 1 };
        let end = import
            .match_indices('/')
            .nth(segments - 1)
            .map_or(import.len(), |(at, _)| at);
        self.script.get(&import[..end])
    }

    /// The directory of a crate, by the first segment of a path.
    pub(super) fn of_rust(&self, import: &str) -> Option<&(RootId, SmolStr)> {
        let first = import.trim_start_matches("::");
        let end = first
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(first.len());
        self.rust.get(&first[..end])
    }

    /// The directory of a package of Go.
    pub(super) fn of_go(&self, import: &str) -> Option<(RootId, SmolStr)> {
        self.go.iter().find_map(|(module, root, directory)| {
            let rest = import.strip_prefix(module.as_str())?;
            let rest = match rest.strip_prefix('/') {
                Some(rest) => rest,
                None if rest.is_empty() => "",
                None => return None,
            };
            Some((*root, crate::tree::join(directory, rest)?.into()))
        })
    }
}
