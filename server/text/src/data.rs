//! YAML and JSON as a tree with places. Both are read by one parser: JSON is YAML, but for what no contract has.

use saphyr_parser::{Event, Parser, Span, StrInput};
use std::ops::Range;

/// Deepest nesting that is read.
const DEEPEST: usize = 64;

/// A value and its bytes.
#[derive(Debug)]
pub struct Node {
    /// The bytes of it; of a quoted scalar, quotes included.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub enum Kind {
    /// A scalar on one line, quotes left out of its bytes.
    Text(Range<usize>),
    /// Keys with values, in the order of the text.
    Map(Vec<(Node, Node)>),
    /// A sequence.
    List(Vec<Node>),
    /// A long scalar, an alias: nothing that names.
    Other,
}

impl Node {
    /// The value below a key of a map.
    #[must_use]
    pub fn get(&self, text: &str, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|(name, _)| name.text().is_some_and(|range| &text[range.clone()] == key))
            .map(|(_, value)| value)
    }

    /// Keys and values of a map.
    #[must_use]
    pub fn entries(&self) -> &[(Self, Self)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The values of a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The bytes of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&Range<usize>> {
        match &self.kind {
            Kind::Text(range) => Some(range),
            _ => None,
        }
    }
}

/// Where a key begins and its value ends.
#[must_use]
pub fn entry(key: &Node, value: &Node) -> Range<usize> {
    key.range.start..value.range.end.max(key.range.end)
}

/// A container whose end was not met yet.
struct Open {
    start: usize,
    map: bool,
    nodes: Vec<Node>,
}

/// Documents of one text that are read.
const MOST: usize = 500;

/// The first document of a text that begins at byte `start`. A text that breaks off gives what stands before.
#[must_use]
pub fn read(text: &str, start: usize) -> Option<Node> {
    let places = Places::of(text, start);
    match one(&mut Parser::new_from_str(&text[start..]), text, &places) {
        Step::Document(node) => Some(node),
        Step::Empty | Step::Ended => None,
    }
}

/// Every document of a text that begins at byte `start`: what `---` lies between.
#[must_use]
pub fn read_all(text: &str, start: usize) -> Vec<Node> {
    let places = Places::of(text, start);
    let mut parser = Parser::new_from_str(&text[start..]);
    let mut all = Vec::new();
    for _ in 0..MOST {
        match one(&mut parser, text, &places) {
            Step::Document(node) => all.push(node),
            Step::Empty => {}
            Step::Ended => break,
        }
    }
    all
}

enum Step {
    Document(Node),
    Empty,
    Ended,
}

fn one(parser: &mut Parser<'_, StrInput<'_>>, text: &str, places: &Places<'_>) -> Step {
    let mut open: Vec<Open> = Vec::new();
    while let Some(Ok((event, span))) = parser.next_event() {
        let node = match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if open.len() == DEEPEST {
                    return Step::Ended;
                }
                open.push(Open {
                    start: places.byte(span.start.index()),
                    map: matches!(event, Event::MappingStart(..)),
                    nodes: Vec::new(),
                });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(container) => close(container, places, &span),
                None => return Step::Ended,
            },
            Event::Scalar(value, ..) => scalar(text, places, &span, &value),
            Event::Alias(_) => Node {
                range: places.range(&span),
                kind: Kind::Other,
            },
            Event::DocumentEnd => return Step::Empty,
            Event::StreamEnd => return Step::Ended,
            _ => continue,
        };
        match open.last_mut() {
            Some(around) => around.nodes.push(node),
            None => return Step::Document(node),
        }
    }
    // Broken off: what is complete counts.
    let mut last: Option<Node> = None;
    while let Some(mut container) = open.pop() {
        container.nodes.extend(last.take());
        let end = container
            .nodes
            .last()
            .map_or(container.start, |node| node.range.end);
        last = Some(contained(container, end));
    }
    last.map_or(Step::Ended, Step::Document)
}

fn close(container: Open, places: &Places, span: &Span) -> Node {
    let last = container
        .nodes
        .last()
        .map_or(container.start, |node| node.range.end);
    // A block ends where the next thing begins; a flow ends with its bracket.
    let end = places.byte(span.end.index());
    let end = if places.ends_flow(end) {
        end.max(last)
    } else {
        last
    };
    contained(container, end)
}

fn contained(container: Open, end: usize) -> Node {
    let range = container.start..end.max(container.start);
    let kind = if container.map {
        let mut entries = Vec::with_capacity(container.nodes.len() / 2);
        let mut nodes = container.nodes.into_iter();
        while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
            entries.push((key, value));
        }
        Kind::Map(entries)
    } else {
        Kind::List(container.nodes)
    };
    Node { range, kind }
}

fn scalar(text: &str, places: &Places, span: &Span, value: &str) -> Node {
    let range = places.range(span);
    let written = text[range.clone()].trim_end();
    // Behind a quotation the parser's place goes on over a comment.
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let closed = quote
        .and_then(|quote| written.rfind(quote))
        .filter(|at| *at > 0);
    let end = range.start + closed.map_or(written.len(), |at| at + 1);
    let range = range.start..end;
    let inner = match closed {
        Some(at) => range.start + 1..range.start + at,
        None => range.clone(),
    };
    // What is escaped, folded or long is not as written.
    let kind = if &text[inner.clone()] == value && !value.contains(['\n', '\r']) {
        Kind::Text(inner)
    } else {
        Kind::Other
    };
    Node { range, kind }
}

/// Bytes of characters: the parser counts characters.
struct Places<'a> {
    text: &'a str,
    start: usize,
    /// Nothing for a text of ASCII.
    bytes: Vec<u32>,
}

impl<'a> Places<'a> {
    fn of(text: &'a str, start: usize) -> Self {
        let read = &text[start..];
        let bytes = if read.is_ascii() {
            Vec::new()
        } else {
            read.char_indices().map(|(at, _)| at as u32).collect()
        };
        Self { text, start, bytes }
    }

    fn byte(&self, character: usize) -> usize {
        let at = if self.bytes.is_empty() {
            character
        } else {
            match self.bytes.get(character) {
                Some(at) => *at as usize,
                None => self.text.len() - self.start,
            }
        };
        (self.start + at).min(self.text.len())
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    fn ends_flow(&self, end: usize) -> bool {
        self.text[..end].ends_with(['}', ']'])
    }
}

/// Whether a text from byte `start` on is read to its end.
#[must_use]
pub fn is_whole(text: &str, start: usize) -> bool {
    let mut parser = Parser::new_from_str(&text[start..]);
    loop {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => return true,
            Some(Err(_)) => return false,
            Some(Ok(_)) => {}
        }
    }
}
