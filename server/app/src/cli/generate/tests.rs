//! `generate tests`: tests that are to be filled in, in new files or behind those that are there.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use ide::Skeleton;
use text::Edit;
use trace::{FeatureId, ItemRef};
use workspace::Rewrite;

use crate::cli::load::{Depth, Loaded, load};
use crate::cli::rename::{Texts, diff, features, rewrites};
use crate::cli::{note, print};

#[derive(Debug, Args)]
pub(super) struct Tests {
    /// The feature (its directory, name or number), or an item of it: `003/US1`, `specs/003-auth#US1/AC2`
    what: String,
    /// Show what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Tests {
    pub(super) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Links)?;
        loaded.require_documents()?;
        let (feature, item) = self.meant(&loaded)?;
        let texts = Texts::default();
        let read = |file| texts.read(&loaded, file);
        let graph = &loaded.analysis.graph;
        let done = ide::skeletons(graph, feature, item, &read);
        let mut out = String::new();
        let mut files = Vec::new();
        let mut count = 0;
        for file in &done.files {
            count += file.items.len();
            if let Some(there) = file.file {
                let edits: Vec<_> = file.edits.iter().map(|it| (there, it.clone())).collect();
                for (file, before, rewrite) in rewrites(&loaded, &edits, &texts)? {
                    out += &diff(&loaded.shown(file), &before, &rewrite.after);
                    files.push(rewrite);
                }
            } else {
                let (path, after) = new(&loaded, file)?;
                out += &similar::TextDiff::from_lines("", &after)
                    .unified_diff()
                    .header("/dev/null", &format!("b/{}", file.path))
                    .to_string();
                files.push(Rewrite {
                    path,
                    before: None,
                    after,
                });
            }
        }
        let mut said = String::new();
        for file in &done.files {
            let tests = match file.items.len() {
                1 => "1 test".to_owned(),
                count => format!("{count} tests"),
            };
            let _ = writeln!(said, "  {}: {tests} ({})", file.path, file.framework);
        }
        for left in &done.left {
            let _ = writeln!(said, "  left: {left}");
        }
        if files.is_empty() {
            if done.left.is_empty() {
                let what = &self.what;
                print(&match done.tested {
                    0 => format!("`{what}` has no scenario or criterion to test.\n"),
                    _ => format!("Tests name every scenario and criterion of `{what}`.\n"),
                })?;
                return Ok(ExitCode::SUCCESS);
            }
            return Err(format!("no tests were written.\n{}", said.trim_end()));
        }
        let noun = if count == 1 { "test" } else { "tests" };
        if self.dry_run {
            print(&out)?;
            note(&format!(
                "{count} {noun} would be written.\n{}",
                said.trim_end()
            ));
            return Ok(ExitCode::SUCCESS);
        }
        workspace::rewrite(&files)?;
        print(&format!(
            "{count} {noun} to be filled in, from code facts, no AI. Each is skipped until then.\n{said}"
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    /// The feature or item that is asked for.
    fn meant(&self, loaded: &Loaded) -> Result<(FeatureId, Option<ItemRef>), String> {
        let what = self.what.trim_end_matches('/');
        let named: Vec<_> = features(loaded, Some(what)).collect();
        match named.as_slice() {
            [feature] => return Ok((feature.id, None)),
            [] => {}
            _ => {
                return Err(format!(
                    "`{what}` means several features; its path says which."
                ));
            }
        }
        let items = loaded.analysis.graph.look_up(what, None);
        match items.as_slice() {
            [item] => Ok((item.feature, Some(*item))),
            [] => Err(format!("there is no feature and no item `{what}`.")),
            many => Err(format!(
                "`{what}` means {} items; its feature before it says which: 003/{what}.",
                many.len()
            )),
        }
    }
}

/// Where a new file is on disk, and its text.
fn new(loaded: &Loaded, file: &Skeleton) -> Result<(PathBuf, String), String> {
    let folder = loaded.snapshot.roots.get(usize::from(file.root.0));
    let folder = folder.ok_or("the workspace folder is gone.")?;
    let edits: Vec<Edit> = file.edits.clone();
    let text = text::apply("", &edits).map_err(|error| format!("{error}."))?;
    Ok((folder.join(&file.path), text))
}
