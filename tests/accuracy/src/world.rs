//! One repository as the seeds see it: its tracked files and the documents of its features.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::check::Report;
use crate::checkout::Checkout;
use crate::document::{Document, Role};

/// A repository before any edit.
#[derive(Debug)]
pub struct World {
    root: PathBuf,
    /// Tracked files.
    pub files: BTreeSet<String>,
    /// Documents of all features.
    pub documents: Vec<Document>,
    /// The template of specs, where the project has one.
    pub template: Option<Document>,
    /// The constitution, where the project has one.
    pub constitution: Option<Document>,
}

impl World {
    /// Reads a checkout. Which directories are features is what the measured program says.
    ///
    /// # Errors
    /// git cannot list the files.
    pub fn read(checkout: &Checkout, baseline: &Report) -> Outcome<Self> {
        let files: BTreeSet<String> = checkout.files()?.into_iter().collect();
        let root = checkout.path();
        let mut documents = Vec::new();
        // What was put away is never checked, so that no defect there is the program's to find.
        let live = |feature: &&crate::check::Feature| feature.state != "archived";
        for feature in baseline.features().filter(live) {
            let mut add = |path: &str, role: Role| {
                documents.extend(Document::read(root, path, &feature.path, role));
            };
            if feature.path.split('/').any(|part| part == "openspec") {
                add(&format!("{}/spec.md", feature.path), Role::Capability);
                let specs = format!("{}/specs/", feature.path);
                let below = files.range(specs.clone()..);
                for path in below.take_while(|path| path.starts_with(&specs)) {
                    if path.ends_with("/spec.md") {
                        add(path, Role::Delta);
                    }
                }
                continue;
            }
            for (name, role) in [
                ("spec.md", Role::Spec),
                ("plan.md", Role::Plan),
                ("tasks.md", Role::Tasks),
                ("requirements.md", Role::Requirements),
                ("design.md", Role::Design),
            ] {
                add(&format!("{}/{name}", feature.path), role);
            }
            let checklists = format!("{}/checklists/", feature.path);
            for path in files
                .range(checklists.clone()..)
                .take_while(|path| path.starts_with(&checklists))
            {
                if Path::new(path)
                    .extension()
                    .is_some_and(|extension| extension == "md")
                {
                    add(path, Role::Checklist);
                }
            }
        }
        let template = Document::read(root, ".specify/templates/spec-template.md", "", Role::Spec);
        let constitution = Document::read(root, ".specify/memory/constitution.md", "", Role::Plan);
        Ok(Self {
            root: root.to_owned(),
            files,
            documents,
            template,
            constitution,
        })
    }

    /// The text of a file; nothing if it is missing or no UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }

    /// Documents of one role, with their place in [`World::documents`].
    pub fn of(&self, role: Role) -> impl Iterator<Item = (usize, &Document)> {
        self.documents
            .iter()
            .enumerate()
            .filter(move |(_, document)| document.role == role)
    }

    /// The document of a role in a feature.
    #[must_use]
    pub fn sibling(&self, feature: &str, role: Role) -> Option<&Document> {
        self.documents
            .iter()
            .find(|document| document.feature == feature && document.role == role)
    }
}
