//! What can change under a graph, and what each change reaches. What follows from it is rebuilt by the parent.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::FileId;

use super::Graph;
use crate::acceptance::LockFile;
use crate::contracts;
use crate::evidence::Evidence;
use crate::inputs::{DocumentFile, GitState, Manifests, SourceFile};
use crate::openspec::Editions;
use crate::tree::Tree;
use crate::{History, RootId, SpecRoots, Unheard};

/// One change of the inputs.
#[derive(Debug, Clone)]
pub enum Change {
    /// A document was read anew, or is gone.
    Document(FileId, Option<Arc<DocumentFile>>),
    /// What HEAD has of a document was read, or matters no more.
    Committed(FileId, Option<Arc<DocumentFile>>),
    /// What the merge base has of a contract was read, or is the same again.
    Base(FileId, Option<Arc<DocumentFile>>),
    /// Every source that may register routes or call others was read, or is to be again.
    EndpointsRead(bool),
    /// A lock was read anew, or is gone.
    Lock(FileId, Option<Arc<LockFile>>),
    /// A source file was read anew, or matters no more.
    Source(FileId, Option<Arc<SourceFile>>),
    /// Files came or went.
    Tree(Tree),
    /// Git answered.
    History(Arc<History>),
    /// Branch or merge base changed.
    Git(Arc<Vec<GitState>>),
    /// `.specify/feature.json` or the environment names other features.
    NamedActive(Arc<Vec<(RootId, SmolStr)>>),
    /// Another version of `OpenSpec`'s tool counts.
    Editions(Arc<Editions>),
    /// Something is asked for that was not, or no more.
    Unheard(Unheard),
    /// Other directories hold features now. What is to be read there follows as [`Change::Document`].
    SpecRoots(SpecRoots),
    /// Reports of tests and coverage were read, or no longer fit a source.
    Evidence(Arc<Evidence>),
    /// All sources were looked into, or are to be again.
    SourcesRead(bool),
    /// Manifests were read.
    Manifests(Arc<Manifests>),
}

/// What a change reaches.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of one thing that it changed"
)]
pub(super) struct Dirty {
    pub(super) layout: bool,
    pub(super) every_feature: bool,
    pub(super) locks: bool,
    pub(super) documents: FxHashSet<FileId>,
    pub(super) sources: FxHashSet<FileId>,
    pub(super) sources_read: bool,
    pub(super) evidence: bool,
    /// Something that contracts are held against.
    pub(super) contracts: bool,
    pub(super) manifests: bool,
}

impl Graph {
    /// Takes one change over into the inputs; `dirty` learns what it reaches.
    pub(super) fn take(&mut self, change: Change, dirty: &mut Dirty) {
        match change {
            Change::Document(file, doc) => {
                dirty.documents.insert(file);
                match doc {
                    Some(doc) => self.inputs.documents.insert(file, doc),
                    None => self.inputs.documents.remove(&file),
                };
            }
            Change::Committed(file, doc) => {
                dirty.documents.insert(file);
                match doc {
                    Some(doc) => self.inputs.committed.insert(file, doc),
                    None => self.inputs.committed.remove(&file),
                };
            }
            Change::Base(file, doc) => {
                dirty.documents.insert(file);
                match doc {
                    Some(doc) => self.inputs.base.insert(file, doc),
                    None => self.inputs.base.remove(&file),
                };
            }
            Change::EndpointsRead(read) => {
                dirty.contracts = true;
                self.inputs.endpoints_read = read;
            }
            Change::Lock(file, lock) => self.take_lock(file, lock, dirty),
            Change::Source(file, source) => {
                dirty.sources.insert(file);
                let before = self.inputs.sources.get(&file);
                dirty.contracts |= before.is_some_and(|it| contracts::matters(it))
                    || source.as_ref().is_some_and(|it| contracts::matters(it));
                self.symbol_names = Arc::default();
                self.runs = Arc::default();
                match source {
                    Some(source) => self.inputs.sources.insert(file, source),
                    None => self.inputs.sources.remove(&file),
                };
            }
            Change::Tree(tree) => {
                dirty.layout = true;
                dirty.every_feature = true;
                self.runs = Arc::default();
                self.inputs.tree = tree;
            }
            Change::History(history) => {
                if self.inputs.history.is_same_but_for_code(&history) {
                    dirty.locks = true;
                } else {
                    dirty.every_feature = true;
                }
                self.inputs.history = history;
            }
            Change::Git(git) => {
                dirty.every_feature = true;
                self.inputs.git = git;
            }
            Change::SpecRoots(roots) => {
                dirty.layout = true;
                dirty.every_feature = true;
                self.inputs.spec_roots = roots;
            }
            Change::Evidence(evidence) => {
                dirty.evidence = true;
                self.cases = Arc::default();
                self.runs = Arc::default();
                self.inputs.evidence = evidence;
            }
            Change::SourcesRead(read) => {
                dirty.sources_read = true;
                self.inputs.sources_read = read;
            }
            Change::Manifests(manifests) => {
                dirty.manifests = true;
                self.inputs.manifests = Some(manifests);
            }
            Change::Unheard(unheard) => {
                dirty.every_feature = true;
                self.inputs.unheard = unheard;
            }
            Change::Editions(editions) => {
                dirty.every_feature = true;
                self.inputs.editions = editions;
            }
            Change::NamedActive(named) => {
                dirty.every_feature = true;
                self.inputs.named_active = named;
            }
        }
    }
}
