//! Every bound of a large workspace, each as a ratio to something physical that was measured in the same run.

mod runs;
mod sitting;
mod switch;
mod table;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::Outcome;
use crate::walked::count;
use table::Table;

#[derive(Debug, Args)]
pub(crate) struct Scale {
    /// The workspace, best one of `benchmarks generate`
    #[arg(long)]
    tree: PathBuf,
    /// Counted rounds of whole runs
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Edits that are counted
    #[arg(long, default_value_t = 200)]
    edits: usize,
}

impl Scale {
    pub(crate) fn run(&self, binary: &Path) -> Outcome<String> {
        let full = |path: &Path| {
            path.canonicalize()
                .map_err(|error| format!("{}: {error}", path.display()))
        };
        let (binary, tree) = (full(binary)?, full(&self.tree)?);
        let (files, bytes) = count(&tree);
        println!(
            "{files} files, {} MB; {} rounds, page cache warm, medians; {}\n",
            bytes / 1_000_000,
            self.rounds,
            busy(),
        );
        let table = Table::new(files);
        runs::measure(&binary, &tree, self.rounds, &table)?;
        sitting::measure(&binary, &tree, self.edits, &table)?;
        Ok(format!("\nat the end: {}\n", busy()))
    }
}

/// How busy the machine is, as Linux says.
fn busy() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").ok();
    let load = load
        .as_deref()
        .and_then(|load| load.split_whitespace().nth(1));
    format!("{cores} cores, load {}", load.unwrap_or("unknown"))
}
