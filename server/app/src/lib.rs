//! The binary's two faces: the language server and the command line. Both ask the same engine.

pub mod cli;
pub mod lsp;
