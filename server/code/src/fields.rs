//! What is written of a field beyond its name: its type, whether it may be absent, its names on the wire and in a table.
//!
//! Read from the field's own text, which the symbol's range is: attributes, type and default are all in it.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text::TextRange;

use crate::{SourceFacts, Symbol, SymbolKind, routes::Family};

/// A field of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFacts {
    /// The field among [`SourceFacts::symbols`].
    pub symbol: u32,
    /// The bytes of its type as written; `None` if none is.
    pub types: Option<TextRange>,
    /// Its type or a mark says that it may be absent; `None` where no type is written, and for a column of SQL that says
    /// neither `NULL` nor `NOT NULL`: the table may.
    pub optional: Option<bool>,
    /// Its name in JSON, where one is written: `#[serde(rename)]`, `json:"x"`, `@JsonProperty`, `Field(alias=)`.
    pub wire: Option<SmolStr>,
    /// Its name in a table, where one is written: `@Column(name)`, `Column("x")`, `db_column=`.
    pub column: Option<SmolStr>,
}

/// Reads the fields of a file whose symbols are known already.
pub(crate) fn assemble(text: &str, facts: &mut SourceFacts) {
    let Some(family) = facts
        .language
        .and_then(|language| language.definition().family)
    else {
        return;
    };
    facts.fields = (0_u32..)
        .zip(&facts.symbols)
        .filter(|(_, symbol)| symbol.kind == SymbolKind::Field)
        .filter_map(|(index, symbol)| one(family, text, index, symbol))
        .collect();
}

fn one(family: Family, text: &str, index: u32, symbol: &Symbol) -> Option<FieldFacts> {
    let whole = usize::from(symbol.range.start())..usize::from(symbol.range.end());
    let name = usize::from(symbol.name_range.start())..usize::from(symbol.name_range.end());
    let before = text.get(whole.start..name.start)?;
    let after = text.get(name.end..whole.end)?;
    let kotlin = before.contains("val ") || before.contains("var ");
    let types = match family {
        Family::Rust | Family::Script | Family::Python => behind_colon(after, name.end),
        Family::Jvm if kotlin => behind_colon(after, name.end),
        Family::Go => behind_name(after, name.end),
        Family::Jvm | Family::CSharp => before_name(before, whole.start),
        Family::Sql => Some(column_type(after, name.end)),
        Family::Ruby => None,
    };
    let types = types.filter(|types| !types.is_empty());
    let written = types.clone().and_then(|types| text.get(types));
    let marked = after.trim_start().starts_with('?');
    Some(FieldFacts {
        symbol: index,
        optional: match family {
            Family::Sql => nullable(after),
            _ => written.map(|written| marked || is_optional(family, written)),
        },
        types: types.map(|types| text::span(types.start, types.end)),
        wire: wire(family, before, after),
        column: column(family, before, after),
    })
}

/// `: Type` up to a default, a comma or the end.
fn behind_colon(after: &str, start: usize) -> Option<Range<usize>> {
    let rest = after.trim_start().trim_start_matches(['?', '!']);
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let at = start + (after.len() - rest.len());
    Some(at..at + type_end(rest, &['=', ';', ',', '\n']))
}

/// Go: what follows the last of the names, up to the tag.
fn behind_name(after: &str, start: usize) -> Option<Range<usize>> {
    let mut rest = after;
    while let Some(next) = rest.trim_start().strip_prefix(',') {
        let next = next.trim_start();
        let end = next.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        rest = &next[end..];
    }
    let rest = rest.trim_start();
    let at = start + (after.len() - rest.len());
    Some(at..at + type_end(rest, &['`', '"', '\n', ';']))
}

/// Java, C#: what stands between annotations and modifiers and the name.
fn before_name(before: &str, start: usize) -> Option<Range<usize>> {
    let mut rest = before.trim_start();
    loop {
        let next = if let Some(annotation) = rest.strip_prefix('@') {
            let end = annotation
                .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.'))
                .unwrap_or(annotation.len());
            let tail = annotation[end..].trim_start();
            if tail.starts_with('(') {
                &tail[closing(tail)?..]
            } else {
                tail
            }
        } else if rest.starts_with('[') {
            &rest[closing(rest)?..]
        } else if let Some(comment) = rest.strip_prefix("//") {
            &comment[comment.find('\n')?..]
        } else if let Some(comment) = rest.strip_prefix("/*") {
            &comment[comment.find("*/")? + 2..]
        } else {
            let word = rest.split(char::is_whitespace).next().unwrap_or_default();
            if !MODIFIERS.contains(&word) {
                break;
            }
            &rest[word.len()..]
        };
        rest = next.trim_start();
    }
    // `int a, b`: the type of the second name stands before the first.
    let at = start + (before.len() - rest.len());
    let end = type_end(rest, &['=', ',', ';']);
    let types = rest[..end].trim_end();
    if !rest[end..].trim_start().is_empty() {
        let types = &types[..types.rfind(char::is_whitespace)?];
        return Some(at..at + types.trim_end().len());
    }
    Some(at..at + types.len())
}

/// Words that end the type of a column.
const CONSTRAINTS: [&str; 15] = [
    "not",
    "null",
    "default",
    "primary",
    "unique",
    "references",
    "check",
    "constraint",
    "auto_increment",
    "autoincrement",
    "identity",
    "generated",
    "collate",
    "comment",
    "on",
];

/// SQL: what follows the name, up to the first constraint.
fn column_type(after: &str, start: usize) -> Range<usize> {
    let rest = after.trim_start_matches(['"', '`', ']']).trim_start();
    let at = start + (after.len() - rest.len());
    let limit = type_end(rest, &[',', ';', '\n']);
    let mut end = 0;
    let mut depth = 0_usize;
    for word in rest[..limit].split_inclusive([' ', '\t']) {
        let lower = word.trim().to_ascii_lowercase();
        let first = lower.split('(').next().unwrap_or_default();
        if depth == 0 && CONSTRAINTS.contains(&first) {
            break;
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
        end += word.len();
    }
    at..at + rest[..end].trim_end().len()
}

/// Whether a column may be `NULL`, if it says so itself.
fn nullable(after: &str) -> Option<bool> {
    let lower = after.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let pair = |first: &str, second: &str| {
        words
            .windows(2)
            .any(|pair| pair[0] == first && pair[1].trim_end_matches([',', ';']) == second)
    };
    if pair("not", "null") || pair("primary", "key") {
        return Some(false);
    }
    let alone = words
        .windows(2)
        .any(|pair| pair[0] != "default" && pair[0] != "set" && pair[1] == "null");
    alone.then_some(true)
}

const MODIFIERS: [&str; 22] = [
    "public",
    "private",
    "protected",
    "internal",
    "static",
    "final",
    "readonly",
    "const",
    "volatile",
    "transient",
    "required",
    "virtual",
    "override",
    "abstract",
    "sealed",
    "new",
    "partial",
    "event",
    "params",
    "unsafe",
    "this",
    "default",
];

/// Length of a type: up to one of the marks outside brackets, blanks left out.
fn type_end(text: &str, marks: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '<' | '(' | '[' | '{' => depth += 1,
            // `=>` and `->` close nothing.
            '>' if matches!(before, '=' | '-') => {}
            '>' | ')' | ']' | '}' => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return text[..at].trim_end().len(),
            },
            '=' if text[at..].starts_with("=>") => {}
            c if depth == 0 && marks.contains(&c) => return text[..at].trim_end().len(),
            _ => {}
        }
        before = c;
    }
    text.trim_end().len()
}

/// Length of what begins with a bracket, to behind its closing one; strings are passed over.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) => {
                if c == open {
                    quote = None;
                }
            }
            None => match c {
                '"' => quote = Some(c),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            },
        }
    }
    None
}

fn is_optional(family: Family, written: &str) -> bool {
    let starts = |word: &str| written.starts_with(word);
    match family {
        Family::Rust => starts("Option<") || starts("std::option::Option<"),
        Family::Script => alternatives(written).any(|part| matches!(part, "null" | "undefined")),
        Family::Python => {
            starts("Optional[")
                || starts("typing.Optional[")
                || alternatives(written).any(|part| part == "None")
        }
        Family::Go => starts("*"),
        Family::Jvm => starts("Optional<") || written.ends_with('?'),
        Family::CSharp => written.ends_with('?'),
        Family::Ruby | Family::Sql => false,
    }
}

/// The parts of `A | B<C | D>` outside brackets.
fn alternatives(written: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(written);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = type_end(text, &['|']);
        let tail = text[end..].trim_start();
        rest = tail.strip_prefix('|');
        Some(text[..end].trim())
    })
}

fn wire(family: Family, before: &str, after: &str) -> Option<SmolStr> {
    match family {
        Family::Rust => {
            let at = before.find("serde(")?;
            quoted_behind(&before[at..], &["rename ", "rename="])
        }
        Family::Go => {
            let tag = quoted_behind(after, &["json:"])?;
            let name = tag.split(',').next().unwrap_or_default();
            (!name.is_empty()).then(|| SmolStr::new(name))
        }
        Family::Python => quoted_behind(after, &["serialization_alias=", "alias=", "alias ="]),
        Family::Jvm => argument_of(
            before,
            &[
                "@JsonProperty",
                "@SerializedName",
                "@SerialName",
                "@field:JsonProperty",
                "@Json",
            ],
        ),
        Family::CSharp => argument_of(before, &["[JsonPropertyName", "[JsonProperty"]),
        Family::Script => {
            argument_of(before, &["@JsonProperty"]).or_else(|| argument_of(before, &["@Expose"]))
        }
        Family::Ruby | Family::Sql => None,
    }
}

fn column(family: Family, before: &str, after: &str) -> Option<SmolStr> {
    match family {
        Family::Python => quoted_behind(after, &["db_column="]).or_else(|| {
            ["mapped_column(", "Column("].iter().find_map(|call| {
                let (_, rest) = after.split_once(call)?;
                let rest = rest.trim_start();
                rest.starts_with(['"', '\'']).then(|| first_quoted(rest))?
            })
        }),
        Family::Go => {
            let tag = quoted_behind(after, &["gorm:"])?;
            let (_, name) = tag.split_once("column:")?;
            name.split(';').next().map(SmolStr::new)
        }
        Family::Jvm | Family::Script => argument_of(before, &["@Column", "@JoinColumn"]),
        Family::CSharp => argument_of(before, &["[Column"]),
        Family::Rust => {
            let at = before
                .find("sqlx(")
                .or_else(|| before.find("diesel(column_name"))?;
            quoted_behind(&before[at..], &["rename =", "rename=", "column_name ="])
        }
        Family::Ruby | Family::Sql => None,
    }
}

/// The string behind one of the words.
fn quoted_behind(text: &str, words: &[&str]) -> Option<SmolStr> {
    words.iter().find_map(|word| {
        let at = text.find(word)?;
        // `populate_alias=` is another word.
        let own = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = text[at + word.len()..].trim_start_matches(['=', ' ']);
        (own && rest.starts_with(['"', '\''])).then(|| first_quoted(rest))?
    })
}

/// The name that an annotation is given: alone, or as `name` or `value`.
fn argument_of(before: &str, annotations: &[&str]) -> Option<SmolStr> {
    annotations.iter().find_map(|annotation| {
        let at = before.find(annotation)?;
        let rest = before[at + annotation.len()..].trim_start();
        let inner = rest.strip_prefix('(')?;
        let inner = &inner[..closing(rest)?.checked_sub(2)?];
        let inner = inner.trim_start();
        if inner.starts_with(['"', '\'']) {
            return first_quoted(inner);
        }
        quoted_behind(inner, &["name =", "name=", "name:", "value =", "value="])
    })
}

/// The first string of a text; `None` if it has escapes.
fn first_quoted(text: &str) -> Option<SmolStr> {
    let quote = text.chars().next()?;
    let inner = text.get(1..)?;
    let name = &inner[..inner.find(quote)?];
    (!name.is_empty() && !name.contains(['\\', '\n'])).then(|| SmolStr::new(name))
}
