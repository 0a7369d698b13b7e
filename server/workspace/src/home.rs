//! The project of a file that was opened alone.

use std::path::{Path, PathBuf};

use crate::walk::is_project;

/// The directory to read so that this spec document is understood: the nearest one above it that is a project (it holds
/// `.specify`, `.kiro` or `openspec`) or a repository. `None` for other files, and never a person's home or the top of a
/// disk.
#[must_use]
pub fn home(file: &Path) -> Option<PathBuf> {
    let personal = std::env::home_dir();
    let root = file
        .ancestors()
        .skip(1)
        .filter(|dir| dir.parent().is_some() && Some(*dir) != personal.as_deref())
        .find(|dir| dir.join(".git").exists() || is_project(dir))?;
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

    #[test]
    fn a_project_of_each_format_is_found_without_a_repository() {
        let top = tempfile::tempdir().unwrap();
        for (project, document) in [
            ("a", ".specify/memory/constitution.md"),
            ("b", ".kiro/specs/login/requirements.md"),
            ("c", "openspec/changes/add-login/specs/login/spec.md"),
        ] {
            let project = top.path().join("openspec").join(project);
            let document = project.join(document);
            std::fs::create_dir_all(document.parent().unwrap()).unwrap();
            assert_eq!(home(&document), Some(project));
        }
    }

    #[test]
    fn a_repository_is_not_part_of_what_it_lies_in() {
        let top = tempfile::tempdir().unwrap();
        // Its name is that of a spec directory.
        let repository = top.path().join("openspec");
        let document = repository.join("specs/001-a/spec.md");
        std::fs::create_dir_all(document.parent().unwrap()).unwrap();
        std::fs::create_dir_all(repository.join(".git")).unwrap();
        assert_eq!(home(&document), Some(repository));
    }
}
