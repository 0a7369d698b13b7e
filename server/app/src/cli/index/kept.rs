//! What is kept for the next run: where, how much, whether it is sound; and away with it.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use workspace::{cache_files, clear_cache, kept_workspaces, verify_cache};

use super::super::human::plural;
use super::super::load::resolve;
use super::super::print;

/// What to do with it.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Kept {
    /// Remove what is kept of this workspace
    #[arg(long, conflicts_with_all = ["verify", "stats", "export"])]
    clear: bool,
    /// With --clear: of all workspaces
    #[arg(long, requires = "clear")]
    all: bool,
    /// Exit with 1 if what is kept of this workspace is damaged
    #[arg(long, conflicts_with_all = ["stats", "export"])]
    verify: bool,
    /// Say where it is and how long [default]
    #[arg(long, conflicts_with = "export")]
    stats: bool,
}

impl Kept {
    pub(crate) fn run(&self, given: &[PathBuf]) -> Result<ExitCode, String> {
        let Some(options) = crate::cache::chosen() else {
            print("The cache is switched off.\n")?;
            return Ok(ExitCode::SUCCESS);
        };
        let shown = options.directory.display();
        if self.clear {
            let own = if self.all {
                None
            } else {
                Some(resolve(given)?.roots)
            };
            let count = clear_cache(&options, own.as_deref())?;
            let files = plural(count, "file");
            print(&format!("Removed {count} {files} from {shown}.\n"))?;
            return Ok(ExitCode::SUCCESS);
        }
        let roots = resolve(given)?.roots;
        let file = options.file(&roots);
        let state = verify_cache(&options, &roots);
        if self.verify {
            let (text, code) = match state {
                Ok(Some(_)) => (format!("{} is sound.\n", file.display()), 0),
                Ok(None) => ("Nothing is kept of this workspace.\n".to_owned(), 0),
                Err(why) => (format!("{}: {why}.\n", file.display()), 1),
            };
            print(&text)?;
            return Ok(ExitCode::from(code));
        }
        print(&stats())?;
        let mut out = String::new();
        match state {
            Ok(Some(len)) => {
                let _ = writeln!(out, "this workspace: {}, {len} bytes", file.display());
            }
            Ok(None) => out.push_str("this workspace: nothing is kept\n"),
            Err(why) => {
                let _ = writeln!(out, "this workspace: {}: {why}", file.display());
            }
        }
        print(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Where it is and how long, in a line.
pub(crate) fn stats() -> String {
    let Some(options) = crate::cache::chosen() else {
        return "cache: switched off\n".to_owned();
    };
    let files = cache_files(&options.directory);
    let bytes: u64 = files.iter().map(|(_, len)| len).sum();
    let count = kept_workspaces(&files);
    let directory = options.directory.display();
    let workspaces = plural(count, "workspace");
    format!("cache: {directory}, {count} {workspaces}, {bytes} bytes\n")
}
