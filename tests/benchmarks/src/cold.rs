//! From the start of the process to its findings, beside `rg -c` over the same tree: once the one, once the other, so
//! that a busy machine is busy for both. The page cache is warm after the first, uncounted round.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::Outcome;
use crate::contender::Contender;
use crate::project::Project;
use crate::source_tree;

/// How many times the CPU or wall time of `rg -c` the first findings may take.
const BOUND: f64 = 2.5;
/// What a search for requirement ids looks for.
pub(crate) const PATTERN: &str = "FR-[0-9]+";

#[derive(Debug, Args)]
pub(crate) struct Cold {
    /// A tree with a Spec Kit project in it; without one, a tree is generated
    #[arg(long)]
    tree: Option<PathBuf>,
    /// Source files of the generated tree
    #[arg(long, default_value_t = 70_000)]
    files: usize,
    /// Counted rounds
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

impl Cold {
    pub(crate) fn run(&self, binary: &Path) -> Outcome<String> {
        let binary = binary
            .canonicalize()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let generated = tempfile::tempdir().map_err(|error| error.to_string())?;
        let tree = if let Some(tree) = &self.tree {
            tree.clone()
        } else {
            source_tree::write(generated.path(), self.files)?;
            Project::of(400).write(generated.path())?;
            generated.path().to_owned()
        };
        let mut contenders = [
            Contender::new("rg -c", Path::new("rg"), &["-c", PATTERN, "."]),
            Contender::new(
                "check",
                &binary,
                &["check", "--no-cache", "--format", "json"],
            ),
            Contender::new("status, all sources read", &binary, &[]),
        ];
        for round in 0..=self.rounds {
            for contender in &mut contenders {
                let run = contender.measure(&tree)?;
                if round > 0 {
                    contender.count(&run);
                }
            }
        }
        Ok(self.report(&contenders))
    }

    fn report(&self, contenders: &[Contender]) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{} rounds, page cache warm; medians\n", self.rounds);
        out.push_str("| | wall s | CPU s | wall / rg | CPU / rg |\n|---|---|---|---|---|\n");
        let (rg_wall, rg_cpu) = match contenders {
            [rg, ..] => (rg.wall.median(), rg.cpu.median()),
            [] => return out,
        };
        for contender in contenders {
            let (wall, cpu) = (contender.wall.median(), contender.cpu.median());
            let _ = writeln!(
                out,
                "| {} | {wall:.2} | {cpu:.2} | {:.2} | {:.2} |",
                contender.name,
                wall / rg_wall,
                cpu / rg_cpu
            );
        }
        if let [_, check, ..] = contenders {
            let ratio = (check.wall.median() / rg_wall).max(check.cpu.median() / rg_cpu);
            let verdict = if ratio <= BOUND { "within" } else { "beyond" };
            let _ = writeln!(
                out,
                "\ncheck takes {ratio:.2} times rg at most, {verdict} the bound of {BOUND}"
            );
        }
        out
    }
}
