//! `generate`: documents that facts tell, as new files; a list or plan that is there gets only what it leaves out.

mod plan;
mod refusals;
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use ide::Generated;
use workspace::Rewrite;

use super::load::{Depth, Loaded, load};
use super::rename::{Texts, diff, features, rewrites};
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
    /// Add a phase to the list of Spec Kit that is there, with a task for each place where code and documents are known to
    /// have parted
    #[arg(long)]
    converge: bool,
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
        if self.converge {
            let parted = spec.and_then(|spec| loaded.analysis.convergence(spec.file));
            let parted = parted.ok_or_else(|| refusals::converged(&feature.path))?;
            return self.add(&loaded, &parted);
        }
        let Some(new) = spec.and_then(|spec| loaded.analysis.task_list(spec.file)) else {
            if let Some(generated) =
                spec.and_then(|spec| loaded.analysis.uncovered_tasks(spec.file))
            {
                return self.add(&loaded, &generated);
            }
            let why = ide::unlisted(&loaded.analysis.graph, feature.id);
            return Err(refusals::unlisted(why, &feature.path));
        };
        let asked = asked(&new.questions);
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

    /// Adds to a list that is there what it leaves out.
    fn add(&self, loaded: &Loaded, generated: &Generated) -> Result<ExitCode, String> {
        let asked = asked(&generated.questions);
        let texts = Texts::default();
        for (file, _) in &generated.edits {
            texts
                .read(loaded, *file)
                .map_err(|_| format!("{} cannot be written.", loaded.shown(*file)))?;
        }
        let (mut shown, mut names, mut writes) = (String::new(), Vec::new(), Vec::new());
        for (file, before, rewrite) in rewrites(loaded, &generated.edits, &texts)? {
            shown += &diff(&loaded.shown(file), &before, &rewrite.after);
            names.push(format!("`{}`", loaded.shown(file)));
            writes.push(rewrite);
        }
        let names = names.join(", ");
        if self.dry_run {
            print(&shown)?;
            note(&format!("{names} would get what it leaves out.{asked}"));
            return Ok(ExitCode::SUCCESS);
        }
        workspace::rewrite(&writes)?;
        print(&format!(
            "{names} has what it left out, from code facts, no AI.{asked}\n"
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn asked(questions: &[String]) -> String {
    match questions.len() {
        0 => String::new(),
        1 => " It asks one question: [NEEDS CLARIFICATION: ...].".to_owned(),
        count => format!(" It asks {count} questions: [NEEDS CLARIFICATION: ...]."),
    }
}
