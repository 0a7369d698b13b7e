//! What constants, keys of settings and enumerations hold: quantities and lists of values, where they are written as
//! literals. What is computed in another way is left out: of it nobody knows.

mod expression;
mod list;
mod settings;

use std::cell::Cell;
use std::ops::Range;

use grammar::Quantity;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};
use text::TextRange;

use crate::{SourceFacts, Symbol, SymbolKind};
use expression::{Reader, Value};

pub use settings::{is_settings_path, read_settings};

/// Most values kept of one file.
const MOST: usize = 2_000;
/// Longest text of one constant that is looked into.
const LONGEST: usize = 20_000;
/// Constants of constants that are followed.
const DEEPEST: u32 = 4;
/// Constants that are followed in one file.
const STEPS: u32 = 5_000;
/// Named types of one file whose constants are looked for.
const TYPES: u32 = 200;

/// A value and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// `TIMEOUT`, `Limits.TIMEOUT`, `server.timeout`: with the names around it, joined by `.`.
    pub name: SmolStr,
    /// The bytes of its last name.
    pub name_range: TextRange,
    /// The bytes of the value.
    pub range: TextRange,
    /// What it is.
    pub value: HeldValue,
}

/// What is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeldValue {
    /// A quantity: its unit comes from the call, the string or the name.
    Quantity(Quantity),
    /// All values of a list, in the order of the text; none for a key of settings that holds something else.
    List(Vec<HeldItem>),
}

/// One value of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldItem {
    /// The name of a variant, the key of a map, or the value itself.
    pub name: SmolStr,
    /// What is written for it beside its name: `"draft"`, `404`.
    pub values: Vec<SmolStr>,
    /// Its bytes.
    pub range: TextRange,
}

/// Finds what the symbols of a file hold.
pub(crate) fn assemble(text: &str, facts: &mut SourceFacts) {
    let mut held = Vec::new();
    let constants: FxHashMap<&str, &Symbol> = facts
        .symbols
        .iter()
        .filter(|symbol| symbol.kind == SymbolKind::Constant)
        .map(|symbol| (symbol.name.as_str(), symbol))
        .collect();
    let steps = Cell::new(STEPS);
    let resolve = |name: &str| -> Option<Quantity> {
        let symbol = constants.get(name)?;
        quantity(text, symbol, &constants, 1, &steps)
    };
    let types = Cell::new(TYPES);
    for symbol in &facts.symbols {
        if held.len() >= MOST {
            break;
        }
        match symbol.kind {
            SymbolKind::Constant | SymbolKind::Field | SymbolKind::Variant | SymbolKind::Macro => {
                let Some(value) = written(text, symbol) else {
                    continue;
                };
                if value.len() > LONGEST {
                    continue;
                }
                let whole = text.get(value.clone()).unwrap_or_default();
                // `7 // 2` is no comment there.
                let divides = facts.language == Some(crate::Language::Python);
                let read = Reader::new(whole, &resolve).quantity();
                let read = read.filter(|_| !(divides && whole.contains("//")));
                if let Some((quantity, range)) = read {
                    let range = value.start + range.start..value.start + range.end;
                    held.push(of_symbol(
                        symbol,
                        &range,
                        HeldValue::Quantity(with_unit(quantity, symbol, text)),
                    ));
                } else if symbol.kind != SymbolKind::Variant {
                    if let Some((items, range)) = list::of_value(whole) {
                        let items = moved(items, value.start);
                        let range = value.start + range.start..value.start + range.end;
                        held.push(of_symbol(symbol, &range, HeldValue::List(items)));
                    }
                    let keyed = list::keyed(whole, &resolve);
                    let owner = symbol.qualified_name();
                    held.extend(keyed.into_iter().map(|each| Held {
                        name: format_smolstr!("{owner}.{}", each.name),
                        name_range: text::span(
                            value.start + each.name_range.start,
                            value.start + each.name_range.end,
                        ),
                        range: text::span(
                            value.start + each.range.start,
                            value.start + each.range.end,
                        ),
                        value: HeldValue::Quantity(each.quantity),
                    }));
                }
            }
            SymbolKind::TypeAlias => {
                let found = written(text, symbol)
                    .filter(|value| value.len() <= LONGEST)
                    .and_then(|value| {
                        let whole = text.get(value.clone())?;
                        let (items, range) = list::union(whole)?;
                        let range = value.start + range.start..value.start + range.end;
                        Some((moved(items, value.start), range))
                    });
                match found {
                    Some((items, range)) => {
                        held.push(of_symbol(symbol, &range, HeldValue::List(items)));
                    }
                    None => held.extend(of_type(text, symbol, facts, &types)),
                }
            }
            SymbolKind::Enum | SymbolKind::Class | SymbolKind::Struct | SymbolKind::Module => {
                held.extend(of_type(text, symbol, facts, &types));
            }
            _ => {}
        }
    }
    held.truncate(MOST);
    facts.held = held;
}

fn of_symbol(symbol: &Symbol, range: &Range<usize>, value: HeldValue) -> Held {
    Held {
        name: symbol.qualified_name().into(),
        name_range: symbol.name_range,
        range: text::span(range.start, range.end),
        value,
    }
}

fn moved(items: Vec<list::Item>, by: usize) -> Vec<HeldItem> {
    let moved = items.into_iter().map(|item| HeldItem {
        name: item.name,
        values: item.values,
        range: text::span(by + item.range.start, by + item.range.end),
    });
    moved.collect()
}

/// The quantity that a constant of the file holds, for another one made of it.
fn quantity(
    text: &str,
    symbol: &Symbol,
    constants: &FxHashMap<&str, &Symbol>,
    depth: u32,
    steps: &Cell<u32>,
) -> Option<Quantity> {
    let left = steps.get().checked_sub(1).filter(|_| depth <= DEEPEST)?;
    steps.set(left);
    let value = written(text, symbol)?;
    let whole = text.get(value)?;
    let resolve = |name: &str| quantity(text, constants.get(name)?, constants, depth + 1, steps);
    let (found, _) = Reader::new(whole, &resolve).quantity()?;
    Some(with_unit(found, symbol, text))
}

/// A quantity with the unit of its own name or type, where it has none.
fn with_unit(quantity: Quantity, symbol: &Symbol, text: &str) -> Quantity {
    let between = text
        .get(usize::from(symbol.name_range.end())..usize::from(symbol.range.end()))
        .unwrap_or_default();
    let typed = between.split('=').next().unwrap_or_default();
    let of_type = typed
        .contains("TimeInterval")
        .then_some(grammar::Unit::Second);
    Quantity {
        unit: quantity
            .unit
            .or_else(|| Quantity::unit_of_name(&symbol.name))
            .or(of_type),
        ..quantity
    }
}

/// The bytes of what is written for a symbol behind its name: what `=` gives it.
fn written(text: &str, symbol: &Symbol) -> Option<Range<usize>> {
    let start = usize::from(symbol.name_range.end());
    let end = usize::from(symbol.range.end());
    let rest = text.get(start..end)?;
    let offset = match symbol.kind {
        // `#define TIMEOUT 30`
        SymbolKind::Macro => rest.starts_with([' ', '\t']).then_some(1)?,
        // `NOT_FOUND(404)`
        SymbolKind::Variant if rest.starts_with('(') => 1,
        _ => {
            let Some(behind) = rest.strip_prefix(['\'', '"']) else {
                return Some(start + assigned(rest)?..end);
            };
            let behind = behind.trim_start();
            // `define('TIMEOUT', 30)`
            if let Some(value) = behind.strip_prefix(',') {
                return Some(end - value.len()..end);
            }
            // `variable "timeout" { default = 30 }`
            let block = behind.strip_prefix('{')?;
            let at = block.find("default")?;
            let value = block[at + "default".len()..].trim_start();
            let value = value.strip_prefix('=')?;
            let line = value.find('\n').unwrap_or(value.len());
            let from = end - value.len();
            return Some(from..from + line);
        }
    };
    Some(start + offset..end)
}

/// Where the value begins behind the first `=` that gives one: `: u64 = `, ` := `, ` { get; } = `, ` => `.
fn assigned(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    loop {
        let found = at + rest.get(at..)?.find('=')?;
        let next = bytes.get(found + 1);
        let before = found.checked_sub(1).and_then(|before| bytes.get(before));
        at = found + 1;
        match (before, next) {
            (Some(b'=' | b'!' | b'<' | b'>'), _) | (_, Some(b'=')) => {
                at += 1;
            }
            (_, Some(b'>')) => return Some(found + 2),
            _ => return Some(found + 1),
        }
    }
}

/// The values of a type: variants, or members that are constants all of them.
fn of_type(text: &str, symbol: &Symbol, facts: &SourceFacts, types: &Cell<u32>) -> Option<Held> {
    let own = symbol.qualified_name();
    // Symbols stand by their places.
    let from = facts
        .symbols
        .partition_point(|each| each.range.start() < symbol.range.start());
    let until = facts
        .symbols
        .partition_point(|each| each.range.start() < symbol.range.end());
    let inside = |each: &&Symbol| {
        each.container.as_deref() == Some(own.as_str()) && symbol.range.contains_range(each.range)
    };
    let around = facts.symbols.get(from..until).unwrap_or_default();
    let members: Vec<&Symbol> = around.iter().filter(inside).collect();
    let variants: Vec<&Symbol> = members
        .iter()
        .copied()
        .filter(|each| each.kind == SymbolKind::Variant)
        .collect();
    let is_enum = symbol.kind == SymbolKind::Enum;
    let items: Vec<HeldItem> = if !variants.is_empty() {
        variants.into_iter().map(|each| item(text, each)).collect()
    } else if symbol.kind == SymbolKind::TypeAlias
        || symbol.kind == SymbolKind::Struct && members.is_empty()
    {
        let left = types.get().checked_sub(1)?;
        types.set(left);
        typed(text, symbol, facts)?
    } else if is_enum {
        return None;
    } else {
        let constants = members
            .iter()
            .filter(|each| matches!(each.kind, SymbolKind::Constant | SymbolKind::Field));
        let items: Vec<HeldItem> = constants.map(|each| item(text, each)).collect();
        if items.iter().any(|item| item.values.is_empty()) {
            return None;
        }
        items
    };
    (items.len() >= 2).then(|| Held {
        name: own.into(),
        name_range: symbol.name_range,
        range: symbol.name_range,
        value: HeldValue::List(items),
    })
}

/// Constants of a named type, as Go writes enumerations: `StatusDraft Status = "draft"`, and those of a row that follow it
/// without a type of their own.
fn typed(text: &str, symbol: &Symbol, facts: &SourceFacts) -> Option<Vec<HeldItem>> {
    let mut items = Vec::new();
    let constants = facts
        .symbols
        .iter()
        .filter(|each| each.kind == SymbolKind::Constant && each.container == symbol.container);
    for each in constants {
        let behind = text
            .get(usize::from(each.name_range.end())..usize::from(each.range.end()))
            .unwrap_or_default();
        let (head, _) = behind.split_once('=').unwrap_or((behind, ""));
        let declared = head.trim().trim_start_matches(':').trim() == symbol.name;
        let follows = head.trim().is_empty()
            && !behind.contains('=')
            && each.name.starts_with(symbol.name.as_str());
        if declared || follows {
            let mut item = item(text, each);
            if let Some(short) = each.name.strip_prefix(symbol.name.as_str())
                && !short.is_empty()
            {
                item.values.push(short.into());
            }
            items.push(item);
        }
    }
    (!items.is_empty()).then_some(items)
}

/// A member with the literals that are written for it, its attributes included.
fn item(text: &str, member: &Symbol) -> HeldItem {
    let values = if member.kind == SymbolKind::Variant {
        list::literals(own_part(text, member))
    } else {
        let value = written(text, member).and_then(|range| text.get(range));
        value.map(list::of_member).unwrap_or_default()
    };
    HeldItem {
        name: member.name.clone(),
        values,
        range: member.name_range,
    }
}

/// What is written for a variant alone, where a line declares several: `case draft, sent = "out"`.
fn own_part<'t>(text: &'t str, member: &Symbol) -> &'t str {
    let whole = text::slice(text, member.range);
    let start = usize::from(member.range.start());
    let name = usize::from(member.name_range.start()).saturating_sub(start);
    let (mut depth, mut from) = (0_usize, 0);
    for (at, c) in whole.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 && at < name => from = at + 1,
            ',' if depth == 0 => return &whole[from..at],
            _ => {}
        }
    }
    &whole[from..]
}

impl Value {
    fn as_quantity(&self) -> Option<Quantity> {
        match self {
            Self::Quantity(quantity) => Some(*quantity),
            Self::Environment => None,
        }
    }
}
