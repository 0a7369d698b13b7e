//! Files and folders that the editor is about to move: what documents say of them.

use generate::{Move, MovedFiles, Texts};

use crate::Analysis;

impl Analysis {
    /// The edits that keep documents true while `moves` are made.
    #[must_use]
    pub fn move_files(&self, moves: &[Move], texts: &Texts<'_>) -> MovedFiles {
        generate::move_files(&self.graph, moves, texts)
    }
}
