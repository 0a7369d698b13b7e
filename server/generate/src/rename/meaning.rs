//! Every id of a file and what it means there: one list for documents and sources, definitions included.

use documents::{DocumentKind, Format, Item, ItemIndex, ItemKind};
use grammar::{IdKind, Mention};
use smol_str::SmolStr;
use text::{FileId, TextRange, TextSize};
use trace::{
    Basis, CodeLink, Feature, FeatureDocument, FeatureId, Graph, ItemRef, Resolved, Target,
};

/// What an id means where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// For certain these items; several where the id is defined twice.
    Items(Vec<ItemRef>),
    /// These, as far as one can guess.
    Inferred(Vec<ItemRef>),
    /// One of these.
    Ambiguous(Vec<ItemRef>),
    /// An id of this feature that it does not define.
    Undefined(FeatureId),
    /// No id of this workspace.
    Foreign,
}

impl Meaning {
    /// The items it means or may mean.
    pub(super) fn items(&self) -> &[ItemRef] {
        match self {
            Self::Items(items) | Self::Inferred(items) | Self::Ambiguous(items) => items,
            Self::Undefined(_) | Self::Foreign => &[],
        }
    }
}

/// An id somewhere in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    /// The bytes of the id; of the whole range expression for one that only lies inside it.
    pub(super) range: TextRange,
    /// As a definition would write it.
    pub(super) key: SmolStr,
    /// It has bytes of its own.
    pub(super) written: bool,
    /// Part of a range expression.
    pub(super) in_range: bool,
    /// What it means.
    pub(super) meaning: Meaning,
}

impl Meant {
    /// It names the item by its words (duvet), so no id is to be written there.
    pub(super) fn is_quote(&self) -> bool {
        !self.written && !self.in_range
    }
}

/// All ids of a file, by position.
pub(super) fn of_file(graph: &Graph, file: FileId) -> Vec<Meant> {
    let mut all = match graph.feature_of(file) {
        Some(feature) => feature
            .document(file)
            .map_or_else(Vec::new, |document| of_document(feature, document)),
        None => of_source(graph, file),
    };
    all.sort_by_key(|each| each.range.start());
    all
}

fn of_document(feature: &Feature, document: &FeatureDocument) -> Vec<Meant> {
    let facts = document.facts();
    let definitions = (0..)
        .zip(&facts.items)
        .filter_map(|(at, item)| definition(feature, document, at, item));
    let mentions = feature
        .references
        .iter()
        .filter(|reference| reference.file == document.file)
        .filter_map(|reference| {
            let mention = facts.mentions.get(reference.mention as usize)?;
            Some(named_in_document(
                feature,
                document,
                mention,
                &reference.target,
            ))
        });
    definitions.chain(mentions).collect()
}

fn definition(
    feature: &Feature,
    document: &FeatureDocument,
    at: ItemIndex,
    item: &Item,
) -> Option<Meant> {
    let named =
        !item.id.is_empty() && !item.id_range.is_empty() && has_explicit_id(feature, item.kind);
    named.then(|| Meant {
        range: item.id_range,
        key: item.id.clone(),
        written: true,
        in_range: false,
        meaning: Meaning::Items(vec![ItemRef {
            feature: feature.id,
            file: document.file,
            item: at,
        }]),
    })
}

fn named_in_document(
    feature: &Feature,
    document: &FeatureDocument,
    mention: &Mention,
    target: &Target,
) -> Meant {
    let meaning = match target {
        Target::Items(items, Basis::Declared) => Meaning::Items(items.to_vec()),
        Target::Items(items, _) => Meaning::Inferred(items.to_vec()),
        Target::Ambiguous(items) => Meaning::Ambiguous(items.to_vec()),
        Target::Undefined(feature) => Meaning::Undefined(*feature),
        Target::Foreign => Meaning::Foreign,
    };
    let own = (document.kind == DocumentKind::Checklist
        && mention.kind == IdKind::Checklist
        && mention.qualifier.is_none())
    .then(|| checklist_item(document, &mention.key))
    .flatten()
    .map(|item| ItemRef {
        feature: feature.id,
        file: document.file,
        item,
    });
    meant(
        mention,
        own.map_or(meaning, |item| Meaning::Items(vec![item])),
    )
}

fn meant(mention: &Mention, meaning: Meaning) -> Meant {
    Meant {
        range: mention.range,
        key: mention.key.clone(),
        written: mention.written,
        in_range: mention.in_range,
        meaning,
    }
}

/// The id with bytes of its own at `offset`; inside beats touching its end, short beats long.
pub(super) fn at(graph: &Graph, file: FileId, offset: TextSize) -> Option<Meant> {
    let here = |range: TextRange| !range.is_empty() && range.contains_inclusive(offset);
    let fit = |meant: &Meant| (meant.range.end() == offset, meant.range.len());
    let Some(feature) = graph.feature_of(file) else {
        let source = graph.source(file)?;
        let mentions = source.facts.mentions.iter().zip(0..);
        return mentions
            .filter(|(found, _)| found.mention.written && here(found.mention.range))
            .map(|(found, at)| {
                let links = graph.code_links(file);
                let link = links.binary_search_by_key(&at, |link| link.mention).ok();
                meant(&found.mention, of_link(link.map(|at| &links[at])))
            })
            .min_by_key(fit);
    };
    let document = feature.document(file)?;
    let facts = document.facts();
    let definitions = (0..)
        .zip(&facts.items)
        .filter(|(_, item)| here(item.id_range))
        .filter_map(|(at, item)| definition(feature, document, at, item));
    let mentions = (0..)
        .zip(&facts.mentions)
        .filter(|(_, mention)| mention.written && here(mention.range))
        .filter_map(|(at, mention)| {
            let mut references = feature.references.iter();
            let reference = references.find(|it| it.file == file && it.mention == at)?;
            Some(named_in_document(
                feature,
                document,
                mention,
                &reference.target,
            ))
        });
    definitions.chain(mentions).min_by_key(fit)
}

/// The only item of a checklist with this id: checklists count each for itself.
fn checklist_item(document: &FeatureDocument, key: &str) -> Option<ItemIndex> {
    let mut found = document
        .facts()
        .items_of(ItemKind::ChecklistItem)
        .filter(|(_, item)| item.id == key);
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

fn of_source(graph: &Graph, file: FileId) -> Vec<Meant> {
    let Some(source) = graph.source(file) else {
        return Vec::new();
    };
    let mut links = graph.code_links(file).iter().peekable();
    let mentions = (0..).zip(&source.facts.mentions);
    mentions
        .map(|(at, found)| {
            let link = links.next_if(|link| link.mention == at);
            meant(&found.mention, of_link(link))
        })
        .collect()
}

fn of_link(link: Option<&CodeLink>) -> Meaning {
    match link.map(|link| &link.resolved) {
        Some(Resolved::Items(items, Basis::Declared)) => Meaning::Items(items.clone()),
        Some(Resolved::Items(items, _)) => Meaning::Inferred(items.clone()),
        Some(Resolved::Ambiguous(items)) => Meaning::Ambiguous(items.clone()),
        Some(Resolved::Undefined(feature)) => Meaning::Undefined(*feature),
        None => Meaning::Foreign,
    }
}

/// Whether items of a kind carry an id that somebody chose; all others are counted or named, those of Kiro and `OpenSpec`
/// among them.
pub(super) fn has_explicit_id(feature: &Feature, kind: ItemKind) -> bool {
    feature.format() == Format::SpecKit
        && matches!(
            kind,
            ItemKind::Story
                | ItemKind::Requirement
                | ItemKind::SuccessCriterion
                | ItemKind::Task
                | ItemKind::ChecklistItem
        )
}

/// Files in which something means, or may mean, one of `items`.
pub(super) fn files_naming(graph: &Graph, named: impl Fn(&ItemRef) -> bool) -> Vec<FileId> {
    let mut files = Vec::new();
    for feature in graph.features() {
        for reference in &feature.references {
            if reference.target.items().iter().any(&named) {
                files.push(reference.file);
            }
        }
    }
    for (file, links) in graph.linked_sources() {
        if links
            .iter()
            .any(|link| link.resolved.items().iter().any(&named))
        {
            files.push(file);
        }
    }
    files.sort_unstable();
    files.dedup();
    files
}
