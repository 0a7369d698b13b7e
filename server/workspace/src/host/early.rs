//! The first state of a workspace, while it is walked beside the writer: what lies around the open documents, read at
//! once. Of everything else nothing is known, and nothing is said of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;
use trace::{Change, GitState, Graph, Inputs, Root, RootId, Tree};

use super::roots::root_names;
use super::told::{MUCH, holds_more};
use super::{Host, document};
use crate::active::named_active;
use crate::read::ReadOutcome;
use crate::snapshot::Snapshot;
use crate::walk::{Rules, usual_rules, walk_at};

impl Host {
    /// Begins a state of which nothing is known but the settings. It is brought further by [`Self::set_early`], and put
    /// away once the workspace is walked.
    pub fn begin_early(&mut self) {
        self.decisions.read(&self.options.roots, &self.files);
        self.walked = self.decided_spec_roots();
        self.rules = vec![Rules::default(); self.options.roots.len()];
        let names = root_names(&self.options.names, &self.options.roots);
        let roots = names.into_iter().zip(&self.options.roots);
        let roots = roots.map(|(name, path)| Root {
            name,
            absent: !path.is_dir(),
            sparse: false,
        });
        self.tree = Tree::partial(roots.collect());
        self.take_named();
        self.pending.clear();
        self.graph = Arc::new(Graph::new(Inputs {
            tree: self.tree.clone(),
            spec_roots: self.spec_roots.clone(),
            unheard: self.unheard(),
            git: Arc::new(vec![GitState::default(); self.options.roots.len()]),
            ..Inputs::default()
        }));
    }

    /// The editor holds this text of a document: the documents of its feature are read with it. Of a file that is no
    /// document, and of a feature that cannot be read in a moment, nothing is known before the workspace is.
    pub fn set_early(&mut self, path: &Path, text: &Arc<str>, version: i32) {
        let Some((root, relative)) = self.locate(path) else {
            return;
        };
        if !self.tree.tells(root, &relative) {
            self.look_around(root, &relative);
        }
        let kind = self.spec_roots.document_kind(root, &relative);
        let Some(kind) = kind.filter(|_| self.tree.tells(root, &relative)) else {
            return;
        };
        let file = self.add_early(root, &relative);
        let buffer = self.open.entry(file).or_default();
        buffer.text = Arc::clone(text);
        buffer.version = version;
        let facts = documents::read_again(kind, text, &mut buffer.lines);
        let change = Change::Document(file, Some(document(facts, Arc::clone(text))));
        self.pending.push(change);
    }

    /// The state of the world so far: no source is read for it.
    pub fn early(&mut self) -> Arc<Snapshot> {
        let changes = std::mem::take(&mut self.pending);
        if !changes.is_empty() {
            self.graph = Arc::new(self.graph.apply(changes));
            self.revision += 1;
        }
        self.snapshot()
    }

    /// Lists and reads what makes the projects around a document, and its feature.
    fn look_around(&mut self, root: RootId, relative: &str) {
        let at = usize::from(root.0);
        let (Some(base), Some(rules)) =
            (self.options.roots.get(at).cloned(), self.rules.get_mut(at))
        else {
            return;
        };
        *rules = usual_rules(&base);
        let above = std::iter::successors(Some(relative), |path| {
            (!path.is_empty()).then(|| trace::parent(path))
        });
        let marks = above.skip(1).flat_map(|dir| {
            let specify = match dir {
                "" => ".specify".to_owned(),
                dir => format!("{dir}/.specify"),
            };
            let entries = std::fs::read_dir(base.join(&specify));
            let entries = entries.into_iter().flatten().flatten();
            let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
            // Features may be there, many of them.
            let names = names.filter(|name| name != "specs");
            names
                .map(|name| format!("{specify}/{name}"))
                .collect::<Vec<_>>()
        });
        self.list(root, marks.collect());
        self.take_named();
        let homes = self.spec_roots.homes(root, relative);
        let is_feature = |dir: &&SmolStr| {
            let whole = base.join(dir.as_str());
            let mut documents = ["spec.md", "plan.md", "tasks.md"].into_iter();
            documents.any(|document| whole.join(document).is_file())
        };
        let home = homes.iter().find(is_feature).or(homes.last()).cloned();
        let quick = |dir: &SmolStr| !holds_more(&base.join(dir.as_str()), MUCH);
        if let Some(home) = home.filter(quick) {
            self.list(root, vec![home.to_string()]);
            self.tree.listed(root, &home);
        }
        let spec_roots = Change::SpecRoots(self.spec_roots.clone());
        self.pending
            .extend([spec_roots, Change::Tree(self.tree.clone())]);
    }

    /// Takes in what a walk would list at these paths and below.
    fn list(&mut self, root: RootId, paths: Vec<String>) {
        if paths.is_empty() {
            return;
        }
        let mut asked = vec![Vec::new(); self.options.roots.len()];
        asked[usize::from(root.0)] = paths;
        let listings = walk_at(&self.options.roots, &self.walked, &self.rules, &asked);
        let mut found = BTreeSet::new();
        for listing in listings {
            let listed = listing.files.into_iter().filter(|entry| !entry.alias);
            found.extend(listed.map(|entry| entry.path));
        }
        for path in found {
            self.add_early(root, &path);
        }
    }

    /// Takes in a file, and reads it if it is a document.
    fn add_early(&mut self, root: RootId, path: &str) -> text::FileId {
        if let Some(known) = self.tree.file(root, path) {
            return known;
        }
        let file = self.tree.insert(root, path);
        let kind = self.spec_roots.document_kind(root, path);
        if let Some(kind) = kind
            && let Some(whole) = self.disk_path(file)
            && let ReadOutcome::Text(read) = self.files.document(&whole)
        {
            let facts = documents::read(kind, &read.text);
            let read = document(facts, read.text.into());
            self.pending.push(Change::Document(file, Some(read)));
        }
        file
    }

    /// Looks which directories were named as features.
    fn take_named(&mut self) {
        let named = named_active(&self.options, &self.tree);
        self.spec_roots = self.all_spec_roots(&named);
        self.pending.push(Change::NamedActive(Arc::new(named)));
    }
}
