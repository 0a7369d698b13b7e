//! The skeleton of a data model: entities of the spec, with the fields of the types that are there.

use code::SymbolKind;
use documents::{DocumentKind, ItemKind};

use super::facts::Facts;
use super::words::Sentence;
use super::{migration, table};
use crate::tasks::one_line;

const TITLE: Sentence = ["Data Model", "データモデル", "数据模型"];
const FROM: Sentence = [
    "Entities of [spec.md](spec.md), with the fields of the types that are there.",
    "[spec.md](spec.md) のエンティティと、既存の型のフィールド。",
    "[spec.md](spec.md) 的实体，以及现有类型的字段。",
];
const THERE: Sentence = [
    "There as `{}` in `{}`:",
    "`{}` として `{}` にある:",
    "现有 `{}`，位于 `{}`:",
];
const FIELD: Sentence = ["Field", "フィールド", "字段"];
const OPTIONAL: Sentence = ["Optional", "省略可", "可选"];
const YES: Sentence = ["yes", "はい", "是"];
const NO: Sentence = ["no", "いいえ", "否"];
const OPEN: Sentence = ["Open", "未決", "待定"];
const WHICH: Sentence = [
    "Which fields, keys and relationships do {} have?",
    "{} のフィールド、キー、関連は何か?",
    "{} 有哪些字段、键和关系?",
];

/// `None` where a data model is there, or the spec names no entity.
pub(super) fn lines(facts: &Facts<'_>) -> Option<Vec<String>> {
    if facts.feature.present.contains(&DocumentKind::DataModel) {
        return None;
    }
    let tongue = facts.tongue;
    let entities = facts.items(ItemKind::Entity);
    if entities.is_empty() {
        return None;
    }
    let mut lines = vec![
        format!("# {}: {}", tongue.pick(TITLE), facts.title()),
        String::new(),
        tongue.pick(FROM).to_owned(),
    ];
    let mut open: Vec<String> = Vec::new();
    for (document, _, item) in entities {
        let name = one_line(&item.id);
        if lines.contains(&format!("## {name}")) {
            continue;
        }
        lines.extend([String::new(), format!("## {name}"), String::new()]);
        let said = one_line(document.slice(item.title_range));
        if said.is_empty() {
            open.push(name.clone());
            lines.pop();
        } else {
            lines.push(said);
        }
        let fields = fields(facts, &name);
        if fields.is_empty() {
            if !open.contains(&name) {
                open.push(name);
            }
        } else {
            lines.push(String::new());
            lines.extend(fields);
        }
    }
    if !open.is_empty() {
        let question = tongue.ask(WHICH, &[&open.join(tongue.comma())]);
        let head = format!("## {}", tongue.pick(OPEN));
        lines.extend([String::new(), head, String::new(), question]);
    }
    Some(lines)
}

/// A type that is there.
pub(super) struct Known<'a> {
    name: &'a str,
    path: &'a str,
    /// Its fields, each with whether it may be left out, where that is known.
    pub(super) fields: Vec<(&'a str, Option<bool>)>,
}

/// The type that is called like an entity.
pub(super) fn fields_of<'a>(facts: &Facts<'a>, entity: &str) -> Option<Known<'a>> {
    let found = migration::type_of(facts.graph, entity)?;
    let source = facts.graph.inputs().sources.get(&found.file)?;
    let symbols = &source.facts.symbols;
    let declared = symbols.get(found.symbol as usize)?;
    let mut fields = Vec::new();
    for (at, symbol) in (0..).zip(symbols) {
        let inside = declared.range.contains_range(symbol.range)
            && symbol
                .container
                .as_deref()
                .is_some_and(|it| it.rsplit(['.', ':']).next() == Some(declared.name.as_str()));
        if symbol.kind == SymbolKind::Field && inside {
            let field = source.facts.fields.iter().find(|field| field.symbol == at);
            fields.push((symbol.name.as_str(), field.and_then(|field| field.optional)));
        }
    }
    Some(Known {
        name: &declared.name,
        path: facts.graph.inputs().tree.path_str(found.file),
        fields,
    })
}

/// The fields of the type that is called like an entity, as a table.
fn fields(facts: &Facts<'_>, entity: &str) -> Vec<String> {
    let tongue = facts.tongue;
    let Some(known) = fields_of(facts, entity).filter(|known| !known.fields.is_empty()) else {
        return Vec::new();
    };
    let rows = known.fields.iter().map(|(name, optional)| {
        let optional = match optional {
            Some(true) => tongue.pick(YES),
            Some(false) => tongue.pick(NO),
            None => "-",
        };
        vec![format!("`{name}`"), optional.to_owned()]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let mut lines = vec![tongue.say(THERE, &[known.name, known.path]), String::new()];
    lines.extend(table::lines(
        &[tongue.pick(FIELD), tongue.pick(OPTIONAL)],
        &rows,
    ));
    lines
}
