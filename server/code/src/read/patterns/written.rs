//! Queries as they are written -> patterns.

use std::sync::OnceLock;

use tree_sitter::Language;

use super::{Part, Pattern, Test, Wanted, WantedKind, Ways, Wording};

/// The patterns, and the names of their captures.
pub(super) fn read(
    grammar: &Language,
    queries: impl IntoIterator<Item = &'static str>,
) -> Result<(Vec<Pattern>, Vec<&'static str>), String> {
    let mut patterns = Vec::new();
    let mut names = Vec::new();
    for query in queries {
        let mut reader = Reader {
            grammar,
            rest: query,
            names: &mut names,
            tests: Vec::new(),
        };
        loop {
            reader.blank();
            if reader.rest.is_empty() {
                break;
            }
            let begins = reader.rest;
            let pattern = reader.pattern().map_err(|error| {
                let end = begins.len() - reader.rest.len();
                format!(
                    "{error}, behind `{}`",
                    begins.get(..end).unwrap_or_default()
                )
            })?;
            patterns.push(pattern);
        }
    }
    Ok((patterns, names))
}

struct Reader<'a> {
    grammar: &'a Language,
    rest: &'static str,
    names: &'a mut Vec<&'static str>,
    /// Those of the pattern that is read.
    tests: Vec<Test>,
}

impl Reader<'_> {
    /// Past spaces and comments.
    fn blank(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix(';') else {
                return;
            };
            self.rest = comment.find('\n').map_or("", |end| &comment[end..]);
        }
    }

    /// Whether `mark` stands here; then past it.
    fn takes(&mut self, mark: char) -> bool {
        let Some(rest) = self.rest.strip_prefix(mark) else {
            return false;
        };
        self.rest = rest;
        self.blank();
        true
    }

    fn expect(&mut self, mark: char) -> Result<(), String> {
        self.takes(mark)
            .then_some(())
            .ok_or_else(|| format!("`{mark}` is missing"))
    }

    /// A name of a kind, a field, a capture or a test; `""` without one.
    fn name(&mut self) -> &'static str {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '?');
        let end = self.rest.find(|c| !is_of_name(c));
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        self.blank();
        name
    }

    /// What stands between quotes; a backslash takes the next character as it is.
    fn quoted(&mut self) -> Result<String, String> {
        let mut word = String::new();
        let mut chars = self.rest.strip_prefix('"').ok_or("no word")?.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.rest = &self.rest[at + 2..];
                    self.blank();
                    return Ok(word);
                }
                '\\' => match chars.next() {
                    Some((_, c)) if !c.is_alphanumeric() => word.push(c),
                    _ => return Err("unknown escape".to_owned()),
                },
                c => word.push(c),
            }
        }
        Err("a word does not end".to_owned())
    }

    fn pattern(&mut self) -> Result<Pattern, String> {
        // Around a node and its tests may stand parentheses.
        let inside = self.rest.strip_prefix('(').map(str::trim_start);
        let roots = if inside.is_some_and(|rest| rest.starts_with(['(', '['])) {
            self.expect('(')?;
            let roots = self.nodes()?;
            while self.rest.starts_with("(#") {
                self.test()?;
            }
            self.expect(')')?;
            roots
        } else {
            self.nodes()?
        };
        let tests = std::mem::take(&mut self.tests);
        Ok(Pattern { roots, tests })
    }

    /// A node or alternatives, and their captures.
    fn nodes(&mut self) -> Result<Vec<Wanted>, String> {
        let mut nodes = if self.takes('[') {
            let mut nodes = Vec::new();
            while !self.takes(']') {
                nodes.extend(self.nodes()?);
            }
            nodes
        } else {
            vec![self.node()?]
        };
        while self.takes('@') {
            let capture = self.capture();
            for node in &mut nodes {
                node.captures.push(capture);
            }
        }
        Ok(nodes)
    }

    /// The capture's index.
    fn capture(&mut self) -> u16 {
        let name = self.name();
        let known = self.names.iter().position(|known| *known == name);
        known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        }) as u16
    }

    fn node(&mut self) -> Result<Wanted, String> {
        let mut node = Wanted {
            kind: WantedKind::Any,
            without: Vec::new(),
            captures: Vec::new(),
            parts: Vec::new(),
        };
        if self.rest.starts_with('"') {
            let word = self.quoted()?;
            node.kind = self.kind(&word, false)?;
        } else if self.takes('(') {
            let name = self.name();
            node.kind = match name {
                "_" => WantedKind::Named,
                name => self.kind(name, true)?,
            };
            self.inside(&mut node)?;
        } else if self.name() != "_" {
            return Err("no node".to_owned());
        }
        Ok(node)
    }

    fn kind(&self, name: &str, is_named: bool) -> Result<WantedKind, String> {
        match self.grammar.id_for_node_kind(name, is_named) {
            0 => Err(format!("no kind is called `{name}`")),
            kind if self.grammar.node_kind_is_supertype(kind) => {
                Err(format!("`{name}` stands for several kinds"))
            }
            kind => Ok(WantedKind::Of(kind)),
        }
    }

    fn field(&self, name: &str) -> Result<u16, String> {
        self.grammar
            .field_id_for_name(name)
            .map(u16::from)
            .ok_or_else(|| format!("no field is called `{name}`"))
    }

    /// What stands in a node, to its closing parenthesis.
    fn inside(&mut self, node: &mut Wanted) -> Result<(), String> {
        loop {
            if self.takes(')') {
                break;
            } else if self.takes('!') {
                let name = self.name();
                node.without.push(self.field(name)?);
            } else if self.rest.starts_with("(#") {
                self.test()?;
            } else {
                let is_next = self.takes('.');
                if is_next && self.rest.starts_with(')') {
                    node.parts.last_mut().ok_or("no child is the last")?.is_last = true;
                } else {
                    let part = self.part(is_next)?;
                    node.parts.push(part);
                }
            }
        }
        let mut next_to = false;
        for part in node.parts.iter_mut().rev() {
            // Where the part is not there it would be unclear what is next to what.
            if part.is_optional && (part.is_last || (next_to && !part.is_next)) {
                return Err("`.` behind `?`".to_owned());
            }
            if !next_to && !part.has_captures() {
                part.ways = Ways::First;
            }
            next_to = part.is_next;
        }
        Ok(())
    }

    fn part(&mut self, is_next: bool) -> Result<Part, String> {
        let mut field = 0;
        if self.rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            let name = self.name();
            field = self.field(name)?;
            self.expect(':')?;
        }
        let mut nodes = self.nodes()?;
        let is_optional = self.takes('?');
        while self.takes('@') {
            let capture = self.capture();
            for node in &mut nodes {
                node.captures.push(capture);
            }
        }
        Ok(Part {
            field,
            nodes,
            is_optional,
            is_next,
            is_last: false,
            ways: Ways::Every,
        })
    }

    fn test(&mut self) -> Result<(), String> {
        self.expect('(')?;
        self.expect('#')?;
        let name = self.name();
        self.expect('@')?;
        let capture = self.capture();
        let mut words = Vec::new();
        while !self.takes(')') {
            words.push(self.quoted()?);
        }
        let (name, is_not) = match name.strip_prefix("not-") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let text = match (name, words.as_mut_slice()) {
            ("eq?", [_]) | ("any-of?", _) => Wording::AnyOf(words),
            ("match?", [regex]) => Wording::Matches(std::mem::take(regex), OnceLock::new()),
            _ => return Err(format!("unknown test `{name}`")),
        };
        self.tests.push(Test {
            capture,
            is_not,
            text,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(query: &'static str) -> String {
        read(&tree_sitter_python::LANGUAGE.into(), [query])
            .map_or_else(|error| error, |(patterns, _)| format!("{patterns:?}"))
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let said = [
            "(modul)",
            "(module \"dfe\")",
            "(call functio: (_))",
            "(call !functio)",
            "(expression) @any",
            "(module (comment)",
            "(module [(comment)",
            "(module (comment)*)",
            "(module (comment)+ (class_definition))",
            "(module .)",
            "(module (comment)? . (class_definition))",
            "(module (comment)? .)",
            "(module (comment) @a (#is? @a \"x\"))",
            "(module \"a\\n\")",
            "(module \"a",
            "comment",
        ]
        .map(error)
        .join("\n");
        expect_test::expect![[r#"
            no kind is called `modul`, behind `(modul`
            no kind is called `dfe`, behind `(module "dfe"`
            no field is called `functio`, behind `(call functio`
            no field is called `functio`, behind `(call !functio`
            `expression` stands for several kinds, behind `(expression`
            no node, behind `(module (comment)`
            no node, behind `(module [(comment)`
            no node, behind `(module (comment)`
            no node, behind `(module (comment)`
            no child is the last, behind `(module .`
            `.` behind `?`, behind `(module (comment)? . (class_definition))`
            `.` behind `?`, behind `(module (comment)? .)`
            unknown test `is?`, behind `(module (comment) @a (#is? @a "x")`
            unknown escape, behind `(module `
            a word does not end, behind `(module `
            no node, behind `comment`"#]]
        .assert_eq(&said);
    }

    #[test]
    fn patterns_begin_with_a_kind() {
        let grammar = tree_sitter_python::LANGUAGE.into();
        let of = |query| crate::read::patterns::Patterns::of(&grammar, [query]);
        assert_eq!(
            of("(_ (comment))").err().as_deref(),
            Some("pattern 0 begins with a wildcard")
        );
        assert!(of("((comment) (comment))").is_err(), "two siblings");
    }
}
