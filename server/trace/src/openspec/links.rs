//! Links between deltas and main specs: declared by the words of their headings.

use documents::openspec::{Block, Operation};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::{Base, DeltaFile};
use crate::feature::{Feature, ItemRef};
use crate::graph::{Graph, Mark};

/// A requirement or scenario that a delta names, and what it means in the main spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeltaLink {
    /// What the delta asks for.
    pub operation: Operation,
    /// Bytes of the name in the delta.
    pub range: TextRange,
    /// The item of the main spec.
    pub target: ItemRef,
}

impl Base {
    /// The item of the main spec with this id.
    fn item(&self, id: TextRange) -> Option<ItemRef> {
        let items = &self.document.facts().items;
        let item = items.iter().position(|item| item.id_range == id)?;
        Some(ItemRef {
            feature: self.feature,
            file: self.document.file,
            item: item as u32,
        })
    }
}

impl DeltaFile {
    /// Every name of this delta that the main spec has.
    #[must_use]
    pub fn links(&self) -> Vec<DeltaLink> {
        let mut found = Vec::new();
        let Some(base) = &self.base else {
            return found;
        };
        let mut push = |operation, range, id| {
            found.extend(base.item(id).map(|target| DeltaLink {
                operation,
                range,
                target,
            }));
        };
        for block in &self.delta.modified {
            let Some(there) = self.base_block(self.base_name(&block.name)) else {
                continue;
            };
            push(Operation::Modified, block.name_range, there.name_range);
            for scenario in &block.scenarios {
                let mut theirs = there.scenarios.iter();
                if let Some(same) = theirs.find(|each| each.name == scenario.name) {
                    push(Operation::Modified, scenario.name_range, same.name_range);
                }
            }
        }
        let renamed = self.delta.renamed.iter();
        let renamed = renamed.map(|(from, _)| (Operation::Renamed, from));
        let removed = self.delta.removed.iter();
        for (operation, named) in removed
            .map(|each| (Operation::Removed, each))
            .chain(renamed)
        {
            if let Some(there) = self.base_block(&named.name) {
                push(operation, named.range, there.name_range);
            }
        }
        found
    }

    /// A MODIFIED requirement of this delta around a name, and what the main spec has of it.
    #[must_use]
    pub fn modified_at(&self, name: TextRange) -> Option<(&Block, &Block, &Base)> {
        let mut modified = self.delta.modified.iter();
        let block = modified.find(|block| block.name_range == name)?;
        let there = self.base_block(self.base_name(&block.name))?;
        Some((block, there, self.base.as_ref()?))
    }
}

impl Feature {
    /// The names of one of its deltas that a main spec has.
    #[must_use]
    pub fn delta_links(&self, file: FileId) -> Vec<DeltaLink> {
        let unit = self.openspec.as_ref();
        unit.and_then(|unit| unit.delta(file))
            .map_or_else(Vec::new, DeltaFile::links)
    }
}

impl Graph {
    /// Places in deltas that name an item of a main spec, changes put away included: change, file, link.
    #[must_use]
    pub fn deltas_naming(&self, item: ItemRef) -> Vec<(&Feature, FileId, DeltaLink)> {
        let mut found = Vec::new();
        for feature in self.marked(Mark::Deltas) {
            let deltas = feature.openspec.iter().flat_map(|unit| &unit.deltas);
            let about = deltas.filter(|delta| {
                let base = delta.base.as_ref();
                base.is_some_and(|base| base.document.file == item.file)
            });
            for delta in about {
                let links = delta.links().into_iter();
                let here = links.filter(|link| link.target == item);
                found.extend(here.map(|link| (feature.as_ref(), delta.file, link)));
            }
        }
        found
    }

    /// Names of changes in the making that speak of an item of a main spec, with what they ask for.
    #[must_use]
    pub fn changes_of(&self, item: ItemRef) -> Vec<(SmolStr, Operation, FileId, TextRange)> {
        let live = self.deltas_naming(item).into_iter();
        live.filter(|(feature, ..)| feature.state != crate::FeatureState::Archived)
            .map(|(feature, file, link)| (feature.name.clone(), link.operation, file, link.range))
            .collect()
    }
}
