//! `generate plan`: the plan of a feature, or what is missing of it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use ide::Analysis;
use workspace::Rewrite;

use crate::cli::load::{Depth, host, load_with};
use crate::cli::rename::{Texts, diff, features, rewrites};
use crate::cli::{note, print};

use super::refusals;

#[derive(Debug, Args)]
pub(super) struct Plan {
    /// The feature: its directory, name or number
    feature: String,
    /// Show what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Plan {
    pub(super) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let mut host = host(roots)?;
        // A project without contracts may have routes: then it has operations to write down.
        host.want_endpoints();
        let loaded = load_with(&mut host, Depth::Links)?;
        loaded.require_documents()?;
        let unit = self.feature.trim_end_matches('/');
        let mut found = features(&loaded, Some(unit));
        let feature = match (found.next(), found.next()) {
            (Some(feature), None) => feature,
            (None, _) => return Err(format!("there is no feature `{unit}`.")),
            _ => {
                return Err(format!(
                    "`{unit}` means several features; its path says which."
                ));
            }
        };
        let analysis = Analysis {
            today: workspace::today().map(Into::into),
            ..loaded.analysis.clone()
        };
        let manifests = loaded.snapshot.manifests();
        let Some(planned) = analysis.plan(feature.id, &manifests) else {
            let why = ide::unplanned(&analysis.graph, feature.id);
            return Err(refusals::unplanned(why, &feature.path));
        };
        let texts = Texts::default();
        let (mut shown, mut names, mut writes) = (String::new(), Vec::new(), Vec::new());
        for (file, _) in &planned.edits {
            texts
                .read(&loaded, *file)
                .map_err(|_| format!("{} cannot be written.", loaded.shown(*file)))?;
        }
        for (file, before, rewrite) in rewrites(&loaded, &planned.edits, &texts)? {
            shown += &diff(&loaded.shown(file), &before, &rewrite.after);
            names.push(format!("`{}`", loaded.shown(file)));
            writes.push(rewrite);
        }
        for new in planned.documents {
            let folder = loaded.snapshot.roots.get(usize::from(new.root.0));
            let folder = folder.ok_or("the workspace folder is gone.")?;
            shown += &similar::TextDiff::from_lines("", &new.text)
                .unified_diff()
                .header("/dev/null", &format!("b/{}", new.path))
                .to_string();
            names.push(format!("`{}`", new.path));
            writes.push(Rewrite {
                path: folder.join(&new.path),
                before: None,
                after: new.text,
            });
        }
        let names = names.join(", ");
        let asked = match planned.questions.len() {
            0 => String::new(),
            count => format!(" Questions it asks, as [NEEDS CLARIFICATION: ...]: {count}."),
        };
        if self.dry_run {
            print(&shown)?;
            note(&format!("Would be written: {names}.{asked}"));
            return Ok(ExitCode::SUCCESS);
        }
        workspace::rewrite(&writes)?;
        print(&format!(
            "Written from code facts, no AI: {names}.{asked}\n"
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
