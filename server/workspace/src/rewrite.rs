//! Writing: files of the workspace, by an explicit act of the user, whole or not at all.

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::read::{self, DOCUMENT_LIMIT, content_hash, plain};

/// A file and what it will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The file; where it is a link, what it leads to.
    pub path: PathBuf,
    /// [`content_hash`] of what it says now; `None`: there is no such file yet. Its directory is made where it is missing.
    pub before: Option<u128>,
    /// What it will say.
    pub after: String,
}

/// Writes all of them, or none where one has changed meanwhile or cannot be written. The error is a sentence for people.
///
/// Each file is replaced at once by one beside it, with the same permissions; a reader sees the old text or the new.
pub fn rewrite(files: &[Rewrite]) -> Result<(), String> {
    let mut ready: Vec<Ready> = Vec::with_capacity(files.len());
    for file in files {
        match prepare(file) {
            Ok(next) => ready.push(next),
            Err(why) => {
                discard(&ready);
                return Err(why);
            }
        }
    }
    // A last look right before, when all that takes time is done.
    for (file, next) in files.iter().zip(&ready) {
        if let Err(why) = unchanged(&next.path, file.before) {
            discard(&ready);
            return Err(why);
        }
    }
    for (done, next) in ready.iter().enumerate() {
        if let Err(error) = fs::rename(&next.beside, &next.path) {
            discard(&ready[done..]);
            return Err(format!(
                "{} could not be written: {}. {done} of {} files are written.",
                next.path.display(),
                plain(&error),
                ready.len()
            ));
        }
    }
    Ok(())
}

/// A new text that lies beside the file it replaces.
struct Ready {
    path: PathBuf,
    beside: PathBuf,
}

fn prepare(file: &Rewrite) -> Result<Ready, String> {
    let failed = |error: std::io::Error| {
        format!(
            "{} could not be written: {}.",
            file.path.display(),
            plain(&error)
        )
    };
    let path = match (file.before, file.path.parent()) {
        (None, Some(directory)) => {
            let name = file.path.file_name().unwrap_or_default();
            fs::create_dir_all(directory).map_err(failed)?;
            fs::canonicalize(directory).map_err(failed)?.join(name)
        }
        _ => fs::canonicalize(&file.path).map_err(failed)?,
    };
    unchanged(&path, file.before)?;
    let permissions = match file.before {
        Some(_) => Some(fs::metadata(&path).map_err(failed)?.permissions()),
        None => None,
    };
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        return Err(format!(
            "{} could not be written: it is read-only.",
            file.path.display()
        ));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut out| {
            out.write_all(file.after.as_bytes())?;
            if let Some(permissions) = permissions {
                out.set_permissions(permissions)?;
            }
            out.sync_all()
        });
    let ready = Ready { path, beside };
    written.map_err(|error| {
        discard(std::slice::from_ref(&ready));
        failed(error)
    })?;
    Ok(ready)
}

fn unchanged(path: &Path, before: Option<u128>) -> Result<(), String> {
    let (same, what) = match before {
        Some(before) => {
            let now = read::bytes(path, DOCUMENT_LIMIT);
            let same = now.is_ok_and(|bytes| content_hash(&bytes) == before);
            (same, "has changed since it was read")
        }
        None => (path.symlink_metadata().is_err(), "was made meanwhile"),
    };
    same.then_some(())
        .ok_or_else(|| format!("{} {what}; nothing is written.", path.display()))
}

fn discard(ready: &[Ready]) {
    for each in ready {
        // It may not be there; there is nothing else to do about it.
        let _ = fs::remove_file(&each.beside);
    }
}

#[cfg(test)]
mod tests {
    use super::{Rewrite, rewrite};
    use crate::read::content_hash;
    use std::path::Path;

    fn change(path: &Path, before: &str, after: &str) -> Rewrite {
        Rewrite {
            path: path.to_owned(),
            before: Some(content_hash(before.as_bytes())),
            after: after.to_owned(),
        }
    }

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn all_are_written_and_nothing_else_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        std::fs::write(&a, "1").unwrap();
        std::fs::write(&b, "2").unwrap();
        rewrite(&[change(&a, "1", "one"), change(&b, "2", "two")]).unwrap();
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "one");
        assert_eq!(std::fs::read_to_string(&b).unwrap(), "two");
        assert_eq!(names(dir.path()), ["a", "b"]);
    }

    #[test]
    fn one_that_has_changed_stops_all() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        std::fs::write(&a, "1").unwrap();
        std::fs::write(&b, "other").unwrap();
        let why = rewrite(&[change(&a, "1", "one"), change(&b, "2", "two")]).unwrap_err();
        assert!(why.contains("has changed"), "{why}");
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "1");
        assert_eq!(names(dir.path()), ["a", "b"]);
    }

    #[test]
    fn a_new_file_is_made_unless_somebody_else_made_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let new = |after: &str| Rewrite {
            path: path.clone(),
            before: None,
            after: after.to_owned(),
        };
        rewrite(&[new("one")]).unwrap();
        let why = rewrite(&[new("two")]).unwrap_err();
        assert!(why.contains("was made meanwhile"), "{why}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(names(dir.path()), ["a"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real"), dir.path().join("link"));
        std::fs::write(&real, "1").unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o754)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        rewrite(&[change(&link, "1", "one")]).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "one");
        let mode = std::fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o754);
    }
}
