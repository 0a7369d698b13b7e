//! What is reached as a graph of boxes in layers: what changes, then step by step what that reaches. Mermaid and SVG draw the
//! same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::found::{Found, Thing};

/// Boxes of one layer; the rest is counted in one more.
const BOXES: usize = 24;

/// Characters of a label.
const LABEL: usize = 44;

/// A graph in layers.
#[derive(Debug, Default)]
pub(super) struct Picture {
    /// From what changes to what is far.
    pub(super) layers: Vec<Vec<Box>>,
    /// From box to box, each by its layer and its place there, with how.
    pub(super) edges: Vec<Arrow>,
}

/// A file or an item.
#[derive(Debug)]
pub(super) struct Box {
    pub(super) title: String,
    /// Names of what is reached in it.
    pub(super) names: String,
    /// `change`, `code`, `test`, `item`, `elsewhere` or `more`.
    pub(super) kind: &'static str,
}

/// An edge.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    pub(super) from: (usize, usize),
    pub(super) to: (usize, usize),
    pub(super) how: &'static str,
}

/// What one box stands for: a file with its code, or one item.
fn key(thing: &Thing) -> (String, String) {
    let name = if thing.is_item() {
        thing.name.clone()
    } else {
        String::new()
    };
    (format!("{}/{}", thing.root, thing.path), name)
}

fn kind(thing: &Thing) -> &'static str {
    match thing.what {
        "elsewhere" => "elsewhere",
        _ if thing.is_item() => "item",
        _ if thing.is_test() => "test",
        _ => "code",
    }
}

pub(super) fn of(found: &Found, several: bool) -> Picture {
    let mut picture = Picture::default();
    let mut places: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let seeds = found.seeds.iter().map(|seed| (0, &seed.thing));
    let reached = found
        .reached
        .iter()
        .map(|told| (told.distance as usize, &told.thing));
    let mut names: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let mut more: BTreeMap<usize, usize> = BTreeMap::new();
    for (layer, thing) in seeds.chain(reached) {
        let known = places.get(&key(thing)).copied();
        let place = if let Some(place) = known {
            place
        } else {
            while picture.layers.len() <= layer {
                picture.layers.push(Vec::new());
            }
            let boxes = &mut picture.layers[layer];
            if boxes.len() == BOXES {
                *more.entry(layer).or_default() += 1;
                continue;
            }
            let whole = Thing {
                line: 0,
                ..thing.clone()
            };
            let title = if thing.is_item() {
                thing.name.clone()
            } else {
                whole.place(several)
            };
            boxes.push(Box {
                title: ending(&title),
                names: String::new(),
                kind: if layer == 0 { "change" } else { kind(thing) },
            });
            let place = (layer, boxes.len() - 1);
            places.insert(key(thing), place);
            place
        };
        if !thing.is_item() && thing.what != "file" && thing.what != "elsewhere" {
            names.entry(place).or_default().push(thing.name.clone());
        }
    }
    for (place, all) in names {
        let shown: Vec<&str> = all.iter().take(3).map(String::as_str).collect();
        let rest = all.len().saturating_sub(3);
        let mut text = shown.join(", ");
        if rest > 0 {
            // Writing to a string cannot fail.
            let _ = write!(text, " and {rest} more");
        }
        picture.layers[place.0][place.1].names = beginning(&text);
    }
    for told in &found.reached {
        let Some(to) = places.get(&key(&told.thing)) else {
            continue;
        };
        for step in &told.because {
            if let Some(from) = places.get(&key(&step.from))
                && from != to
            {
                picture.edges.push(Arrow {
                    from: *from,
                    to: *to,
                    how: step.how,
                });
            }
        }
    }
    picture.edges.sort();
    picture.edges.dedup_by_key(|edge| (edge.from, edge.to));
    for (layer, count) in more {
        picture.layers[layer].push(Box {
            title: format!("and {count} more"),
            names: String::new(),
            kind: "more",
        });
    }
    picture
}

/// The end of a long path tells most.
fn ending(text: &str) -> String {
    let count = text.chars().count();
    if count <= LABEL {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - LABEL + 1).collect();
    format!("…{tail}")
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(LABEL) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
