//! What an id means where it stands (design section 3): qualifier on the line, qualifier in the file's head, the only
//! feature of the nearest project that defines it, else the one whose tasks name the file. How sure that is: the room
//! next door, `sure`.

use std::collections::BTreeSet;
use std::sync::Arc;

use code::{HeadQualifier, SourceMention};
use documents::Format;
use grammar::{IdKind, Mention, Qualifier};
use imbl::HashMap;
use smol_str::SmolStr;
use text::{FileId, TextSize};

use crate::feature::{Definitions, FeatureId, ItemRef, Items, Target};
use crate::layout::Project;
use crate::lookup::unnumbered;
use crate::sure::{self, Beside, Head};
use crate::{Basis, RootId};

/// What the resolver needs to know of a feature.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) id: FeatureId,
    pub(crate) root: RootId,
    /// What the root is called.
    pub(crate) repository: SmolStr,
    pub(crate) project: Arc<Project>,
    pub(crate) path: SmolStr,
    pub(crate) name: SmolStr,
    pub(crate) number: Option<u64>,
    pub(crate) definitions: Arc<Definitions>,
}

/// A mention in a source file and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLink {
    /// Which of the file's mentions (`SourceFacts::mentions`).
    pub mention: u32,
    /// What it means.
    pub resolved: Resolved,
}

/// Which requirements of a feature tests mention.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tested {
    /// Ids that a test or a file of tests mentions as this feature's.
    pub surely: BTreeSet<SmolStr>,
    /// Those of them that a file mentions which the feature's own tasks name.
    pub by_tasks: BTreeSet<SmolStr>,
    /// Ids of which a test mentions one that may be another feature's.
    pub perhaps: BTreeSet<SmolStr>,
    /// Every source was looked into. Never for a feature without an id here, of which it would say nothing.
    pub complete: bool,
}

impl Tested {
    /// Requirements from which on tests are said to mention them.
    pub(crate) const USUAL: usize = 3;

    /// Whether the tests of the feature's own tasks mention so many requirements that the others are missed. Such tests
    /// are read before all other sources.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.by_tasks.len() >= Self::USUAL
    }
}

/// Meaning of a mention in source code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// These items.
    Items(Vec<ItemRef>, Basis),
    /// It names this feature, which does not define it.
    Undefined(FeatureId),
    /// Several features define it; nothing says which is meant.
    Ambiguous(Vec<ItemRef>),
}

impl Resolved {
    /// The items it means or may mean.
    #[must_use]
    pub fn items(&self) -> &[ItemRef] {
        match self {
            Self::Items(items, _) | Self::Ambiguous(items) => items,
            Self::Undefined(_) => &[],
        }
    }
}

/// The key under which a feature's definitions hold a mention: `US1/AC2` for an acceptance criterion with its story.
pub(crate) fn lookup_key(mention: &Mention) -> SmolStr {
    match (&mention.story, mention.kind) {
        (Some((story, _)), IdKind::Acceptance) => {
            let ordinal = mention
                .key
                .trim_start_matches(|c: char| !c.is_ascii_digit());
            format!("{story}/AC{}", ordinal.trim_start_matches('0')).into()
        }
        _ => mention.key.clone(),
    }
}

/// Items of `key` in a feature; ids that differ only in leading zeros or a dash are not the same id.
pub(crate) fn defined<'a>(candidate: &'a Candidate, key: &str) -> &'a [ItemRef] {
    candidate.definitions.get(key).map_or(&[], Vec::as_slice)
}

/// Items that a mention means in a feature it belongs to: those of its key, else those of the only requirement or
/// criterion whose number is the same without leading zeros (`SC-1` for `SC-001`).
pub(crate) fn meant<'a>(candidate: &'a Candidate, mention: &Mention, key: &str) -> &'a [ItemRef] {
    let exact = defined(candidate, key);
    if !exact.is_empty() || !matches!(mention.kind, IdKind::Requirement | IdKind::Success) {
        return exact;
    }
    let Some(wanted) = without_zeros(key) else {
        return exact;
    };
    let same = |(id, _): &(&SmolStr, _)| without_zeros(id) == Some(wanted);
    let mut alike = candidate.definitions.iter().filter(same);
    match (alike.next(), alike.next()) {
        (Some((_, items)), None) => items,
        _ => exact,
    }
}

/// Whether an id can be a part of a defined one that counts its parts without ids (`FR-004.7` of `FR-004`), or one that leaves
/// the feature's number out (`FR-4`, `FR-4.7` for `FR-116-4`). Such a mention means no item: to rename one is to know all of it.
pub(crate) fn is_spoken_of(definitions: &Definitions, key: &str) -> bool {
    let whole = whole_of(key);
    let has_parts = |whole: &str| definitions.keys().any(|id| whole_of(id) == Some(whole));
    if whole.is_some_and(|whole| definitions.contains_key(whole) && !has_parts(whole)) {
        return true;
    }
    let short = [Some(key), whole];
    let mut short = short
        .into_iter()
        .flatten()
        .filter_map(|key| key.split_once('-'));
    short.any(|(letters, rest)| {
        let full = |id: &SmolStr| {
            let behind = id.strip_prefix(letters).and_then(|id| id.strip_prefix('-'));
            let behind = behind.and_then(|id| id.split_once('-'));
            behind.is_some_and(|(number, own)| {
                own == rest
                    && !number.is_empty()
                    && number.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        definitions.keys().any(full)
    })
}

/// `FR-004` of `FR-004.7`.
fn whole_of(id: &str) -> Option<&str> {
    let (whole, part) = id.rsplit_once('.')?;
    let counted = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    counted.then_some(whole)
}

/// The letters of an id and its number, leading zeros left out; nothing for ids of another shape.
pub(crate) fn without_zeros(id: &str) -> Option<(&str, &str)> {
    let (letters, digits) = id.rsplit_once('-')?;
    let plain = !letters.is_empty()
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| (letters, digits.trim_start_matches('0')))
}

/// A feature as it is named beside an id or in a file's head.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) feature: &'a str,
    pub(crate) repository: Option<&'a str>,
}

impl<'a> From<&'a Qualifier> for Named<'a> {
    fn from(qualifier: &'a Qualifier) -> Self {
        Self {
            feature: &qualifier.feature,
            repository: qualifier.repository.as_deref(),
        }
    }
}

impl<'a> From<&'a HeadQualifier> for Named<'a> {
    fn from(head: &'a HeadQualifier) -> Self {
        Self {
            feature: &head.feature,
            repository: head.repository.as_deref(),
        }
    }
}

/// Features a qualifier may mean, nearest project first. Another repository's only where its name leads there: every
/// repository has a feature 003.
pub(crate) fn qualified<'a>(
    candidates: &'a [Candidate],
    root: RootId,
    project: Option<&Project>,
    named: Named<'_>,
) -> Vec<&'a Candidate> {
    let number: Option<u64> = named.feature.parse().ok();
    let name = named.feature.trim_end_matches('/');
    let matches = |each: &&Candidate| match number {
        Some(number) => each.number == Some(number),
        None => each.name == name || each.path == name || unnumbered(&each.name) == Some(name),
    };
    let there = in_repository(candidates, root, named, matches);
    if !there.is_empty() {
        return there;
    }
    let near: Vec<&Candidate> = candidates
        .iter()
        .filter(|each| {
            // Formats beside each other are equally near.
            each.root == root && project.is_some_and(|project| each.project.path == project.path)
        })
        .filter(matches)
        .collect();
    if near.is_empty() {
        let reached = |each: &&Candidate| number.is_none() || each.root == root;
        candidates.iter().filter(reached).filter(matches).collect()
    } else {
        near
    }
}

/// Features of the other repository that is named with them.
fn in_repository<'a>(
    candidates: &'a [Candidate],
    root: RootId,
    named: Named<'_>,
    matches: impl Fn(&&'a Candidate) -> bool,
) -> Vec<&'a Candidate> {
    let Some(repository) = named.repository else {
        return Vec::new();
    };
    candidates
        .iter()
        .filter(|each| each.root != root && each.repository == repository)
        .filter(matches)
        .collect()
}

/// Whether what an unqualified mention means depends on other features. Tasks and stories are always one's own: every
/// feature has its T001.
pub(crate) fn leaves_home(home: &Candidate, mention: &Mention) -> bool {
    mention.standard
        && !matches!(mention.kind, IdKind::Task | IdKind::Story)
        && !is_place(mention.kind)
        && defined(home, &lookup_key(mention)).is_empty()
}

/// Numbers that say something inside one Kiro spec only.
fn is_place(kind: IdKind) -> bool {
    matches!(kind, IdKind::Criterion | IdKind::Property | IdKind::Step)
}

/// Kiro specs that a slug names: whole names, those of the nearest project first.
fn specs_named<'a>(
    candidates: &'a [Candidate],
    root: RootId,
    project: Option<&Project>,
    named: Named<'_>,
) -> Vec<&'a Candidate> {
    let slug = named.feature;
    let is_named = |each: &&Candidate| each.project.format == Format::Kiro && each.name == slug;
    let there = in_repository(candidates, root, named, is_named);
    if !there.is_empty() {
        return there;
    }
    let near = |each: &&Candidate| {
        each.root == root && project.is_some_and(|project| each.project.path == project.path)
    };
    let nearest: Vec<&Candidate> = candidates.iter().filter(is_named).filter(near).collect();
    if nearest.is_empty() {
        candidates.iter().filter(is_named).collect()
    } else {
        nearest
    }
}

/// What a place of a Kiro spec means in a document of `home`: in the spec that is named with it, else at home. Never
/// anywhere else.
fn place_in_document(candidates: &[Candidate], home: &Candidate, mention: &Mention) -> Target {
    let meant = match &mention.qualifier {
        Some(qualifier) if qualifier.feature != home.name => {
            specs_named(candidates, home.root, Some(&home.project), qualifier.into())
        }
        _ if home.project.format == Format::Kiro => vec![home],
        _ => Vec::new(),
    };
    match meant.as_slice() {
        [one] => match defined(one, &mention.key) {
            [] => undefined(one, mention),
            items => Target::Items(items.into(), Basis::Declared),
        },
        _ => Target::Foreign,
    }
}

/// What a place of a Kiro spec means in a source file: in the spec its comment names, else in the only one the file
/// names.
fn place_in_source(
    candidates: &[Candidate],
    place: &SourcePlace<'_>,
    mention: &Mention,
) -> Option<Resolved> {
    let meant = match &mention.qualifier {
        Some(qualifier) => specs_named(candidates, place.root, place.project, qualifier.into()),
        // A second name, known or not, leaves in doubt which is meant.
        None => match place.slugs.as_slice() {
            [slug] => {
                let named = Named {
                    feature: slug,
                    repository: None,
                };
                specs_named(candidates, place.root, place.project, named)
            }
            _ => Vec::new(),
        },
    };
    let [one] = meant.as_slice() else {
        return None;
    };
    // A slug behind the head says nothing of what stands before it.
    let sure = mention.qualifier.is_some()
        || place
            .declared_at
            .is_none_or(|at| at <= mention.range.start());
    match defined(one, &mention.key) {
        [] => match undefined(one, mention) {
            Target::Undefined(feature) if sure => Some(Resolved::Undefined(feature)),
            _ => None,
        },
        items => Some(Resolved::Items(items.to_vec(), basis(sure))),
    }
}

/// What a mention in a document of `home` means while the other features are not read: what `home` defines is meant for
/// certain, what it does not define may be any other's.
pub(crate) fn at_home(home: &Candidate, mention: &Mention) -> Target {
    if mention.qualifier.is_some() {
        return Target::Foreign;
    }
    match in_document(&[], home, mention) {
        Target::Undefined(_) => Target::Foreign,
        target => target,
    }
}

/// What a mention in a document of `home` means.
pub(crate) fn in_document(candidates: &[Candidate], home: &Candidate, mention: &Mention) -> Target {
    if is_place(mention.kind) {
        return place_in_document(candidates, home, mention);
    }
    let key = lookup_key(mention);
    if let Some(qualifier) = &mention.qualifier {
        let features = qualified(candidates, home.root, Some(&home.project), qualifier.into());
        return match features.as_slice() {
            [] => Target::Foreign,
            [one] => match meant(one, mention, &key) {
                [] => undefined(one, mention),
                items => Target::Items(items.into(), Basis::Declared),
            },
            many => {
                let items: Items = many
                    .iter()
                    .flat_map(|each| defined(each, &key))
                    .copied()
                    .collect();
                Target::Ambiguous(items)
            }
        };
    }
    match meant(home, mention, &key) {
        [] => {}
        items => return Target::Items(items.into(), Basis::Declared),
    }
    if leaves_home(home, mention) {
        // The only feature of the project that defines it: a track of an earlier spec cites that spec's ids.
        let siblings = candidates
            .iter()
            .filter(|each| each.project.id == home.project.id);
        let mut others = siblings.filter(|each| !defined(each, &key).is_empty());
        if let (Some(other), None) = (others.next(), others.next()) {
            return Target::Items(defined(other, &key).into(), Basis::Declared);
        }
    }
    undefined(home, mention)
}

/// The other features of the project that define a mention.
pub(crate) fn elsewhere<'a>(
    candidates: &'a [Candidate],
    home: &Candidate,
    mention: &Mention,
) -> impl Iterator<Item = &'a Candidate> {
    let key = lookup_key(mention);
    let (home, project) = (home.id, home.project.id);
    candidates.iter().filter(move |each| {
        each.id != home && each.project.id == project && !defined(each, &key).is_empty()
    })
}

/// A mention that its feature does not define: undefined if the feature has ids of that prefix, else no id at all.
fn undefined(feature: &Candidate, mention: &Mention) -> Target {
    if counts_with(feature, &mention.key) {
        Target::Undefined(feature.id)
    } else {
        Target::Foreign
    }
}

/// Whether a feature has ids that begin with the letters of this one. A word behind them (`FR-AUTH-001`) makes a series of
/// its own, a single letter (`FR-A1`) does not.
fn counts_with(feature: &Candidate, key: &str) -> bool {
    let series = |id: &'_ str| -> (SmolStr, SmolStr) {
        let letters = id.find(|c: char| c.is_ascii_digit()).unwrap_or(id.len());
        let letters = id[..letters].trim_end_matches('-');
        let (prefix, word) = letters.split_once('-').unwrap_or((letters, ""));
        let word = if word.len() > 1 { word } else { "" };
        (prefix.into(), word.into())
    };
    let own = series(key);
    feature.definitions.keys().any(|id| series(id) == own)
}

/// The letters an id starts with: `FR` of `FR-001`, `T` of `T010a`.
pub(crate) fn id_prefix(id: &str) -> &str {
    let end = id
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(id.len());
    &id[..end]
}

/// Whether what stands before the number of an id is several words: no mention can mean it.
pub(crate) fn is_name(id: &str) -> bool {
    id.split(|c: char| c.is_ascii_digit())
        .next()
        .is_some_and(|letters| letters.contains(char::is_whitespace))
}

/// Where a source file stands, for the resolution of its mentions.
pub(crate) struct SourcePlace<'a> {
    pub(crate) root: RootId,
    pub(crate) project: Option<&'a Project>,
    /// Features named in the file's head; the one whose directory it lies in.
    pub(crate) head: Vec<Head<'a>>,
    /// It lies in the directory of a feature.
    pub(crate) at_home: bool,
    /// Features whose tasks name the file.
    pub(crate) named_by: Vec<FeatureId>,
    /// Those tasks, where the file mentions any task.
    pub(crate) tasks: Vec<ItemRef>,
    /// Slugs the file declares, in its head or beside an id: `Feature: login`, `.kiro/specs/login`.
    pub(crate) slugs: Vec<&'a SmolStr>,
    /// Where the file first declares one, if not in its head.
    pub(crate) declared_at: Option<TextSize>,
    /// What else it says of features.
    pub(crate) beside: Beside<'a>,
}

/// What a mention in a source file means; `None` when it is no id of this workspace.
pub(crate) fn in_source(
    candidates: &[Candidate],
    place: &SourcePlace<'_>,
    source: &SourceMention,
) -> Option<Resolved> {
    let (mention, tag) = (&source.mention, source.tag.as_deref());
    if is_place(mention.kind) {
        return place_in_source(candidates, place, mention);
    }
    let key = lookup_key(mention);
    let pick = |features: &[&Candidate]| -> Option<Resolved> {
        let items: Vec<ItemRef> = match features {
            [one] => meant(one, mention, &key).to_vec(),
            many => many
                .iter()
                .flat_map(|each| defined(each, &key))
                .copied()
                .collect(),
        };
        match (features, items.is_empty()) {
            ([one], true) => match undefined(one, mention) {
                Target::Undefined(feature) => Some(Resolved::Undefined(feature)),
                _ => None,
            },
            ([_], false) => Some(Resolved::Items(items, Basis::Declared)),
            (_, true) => None,
            (_, false) => Some(Resolved::Ambiguous(items)),
        }
    };
    if let Some(qualifier) = &mention.qualifier {
        let features = qualified(candidates, place.root, place.project, qualifier.into());
        if !features.is_empty() {
            return pick(&features);
        }
        return None;
    }
    if !place.head.is_empty() {
        let head: Vec<&Candidate> = place.head.iter().map(|head| head.feature).collect();
        if let Some(Resolved::Items(items, _)) = pick(&head) {
            let basis = basis(sure::by_head(candidates, place, source, &items));
            return Some(Resolved::Items(items, basis));
        }
    }
    let near = |each: &&Candidate| {
        each.root == place.root
            && place
                .project
                // Formats beside each other are equally near.
                .is_none_or(|project| each.project.path == project.path)
    };
    let defining: Vec<&Candidate> = candidates
        .iter()
        .filter(near)
        .filter(|each| !defined(each, &key).is_empty())
        .collect();
    match defining.as_slice() {
        // A tag made for citing means something of this project.
        [] if tag.is_some_and(|tag| tag.dialect.is_exact()) => {
            let counting: Vec<&Candidate> = candidates
                .iter()
                .filter(near)
                .filter(|each| counts_with(each, &mention.key))
                .collect();
            match counting.as_slice() {
                [one] => Some(Resolved::Undefined(one.id)),
                _ => None,
            }
        }
        [] => None,
        [one] => {
            let items = defined(one, &key).to_vec();
            let basis = basis(sure::alone(place, source, one, &items));
            Some(Resolved::Items(items, basis))
        }
        many => {
            let inferred: Vec<ItemRef> = many
                .iter()
                .filter(|each| place.named_by.contains(&each.id))
                .flat_map(|each| defined(each, &key))
                .copied()
                .collect();
            let named = many
                .iter()
                .filter(|each| place.named_by.contains(&each.id))
                .count();
            if named == 1 {
                Some(Resolved::Items(inferred, Basis::Inferred))
            } else {
                pick(many)
            }
        }
    }
}

fn basis(sure: bool) -> Basis {
    if sure {
        Basis::Declared
    } else {
        Basis::Inferred
    }
}

/// Links of every source file with mentions.
pub(crate) type CodeLinks = HashMap<FileId, Arc<[CodeLink]>>;
