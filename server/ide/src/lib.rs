//! Graph + position -> answers in editor terms: one file per feature, plain data, byte offsets.
//!
//! This room knows nothing of LSP types, of files on disk or of threads. It never raises a finding of its own.
#![forbid(unsafe_code)]

mod analysis;

pub use analysis::Analysis;
