//! `baseline`: freezes the findings a repository has today, so that only new ones are spoken of.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use rules::SuppressedBy;
use settings::{Baseline as Entries, Entry};
use trace::RootId;

use super::load::{Depth, Loaded, load};
use super::print;

/// Changes shown one by one; the rest is counted.
const SHOWN: usize = 20;

/// Arguments of `baseline`.
#[derive(Debug, Args)]
pub(crate) struct Baseline {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    /// Only remove entries that no longer occur; add none
    #[arg(long)]
    prune: bool,
}

impl Baseline {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(&[roots, &self.roots].concat(), Depth::Findings)?;
        loaded.require_documents()?;
        let mut out = String::new();
        let folders = loaded.snapshot.roots.iter().zip(&*loaded.snapshot.settings);
        for (root, (path, folder)) in (0..).map(RootId).zip(folders) {
            let gone = loaded.analysis.checked.gone_from_baseline(root);
            let mut kept = folder.baseline.entries();
            kept.retain(|entry| !gone.contains(entry));
            let found = if self.prune {
                Vec::new()
            } else {
                findings(&loaded, root)
            };
            let added: Vec<&Entry> = found
                .iter()
                .filter(|entry| !folder.baseline.holds(&entry.fingerprint))
                .collect();
            let next: Entries = kept.into_iter().chain(&found).cloned().collect();
            let below = folder.settings.baseline_path();
            let text = next.to_text();
            let file = folder.baseline_file.as_ref();
            let before = file.map(|file| &*file.text);
            // Nothing to freeze makes no file.
            if before != Some(&text) && (before.is_some() || !next.is_empty()) {
                workspace::write_decisions(path, below, file, &text)?;
            }
            list(&mut out, "+", &added);
            list(&mut out, "-", &gone);
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{}: {} {}, {} added, {} removed.",
                path.join(below).display(),
                next.len(),
                if next.len() == 1 { "entry" } else { "entries" },
                added.len(),
                gone.len(),
            );
        }
        print(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What is shown today in a folder, or would be without the baseline.
fn findings(loaded: &Loaded, root: RootId) -> Vec<Entry> {
    let mut entries = Vec::new();
    let checked = loaded.analysis.checked.features();
    for (feature, all) in checked.filter(|(feature, _)| feature.root == root) {
        let frozen = all
            .suppressed
            .iter()
            .filter(|each| each.by == SuppressedBy::Baseline)
            .map(|each| &each.finding);
        entries.extend(all.findings.iter().chain(frozen).map(|finding| Entry {
            address: finding.address(&feature.path),
            code: finding.code.to_owned(),
            fingerprint: finding.fingerprint(&feature.path),
        }));
    }
    entries
}

fn list(out: &mut String, sign: &str, entries: &[&Entry]) {
    for entry in entries.iter().take(SHOWN) {
        let _ = writeln!(out, "{sign} {} {}", entry.code, entry.address);
    }
    if entries.len() > SHOWN {
        let _ = writeln!(out, "{sign} and {} more", entries.len() - SHOWN);
    }
}
