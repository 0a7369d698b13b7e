//! Contracts that are no Markdown (speckit-format section 1.2: `contracts/` may hold any format): their operations,
//! their entities, and the ids they name. Read is what is certain; of anything else nothing is said.

mod graphql;
mod openapi;
mod openapi_shape;
mod proto;
mod proto_shape;
pub(crate) mod shape;
mod tokens;

use crate::model::{Document, DocumentKind, Entity, Field, Item, ItemKind};
use smol_str::SmolStr;
use std::ops::Range;
use text::TextSize;

/// Longest text that is read for its structure, in bytes. Contracts of features are small; generated ones are not.
const MOST: usize = 1 << 20;

pub(crate) fn read(kind: DocumentKind, text: &str) -> Document {
    let mut mentions = Vec::new();
    let mut at = text::bom_len(text);
    let start = at;
    for line in text[at..].split_inclusive(['\n', '\r']) {
        grammar::mentions(line, TextSize::new(at as u32), &mut mentions);
        at += line.len();
    }
    let mut found = Found::default();
    let mut contract = None;
    if text.len() <= MOST {
        match kind {
            DocumentKind::ContractData => contract = openapi::read(text, start, &mut found),
            DocumentKind::ContractGraphql => graphql::read(text, start, &mut found),
            _ => {
                proto::read(text, start, &mut found);
                contract = Some(proto_shape::read(text, start));
            }
        }
    }
    let (items, entities) = found.in_order();
    Document {
        kind: Some(kind),
        mentions,
        items,
        entities,
        contract: contract.map(Box::new),
        ..Document::default()
    }
}

/// What a contract says, while it is read.
#[derive(Default)]
struct Found {
    items: Vec<(Item, Option<Vec<Field>>)>,
}

impl Found {
    /// An operation: its canonical id, the bytes that name it, its title, all of it.
    fn operation(
        &mut self,
        id: SmolStr,
        name: &Range<usize>,
        title: Option<Range<usize>>,
        range: &Range<usize>,
    ) {
        let title = title.filter(|title| title.start >= name.end && title.end <= range.end);
        self.push(ItemKind::Operation, id, name, title, range, None);
    }

    /// An entity: its name, all of it, its fields.
    fn entity(
        &mut self,
        text: &str,
        name: &Range<usize>,
        range: &Range<usize>,
        fields: Vec<Field>,
    ) {
        let id = SmolStr::new(&text[name.clone()]);
        self.push(ItemKind::Entity, id, name, None, range, Some(fields));
    }

    fn push(
        &mut self,
        kind: ItemKind,
        id: SmolStr,
        name: &Range<usize>,
        title: Option<Range<usize>>,
        range: &Range<usize>,
        fields: Option<Vec<Field>>,
    ) {
        if id.is_empty() || name.is_empty() || range.start > name.start || range.end < name.end {
            return;
        }
        let title = title.unwrap_or(name.end..name.end);
        let item = Item {
            kind,
            id,
            id_range: text::span(name.start, name.end),
            title_range: text::span(title.start, title.end),
            range: text::span(range.start, range.end),
            section: None,
            parent: None,
            in_table: false,
            task: None,
            story: None,
        };
        self.items.push((item, fields));
    }

    fn in_order(mut self) -> (Vec<Item>, Vec<Entity>) {
        self.items
            .sort_by_key(|(item, _)| (item.range.start(), std::cmp::Reverse(item.range.end())));
        let mut entities = Vec::new();
        let mut items = Vec::with_capacity(self.items.len());
        for (at, (item, fields)) in (0_u32..).zip(self.items) {
            entities.extend(fields.map(|fields| Entity {
                item: at,
                fields,
                relationships: Vec::new(),
                states: Vec::new(),
            }));
            items.push(item);
        }
        (items, entities)
    }
}

/// A field whose name and type are as written.
fn field(
    text: &str,
    name: &Range<usize>,
    types: Option<&Range<usize>>,
    range: &Range<usize>,
) -> Option<Field> {
    let inside = |part: &Range<usize>| range.start <= part.start && part.end <= range.end;
    (!name.is_empty() && inside(name)).then(|| Field {
        name: SmolStr::new(&text[name.clone()]),
        name_range: text::span(name.start, name.end),
        type_range: types
            .filter(|types| !types.is_empty() && inside(types))
            .map(|types| text::span(types.start, types.end)),
        range: text::span(range.start, range.end),
    })
}
