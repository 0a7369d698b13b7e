//! The command line: reads arguments, sets up the log, and starts what was asked for. Standard output carries the
//! report and nothing else; what went wrong goes to standard error and gives exit code 2.

mod accept;
mod analyze;
pub(crate) mod archive;
mod baseline;
mod check;
pub(crate) mod columns;
mod completions;
pub(crate) mod coverage;
mod decisions;
mod delta;
mod doctor;
mod drift;
mod explain;
mod generate;
mod github;
mod human;
pub(crate) mod impact;
mod index;
pub(crate) mod json;
mod junit;
mod links;
pub(crate) mod load;
mod man;
mod markdown;
mod markup;
pub(crate) mod matrix;
pub(crate) mod new;
mod paint;
mod phase;
mod progress;
mod rename;
mod report;
mod sarif;
mod schema;
mod scope;
mod since;
pub(crate) mod status;
mod suggest;
mod suppress;
mod touched;
mod trace;
mod unanswered;
mod unread;

use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::lsp;

/// The variable that sets the log level where no `--log` does.
const LOG_VARIABLE: &str = "SPEC_ANALYZER_LOG";

/// A language server and checker for spec-driven development.
///
/// Without a command: where everything stands, in a few lines.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Workspace folder; may be given several times [default: the current directory]
    // An id of its own: subcommands have `roots` as positional arguments, which would hide it.
    #[arg(
        id = "root",
        long = "root",
        short = 'C',
        global = true,
        value_name = "DIR"
    )]
    roots: Vec<PathBuf>,
    /// Facts that a repository published which is not checked out (`index --export facts`); may be given several times
    #[arg(long = "with", global = true, value_name = "FILE")]
    facts: Vec<PathBuf>,
    /// What to log to standard error, e.g. `debug` or `spec_analyzer=trace` [default: warn]
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
    /// Find everything out anew, and keep nothing for the next run (docs/cache.md)
    #[arg(long, global = true)]
    no_cache: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show every finding
    Check(check::Check),
    /// Show everything linked to an item or a file
    Trace(trace::Trace),
    /// Where everything stands, in a few lines; what no command at all shows
    Status(status::Status),
    /// Show what the changes since a revision touch: who relied on requirements that say something else, what changed code serves
    Drift(drift::Drift),
    /// Show what a change may reach: code, tests, requirements, packages, repositories, each with its evidence
    Impact(impact::Impact),
    /// Count what is specified, planned, implemented, tested, verified and released
    Coverage(coverage::Coverage),
    /// Show which tasks, symbols and tests a requirement without links may belong to
    Suggest(suggest::Suggest),
    /// Show every item with its tasks, code, tests and evidence
    Matrix(matrix::Matrix),
    /// Print the JSON Schema of the machine formats
    Schema(schema::Schema),
    /// Say that requirements and their code were read and are true, in spec.lock
    Accept(accept::Accept),
    /// Accept a finding, with a reason, in spec-analyzer.toml
    Suppress(suppress::Suppress),
    /// Freeze the findings of today in a file: counted from now on, not shown
    Baseline(baseline::Baseline),
    /// Give an item another id everywhere it is named, or number the ids of a feature in order
    Rename(rename::Rename),
    /// Begin a feature, a spec, a change or a capability: its documents as the project writes them
    New(new::New),
    /// Write what facts tell: the task list of a feature that has none
    Generate(generate::Generate),
    /// Show what archiving an OpenSpec change would make of the main specs
    Archive(archive::Archive),
    /// Show, check or remove what is kept for the next run; write what this repository tells others of itself
    Index(index::Index),
    /// Say what a finding means
    Explain(explain::Explain),
    /// Say what was found, skipped and unknown, and why
    Doctor(doctor::Doctor),
    /// Print the completions of a shell
    Completions(completions::Completions),
    /// Print the manual page, in roff
    Man(man::Man),
    /// Speak the Language Server Protocol on standard input and output
    Lsp {
        /// Accepted because many clients add it; there is no other transport
        #[arg(long, hide = true)]
        stdio: bool,
    },
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let log = arguments.log.or_else(|| std::env::var(LOG_VARIABLE).ok());
    log_to_stderr(log.as_deref());
    crate::cache::choose(arguments.no_cache);
    let roots = &[arguments.roots, arguments.facts].concat();
    let outcome = match arguments.command {
        None => status::Status::default().run(roots),
        Some(Command::Status(status)) => status.run(roots),
        Some(Command::Check(check)) => check.run(roots),
        Some(Command::Trace(trace)) => trace.run(roots),
        Some(Command::Drift(drift)) => drift.run(roots),
        Some(Command::Impact(impact)) => impact.run(roots),
        Some(Command::Coverage(coverage)) => coverage.run(roots),
        Some(Command::Suggest(suggest)) => suggest.run(roots),
        Some(Command::Matrix(matrix)) => matrix.run(roots),
        Some(Command::Schema(schema)) => schema.run(),
        Some(Command::Accept(accept)) => accept.run(roots),
        Some(Command::Suppress(suppress)) => suppress.run(roots),
        Some(Command::Baseline(baseline)) => baseline.run(roots),
        Some(Command::Rename(rename)) => rename.run(roots),
        Some(Command::New(new)) => new.run(roots),
        Some(Command::Generate(generate)) => generate.run(roots),
        Some(Command::Archive(archive)) => archive.run(roots),
        Some(Command::Index(index)) => index.run(roots),
        Some(Command::Explain(explain)) => explain.run(),
        Some(Command::Doctor(doctor)) => doctor.run(roots),
        Some(Command::Completions(completions)) => completions.run(),
        Some(Command::Man(man)) => man.run(),
        Some(Command::Lsp { stdio: _ }) => return lsp::run(),
    };
    outcome.unwrap_or_else(|why| {
        note(&format!("spec-analyzer: {why}"));
        ExitCode::from(2)
    })
}

/// Writes a report to standard output. A reader that went away (`| head`) is no error; the error is a sentence for people.
fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the report could not be written: {error}."))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

fn log_to_stderr(filter: Option<&str>) {
    let filter = EnvFilter::builder().parse_lossy(filter.unwrap_or("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
