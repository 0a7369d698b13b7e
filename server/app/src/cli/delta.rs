//! `generate delta`: main specs that were edited by hand since the last commit, as deltas of a change; the main specs are
//! put back.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use documents::DocumentKind;
use rules::Locale;
use workspace::{Repository, Rewrite, link_on};

use super::load::{Depth, load, writable};
use super::{archive, note, print};

/// Arguments of `generate delta`.
#[derive(Debug, Args)]
pub(crate) struct Delta {
    /// The change: its name or its directory
    change: String,
    /// Show what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Delta {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Findings)?;
        loaded.require_documents()?;
        let analysis = &loaded.analysis;
        let locale = Locale::default();
        let change = archive::change_named(analysis, &self.change)?;
        let folder = loaded.snapshot.roots.get(usize::from(change.root.0));
        let folder = folder.ok_or("the workspace folder is gone.")?;
        let repository = Repository::discover(folder)
            .ok_or("there is no git repository whose last commit tells how the main specs were.")?;
        let features = analysis.graph.features().iter();
        let specs = features
            .filter(|it| it.project.id == change.project.id)
            .filter_map(|it| Some((it, it.document_of(DocumentKind::OpenSpecCapability)?)));
        let mut files = Vec::new();
        let mut diff = String::new();
        let mut told = Vec::new();
        for (spec, document) in specs {
            let Some(path) = analysis.delta_path(spec, change) else {
                continue;
            };
            let committed = repository.committed([document.path.as_str()]);
            let Some((_, before)) = committed.into_iter().next() else {
                told.push(format!("`{}` is in no commit yet.", document.path));
                continue;
            };
            let (after, hash) = writable(loaded.snapshot.now(document.file))
                .map_err(|_| format!("`{}` cannot be read.", document.path))?;
            if before.replace("\r\n", "\n") == after.replace("\r\n", "\n") {
                continue;
            }
            if let Some(link) = link_on(folder, &path).or_else(|| link_on(folder, &document.path)) {
                return Err(format!(
                    "`{link}` is a symbolic link: nothing is written behind it."
                ));
            }
            if folder.join(&path).exists() {
                return Err(format!("`{path}` is there already: it says what changes."));
            }
            let drafted = analysis
                .draft_delta(&before, &after, locale)
                .map_err(|why| format!("`{}`: {why}", document.path))?;
            for each in &drafted.unlike {
                told.push(format!(
                    "`{}`: {}",
                    document.path,
                    ide::unlike(*each, locale)
                ));
            }
            for (path, before, after) in [
                (path.as_str(), "", &drafted.delta),
                (document.path.as_str(), &*after, &drafted.main),
            ] {
                let from = if before.is_empty() {
                    "/dev/null".to_owned()
                } else {
                    format!("a/{path}")
                };
                diff += &similar::TextDiff::from_lines(before, after)
                    .unified_diff()
                    .header(&from, &format!("b/{path}"))
                    .to_string();
            }
            files.push(Rewrite {
                path: folder.join(&path),
                before: None,
                after: drafted.delta,
            });
            files.push(Rewrite {
                path: folder.join(document.path.as_str()),
                before: Some(hash),
                after: drafted.main,
            });
            told.push(format!("`{path}` says what `{}` said.", document.path));
        }
        if files.is_empty() {
            told.push("no main spec was edited since the last commit.".to_owned());
        }
        if self.dry_run {
            print(&diff)?;
        } else {
            workspace::rewrite(&files)?;
        }
        for each in told {
            note(&each);
        }
        Ok(ExitCode::SUCCESS)
    }
}
