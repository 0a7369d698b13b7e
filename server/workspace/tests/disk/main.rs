//! The room on real directories and real repositories.
#![cfg(test)]

mod beside;
mod bound;
mod cache;
mod changes;
mod commit;
mod committed;
mod contracts;
mod decisions;
mod evidence;
mod faults;
mod folders;
mod git;
mod history;
mod locks;
mod new_features;
mod outdated;
mod releases;
mod sparing;
mod spec_roots;
mod support;
mod switch;
mod told;
mod walk;
mod words;
mod worktrees;
