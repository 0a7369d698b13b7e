//! The binary's two faces: the language server and the command line. Both ask the same engine.

mod cache;
pub mod cli;
mod decisions;
pub mod lsp;
