//! What stands in the way of archiving a delta: its operations are tried on the main spec, in the tool's order, and
//! nothing is written.

use documents::openspec::{Block, Edition, Named, is_same_text};
use smol_str::SmolStr;
use text::TextRange;

use super::DeltaFile;
use crate::feature::FeatureDocument;

/// Why archive would refuse a delta.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// MODIFIED or RENAMED, and there is no main spec.
    NoBase(Named),
    /// The requirement is not in the main spec; one that is spelt nearly so may be.
    Missing(Operand, Option<SmolStr>),
    /// The requirement is there already; under a name spelt nearly so.
    There(Operand, SmolStr),
    /// The main spec itself is not in order.
    Disordered(TextRange),
}

/// The requirement of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    /// Its name.
    pub name: SmolStr,
    /// Bytes of the name in the delta.
    pub range: TextRange,
    /// Word of the section it stands in: `MODIFIED`.
    pub operation: &'static str,
}

/// A requirement of the main spec while operations are tried.
struct There<'a> {
    name: SmolStr,
    text: &'a str,
}

fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

fn named(operation: &'static str, named: &Named) -> Operand {
    Operand {
        name: named.name.clone(),
        range: named.range,
        operation,
    }
}

fn block(operation: &'static str, block: &Block) -> Operand {
    Operand {
        name: block.name.clone(),
        range: block.name_range,
        operation,
    }
}

/// Everything that stands in the way, in the order it is met. What the delta itself contradicts is not looked at.
#[must_use]
pub fn obstacles(own: &FeatureDocument, file: &DeltaFile, edition: Edition) -> Vec<Obstacle> {
    let delta = &*file.delta;
    let Some(base) = &file.base else {
        let renamed = delta.renamed.iter().map(|(from, _)| from.clone());
        let modified = delta.modified.iter().map(|block| Named {
            name: block.name.clone(),
            range: block.name_range,
            line: block.heading,
        });
        return modified.chain(renamed).map(Obstacle::NoBase).collect();
    };
    let mut found = Vec::new();
    if let Some(fault) = base.spec.misplaced.first() {
        found.push(Obstacle::Disordered(fault.range));
        return found;
    }
    let mut there: Vec<There<'_>> = Vec::new();
    for block in &base.spec.blocks {
        there.retain(|each| each.name != block.name);
        there.push(There {
            name: block.name.clone(),
            text: base.document.slice(block.range),
        });
    }
    let at = |there: &[There<'_>], name: &str| there.iter().position(|each| each.name == name);
    let near = |there: &[There<'_>], name: &str, but: &str| {
        let wanted = folded(name);
        let near = |each: &&There<'_>| each.name != but && folded(&each.name) == wanted;
        there.iter().find(near).map(|each| each.name.clone())
    };
    // Names spelt nearly like one that is there count as taken since 1.13.1.
    let taken = |there: &[There<'_>], name: &str, but: &str| {
        edition
            .is_strict()
            .then(|| near(there, name, but))
            .flatten()
    };
    for (from, to) in &delta.renamed {
        match (at(&there, &from.name), at(&there, &to.name)) {
            (None, Some(_)) => {
                if let Some(near) = near(&there, &from.name, &to.name) {
                    found.push(Obstacle::Missing(named("RENAMED", from), Some(near)));
                }
            }
            (None, None) => {
                let near = near(&there, &from.name, "");
                found.push(Obstacle::Missing(named("RENAMED", from), near));
            }
            (Some(_), Some(_)) => {
                found.push(Obstacle::There(named("RENAMED", to), to.name.clone()));
            }
            (Some(old), None) => match taken(&there, &to.name, &from.name) {
                Some(near) => found.push(Obstacle::There(named("RENAMED", to), near)),
                None => there[old].name = to.name.clone(),
            },
        }
    }
    for name in &delta.removed {
        match at(&there, &name.name) {
            Some(old) => {
                there.remove(old);
            }
            None => {
                if let Some(near) = near(&there, &name.name, "") {
                    found.push(Obstacle::Missing(named("REMOVED", name), Some(near)));
                }
            }
        }
    }
    for new in &delta.modified {
        if let Some(old) = at(&there, &new.name) {
            there[old].text = own.slice(new.range);
        } else {
            let near = near(&there, &new.name, "");
            found.push(Obstacle::Missing(block("MODIFIED", new), near));
        }
    }
    for (nth, new) in delta.added.iter().enumerate() {
        // Said of the delta itself.
        if delta.added[..nth].iter().any(|each| each.name == new.name) {
            continue;
        }
        let text = own.slice(new.range);
        match at(&there, &new.name) {
            Some(old) if is_same_text(there[old].text, text) => {}
            Some(_) => found.push(Obstacle::There(block("ADDED", new), new.name.clone())),
            None => match taken(&there, &new.name, "") {
                Some(near) => found.push(Obstacle::There(block("ADDED", new), near)),
                None => there.push(There {
                    name: new.name.clone(),
                    text,
                }),
            },
        }
    }
    found
}
