//! `man [COMMAND]`: the manual page of the program or of one command, as roff.

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_mangen::Man as Page;

use super::{Arguments, print};

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Only the page of this command, e.g. `check` or `generate plan`
    command: Vec<String>,
}

impl Man {
    pub(crate) fn run(&self) -> Result<ExitCode, String> {
        let mut page = Arguments::command().disable_help_subcommand(true);
        // Gives every command its full name: `spec-analyzer-check`.
        page.build();
        for name in &self.command {
            page = page.find_subcommand(name).cloned().ok_or_else(|| {
                format!("there is no command `{name}`. Run `spec-analyzer help` for the list.")
            })?;
        }
        let mut roff = Vec::new();
        Page::new(page)
            .render(&mut roff)
            .map_err(|error| format!("the page could not be written: {error}."))?;
        print(&String::from_utf8_lossy(&roff))?;
        Ok(ExitCode::SUCCESS)
    }
}
