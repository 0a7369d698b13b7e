//! What a path named in a document leads to (design section 4): from the project root, the feature directory, the
//! document's directory, the workspace root, then by unique suffix, then in the repository it begins with, then by git
//! history.

use grammar::PathMention;
use smol_str::SmolStr;
use text::FileId;

use crate::history::{Fate, PathQuestion};
use crate::tree::{join, parent};
use crate::{Inputs, RootId};

/// Where a named path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One file.
    File(FileId),
    /// A directory that holds files, from the root.
    Directory(SmolStr),
    /// Several files end in this path.
    Several(Vec<FileId>),
    /// Several directories end in this path.
    SeveralDirectories,
    /// Not a path of this workspace, or not one path: home, absolute, glob, variable.
    Outside,
    /// Nothing in the tree; what git says of it.
    Missing(Fate),
}

impl Resolution {
    /// The files it leads to.
    #[must_use]
    pub fn files(&self) -> &[FileId] {
        match self {
            Self::File(file) => std::slice::from_ref(file),
            Self::Several(files) => files,
            _ => &[],
        }
    }

    /// Whether something is there now.
    #[must_use]
    pub fn exists(&self) -> bool {
        matches!(
            self,
            Self::File(_)
                | Self::Directory(_)
                | Self::Several(_)
                | Self::SeveralDirectories
                | Self::Missing(Fate::Present)
        )
    }
}

/// Directories a path may be relative to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bases<'a> {
    pub(crate) root: RootId,
    pub(crate) project: &'a str,
    pub(crate) feature: &'a str,
    /// Path of the document itself.
    pub(crate) document: &'a str,
    /// The author wrote `./` before it: it starts at one of the bases, and nowhere below.
    pub(crate) anchored: bool,
}

/// Resolves one mention; the second part is the question to ask git when nothing is there.
pub(crate) fn resolve(
    inputs: &Inputs,
    bases: Bases<'_>,
    mention: &PathMention,
) -> (Resolution, Option<PathQuestion>) {
    let written = mention.path.as_str();
    if mention.glob
        || written.starts_with(['~', '$'])
        || written.contains(['{', '<', '*', '$', '\\', ':'])
    {
        return (Resolution::Outside, None);
    }
    let path = written.trim_start_matches('/').trim_end_matches('/');
    let mut tried: Vec<String> = Vec::new();
    for base in [bases.project, bases.feature, parent(bases.document), ""] {
        let Some(full) = join(base, path) else {
            continue;
        };
        if full.is_empty() || tried.contains(&full) {
            continue;
        }
        if let Some(file) = inputs.tree.file(bases.root, &full) {
            return (Resolution::File(file), None);
        }
        if inputs.tree.has_dir(bases.root, &full) {
            return (Resolution::Directory(full.into()), None);
        }
        tried.push(full);
    }
    let Some(clean) = join("", path.trim_start_matches("../")).filter(|clean| !clean.is_empty())
    else {
        return (Resolution::Outside, None);
    };
    if !bases.anchored
        && let Some(found) = by_suffix(inputs, bases.root, &clean)
    {
        return (found, None);
    }
    if (written.starts_with("../") || !written.starts_with(['/', '.']))
        && let Some(found) = in_other_root(inputs, bases.root, &clean)
    {
        return found;
    }
    if written.starts_with('/') {
        // `/api/users` is a route or a path of another machine as likely as a file.
        return (Resolution::Outside, None);
    }
    let question = PathQuestion {
        root: bases.root,
        project: bases.project.into(),
        directory: parent(bases.document).into(),
        path: clean.into(),
        anchored: bases.anchored,
    };
    (
        Resolution::Missing(inputs.history.fate(&question)),
        Some(question),
    )
}

/// Where a path leads that begins with the name of another repository of the workspace: `web/src/app.ts`,
/// `../web/src/app.ts`. Nothing is known of one that is not checked out.
fn in_other_root(
    inputs: &Inputs,
    home: RootId,
    path: &str,
) -> Option<(Resolution, Option<PathQuestion>)> {
    let (name, rest) = path.split_once('/')?;
    let roots = (0..).map(RootId).zip(inputs.tree.roots());
    let (root, found) = roots
        .filter(|(id, _)| *id != home)
        .find(|(_, root)| root.name == name)?;
    if found.absent || inputs.tree.has_dir(root, rest) {
        return Some((Resolution::Outside, None));
    }
    if let Some(file) = inputs.tree.file(root, rest) {
        return Some((Resolution::File(file), None));
    }
    let question = PathQuestion {
        root,
        project: SmolStr::default(),
        directory: SmolStr::default(),
        path: rest.into(),
        anchored: true,
    };
    let fate = inputs.history.fate(&question);
    // A clone that was not pulled for long does not know what is new there.
    let resolution = match fate {
        Fate::Never { .. } => Resolution::Outside,
        told => Resolution::Missing(told),
    };
    Some((resolution, Some(question)))
}

/// The files, else the directories, whose path ends in `path`. One segment says too little of a directory: every
/// package has its `tests/`.
fn by_suffix(inputs: &Inputs, root: RootId, path: &str) -> Option<Resolution> {
    let mut files = inputs.tree.ending_with(root, path);
    match files.len() {
        0 => {}
        1 => return Some(Resolution::File(files[0])),
        _ => {
            files.sort_unstable();
            return Some(Resolution::Several(files));
        }
    }
    if !path.contains('/') {
        return None;
    }
    let mut directories = inputs.tree.dirs_ending_with(root, path);
    let first = directories.next()?;
    Some(match directories.next() {
        Some(_) => Resolution::SeveralDirectories,
        None => Resolution::Directory(first.clone()),
    })
}
