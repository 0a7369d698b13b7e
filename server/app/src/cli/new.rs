//! `new`: the documents that a feature, spec, change or capability begins with. What is there is never touched.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use ide::{NewDocument, Unit, Wanted};
use rules::Locale;
use workspace::{Repository, Rewrite, link_on};

use super::load::{Depth, Loaded, load, writable};
use super::{note, print};

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(crate) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A feature of Spec Kit: the next number, and spec.md from the project's template
    Feature(Named),
    /// A spec of Kiro or cc-sdd: requirements.md as the specs beside it are written
    Spec(Named),
    /// A change of OpenSpec: a proposal, and a delta for each capability
    Change {
        /// What it is called: words, or the name of its directory
        name: String,
        /// The capabilities it touches, known or new
        #[arg(required = true)]
        capabilities: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// A capability of OpenSpec: its main spec
    Capability {
        /// Its path: `user-auth`, `identity/user-auth`
        name: String,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Debug, Args)]
struct Named {
    /// What it is called: words, or the name of its directory
    #[arg(required = true)]
    name: Vec<String>,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, Args)]
struct How {
    /// What its title says, where the name is short
    #[arg(long)]
    title: Option<String>,
    /// The directory of the project, where there are several
    #[arg(long, value_name = "DIR")]
    project: Option<String>,
    /// Show what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl New {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let none = &Vec::new();
        let (unit, name, capabilities, how) = match &self.what {
            What::Feature(named) => (Unit::Feature, named.name.join(" "), none, &named.how),
            What::Spec(named) => (Unit::Spec, named.name.join(" "), none, &named.how),
            What::Change {
                name,
                capabilities,
                how,
            } => (Unit::Change, name.clone(), capabilities, how),
            What::Capability { name, how } => (Unit::Capability, name.clone(), none, how),
        };
        let loaded = load(roots, Depth::Findings)?;
        let branches = branches(&loaded.snapshot.roots);
        let texts = |file| writable(loaded.snapshot.now(file)).map(|(text, _)| text);
        let wanted = Wanted {
            unit,
            name: &name,
            title: how.title.as_deref(),
            capabilities,
            project: how.project.as_deref(),
            now: &workspace::now().unwrap_or_default(),
            branches: &branches,
        };
        let new = loaded
            .analysis
            .scaffold(&texts, &wanted, Locale::default())?;
        write(&loaded, &new, how.dry_run)
    }
}

/// Names of the branches of all roots.
pub(crate) fn branches(roots: &[PathBuf]) -> Vec<String> {
    let repositories = roots.iter().filter_map(|root| Repository::discover(root));
    repositories.flat_map(|it| it.branches()).collect()
}

/// Writes new documents, all or none, or shows them.
fn write(loaded: &Loaded, new: &[NewDocument], dry_run: bool) -> Result<ExitCode, String> {
    let mut files = Vec::new();
    let mut out = String::new();
    for document in new {
        let folder = loaded.snapshot.roots.get(usize::from(document.root.0));
        let folder = folder.ok_or("the workspace folder is gone.")?;
        if let Some(link) = link_on(folder, &document.path) {
            return Err(format!(
                "`{link}` is a symbolic link: nothing is written behind it."
            ));
        }
        if dry_run {
            out += &similar::TextDiff::from_lines("", &document.text)
                .unified_diff()
                .header("/dev/null", &format!("b/{}", document.path))
                .to_string();
        } else {
            let asked = match document.questions.len() {
                0 => String::new(),
                1 => " It asks one question: [NEEDS CLARIFICATION: ...].".to_owned(),
                count => format!(" It asks {count} questions: [NEEDS CLARIFICATION: ...]."),
            };
            let path = &document.path;
            let _ = writeln!(out, "`{path}` is written, from code facts, no AI.{asked}");
        }
        files.push(Rewrite {
            path: folder.join(&document.path),
            before: None,
            after: document.text.clone(),
        });
    }
    if !dry_run {
        workspace::rewrite(&files)?;
    }
    print(&out)?;
    if dry_run {
        note(&format!("{} would be written.", counted(files.len())));
    }
    Ok(ExitCode::SUCCESS)
}

fn counted(files: usize) -> String {
    if files == 1 {
        "one file".to_owned()
    } else {
        format!("{files} files")
    }
}
