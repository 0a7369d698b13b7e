//! Macros that the grammar stumbles over, blanked before the parse.
//!
//! The grammar sees the text before the preprocessor. `class API Store : Base {` is then no class, `TEST_CASE("x") {` no
//! statement. What is blanked keeps its length, so that every offset of the tree is one of the text. Only what has no
//! other reading in C or C++ is blanked.

use super::tokens::{Kind, Token, tokens};

/// Longest list of arguments that is looked over, in tokens.
const MAX_GROUP: usize = 400;

/// Most tokens of `template <...>` that are looked over.
const MAX_TEMPLATE: usize = 60;

/// The text as the grammar can read it, of the same length; `None` if it is fine as it is.
pub(super) fn masked(text: &str) -> Option<String> {
    let mut mask = Mask {
        text,
        tokens: tokens(text),
        edits: Vec::new(),
    };
    mask.branches();
    for index in 0..mask.tokens.len() {
        match mask.tokens[index].kind {
            Kind::Word => mask.word(index),
            Kind::Mark(b'{') => mask.empty_default(index),
            Kind::Directive => mask.has_include(index),
            _ => {}
        }
    }
    if mask.edits.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for edit in mask.edits {
        for (offset, byte) in bytes[edit.start..edit.end].iter_mut().enumerate() {
            *byte = match edit.with.as_bytes().get(offset) {
                Some(with) => *with,
                None if matches!(*byte, b'\n' | b'\r') => *byte,
                None => b' ',
            };
        }
    }
    String::from_utf8(bytes).ok()
}

struct Edit {
    start: usize,
    end: usize,
    /// What stands there instead, then blanks.
    with: &'static str,
}

pub(super) struct Mask<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    edits: Vec<Edit>,
}

/// Words that open a type, or stand before one.
const SPECIFIERS: &[&str] = &[
    "static",
    "extern",
    "inline",
    "virtual",
    "constexpr",
    "explicit",
    "friend",
    "typedef",
    "register",
    "mutable",
    "consteval",
    "constinit",
    "thread_local",
];
const PRIMITIVES: &[&str] = &[
    "void", "int", "char", "bool", "unsigned", "signed", "long", "short", "float", "double",
    "auto", "_Bool",
];
const OTHERS: &[&str] = &[
    "return",
    "else",
    "new",
    "delete",
    "case",
    "goto",
    "using",
    "namespace",
    "typename",
    "throw",
    "sizeof",
    "operator",
    "template",
    "do",
    "if",
    "while",
    "for",
    "switch",
    "catch",
    "const",
    "volatile",
    "public",
    "private",
    "protected",
    "co_return",
    "co_await",
    "requires",
    "concept",
    "struct",
    "class",
    "enum",
    "union",
    "default",
    "defined",
    "noexcept",
    "override",
    "final",
];

impl Mask<'_> {
    pub(super) fn word_at(&self, index: usize) -> &str {
        match self.tokens.get(index) {
            Some(token) if token.kind == Kind::Word => &self.text[token.start..token.end],
            _ => "",
        }
    }

    pub(super) fn is_mark(&self, index: usize, mark: u8) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    fn is_name(&self, index: usize) -> bool {
        let word = self.word_at(index);
        !word.is_empty()
            && !word.starts_with(|c: char| c.is_ascii_digit())
            && ![SPECIFIERS, PRIMITIVES, OTHERS]
                .iter()
                .any(|list| list.contains(&word))
    }

    /// `MACRO`, `MY_MACRO`, `Q_OBJECT`.
    fn is_caps(&self, index: usize) -> bool {
        let word = self.word_at(index);
        word.len() >= 3
            && word.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
            && word.bytes().any(|byte| byte.is_ascii_uppercase())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    }

    /// Behind the bracket that closes the one at `open`.
    fn behind_group(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (index, token) in self.tokens.iter().enumerate().skip(open).take(MAX_GROUP) {
            match token.kind {
                Kind::Mark(b'(' | b'[') => depth += 1,
                Kind::Mark(b')' | b']') => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(index + 1);
                    }
                }
                Kind::Mark(b'{' | b'}' | b';') if depth == 0 => return None,
                _ => {}
            }
        }
        None
    }

    /// Behind `Name`, `a::Name`, `Name<T>::Inner`.
    fn behind_name(&self, start: usize) -> Option<usize> {
        let mut at = start;
        loop {
            if !self.is_name(at) && !PRIMITIVES.contains(&self.word_at(at)) {
                return None;
            }
            at += 1;
            if self.is_mark(at, b'<') {
                let mut depth = 0_usize;
                let close = (at..at + MAX_TEMPLATE).find(|index| {
                    match self.tokens.get(*index).map(|token| token.kind) {
                        Some(Kind::Mark(b'<')) => {
                            depth += 1;
                            false
                        }
                        Some(Kind::Mark(b'>')) => {
                            depth -= 1;
                            depth == 0
                        }
                        _ => false,
                    }
                })?;
                at = close + 1;
            }
            if self.is_mark(at, b':') && self.is_mark(at + 1, b':') {
                at += 2;
            } else {
                return Some(at);
            }
        }
    }

    /// Whether a statement or member begins at `index`.
    fn begins(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else {
            return true;
        };
        match self.tokens[before].kind {
            Kind::Directive | Kind::Mark(b';' | b'{' | b'}') => true,
            Kind::Mark(b':') => before.checked_sub(1).is_some_and(|word| {
                matches!(
                    self.word_at(word),
                    "public"
                        | "private"
                        | "protected"
                        | "slots"
                        | "signals"
                        | "Q_SLOTS"
                        | "Q_SIGNALS"
                )
            }),
            Kind::Mark(b')') | Kind::Word => self.is_blanked(before),
            Kind::Mark(b'>') => self.closes_template(before),
            _ => false,
        }
    }

    /// Whether the `>` at `index` ends `template <...>`.
    fn closes_template(&self, index: usize) -> bool {
        (0..index)
            .rev()
            .take(MAX_TEMPLATE)
            .take_while(|at| !matches!(self.tokens[*at].kind, Kind::Mark(b';' | b'{' | b'}')))
            .any(|at| self.word_at(at) == "template")
    }

    fn is_blanked(&self, index: usize) -> bool {
        let token = self.tokens[index];
        self.edits
            .iter()
            .rev()
            .take(4)
            .any(|edit| edit.start <= token.start && token.end <= edit.end)
    }

    /// Blanks tokens `from..to`.
    pub(super) fn blank(&mut self, from: usize, to: usize) {
        if let (Some(first), Some(last)) = (
            self.tokens.get(from).copied(),
            to.checked_sub(1)
                .and_then(|last| self.tokens.get(last))
                .copied(),
        ) {
            self.replace(first.start, last.end, "");
        }
    }

    fn replace(&mut self, start: usize, end: usize, with: &'static str) {
        self.edits.push(Edit { start, end, with });
    }

    /// Puts a `;` into the blank behind token `index`, if there is one.
    fn end_statement(&mut self, index: usize) {
        let end = self.tokens[index].end;
        if self
            .text
            .as_bytes()
            .get(end)
            .is_some_and(u8::is_ascii_whitespace)
        {
            self.replace(end, end + 1, ";");
        }
    }

    /// `= {}` of a parameter.
    fn empty_default(&mut self, index: usize) {
        if index > 0
            && self.is_mark(index - 1, b'=')
            && self.is_mark(index + 1, b'}')
            && (self.is_mark(index + 2, b',') || self.is_mark(index + 2, b')'))
        {
            self.replace(self.tokens[index].start, self.tokens[index + 1].end, "0");
        }
    }

    /// `#if __has_include(<x>)`
    fn has_include(&mut self, index: usize) {
        let token = self.tokens[index];
        let line = &self.text[token.start..token.end];
        if line.contains("__has_include")
            && let (Some(open), Some(close)) = (line.find("(<"), line.find(">)"))
            && open < close
        {
            self.replace(token.start + open, token.start + close + 2, "");
        }
    }

    fn word(&mut self, index: usize) {
        match self.word_at(index) {
            "class" | "struct" | "union" | "enum" => self.class_head(index),
            "slots" | "Q_SLOTS" if self.is_mark(index + 1, b':') && index > 0 => {
                if matches!(self.word_at(index - 1), "public" | "private" | "protected") {
                    self.blank(index, index + 1);
                }
            }
            "signals" | "Q_SIGNALS"
                if self.is_mark(index + 1, b':')
                    && !self.is_mark(index + 2, b':')
                    && self.begins(index) =>
            {
                let token = self.tokens[index];
                self.replace(token.start, token.end, "public");
            }
            word => {
                let loops = word.contains("for_each")
                    || word.contains("foreach")
                    || word.contains("FOREACH")
                    || word.contains("FOR_EACH");
                let caps = self.is_caps(index);
                if loops || caps {
                    self.macro_word(index, loops, caps);
                }
            }
        }
    }

    /// `class API Store final : Base {`: all words but the last name are macros.
    fn class_head(&mut self, index: usize) {
        let mut at = index + 1;
        let is_enum = self.word_at(index) == "enum";
        if is_enum && matches!(self.word_at(at), "class" | "struct") {
            at += 1;
        }
        let mut words: Vec<(usize, usize)> = Vec::new();
        loop {
            match self.word_at(at) {
                "final" | "sealed" if !words.is_empty() => at += 1,
                "__attribute__" | "alignas" | "__declspec" | "_Alignas" => {
                    match self.behind_group(at + 1) {
                        Some(behind) => at = behind,
                        None => return,
                    }
                }
                "" if self.is_mark(at, b'[') => match self.behind_group(at) {
                    Some(behind) => at = behind,
                    None => return,
                },
                _ if self.is_name(at) => {
                    let mut behind = at + 1;
                    if self.is_caps(at) && self.is_mark(behind, b'(') {
                        match self.behind_group(behind) {
                            Some(end) => behind = end,
                            None => return,
                        }
                    }
                    while self.is_mark(behind, b':')
                        && self.is_mark(behind + 1, b':')
                        && self.is_name(behind + 2)
                    {
                        behind += 3;
                    }
                    words.push((at, behind));
                    at = behind;
                }
                _ => break,
            }
        }
        let Some((last, macros)) = words.split_last() else {
            return;
        };
        let named = self.tokens[last.1 - 1].kind == Kind::Word;
        let class = match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Mark(b'{')) => true,
            Some(Kind::Mark(b':')) => !is_enum && !self.is_mark(at + 1, b':'),
            Some(Kind::Mark(b'<')) => macros.iter().all(|(word, _)| self.is_caps(*word)),
            _ => false,
        };
        if class && named {
            for (from, to) in macros.iter().copied() {
                self.blank(from, to);
            }
        }
    }

    fn macro_word(&mut self, index: usize, loops: bool, caps: bool) {
        let group = self
            .is_mark(index + 1, b'(')
            .then(|| self.behind_group(index + 1))
            .flatten();
        let begins = self.begins(index);
        if let Some(behind) = group {
            if self.opens_block(index, behind, loops) {
                self.end_statement(behind - 1);
                return;
            }
            if !caps {
                return;
            }
            let next = self.tokens.get(behind).copied();
            let new_line = next.is_none_or(|next| next.first);
            let goes_on = match next.map(|next| next.kind) {
                Some(Kind::Word) => true,
                None | Some(Kind::Directive | Kind::Mark(b'~' | b'}')) => new_line,
                Some(Kind::Mark(b'*')) => !new_line && self.is_name(behind + 1),
                _ => false,
            };
            if begins && goes_on {
                if new_line {
                    self.blank(index, behind);
                } else {
                    // `ENTRY(item) next;`: the macro stands for a type.
                    self.blank(index + 1, behind);
                }
                return;
            }
        }
        if let Some(behind) = group.filter(|behind| begins && self.is_mark(*behind, b';'))
            && (self.word_at(index).starts_with("MOCK_")
                || self.has_type_argument(index + 1, behind))
        {
            self.blank(index, behind);
        } else if caps {
            self.decoration(index, group, begins);
        }
    }

    /// `TEST_CASE("x") {`, `list_for_each(...) {`.
    fn opens_block(&self, index: usize, behind: usize, loops: bool) -> bool {
        let free = self.begins(index)
            || index
                .checked_sub(1)
                .is_some_and(|before| self.is_mark(before, b')') || self.word_at(before) == "else");
        if !free {
            return false;
        }
        if loops {
            return self.is_mark(behind, b'{')
                || matches!(
                    self.tokens.get(behind).map(|token| token.kind),
                    Some(Kind::Word)
                );
        }
        let titled = self.tokens[index..behind]
            .iter()
            .any(|token| token.kind == Kind::Literal && self.text[token.start..].starts_with('"'));
        self.is_caps(index) && titled && self.is_mark(behind, b'{')
    }

    /// `FLAG(int, level, 3);`
    fn has_type_argument(&self, open: usize, behind: usize) -> bool {
        (open + 1..behind).any(|at| {
            PRIMITIVES.contains(&self.word_at(at))
                && (at == open + 1 || self.is_mark(at - 1, b','))
                && (self.is_mark(at + 1, b',') || self.is_mark(at + 1, b')'))
        })
    }

    /// A macro beside a declaration: before it, in it or behind it.
    fn decoration(&mut self, index: usize, group: Option<usize>, begins: bool) {
        let behind = group.unwrap_or(index + 1);
        let next = self.word_at(behind);
        let before = index.checked_sub(1);
        let specified = before.is_some_and(|before| SPECIFIERS.contains(&self.word_at(before)));
        let after_type = before.is_some_and(|before| {
            self.is_name(before) || PRIMITIVES.contains(&self.word_at(before))
        }) || before.is_some_and(|before| {
            matches!(self.tokens[before].kind, Kind::Mark(b'*' | b'&' | b'>'))
        });
        let opens_type = SPECIFIERS.contains(&next)
            || PRIMITIVES.contains(&next)
            || matches!(
                next,
                "struct" | "class" | "union" | "enum" | "template" | "namespace" | "using"
            );
        let section = matches!(
            next,
            "public" | "private" | "protected" | "signals" | "Q_SIGNALS"
        );
        let blanks = if begins && group.is_none() && self.stands_alone(index) {
            true
        } else if opens_type || section {
            begins || specified
        } else if after_type
            && group.is_none()
            && self.is_name(behind)
            && self.is_mark(behind + 1, b'(')
        {
            // `int WINAPI run(`
            true
        } else if begins && self.is_before_declaration(behind) {
            // `API Store* open(`
            true
        } else {
            self.is_behind_declaration(index, behind)
        };
        if blanks {
            self.blank(index, behind);
        }
    }

    /// `Q_OBJECT`, `G_BEGIN_DECLS` on a line of its own.
    fn stands_alone(&self, index: usize) -> bool {
        let word = self.word_at(index);
        let known = word.starts_with("Q_")
            || word.starts_with("QT_")
            || word.ends_with("_OBJECT")
            || ["BEGIN", "END", "NAMESPACE"]
                .iter()
                .any(|part| word.split('_').any(|piece| piece == *part));
        known
            && self.tokens[index].first
            && self.tokens.get(index + 1).is_none_or(|next| {
                let ends = matches!(next.kind, Kind::Mark(b'}'))
                    // Alone in braces, it may be the value of an enumeration.
                    && index.checked_sub(1).is_some_and(|before| {
                        self.is_mark(before, b';') || self.is_mark(before, b'}')
                    });
                let goes_on = matches!(next.kind, Kind::Word | Kind::Directive | Kind::Mark(b'~'));
                next.first && (ends || goes_on)
            })
    }

    /// Whether a whole declaration follows: a type, a name and `(`, `;`, `=`.
    fn is_before_declaration(&self, index: usize) -> bool {
        let mut at = index;
        while matches!(self.word_at(at), "const" | "volatile") {
            at += 1;
        }
        let Some(mut at) = self.behind_name(at) else {
            return false;
        };
        while self.is_mark(at, b'*') || self.is_mark(at, b'&') || self.word_at(at) == "const" {
            at += 1;
        }
        // A macro that was in it is blank by now only if it stood before; skip the one that will be.
        if self.is_caps(at) && self.is_name(at + 1) {
            at += 1;
        }
        self.behind_name(at).is_some_and(|behind| {
            matches!(
                self.tokens.get(behind).map(|token| token.kind),
                Some(Kind::Mark(b'(' | b';' | b'='))
            )
        })
    }

    /// `void put(int x) OVERRIDE;`, `int count GUARDED_BY(lock);`
    fn is_behind_declaration(&self, index: usize, behind: usize) -> bool {
        if !matches!(
            self.tokens.get(behind).map(|token| token.kind),
            Some(Kind::Mark(b';' | b'{' | b'='))
        ) {
            return false;
        }
        let Some(mut before) = index.checked_sub(1) else {
            return false;
        };
        while matches!(
            self.word_at(before),
            "const" | "noexcept" | "override" | "final"
        ) && before > 0
        {
            before -= 1;
        }
        let is_type = |at: usize| {
            self.is_name(at)
                || PRIMITIVES.contains(&self.word_at(at))
                || matches!(self.tokens[at].kind, Kind::Mark(b'*' | b'&' | b'>'))
        };
        if self.is_mark(before, b')') {
            let mut depth = 0_usize;
            let open = (0..=before).rev().take(MAX_GROUP).find(|at| {
                match self.tokens[*at].kind {
                    Kind::Mark(b')') => depth += 1,
                    Kind::Mark(b'(') => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0
            });
            return open.is_some_and(|open| {
                open >= 2 && self.is_name(open - 1) && !self.is_caps(open - 1) && is_type(open - 2)
            });
        }
        behind > index + 1 && before >= 1 && self.is_name(before) && is_type(before - 1)
    }
}
