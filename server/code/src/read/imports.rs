//! Import statements -> what is imported and the names it binds.

use super::{captures::Captures, quoted::contents, to_range, word};
use crate::{Import, MAX_SYMBOLS, SourceFacts};

pub(super) fn assemble(text: &str, captures: &Captures, facts: &mut SourceFacts) {
    for importing in &captures.imports {
        if facts.imports.len() == MAX_SYMBOLS {
            facts.truncated = true;
            break;
        }
        let first = captures
            .bound
            .partition_point(|name| name.start < importing.node.start);
        let names = captures.bound[first..]
            .iter()
            .take_while(|name| name.start < importing.node.end)
            .map(|name| word(text, name))
            .collect();
        let path = contents(text, &importing.path);
        facts.imports.push(Import {
            path: word(text, &path),
            range: to_range(&path),
            names,
        });
    }
}
