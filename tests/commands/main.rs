//! The command line, end to end: the real binary on real directories and git repositories.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot set itself up has failed"
)]

mod accept;
mod accepted;
mod archive;
mod cache;
mod checkouts;
mod completions;
mod contracts;
mod delta;
mod drift;
mod extension;
mod formats;
mod generate;
mod hostile;
mod impact;
mod matrix;
mod new;
mod output;
mod pages;
mod peers;
mod phases;
mod places;
mod plan;
mod rename;
mod repositories;
mod sample;
mod sandbox;
mod schema;
mod settings;
mod since;
mod skeletons;
mod status;
mod suggest;
mod trace;
mod trap;
mod untrusted;
