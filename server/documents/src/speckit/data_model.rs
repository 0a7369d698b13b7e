//! Entities of a data model (speckit-format section 1.2: name, fields, relationships, states; there is no template).
//!
//! A heading is an entity where a table or a list of fields stands right below it, or where it says so itself
//! (`### Entity: User`). Everything else of the document may be anything, and is left alone.

use super::blocks::{Block, BlockKind, line_end};
use super::words::{self, Words};
use super::{Reading, cells, heads, sections};
use crate::model::{Entity, Field, Item, ItemIndex, ItemKind};
use smol_str::SmolStr;
use std::ops::Range;
use text::TextRange;

/// Heads of the column of names, lower case.
const NAME_HEADS: &[&str] = &[
    "field",
    "fields",
    "field name",
    "attribute",
    "property",
    "column",
    "name",
    "フィールド",
    "フィールド名",
    "属性",
    "項目",
    "字段",
    "字段名",
    "欄位",
    "필드",
    "속성",
    "campo",
    "atributo",
    "feld",
    "attribut",
    "champ",
];

/// Heads of the column of types, lower case.
const TYPE_HEADS: &[&str] = &[
    "type",
    "data type",
    "go type",
    "sql type",
    "型",
    "データ型",
    "类型",
    "類型",
    "数据类型",
    "타입",
    "유형",
    "tipo",
    "typ",
    "datentyp",
];

/// Labels of a list of fields.
static FIELDS: Words = Words::new(&[
    "fields",
    "attributes",
    "properties",
    "columns",
    "フィールド",
    "属性",
    "項目",
    "字段",
    "필드",
    "속성",
    "campos",
    "atributos",
    "felder",
    "attribute",
    "champs",
    "attributs",
]);

static RELATIONSHIPS: Words = Words::new(&[
    "relationship",
    "relations",
    "associations",
    "リレーション",
    "関連",
    "関係",
    "关系",
    "關係",
    "관계",
    "relaciones",
    "relacionamentos",
    "beziehungen",
]);

static STATES: Words = Words::new(&[
    "states",
    "state transition",
    "lifecycle",
    "状態",
    "状态",
    "狀態",
    "상태",
    "estados",
    "zustände",
    "états",
]);

/// Words before an entity's name.
static ENTITY: Words = Words::new(&[
    "entity",
    "エンティティ",
    "实体",
    "實體",
    "엔티티",
    "엔터티",
    "entidad",
    "entidade",
    "entität",
    "entité",
    "table",
    "model",
]);

/// An entity while it is read.
struct Found {
    name: Range<usize>,
    entity: Entity,
    sure: bool,
}

/// What the blocks passed so far say the next list is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Nothing,
    Fields,
    Relationships,
    States,
}

/// Reads the entities; gives what only they have.
pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Entity> {
    let text = reading.text;
    let mut found: Vec<Option<Found>> = reading
        .sections
        .iter()
        .map(|section| {
            let (name, sure) = name(text, section.title_range.into())?;
            (section.level > 1).then(|| Found {
                name,
                entity: Entity {
                    item: 0,
                    fields: Vec::new(),
                    relationships: Vec::new(),
                    states: Vec::new(),
                },
                sure,
            })
        })
        .collect();
    let mut place = (None, List::Nothing);
    let mut columns: Option<(usize, Option<usize>)> = None;
    for block in &reading.blocks.list {
        let Some(section) = block.section.filter(|_| !block.quoted) else {
            continue;
        };
        if place.0 != Some(section) {
            place = (Some(section), below(reading, section));
        }
        // `#### Fields` below an entity speaks of it.
        let owner = owner(reading, section);
        let Some(own) = owner.and_then(|at| found[at as usize].as_mut()) else {
            continue;
        };
        match block.kind {
            BlockKind::Head => columns = field_columns(text, block),
            BlockKind::Row => {
                if let Some(columns) = columns {
                    own.entity.fields.extend(row(text, block, columns));
                }
            }
            BlockKind::Paragraph if block.depth == 0 => {
                if let Some(list) = label(text, &block.range) {
                    place.1 = list;
                }
            }
            BlockKind::Item if block.depth == 1 => {
                let head = heads::item(text, &block.range);
                let line = head.content..head.end;
                match (label(text, &line), place.1) {
                    (Some(list), _) => place.1 = list,
                    (None, List::Fields) => own.entity.fields.extend(listed(text, block, &line)),
                    (None, List::Relationships) => {
                        own.entity.relationships.push(span(&line));
                    }
                    (None, List::States) => own.entity.states.extend(state(text, &line)),
                    (None, List::Nothing) => {}
                }
            }
            // Fields nested below `- **Fields**:`.
            BlockKind::Item if block.depth == 2 && place.1 == List::Fields => {
                let head = heads::item(text, &block.range);
                let line = head.content..head.end;
                own.entity.fields.extend(listed(text, block, &line));
            }
            _ => {}
        }
    }
    let first = reading.items.len() as ItemIndex;
    let (mut items, mut entities) = (Vec::new(), Vec::new());
    for (section, own) in (0_u32..).zip(found) {
        let Some(mut own) = own.filter(|own| own.sure || !own.entity.fields.is_empty()) else {
            continue;
        };
        own.entity.item = first + items.len() as ItemIndex;
        let range = reading.section_range(section);
        items.push(Item {
            kind: ItemKind::Entity,
            id: cells::name(&text[own.name.clone()]),
            id_range: span(&own.name),
            title_range: text::span(own.name.end, own.name.end),
            range: span(&range),
            section: Some(section),
            parent: None,
            in_table: false,
            task: None,
            story: None,
        });
        entities.push(own.entity);
    }
    reading.items.extend(items);
    entities
}

fn span(range: &Range<usize>) -> TextRange {
    text::span(range.start, range.end)
}

/// The name in a heading, and whether the heading says that it is an entity's. A name is one word, or a few.
fn name(text: &str, written: Range<usize>) -> Option<(Range<usize>, bool)> {
    let start = sections::words_start(text, written.clone());
    let bare = cells::bare(text, &(start..written.end));
    let word = words::prefix(&text[bare.clone()], &ENTITY).unwrap_or(0);
    let behind = &text[bare.start + word..bare.end];
    let sure = word > 0 && behind.trim_start().starts_with([':', '：']);
    let start = if sure {
        heads::words(text, bare.start + word, bare.end)
    } else {
        bare.start
    };
    let title = &text[start..bare.end];
    let cut = title
        .find([':', '：', '(', '（', '[', '—', '–', '→', '*', '`'])
        .or_else(|| title.find(" - "))
        .unwrap_or(title.len());
    let name = cells::bare(text, &(start..start + cut));
    let words = text[name.clone()].split_whitespace().count();
    (!name.is_empty() && words <= 4).then_some((name, sure))
}

/// The section whose heading is the entity that a block of `section` speaks of: itself, or the one around a heading
/// that only labels.
fn owner(reading: &Reading<'_>, section: u32) -> Option<u32> {
    let own = &reading.sections[section as usize];
    if own.level > 2 && labels(&own.title).is_some() {
        return own.parent;
    }
    Some(section)
}

/// What the heading of a section says of the lists below it.
fn below(reading: &Reading<'_>, section: u32) -> List {
    labels(&reading.sections[section as usize].title).unwrap_or(List::Nothing)
}

/// The list that a label or a heading announces.
fn labels(title: &str) -> Option<List> {
    [
        (List::Fields, &FIELDS),
        (List::Relationships, &RELATIONSHIPS),
        (List::States, &STATES),
    ]
    .into_iter()
    .find(|(_, words)| words::prefix(title, words).is_some())
    .map(|(list, _)| list)
}

/// `**Fields**:`, `**State transitions**`; another label ends a list.
fn label(text: &str, range: &Range<usize>) -> Option<List> {
    let end = line_end(text, range.start).min(range.end);
    let line = sections::trim(text, range.start..end);
    let written = &text[line.clone()];
    let words = written.trim_end_matches([':', '：', ' ']);
    let marked = words.ends_with(['*', '_']) && written.starts_with(['*', '_']);
    let label = &text[cells::bare(text, &(line.start..line.start + words.len()))];
    let alone = words.len() < written.len() || marked || label.ends_with([':', '：']);
    if !alone || label.contains(['`', '*']) {
        return None;
    }
    Some(labels(label).unwrap_or(List::Nothing))
}

/// Which columns of a table of fields hold names and types.
fn field_columns(text: &str, head: &Block) -> Option<(usize, Option<usize>)> {
    let heads: Vec<String> = cells::cells(text, &head.range)
        .into_iter()
        .map(|cell| text[cells::bare(text, &cell)].to_lowercase())
        .collect();
    let place = |names: &[&str]| heads.iter().position(|head| names.contains(&head.as_str()));
    let name = place(NAME_HEADS).filter(|&at| at < 2)?;
    let types = place(TYPE_HEADS).filter(|&at| at != name);
    // `Name | Description` may list anything.
    (heads[name] != "name" || types.is_some()).then_some((name, types))
}

fn row(text: &str, block: &Block, (name, types): (usize, Option<usize>)) -> Option<Field> {
    let cells = cells::cells(text, &block.range);
    let cell = cells.get(name)?;
    let type_range = types
        .and_then(|at| cells.get(at))
        .filter(|cell| !cells::says_nothing(&text[(*cell).clone()]))
        .map(|cell| unmarked(text, cell));
    field(text, cell, type_range, block.range.clone())
}

/// `- **email**: string`, ``- `id` (UUID): text``, `- name: String`.
fn listed(text: &str, block: &Block, line: &Range<usize>) -> Option<Field> {
    let written = &text[line.clone()];
    let end = written
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：' | '(' | '（' | '—' | '–'))
        .map_or(written.len(), |(at, _)| at);
    let head = &written[..end];
    let marked = head.trim_start().starts_with(['`', '*', '_']);
    if !marked && (end == written.len() || head.split_whitespace().count() > 1) {
        return None;
    }
    let name = line.start..line.start + end;
    let rest = line.start + end..line.end;
    let type_range = type_of(text, &rest);
    field(
        text,
        &name,
        type_range,
        heads::item(text, &block.range).start..block.range.end,
    )
}

/// The type behind a listed name: the words in brackets, or those up to the next stop.
fn type_of(text: &str, rest: &Range<usize>) -> Option<Range<usize>> {
    let opened = text[rest.clone()].trim_start_matches(['*', '`']);
    let bracket = opened.chars().next().filter(|c| matches!(c, '(' | '（'));
    let at = match bracket {
        Some(bracket) => rest.end - opened.len() + bracket.len_utf8(),
        None => heads::words(text, rest.start, rest.end),
    };
    let written = &text[at..rest.end];
    let stop = if bracket.is_some() {
        written.find([')', '）', ',', ';'])?
    } else {
        let ends = [" - ", " — ", " – ", " (", ", ", ";", "。"];
        let stops = ends.iter().filter_map(|end| written.find(end));
        stops.min().unwrap_or(written.len())
    };
    let written = sections::trim(text, at..at + stop);
    let range = unmarked(text, &written);
    let coded = range.len() < written.len() && text[written].starts_with('`');
    (!range.is_empty() && (coded || is_type(&text[range.clone()]))).then_some(range)
}

/// Without the one pair of marks around the whole.
fn unmarked(text: &str, range: &Range<usize>) -> Range<usize> {
    for mark in ["`", "**", "__"] {
        let inner = text[range.clone()]
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
            .filter(|inner| !inner.is_empty() && !inner.contains(mark));
        if inner.is_some() {
            return range.start + mark.len()..range.end - mark.len();
        }
    }
    range.clone()
}

/// Types that begin with a small letter.
const TYPES: &[&str] = &[
    "array",
    "bigint",
    "binary",
    "blob",
    "bool",
    "boolean",
    "bytes",
    "char",
    "date",
    "datetime",
    "decimal",
    "double",
    "enum",
    "float",
    "float32",
    "float64",
    "i32",
    "i64",
    "int",
    "int32",
    "int64",
    "integer",
    "json",
    "jsonb",
    "list",
    "long",
    "map",
    "number",
    "object",
    "set",
    "str",
    "string",
    "text",
    "timestamp",
    "timestamptz",
    "u32",
    "u64",
    "uint",
    "uuid",
    "varchar",
];

/// Whether an unmarked word is a type for sure.
fn is_type(word: &str) -> bool {
    if word.contains(char::is_whitespace) {
        return false;
    }
    let name = word.trim_end_matches(['?', '[', ']', '!']);
    TYPES.contains(&name)
        || word.contains(['<', '['])
        || name.starts_with(char::is_uppercase)
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
}

fn field(
    text: &str,
    name: &Range<usize>,
    type_range: Option<Range<usize>>,
    range: Range<usize>,
) -> Option<Field> {
    let bare = cells::bare(text, name);
    let written = &text[bare.clone()];
    // Several names, values and prose are no field's name.
    let odd = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '`' | ',' | ';' | '=' | '{' | '}' | '[' | '→' | '|' | '、' | '，'
        )
    };
    if written.is_empty() || written.contains(odd) || cells::says_nothing(written) {
        return None;
    }
    Some(Field {
        name: SmolStr::new(written),
        name_range: span(&bare),
        type_range: type_range.map(|range| span(&range)),
        range: span(&range),
    })
}

/// The name of a state: the marked or code words that a line begins with.
fn state(text: &str, line: &Range<usize>) -> Option<TextRange> {
    let written = &text[line.clone()];
    let mark = ["**", "`"]
        .into_iter()
        .find(|mark| written.starts_with(mark))?;
    let close = written[mark.len()..].find(mark)?;
    let name = cells::bare(text, &(line.start..line.start + mark.len() + close));
    (!name.is_empty()).then(|| span(&name))
}
