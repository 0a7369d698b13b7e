//! Measures how fast the built program is, always beside something physical in the same run: one Markdown parse, one
//! trip through a pipe, one `rg` over the same tree. Ratios hold on a busy machine; milliseconds do not.
//!
//! A black box: it starts the program and knows none of its crates.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "a command line tool")]

mod cold;
mod keystroke;
mod peer_corpus;
mod peers;
mod pipe;
mod project;
mod sample;
mod server;
mod source_tree;

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
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let report = match &arguments.what {
        What::Keystroke(keystroke) => keystroke.run(&arguments.binary),
        What::Cold(cold) => cold.run(&arguments.binary),
        What::Peers(peers) => peers.run(&arguments.binary),
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
