//! New features, specs, changes and capabilities: the documents their format begins with, numbered, named and worded as
//! the project's own. What only people know is asked in the text. Nothing that is there is touched.

mod kiro;
mod name;
mod openspec;
mod speckit;
mod template;
mod words;

use documents::Format;
use text::FileId;
use trace::{Graph, Project};

use crate::rename::Texts;
use crate::tasks::NewDocument;
use name::Name;

pub use kiro::next_requirement;

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A feature of Spec Kit: its directory with `spec.md`.
    Feature,
    /// A spec of Kiro: its directory with `requirements.md`.
    Spec,
    /// A change of `OpenSpec`: a proposal with a delta for each capability it touches.
    Change,
    /// A capability of `OpenSpec`: its main spec.
    Capability,
}

impl Unit {
    /// The format whose unit it is.
    #[must_use]
    pub fn format(self) -> Format {
        match self {
            Self::Feature => Format::SpecKit,
            Self::Spec => Format::Kiro,
            Self::Change | Self::Capability => Format::OpenSpec,
        }
    }
}

/// What somebody asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What is made.
    pub unit: Unit,
    /// What it is called: words, or the name of its directory.
    pub name: &'a str,
    /// What its title says, if that is more than its name.
    pub title: Option<&'a str>,
    /// Capabilities that a change touches, by path.
    pub capabilities: &'a [String],
    /// Directory of the project, where there are several.
    pub project: Option<&'a str>,
    /// The moment: `2026-11-22T14:05:26+01:00`.
    pub now: &'a str,
    /// Names of git's branches, whose numbers are taken.
    pub branches: &'a [String],
}

/// Why nothing is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmade {
    /// There is no project of the format.
    NoProject(Format),
    /// Several projects may be meant: their directories.
    Several(Vec<String>),
    /// A name that no directory can have in this format.
    Name(String),
    /// A name whose words are lost where only ASCII letters are written.
    NotAscii(String),
    /// A title that Markdown would read as something else.
    Title(String),
    /// Something of this name is there.
    Taken(String),
    /// A change needs a capability.
    NoCapability,
    /// The clock says no moment.
    NoClock,
}

/// The documents of a new unit, first the one to begin with.
///
/// # Errors
/// Why there are none.
pub fn scaffold(
    graph: &Graph,
    texts: &Texts<'_>,
    wanted: &Wanted<'_>,
) -> Result<Vec<NewDocument>, Unmade> {
    let project = project(graph, wanted)?;
    if wanted.now.get(..19).is_none() {
        return Err(Unmade::NoClock);
    }
    let here = Here {
        graph,
        texts,
        project,
        wanted,
    };
    match wanted.unit {
        Unit::Feature => speckit::feature(&here),
        Unit::Spec => kiro::spec(&here),
        Unit::Change => openspec::change(&here),
        Unit::Capability => openspec::capability(&here),
    }
}

/// The one project of the format that can be meant: named, or at a root.
fn project<'a>(graph: &'a Graph, wanted: &Wanted<'_>) -> Result<&'a Project, Unmade> {
    let format = wanted.unit.format();
    let all = graph.projects().iter().map(AsRef::as_ref);
    let mut fitting: Vec<&Project> = all.filter(|it| it.format == format).collect();
    if let Some(dir) = wanted.project {
        let dir = dir.trim_end_matches('/').trim_start_matches("./");
        let dir = if dir == "." { "" } else { dir };
        fitting.retain(|it| it.path == dir || shown(graph, it) == dir);
    } else if fitting.len() > 1 {
        let at_root: Vec<&Project> = fitting
            .iter()
            .copied()
            .filter(|it| it.path.is_empty())
            .collect();
        if at_root.len() == 1 {
            fitting = at_root;
        }
    }
    match fitting.as_slice() {
        [one] => Ok(one),
        [] => Err(Unmade::NoProject(format)),
        several => Err(Unmade::Several(
            several.iter().map(|it| shown(graph, it)).collect(),
        )),
    }
}

/// The directory of a project as people name it.
fn shown(graph: &Graph, project: &Project) -> String {
    let tree = &graph.inputs().tree;
    let path = tree.qualified(project.root, &project.path);
    let path = path.unwrap_or_else(|| project.path.to_string());
    if path.is_empty() {
        ".".to_owned()
    } else {
        path
    }
}

/// A project in which something is made.
struct Here<'a> {
    graph: &'a Graph,
    texts: &'a Texts<'a>,
    project: &'a Project,
    wanted: &'a Wanted<'a>,
}

impl Here<'_> {
    /// `2026-11-22`
    fn today(&self) -> &str {
        &self.wanted.now[..10]
    }

    /// A path from the workspace folder to what stands below the project.
    fn below(&self, path: &str) -> String {
        if self.project.path.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.project.path)
        }
    }

    fn name(&self) -> Result<Name, Unmade> {
        Name::of(self.wanted.name, self.wanted.title)
    }

    /// Whether anything is at a path of the workspace folder.
    fn is_there(&self, path: &str) -> bool {
        let tree = &self.graph.inputs().tree;
        tree.has_dir(self.project.root, path) || tree.file(self.project.root, path).is_some()
    }

    /// The text of a file of the project, if there is one that can be read.
    fn text(&self, path: &str) -> Option<std::sync::Arc<str>> {
        let tree = &self.graph.inputs().tree;
        let file: FileId = tree.file(self.project.root, &self.below(path))?;
        (self.texts)(file).ok()
    }

    fn document(&self, path: String, text: String) -> NewDocument {
        NewDocument {
            root: self.project.root,
            path,
            questions: words::questions(&text),
            text,
        }
    }
}
