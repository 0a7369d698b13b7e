//! A syntax tree -> the tokens that count, by offset: one walk over its leaves.

mod strings;

use std::ops::Range;
use std::sync::OnceLock;

use tree_sitter::{Node, Tree};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    kinds::{Class, Style, classes},
    names::{Bound, Follower},
    written,
};
use crate::Language;

/// What holds operations together where they stand in another.
const OPEN: u64 = 0x6f70_656e;
const CLOSE: u64 = 0x636c_6f73;
/// The end of a line that ends a statement.
const LINE: u64 = 0x6c69_6e65;
/// The end of what lines are in.
const END: u64 = 0x656e_6421;
/// An expression in a string.
const EMBEDDED: u64 = 0x656d_6265_6464;
/// The first number of a bound name.
pub(super) const LOCAL: u64 = 0x6c6f_6361_6c00_0000;

/// Something that counts, and where it starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) at: u32,
    pub(super) what: What,
    pub(super) hash: u64,
}

impl Token {
    /// The end of a line or of what lines are in.
    pub(super) fn is_end(&self) -> bool {
        self.what == What::Plain && matches!(self.hash, LINE | END)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Plain,
    /// All of an import. Those that follow one another count in any order.
    Import,
    /// A name that may be bound inside the symbol; the hash is that of the name.
    Local(u32),
}

/// A node whose children are visited.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one fact about the node"
)]
struct Frame {
    class: Class,
    start: usize,
    end: usize,
    /// Marked at both ends.
    marked: bool,
    /// Its braces or parentheses count for nothing.
    bare: bool,
    /// Begins with a brace of its own.
    braced: bool,
    /// The head of a loop is closed.
    headed: bool,
    /// Children that counted so far.
    children: u32,
    commas: u32,
    /// Class of the child before.
    last: Class,
    /// Tokens there were when the line began.
    line: usize,
    /// What an import holds so far.
    import: Option<(usize, u64)>,
    /// Where the next piece of a string begins.
    piece: usize,
    /// The operator, if it does not matter which of two is carried out first.
    logic: Option<u8>,
    /// The quotes of a string, where others mean the same.
    mark: Option<&'static str>,
}

struct Walk<'a> {
    text: &'a str,
    style: Style,
    classes: &'static [Class],
    names: Follower<'a>,
    docstrings: &'a [Range<usize>],
    imports: Vec<Range<usize>>,
    next_import: usize,
    tokens: Vec<Token>,
    frames: Vec<Frame>,
    /// A comma that counts if more follows, and the depth it stands in.
    comma: Option<(usize, Token)>,
    /// The end of what was looked at.
    seen: usize,
    /// The end of the last token.
    last: usize,
    after_dot: bool,
    /// The frame of the import that is read.
    importing: Option<usize>,
    /// Strings behind one another: what they are marked with, and their contents.
    joined: Option<(usize, String)>,
}

pub(super) fn of_tree<'a>(
    language: Language,
    text: &'a str,
    tree: &Tree,
    bound: &'a Bound<'a>,
    docstrings: &'a [Range<usize>],
    mut imports: Vec<Range<usize>>,
) -> Vec<Token> {
    imports.sort_unstable_by_key(|import| (import.start, std::cmp::Reverse(import.end)));
    let mut walk = Walk {
        text,
        style: language.definition().style,
        classes: classes(language),
        names: bound.follower(),
        docstrings,
        imports,
        next_import: 0,
        tokens: Vec::with_capacity(text.len() / 4),
        frames: Vec::new(),
        comma: None,
        seen: 0,
        last: 0,
        after_dot: false,
        importing: None,
        joined: None,
    };
    let mut cursor = tree.walk();
    loop {
        if walk.enter(cursor.node()) && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return walk.tokens;
            }
            walk.leave();
        }
    }
}

impl Walk<'_> {
    /// Looks at a node; true if its children are to be visited.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let class = self.class_of(node);
        let (start, end) = (node.start_byte(), node.end_byte());
        let parent = self.frames.last().map(|frame| frame.class);
        let parent = parent.unwrap_or_default();
        if start == end {
            return false;
        }
        if class != Class::default() {
            let is_doc = class.has(Class::STRING) && self.is_docstring(start);
            let is_empty = class.has(Class::EMPTY) && !parent.has(Class::FOR);
            if class.has(Class::SKIP) || is_doc || is_empty || self.is_left_out(class, parent, node)
            {
                self.gap(start);
                self.seen = end;
                return false;
            }
        }
        if parent.has(Class::STRING) {
            if !class.has(Class::INTERPOLATED) {
                return false;
            }
            self.piece(start, end);
        }
        let leaf = node.child_count() == 0;
        if class.has(Class::STRING) {
            self.gap(start);
            let is_key = self.is_key(parent);
            if leaf || is_key {
                self.line_break();
                if let Some(frame) = self.frames.last_mut() {
                    frame.children += 1;
                }
                self.literal(start..end, parent, is_key);
                self.seen = end;
                return false;
            }
        } else if leaf || class.has(Class::NUMBER) {
            self.gap(start);
            self.leaf(node, class, parent);
            self.seen = end;
            return false;
        }
        self.descend(node, class, parent);
        true
    }

    fn descend(&mut self, node: Node<'_>, class: Class, parent: Class) {
        let (start, end) = (node.start_byte(), node.end_byte());
        let is_import = self.importing.is_none() && self.is_import(start, end);
        self.line_break();
        let is_only_parameter = class.has(Class::PARAMETERS) && parent.has(Class::ARROW);
        let mut marked = class.has(Class::TUPLE) || is_only_parameter;
        let mut logic = None;
        if class.has(Class::GROUP) || class.has(Class::SOFT) {
            logic = self.logic(node);
            let inner = self.frames.iter().rev();
            let inner = inner
                .take_while(|frame| frame.class.has(Class::PAREN))
                .count();
            let around = self.frames.len().checked_sub(inner + 1);
            marked |= around
                .and_then(|index| self.frames.get(index))
                .is_some_and(|frame| {
                    // What stands in brackets behind it needs no marks.
                    let is_first = frame.children == u32::from(inner > 0);
                    frame.class.has(Class::TIGHT) && is_first
                        || frame.class.has(Class::GROUP)
                            && class.has(Class::GROUP)
                            && (logic.is_none() || frame.logic != logic)
                });
        }
        let bare = class.has(Class::PAREN)
            || class.has(Class::TUPLE)
            || is_only_parameter
            || (class.has(Class::BLOCK) && parent.has(Class::HOLDER) && self.is_one(node))
            || (class.has(Class::EMBEDDED) && parent.has(Class::ATTRIBUTE) && self.is_string(node));
        if let Some(frame) = self.frames.last_mut() {
            frame.children += 1;
            frame.last = class;
        }
        if marked {
            self.push(start, OPEN, What::Plain);
        }
        self.frames.push(Frame {
            class,
            start,
            end,
            marked,
            bare,
            braced: false,
            headed: false,
            children: 0,
            commas: 0,
            last: Class::default(),
            line: self.tokens.len(),
            import: is_import.then_some((start, 0)),
            piece: start,
            logic,
            mark: None,
        });
        if is_import {
            self.importing = self.frames.len().checked_sub(1);
        }
    }

    /// A node is left that was entered.
    fn leave(&mut self) {
        let Some(end) = self.frames.last().map(|frame| frame.end) else {
            return;
        };
        let class = self
            .frames
            .last()
            .map_or(Class::default(), |frame| frame.class);
        if class.has(Class::STRING) {
            self.piece(end, end);
            self.seen = end;
        }
        self.gap(end);
        self.seen = self.seen.max(end);
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if class.has(Class::JOINED) {
            self.join();
        }
        if self.frames.len() < self.comma.map_or(0, |(depth, _)| depth) {
            self.comma = None;
        }
        if let Some((at, hash)) = frame.import {
            self.importing = None;
            self.push(at, hash, What::Import);
        }
        if class.has(Class::NEW) && !frame.last.has(Class::ARGUMENTS) {
            let at = end - 1;
            self.push(at, written::hash("("), What::Plain);
            self.push(at, written::hash(")"), What::Plain);
        }
        if frame.marked {
            self.push(end - 1, CLOSE, What::Plain);
        }
        // What ends with the file says nothing.
        if class.has(Class::LIST) && !self.frames.is_empty() {
            // The end of a list without braces is no part of what stands last in it.
            let at = if frame.braced { end - 1 } else { self.last };
            self.push(at, END, What::Plain);
        } else if class.has(Class::ENDED) {
            self.push(end - 1, LINE, What::Plain);
        }
        self.last = self.last.max(end);
    }

    /// A token without children.
    fn leaf(&mut self, node: Node<'_>, class: Class, parent: Class) {
        let range = node.byte_range();
        let word = self.text.get(range.clone()).unwrap_or_default();
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let starts_blank = word.starts_with(blank);
        if starts_blank && word.chars().all(blank)
            || word.len() == 1 && self.is_dropped(word, parent)
        {
            return;
        }
        if word == "," {
            self.put_comma(range.start, parent);
            return;
        }
        if matches!(word, ")" | "]" | "}" | ">" | "|")
            && self
                .comma
                .is_some_and(|(depth, _)| depth == self.frames.len())
        {
            self.comma = None;
        }
        self.line_break();
        if let Some(frame) = self.frames.last_mut() {
            frame.braced |= frame.children == 0 && word == "{";
            frame.headed |= word == ")";
            frame.children += 1;
            frame.last = class;
        }
        let arrow = parent.has(Class::ARROW) && node.is_named() && self.next_is_arrow(range.end);
        if arrow {
            self.push(range.start, OPEN, What::Plain);
        }
        if class.has(Class::NUMBER) {
            self.push(range.start, written::number(word), What::Plain);
        } else if class.has(Class::WORDS) {
            for part in word.split_whitespace() {
                self.push(range.start, written::hash(part), What::Plain);
            }
        } else if node.is_named() {
            self.name(&range, word, class, parent);
        } else {
            self.push(range.start, written::hash(word), What::Plain);
        }
        if arrow {
            self.push(range.end - 1, CLOSE, What::Plain);
        }
        self.after_dot = matches!(word, "." | "?." | "::" | "&." | "?->" | "!!.")
            || (word == "->" && parent.has(Class::TIGHT));
        self.last = range.end;
    }

    fn name(&mut self, range: &Range<usize>, word: &str, class: Class, parent: Class) {
        let hash = written::hash(word);
        let local = self.names.at(range.start, word, self.after_dot);
        let what = local.map_or(What::Plain, What::Local);
        if class.has(Class::SHORTHAND) || parent.has(Class::SHORTHAND) {
            self.push(range.start, hash, What::Plain);
            self.push(range.start, written::hash(":"), What::Plain);
        }
        self.push(range.start, hash, what);
    }

    /// Punctuation that its place makes superfluous.
    fn is_dropped(&self, word: &str, parent: Class) -> bool {
        let Some(frame) = self.frames.last() else {
            return false;
        };
        match word {
            "(" | ")" => frame.bare,
            "{" | "}" => frame.bare && (parent.has(Class::BLOCK) || parent.has(Class::EMBEDDED)),
            ";" => {
                (self.style.lines && !self.is_in_head())
                    || frame.last.has(Class::JUMP) && parent.has(Class::STATEMENT)
            }
            "," => parent.has(Class::SPACED),
            "|" | "&" => parent.has(Class::LED) && frame.children == 0,
            "\\" => true,
            _ => false,
        }
    }

    /// Whether a semicolon here parts the head of a loop.
    fn is_in_head(&self) -> bool {
        let around = self.frames.iter().rev().take(2);
        let mut around = around.take_while(|frame| !frame.class.has(Class::LIST));
        around.any(|frame| frame.class.has(Class::FOR) && !frame.headed)
    }

    /// Nodes that a formatter leaves out or puts in.
    fn is_left_out(&self, class: Class, parent: Class, node: Node<'_>) -> bool {
        if class.has(Class::TUPLE) && parent.has(Class::BASED) {
            return node.named_child_count() == 0;
        }
        // `{" "}` is a blank.
        class.has(Class::EMBEDDED)
            && !parent.has(Class::ATTRIBUTE)
            && matches!(self.text.get(node.byte_range()), Some("{\" \"}" | "{' '}"))
    }

    fn put_comma(&mut self, at: usize, parent: Class) {
        let depth = self.frames.len();
        if self.importing.is_some() {
            return;
        }
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.commas += 1;
        let token = Token {
            at: at as u32,
            what: What::Plain,
            hash: written::hash(","),
        };
        if parent.has(Class::COMMA) && frame.commas == 1 {
            self.push(at, token.hash, What::Plain);
            return;
        }
        if let Some((_, before)) = self.comma.take() {
            self.store(before);
        }
        self.comma = Some((depth, token));
    }

    /// What stands between two leaves and is in no leaf: grammars hide some tokens.
    fn gap(&mut self, start: usize) {
        let Some(written) = self
            .text
            .get(self.seen..start)
            .filter(|gap| !gap.is_empty())
        else {
            return;
        };
        let at = self.seen;
        self.seen = start;
        if self
            .frames
            .last()
            .is_some_and(|frame| frame.class.has(Class::STRING))
        {
            return;
        }
        let blank = |c: char| {
            c.is_whitespace() || c == '\u{feff}' || c == '\\' || (c == ';' && self.style.lines)
        };
        let word = written.trim_matches(blank);
        if word.is_empty() {
            return;
        }
        let at = at + (written.len() - written.trim_start_matches(blank).len());
        self.line_break();
        for part in word.split_whitespace() {
            self.push(at, written::hash(part), What::Plain);
        }
        self.last = at + word.len();
    }

    /// Whether a string that stands here may be a name.
    fn is_key(&self, parent: Class) -> bool {
        parent.has(Class::KEYED) && self.frames.last().is_some_and(|frame| frame.children == 0)
    }

    /// A line of a list ends before what comes next.
    fn line_break(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if frame.class.has(Class::LIST) && self.tokens.len() > frame.line {
            let at = self.last;
            self.push(at, LINE, What::Plain);
            let count = self.tokens.len();
            if let Some(frame) = self.frames.last_mut() {
                frame.line = count;
            }
        }
    }

    fn push(&mut self, at: usize, hash: u64, what: What) {
        if let Some(index) = self.importing {
            self.add(index, hash);
            return;
        }
        if let Some((depth, comma)) = self.comma.take()
            && depth <= self.frames.len()
        {
            self.store(comma);
        }
        self.store(Token {
            at: at as u32,
            what,
            hash,
        });
    }

    /// Tokens are sorted, whatever a node's end says.
    fn store(&mut self, token: Token) {
        let at = self.tokens.last().map_or(0, |last| last.at).max(token.at);
        self.tokens.push(Token { at, ..token });
    }

    /// The names of an import count in any order, and the marks between them for nothing.
    fn add(&mut self, index: usize, hash: u64) {
        static MARKS: OnceLock<[u64; 6]> = OnceLock::new();
        let marks = MARKS.get_or_init(|| [",", "{", "}", "(", ")", ";"].map(written::hash));
        if !marks.contains(&hash)
            && let Some((_, sum)) = self
                .frames
                .get_mut(index)
                .and_then(|frame| frame.import.as_mut())
        {
            *sum = sum.wrapping_add(xxh3_64(&hash.to_le_bytes()));
        }
    }

    fn is_import(&mut self, start: usize, end: usize) -> bool {
        while let Some(import) = self.imports.get(self.next_import) {
            if import.start > start {
                return false;
            }
            if import.start == start && import.end == end {
                return true;
            }
            if import.start < start {
                self.next_import += 1;
            } else {
                return false;
            }
        }
        false
    }

    fn is_docstring(&self, start: usize) -> bool {
        let found = self
            .docstrings
            .binary_search_by_key(&start, |span| span.start);
        found.is_ok()
    }

    /// `&&` and `||`, of a node that has one as its operator.
    fn logic(&self, node: Node<'_>) -> Option<u8> {
        let operator = node.child_by_field_name("operator")?;
        match self.text.get(operator.byte_range())? {
            "&&" => Some(b'&'),
            "||" => Some(b'|'),
            _ => None,
        }
    }

    fn class_of(&self, node: Node<'_>) -> Class {
        let class = self.classes.get(usize::from(node.kind_id()));
        class.copied().unwrap_or_default()
    }

    /// Whether a block is one expression, or leaves the function by one.
    fn is_one(&self, block: Node<'_>) -> bool {
        let Some(child) = block.named_child(0) else {
            return false;
        };
        let class = self.class_of(child);
        let jumps = || {
            let jump = child.named_child(0).map(|jump| self.class_of(jump));
            jump.is_some_and(|jump| jump.has(Class::JUMP))
        };
        block.named_child_count() == 1
            && !class.has(Class::SKIP)
            && (!class.has(Class::STATEMENT)
                || jumps()
                || (child.kind() == "expression_statement"
                    && self
                        .text
                        .get(child.byte_range())
                        .is_some_and(|text| !text.ends_with(';'))))
    }

    fn next_is_arrow(&self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default();
        rest.trim_start().starts_with("=>")
    }
}
