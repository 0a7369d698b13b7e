//! The command line, end to end: the real binary on real directories and git repositories.

mod checkouts;
mod output;
mod sample;
mod sandbox;
