//! Renames a requirement of `OpenSpec`, whose name is its identity. In a main spec every delta in the making follows; in
//! a delta an added requirement is called otherwise, and one that is modified is renamed by a pair `FROM:`, `TO:`, so
//! that archiving finds it.

mod pair;

use documents::openspec::{Delta, Edition, Operation, capability, delta};
use documents::{DocumentKind, ItemKind};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange, TextSize};
use trace::openspec::DeltaFile;
use trace::{FeatureDocument, Graph, ItemRef};

use super::{Refusal, Renamable, Renaming, Texts};
use crate::archive::{folded, is_archivable};
use crate::planned;

/// Names are read as the newest version reads them.
const EDITION: Edition = Edition::NEWEST;

/// The requirement whose heading is at `offset`.
pub(super) fn at(graph: &Graph, file: FileId, offset: TextSize) -> Option<Renamable> {
    let feature = graph.feature_of(file)?;
    let document = feature.document(file)?;
    let mut items = (0..).zip(&document.facts().items);
    let own = items.find(|(_, item)| {
        item.kind == ItemKind::Requirement && item.id_range.contains_inclusive(offset)
    });
    let Some((at, item)) = own else {
        return at_line(graph, document, offset);
    };
    let own = ItemRef {
        feature: feature.id,
        file,
        item: at,
    };
    Role::of(graph, &[own])?;
    Some(Renamable {
        range: item.id_range,
        id: item.id.clone(),
        items: vec![own],
    })
}

/// The requirement that a line of a delta names: that of the main spec on `FROM:` lines and in lists of what is removed,
/// the delta's own on `TO:` lines where it is modified, too.
fn at_line(graph: &Graph, document: &FeatureDocument, offset: TextSize) -> Option<Renamable> {
    let feature = graph.feature_of(document.file)?;
    let file = feature.openspec.as_ref()?.delta(document.file)?;
    if !file.is_read || !is_archivable(feature) {
        return None;
    }
    let delta = read(document);
    let here = |range: TextRange| range.contains_inclusive(offset);
    let from = delta.renamed.iter().map(|(from, _)| from);
    let mut old = from.chain(&delta.removed);
    let (named, of, in_file, block) = if let Some(named) = old.find(|named| here(named.range)) {
        let base = file.base.as_ref()?;
        let block = file.base_block(&named.name)?;
        (named, base.feature, &base.document, block)
    } else {
        let mut new = delta.renamed.iter().map(|(_, to)| to);
        let named = new.find(|named| here(named.range))?;
        let mut blocks = delta.blocks().map(|(_, block)| block);
        let block = blocks.find(|block| block.name == named.name)?;
        (named, feature.id, document, block)
    };
    let mut items = (0..).zip(&in_file.facts().items);
    let (item, _) = items.find(|(_, item)| item.id_range == block.name_range)?;
    Some(Renamable {
        range: named.range,
        id: named.name.clone(),
        items: vec![ItemRef {
            feature: of,
            file: in_file.file,
            item,
        }],
    })
}

/// Whether this is a requirement that is known by its name.
pub(super) fn is_title(graph: &Graph, items: &[ItemRef]) -> bool {
    Role::of(graph, items).is_some()
}

/// A requirement, by where its heading stands.
enum Role<'a> {
    /// In a main spec.
    Main(&'a FeatureDocument),
    /// In a delta.
    Delta(&'a FeatureDocument, &'a DeltaFile, Operation),
}

impl<'a> Role<'a> {
    fn of(graph: &'a Graph, items: &[ItemRef]) -> Option<(Self, SmolStr, TextRange)> {
        let item = *items.first()?;
        let feature = graph.feature(item.feature)?;
        let unit = feature.openspec.as_ref()?;
        let document = feature.document(item.file)?;
        let it = feature.item(item)?;
        if it.kind != ItemKind::Requirement || it.id.is_empty() {
            return None;
        }
        let named = |role| Some((role, it.id.clone(), it.id_range));
        if document.kind == DocumentKind::OpenSpecCapability {
            return named(Role::Main(document));
        }
        let file = unit.delta(item.file).filter(|file| file.is_read)?;
        let delta = read(document);
        let mut blocks = delta.blocks();
        let (operation, _) = blocks.find(|(_, block)| block.name_range == it.id_range)?;
        is_archivable(feature)
            .then_some(Role::Delta(document, file, operation))
            .and_then(named)
    }
}

fn read(document: &FeatureDocument) -> Delta {
    delta(&document.doc.text, &document.facts().spec_lines, EDITION)
}

pub(super) fn rename(
    graph: &Graph,
    items: &[ItemRef],
    given: &str,
    texts: &Texts<'_>,
) -> Result<Renaming, Refusal> {
    let (role, old, _) = Role::of(graph, items).ok_or(Refusal::NoId)?;
    let new = SmolStr::new(given.trim());
    if new == old {
        return Err(Refusal::Same(new));
    }
    if new.is_empty() || new.contains(['\n', '\r', '`']) {
        return Err(Refusal::Malformed(new));
    }
    let edits = match role {
        Role::Main(document) => of_main(graph, document, &old, &new)?,
        Role::Delta(document, file, operation) => {
            let edits = of_delta(document, file, operation, &old, &new)?;
            edits
                .into_iter()
                .map(|edit| (document.file, edit))
                .collect()
        }
    };
    for (file, _) in edits.chunk_by(|a, b| a.0 == b.0).filter_map(<[_]>::first) {
        planned::writable(graph, *file, texts).map_err(|why| Refusal::File(*file, why))?;
    }
    Ok(Renaming {
        ids: vec![(old, new)],
        edits,
        left: Vec::new(),
    })
}

/// Every name of a requirement in a delta, with its bytes.
fn names(delta: &Delta) -> impl Iterator<Item = (&SmolStr, TextRange)> {
    let blocks = delta
        .blocks()
        .map(|(_, block)| (&block.name, block.name_range));
    let removed = delta.removed.iter().map(|it| (&it.name, it.range));
    let renamed = delta.renamed.iter().flat_map(|(from, to)| [from, to]);
    blocks
        .chain(removed)
        .chain(renamed.map(|it| (&it.name, it.range)))
}

/// The first of `names` that `new` cannot stand beside: those in `but` aside, one that is spelt like it.
fn taken<'a>(
    file: FileId,
    mut names: impl Iterator<Item = (&'a SmolStr, TextRange)>,
    new: &SmolStr,
    but: &[&str],
) -> Result<(), Refusal> {
    let wanted = folded(new);
    match names.find(|(name, _)| !but.contains(&name.as_str()) && folded(name) == wanted) {
        Some((name, range)) => Err(Refusal::Taken {
            id: name.clone(),
            file,
            range,
        }),
        None => Ok(()),
    }
}

/// A main spec's requirement, and every delta that names it.
fn of_main(
    graph: &Graph,
    document: &FeatureDocument,
    old: &SmolStr,
    new: &SmolStr,
) -> Result<Vec<(FileId, Edit)>, Refusal> {
    let lines = &document.facts().spec_lines;
    let spec = capability(&document.doc.text, lines, EDITION);
    let blocks = || spec.blocks.iter().map(|it| (&it.name, it.name_range));
    taken(document.file, blocks(), new, &[old])?;
    let mut found = Vec::new();
    let own: Vec<Edit> = replaced(blocks(), old, new);
    if own.len() != 1 {
        return Err(Refusal::Twice(old.clone()));
    }
    let after = applied(document, &own)?;
    let read_again = documents::read(document.kind, &after);
    let now = capability(&after, &read_again.spec_lines, EDITION);
    let wanted = blocks().map(|(name, _)| if name == old { new } else { name });
    let same = now.blocks.iter().map(|it| &it.name).eq(wanted)
        && now.misplaced.len() == spec.misplaced.len()
        && now.listed.len() == spec.listed.len();
    if !same {
        return Err(Refusal::Unreadable(document.file, own[0].range));
    }
    found.extend(own.into_iter().map(|edit| (document.file, edit)));
    for change in graph.features().iter().filter(|it| is_archivable(it)) {
        let deltas = change.openspec.iter().flat_map(trace::OpenSpec::read);
        for file in deltas {
            let is_base = |base: &trace::openspec::Base| base.document.file == document.file;
            let Some(own) = change.document(file.file) else {
                continue;
            };
            if !file.base.as_ref().is_some_and(is_base) {
                continue;
            }
            let delta = read(own);
            taken(own.file, names(&delta), new, &[old])?;
            let edits = replaced(names(&delta), old, new);
            if edits.is_empty() {
                continue;
            }
            let wanted = Wanted::of(&delta, |name| if name == old { new } else { name });
            prove(own, &edits, &wanted)?;
            found.extend(edits.into_iter().map(|edit| (own.file, edit)));
        }
    }
    Ok(found)
}

fn replaced<'a>(
    names: impl Iterator<Item = (&'a SmolStr, TextRange)>,
    old: &SmolStr,
    new: &SmolStr,
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = names
        .filter(|(name, _)| *name == old)
        .map(|(_, range)| Edit::replace(range, new.as_str()))
        .collect();
    edits.sort_by_key(|edit| edit.range.start());
    edits
}

/// A requirement of a delta.
fn of_delta(
    document: &FeatureDocument,
    file: &DeltaFile,
    operation: Operation,
    old: &SmolStr,
    new: &SmolStr,
) -> Result<Vec<Edit>, Refusal> {
    let delta = read(document);
    // What it is called in the main spec, where it is there.
    let base_name = file.base_name(old);
    let based = operation == Operation::Modified && file.base_block(base_name).is_some();
    let own_name = if based { base_name } else { old };
    taken(document.file, names(&delta), new, &[old, own_name])?;
    if let Some(base) = file
        .base
        .as_ref()
        .filter(|_| based || operation == Operation::Added)
    {
        let blocks = base.spec.blocks.iter().map(|it| (&it.name, it.name_range));
        taken(base.document.file, blocks, new, &[own_name])?;
    }
    let headings = delta.blocks().filter(|(own, _)| *own == operation);
    let headings = headings.map(|(_, block)| (&block.name, block.name_range));
    let mut edits = replaced(headings, old, new);
    let mut wanted = Wanted::of(&delta, |name| name);
    wanted.rename(operation, old, new);
    if based {
        let paired = delta.renamed.iter().position(|(_, to)| to.name == *old);
        match paired {
            // It is called as in the main spec again: there is nothing to rename.
            Some(at) if delta.renamed[at].0.name == *new => {
                edits.extend(pair::removal(document, &delta, at));
                wanted.renamed.remove(at);
            }
            Some(at) => {
                edits.push(Edit::replace(delta.renamed[at].1.range, new.as_str()));
                wanted.renamed[at].1 = new.clone();
            }
            None => {
                edits.push(pair::addition(document, &delta, old, new));
                wanted.renamed.push((old.clone(), new.clone()));
            }
        }
    }
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    prove(document, &edits, &wanted)?;
    Ok(edits)
}

/// What a delta is to say afterwards.
#[derive(PartialEq, Eq)]
struct Wanted {
    blocks: Vec<(Operation, SmolStr, usize)>,
    removed: Vec<SmolStr>,
    renamed: Vec<(SmolStr, SmolStr)>,
    others: (usize, usize, usize),
}

impl Wanted {
    fn of<'a>(delta: &'a Delta, name: impl Fn(&'a SmolStr) -> &'a SmolStr) -> Self {
        // The length of what stands below the heading says that nothing was lost or taken in.
        let below = |block: &documents::openspec::Block| {
            usize::from(block.range.len()) - usize::from(block.heading.len())
        };
        Self {
            blocks: delta
                .blocks()
                .map(|(operation, block)| (operation, name(&block.name).clone(), below(block)))
                .collect(),
            removed: delta
                .removed
                .iter()
                .map(|it| name(&it.name).clone())
                .collect(),
            renamed: delta
                .renamed
                .iter()
                .map(|(from, to)| (name(&from.name).clone(), name(&to.name).clone()))
                .collect(),
            others: (
                delta.unpaired.len(),
                delta.orphans.len(),
                delta.skipped.len(),
            ),
        }
    }

    fn rename(&mut self, of: Operation, old: &SmolStr, new: &SmolStr) {
        for (operation, name, _) in &mut self.blocks {
            if *operation == of && name == old {
                name.clone_from(new);
            }
        }
    }
}

fn applied(document: &FeatureDocument, edits: &[Edit]) -> Result<String, Refusal> {
    let at = edits.first().map_or_else(TextRange::default, |it| it.range);
    text::apply(&document.doc.text, edits).map_err(|_| Refusal::Unreadable(document.file, at))
}

/// Reads the delta as it will be, and holds it against what it is to say.
fn prove(document: &FeatureDocument, edits: &[Edit], wanted: &Wanted) -> Result<(), Refusal> {
    let after = applied(document, edits)?;
    let facts = documents::read(document.kind, &after);
    let now = delta(&after, &facts.spec_lines, EDITION);
    if Wanted::of(&now, |name| name) == *wanted {
        Ok(())
    } else {
        let at = edits.first().map_or_else(TextRange::default, |it| it.range);
        Err(Refusal::Unreadable(document.file, at))
    }
}
