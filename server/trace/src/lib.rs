//! Facts -> links. Joins the facts of documents and sources with paths, templates, git answers and scope into an
//! immutable [`Graph`]: projects, features, what each task's paths resolve to, what each mention means.
//!
//! This room never does IO: what it needs from disk or git it lists ([`Graph::questions`]) and `workspace`
//! answers; until then the answer is *unknown*. It never knows rules, wording or the protocol.
#![forbid(unsafe_code)]

mod acceptance;
mod alike;
mod bound;
mod chain;
mod claims;
mod contracts;
mod drawn;
mod evidence;
mod feature;
mod graph;
mod history;
mod hyperlinks;
pub mod impact;
mod imports;
mod inputs;
mod key;
mod layout;
mod lookup;
mod mentions;
mod models;
pub mod openspec;
mod outdated;
mod past;
mod paths;
mod progress;
mod proofs;
mod published;
mod recite;
mod released;
mod scope;
mod services;
mod stack;
mod suggest;
mod sure;
mod template;
mod terms;
mod topic;
mod touched;
mod tree;
mod unread;
mod words;
mod work;

pub use acceptance::{
    AcceptPlan, Accepted, AcceptedItem, AcceptedLink, Accepting, Alteration, Altered, CodePast,
    CodePastQuestion, CodePrint, CodeSpot, CodeStanding, Fact, ItemPlan, LOCK_FILE, LinkChange,
    Lock, LockFile, LockLine, LockProblem, Part, Planned, TargetName, TextChange, Whither,
};
pub use alike::{FileNames, declares, is_generic_name};
pub use bound::{BoundStanding, BoundValue, HeldPlace};
pub use chain::{
    Chain, CodePlace, FileRole, LinkedFile, Served, Serves, SymbolRef, TestRef, Via, task_around,
};
pub use claims::{ClaimForm, NearSymbol, Standing, SymbolClaim};
pub use code::Outcome;
pub use contracts::{
    At, Break, BreakKind, CallUse, Client, Consumer, Contracts, Excess, NameUse, OperationLink,
    RoutePlace, Serving, TypeUse, Use,
};
pub use drawn::{DirectoryStanding, DrawnDirectory, DrawnTree, PlannedFile, planned_files};
pub use evidence::{Age, Evidence, ReportFile, TestRun};
pub use feature::{
    CodeCitation, Feature, FeatureDocument, FeatureId, ItemRef, Items, PathLink, PropertyTag,
    Reference, Target, TaskLinks, UnitKind,
};
pub use graph::{Change, Graph, Skimmed, anchor};
pub use history::{
    Fate, History, Moment, Past, PastQuestion, PathQuestion, Questions, Wanted, WordPast,
    WordPastQuestion, WordQuestion, unticked,
};
pub use hyperlinks::{End, HyperlinkEnd, link_to};
pub use inputs::{DocumentFile, GitState, Inputs, Manifests, SourceFile};
pub use key::{ItemKey, escape_segment};
pub use layout::{Project, ProjectId, SpecRoots, document_kind, is_template_path};
pub use mentions::{CodeLink, Resolved, Tested};
pub use models::{EntityLink, FieldClaim, FieldStanding, TypePlace, may_declare};
pub use openspec::OpenSpec;
pub use outdated::{
    Outdated, OutdatedFile, OutdatedItem, Reworded, RewordedPast, RewordedQuestion, Rewording,
    Since, SinceQuestion, TaskThen, has_ticks, reworded, with_ticks,
};
pub use paths::{PathBase, Resolution};
pub use progress::Progress;
pub use proofs::{Proof, ProofStanding, Proofs};
pub use published::{
    Elsewhere, PUBLISHED_SCHEMA, Published, PublishedCall, PublishedClient, PublishedCode,
    PublishedContract, PublishedFeature, PublishedItem, PublishedMention, PublishedName,
    PublishedRoute, PublishedType,
};
pub use recite::recited;
pub use released::{Held, Implementation, Released, Seen, Version, first_release};
pub use scope::{FeatureState, Phase};
pub use services::{Image, Need, NeedKind, Service, ServiceId, Services, Step};
pub use stack::{ManifestFile, OtherVersion, StackClaim, StackStanding, spoken_name};
pub use suggest::{CONFIDENT, Candidate, Reason, Suggestion};
pub use template::{RequiredSection, plan_template};
pub use terms::is_certain_term;
pub use topic::{Topic, Unheard};
pub use touched::{CodeChange, Touched, TouchedCode, TouchedItem, changed_symbols, touched};
pub use tree::{Root, RootId, Tree, join, parent};
pub use unread::Unread;
pub use work::RequirementWork;

/// What code does for an item, where a tag says so.
pub use grammar::Role;

/// Why we believe a link; decides what the link may be used for (design section 4). Strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// A line of the lock: may raise anything.
    Accepted,
    /// A resolved, qualified mention, a label, a citation: may raise anything.
    Declared,
    /// By way of a path that a task names: drift and coverage.
    Task,
    /// A route that serves an operation: divergence, where both sides are certain.
    Contract,
    /// A name found exactly once: coverage and hints.
    Name,
    /// By file or likeness: hover, lens, completion; never a finding.
    Inferred,
}

impl Basis {
    /// The word shown to people and written to machine formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declared => "declared",
            Self::Task => "task",
            Self::Contract => "contract",
            Self::Name => "name",
            Self::Inferred => "inferred",
        }
    }
}
