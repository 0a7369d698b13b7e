//! SQL: what `CREATE` makes, in any dialect.
//!
//! There is no grammar: one that reads `PostgreSQL`, `MySQL`, `SQLite` and T-SQL alike does not exist, and definitions are
//! found without one. Tables, views, types, functions, procedures, triggers, indexes, sequences and schemas are symbols;
//! columns are their fields.

mod tokens;

use super::{Declarations, Declared, Definition, Hooks};
use crate::SymbolKind;
use crate::routes::Family;
use tokens::{Kind, Token, tokens};

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["sql", "ddl", "psql"],
    documents_above: true,
    hooks: Some(HOOKS),
    family: Some(Family::Sql),
    ..Definition::PLAIN
};

const HOOKS: Hooks = Hooks {
    prepared: |_| None,
    declared: |text, _| declared(text),
};

/// Words between `CREATE` and what is created.
const MAX_HEAD: usize = 16;

/// Blanks before a statement that are looked over.
const MAX_INDENT: usize = 100;

/// Most tokens of a column that `ALTER TABLE` adds.
const MAX_COLUMN: usize = 200;

/// Types that are written with a size, so that `key varchar(20)` is a column.
const SIZED: &[&str] = &[
    "varchar",
    "char",
    "character",
    "nvarchar",
    "nchar",
    "varbinary",
    "binary",
    "decimal",
    "numeric",
    "int",
    "integer",
    "bigint",
    "smallint",
    "tinyint",
    "number",
    "varchar2",
    "bit",
    "float",
    "double",
    "time",
    "timestamp",
    "datetime",
    "enum",
    "text",
];

fn declared(text: &str) -> Declarations {
    let mut sql = Sql {
        text,
        tokens: tokens(text),
        found: Declarations::default(),
    };
    let mut at = 0;
    while at < sql.tokens.len() {
        at = match sql.word(at).as_str() {
            "create" => sql.create(at),
            "alter" if sql.word(at + 1) == "table" => sql.alter(at),
            _ => at + 1,
        };
    }
    sql.found
}

struct Sql<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    found: Declarations,
}

impl Sql<'_> {
    /// The word at `index` in lower case; `""` for anything else.
    fn word(&self, index: usize) -> String {
        match self.tokens.get(index) {
            Some(token) if token.kind == Kind::Word && token.end - token.start < 32 => {
                self.text[token.start..token.end].to_ascii_lowercase()
            }
            _ => String::new(),
        }
    }

    fn is_mark(&self, index: usize, mark: u8) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// `schema.name` from `index` on: the qualifier, the name, and what is behind.
    fn name(&self, index: usize) -> Option<(Option<Token>, Token, usize)> {
        let named = |index: usize| {
            self.tokens
                .get(index)
                .copied()
                .filter(|token| matches!(token.kind, Kind::Word | Kind::Quoted))
        };
        let (mut qualifier, mut name, mut at) = (None, named(index)?, index + 1);
        while self.is_mark(at, b'.') {
            (qualifier, name) = (Some(name), named(at + 1)?);
            at += 2;
        }
        Some((qualifier, name, at))
    }

    /// The name without its quotes.
    fn bare(token: Token) -> std::ops::Range<usize> {
        match token.kind {
            Kind::Quoted | Kind::Literal if token.end - token.start >= 2 => {
                token.start + 1..token.end - 1
            }
            _ => token.start..token.end,
        }
    }

    /// Behind the bracket that closes the one at `open`.
    fn behind_group(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (index, token) in self.tokens.iter().enumerate().skip(open) {
            match token.kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return index + 1;
                    }
                }
                Kind::Mark(b';') => return index,
                _ => {}
            }
        }
        self.tokens.len()
    }

    fn push(
        &mut self,
        kind: SymbolKind,
        node: std::ops::Range<usize>,
        qualifier: Option<Token>,
        name: Token,
        body: Option<usize>,
    ) {
        let name = Self::bare(name);
        if name.is_empty() {
            return;
        }
        self.found.items.push(Declared {
            kind: Some(kind),
            body: body.map(|body| body..node.end),
            node,
            name,
            container: qualifier.map(Self::bare),
            bases: None,
            leaf: false,
        });
    }

    /// Reads the statement at `create`; where to go on.
    fn create(&mut self, create: usize) -> usize {
        let Some(object) = (create + 1..create + MAX_HEAD).find(|at| {
            matches!(
                self.word(*at).as_str(),
                "table"
                    | "view"
                    | "index"
                    | "type"
                    | "function"
                    | "procedure"
                    | "proc"
                    | "trigger"
                    | "schema"
                    | "sequence"
                    | "domain"
                    | "macro"
                    | "event"
                    | "package"
                    | "database"
            )
        }) else {
            return create + 1;
        };
        // `CREATE USER x; CREATE TABLE ...`: not the same statement.
        if (create + 1..object).any(|at| self.is_mark(at, b';') || self.word(at) == "create") {
            return create + 1;
        }
        let what = self.word(object);
        let mut at = object + 1;
        while matches!(
            self.word(at).as_str(),
            "if" | "not" | "exists" | "concurrently" | "body"
        ) {
            at += 1;
        }
        let Some((qualifier, name, behind)) = self.name(at) else {
            return object + 1;
        };
        // An index may have no name.
        if what == "database"
            || (name.kind == Kind::Word && self.word(at) == "on" && behind == at + 1)
        {
            return behind;
        }
        let routine = matches!(
            what.as_str(),
            "function" | "procedure" | "proc" | "trigger" | "event" | "package" | "macro"
        );
        let (last, body) = self.end_of_statement(behind, routine);
        let node = self.tokens[create].start..self.tokens[last].end;
        let is_enum =
            what == "type" && self.word(behind) == "as" && self.word(behind + 1) == "enum";
        let kind = match what.as_str() {
            "type" if is_enum => SymbolKind::Enum,
            "table" | "view" | "type" => SymbolKind::Struct,
            "domain" => SymbolKind::TypeAlias,
            "schema" | "package" => SymbolKind::Module,
            "index" | "sequence" => SymbolKind::Constant,
            _ => SymbolKind::Function,
        };
        let parts = match what.as_str() {
            "table" | "view" if self.is_mark(behind, b'(') => Some(behind),
            "type" if is_enum => Some(behind + 2).filter(|open| self.is_mark(*open, b'(')),
            "type" if self.word(behind) == "as" => {
                let open = behind + 1 + usize::from(self.word(behind + 1) == "table");
                Some(open).filter(|open| self.is_mark(*open, b'('))
            }
            _ => None,
        };
        let begins = parts.map(|open| self.tokens[open].start).or(body);
        self.push(kind, node, qualifier, name, begins);
        match parts {
            Some(open) if is_enum => self.values(open),
            Some(open) if what != "view" => self.columns(open, None),
            _ => {}
        }
        last + 1
    }

    /// The last token of the statement, and where its body begins: `AS`, `BEGIN`, a quoted body.
    fn end_of_statement(&self, from: usize, routine: bool) -> (usize, Option<usize>) {
        let mut body = None;
        let mut depth = 0_usize;
        let mut at = from;
        let mut last = from.saturating_sub(1);
        while let Some(token) = self.tokens.get(at) {
            let word = self.word(at);
            match word.as_str() {
                "go" if depth == 0 && self.starts_line(at) => return (last, body),
                "create" if depth == 0 && at > from && self.starts_line(at) => {
                    return (last, body);
                }
                "as" | "is" if body.is_none() => body = Some(token.start),
                "begin" if routine && !self.word(at + 1).starts_with("tran") => {
                    body = body.or(Some(token.start));
                    depth += 1;
                }
                "case" if depth > 0 => depth += 1,
                "end" if depth > 0 => {
                    let of_a_block = matches!(
                        self.word(at + 1).as_str(),
                        "if" | "loop" | "while" | "repeat" | "for"
                    );
                    depth -= usize::from(!of_a_block);
                }
                _ => {}
            }
            if token.kind == Kind::Mark(b';') && depth == 0 {
                return (at, body);
            }
            last = at;
            at += 1;
        }
        (last, body)
    }

    fn starts_line(&self, index: usize) -> bool {
        let token = self.tokens[index];
        let head = &self.text.as_bytes()[..token.start];
        head.iter()
            .rev()
            .take(MAX_INDENT)
            .take_while(|byte| **byte != b'\n')
            .all(u8::is_ascii_whitespace)
    }

    /// `('sad', 'ok')`
    fn values(&mut self, open: usize) {
        for index in open + 1..self.behind_group(open) {
            let token = self.tokens[index];
            if token.kind == Kind::Literal {
                self.push(
                    SymbolKind::Variant,
                    token.start..token.end,
                    None,
                    token,
                    None,
                );
            }
        }
    }

    /// Each part between commas that is no constraint begins with the name of a column.
    fn columns(&mut self, open: usize, table: Option<Token>) {
        let close = self.behind_group(open).saturating_sub(1);
        let mut first = open + 1;
        let mut depth = 0_usize;
        for index in open + 1..=close {
            let Some(token) = self.tokens.get(index).copied() else {
                return;
            };
            match token.kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') if index < close => depth = depth.saturating_sub(1),
                Kind::Mark(b',') if depth > 0 => {}
                Kind::Mark(b',' | b')') => {
                    self.column(first, index, table);
                    first = index + 1;
                }
                _ => {}
            }
        }
    }

    fn column(&mut self, first: usize, behind: usize, table: Option<Token>) {
        if first >= behind || self.is_constraint(first) {
            return;
        }
        let (name, last) = (self.tokens[first], self.tokens[behind - 1]);
        // A name alone is a column of a query, a number none at all.
        let named = match name.kind {
            Kind::Quoted => true,
            Kind::Word => !self.text.as_bytes()[name.start].is_ascii_digit(),
            _ => false,
        };
        if named && behind > first + 1 {
            self.push(SymbolKind::Field, name.start..last.end, table, name, None);
        }
    }

    fn is_constraint(&self, first: usize) -> bool {
        match self.word(first).as_str() {
            "constraint" | "primary" | "foreign" | "unique" | "check" | "exclude" | "like" => true,
            // `KEY by_name (name)`, but a column may be called so.
            "key" | "index" | "fulltext" | "spatial" | "period" => {
                !SIZED.contains(&self.word(first + 1).as_str())
                    && (self.is_mark(first + 1, b'(')
                        || self.is_mark(first + 2, b'(')
                        || self.is_mark(first + 3, b'('))
            }
            _ => false,
        }
    }

    /// `ALTER TABLE t ADD COLUMN c ...`
    fn alter(&mut self, alter: usize) -> usize {
        let mut at = alter + 2;
        while matches!(self.word(at).as_str(), "if" | "exists" | "only") {
            at += 1;
        }
        let Some((_, table, behind)) = self.name(at) else {
            return at;
        };
        let (last, _) = self.end_of_statement(behind, false);
        let mut depth = 0_usize;
        for index in behind..last {
            match self.tokens[index].kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 || self.word(index) != "add" || self.word(index + 1) != "column" {
                continue;
            }
            let mut first = index + 2;
            while matches!(self.word(first).as_str(), "if" | "not" | "exists") {
                first += 1;
            }
            let mut nested = 0_usize;
            let end = (first..=last)
                .take(MAX_COLUMN)
                .find(|at| match self.tokens[*at].kind {
                    Kind::Mark(b'(') => {
                        nested += 1;
                        false
                    }
                    Kind::Mark(b')') => {
                        nested = nested.saturating_sub(1);
                        false
                    }
                    Kind::Mark(b',' | b';') => nested == 0,
                    _ => false,
                });
            self.column(
                first,
                end.unwrap_or((last + 1).min(first + MAX_COLUMN)),
                Some(table),
            );
        }
        last + 1
    }
}
