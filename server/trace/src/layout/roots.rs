//! Directories that hold features beyond those that Spec Kit itself would look in.

use std::sync::Arc;

use documents::DocumentKind;
use smol_str::SmolStr;

use super::kinds::{self, extended_kind};
use super::place;
use crate::RootId;

/// Spec roots that somebody configured (`specledger`, `docs/specs`), and feature directories that somebody named
/// outside of any spec root (`SPECIFY_FEATURE_DIRECTORY`, `.specify/feature.json`). An input like any other: its owner
/// reads configuration and environment, this room only takes the paths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpecRoots {
    roots: Arc<[(RootId, SmolStr)]>,
    features: Arc<[(RootId, SmolStr)]>,
}

impl SpecRoots {
    /// Spec roots, as paths from their workspace root. What leads out of it, or is it, is left out.
    #[must_use]
    pub fn new<P: AsRef<str>>(roots: impl IntoIterator<Item = (RootId, P)>) -> Self {
        Self {
            roots: paths(roots),
            features: Arc::default(),
        }
    }

    /// The same with these directories as features, as paths from their workspace root. Bare names of features
    /// (`003-login`) are left out: they name what is found anyway.
    #[must_use]
    pub fn with_features<P: AsRef<str>>(
        self,
        features: impl IntoIterator<Item = (RootId, P)>,
    ) -> Self {
        let directories = features
            .into_iter()
            .filter(|(_, path)| path.as_ref().contains('/'));
        Self {
            features: paths(directories),
            ..self
        }
    }

    /// What the file at this path would be read as, and `None` for a path that is no spec document.
    #[must_use]
    pub fn document_kind(&self, root: RootId, path: &str) -> Option<DocumentKind> {
        kinds::document_kind(path).or_else(|| {
            let below = self
                .spec_root_of(root, path)
                .map(|spec_root| &path[spec_root.len() + 1..])
                .filter(|below| below.contains('/'))
                .or_else(|| Some(&path[self.feature_of(root, path)?.len() + 1..]))?;
            extended_kind(below)
        })
    }

    /// Directories that may be that of a document's feature, as far as its path tells: the outermost first. None for
    /// what is no document of a feature.
    #[must_use]
    pub fn homes(&self, root: RootId, path: &str) -> Vec<SmolStr> {
        if let Some(place) = place::of(path) {
            return place.unit.into_iter().map(|(_, dir)| dir.into()).collect();
        }
        if self.document_kind(root, path).is_none() {
            return Vec::new();
        }
        if let Some(feature) = self.feature_of(root, path) {
            return vec![feature.into()];
        }
        let configured = self.spec_root_of(root, path).map(str::len);
        let below = || kinds::spec_dirs(path).last().map(|(_, below)| below.len());
        let Some(base) = configured.or_else(|| Some(path.len() - below()? - 1)) else {
            return Vec::new();
        };
        let ends = path.match_indices('/').map(|(at, _)| at);
        ends.filter(|at| *at > base)
            .map(|at| path[..at].into())
            .collect()
    }

    /// The innermost configured spec root around a path.
    pub(super) fn spec_root_of<'a>(&self, root: RootId, path: &'a str) -> Option<&'a str> {
        around(&self.roots, root, path)
    }

    /// The named feature directory around a path.
    pub(super) fn feature_of<'a>(&self, root: RootId, path: &'a str) -> Option<&'a str> {
        around(&self.features, root, path)
    }
}

fn paths<P: AsRef<str>>(paths: impl IntoIterator<Item = (RootId, P)>) -> Arc<[(RootId, SmolStr)]> {
    let mut all: Vec<(RootId, SmolStr)> = paths
        .into_iter()
        .filter_map(|(root, path)| Some((root, plain(path.as_ref())?)))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

/// `./docs\specs/` as `docs/specs`.
fn plain(path: &str) -> Option<SmolStr> {
    let path = path.trim().replace('\\', "/");
    if path.starts_with('/') || path.contains(':') {
        return None;
    }
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
        .collect();
    (!segments.is_empty() && !segments.contains(&"..")).then(|| segments.join("/").into())
}

fn around<'a>(list: &[(RootId, SmolStr)], root: RootId, path: &'a str) -> Option<&'a str> {
    list.iter()
        .filter(|(at, _)| *at == root)
        .map(|(_, dir)| dir)
        .filter(|dir| path.starts_with(dir.as_str()) && path[dir.len()..].starts_with('/'))
        .max_by_key(|dir| dir.len())
        .map(|dir| &path[..dir.len()])
}
