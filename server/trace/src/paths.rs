//! What a path named in a document leads to (design section 4): from the project root, the feature directory, the
//! document's directory, the workspace root, then by unique suffix, then in the repository it begins with, then by git
//! history.

use grammar::PathMention;
use smol_str::SmolStr;
use text::FileId;

use crate::feature::Feature;
use crate::history::{Fate, PathQuestion};
use crate::tree::{file_name, join, parent};
use crate::{Graph, Inputs, RootId};

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
    /// Not known yet: the workspace was not walked.
    Unread,
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
    if mention.glob || names_no_file(written) {
        return (Resolution::Outside, None);
    }
    let path = written.trim_start_matches('/').trim_end_matches('/');
    if let Some((found, _)) = here(inputs, bases, path) {
        return (found, None);
    }
    if inputs.tree.is_partial() {
        return (Resolution::Unread, None);
    }
    let Some(clean) = ending(path) else {
        return (Resolution::Outside, None);
    };
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

/// From where a path is written that leads somewhere in this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathBase {
    /// The directory of the project.
    Project,
    /// The directory of the feature.
    Feature,
    /// The directory of the document.
    Document,
    /// The workspace root.
    Root,
    /// The directory of the feature, under the name of a place where it stood before.
    Former,
    /// Nowhere: it is how the path ends.
    Suffix,
    /// The directory around the repositories of the workspace.
    Repositories,
}

impl Graph {
    /// Where `path` leads in a document of a feature, and from where it is written, if it leads somewhere: the path as
    /// [`grammar::PathMention::path`] has it. `anchored`: it is written with `./` before it. The document need not be
    /// there.
    #[must_use]
    pub fn path_from(
        &self,
        feature: &Feature,
        document: &str,
        path: &str,
        anchored: bool,
    ) -> Option<(Resolution, PathBase)> {
        let bases = Bases {
            root: feature.root,
            project: &feature.project.path,
            feature: &feature.path,
            document,
            anchored,
        };
        if names_no_file(path) {
            return None;
        }
        let bare = path.trim_start_matches('/').trim_end_matches('/');
        if let Some(found) = here(self.inputs(), bases, bare) {
            return Some(found);
        }
        if path.starts_with('/') || path.starts_with('.') && !path.starts_with("../") {
            return None;
        }
        match in_other_root(self.inputs(), bases.root, &ending(bare)?)?.0 {
            found @ Resolution::File(_) => Some((found, PathBase::Repositories)),
            _ => None,
        }
    }
}

/// Whether this is no path of the workspace, or not one path: home, glob, variable, drive.
fn names_no_file(written: &str) -> bool {
    written.starts_with(['~', '$']) || written.contains(['{', '<', '*', '$', '\\', ':'])
}

/// What is there in this root, from one of the bases or by how the path ends.
fn here(inputs: &Inputs, bases: Bases<'_>, path: &str) -> Option<(Resolution, PathBase)> {
    if let Some(found) = from_a_base(inputs, bases, path) {
        return Some(found);
    }
    if bases.anchored || inputs.tree.is_partial() {
        return None;
    }
    let found = by_suffix(inputs, bases.root, &ending(path)?)?;
    Some((found, PathBase::Suffix))
}

/// What a path says of the end of the one that is meant; `None` where it says nothing.
fn ending(path: &str) -> Option<String> {
    join("", path.trim_start_matches("../")).filter(|ending| !ending.is_empty())
}

/// What is there from the first base that has something.
fn from_a_base(inputs: &Inputs, bases: Bases<'_>, path: &str) -> Option<(Resolution, PathBase)> {
    let mut tried: Vec<String> = Vec::new();
    for (base, directory) in [
        (PathBase::Project, bases.project),
        (PathBase::Feature, bases.feature),
        (PathBase::Document, parent(bases.document)),
        (PathBase::Root, ""),
    ] {
        let Some(full) = join(directory, path) else {
            continue;
        };
        if full.is_empty() || tried.contains(&full) {
            continue;
        }
        if let Some(file) = inputs.tree.file(bases.root, &full) {
            return Some((Resolution::File(file), base));
        }
        // What the nearer base has counts.
        if !inputs.tree.tells(bases.root, &full) {
            return None;
        }
        if inputs.tree.has_dir(bases.root, &full) {
            return Some((Resolution::Directory(full.into()), base));
        }
        tried.push(full);
    }
    // A feature that was moved whole: `specs/064-x/spec.md` in a document of `specs/archive/064-x`.
    let name = file_name(bases.feature);
    let mut names = path.match_indices('/').map(|(at, _)| at);
    let below = names.find_map(|at| {
        let end = path[..at].ends_with(name) && !name.is_empty();
        let begin = at.checked_sub(name.len())?;
        (end && (begin == 0 || path[..begin].ends_with('/'))).then(|| &path[at + 1..])
    })?;
    let full = join(bases.feature, below)?;
    let file = inputs.tree.file(bases.root, &full)?;
    Some((Resolution::File(file), PathBase::Former))
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
        None => Resolution::Directory(first.into()),
    })
}
