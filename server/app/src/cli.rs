//! The command line: reads arguments, sets up the log, and starts what was asked for.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::lsp;

/// The variable that sets the log level where no `--log` does.
const LOG_VARIABLE: &str = "SPEC_ANALYZER_LOG";

/// A language server and checker for spec-driven development.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// What to log to standard error, e.g. `debug` or `spec_analyzer=trace` [default: warn]
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Speak the Language Server Protocol on standard input and output
    Lsp,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let log = arguments.log.or_else(|| std::env::var(LOG_VARIABLE).ok());
    log_to_stderr(log.as_deref());
    match arguments.command {
        Command::Lsp => lsp::run(),
    }
}

fn log_to_stderr(filter: Option<&str>) {
    let filter = EnvFilter::builder().parse_lossy(filter.unwrap_or("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
