//! What the scan could not or would not look at: the material of `doctor`.

use crate::sources::SourceAnswer;
use crate::walk::{Listing, Unlisted};

/// What was walked and read, and what was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanReport {
    /// Files listed, over all roots.
    pub files: usize,
    /// Spec directories found although ignored.
    pub ignored_spec_dirs: Vec<String>,
    /// Other checkouts, left out.
    pub nested_checkouts: Vec<String>,
    /// Other repositories, kept.
    pub nested_repositories: Vec<String>,
    /// Files and directories that could not be read, and why.
    pub unreadable: Vec<Unlisted>,
    /// Names that are not Unicode.
    pub odd_names: usize,
    /// Source files looked at by the gate; `None` before it ran.
    pub sources_gated: Option<usize>,
    /// Source files kept with their facts.
    pub sources_kept: usize,
    /// Reports of tests and coverage that were read; `None` before anybody looked.
    pub evidence: Option<usize>,
    /// Source files larger than we read.
    pub sources_too_large: usize,
}

impl ScanReport {
    pub(crate) fn of_listings(listings: Vec<Listing>) -> Self {
        let mut report = Self::default();
        for listing in listings {
            report.files += listing.files.len();
            report.ignored_spec_dirs.extend(listing.ignored_spec_dirs);
            report.nested_checkouts.extend(listing.nested_checkouts);
            report
                .nested_repositories
                .extend(listing.nested_repositories);
            report.unreadable.extend(listing.unreadable);
            report.odd_names += listing.odd_names;
        }
        report
    }

    /// Adds what was met when a part was walked again.
    pub(crate) fn met(&mut self, listing: Listing) {
        let add = |known: &mut Vec<String>, met: Vec<String>| {
            for path in met {
                if !known.contains(&path) {
                    known.push(path);
                }
            }
        };
        add(&mut self.ignored_spec_dirs, listing.ignored_spec_dirs);
        add(&mut self.nested_checkouts, listing.nested_checkouts);
        add(&mut self.nested_repositories, listing.nested_repositories);
        for Unlisted { path, why } in listing.unreadable {
            self.unreadable(&path, why);
        }
    }

    pub(crate) fn unreadable(&mut self, path: &str, why: String) {
        let entry = Unlisted {
            path: path.to_owned(),
            why,
        };
        if !self.unreadable.contains(&entry) {
            self.unreadable.push(entry);
        }
    }

    pub(crate) fn sources(&mut self, answer: &SourceAnswer) {
        self.sources_gated = Some(answer.gated);
        self.sources_kept = answer.sources.len();
        self.sources_too_large = answer.too_large;
    }
}
