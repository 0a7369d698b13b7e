//! `completions SHELL`: the words of the command line, as a script for a shell. It says what is written where; it never
//! touches a shell's own files.

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Arguments, print};

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell that is to read the script
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<ExitCode, String> {
        let mut command = Arguments::command();
        let name = command.get_name().to_owned();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, name, &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(ExitCode::SUCCESS)
    }
}
