//! YAML and JSON as a tree with places. Both are read by one parser: JSON is YAML, but for what no contract has.

use saphyr_parser::{Event, Parser, Span};
use std::ops::Range;

/// Deepest nesting that is read.
const DEEPEST: usize = 64;

/// A value and its bytes.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// A scalar on one line, quotes left out of its bytes.
    Text(Range<usize>),
    Map(Vec<(Node, Node)>),
    List(Vec<Node>),
    /// A long scalar, an alias: nothing that names.
    Other,
}

impl Node {
    /// The value below a key of a map.
    pub(crate) fn get(&self, text: &str, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|(name, _)| name.text().is_some_and(|range| &text[range.clone()] == key))
            .map(|(_, value)| value)
    }

    /// Keys and values of a map.
    pub(crate) fn entries(&self) -> &[(Self, Self)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The bytes of a scalar.
    pub(crate) fn text(&self) -> Option<&Range<usize>> {
        match &self.kind {
            Kind::Text(range) => Some(range),
            _ => None,
        }
    }
}

/// Where a key begins and its value ends.
pub(crate) fn entry(key: &Node, value: &Node) -> Range<usize> {
    key.range.start..value.range.end.max(key.range.end)
}

/// A container whose end was not met yet.
struct Open {
    start: usize,
    map: bool,
    nodes: Vec<Node>,
}

/// The first document of a text that begins at byte `start`. A text that breaks off gives what stands before.
pub(crate) fn read(text: &str, start: usize) -> Option<Node> {
    let places = Places::of(text, start);
    let mut open: Vec<Open> = Vec::new();
    let mut parser = Parser::new_from_str(&text[start..]);
    while let Some(Ok((event, span))) = parser.next_event() {
        let node = match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if open.len() == DEEPEST {
                    return None;
                }
                open.push(Open {
                    start: places.byte(span.start.index()),
                    map: matches!(event, Event::MappingStart(..)),
                    nodes: Vec::new(),
                });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => close(open.pop()?, &places, &span),
            Event::Scalar(value, ..) => scalar(text, &places, &span, &value),
            Event::Alias(_) => Node {
                range: places.range(&span),
                kind: Kind::Other,
            },
            Event::DocumentEnd | Event::StreamEnd => return None,
            _ => continue,
        };
        match open.last_mut() {
            Some(around) => around.nodes.push(node),
            None => return Some(node),
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
    last
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
    let written = &text[range.clone()];
    let range = range.start..range.start + written.trim_end().len();
    let written = &text[range.clone()];
    let inner = match written.chars().next() {
        Some(quote @ ('"' | '\'')) if written.len() > 1 && written.ends_with(quote) => {
            range.start + 1..range.end - 1
        }
        _ => range.clone(),
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
pub(crate) fn is_whole(text: &str, start: usize) -> bool {
    let mut parser = Parser::new_from_str(&text[start..]);
    loop {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => return true,
            Some(Err(_)) => return false,
            Some(Ok(_)) => {}
        }
    }
}
