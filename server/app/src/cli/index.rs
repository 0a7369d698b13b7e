//! `index`: what is kept for the next run; with `--export facts`, what this repository tells others of itself, for where
//! it is not checked out.

pub(super) mod kept;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use trace::RootId;
use workspace::Repository;

use super::json::{self, kind_name};
use super::load::{Depth, host, load_with};
use super::{note, print};
use kept::Kept;

/// Arguments of `index`.
#[derive(Debug, Args)]
pub(crate) struct Index {
    /// Workspace folder [default: the current directory]
    root: Option<PathBuf>,
    #[command(flatten)]
    kept: Kept,
    /// What to write
    #[arg(long, value_enum)]
    export: Option<Export>,
    /// Where to write it [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which repository, where the workspace has several [default: the first folder]
    #[arg(long, value_name = "NAME")]
    repository: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Export {
    /// Addresses of specs with the code linked to them, and what is named of other repositories; no text
    Facts,
}

impl Index {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let given: Vec<PathBuf> = roots.iter().chain(&self.root).cloned().collect();
        let Some(Export::Facts) = self.export else {
            return self.kept.run(&given);
        };
        let mut host = host(&given)?;
        host.want_endpoints();
        let loaded = load_with(&mut host, Depth::Links)?;
        let graph = &loaded.analysis.graph;
        let tree = &graph.inputs().tree;
        let at = match &self.repository {
            None => 0,
            Some(name) => tree
                .roots()
                .iter()
                .position(|root| root.name == *name)
                .ok_or_else(|| {
                    let names: Vec<&str> = tree.roots().iter().map(|it| it.name.as_str()).collect();
                    format!(
                        "no repository of this workspace is called `{name}`; they are {}.",
                        names.join(", ")
                    )
                })?,
        };
        let commit = loaded
            .snapshot
            .roots
            .get(at)
            .and_then(|root| Repository::discover(root))
            .and_then(|repository| repository.merge_base("HEAD").ok())
            .map(|commit| commit.short_id());
        let published = graph.publish(RootId(at as u16), commit, kind_name);
        let text = json::text(&published)?;
        match &self.output {
            None => print(&text)?,
            Some(path) => {
                std::fs::write(path, &text).map_err(|error| {
                    format!("{} could not be written: {error}.", path.display())
                })?;
                let items: usize = published.features.iter().map(|it| it.items.len()).sum();
                note(&format!(
                    "{}: {items} items of {} features, {} mentions of other repositories.",
                    path.display(),
                    published.features.len(),
                    published.mentions.len()
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
