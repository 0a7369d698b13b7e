//! The source tree that a plan draws, against the directories that are there.
//!
//! Only finished work is judged, and of each place only the newest plan that draws it: an older feature's plan is
//! history. Files are not looked at, and what is there under a longer path (`src/main/java/shop` for
//! `src/main/java/com/acme/shop`) is there.

mod sketch;

use smol_str::SmolStr;
use text::{FileId, TextRange};

pub(crate) use sketch::{Sketch, sketched};

use crate::Inputs;
use crate::feature::Feature;
use crate::history::{Fate, PathQuestion};
use crate::scope::Phase;
use crate::tree::{file_name, join, parent};

/// A tree of directories that a plan draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnTree {
    /// The plan.
    pub file: FileId,
    /// Bytes of its first name there.
    pub range: TextRange,
    /// Why nothing can be told of it, where it is no more than an idea.
    pub doubt: Option<&'static str>,
    /// Its directories, in the order of the lines; none with a doubt.
    pub directories: Vec<DrawnDirectory>,
}

/// A directory of a drawn tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnDirectory {
    /// Bytes of its name in the plan.
    pub range: TextRange,
    /// Bytes of what stands behind it on its line.
    pub note: TextRange,
    /// Its path, as the tree has it: without the name of the repository, and without a `/` at its end.
    pub path: SmolStr,
    /// Whether it is there.
    pub standing: DirectoryStanding,
}

/// Whether a drawn directory is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectoryStanding {
    /// It is.
    There,
    /// It is not, and a directory of that name and parent is at this path from the root, with fewer above it.
    At(SmolStr, PathQuestion),
    /// It is nowhere; what git says of it.
    Missing(Fate, PathQuestion),
    /// It is nowhere, and a plan that may be newer draws it, or what is around it.
    DrawnAnew,
    /// Cannot be told; the words say why.
    Unknown(&'static str),
}

impl DirectoryStanding {
    /// Whether it is at its place.
    #[must_use]
    pub fn is_there(&self) -> bool {
        matches!(self, Self::There | Self::Missing(Fate::Present, _))
    }
}

impl Feature {
    /// Whether the trees of its plan are to be looked for.
    pub(crate) fn has_built(&self) -> bool {
        self.phase == Phase::Done && !self.sketches.is_empty()
    }
}

/// What becomes of the trees of a finished feature's plan. `anew`: a plan that may be newer draws this path.
pub(crate) fn of_feature(
    feature: &Feature,
    inputs: &Inputs,
    anew: &dyn Fn(&str) -> bool,
) -> Vec<DrawnTree> {
    let Some(plan) = feature.plan().filter(|_| feature.has_built()) else {
        return Vec::new();
    };
    let look = Look {
        feature,
        inputs,
        beside: parent(&plan.path),
        anew,
    };
    let trees = feature.sketches.iter().map(|sketch| DrawnTree {
        file: plan.file,
        range: sketch.range,
        doubt: sketch.doubt,
        directories: if sketch.doubt.is_some() {
            Vec::new()
        } else {
            look.at(sketch)
        },
    });
    trees.collect()
}

/// A file that a plan's tree draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// Its path from the project's root, without the name of the repository.
    pub path: SmolStr,
    /// Bytes of what stands behind it on its line of the plan.
    pub note: TextRange,
    /// Whether it is there.
    pub exists: bool,
}

/// The files that the trees of a feature's plan draw, each once, in the order of the lines; those of trees that are no more than
/// an idea are left out. Made when asked for.
#[must_use]
pub fn planned_files(feature: &Feature, inputs: &Inputs) -> Vec<PlannedFile> {
    let Some(plan) = feature.plan() else {
        return Vec::new();
    };
    let look = Look {
        feature,
        inputs,
        beside: parent(&plan.path),
        anew: &|_| false,
    };
    let here = |path: &str| {
        let tree = &inputs.tree;
        let below = join(&feature.project.path, path);
        tree.file(feature.root, path).is_some()
            || below.is_some_and(|path| tree.file(feature.root, &path).is_some())
    };
    let mut planned: Vec<PlannedFile> = Vec::new();
    let sketches = feature.sketches.iter();
    for sketch in sketches.filter(|sketch| !sketch.is_idea) {
        let names = look.names_above(sketch, false);
        for file in &sketch.files {
            let Some(path) = below(&file.path, names).filter(|path| !is_of_documents(path)) else {
                continue;
            };
            if planned.iter().all(|known| known.path != path) {
                planned.push(PlannedFile {
                    path: path.into(),
                    note: file.note,
                    exists: here(path),
                });
            }
        }
    }
    planned
}

/// Whether a path leads into the directories of specs.
fn is_of_documents(path: &str) -> bool {
    let mut names = path.split('/');
    names.any(|name| matches!(name, "specs" | ".specify"))
}

struct Look<'a> {
    feature: &'a Feature,
    inputs: &'a Inputs,
    beside: &'a str,
    anew: &'a dyn Fn(&str) -> bool,
}

impl Look<'_> {
    /// How many names stand above the tree's own: one where its first is that of the repository. `built`: all of it is
    /// said to be there, so that what is nowhere below the first name tells nothing.
    fn names_above(&self, sketch: &Sketch, built: bool) -> usize {
        let there = |names: usize| {
            let paths = sketch.directories.iter();
            let paths = paths.filter_map(|each| below(&each.path, names));
            paths.filter(|path| self.is_there(path)).count()
        };
        let (whole, inside) = (there(0), there(1));
        let is_named = if built {
            inside >= whole
        } else {
            inside > whole
        };
        usize::from(sketch.has_one_top() && is_named)
    }

    /// The directories of a tree.
    fn at(&self, sketch: &Sketch) -> Vec<DrawnDirectory> {
        let names = self.names_above(sketch, true);
        let drawn = sketch.directories.iter().filter_map(|each| {
            let path = below(&each.path, names)?;
            Some(DrawnDirectory {
                range: each.range,
                note: each.note,
                path: path.into(),
                standing: self.standing(path, &each.path, sketch),
            })
        });
        drawn.collect()
    }

    fn standing(&self, path: &str, written: &str, sketch: &Sketch) -> DirectoryStanding {
        if self.is_there(path) {
            return DirectoryStanding::There;
        }
        if self.inputs.tree.roots().iter().any(|root| root.absent) {
            return DirectoryStanding::Unknown("a repository of the workspace is not here");
        }
        if path.split('/').any(|segment| segment.starts_with('.')) {
            return DirectoryStanding::Unknown("the walk leaves out what is hidden");
        }
        if (self.anew)(written) {
            return DirectoryStanding::DrawnAnew;
        }
        let question = PathQuestion {
            root: self.feature.root,
            project: self.feature.project.path.clone(),
            directory: self.beside.into(),
            path: path.into(),
            anchored: false,
        };
        let fate = self.inputs.history.fate(&question);
        // The walk leaves out what is on disk all the same.
        let gone = matches!(fate, Fate::Never { .. });
        match self.elsewhere(path, sketch).filter(|_| gone) {
            Some(to) => DirectoryStanding::At(to, question),
            None => DirectoryStanding::Missing(fate, question),
        }
    }

    /// Whether some directory of the workspace may be the one that is meant.
    fn is_there(&self, path: &str) -> bool {
        let tree = &self.inputs.tree;
        let root = self.feature.root;
        let here = |full: &str| tree.has_dir(root, full);
        here(path)
            || join(&self.feature.project.path, path).is_some_and(|full| here(&full))
            || (0..tree.roots().len()).any(|at| {
                let root = crate::RootId(at as u16);
                let mut named = tree.dirs_ending_with(root, file_name(path));
                named.any(|full| holds_in_order(full, path))
            })
    }

    /// The only directory with the same two last names that leaves out some above them, if the tree does not draw it.
    fn elsewhere(&self, path: &str, sketch: &Sketch) -> Option<SmolStr> {
        let around = parent(path);
        let two = format!("{}/{}", file_name(around), file_name(path));
        if around.is_empty() {
            return None;
        }
        let root = self.feature.root;
        let mut found = self.inputs.tree.dirs_ending_with(root, &two);
        let only = found.next().filter(|_| found.next().is_none())?;
        let drawn = sketch
            .directories
            .iter()
            .any(|each| each.path == *only || below(&each.path, 1) == Some(only));
        (!drawn && holds_in_order(path, only)).then(|| only.into())
    }
}

/// A path without its first names; `None` where nothing is left.
fn below(path: &str, names: usize) -> Option<&str> {
    (0..names).try_fold(path, |path, _| Some(path.split_once('/')?.1))
}

/// Whether all segments of `part` stand in `whole`, in that order.
fn holds_in_order(whole: &str, part: &str) -> bool {
    let mut segments = whole.split('/');
    part.split('/')
        .all(|wanted| segments.by_ref().any(|segment| segment == wanted))
}
