//! `generate`: documents that facts tell, as new files. What is there is never touched.

mod plan;
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use workspace::Rewrite;

use super::load::{Depth, load};
use super::rename::features;
use super::{note, print};

/// Arguments of `generate`.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// tasks.md from the documents beside it, as the project writes its own
    Tasks(Tasks),
    /// The delta of a change from main specs that were edited since the last commit; the main specs are put back
    Delta(super::delta::Delta),
    /// plan.md or design.md from what is wanted and what is there; of a plan that is there, what is missing
    Plan(plan::Plan),
    /// Tests to be filled in, from scenarios and criteria that no test names, as the project writes its own
    Tests(tests::Tests),
}

#[derive(Debug, Args)]
struct Tasks {
    /// The feature: its directory, name or number
    feature: String,
    /// Show what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Generate {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        match &self.what {
            What::Tasks(tasks) => tasks.run(roots),
            What::Delta(delta) => delta.run(roots),
            What::Plan(plan) => plan.run(roots),
            What::Tests(tests) => tests.run(roots),
        }
    }
}

impl Tasks {
    fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Links)?;
        loaded.require_documents()?;
        let unit = self.feature.trim_end_matches('/');
        let found: Vec<_> = features(&loaded, Some(unit)).collect();
        let feature = match found.as_slice() {
            [feature] => *feature,
            [] => return Err(format!("there is no feature `{unit}`.")),
            _ => {
                return Err(format!(
                    "`{unit}` means several features; its path says which."
                ));
            }
        };
        let spec = feature.documents.first();
        let Some(new) = spec.and_then(|spec| loaded.analysis.task_list(spec.file)) else {
            return Err(format!(
                "`{}` has a tasks.md, or not the documents to write one from: a spec with user stories and a plan, requirements and a design, or a proposal and deltas.",
                feature.path
            ));
        };
        let asked = match new.questions.len() {
            0 => String::new(),
            1 => " It asks one question: [NEEDS CLARIFICATION: ...].".to_owned(),
            count => format!(" It asks {count} questions: [NEEDS CLARIFICATION: ...]."),
        };
        if self.dry_run {
            let diff = similar::TextDiff::from_lines("", &new.text)
                .unified_diff()
                .header("/dev/null", &format!("b/{}", new.path))
                .to_string();
            print(&diff)?;
            note(&format!("`{}` would be written.{asked}", new.path));
            return Ok(ExitCode::SUCCESS);
        }
        let folder = loaded.snapshot.roots.get(usize::from(new.root.0));
        let Some(folder) = folder else {
            return Err("the workspace folder is gone.".to_owned());
        };
        workspace::rewrite(&[Rewrite {
            path: folder.join(&new.path),
            before: None,
            after: new.text,
        }])?;
        print(&format!(
            "`{}` is written, from code facts, no AI.{asked}\n",
            new.path
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
