//! Documents whose path alone says what they are and what they belong to: those of Kiro and `OpenSpec`.

use std::collections::BTreeMap;

use documents::{DocumentKind, Format};
use text::FileId;

use super::{FeatureDir, Project, kiro, openspec};
use crate::{RootId, Tree, UnitKind};

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) format: Format,
    /// Directory that holds `.kiro/` or `openspec/`, from the root.
    pub(super) project: &'a str,
    /// Directory of the feature or capability it belongs to, from the root; none for what is the project's.
    pub(super) unit: Option<(UnitKind, &'a str)>,
    pub(super) kind: DocumentKind,
}

/// The place of a path, if it is one of these documents.
pub(super) fn of(path: &str) -> Option<Place<'_>> {
    kiro::place(path).or_else(|| openspec::place(path))
}

/// The path's part before `directory/`, and the part below it: the innermost one.
pub(super) fn split<'a>(path: &'a str, directory: &str) -> Option<(&'a str, &'a str)> {
    let (at, _) = path.rmatch_indices(directory).find(|(at, _)| {
        (*at == 0 || path[..*at].ends_with('/')) && path[at + directory.len()..].starts_with('/')
    })?;
    Some((
        path[..at].trim_end_matches('/'),
        &path[at + directory.len() + 1..],
    ))
}

/// Features and capabilities by their documents' places.
pub(super) fn features(
    tree: &Tree,
    projects: &[Project],
    placed: &[(RootId, Place<'_>, FileId)],
) -> Vec<FeatureDir> {
    let mut dirs: BTreeMap<(RootId, &str), FeatureDir> = BTreeMap::new();
    for &(root, place, file) in placed {
        let Some((unit, path)) = place.unit else {
            continue;
        };
        let Some(project) = projects.iter().find(|project| {
            (project.root, project.format, project.path.as_str())
                == (root, place.format, place.project)
        }) else {
            continue;
        };
        dirs.entry((root, path))
            .or_insert_with(|| FeatureDir {
                project: project.id,
                root,
                path: path.into(),
                unit,
                documents: Vec::new(),
            })
            .documents
            .push((place.kind, file));
    }
    let mut features: Vec<FeatureDir> = dirs.into_values().collect();
    for feature in &mut features {
        feature
            .documents
            .sort_by_key(|(kind, file)| (*kind, tree.path_str(*file)));
    }
    features
}
