//! What accepting items would write: the facts as they are now in the place of those that were.

use std::collections::BTreeMap;
use std::sync::Arc;

use code::{Prints, SourceFacts};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{Edit, FileId};
use xxhash_rust::xxh3::xxh3_64;

use super::lock::CodePrint;
use super::lookup::{Found, unit_of};
use super::standing::{is_named, print_of};
use super::target::{Part, TargetName};
use super::{
    AcceptedItem, AcceptedLink, CodeSpot, CodeStanding, Fact, LOCK_FILE, LockFile, wording,
};
use crate::feature::{Feature, FeatureId, ItemRef};
use crate::paths::Resolution;
use crate::{Basis, Graph, RootId};

/// What is to be accepted.
#[derive(Debug, Clone, Copy)]
pub struct Accepting<'a> {
    /// The items.
    pub items: &'a [ItemRef],
    /// Why, in people's words.
    pub reason: &'a str,
    /// Also lines of features that are not there any more go.
    pub prune: bool,
}

/// What becomes of one lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptPlan {
    /// Workspace folder.
    pub root: RootId,
    /// The lock, from the root.
    pub path: SmolStr,
    /// The lock, if it is there.
    pub file: Option<FileId>,
    /// What it says now.
    pub before: Arc<str>,
    /// Edits of that text; none where nothing is new.
    pub edits: Vec<Edit>,
    /// What is accepted, by address.
    pub items: Vec<ItemPlan>,
    /// Lines that go because what they speak of is gone.
    pub pruned: usize,
    /// A merge of the lock was not finished: nothing is written.
    pub conflicted: bool,
}

/// One item and what is accepted with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPlan {
    /// The item.
    pub item: ItemRef,
    /// Its address.
    pub address: String,
    /// What becomes of its links, by target.
    pub links: Vec<LinkChange>,
}

impl ItemPlan {
    /// Whether anything of it is written or taken out.
    #[must_use]
    pub fn is_news(&self) -> bool {
        let mut links = self.links.iter();
        links.any(|link| !matches!(link.what, Planned::Kept | Planned::Unknown(_)))
    }
}

/// What becomes of one link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkChange {
    /// Where the code is, from the lock's directory.
    pub target: TargetName,
    /// What is done.
    pub what: Planned,
}

/// What accepting does to a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    /// It was not accepted before.
    New,
    /// Only the item's text is another one.
    Text,
    /// The code's signature is another one.
    Signature,
    /// The code's body is another one.
    Body,
    /// The code was elsewhere: there.
    Moved(TargetName),
    /// The code is as it was; the line is written anew.
    Restamped,
    /// The code is gone, and so is the line.
    Gone,
    /// All is as it was accepted.
    Kept,
    /// It cannot be told what the code is, and so it is not accepted; the words say why.
    Unknown(SmolStr),
}

/// Code that is there now.
pub(super) struct Place {
    pub(super) target: TargetName,
    pub(super) code: Option<CodePrint>,
}

impl Graph {
    /// Items of a feature that can be accepted, by document and place.
    #[must_use]
    pub fn acceptable_items(&self, feature: &Feature) -> Vec<ItemRef> {
        let mut items = Vec::new();
        for document in &feature.documents {
            for (at, item) in (0..).zip(&document.facts().items) {
                if wording::is_acceptable(document.kind, item.kind) && !item.id.is_empty() {
                    items.push(ItemRef {
                        feature: feature.id,
                        file: document.file,
                        item: at,
                    });
                }
            }
        }
        items
    }

    /// What accepting these items would write, by lock.
    #[must_use]
    pub fn accept(&self, accepting: Accepting<'_>) -> Vec<AcceptPlan> {
        let mut plans: BTreeMap<(RootId, SmolStr), Drawn> = BTreeMap::new();
        let mut found: BTreeMap<FeatureId, Found> = BTreeMap::new();
        for &item in accepting.items {
            let Some(feature) = self.feature(item.feature) else {
                continue;
            };
            let items = found
                .entry(feature.id)
                .or_insert_with(|| Found::of(feature));
            let Some((key, print)) = items.item(item) else {
                continue;
            };
            let place = (feature.root, lock_path(&feature.project.path));
            let drawn = plans.entry(place).or_default();
            drawn.features.insert(feature.id);
            let plan = self.draw(feature, item, (key, print), accepting.reason, drawn);
            drawn.items.push(plan);
        }
        let plans = plans.into_iter();
        plans
            .map(|((root, path), drawn)| self.planned(root, path, drawn, accepting.prune))
            .collect()
    }

    fn planned(&self, root: RootId, path: SmolStr, mut drawn: Drawn, prune: bool) -> AcceptPlan {
        let file = self.inputs().tree.file(root, &path);
        let read = file.and_then(|file| self.inputs().locks.get(&file));
        let empty = LockFile::read("");
        let lock = read.map_or(&empty, |read| read);
        let replaced = drawn.gone.len();
        let dead = |feature: &&Arc<Feature>| {
            let own = feature.root == root && lock_path(&feature.project.path) == path;
            own && (prune || drawn.features.contains(&feature.id))
        };
        let features: Vec<_> = self.features().iter().filter(dead).collect();
        for feature in &features {
            drawn
                .gone
                .extend(feature.accepted.dead.iter().map(|at| *at as usize));
        }
        if prune {
            let mut spoken: FxHashSet<usize> = FxHashSet::default();
            for feature in &features {
                let links = feature.accepted.items.iter().flat_map(|item| &item.links);
                spoken.extend(links.flat_map(|link| &link.lines).map(|at| *at as usize));
            }
            let units: FxHashSet<SmolStr> = features.iter().map(|each| unit_of(each)).collect();
            let all = lock.lock.lines.iter().enumerate();
            let lost =
                all.filter(|(at, line)| !units.contains(&line.fact.unit) && !spoken.contains(at));
            drawn.gone.extend(lost.map(|(at, _)| at));
        }
        let pruned = drawn.gone.len() - replaced;
        let conflicted = lock.lock.is_conflicted();
        drawn.items.sort_by(|a, b| a.address.cmp(&b.address));
        AcceptPlan {
            edits: if conflicted {
                Vec::new()
            } else {
                lock.lock.edits(&lock.text, &drawn.gone, &drawn.added)
            },
            before: Arc::clone(&lock.text),
            root,
            path,
            file,
            items: drawn.items,
            pruned,
            conflicted,
        }
    }

    /// What accepting one item does; takes out what goes and puts in what comes.
    fn draw(
        &self,
        feature: &Feature,
        item: ItemRef,
        (key, print): (&SmolStr, u64),
        reason: &str,
        drawn: &mut Drawn,
    ) -> ItemPlan {
        let known = feature.accepted.of(item);
        let unit = unit_of(feature);
        let id = known.map_or_else(
            || xxh3_64(format!("{unit}#{key}\0{print:016x}").as_bytes()),
            |known| known.id,
        );
        let mut places: BTreeMap<TargetName, Option<CodePrint>> = BTreeMap::new();
        let mut links: Vec<LinkChange> = Vec::new();
        for place in self.targets_of(feature, item) {
            match place {
                Ok(place) => drop(places.insert(place.target, place.code)),
                Err((target, why)) => links.push(LinkChange {
                    target,
                    what: Planned::Unknown(why.into()),
                }),
            }
        }
        let moved = self.carry_over(feature, known, &mut places, &mut links, drawn);
        for (target, code) in places {
            let fact = Fact {
                id,
                unit: unit.clone(),
                key: key.clone(),
                text: print,
                target: target.clone(),
                code,
                reason: reason.to_owned(),
            };
            let links_before = known.map_or(&[][..], |known| &known.links);
            let at = |target: &TargetName| links_before.iter().find(|link| link.target == *target);
            let what = match (at(&target), moved.get(&target)) {
                (None, None) => {
                    drawn.added.push(fact);
                    Planned::New
                }
                // Nobody read it again: it keeps its reason.
                (None, Some(from)) => {
                    let reason = at(from).map_or("", |link| &link.reason).to_owned();
                    drawn.added.push(Fact { reason, ..fact });
                    Planned::Moved(from.clone())
                }
                (Some(link), _) => self.renew(feature, link, fact, drawn),
            };
            links.push(LinkChange { target, what });
        }
        links.sort_by(|a, b| a.target.cmp(&b.target));
        let address = feature
            .key(item)
            .map(|key| key.to_string())
            .unwrap_or_default();
        ItemPlan {
            item,
            address,
            links,
        }
    }

    /// Takes over what was accepted and is still there; takes out what is gone or elsewhere. Gives where it is and was.
    fn carry_over(
        &self,
        feature: &Feature,
        known: Option<&AcceptedItem>,
        places: &mut BTreeMap<TargetName, Option<CodePrint>>,
        links: &mut Vec<LinkChange>,
        drawn: &mut Drawn,
    ) -> BTreeMap<TargetName, TargetName> {
        let mut moved = BTreeMap::new();
        for link in known.iter().flat_map(|known| &known.links) {
            let change = |what| LinkChange {
                target: link.target.clone(),
                what,
            };
            match &link.code {
                CodeStanding::Unknown(why) => {
                    places.remove(&link.target);
                    links.retain(|each| each.target != link.target);
                    links.push(change(Planned::Unknown(why.clone())));
                }
                CodeStanding::Gone(_) => {
                    drawn.take_out(&link.lines);
                    links.push(change(Planned::Gone));
                }
                CodeStanding::Same(spot)
                | CodeStanding::Signature(spot)
                | CodeStanding::Body(spot) => {
                    let Some(place) = self.place_at(feature, spot) else {
                        continue;
                    };
                    if place.target != link.target {
                        drawn.take_out(&link.lines);
                        moved.insert(place.target.clone(), link.target.clone());
                    }
                    places.insert(place.target, place.code);
                }
            }
        }
        moved
    }

    /// Puts a fact in the place of the lines of a link, if they do not say it.
    fn renew(
        &self,
        feature: &Feature,
        link: &AcceptedLink,
        fact: Fact,
        drawn: &mut Drawn,
    ) -> Planned {
        let what = match &link.code {
            CodeStanding::Signature(_) => Planned::Signature,
            CodeStanding::Body(_) => Planned::Body,
            _ if !link.text => Planned::Text,
            _ => {
                let lock = feature.accepted.lock;
                let lock = lock.and_then(|file| self.inputs().locks.get(&file));
                // It was not read again: it keeps its reason.
                let says = |at: &&u32| {
                    let line = lock.and_then(|lock| lock.lock.lines.get(**at as usize));
                    line.is_some_and(|line| {
                        let reason = line.fact.reason.clone();
                        line.fact
                            == Fact {
                                reason,
                                ..fact.clone()
                            }
                    })
                };
                if let Some(kept) = link.lines.iter().find(says) {
                    let others: Vec<u32> =
                        link.lines.iter().copied().filter(|at| at != kept).collect();
                    drawn.take_out(&others);
                    return Planned::Kept;
                }
                drawn.take_out(&link.lines);
                let reason = link.reason.to_string();
                drawn.added.push(Fact { reason, ..fact });
                return Planned::Restamped;
            }
        };
        drawn.take_out(&link.lines);
        drawn.added.push(fact);
        what
    }

    /// Code that an item is linked to, by what documents and sources say; never by likeness. A file that is only named is
    /// one where none of its symbols is. `Err`: it is there, and what it is cannot be told.
    fn targets_of(
        &self,
        feature: &Feature,
        item: ItemRef,
    ) -> Vec<Result<Place, (TargetName, &'static str)>> {
        let chain = self.chain(item);
        let mut symbols: Vec<(FileId, u32)> = Vec::new();
        let mut tests: Vec<(FileId, u32)> = Vec::new();
        let mut files: Vec<FileId> = Vec::new();
        let sure = |basis: Basis| basis != Basis::Inferred;
        symbols.extend(
            chain
                .symbols
                .iter()
                .filter(|it| sure(it.basis))
                .map(|it| (it.file, it.symbol)),
        );
        if let (Some((_, it)), Some(document)) = (self.item(item), feature.document(item.file)) {
            for span in document.facts().code_spans_in(it.range) {
                let named = self.symbols_of_span(&chain.files, &span.text);
                symbols.extend(
                    named
                        .iter()
                        .filter(|it| sure(it.basis))
                        .map(|it| (it.file, it.symbol)),
                );
            }
        }
        for (file, mention, basis) in chain.mentions.iter().filter(|(.., basis)| sure(*basis)) {
            let Some(source) = self.source(*file) else {
                continue;
            };
            let Some(mention) = source.facts.mentions.get(*mention as usize) else {
                continue;
            };
            debug_assert!(sure(*basis));
            match (mention.test, mention.symbol) {
                (Some(test), _) => {
                    let name = source
                        .facts
                        .tests
                        .get(test as usize)
                        .map(|test| test.name_range);
                    let same = source
                        .facts
                        .symbols
                        .iter()
                        .position(|it| Some(it.name_range) == name);
                    match same {
                        Some(symbol) => symbols.push((*file, symbol as u32)),
                        None => tests.push((*file, test)),
                    }
                }
                (None, Some(symbol)) => symbols.push((*file, symbol)),
                (None, None) => files.push(*file),
            }
        }
        for task in &chain.tasks {
            let Some(links) = feature.task(task.item) else {
                continue;
            };
            for link in &feature.paths[links.paths.start as usize..links.paths.end as usize] {
                if let Resolution::File(file) = link.resolution {
                    files.push(file);
                }
            }
        }
        for list in [&mut symbols, &mut tests] {
            list.sort_unstable();
            list.dedup();
        }
        let within: FxHashSet<FileId> = symbols
            .iter()
            .chain(&tests)
            .map(|(file, _)| *file)
            .collect();
        files.retain(|file| !within.contains(file));
        files.sort_unstable();
        files.dedup();
        let mut places = Vec::new();
        for (file, symbol) in symbols {
            places.extend(self.symbol_place(feature, file, symbol));
        }
        for (file, test) in tests {
            places.extend(self.test_place(feature, file, test));
        }
        for file in files {
            let target = self
                .path_from_lock(feature, file)
                .map(|path| TargetName { path, part: None });
            places.extend(target.map(|target| Ok(Place { target, code: None })));
        }
        places
    }

    fn symbol_place(
        &self,
        feature: &Feature,
        file: FileId,
        symbol: u32,
    ) -> Option<Result<Place, (TargetName, &'static str)>> {
        let source = self.source(file)?;
        let symbols = &source.facts.symbols;
        let it = symbols.get(symbol as usize)?;
        let name = it.qualified_name();
        let before = symbols
            .iter()
            .take(symbol as usize)
            .filter(|each| is_named(each, &name))
            .count();
        let part = Part {
            test: false,
            name: name.into(),
            nth: 1 + before as u32,
        };
        let target = TargetName {
            path: self.path_from_lock(feature, file)?,
            part: Some(part),
        };
        Some(as_place(target, &source.facts, it.prints))
    }

    fn test_place(
        &self,
        feature: &Feature,
        file: FileId,
        test: u32,
    ) -> Option<Result<Place, (TargetName, &'static str)>> {
        let source = self.source(file)?;
        let tests = &source.facts.tests;
        let it = tests.get(test as usize)?;
        let name = &it.full_name;
        let before = tests
            .iter()
            .take(test as usize)
            .filter(|each| each.full_name == *name)
            .count();
        let part = Part {
            test: true,
            name: name.as_str().into(),
            nth: 1 + before as u32,
        };
        let target = TargetName {
            path: self.path_from_lock(feature, file)?,
            part: Some(part),
        };
        Some(as_place(target, &source.facts, it.prints))
    }

    /// The code that stands where an accepted link leads now.
    pub(super) fn place_at(&self, feature: &Feature, spot: &CodeSpot) -> Option<Place> {
        if spot.range.is_empty() {
            let path = self.path_from_lock(feature, spot.file)?;
            return Some(Place {
                target: TargetName { path, part: None },
                code: None,
            });
        }
        let facts = &self.source(spot.file)?.facts;
        let symbol = facts
            .symbols
            .iter()
            .position(|it| it.name_range == spot.range);
        let place = if let Some(symbol) = symbol {
            self.symbol_place(feature, spot.file, symbol as u32)
        } else {
            let mut tests = facts.tests.iter();
            let test = tests.position(|it| it.name_range == spot.range)?;
            self.test_place(feature, spot.file, test as u32)
        };
        place?.ok()
    }

    /// The path of a file from the directory of a feature's lock; `None` for files of other roots.
    fn path_from_lock(&self, feature: &Feature, file: FileId) -> Option<SmolStr> {
        let (root, path) = self.inputs().tree.path(file)?;
        (root == feature.root).then(|| relative(&feature.project.path, path))
    }
}

/// What was drawn up for one lock so far.
#[derive(Default)]
struct Drawn {
    features: FxHashSet<FeatureId>,
    items: Vec<ItemPlan>,
    gone: FxHashSet<usize>,
    added: Vec<Fact>,
}

fn as_place(
    target: TargetName,
    facts: &SourceFacts,
    prints: Prints,
) -> Result<Place, (TargetName, &'static str)> {
    match print_of(prints) {
        code @ Some(_) if facts.symbols_known && !facts.truncated => Ok(Place { target, code }),
        _ => Err((target, "its file cannot be parsed")),
    }
}

impl Drawn {
    fn take_out(&mut self, lines: &[u32]) {
        self.gone.extend(lines.iter().map(|at| *at as usize));
    }
}

/// The lock of a project, from its root.
pub(crate) fn lock_path(project: &str) -> SmolStr {
    match project {
        "" => SmolStr::new_static(LOCK_FILE),
        project => format!("{project}/{LOCK_FILE}").into(),
    }
}

/// A path from a directory, both from the root.
fn relative(directory: &str, path: &str) -> SmolStr {
    let (mut from, mut to) = (directory.split('/').peekable(), path.split('/').peekable());
    if directory.is_empty() {
        return path.into();
    }
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..");
    up.chain(to).collect::<Vec<_>>().join("/").into()
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_lead_from_the_lock_to_the_code() {
        assert_eq!(relative("", "src/a.rs"), "src/a.rs");
        assert_eq!(relative("api", "api/src/a.rs"), "src/a.rs");
        assert_eq!(relative("api/spec", "api/src/a.rs"), "../src/a.rs");
        assert_eq!(relative("api", "apis/a.rs"), "../apis/a.rs");
    }
}
