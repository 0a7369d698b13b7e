//! Workspace folders: which one a path lies in, and how they are named.

use std::path::{Path, PathBuf};

use smol_str::{SmolStr, format_smolstr};
use trace::RootId;

/// The root and relative path (with `/`) of a path on disk; the innermost root wins.
pub(crate) fn locate(roots: &[PathBuf], path: &Path) -> Option<(RootId, String)> {
    let inside = roots
        .iter()
        .enumerate()
        .filter_map(|(at, root)| Some((at, root, path.strip_prefix(root).ok()?)))
        .max_by_key(|(_, root, _)| root.components().count());
    let (at, _, relative) = inside?;
    let parts: Option<Vec<&str>> = relative
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    Some((RootId(at as u16), parts?.join("/")))
}

/// Names for the roots: as they are given, else their last segment, numbered where two are the same.
pub(super) fn root_names(given: &[SmolStr], roots: &[PathBuf]) -> Vec<SmolStr> {
    let mut names: Vec<SmolStr> = given.to_vec();
    for root in roots.iter().skip(given.len()) {
        let last = root
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("workspace");
        let mut name = SmolStr::new(last);
        let mut nth = 2;
        while names.contains(&name) {
            name = format_smolstr!("{last}-{nth}");
            nth += 1;
        }
        names.push(name);
    }
    names
}
