//! One feature with everything its findings are a function of: documents, resolved paths, resolved references.

mod definitions;

use std::sync::Arc;

use documents::{Document, DocumentKind, Format, Item, ItemIndex, ItemKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use smol_str::SmolStr;
use text::{FileId, TextRange};

pub(crate) use definitions::{define_the_same, definitions, item_path};

use crate::acceptance::Accepted;
use crate::bound::BoundValue;
use crate::claims::SymbolClaim;
use crate::drawn::{DrawnTree, Sketch};
use crate::history::{Past, PastQuestion, PathQuestion, WordQuestion};
use crate::hyperlinks::HyperlinkEnd;
use crate::inputs::DocumentFile;
use crate::layout::Project;
use crate::mentions::Tested;
use crate::models::EntityLink;
use crate::openspec::OpenSpec;
use crate::outdated::Outdated;
use crate::paths::Resolution;
use crate::proofs::Proofs;
use crate::scope::{FeatureState, Phase};
use crate::stack::{StackClaim, StackName};
use crate::template::RequiredSection;
use crate::{Basis, ItemKey, RootId};

/// Position of a [`Feature`] in the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeatureId(pub u32);

/// What a [`Feature`] is to its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// Work with a beginning and an end: a Spec Kit feature, a Kiro spec, an `OpenSpec` change.
    Feature,
    /// What holds for good: a main spec of `OpenSpec`.
    Capability,
}

/// One item of one document of one feature. Valid for the graph it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemRef {
    /// The feature that defines it.
    pub feature: FeatureId,
    /// The document that defines it.
    pub file: FileId,
    /// Which of the document's items.
    pub item: ItemIndex,
}

/// A document of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureDocument {
    /// The file.
    pub file: FileId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its path from the workspace root.
    pub path: SmolStr,
    /// Text, lines and facts.
    pub doc: Arc<DocumentFile>,
}

impl FeatureDocument {
    /// What the document says.
    #[must_use]
    pub fn facts(&self) -> &Document {
        &self.doc.facts
    }

    /// The bytes of a range of its text.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        text::slice(&self.doc.text, range)
    }
}

/// A path named in a document and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathLink {
    /// Document that names it.
    pub file: FileId,
    /// Which of the document's paths (`Document::paths`).
    pub mention: u32,
    /// Where it leads.
    pub resolution: Resolution,
    /// What git was asked, when nothing is there.
    pub question: Option<PathQuestion>,
    /// Where nothing is there: the only file of that name in the workspace folder, from the folder.
    pub namesake: Option<SmolStr>,
}

/// An id named in a document and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Document that names it.
    pub file: FileId,
    /// Which of the document's mentions (`Document::mentions`).
    pub mention: u32,
    /// What it means.
    pub target: Target,
    /// It is undefined here, and other features of the project define an id like it.
    pub elsewhere: bool,
    /// One of those features is named where the mention stands: by its number on the line, or by its name in the document
    /// or the feature's spec.
    pub told: bool,
}

/// Items an id means: nearly always one, which then needs no allocation.
pub type Items = SmallVec<[ItemRef; 1]>;

/// What a mentioned id means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// These items (several only when the id is defined twice in one feature).
    Items(Items, Basis),
    /// It belongs to this feature, which does not define it.
    Undefined(FeatureId),
    /// Several features define it and nothing says which is meant.
    Ambiguous(Items),
    /// Not an id of this workspace (`UTF-8`), or qualified by a feature nobody knows.
    Foreign,
}

/// A task's links, one per task item of `tasks.md`, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLinks {
    /// Which of the document's items.
    pub item: ItemIndex,
    /// Stories it works for: its labels, else the story of its phase.
    pub stories: Vec<SmolStr>,
    /// Its paths, as positions in [`Feature::paths`].
    pub paths: std::ops::Range<u32>,
    /// Words that would show its work under another file name, and whether they stand in the sources (`None`:
    /// unknown yet). Asked only for ticked tasks none of whose files ever existed.
    pub words: Vec<(WordQuestion, Option<bool>)>,
}

/// A property of a Kiro design that a source file names with its title: `Feature: login, Property 2: Round trip`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyTag {
    /// The source file.
    pub file: FileId,
    /// The property's number.
    pub number: SmolStr,
    /// Bytes of the number.
    pub range: TextRange,
    /// Bytes of the title on the same line; may be empty.
    pub title: TextRange,
    /// The title with the lines that follow it, without the marks of comments.
    pub said: SmolStr,
    /// Criteria it is said to validate.
    pub validates: Vec<SmolStr>,
}

/// What a source file cites of a feature: a place of a Kiro spec in a list that is there for citing, or an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCitation {
    /// The source file.
    pub file: FileId,
    /// `2.3`, `FR-009`
    pub key: SmolStr,
    /// Its bytes.
    pub range: TextRange,
}

/// Ids a feature defines: canonical id (`FR-001`, `US1`, `US1/AC2`, `T001`) to items. What other features read of it.
pub(crate) type Definitions = FxHashMap<SmolStr, Vec<ItemRef>>;

/// A feature, its documents and its links.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Its id.
    pub id: FeatureId,
    /// Workspace folder.
    pub root: RootId,
    /// Directory from the root.
    pub path: SmolStr,
    /// Last segment of the path.
    pub name: SmolStr,
    /// A change in the making, or what holds for good.
    pub unit: UnitKind,
    /// `7` of `007-login`.
    pub number: Option<u64>,
    /// The project it belongs to.
    pub project: Arc<Project>,
    /// Live or history.
    pub state: FeatureState,
    /// Whether all of its documents are new since the merge base, also under a new name; `None`: git does not say.
    pub is_new: Option<bool>,
    /// How far it has come.
    pub phase: Phase,
    /// Its documents, spec, plan and tasks first.
    pub documents: Vec<FeatureDocument>,
    /// Its documents as HEAD has them, while one of them is open or not as HEAD has it: those that count by place.
    pub committed: Vec<FeatureDocument>,
    /// Its contracts as the merge base has them, where they are not the same any more.
    pub base: Vec<FeatureDocument>,
    /// What its contracts come to: routes, and what is broken since the base.
    pub contracts: Arc<crate::Contracts>,
    /// When its documents that are copied or derived from others were written, while somebody works on it; `None`:
    /// unknown yet.
    pub pasts: Vec<(PastQuestion, Option<Arc<Past>>)>,
    /// Kinds of the documents that exist, those that could not be read included.
    pub present: Vec<DocumentKind>,
    /// Names of the features beside it in the same directory that have the same number; none for timestamps.
    pub namesakes: Vec<SmolStr>,
    /// Numbered features in its directory, itself included.
    pub siblings: u32,
    /// Every path its documents name, by document and place.
    pub paths: Vec<PathLink>,
    /// Every Markdown link of its documents, by document and place.
    pub hyperlinks: Vec<HyperlinkEnd>,
    /// Every id its documents mention, by document and place.
    pub references: Vec<Reference>,
    /// Its tasks.
    pub tasks: Vec<TaskLinks>,
    /// Its properties that source files name with their titles, by file and place.
    pub tags: Vec<PropertyTag>,
    /// Symbols that its ticked tasks, and its plan once all is ticked, name together with a file.
    pub claims: Vec<SymbolClaim>,
    /// Values of its documents that are bound to what holds them.
    pub bound: Vec<BoundValue>,
    /// What was accepted of it.
    pub accepted: Arc<Accepted>,
    /// What of it was reworded after its tasks were ticked.
    pub outdated: Arc<Outdated>,
    /// What its plan's technical context names, once all is ticked, against what manifests list.
    pub stack: Vec<StackClaim>,
    /// The trees of directories that its plan draws, once all is ticked.
    pub drawn: Vec<DrawnTree>,
    /// Entities of its data model with the types that were written for them, once all is ticked.
    pub models: Vec<EntityLink>,
    /// Which of its requirements tests mention.
    pub tested: Arc<Tested>,
    /// What those tests show.
    pub proofs: Arc<Proofs>,
    /// Requirements and criteria that source files cite of it and that it does not define, by file and place.
    pub dangling: Vec<CodeCitation>,
    /// Ids that source files say are this feature's, beside it or in a tag made for that, and that nothing defines. By
    /// file and place.
    pub strays: Vec<CodeCitation>,
    /// The constitution of its project; not one of its documents.
    pub constitution: Option<FeatureDocument>,
    /// Sections its spec must have, by the project's template.
    pub required: Arc<[RequiredSection]>,
    /// What titles of specs begin with by that template: `Feature Specification:`; empty without one.
    pub template_title: SmolStr,
    /// What only changes and main specs of `OpenSpec` have.
    pub openspec: Option<OpenSpec>,
    /// Things that its plan's technical context names.
    pub(crate) stack_names: Arc<[StackName]>,
    /// Trees of directories that its plan draws.
    pub(crate) sketches: Arc<[Sketch]>,
    /// Names of the entities of its data model, as they are compared; sorted.
    pub(crate) entity_names: Arc<[SmolStr]>,
    /// Ids it defines.
    pub(crate) definitions: Arc<Definitions>,
    /// Features whose definitions its references read.
    pub(crate) reads: FxHashSet<FeatureId>,
}

impl Feature {
    /// The first document of a kind.
    #[must_use]
    pub fn document_of(&self, kind: DocumentKind) -> Option<&FeatureDocument> {
        self.documents.iter().find(|doc| doc.kind == kind)
    }

    /// The first document that says what is wanted: `spec.md`, `requirements.md`, `bugfix.md`.
    #[must_use]
    pub fn spec(&self) -> Option<&FeatureDocument> {
        self.documents.iter().find(|doc| doc.kind.is_spec())
    }

    /// The document that says how it is to be built: `plan.md`, `design.md`.
    #[must_use]
    pub fn plan(&self) -> Option<&FeatureDocument> {
        self.documents.iter().find(|doc| doc.kind.is_plan())
    }

    /// `tasks.md`
    #[must_use]
    pub fn tasks_document(&self) -> Option<&FeatureDocument> {
        self.documents.iter().find(|doc| doc.kind.is_tasks())
    }

    /// Those of its documents whose merge is not decided, each with the line that opens the first conflict. What such a
    /// feature says, and what it leaves out, is unknown.
    pub fn conflicts(&self) -> impl Iterator<Item = (&FeatureDocument, TextRange)> {
        let all = self.documents.iter();
        all.filter_map(|document| Some((document, document.facts().conflict?)))
    }

    /// Family of its documents.
    #[must_use]
    pub fn format(&self) -> Format {
        self.project.format
    }

    /// The document with this file id; the project's constitution, too.
    #[must_use]
    pub fn document(&self, file: FileId) -> Option<&FeatureDocument> {
        let mut all = self.documents.iter().chain(&self.constitution);
        all.find(|doc| doc.file == file)
    }

    /// Whether it has exactly this state of a document.
    pub(crate) fn holds(&self, document: &FeatureDocument) -> bool {
        self.document(document.file)
            .is_some_and(|own| own.kind == document.kind && Arc::ptr_eq(&own.doc, &document.doc))
    }

    /// The item behind a reference into this feature.
    #[must_use]
    pub fn item(&self, item: ItemRef) -> Option<&Item> {
        self.document(item.file)?
            .facts()
            .items
            .get(item.item as usize)
    }

    /// Whether the documents of `kinds`, what their paths and mentions lead to, and the tasks are those of `before`,
    /// and everything else is as it was but for the text of other documents.
    #[must_use]
    pub fn is_same_in(&self, before: &Self, kinds: &[DocumentKind]) -> bool {
        let file = |each: &FeatureDocument| (each.file, each.kind);
        // Asked for every link: the files are few.
        let files: Vec<FileId> = self
            .documents
            .iter()
            .filter(|document| kinds.contains(&document.kind))
            .map(|document| document.file)
            .collect();
        let looked_at = |file: FileId| files.contains(&file);
        (self.id, &self.path, self.state, self.phase, self.is_new)
            == (
                before.id,
                &before.path,
                before.state,
                before.phase,
                before.is_new,
            )
            && Arc::ptr_eq(&self.definitions, &before.definitions)
            && same_constitution(self, before)
            && self.project == before.project
            && (&self.present, &self.namesakes, self.siblings)
                == (&before.present, &before.namesakes, before.siblings)
            && self.required == before.required
            && self.template_title == before.template_title
            && self.openspec == before.openspec
            && self.documents.len() == before.documents.len()
            && same_states(&self.committed, &before.committed)
            && self.pasts == before.pasts
            && self
                .documents
                .iter()
                .zip(&before.documents)
                .all(|(now, then)| {
                    file(now) == file(then)
                        && (!kinds.contains(&now.kind) || Arc::ptr_eq(&now.doc, &then.doc))
                })
            && self.tasks == before.tasks
            && self.tested == before.tested
            && self.proofs == before.proofs
            && self.accepted == before.accepted
            && self.outdated == before.outdated
            && self
                .claims
                .iter()
                .filter(|claim| looked_at(claim.file))
                .eq(before.claims.iter().filter(|claim| looked_at(claim.file)))
            && self
                .bound
                .iter()
                .filter(|bound| looked_at(bound.file))
                .eq(before.bound.iter().filter(|bound| looked_at(bound.file)))
            && self
                .stack
                .iter()
                .filter(|claim| looked_at(claim.file))
                .eq(before.stack.iter().filter(|claim| looked_at(claim.file)))
            && self
                .drawn
                .iter()
                .filter(|tree| looked_at(tree.file))
                .eq(before.drawn.iter().filter(|tree| looked_at(tree.file)))
            && self
                .models
                .iter()
                .filter(|link| looked_at(link.file))
                .eq(before.models.iter().filter(|link| looked_at(link.file)))
            && (&self.tags, &self.dangling, &self.strays)
                == (&before.tags, &before.dangling, &before.strays)
            && self
                .paths
                .iter()
                .filter(|link| looked_at(link.file))
                .eq(before.paths.iter().filter(|link| looked_at(link.file)))
            && self
                .references
                .iter()
                .filter(|reference| looked_at(reference.file))
                .eq(before
                    .references
                    .iter()
                    .filter(|reference| looked_at(reference.file)))
    }

    /// Items that define `id` (`FR-001`, `US1`, `US1/AC2`).
    #[must_use]
    pub fn defined(&self, id: &str) -> &[ItemRef] {
        self.definitions.get(id).map_or(&[], Vec::as_slice)
    }

    /// All ids it defines, in no order.
    pub fn defined_ids(&self) -> impl Iterator<Item = (&SmolStr, &[ItemRef])> {
        self.definitions
            .iter()
            .map(|(id, items)| (id, items.as_slice()))
    }

    /// The item with those whose citations count for it: a Kiro requirement with its criteria, a criterion with its
    /// requirement.
    #[must_use]
    pub fn counted_with(&self, item: ItemRef) -> Vec<ItemRef> {
        let mut with = vec![item];
        let Some(facts) = self.document(item.file).map(FeatureDocument::facts) else {
            return with;
        };
        let Some(it) = facts.items.get(item.item as usize) else {
            return with;
        };
        let criteria = facts
            .items_of(ItemKind::Criterion)
            .filter(|(_, each)| each.parent == Some(item.item))
            .map(|(at, _)| at);
        let requirement = it.parent.filter(|_| it.kind == ItemKind::Criterion);
        with.extend(
            criteria
                .chain(requirement)
                .map(|at| ItemRef { item: at, ..item }),
        );
        with
    }

    /// The paths named inside a range of one document.
    pub fn paths_in(&self, file: FileId, range: TextRange) -> impl Iterator<Item = &PathLink> {
        let facts = self.document(file).map(FeatureDocument::facts);
        self.paths.iter().filter(move |link| {
            link.file == file
                && facts
                    .and_then(|facts| facts.paths.get(link.mention as usize))
                    .is_some_and(|path| range.contains_range(path.range))
        })
    }

    /// The links of a task item.
    #[must_use]
    pub fn task(&self, item: ItemIndex) -> Option<&TaskLinks> {
        self.tasks
            .binary_search_by_key(&item, |task| task.item)
            .ok()
            .map(|at| &self.tasks[at])
    }

    /// The structured key of one of its items.
    #[must_use]
    pub fn key(&self, item: ItemRef) -> Option<ItemKey> {
        let facts = self.document(item.file)?.facts();
        let it = facts.items.get(item.item as usize)?;
        let key = item_path(facts, it);
        let before = || {
            let before = facts.items.iter().take(item.item as usize);
            before
                .filter(|each| each.kind == it.kind && each.id == it.id)
                .count()
        };
        // What is not defined for the feature is counted in its document.
        let nth = 1 + self
            .definitions
            .get(key.join("/").as_str())
            .map_or_else(before, |items| {
                items.iter().position(|each| *each == item).unwrap_or(0)
            });
        let project_wide = self
            .constitution
            .as_ref()
            .filter(|constitution| constitution.file == item.file);
        Some(ItemKey {
            project: self.project.path.clone(),
            unit: project_wide.map_or_else(|| self.path.clone(), |each| each.path.clone()),
            kind: it.kind,
            key,
            nth: nth as u32,
        })
    }
}

/// Whether these are the same states of the same documents.
fn same_states(now: &[FeatureDocument], then: &[FeatureDocument]) -> bool {
    now.len() == then.len()
        && now
            .iter()
            .zip(then)
            .all(|(now, then)| now.file == then.file && Arc::ptr_eq(&now.doc, &then.doc))
}

/// Whether both see the same state of their project's constitution.
fn same_constitution(one: &Feature, other: &Feature) -> bool {
    match (&one.constitution, &other.constitution) {
        (Some(one), Some(other)) => one.file == other.file && Arc::ptr_eq(&one.doc, &other.doc),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// `7` of `007-login`; timestamps are numbers too.
pub(crate) fn feature_number(name: &str) -> Option<u64> {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    name.get(..digits)?.parse().ok()
}
