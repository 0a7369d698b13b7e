//! Workspace folders: which one a path lies in, and how they are named.

use std::path::{Path, PathBuf};

use smol_str::{SmolStr, format_smolstr};
use trace::RootId;

/// The same folders without `//` and `/./` in their paths.
pub(super) fn plain(roots: &[PathBuf]) -> Vec<PathBuf> {
    let plain = roots.iter().map(|root| root.components().collect());
    plain.collect()
}

/// The root and relative path (with `/`) of a path on disk; the innermost root wins. Roots are [`plain`].
pub(crate) fn locate(roots: &[PathBuf], path: &Path) -> Option<(RootId, String)> {
    let bytes = path.as_os_str().as_encoded_bytes();
    // Paths are compared part by part, which is slow for many roots; how most are written, their bytes tell as much.
    let is_plain = cfg!(unix)
        && !bytes.windows(2).any(|two| two == b"//")
        && !bytes.windows(3).any(|three| three == b"/./");
    let below = |root: &PathBuf| {
        let root = root.as_os_str().as_encoded_bytes();
        !is_plain || bytes.starts_with(root.strip_suffix(b"/").unwrap_or(root))
    };
    let inside = roots
        .iter()
        .enumerate()
        .filter(|(_, root)| below(root))
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

#[cfg(test)]
mod tests {
    use super::{Path, PathBuf, RootId, locate, plain};

    #[test]
    fn a_path_lies_in_its_innermost_root_however_both_are_written() {
        let roots = ["/w/", "/w//api", "/w/./api/.hidden", "/w/api-gateway"].map(PathBuf::from);
        let roots = plain(&roots);
        for (path, root, relative) in [
            ("/w/a.md", 0, "a.md"),
            ("/w/api/a.md", 1, "a.md"),
            ("/w//api/./b//a.md", 1, "b/a.md"),
            ("/w/api/.hidden/a.md", 2, "a.md"),
            ("/w/api-gateway/a.md", 3, "a.md"),
            ("/w/api-other/a.md", 0, "api-other/a.md"),
            ("/w", 0, ""),
        ] {
            let found = locate(&roots, Path::new(path));
            assert_eq!(found, Some((RootId(root), relative.to_owned())), "{path}");
        }
        assert_eq!(locate(&roots, Path::new("/world/a.md")), None);
    }
}
