//! The project of a file that was opened alone.

use std::path::{Path, PathBuf};

/// The directory to read so that this spec document is understood: the nearest one above it that holds `.specify`, else
/// the nearest one that holds `.git`. `None` for other files, and never a person's home or the top of a disk.
#[must_use]
pub fn home(file: &Path) -> Option<PathBuf> {
    let personal = std::env::home_dir();
    let above = || {
        let above = file.ancestors().skip(1);
        above.filter(|dir| dir.parent().is_some() && Some(*dir) != personal.as_deref())
    };
    let project = above().find(|dir| dir.join(".specify").is_dir());
    let root = project.or_else(|| above().find(|dir| dir.join(".git").exists()))?;
    let path = crate::slashed(file.strip_prefix(root).ok()?);
    trace::document_kind(&path).map(|_| root.to_owned())
}

#[cfg(test)]
mod tests {
    use super::home;

    #[test]
    fn the_project_wins_over_the_repository() {
        let top = tempfile::tempdir().unwrap();
        let repository = top.path();
        let project = repository.join("apps/a");
        for dir in [
            repository.join(".git"),
            project.join(".specify"),
            project.join("specs/001-a"),
            repository.join("specs/001-b"),
        ] {
            std::fs::create_dir_all(dir).unwrap();
        }
        let inner = project.join("specs/001-a/spec.md");
        assert_eq!(home(&inner).as_deref(), Some(project.as_path()));
        let outer = repository.join("specs/001-b/tasks.md");
        assert_eq!(home(&outer).as_deref(), Some(repository));
        // Whoever opens a note or a source file gets no repository read for it.
        assert_eq!(home(&repository.join("README.md")), None);
        assert_eq!(home(&repository.join("src/a.rs")), None);
    }
}
