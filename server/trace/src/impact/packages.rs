//! What packages of the workspace are called, and where they are: imports that name no file lead there.

use code::{Manifest, ManifestKind};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::RootId;
use crate::tree::parent;

/// Packages by the names that imports have for them.
#[derive(Debug, Clone, Default)]
pub struct Packages {
    /// Of npm.
    script: FxHashMap<SmolStr, (RootId, SmolStr)>,
    /// Crates, with `_`.
    rust: FxHashMap<SmolStr, (RootId, SmolStr)>,
    /// Modules of Go, longest path first.
    go: Vec<(SmolStr, RootId, SmolStr)>,
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
