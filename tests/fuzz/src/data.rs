//! YAML and JSON as trees with places.

use std::ops::Range;

use text::data::{Kind, Node, entry, is_whole, read, read_all};

use crate::bytes;

fn holds(text: &str, node: &Node, around: &Range<usize>, depth: usize) {
    let Range { start, end } = node.range;
    assert!(text.get(start..end).is_some(), "{text:?} {node:?}");
    assert!(depth <= 64, "a tree deeper than is read");
    match &node.kind {
        Kind::Text(range) => {
            assert!(text.get(range.clone()).is_some(), "{text:?} {node:?}");
            assert!(
                start <= range.start && range.end <= end,
                "{text:?} {node:?}"
            );
            assert!(!text[range.clone()].contains(['\n', '\r']), "{text:?}");
        }
        Kind::Map(entries) => {
            for (key, value) in entries {
                holds(text, key, &node.range, depth + 1);
                holds(text, value, &node.range, depth + 1);
                let both = entry(key, value);
                assert!(text.get(both).is_some(), "{text:?} {node:?}");
                if let Some(name) = key.text() {
                    assert!(node.get(text, &text[name.clone()]).is_some(), "{text:?}");
                }
            }
        }
        Kind::List(items) => {
            for item in items {
                holds(text, item, &node.range, depth + 1);
            }
        }
        Kind::Other => {}
    }
    assert!(
        around.start <= start && end <= around.end,
        "{text:?}: {node:?} leaves {around:?}"
    );
}

/// A text, read from its first byte and from behind a byte order mark.
pub fn data(data: &[u8]) {
    let text = bytes::text(data);
    let start = text::bom_len(&text);
    let whole = start..text.len();
    let all = read_all(&text, start);
    for node in &all {
        holds(&text, node, &whole, 0);
    }
    let first = read(&text, start);
    if let Some(node) = &first {
        holds(&text, node, &whole, 0);
    }
    let _ = is_whole(&text, start);
    // Where a text begins changes no more than its offsets.
    let moved = format!("\u{feff}{}", &text[start..]);
    let moved = read(&moved, 3).map(|node| (node.range.start - 3, node.range.end - 3));
    let there = first.map(|node| (node.range.start - start, node.range.end - start));
    assert_eq!(moved, there, "{text:?}");
}
