//! Measures how true the findings of a built `spec-analyzer` are: seeded defects, edits that must change nothing,
//! judged hits, and counts over whole repositories.
//!
//! A black box: it knows the program's arguments, exit codes and JSON, and none of its crates. Its own reader of
//! documents ([`document`]) is small on purpose and shares no code with the one it measures.
#![forbid(unsafe_code)]

pub mod census;
pub mod check;
pub mod checkout;
mod defects;
pub mod document;
pub mod drift;
pub mod export;
pub mod impact;
pub mod judge;
pub mod labels;
mod neutral;
pub mod random;
pub mod report;
pub mod seed;
pub mod suggestions;
pub mod tasks;
pub mod wilson;
pub mod world;

/// What went wrong, in words for a person.
pub type Outcome<T> = Result<T, String>;
