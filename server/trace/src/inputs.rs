//! The inputs of a snapshot: facts by file, the tree, git's answers, scope. Each with its own way to change.

use std::sync::Arc;

use code::SourceFacts;
use documents::Document;
use imbl::HashMap;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, LineIndex};

use crate::acceptance::LockFile;
use crate::evidence::Evidence;
use crate::openspec::Editions;
use crate::stack::ManifestFile;
use crate::{History, Published, RootId, SpecRoots, Tree, Unheard};

/// A spec document as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFile {
    /// The whole text (open buffer or disk).
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
    /// What it says.
    pub facts: Document,
}

/// A source file as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its lines.
    pub lines: LineIndex,
    /// Its symbols, tests and mentions.
    pub facts: SourceFacts,
}

/// Manifests by file, those that could not be read included.
pub type Manifests = FxHashMap<FileId, Arc<ManifestFile>>;

/// What git says of the working tree as a whole, per root. `None` means unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GitState {
    /// Name of the branch checked out.
    pub branch: Option<SmolStr>,
    /// Paths (from the root) changed since the merge base with the default branch: by commits, and documents that are
    /// not as HEAD has them.
    pub changed: Option<Arc<FxHashSet<SmolStr>>>,
    /// Of the documents, those that the merge base does not have: added by commits since, or not committed yet.
    pub added: Option<Arc<FxHashSet<SmolStr>>>,
}

/// All that a [`crate::Graph`] is a function of.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Every file of the workspace.
    pub tree: Tree,
    /// Facts of spec documents and templates.
    pub documents: HashMap<FileId, Arc<DocumentFile>>,
    /// Facts of source files that matter: named by a task, with mentions, or open.
    pub sources: HashMap<FileId, Arc<SourceFile>>,
    /// Documents of features that count by place, as HEAD has them (where there is no git: as they were saved), while
    /// one of the feature's documents is open or not as HEAD has it.
    pub committed: HashMap<FileId, Arc<DocumentFile>>,
    /// Contracts as the merge base with the default branch has them, where they are not the same any more.
    pub base: HashMap<FileId, Arc<DocumentFile>>,
    /// Whether every source that may register routes or call others was read.
    pub endpoints_read: bool,
    /// Locks of projects: what was accepted.
    pub locks: HashMap<FileId, Arc<LockFile>>,
    /// Whether every source was looked into: what no source mentions is mentioned nowhere.
    pub sources_read: bool,
    /// Manifests, all of them; `None` until a feature needs one ([`crate::Graph::awaits_manifests`]).
    pub manifests: Option<Arc<Manifests>>,
    /// What test runs and coverage say.
    pub evidence: Arc<Evidence>,
    /// Git's answers.
    pub history: Arc<History>,
    /// Git's state per root.
    pub git: Arc<Vec<GitState>>,
    /// Directories that hold features beyond `specs/`, by configuration.
    pub spec_roots: SpecRoots,
    /// Feature directories named active by `.specify/feature.json` or `SPECIFY_FEATURE*`: path from the root,
    /// or a bare feature name.
    pub named_active: Arc<Vec<(RootId, SmolStr)>>,
    /// What repositories have published that are not checked out.
    pub published: Arc<Vec<Published>>,
    /// Versions of `OpenSpec`'s tool, by configuration and installation.
    pub editions: Arc<Editions>,
    /// What nobody asks for, by configuration.
    pub unheard: Unheard,
}
