//! What is installed of `OpenSpec`'s tool: which version counts (the decided one, or the one beside a project), and the
//! workflow schemas in the person's own directory, where the tool looks for a name that the project has no schema of. The
//! tool itself is never run.

use std::sync::Arc;

use documents::openspec::Edition;
use documents::{DocumentKind, Workflow};
use smol_str::SmolStr;
use trace::openspec::{Editions, projects};
use trace::{Change, RootId};

use super::Host;
use crate::read::{ReadOutcome, read_document};
use crate::stores::data_directory;

/// Where npm puts the tool's manifest.
const MANIFEST: &str = "node_modules/@fission-ai/openspec/package.json";

impl Host {
    /// Versions by settings and by installation. The past is judged as the present is.
    pub(super) fn read_editions(&self) -> Editions {
        let folders = (0..).map(RootId).zip(self.decisions.folders().iter());
        let decided = folders.filter_map(|(root, folder)| {
            let written = folder.settings.openspec_version.as_deref()?;
            Some((root, Edition::read(written)?))
        });
        let projects = projects(&self.tree);
        let schemas = if projects.is_empty() {
            Vec::new()
        } else {
            self.read_schemas()
        };
        let installed = projects.into_iter().filter_map(|(root, project)| {
            let base = self.options.roots.get(usize::from(root.0))?;
            let manifest = base.join(project).join(MANIFEST);
            self.memory.looked().file(&manifest);
            let edition = installed(&manifest)?;
            Some((root, project.into(), edition))
        });
        Editions {
            decided: decided.collect(),
            installed: installed.collect(),
            schemas,
        }
    }

    /// Schemas of the person's own, by name.
    fn read_schemas(&self) -> Vec<(SmolStr, Workflow)> {
        let Some(directory) = data_directory().map(|data| data.join("schemas")) else {
            return Vec::new();
        };
        self.memory.looked().file(&directory);
        let Ok(entries) = std::fs::read_dir(&directory) else {
            return Vec::new();
        };
        let mut found: Vec<(SmolStr, Workflow)> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let file = entry.path().join("schema.yaml");
                self.memory.looked().file(&file);
                let ReadOutcome::Text(read) = read_document(&file) else {
                    return None;
                };
                let facts = documents::read(DocumentKind::OpenSpecSchema, &read.text);
                let name = entry.file_name();
                Some((name.to_str()?.into(), facts.workflow.unwrap_or_default()))
            })
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found
    }

    /// Takes over other versions, once settings were read.
    pub(super) fn look_at_editions(&mut self) {
        let editions = self.read_editions();
        if *self.editions != editions {
            self.editions = Arc::new(editions);
            self.pending
                .push(Change::Editions(Arc::clone(&self.editions)));
        }
    }
}

fn installed(manifest: &std::path::Path) -> Option<Edition> {
    let ReadOutcome::Text(read) = read_document(manifest) else {
        return None;
    };
    let manifest: serde_json::Value = serde_json::from_str(&read.text).ok()?;
    Edition::read(manifest.get("version")?.as_str()?)
}
