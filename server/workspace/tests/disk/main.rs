//! The room on real directories and real repositories.
#![cfg(test)]

mod commit;
mod git;
mod history;
mod support;
mod walk;
