//! What teams decided, on its way from the workspace to the rules.

use std::sync::Arc;

use rules::{CATALOGUE, Policy};
use workspace::Snapshot;

/// Codes that settings may name.
pub(crate) fn codes() -> Vec<&'static str> {
    let codes = CATALOGUE.iter().map(|rule| rule.descriptor().code);
    codes.collect()
}

/// The decisions of a snapshot.
pub(crate) fn policy(snapshot: &Snapshot) -> Arc<Policy> {
    let folders = snapshot.settings.iter();
    Arc::new(Policy {
        folders: folders
            .map(|folder| (Arc::clone(&folder.settings), Arc::clone(&folder.baseline)))
            .collect(),
        today: snapshot.today,
    })
}
