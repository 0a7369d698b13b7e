//! Requirements of `OpenSpec` as its rules go over them.

use documents::ItemIndex;
use documents::openspec::{Block, Operation};
use text::TextRange;
use trace::{Feature, FeatureDocument, OpenSpec};

use crate::engine::Draft;

/// Every requirement with a text of its own: those of a main spec, and those that deltas add or change.
pub(crate) fn blocks<'a>(
    feature: &'a Feature,
    unit: &'a OpenSpec,
) -> impl Iterator<Item = (&'a FeatureDocument, &'a Block, Option<Operation>)> {
    let main = unit.capability.iter().flat_map(|(file, spec)| {
        let document = feature.document(*file);
        document
            .into_iter()
            .flat_map(|document| spec.blocks.iter().map(move |block| (document, block, None)))
    });
    let deltas = unit.read().flat_map(|delta| {
        let document = feature.document(delta.file);
        document.into_iter().flat_map(|document| {
            let blocks = delta.delta.blocks();
            blocks.map(move |(operation, block)| (document, block, Some(operation)))
        })
    });
    main.chain(deltas)
}

/// The item with this id.
pub(crate) fn item_of(document: &FeatureDocument, id: TextRange) -> Option<ItemIndex> {
    let items = &document.facts().items;
    let at = items.iter().position(|item| item.id_range == id)?;
    Some(at as ItemIndex)
}

/// A finding on a requirement.
pub(crate) fn on<'a>(draft: Draft<'a>, document: &FeatureDocument, block: &Block) -> Draft<'a> {
    let draft = draft.fact(block.name.as_str());
    match item_of(document, block.name_range) {
        Some(item) => draft.item(item),
        None => draft,
    }
}

/// A name without differences in case and blanks.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
