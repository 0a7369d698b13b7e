//! Facts files of repositories that are not checked out.

use std::path::Path;

use trace::{PUBLISHED_SCHEMA, Published};

use super::Host;
use crate::read::{ReadOutcome, read_document};

impl Host {
    /// Reads the facts files of the workspace. What cannot be read is told in the report, and is unknown.
    pub(super) fn read_published(&mut self) -> Vec<Published> {
        let mut all = Vec::new();
        for (name, path) in self.options.facts.clone() {
            self.memory.looked().file(&path);
            match published(&path) {
                Ok(mut published) => {
                    if let Some(name) = name {
                        published.repository = name.to_string();
                    }
                    all.push(published);
                }
                Err(why) => self.report.unreadable(&path.to_string_lossy(), why),
            }
        }
        all
    }
}

fn published(path: &Path) -> Result<Published, String> {
    let text = match read_document(path) {
        ReadOutcome::Text(read) => read.text,
        other => return Err(super::why_not(&other)),
    };
    let published: Published = serde_json::from_str(&text)
        .map_err(|error| format!("these are no published facts: {error}"))?;
    if published.schema > PUBLISHED_SCHEMA {
        return Err(format!(
            "it was written by a newer version (schema {}, this one reads {PUBLISHED_SCHEMA})",
            published.schema
        ));
    }
    Ok(published)
}
