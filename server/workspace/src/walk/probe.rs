//! One path, asked without walking.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::read::is_absence;

/// What is at a path, listed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Probe {
    /// A file.
    File,
    /// A directory.
    Directory,
    /// Nothing.
    Missing,
    /// It is absolute, or leads out of the workspace; we do not look there.
    Outside,
    /// The system does not let us see.
    Unknown,
}

/// Looks at one path without walking: ignored and hidden files are not in a [`Listing`], but they are there.
#[must_use]
pub fn probe(roots: &[PathBuf], root: &Path, path: &str) -> Probe {
    let relative = Path::new(path);
    if relative.is_absolute() || path.starts_with(['/', '\\']) {
        return Probe::Outside;
    }
    let inside = |path: &Path| {
        roots
            .iter()
            .any(|root| root.canonicalize().is_ok_and(|root| path.starts_with(root)))
    };
    let Ok(base) = root.canonicalize() else {
        return Probe::Unknown;
    };
    // `..` is resolved by name first: what is not there cannot be resolved by the system.
    let mut whole = base;
    for part in relative.components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            Component::Normal(name) => whole.push(name),
            _ => {}
        }
    }
    if !inside(&whole) {
        return Probe::Outside;
    }
    match whole.canonicalize() {
        Ok(real) if !inside(&real) => Probe::Outside,
        Ok(real) if real.is_dir() => Probe::Directory,
        Ok(_) => Probe::File,
        Err(error) if is_absence(&error) => Probe::Missing,
        Err(_) => Probe::Unknown,
    }
}
