//! Files of settings: YAML, JSON, TOML, `.env`, properties and INI. Keys are joined by dots.

use std::ops::Range;

use grammar::Quantity;
use smol_str::{SmolStr, format_smolstr};
use text::data::{self, Node};
use toml::de::{DeTable, DeValue};

use super::{Held, HeldItem, HeldValue, MOST};
use crate::SourceFacts;
use crate::language::{extension, file_name};

/// Maps in maps that are looked into.
const DEEPEST: u32 = 24;
/// Longest file that is read.
const LONGEST: usize = 512 * 1024;

/// Whether a path names a file of settings that [`read_settings`] reads, by its name.
#[must_use]
pub fn is_settings_path(path: &str) -> bool {
    form(path).is_some()
}

#[derive(Clone, Copy)]
enum Form {
    Tree,
    Toml,
    Lines,
}

fn form(path: &str) -> Option<Form> {
    let name = file_name(path);
    if name == ".env" || name.starts_with(".env.") {
        return Some(Form::Lines);
    }
    match extension(path) {
        "yaml" | "yml" | "json" => Some(Form::Tree),
        "toml" => Some(Form::Toml),
        "env" | "properties" | "ini" | "cfg" => Some(Form::Lines),
        _ => None,
    }
}

/// Reads the values of a file of settings. [`SourceFacts::symbols_known`] says whether all of it was read; there are no
/// symbols. `None` if the path is none of such a file.
#[must_use]
pub fn read_settings(path: &str, text: &str) -> Option<SourceFacts> {
    let form = form(path)?;
    let mut facts = SourceFacts::default();
    if text.len() > LONGEST {
        facts.truncated = true;
        return Some(facts);
    }
    let mut found = Found {
        text,
        held: Vec::new(),
        whole: true,
    };
    match form {
        Form::Tree => {
            let start = text::bom_len(text);
            found.whole = data::is_whole(text, start);
            for document in data::read_all(text, start) {
                found.tree(&document, "", 0);
            }
        }
        Form::Toml => {
            let (table, errors) = DeTable::parse_recoverable(text);
            found.whole = errors.is_empty();
            found.table(table.get_ref(), "", 0);
        }
        Form::Lines => found.lines(),
    }
    facts.symbols_known = found.whole;
    facts.held = found.held;
    Some(facts)
}

struct Found<'t> {
    text: &'t str,
    held: Vec<Held>,
    whole: bool,
}

impl Found<'_> {
    fn hold(&mut self, name: SmolStr, key: &Range<usize>, value: &Range<usize>) {
        let said = self.text.get(value.clone()).unwrap_or_default();
        let Some(quantity) = scalar(said, &name) else {
            self.name_only(name, key);
            return;
        };
        self.push(name, key, value, HeldValue::Quantity(quantity));
    }

    /// A key that is there, whatever it holds.
    fn name_only(&mut self, name: SmolStr, key: &Range<usize>) {
        self.push(name, key, key, HeldValue::List(Vec::new()));
    }

    fn push(&mut self, name: SmolStr, key: &Range<usize>, range: &Range<usize>, value: HeldValue) {
        if self.held.len() >= MOST {
            self.whole = false;
            return;
        }
        self.held.push(Held {
            name,
            name_range: text::span(key.start, key.end),
            range: text::span(range.start, range.end),
            value,
        });
    }

    fn tree(&mut self, node: &Node, around: &str, depth: u32) {
        if depth > DEEPEST {
            self.whole = false;
            return;
        }
        for (key, value) in node.entries() {
            let Some(range) = key.text() else {
                self.whole = false;
                continue;
            };
            let name = joined(around, &self.text[range.clone()]);
            if name.ends_with("<<") {
                self.whole = false;
            }
            if let Some(scalar) = value.text() {
                self.hold(name, range, scalar);
            } else if let Some(items) = value.items() {
                let items: Option<Vec<HeldItem>> = items
                    .iter()
                    .map(|item| {
                        let range = item.text()?;
                        Some(HeldItem {
                            name: self.text[range.clone()].into(),
                            values: Vec::new(),
                            range: text::span(range.start, range.end),
                        })
                    })
                    .collect();
                match items {
                    Some(items) => {
                        self.push(name, range, &value.range, HeldValue::List(items));
                    }
                    None => self.name_only(name, range),
                }
            } else {
                self.name_only(name.clone(), range);
                self.tree(value, &name, depth + 1);
            }
        }
    }

    fn table(&mut self, table: &DeTable<'_>, around: &str, depth: u32) {
        if depth > DEEPEST {
            self.whole = false;
            return;
        }
        for (key, value) in table {
            let name = joined(around, key.get_ref());
            let span = value.span();
            match value.get_ref() {
                DeValue::Table(inner) => {
                    self.name_only(name.clone(), &key.span());
                    self.table(inner, &name, depth + 1);
                }
                DeValue::Array(items) => {
                    let items: Option<Vec<HeldItem>> = items
                        .iter()
                        .map(|item| {
                            let range = self.inner(item.span());
                            let plain =
                                !matches!(item.get_ref(), DeValue::Table(_) | DeValue::Array(_));
                            plain.then(|| HeldItem {
                                name: self.text.get(range.clone()).unwrap_or_default().into(),
                                values: Vec::new(),
                                range: text::span(range.start, range.end),
                            })
                        })
                        .collect();
                    match items {
                        Some(items) => self.push(name, &key.span(), &span, HeldValue::List(items)),
                        None => self.name_only(name, &key.span()),
                    }
                }
                _ => {
                    let range = self.inner(span);
                    self.hold(name, &key.span(), &range);
                }
            }
        }
    }

    /// A value without its quotes.
    fn inner(&self, span: Range<usize>) -> Range<usize> {
        let written = self.text.get(span.clone()).unwrap_or_default();
        match written.chars().next() {
            Some('"' | '\'') if written.len() >= 2 => span.start + 1..span.end - 1,
            _ => span,
        }
    }

    fn lines(&mut self) {
        let mut section = String::new();
        let mut at = text::bom_len(self.text);
        let text = self.text;
        for line in text[at..].split_inclusive('\n') {
            let start = at;
            at += line.len();
            let bare = line.trim();
            if bare.is_empty() || bare.starts_with(['#', ';', '!']) {
                continue;
            }
            if let Some(name) = bare
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                name.clone_into(&mut section);
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            let body = line[indent..].trim_end();
            let (body, indent) = match body.strip_prefix("export ") {
                Some(rest) => (rest, indent + "export ".len()),
                None => (body, indent),
            };
            let Some(cut) = body.find(['=', ':']) else {
                continue;
            };
            let key = body[..cut].trim_end();
            let value = &body[cut + 1..];
            let lead = value.len() - value.trim_start().len();
            let mut from = start + indent + cut + 1 + lead;
            let mut said = value.trim();
            if let Some(quote) = said.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                said = said[1..].split(quote).next().unwrap_or_default();
                from += 1;
            } else if let Some(comment) = said.find(" #") {
                said = said[..comment].trim_end();
            }
            let name = joined(&section, key);
            let key = start + indent..start + indent + key.len();
            self.hold(name, &key, &(from..from + said.len()));
        }
    }
}

fn joined(around: &str, key: &str) -> SmolStr {
    if around.is_empty() {
        key.into()
    } else {
        format_smolstr!("{around}.{key}")
    }
}

/// A scalar that is a quantity; of one that comes from the environment its default: `${TIMEOUT:30}`.
fn scalar(said: &str, name: &str) -> Option<Quantity> {
    let default = said
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'))
        .and_then(|rest| rest.split_once(':'))
        .map(|(_, default)| default.trim_start_matches('-'));
    let quantity = Quantity::of_setting(default.unwrap_or(said))?;
    let last = name.rsplit('.').next().unwrap_or(name);
    Some(Quantity {
        unit: quantity.unit.or_else(|| Quantity::unit_of_name(last)),
        ..quantity
    })
}
