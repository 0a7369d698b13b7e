//! What archiving an `OpenSpec` change would make of the main specs, by the rules of version 1.13 of its own tool: the
//! same texts, byte for byte, or why the tool would refuse. Nothing is moved here; moving the change is the tool's.

mod applied;
mod asked;
mod leftover;
mod merge;
mod purpose;
mod result;

use std::sync::Arc;

use documents::openspec::{Edition, Operation, Side};
use documents::{DocumentKind, Marker};
use smol_str::SmolStr;
use text::{FileId, TextRange};
use trace::openspec::DeltaFile;
use trace::{Feature, FeatureDocument, FeatureId, Graph, OpenSpec, RootId, UnitKind};

pub(crate) use applied::{Outcome, applied, respaced};
use merge::{Merged, merge};
pub(crate) use merge::{folded, unix, with_line_breaks_of};
pub use result::Fault;

/// The version whose rules these are.
const EDITION: Edition = Edition::NEWEST;
/// The schema that comes with the tool.
const OWN_SCHEMA: &str = "spec-driven";

/// The main specs after a change is archived.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archived {
    /// Those that are written or deleted, by capability.
    pub specs: Vec<Applied>,
    /// What archiving would lose or pass over without a word in the specs.
    pub remarks: Vec<Remark>,
}

/// One main spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Path of the capability: `identity/user-auth`.
    pub capability: SmolStr,
    /// Workspace folder.
    pub root: RootId,
    /// Path of the main spec from there.
    pub path: String,
    /// The file; none where it is new.
    pub file: Option<FileId>,
    /// Its text before; empty where it is new.
    pub before: Arc<str>,
    /// Its text afterwards; none where the capability is retired and the file goes.
    pub after: Option<String>,
    /// What was applied.
    pub counts: Counts,
}

/// How many operations changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Requirements that are new.
    pub added: usize,
    /// Requirements that say something else.
    pub modified: usize,
    /// Requirements that are gone.
    pub removed: usize,
    /// Requirements that are called otherwise.
    pub renamed: usize,
}

impl Counts {
    /// All together.
    #[must_use]
    pub fn sum(self) -> usize {
        self.added + self.modified + self.removed + self.renamed
    }
}

/// What archiving passes over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The file it stands in.
    pub file: FileId,
    /// Its bytes there.
    pub range: TextRange,
    /// What it is.
    pub what: Passed,
}

/// Something that archiving passes over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passed {
    /// A requirement outside every delta section.
    Outside(SmolStr),
    /// A purpose for a main spec that has another one.
    PurposeIgnored,
    /// A purpose that would make the new main spec unreadable; a placeholder is written.
    PurposeUnreadable,
    /// A requirement to remove that is not there (any more).
    AlreadyGone(SmolStr),
    /// Tasks that are not done, of all: archive asks before it goes on.
    OpenTasks(usize, usize),
    /// A heading in a requirement of the main spec that goes with it.
    Swallowed {
        /// The heading line.
        heading: SmolStr,
        /// The requirement.
        requirement: SmolStr,
    },
}

/// Why archive refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file it stands in; none where it is the change as a whole.
    pub place: Option<(FileId, TextRange)>,
    /// What is wrong.
    pub why: Objection,
}

/// What archive objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// This is no change in the making.
    NoChange,
    /// A change of this name was archived on the same day.
    Taken(SmolStr),
    /// A directory of changes is none itself.
    Nested(SmolStr),
    /// `skip_specs` and files below `specs/`.
    SkipSpecs,
    /// Metadata that cannot be read, with a marker in it.
    Metadata,
    /// A delta in a file that nobody reads.
    Unread,
    /// A delta that asks for nothing.
    Empty,
    /// `FROM:` without `TO:`, or the other way round.
    Unpaired(Side, SmolStr),
    /// A requirement that the delta adds, changes, removes or renames twice.
    Twice(Operation, SmolStr),
    /// A requirement in two sections that contradict each other.
    Both(Operation, Operation, SmolStr),
    /// MODIFIED calls a renamed requirement by its old name; this is the new one.
    OldName(SmolStr),
    /// No text below the heading.
    NoText(SmolStr),
    /// No scenario with a body.
    NoScenario(SmolStr),
    /// MODIFIED or RENAMED for a main spec that does not exist.
    NoBase(Operation, SmolStr),
    /// A heading of the main spec stands at the wrong place.
    Disordered,
    /// The requirement is not in the main spec; one that differs in case or blanks may be.
    Missing(Operation, SmolStr, Option<SmolStr>),
    /// The requirement is in the main spec already, under this name.
    There(Operation, SmolStr, SmolStr),
    /// MODIFIED leaves out scenarios of the main spec.
    Dropped(SmolStr, Vec<SmolStr>),
    /// The main spec would be left without requirements, and nothing says that the capability is retired.
    Emptied(SmolStr),
    /// The capability is to be retired, and its main spec says more than its requirements: the first such line.
    MoreThere(SmolStr),
    /// The main spec would not be valid afterwards.
    Invalid(SmolStr, Fault),
}

/// The main specs as archiving `change` on a day (`2026-08-21`, where that is known) would leave them.
///
/// # Errors
/// Why archive would refuse, each with its place.
pub fn archive(
    graph: &Graph,
    change: FeatureId,
    today: Option<&str>,
) -> Result<Archived, Vec<Refused>> {
    let whole = |why| vec![Refused { place: None, why }];
    let feature = graph
        .feature(change)
        .ok_or_else(|| whole(Objection::NoChange))?;
    let unit = feature
        .openspec
        .as_ref()
        .filter(|_| feature.unit == UnitKind::Feature && is_active(feature))
        .ok_or_else(|| whole(Objection::NoChange))?;
    if let Some(nested) = &unit.nested {
        return Err(whole(Objection::Nested(nested.first.clone())));
    }
    if let Some(taken) = today.and_then(|today| taken(graph, feature, today)) {
        return Err(whole(Objection::Taken(taken)));
    }
    let refused = asked::objections(feature, unit);
    if !refused.is_empty() {
        return Err(refused);
    }
    let retires = retires(graph, feature);
    let mut found = Archived::default();
    found.remarks.extend(open_tasks(unit));
    let mut refused = Vec::new();
    let mut merged: Vec<(&DeltaFile, Merged)> = Vec::new();
    for file in unit.read() {
        let Some(own) = feature.document(file.file) else {
            continue;
        };
        match merge(&feature.name, own, file, &mut found.remarks) {
            Ok(done) => merged.push((file, done)),
            Err(why) => refused.push(why),
        }
    }
    for (file, merged) in merged {
        match outcome(feature, file, &merged, retires) {
            Ok(applied) => found.specs.extend(applied),
            Err(mut why) => refused.append(&mut why),
        }
    }
    if refused.is_empty() {
        Ok(found)
    } else {
        Err(refused)
    }
}

/// The directory that the change would go to, where it is there already. A name that begins with a day gets no second one.
fn taken(graph: &Graph, feature: &Feature, today: &str) -> Option<SmolStr> {
    let name = feature.name.as_str();
    let dated = name.get(..11).is_some_and(|day| {
        let shape = |(at, byte): (usize, u8)| match at {
            4 | 7 | 10 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        day.bytes().enumerate().all(shape)
    });
    let name = if dated {
        name.to_owned()
    } else {
        format!("{today}-{name}")
    };
    let path = below(feature, &format!("changes/archive/{name}"));
    let there = graph.inputs().tree.has_dir(feature.root, &path);
    there.then(|| name.into())
}

/// Tasks that are not done, at the first of them.
fn open_tasks(unit: &OpenSpec) -> Option<Remark> {
    let tasks = unit.tasks.as_ref()?;
    let all: usize = tasks.lists.iter().map(|one| one.list.tasks.len()).sum();
    let mut open = tasks.lists.iter().flat_map(|one| {
        let open = one.list.tasks.iter().filter(|task| !task.done);
        open.map(|task| (one.file, task.range))
    });
    let (file, range) = open.next()?;
    Some(Remark {
        file,
        range,
        what: Passed::OpenTasks(1 + open.count(), all),
    })
}

/// Changes that [`archive`] can be asked for: those in the making.
#[must_use]
pub fn is_archivable(feature: &Feature) -> bool {
    feature.openspec.is_some() && feature.unit == UnitKind::Feature && is_active(feature)
}

/// Whether a change stands right below `changes/`.
fn is_active(feature: &Feature) -> bool {
    let (changes, _) = feature.path.rsplit_once('/').unwrap_or_default();
    changes.ends_with("openspec/changes") && feature.name != "archive"
}

/// Whether a change says, in metadata the tool takes, that a capability may go.
fn retires(graph: &Graph, feature: &Feature) -> bool {
    let metadata = feature.document_of(DocumentKind::OpenSpecChange);
    let Some(facts) = metadata.and_then(|document| document.facts().change.as_ref()) else {
        return false;
    };
    let known = |name: &str| {
        let path = below(feature, &format!("schemas/{name}/schema.yaml"));
        name == OWN_SCHEMA || graph.inputs().tree.file(feature.root, &path).is_some()
    };
    let schema = facts.schema.as_ref();
    matches!(facts.retire_capabilities, Marker::Set(_))
        && schema.is_some_and(|schema| known(&schema.name))
}

/// A path below the project's `openspec/`.
fn below(feature: &Feature, path: &str) -> String {
    if feature.project.path.is_empty() {
        format!("openspec/{path}")
    } else {
        format!("{}/openspec/{path}", feature.project.path)
    }
}

/// What becomes of one main spec: nothing where all was applied before.
fn outcome(
    feature: &Feature,
    file: &DeltaFile,
    merged: &Merged,
    retires: bool,
) -> Result<Option<Applied>, Vec<Refused>> {
    let faults = result::faults(&merged.text);
    let base = file.base.as_ref();
    let applied = |after| Applied {
        capability: file.capability.clone(),
        root: feature.root,
        path: base.map_or_else(
            || below(feature, &format!("specs/{}/spec.md", file.capability)),
            |base| base.document.path.to_string(),
        ),
        file: base.map(|base| base.document.file),
        before: base.map_or_else(|| Arc::from(""), |base| Arc::clone(&base.document.doc.text)),
        after,
        counts: merged.counts,
    };
    let emptied = faults == [Fault::NoRequirement] && merged.is_empty;
    if retires && emptied && merged.leftover.is_empty() {
        if base.is_none() {
            return Ok(None);
        }
        if merged.counts.removed > 0 {
            return Ok(Some(applied(None)));
        }
    }
    if faults.is_empty() {
        if merged.counts.sum() == 0 {
            return Ok(None);
        }
        let after = match base {
            Some(base) => merge::with_line_breaks_of(&merged.text, &base.document.doc.text),
            None => merged.text.clone(),
        };
        return Ok(Some(applied(Some(after))));
    }
    let removed = file.delta.removed.first().map(|named| named.range);
    let head = removed.unwrap_or(file.delta.head);
    let at = |why| Refused {
        place: Some((file.file, head)),
        why,
    };
    if emptied && base.is_some() && merged.counts.removed > 0 {
        let capability = file.capability.clone();
        return Err(vec![at(match merged.leftover.first() {
            Some(line) => Objection::MoreThere(line.as_str().into()),
            None => Objection::Emptied(capability),
        })]);
    }
    let refused = faults.into_iter().map(|fault| Refused {
        place: Some((file.file, file.delta.head)),
        why: Objection::Invalid(file.capability.clone(), fault),
    });
    Err(refused.collect())
}

/// The first line of a document.
fn head(document: &FeatureDocument) -> TextRange {
    trace::openspec::head(document)
}
