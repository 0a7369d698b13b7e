//! One walk over a syntax tree in which all patterns are looked for.

use tree_sitter::{Node, Tree, TreeCursor};

use super::{ERROR, Part, Pattern, Patterns, Wanted, WantedKind, Ways};

/// Operations between two questions whether to stop.
const STEP: usize = 1_000;

/// Matches that a file may have beside one for each of its bytes: what grows with the square of a hostile node ends here.
const MATCH_LIMIT: usize = 65_536;

/// Why not everything was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Stopped {
    /// Who asked does not want more.
    Asked,
    /// There are more matches than are kept.
    TooMany,
}

/// Gives a pattern's index, the captures of a match with their indices, in the order of the pattern.
type Sink<'s, 't> = &'s mut dyn FnMut(usize, &[(u16, Node<'t>)]);

/// A node that a pattern around it may still look at. They stand in the order of the text, each before what is in it.
struct Seen<'t> {
    node: Node<'t>,
    kind: u16,
    /// 0 without.
    field: u16,
    is_named: bool,
    /// Behind everything in it.
    end: usize,
    /// The last named node directly in it; itself without one.
    last: usize,
}

impl Patterns {
    /// Gives every match to `sink`, inner ones before those around them. `stop` is asked now and then.
    pub(in crate::read) fn find<'t>(
        &self,
        tree: &'t Tree,
        text: &str,
        stop: &mut dyn FnMut() -> bool,
        sink: Sink<'_, 't>,
    ) -> Result<(), Stopped> {
        let mut search = Search {
            text,
            seen: Vec::new(),
            captured: Vec::new(),
            work: 0,
            matches_left: MATCH_LIMIT + text.len(),
            stopped: None,
            stop,
            sink,
        };
        let mut cursor = tree.walk();
        // Nodes around the current one, and how many levels below them are still looked at.
        let mut open: Vec<(usize, u8)> = Vec::new();
        loop {
            let need = open.last().map_or(0, |(_, need)| *need);
            let at = search.enter(
                self,
                &cursor,
                open.last().map(|(outer, _)| *outer),
                need > 0,
            );
            if cursor.goto_first_child() {
                let own = self.kind(search.seen[at].kind);
                let own = own.map_or(0, |kind| kind.reach);
                open.push((at, own.max(need.saturating_sub(1))));
                continue;
            }
            let mut leaving = at;
            loop {
                let need = open.last().map_or(0, |(_, need)| *need);
                search.leave(self, leaving, need);
                if let Some(stopped) = search.stopped {
                    return Err(stopped);
                }
                if cursor.goto_next_sibling() {
                    break;
                }
                let Some((outer, _)) = open.pop() else {
                    return Ok(());
                };
                cursor.goto_parent();
                leaving = outer;
            }
        }
    }
}

struct Search<'s, 't> {
    text: &'s str,
    seen: Vec<Seen<'t>>,
    captured: Vec<(u16, Node<'t>)>,
    work: usize,
    matches_left: usize,
    stopped: Option<Stopped>,
    stop: &'s mut dyn FnMut() -> bool,
    sink: Sink<'s, 't>,
}

impl<'t> Search<'_, 't> {
    fn enter(
        &mut self,
        patterns: &Patterns,
        cursor: &TreeCursor<'t>,
        outer: Option<usize>,
        is_needed: bool,
    ) -> usize {
        self.count();
        let node = cursor.node();
        let kind = node.kind_id();
        let at = self.seen.len();
        let is_named = kind == ERROR || patterns.kind(kind).is_some_and(|kind| kind.is_named);
        if let Some(outer) = outer.filter(|_| is_named) {
            self.seen[outer].last = at;
        }
        let field = cursor.field_id().filter(|_| is_needed);
        self.seen.push(Seen {
            node,
            kind,
            field: field.map_or(0, u16::from),
            is_named,
            end: at + 1,
            last: at,
        });
        at
    }

    /// Tries the patterns that begin with the node, and forgets what nobody will look at: patterns around it look at `need`
    /// levels, its own one included.
    fn leave(&mut self, patterns: &Patterns, at: usize, need: u8) {
        let end = self.seen.len();
        self.seen[at].end = end;
        let kind = patterns.kind(self.seen[at].kind);
        for (index, root) in kind.map_or(&[][..], |kind| &kind.roots) {
            let index = usize::from(*index);
            let pattern = &patterns.all[index];
            let root = &pattern.roots[usize::from(*root)];
            self.node(root, at, &mut |search| {
                search.found(index, pattern);
                true
            });
        }
        if need < 2 {
            let kept = at + usize::from(need);
            self.seen.truncate(kept);
            if need == 1 {
                self.seen[at].end = kept;
            }
        }
    }

    /// All ways in which the node at `at` is what is wanted; whether there is one with which `then` was content.
    fn node(
        &mut self,
        wanted: &Wanted,
        at: usize,
        then: &mut dyn FnMut(&mut Self) -> bool,
    ) -> bool {
        let seen = &self.seen[at];
        let node = seen.node;
        let is_kind = match wanted.kind {
            WantedKind::Any => seen.kind != ERROR,
            WantedKind::Named => seen.kind != ERROR && seen.is_named,
            WantedKind::Of(kind) => seen.kind == kind,
        };
        if !is_kind || (!wanted.without.is_empty() && self.has_any(&wanted.without, at)) {
            return false;
        }
        let before = self.captured.len();
        let captures = wanted.captures.iter().map(|capture| (*capture, node));
        self.captured.extend(captures);
        let found = self.parts(&wanted.parts, at, at + 1, then);
        self.captured.truncate(before);
        found
    }

    /// All ways to find `parts` among the children of `outer` that begin with `from`.
    fn parts(
        &mut self,
        parts: &[Part],
        outer: usize,
        from: usize,
        then: &mut dyn FnMut(&mut Self) -> bool,
    ) -> bool {
        let Some((part, rest)) = parts.split_first() else {
            return then(self);
        };
        let (end, last) = (self.seen[outer].end, self.seen[outer].last);
        let mut found = false;
        let mut at = from;
        while at < end && self.count() {
            let (next, is_named, field) = {
                let seen = &self.seen[at];
                (seen.end, seen.is_named, seen.field)
            };
            if (part.field == 0 || part.field == field) && (!part.is_last || last <= at) {
                for node in &part.nodes {
                    found |= self.node(node, at, &mut |search| {
                        search.parts(rest, outer, next, &mut *then)
                    });
                }
            }
            if (found && part.ways == Ways::First) || (part.is_next && is_named) {
                break;
            }
            at = next;
        }
        if part.is_optional && !found {
            found = self.parts(rest, outer, from, then);
        }
        found
    }

    fn has_any(&mut self, fields: &[u16], outer: usize) -> bool {
        let mut at = outer + 1;
        while at < self.seen[outer].end && self.count() {
            let seen = &self.seen[at];
            if fields.contains(&seen.field) {
                return true;
            }
            at = seen.end;
        }
        false
    }

    /// What is captured now is a match if it passes the tests.
    fn found(&mut self, index: usize, pattern: &Pattern) {
        let Some(left) = self.matches_left.checked_sub(1) else {
            self.stopped = Some(Stopped::TooMany);
            return;
        };
        self.matches_left = left;
        let passes = pattern.tests.iter().all(|test| {
            let mut of_test = self.captured.iter().filter(|(it, _)| *it == test.capture);
            of_test.all(|(_, node)| {
                let text = self.text.get(node.byte_range());
                text.is_some_and(|text| test.holds(text))
            })
        });
        if passes {
            (self.sink)(index, &self.captured);
        }
    }

    /// Counts one operation; whether to go on.
    fn count(&mut self) -> bool {
        self.work += 1;
        if self.work >= STEP {
            self.work = 0;
            if (self.stop)() {
                self.stopped = Some(Stopped::Asked);
            }
        }
        self.stopped.is_none()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use tree_sitter::{Language, Parser};

    use super::*;

    /// What the captures of each match hold.
    fn found(
        grammar: &Language,
        query: &'static str,
        text: &str,
        stop: &mut dyn FnMut() -> bool,
    ) -> (Result<(), Stopped>, Vec<String>) {
        let mut parser = Parser::new();
        parser
            .set_language(grammar)
            .expect("a grammar of its version");
        let tree = parser.parse(text, None).expect("a tree");
        let patterns = Patterns::of(grammar, [query]).expect("a query");
        let mut all = Vec::new();
        let result = patterns.find(&tree, text, stop, &mut |_, captures| {
            let held: Vec<&str> = captures
                .iter()
                .map(|(_, node)| &text[node.byte_range()])
                .collect();
            all.push(held.join(" | "));
        });
        (result, all)
    }

    fn in_java(query: &'static str, text: &str) -> Vec<String> {
        found(&tree_sitter_java::LANGUAGE.into(), query, text, &mut || {
            false
        })
        .1
    }

    #[test]
    fn every_way_is_found_that_captures_something_else() {
        let text = "enum A { B, C } @interface D { }";
        let query = "(enum_body (enum_constant) (enum_constant) @second)";
        assert_eq!(in_java(query, text), ["C"]);
        let query = "(enum_body (enum_constant) @one (enum_constant) @other)";
        assert_eq!(in_java(query, text), ["B | C"]);
        let query =
            "[(enum_declaration name: (_) @name) (annotation_type_declaration name: (_) @name)]";
        assert_eq!(in_java(query, text), ["A", "D"]);
    }

    #[test]
    fn what_may_be_missing_is_left_out_only_where_it_is() {
        let query = "(class_declaration name: (_) @name superclass: (_)? @bases body: (_) @body)";
        let text = "class A { } class B extends C { }";
        assert_eq!(in_java(query, text), ["A | { }", "B | extends C | { }"]);
    }

    #[test]
    fn nothing_named_stands_between_neighbours() {
        let query = "(enum_body . (enum_constant) @one . (enum_constant) @other)";
        assert_eq!(in_java(query, "enum A { B, C, D }"), ["B | C"]);
        assert!(in_java(query, "enum A { B, /* not C */ D }").is_empty());
        let query = "(argument_list (string_literal) @text .)";
        let text = r#"class A { void b() { d("x", "y"); e("x", 1); } }"#;
        assert_eq!(in_java(query, text), [r#""y""#]);
        let query = r#"(import_declaration (scoped_identifier) @name . ";")"#;
        assert_eq!(in_java(query, "import a.b; import c.d.*;"), ["a.b"]);
    }

    #[test]
    fn fields_may_be_absent_and_words_tested() {
        let query = r#"(method_invocation !object name: (_) @name (#not-eq? @name "c"))"#;
        let text = "class A { void a() { b(); c(); d.e(); } }";
        assert_eq!(in_java(query, text), ["b"]);
        let query = r#"(method_invocation name: (_) @name (#match? @name "^[ce]$"))"#;
        assert_eq!(in_java(query, text), ["c", "e"]);
    }

    /// Labels and attributes of one block, each label with each attribute a match.
    fn square(side: usize) -> String {
        let mut text = "module ".repeat(side) + "{\n";
        for _ in 0..side {
            text.push_str("source = \"x\"\n");
        }
        text + "}"
    }

    const SQUARE: &str = "(block (identifier) @label (body (attribute (identifier) @name)))";

    #[test]
    fn what_grows_with_the_square_ends() {
        let grammar = tree_sitter_hcl::LANGUAGE.into();
        let (result, all) = found(&grammar, SQUARE, &square(20), &mut || false);
        assert_eq!((result, all.len()), (Ok(()), 400));
        let text = square(2_000);
        let (result, all) = found(&grammar, SQUARE, &text, &mut || false);
        assert_eq!(result, Err(Stopped::TooMany));
        assert_eq!(all.len(), MATCH_LIMIT + text.len());
        let mut asked = 0;
        let mut stop = || {
            asked += 1;
            asked == 50
        };
        let (result, _) = found(&grammar, SQUARE, &text, &mut stop);
        assert_eq!((result, asked), (Err(Stopped::Asked), 50));
    }

    #[test]
    fn many_children_take_a_step_each() {
        let mut text = "enum A { ".to_owned();
        for index in 0..100_000 {
            write!(text, "B{index}, ").expect("a String takes all");
        }
        text.push('}');
        let mut asked = 0;
        let mut stop = || {
            asked += 1;
            false
        };
        let query =
            "(enum_body (enum_constant) (enum_constant) @last .) (enum_body (enum_constant) @one)";
        let grammar = tree_sitter_java::LANGUAGE.into();
        let (result, all) = found(&grammar, query, &text, &mut stop);
        assert_eq!((result, all.len()), (Ok(()), 100_001));
        assert!(asked < 2_000, "{asked} thousand operations");
    }

    #[test]
    fn depth_does_not_matter() {
        let text = format!("x = {}1{}", "[".repeat(50_000), "]".repeat(50_000));
        let query = "(list (list (list) @inner) @outer)";
        let (result, all) = found(
            &tree_sitter_python::LANGUAGE.into(),
            query,
            &text,
            &mut || false,
        );
        assert_eq!((result, all.len()), (Ok(()), 49_998));
    }
}
