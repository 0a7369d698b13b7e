//! The floor under every warm start: all files listed by the rules of git, each asked for its length and time.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;
use ignore::{WalkBuilder, WalkState};

#[derive(Debug, Args)]
pub(crate) struct Walked {
    #[arg(default_value = ".")]
    tree: PathBuf,
}

impl Walked {
    /// The number of files and of their bytes.
    pub(crate) fn run(&self) -> String {
        let (files, bytes) = count(&self.tree);
        format!("{files} files, {bytes} bytes\n")
    }
}

/// Files and bytes of a tree.
pub(crate) fn count(tree: &std::path::Path) -> (u64, u64) {
    let (files, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    WalkBuilder::new(tree)
        .hidden(false)
        .build_parallel()
        .run(|| {
            Box::new(|entry| {
                let entry = entry.ok().filter(|entry| entry.file_name() != ".git");
                let Some(entry) = entry else {
                    return WalkState::Skip;
                };
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if let Some(meta) = is_file.then(|| entry.metadata().ok()).flatten() {
                    files.fetch_add(1, Ordering::Relaxed);
                    bytes.fetch_add(meta.len(), Ordering::Relaxed);
                }
                WalkState::Continue
            })
        });
    (files.into_inner(), bytes.into_inner())
}
