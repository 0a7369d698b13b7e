//! The immutable graph and how it changes: `apply` gives a new graph and rebuilds only what a change can reach.
//! `Graph::new` over the same inputs gives the same graph; a property test holds the two equal.

mod accepted;
mod change;
mod contracted;
mod link;
mod marks;
mod models;
mod named;
mod outdated;
mod proofs;
mod questions;
mod quotes;
mod redefined;
mod sift;
mod stacks;
mod tags;
mod tested;
mod trees;

pub use change::Change;
pub(crate) use marks::Mark;
pub use quotes::anchor;
pub use sift::Skimmed;

use std::sync::{Arc, OnceLock};

use documents::DocumentKind;
use imbl::HashMap;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;

use self::change::Dirty;
use self::link::files_by_task;
use self::named::Named;
use crate::RootId;
use crate::bound;
use crate::chain::{MentionsOf, SymbolNames};
use crate::claims;
use crate::evidence::{Cases, Runs};
use crate::feature::{
    Definitions, Feature, FeatureDocument, FeatureId, Target, define_the_same, definitions,
    feature_number,
};
use crate::inputs::{DocumentFile, Inputs};
use crate::layout::{FeatureDir, Layout, Project};
use crate::mentions::{Candidate, CodeLink, CodeLinks};
use crate::openspec;
use crate::sure::tasks_with_paths;
use crate::template::{SpecTemplate, spec_template};
use crate::tree::file_name;

/// Everything known of a workspace at one moment.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    inputs: Inputs,
    layout: Arc<Layout>,
    projects: Arc<Vec<Arc<Project>>>,
    features: Arc<Vec<Arc<Feature>>>,
    /// Of each feature.
    marks: Arc<Vec<marks::Marks>>,
    candidates: Arc<Vec<Candidate>>,
    feature_of: Arc<FxHashMap<FileId, FeatureId>>,
    code: CodeLinks,
    /// Properties that sources name with their titles.
    tags: tags::Tags,
    /// Sources that quote documents: what they mean hangs on the documents' texts.
    quoting: Arc<FxHashSet<FileId>>,
    /// Made when first asked for; forgotten when a source changes.
    pub(crate) symbol_names: Arc<OnceLock<SymbolNames>>,
    /// Made when first asked for; forgotten when a source, a report or the tree changes.
    pub(crate) runs: Arc<OnceLock<Runs>>,
    /// Made when first asked for; forgotten when a report changes.
    pub(crate) cases: Arc<OnceLock<Cases>>,
    /// The same for what sources mention; forgotten when one is linked again.
    pub(crate) mentions_of: Arc<OnceLock<MentionsOf>>,
}

impl PartialEq for Graph {
    /// Equality of everything derived; the inputs are not compared.
    fn eq(&self, other: &Self) -> bool {
        self.layout == other.layout
            && self.features == other.features
            && self.feature_of == other.feature_of
            && self.code == other.code
    }
}

/// What is different in the files that tasks name.
#[derive(Default)]
struct Renamed {
    /// Files that came or went.
    files: FxHashSet<FileId>,
    /// Tasks that name any file now and did not, or the other way round.
    tasks: FxHashSet<(FeatureId, u32)>,
}

impl Graph {
    /// Builds the graph of `inputs` from scratch.
    #[must_use]
    pub fn new(inputs: Inputs) -> Self {
        let dirty = Dirty {
            layout: true,
            every_feature: true,
            locks: true,
            sources: inputs.sources.keys().copied().collect(),
            ..Dirty::default()
        };
        let empty = Self {
            inputs,
            ..Self::default()
        };
        empty.rebuilt(&dirty)
    }

    /// The graph after `changes`, sharing all they do not reach with this one.
    #[must_use]
    pub fn apply(&self, changes: Vec<Change>) -> Self {
        let mut next = self.clone();
        let mut dirty = Dirty::default();
        for change in changes {
            next.take(change, &mut dirty);
        }
        next.rebuilt(&dirty)
    }

    fn rebuilt(mut self, dirty: &Dirty) -> Self {
        // Held to the end: what is changed on the way is another object then.
        let before = Arc::clone(&self.features);
        let relayout = dirty.layout && self.read_layout();
        let templates_changed = self.projects.iter().any(|project| {
            project
                .spec_templates
                .iter()
                .chain(&project.tasks_templates)
                .chain(&project.template_order)
                .any(|file| dirty.documents.contains(file))
        });
        let all = dirty.every_feature || relayout || templates_changed;
        let mut touched: FxHashSet<FeatureId> = if all {
            (0..self.layout.features.len() as u32)
                .map(FeatureId)
                .collect()
        } else {
            let dirty = dirty.documents.iter();
            dirty.flat_map(|file| self.features_with(*file)).collect()
        };
        if !all && !dirty.sources.is_empty() {
            touched.extend(self.features_claiming(&dirty.sources));
        }
        let redefined = self.redefine(&touched, relayout);
        if !redefined.is_empty() {
            for feature in self.features.iter() {
                if !feature.reads.is_disjoint(&redefined) {
                    touched.insert(feature.id);
                }
            }
        }
        let alone = !all && redefined.is_empty();
        let spoken = self.spoken(&touched, relayout);
        let sketches = self.sketches(&touched, relayout);
        let modelled = self.modelled(&touched, relayout);
        let renamed = self.relink(&touched, relayout, alone, dirty.sources.is_empty());
        self.mark(&before);
        let linked = self.relink_sources(dirty, relayout, &redefined, &renamed);
        let relinked = linked.is_some();
        // Those that sources speak of otherwise than before, and those that are others themselves.
        let spoken_of: FxHashSet<FeatureId> = linked
            .into_iter()
            .flatten()
            .chain(touched.iter().copied())
            .collect();
        let some = (!relayout && !dirty.sources_read).then_some(&spoken_of);
        if relinked || dirty.sources_read {
            self.find_tested(some);
        }
        // Whose file a report names, the tree tells.
        let moved = dirty.layout && !self.inputs.evidence.reports.is_empty();
        if relinked || dirty.sources_read || dirty.evidence || moved {
            self.find_proofs(some.filter(|_| !dirty.evidence && !moved));
        }
        if all || relinked {
            self.tag_features();
        }
        self.find_accepted(dirty, all || relayout, &touched);
        let outdated = (!all && !relinked && dirty.sources.is_empty()).then_some(&touched);
        self.find_outdated(outdated);
        let mut contracts = all || dirty.contracts;
        contracts |= dirty.documents.iter().any(|file| self.is_contract(*file));
        self.find_contracts(contracts);
        self.judge_stacks(&touched, &spoken, all || dirty.manifests);
        self.judge_trees(&touched, &sketches, all);
        self.judge_models(&touched, &modelled, &dirty.sources, all);
        self.mark(&before);
        self
    }

    /// Reads projects and features off the tree; whether anything is different now.
    fn read_layout(&mut self) -> bool {
        let layout = Layout::of(&self.inputs.tree, &self.inputs.spec_roots);
        if layout == *self.layout {
            return false;
        }
        self.projects = Arc::new(layout.projects.iter().cloned().map(Arc::new).collect());
        self.feature_of = Arc::new(
            (0..)
                .zip(&layout.features)
                .flat_map(|(id, dir)| {
                    dir.documents
                        .iter()
                        .map(move |(_, file)| (*file, FeatureId(id)))
                })
                .collect(),
        );
        self.layout = Arc::new(layout);
        true
    }

    fn documents_of(&self, dir: &FeatureDir) -> Vec<FeatureDocument> {
        self.documents_in(&self.inputs.documents, dir)
    }

    /// The documents of a feature that were read, in one of their states.
    fn documents_in(
        &self,
        states: &HashMap<FileId, Arc<DocumentFile>>,
        dir: &FeatureDir,
    ) -> Vec<FeatureDocument> {
        let read = |&(kind, file): &(_, FileId)| {
            let doc = states.get(&file)?;
            Some(FeatureDocument {
                file,
                kind,
                path: self.inputs.tree.path_str(file).into(),
                doc: Arc::clone(doc),
            })
        };
        dir.documents.iter().filter_map(read).collect()
    }

    /// The features that a document is part of: its own one, or all of a project for its constitution.
    fn features_with(&self, file: FileId) -> Vec<FeatureId> {
        let mut readers = openspec::readers(&self.layout, &self.inputs, file);
        if let Some(own) = self.feature_of.get(&file) {
            readers.push(*own);
        }
        if !readers.is_empty() {
            return readers;
        }
        let rules = |project: &&Arc<Project>| project.constitution == Some(file);
        let Some(project) = self.projects.iter().find(rules) else {
            return Vec::new();
        };
        let features = (0..).map(FeatureId).zip(&self.layout.features);
        features
            .filter(|(_, dir)| dir.project == project.id)
            .map(|(id, _)| id)
            .collect()
    }

    /// The constitution of a project, as read; none while a merge of it is not decided.
    fn constitution_of(&self, project: &Project) -> Option<FeatureDocument> {
        let file = project.constitution?;
        let doc = self.inputs.documents.get(&file)?;
        if doc.facts.conflict.is_some() {
            return None;
        }
        Some(FeatureDocument {
            file,
            kind: DocumentKind::Constitution,
            path: self.inputs.tree.path_str(file).into(),
            doc: Arc::clone(doc),
        })
    }

    /// Recomputes what the touched features define; gives those whose definitions are different now.
    fn redefine(&mut self, touched: &FxHashSet<FeatureId>, relayout: bool) -> FxHashSet<FeatureId> {
        let mut changed = FxHashSet::default();
        if relayout {
            self.candidates = Arc::default();
        }
        let layout = Arc::clone(&self.layout);
        for (at, dir) in layout.some(touched, relayout) {
            let id = FeatureId(at as u32);
            let documents = self.documents_of(dir);
            let before = self.features.get(at).filter(|_| !relayout);
            if before.is_some_and(|before| define_the_same(&before.documents, &documents)) {
                continue;
            }
            let defined: Arc<Definitions> = Arc::new(definitions(id, &documents));
            if relayout {
                let name: SmolStr = file_name(&dir.path).into();
                let candidate = Candidate {
                    id,
                    root: dir.root,
                    repository: self.inputs.tree.root_name(dir.root),
                    project: Arc::clone(&self.projects[dir.project.0 as usize]),
                    path: dir.path.clone(),
                    number: feature_number(&name),
                    name,
                    definitions: defined,
                };
                Arc::make_mut(&mut self.candidates).push(candidate);
                changed.insert(id);
            } else if self.candidates[at].definitions != defined {
                Arc::make_mut(&mut self.candidates)[at].definitions = defined;
                changed.insert(id);
            }
        }
        changed
    }

    /// Rebuilds the touched features; gives what is different in the files that tasks name. `alone`: nothing
    /// but texts of documents is different, and no feature defines anything else than before; `same_sources`: nor is any
    /// source.
    fn relink(
        &mut self,
        touched: &FxHashSet<FeatureId>,
        relayout: bool,
        alone: bool,
        same_sources: bool,
    ) -> Renamed {
        let mut renamed = Renamed::default();
        let old = Arc::clone(&self.features);
        let mut features: Vec<Arc<Feature>> = if relayout { Vec::new() } else { (*old).clone() };
        let mut templates: FxHashMap<u32, SpecTemplate> = FxHashMap::default();
        for (at, dir) in self.layout.some(touched, relayout) {
            let id = FeatureId(at as u32);
            let template = templates.entry(dir.project.0).or_insert_with(|| {
                spec_template(&self.inputs, &self.projects[dir.project.0 as usize])
            });
            let before = if relayout { None } else { old.get(at) };
            let linked = before.filter(|_| alone).map(AsRef::as_ref);
            let mut feature = self.link(id, dir, template.clone(), linked);
            if let Some(before) = before {
                feature.tags.clone_from(&before.tags);
                feature.contracts = Arc::clone(&before.contracts);
                feature.stack.clone_from(&before.stack);
                feature.drawn.clone_from(&before.drawn);
                feature.models.clone_from(&before.models);
                feature.tested = Arc::clone(&before.tested);
                feature.proofs = Arc::clone(&before.proofs);
                feature.accepted = Arc::clone(&before.accepted);
                feature.dangling.clone_from(&before.dangling);
                feature.strays.clone_from(&before.strays);
            }
            let claimed = linked.filter(|_| same_sources);
            feature.claims = claims::of_feature(&feature, &self.inputs, claimed);
            feature.bound = bound::of_feature(&feature, &self.inputs);
            if before.is_some_and(|before| **before == feature) {
                continue;
            }
            let now: FxHashSet<(FileId, u32)> = files_by_task(&feature).collect();
            let then: FxHashSet<(FileId, u32)> = before
                .map(|before| files_by_task(before).collect())
                .unwrap_or_default();
            renamed
                .files
                .extend(now.symmetric_difference(&then).map(|(file, _)| *file));
            let now: FxHashSet<u32> = tasks_with_paths(&feature).collect();
            let then: FxHashSet<u32> = before
                .map(|before| tasks_with_paths(before).collect())
                .unwrap_or_default();
            let items = now.symmetric_difference(&then);
            renamed.tasks.extend(items.map(|item| (id, *item)));
            if relayout {
                features.push(Arc::new(feature));
            } else {
                features[at] = Arc::new(feature);
            }
        }
        self.features = Arc::new(features);
        renamed
    }

    /// Sources that mention one of these tasks.
    fn mentioning(&self, tasks: &FxHashSet<(FeatureId, u32)>) -> Vec<FileId> {
        if tasks.is_empty() {
            return Vec::new();
        }
        let meant = |link: &CodeLink| {
            let mut items = link.resolved.items().iter();
            items.any(|item| tasks.contains(&(item.feature, item.item)))
        };
        let files = self
            .code
            .iter()
            .filter(|(_, links)| links.iter().any(meant));
        files.map(|(file, _)| *file).collect()
    }

    /// Links those sources again that may say something else; gives the features they speak of or spoke of. `None`: there was no
    /// such source.
    fn relink_sources(
        &mut self,
        dirty: &Dirty,
        all: bool,
        redefined: &FxHashSet<FeatureId>,
        renamed: &Renamed,
    ) -> Option<FxHashSet<FeatureId>> {
        let files: FxHashSet<FileId> = if all {
            self.inputs.sources.keys().copied().collect()
        } else {
            let mut files: FxHashSet<FileId> =
                dirty.sources.union(&renamed.files).copied().collect();
            files.extend(self.mentioning(&renamed.tasks));
            files.extend(self.sources_reaching(redefined));
            if !dirty.documents.is_empty() {
                files.extend(self.quoting.iter());
            }
            files
        };
        if all {
            self.code = CodeLinks::new();
            self.tags = tags::Tags::new();
            self.quoting = Arc::default();
        }
        if !all && files.is_empty() {
            return None;
        }
        self.mentions_of = Arc::default();
        let features = Arc::clone(&self.features);
        let named = Named::new(&features, &files);
        let mut spoken_of = FxHashSet::default();
        for file in files.iter().copied() {
            let links = self
                .inputs
                .sources
                .get(&file)
                .map(|source| self.link_source(file, source, &named));
            let before = self.code.get(&file).map_or(&[][..], |links| links);
            let both = before.iter().chain(links.iter().flatten());
            spoken_of.extend(
                both.flat_map(|link| link.resolved.items())
                    .map(|it| it.feature),
            );
            self.tag_source(file, links.as_deref().unwrap_or_default());
            self.note_quotes(file);
            match links {
                Some(links) if !links.is_empty() => self.code.insert(file, links.into()),
                _ => self.code.remove(&file),
            };
        }
        Some(spoken_of)
    }

    /// The nearest project around a path.
    #[must_use]
    pub fn project_of(&self, root: RootId, path: &str) -> Option<&Project> {
        self.projects
            .iter()
            .map(AsRef::as_ref)
            .filter(|project| project.root == root)
            .filter(|project| {
                project.path.is_empty()
                    || path
                        .strip_prefix(project.path.as_str())
                        .is_some_and(|rest| rest.starts_with('/'))
            })
            .max_by_key(|project| project.path.len())
    }

    /// The text of a project's resolved spec template; `None` where it has none.
    #[must_use]
    pub fn spec_template(&self, project: &Project) -> Option<String> {
        crate::template::spec_template_text(&self.inputs, project)
    }

    /// The inputs this graph is a function of.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// All projects.
    #[must_use]
    pub fn projects(&self) -> &[Arc<Project>] {
        &self.projects
    }

    /// All features, by path.
    #[must_use]
    pub fn features(&self) -> &[Arc<Feature>] {
        &self.features
    }

    /// A feature by id.
    #[must_use]
    pub fn feature(&self, id: FeatureId) -> Option<&Arc<Feature>> {
        self.features.get(id.0 as usize)
    }

    /// The feature a document belongs to.
    #[must_use]
    pub fn feature_of(&self, file: FileId) -> Option<&Arc<Feature>> {
        self.feature(*self.feature_of.get(&file)?)
    }

    /// Features as mentions are resolved to them.
    pub(crate) fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Meanings of the mentions of a source file.
    #[must_use]
    pub fn code_links(&self, file: FileId) -> &[CodeLink] {
        self.code.get(&file).map_or(&[], |links| links)
    }

    /// Source files with mentions that mean something.
    pub fn linked_sources(&self) -> impl Iterator<Item = (FileId, &[CodeLink])> {
        self.code
            .iter()
            .map(|(file, links)| (*file, links.as_ref()))
    }

    /// Source files that tasks and plans name: they must be read for the links to be complete.
    #[must_use]
    pub fn wanted_sources(&self) -> FxHashSet<FileId> {
        self.features
            .iter()
            .flat_map(|feature| feature.named_files())
            .chain(self.accepted_sources())
            .collect()
    }

    /// Prefixes that features define beyond the standard ones (`INV` of `INV-003`).
    #[must_use]
    pub fn defined_prefixes(&self) -> FxHashSet<SmolStr> {
        self.candidates
            .iter()
            .flat_map(|each| each.definitions.keys())
            // `task/1.2` is written without its first part; what is several words is a name and no id.
            .filter(|id| !id.contains('/') && !crate::mentions::is_name(id))
            // An entity is called `Order`, and `order_1` in a source is no id.
            .filter(|id| id.contains(|c: char| c.is_ascii_digit()))
            .map(|id| SmolStr::new(crate::mentions::id_prefix(id)))
            .filter(|prefix| !prefix.is_empty())
            .collect()
    }
}

impl Target {
    /// The items it means or may mean.
    #[must_use]
    pub fn items(&self) -> &[crate::ItemRef] {
        match self {
            Self::Items(items, _) | Self::Ambiguous(items) => items,
            Self::Undefined(_) | Self::Foreign => &[],
        }
    }
}
