//! Go to implementation: from a requirement, story or task to the symbols and tests of its chain, else to its files.

use text::{FileId, TextSize};
use trace::{FileRole, Graph, ItemRef};

use crate::Analysis;
use crate::definition::{Jump, Place};
use crate::target::{self, Target};

impl Analysis {
    /// The code that does what the token at `offset` asks for, and the tests that look at it.
    #[must_use]
    pub fn implementation(&self, file: FileId, offset: TextSize) -> Option<Jump> {
        let graph = &self.graph;
        let found = target::at(graph, file, offset)?;
        let mut places: Vec<Place> = match &found.target {
            Target::Path(link) => {
                let files = link.resolution.files().iter();
                files.map(|&file| Place::file(file)).collect()
            }
            Target::Symbols(symbols) => symbols
                .iter()
                .filter_map(|&symbol| Place::symbol(graph, symbol))
                .collect(),
            // As for definitions.
            Target::Declared(_) => Vec::new(),
            _ => found
                .items()
                .iter()
                .flat_map(|&item| of_item(graph, item))
                .collect(),
        };
        places.sort_unstable_by_key(|place| (place.file, place.focus.start()));
        places.dedup();
        (!places.is_empty()).then_some(Jump {
            origin: found.range,
            places,
        })
    }
}

/// Symbols, else what mentions it, else files of code; then tests that mention it, else files of tests; for want of all
/// of them whatever else its tasks name.
fn of_item(graph: &Graph, item: ItemRef) -> Vec<Place> {
    let chain = graph.chain(item);
    let symbols = chain.symbols.iter();
    let mut places: Vec<Place> = symbols
        .filter_map(|&symbol| Place::symbol(graph, symbol))
        .collect();
    // A handler in another file has no symbol here.
    let routes = graph.routes_of(item).iter();
    let routes = routes.filter(|route| route.symbol.is_none());
    places.extend(routes.map(|route| Place::named(route.file, route.range, route.range)));
    let mut tests: Vec<Place> = Vec::new();
    let mut bare: Vec<Place> = Vec::new();
    for &(file, mention, _) in &chain.mentions {
        let Some(facts) = graph.source(file).map(|source| &source.facts) else {
            continue;
        };
        let Some(said) = facts.mentions.get(mention as usize) else {
            continue;
        };
        let test = said.test.and_then(|at| facts.tests.get(at as usize));
        let group = said.group.and_then(|at| facts.groups.get(at as usize));
        let of_symbol = chain
            .symbols
            .iter()
            .any(|it| it.file == file && Some(it.symbol) == said.symbol);
        if let Some(test) = test {
            tests.push(Place::named(file, test.range, test.name_range));
        } else if of_symbol {
        } else if let Some(group) = group {
            tests.push(Place::named(file, group.range, group.name_range));
        } else {
            let range = said.mention.range;
            bare.push(Place::named(file, range, range));
        }
    }
    let files = |role, known: &[Place]| {
        let known: Vec<FileId> = known.iter().map(|place| place.file).collect();
        let files = chain.files.iter().filter(move |it| it.role == role);
        let files = files.filter(move |it| !known.contains(&it.file));
        files.map(|linked| Place::file(linked.file))
    };
    // Where something in a file is known, what is said at its head or of all of it leads nowhere new.
    let named: Vec<FileId> = places.iter().chain(&tests).map(|it| it.file).collect();
    bare.retain(|place| !named.contains(&place.file));
    places.append(&mut bare);
    if places.is_empty() {
        places.extend(files(FileRole::Code, &tests));
    }
    if tests.is_empty() {
        tests.extend(files(FileRole::Test, &places));
    }
    places.append(&mut tests);
    if places.is_empty() {
        places.extend(files(FileRole::Other, &[]));
    }
    places
}
