//! Which version of `OpenSpec`'s tool counts: the decided one, or the one that is installed beside a project. The tool
//! itself is never run.

use std::sync::Arc;

use documents::openspec::Edition;
use trace::openspec::{Editions, projects};
use trace::{Change, RootId};

use super::Host;

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
        let installed = projects(&self.tree)
            .into_iter()
            .filter_map(|(root, project)| {
                let base = self.options.roots.get(usize::from(root.0))?;
                let manifest = base.join(project).join(MANIFEST);
                self.memory.looked().file(&manifest);
                let edition = installed(&manifest)?;
                Some((root, project.into(), edition))
            });
        Editions {
            decided: decided.collect(),
            installed: installed.collect(),
        }
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
    let text = std::fs::read_to_string(manifest).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
    Edition::read(manifest.get("version")?.as_str()?)
}
