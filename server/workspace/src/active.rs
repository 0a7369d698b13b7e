//! Which features somebody named as the one being worked on.

use smol_str::SmolStr;
use trace::{RootId, Tree};

use crate::host::Options;
use crate::read::{ReadOutcome, read_document};

/// `feature_directory` of every `.specify/feature.json` (speckit-format section 2.5), and what the environment names.
pub(crate) fn named_active(options: &Options, tree: &Tree) -> Vec<(RootId, SmolStr)> {
    let mut named = Vec::new();
    for (_, root, path) in tree.files() {
        let Some(project) = path.strip_suffix(".specify/feature.json") else {
            continue;
        };
        let Some(base) = options.roots.get(root.0 as usize) else {
            continue;
        };
        let ReadOutcome::Text(read) = read_document(&base.join(path.as_str())) else {
            continue;
        };
        let json: Option<serde_json::Value> =
            serde_json::from_str(read.text.trim_start_matches('\u{feff}')).ok();
        let directory = json
            .as_ref()
            .and_then(|json| json.get("feature_directory")?.as_str());
        if let Some(directory) = directory {
            let directory = directory.trim_start_matches("./").trim_end_matches('/');
            named.push((root, format!("{project}{directory}").into()));
        }
    }
    for name in &options.active {
        let name = SmolStr::from(name.trim_start_matches("./").trim_end_matches('/'));
        named.extend((0..options.roots.len() as u16).map(|root| (RootId(root), name.clone())));
    }
    named
}
