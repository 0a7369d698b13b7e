//! Where a Markdown link leads: from the directory of its document, and from nowhere else.

use smol_str::SmolStr;
use text::FileId;

use crate::Inputs;
use crate::history::{Fate, PathQuestion};
use crate::paths::Bases;
use crate::tree::{join, parent};

/// A Markdown link and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HyperlinkEnd {
    /// Document it stands in.
    pub file: FileId,
    /// Which of the document's links (`Document::hyperlinks`).
    pub link: u32,
    /// Where it leads.
    pub end: End,
    /// What git was asked, when nothing is there.
    pub question: Option<PathQuestion>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// A file, perhaps the document itself.
    File(FileId),
    /// A directory that holds files.
    Directory,
    /// It leaves the workspace folder, or starts at a root that is not its.
    Outside,
    /// Nothing in the tree.
    Missing {
        /// Path from the workspace root that it leads to.
        path: SmolStr,
        /// What disk and git say of it.
        fate: Fate,
        /// The one file that was likely meant, written as a link from the document.
        instead: Option<SmolStr>,
    },
}

/// Follows the link `path` of a document.
pub(crate) fn follow(
    inputs: &Inputs,
    bases: Bases<'_>,
    document: FileId,
    path: &str,
) -> (End, Option<PathQuestion>) {
    if path.is_empty() {
        return (End::File(document), None);
    }
    let from = parent(bases.document);
    let full = if path.starts_with('/') {
        join("", path)
    } else {
        join(from, path)
    };
    let Some(full) = full else {
        return (End::Outside, None);
    };
    if let Some(file) = inputs.tree.file(bases.root, &full) {
        return (End::File(file), None);
    }
    if full.is_empty() || inputs.tree.has_dir(bases.root, &full) {
        return (End::Directory, None);
    }
    if path.starts_with('/') {
        return (End::Outside, None);
    }
    let question = PathQuestion {
        root: bases.root,
        project: SmolStr::default(),
        directory: from.into(),
        path: full.clone().into(),
        // A link leads to one place; a file elsewhere whose path ends like it is another.
        anchored: true,
    };
    let end = End::Missing {
        fate: inputs.history.fate(&question),
        instead: meant(inputs, bases, path).map(|meant| relative(from, &meant)),
        path: full.into(),
    };
    (end, Some(question))
}

/// The file that is there when the same path is read from the project's root, the feature's directory or the workspace
/// root, else the feature's only file of that name; where the link names directories, too, in those.
fn meant(inputs: &Inputs, bases: Bases<'_>, path: &str) -> Option<String> {
    let there = |base: &str| {
        let full = join(base, path)?;
        inputs.tree.file(bases.root, &full).map(|_| full)
    };
    if let Some(found) = [bases.project, bases.feature, ""]
        .into_iter()
        .find_map(there)
    {
        return Some(found);
    }
    let mut tail = path;
    while let Some(rest) = ["./", "../"].iter().find_map(|up| tail.strip_prefix(up)) {
        tail = rest;
    }
    let mut alike = inputs
        .tree
        .below(bases.root, bases.feature)
        .filter(|(_, path)| {
            path.strip_suffix(tail)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        });
    match (alike.next(), alike.next()) {
        (Some((_, only)), None) => Some(only.to_string()),
        _ => None,
    }
}

/// The way from a directory to a file.
fn relative(from: &str, to: &str) -> SmolStr {
    let mut from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let mut to: Vec<&str> = to.split('/').collect();
    while to.len() > 1 && from.first() == to.first() {
        from.remove(0);
        to.remove(0);
    }
    let up = std::iter::repeat_n("..", from.len());
    SmolStr::from(up.chain(to).collect::<Vec<_>>().join("/"))
}

/// The way from a document to a file of the same root, as a link writes it.
#[must_use]
pub fn link_to(document: &str, file: &str) -> SmolStr {
    relative(parent(document), file)
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn ways_go_up_and_down() {
        for (from, to, way) in [
            ("specs/001-a", "specs/001-a/plan.md", "plan.md"),
            (
                "specs/001-a/checklists",
                "specs/001-a/spec.md",
                "../spec.md",
            ),
            ("specs/001-a", "src/a.rs", "../../src/a.rs"),
            ("", "src/a.rs", "src/a.rs"),
            ("a/b", "a/b", "../b"),
        ] {
            assert_eq!(relative(from, to), way);
        }
    }
}
