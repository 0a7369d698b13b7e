//! Types whose fields all stand in their own text: nothing is inherited, embedded, mixed in or made at run time.
//!
//! What such a type does not declare it does not have. Of every other type that is unknown.

use crate::{SourceFacts, Symbol, SymbolKind, routes::Family};

/// Finds the closed types of a file whose symbols are known already.
pub(crate) fn assemble(text: &str, facts: &mut SourceFacts) {
    let Some(family) = facts
        .language
        .and_then(|language| language.definition().family)
    else {
        return;
    };
    facts.closed = (0_u32..)
        .zip(&facts.symbols)
        .filter(|(_, symbol)| is_closed(family, text, symbol))
        .map(|(index, _)| index)
        .collect();
}

fn is_closed(family: Family, text: &str, symbol: &Symbol) -> bool {
    let is_type = matches!(
        symbol.kind,
        SymbolKind::Class | SymbolKind::Struct | SymbolKind::Interface | SymbolKind::TypeAlias
    );
    let slice = |range: text::TextRange| {
        text.get(usize::from(range.start())..usize::from(range.end()))
            .unwrap_or_default()
    };
    if !is_type {
        return false;
    }
    let whole = slice(symbol.range);
    let head = slice(symbol.signature);
    let behind = |text: &'_ str| -> String {
        let name = usize::from(symbol.name_range.end()) - usize::from(symbol.range.start());
        text.get(name..).unwrap_or_default().to_owned()
    };
    match family {
        Family::Rust => {
            symbol.kind == SymbolKind::Struct && whole.contains('{') && !whole.contains("flatten")
        }
        Family::Script => script(symbol.kind, whole, head, &behind(whole)),
        Family::Python => {
            let bases = behind(head);
            bases_of(&bases).all(|base| PLAIN_BASES.contains(&base)) && !assigns(whole)
        }
        Family::Jvm => {
            let head = behind(head);
            !head.contains("extends ") && !outside_brackets(&head).any(|c| c == ':')
        }
        Family::CSharp => {
            let bases = behind(head);
            let mut bases = bases
                .split_once(':')
                .map_or("", |(_, bases)| bases)
                .split([',', '(', ')', ' ', '\n', '\r', '\t', '<', '>'])
                .filter(|base| !base.is_empty());
            !head.contains("partial ") && bases.all(is_interface)
        }
        Family::Go => symbol.kind == SymbolKind::Struct && !embeds(whole),
        // Another file may alter the table.
        Family::Sql | Family::Ruby => false,
    }
}

/// Bases of Python that bring no fields of their own, or none but an id.
const PLAIN_BASES: [&str; 16] = [
    "ABC",
    "Base",
    "BaseModel",
    "DeclarativeBase",
    "Document",
    "Model",
    "NamedTuple",
    "Protocol",
    "SQLModel",
    "TypedDict",
    "db.Model",
    "models.Model",
    "object",
    "pydantic.BaseModel",
    "table=True",
    "total=False",
];

/// The bases of `(Base, table=True):`.
fn bases_of(head: &str) -> impl Iterator<Item = &str> {
    let inner = head
        .split_once('(')
        .and_then(|(_, rest)| rest.rsplit_once(')'))
        .map_or("", |(inner, _)| inner);
    let bases = inner.split(',').map(str::trim);
    bases.filter(|base| !base.is_empty())
}

/// Whether methods of a Python class give it fields.
fn assigns(whole: &str) -> bool {
    let mut rest = whole;
    while let Some((_, next)) = rest.split_once("self.") {
        let name = next
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(next.len());
        let behind = next[name..].trim_start();
        if behind.starts_with('=') && !behind.starts_with("==") || behind.starts_with(':') {
            return true;
        }
        rest = next;
    }
    ["setattr(", "__getattr__", "__slots__", "locals()"]
        .iter()
        .any(|word| whole.contains(word))
}

/// The characters of a head that stand in no brackets.
fn outside_brackets(head: &str) -> impl Iterator<Item = char> {
    let mut depth = 0_usize;
    head.chars().filter(move |c| {
        match c {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

fn is_interface(base: &str) -> bool {
    let mut chars = base.chars();
    chars.next() == Some('I') && chars.next().is_some_and(char::is_uppercase)
}

fn script(kind: SymbolKind, whole: &str, head: &str, behind: &str) -> bool {
    let keyed = [
        "[key", "[k:", "[K ", "[id:", "[index", "[P in", "[name:", "[x:", "...(",
    ];
    if keyed.iter().any(|key| whole.contains(key)) {
        return false;
    }
    match kind {
        SymbolKind::Interface => !head.contains(" extends "),
        // Parameters of a constructor may be fields.
        SymbolKind::Class => !head.contains(" extends ") && !whole.contains("constructor"),
        SymbolKind::TypeAlias => {
            let value = behind.split_once('=').map_or("", |(_, value)| value);
            let value = value.trim().trim_end_matches(';').trim_end();
            // One object, and nothing beside it.
            let mut depth = 0_usize;
            value.starts_with('{')
                && value.char_indices().all(|(at, c)| {
                    match c {
                        '{' => depth += 1,
                        '}' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    depth > 0 || at + c.len_utf8() == value.len()
                })
        }
        _ => false,
    }
}

/// Whether a struct of Go holds another one without a name: a line of one word.
fn embeds(whole: &str) -> bool {
    let inner = whole.split_once('{').map_or("", |(_, inner)| inner);
    inner.lines().any(|line| {
        let code = line.split("//").next().unwrap_or_default();
        let code = code.split('`').next().unwrap_or_default().trim();
        let word = code.trim_start_matches('*');
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']'))
            && word.starts_with(char::is_alphabetic)
    })
}
