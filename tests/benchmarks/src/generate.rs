//! Writes a workspace to measure at.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::Outcome;
use crate::corpus::{Size, write};

#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Where to; it must not be there, or be empty
    directory: PathBuf,
    /// Files in all
    #[arg(long, default_value_t = 400_000)]
    files: usize,
    /// Repositories
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..))]
    repositories: u16,
    /// Another number gives another workspace
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Generate {
    pub(crate) fn run(&self) -> Outcome<String> {
        let shown = self.directory.display();
        let mut taken = std::fs::read_dir(&self.directory).into_iter().flatten();
        if taken.next().is_some() {
            return Err(format!("{shown} is not empty"));
        }
        let start = Instant::now();
        let size = Size {
            files: self.files,
            repositories: usize::from(self.repositories),
            seed: self.seed,
        };
        let written = write(&self.directory, &size)?;
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{} files, {} MB, in {} repositories below {shown}: {} features, {} files name an id; {:.0} s",
            written.files,
            written.bytes / 1_000_000,
            self.repositories,
            written.features,
            written.citing,
            start.elapsed().as_secs_f64()
        );
        Ok(out)
    }
}
