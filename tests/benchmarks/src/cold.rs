//! From the start of the process to its findings, beside `rg -c` over the same tree: once the one, once the other, so
//! that a busy machine is busy for both. The page cache is warm after the first, uncounted round.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::Args;

use crate::Outcome;
use crate::project::Project;
use crate::sample::Sample;
use crate::source_tree;

/// How many times the CPU or wall time of `rg -c` the first findings may take.
const BOUND: f64 = 2.5;
/// What a search for requirement ids looks for.
const PATTERN: &str = "FR-[0-9]+";

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

/// A program that is run once a round.
pub(crate) struct Contender {
    name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
    wall: Sample,
    pub(crate) cpu: Sample,
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
                let (wall, cpu) = contender.measure(&tree)?;
                if round > 0 {
                    contender.wall.add_seconds(wall);
                    if let Some(cpu) = cpu {
                        contender.cpu.add_seconds(cpu);
                    }
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

impl Contender {
    pub(crate) fn new(
        name: &'static str,
        program: &Path,
        arguments: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            program: program.to_owned(),
            arguments,
            wall: Sample::default(),
            cpu: Sample::default(),
        }
    }

    /// Wall and CPU seconds of one run.
    pub(crate) fn measure(&self, tree: &Path) -> Outcome<(f64, Option<f64>)> {
        let before = cpu_of_children();
        let start = Instant::now();
        let output = Command::new(&self.program)
            .args(self.arguments)
            .current_dir(tree)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("{} does not start: {error}", self.program.display()))?;
        let wall = start.elapsed().as_secs_f64();
        // 1 is a finding, or no match.
        if !matches!(output.status.code(), Some(0 | 1)) {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(format!("{} failed: {said}", self.name));
        }
        let cpu = cpu_of_children()
            .zip(before)
            .map(|(after, before)| after - before);
        Ok((wall, cpu))
    }
}

/// User and system seconds of all children that have ended, where Linux says so (in hundredths of a second).
fn cpu_of_children() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name stands in parentheses and may hold anything; `cutime` and `cstime` are fields 16 and 17.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(13);
    let user: f64 = times.next()?.parse().ok()?;
    let system: f64 = times.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}
