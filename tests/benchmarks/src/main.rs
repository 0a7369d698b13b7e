//! Measures how fast the built program is, always beside something physical in the same run: one Markdown parse, one
//! trip through a pipe, one `rg` over the same tree. Ratios hold on a busy machine; milliseconds do not.
//!
//! A black box: it starts the program and knows none of its crates.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "a command line tool")]

mod cold;
mod contender;
mod corpus;
mod editing;
mod generate;
mod keystroke;
mod peer_corpus;
mod peers;
mod pipe;
mod process;
mod project;
mod sample;
mod scale;
mod server;
mod source_tree;
mod walked;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What went wrong, in words for a person.
type Outcome<T> = Result<T, String>;

#[derive(Debug, Parser)]
#[command(about = "Measures the built spec-analyzer beside physical limits of the same machine")]
struct Arguments {
    /// The program to measure; build it with `cargo build --release`
    #[arg(long, global = true, default_value = "target/release/spec-analyzer")]
    binary: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// From a keystroke to the diagnostics it causes, beside one parse of the text and one trip through a pipe
    Keystroke(keystroke::Keystroke),
    /// From the start of the process to its findings, beside `rg -c` over the same tree
    Cold(cold::Cold),
    /// Requirement tracing at the size other tools were measured at: a scan beside `rg -c` and duvet, and a keystroke
    Peers(peers::Peers),
    /// Writes a workspace of many repositories to measure at
    Generate(generate::Generate),
    /// Every bound of a large workspace, each beside its reference in the same run
    Scale(scale::Scale),
    /// Walks a tree on all cores and asks the system about every file: what a warm start is compared with
    #[command(hide = true)]
    Stat(walked::Walked),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let report = match &arguments.what {
        What::Keystroke(keystroke) => keystroke.run(&arguments.binary),
        What::Cold(cold) => cold.run(&arguments.binary),
        What::Peers(peers) => peers.run(&arguments.binary),
        What::Generate(generate) => generate.run(),
        What::Scale(scale) => scale.run(&arguments.binary),
        What::Stat(walked) => Ok(walked.run()),
    };
    match report {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("not measured: {why}");
            ExitCode::from(2)
        }
    }
}
