//! Go to definition: from a mention to its item, from a path to its file, from a code span to its symbol.

use text::{FileId, TextRange, TextSize};
use trace::{Graph, ItemRef, SymbolRef};

use crate::Analysis;
use crate::target::{self, Target};

/// A place to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// All of what is there.
    pub range: TextRange,
    /// The name or id in it: where the cursor goes.
    pub focus: TextRange,
}

/// Places that a token leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// Exactly the token asked about.
    pub origin: TextRange,
    /// Where it leads.
    pub places: Vec<Place>,
}

impl Place {
    /// The start of a file.
    pub(crate) fn file(file: FileId) -> Self {
        let start = TextRange::empty(TextSize::new(0));
        Self {
            file,
            range: start,
            focus: start,
        }
    }

    pub(crate) fn item(graph: &Graph, item: ItemRef) -> Option<Self> {
        let (_, it) = graph.item(item)?;
        let focus = if it.id_range.is_empty() {
            it.title_range
        } else {
            it.id_range
        };
        Some(Self {
            file: item.file,
            range: it.range.cover(focus),
            focus,
        })
    }

    /// A test or a group of tests by its name.
    pub(crate) fn named(file: FileId, range: TextRange, name: TextRange) -> Self {
        Self {
            file,
            range: range.cover(name),
            focus: name,
        }
    }

    /// What serves an operation: handlers, else the routes themselves.
    pub(crate) fn routes(graph: &Graph, item: ItemRef) -> Vec<Self> {
        let routes = graph.routes_of(item).iter();
        routes
            .filter_map(|route| match route.symbol {
                Some(symbol) => Self::symbol(
                    graph,
                    SymbolRef {
                        file: route.file,
                        symbol,
                        basis: trace::Basis::Contract,
                    },
                ),
                None => Some(Self::named(route.file, route.range, route.range)),
            })
            .collect()
    }

    pub(crate) fn symbol(graph: &Graph, symbol: SymbolRef) -> Option<Self> {
        let source = graph.source(symbol.file)?;
        let it = source.facts.symbols.get(symbol.symbol as usize)?;
        Some(Self {
            file: symbol.file,
            range: it.range.cover(it.name_range),
            focus: it.name_range,
        })
    }
}

impl Analysis {
    /// Where the token at `offset` is defined. Nothing on a definition itself.
    #[must_use]
    pub fn definition(&self, file: FileId, offset: TextSize) -> Option<Jump> {
        let graph = &self.graph;
        if let Some((origin, place)) = self.bound_place(file, offset) {
            return Some(Jump {
                origin,
                places: vec![place],
            });
        }
        let found = target::at(graph, file, offset)?;
        let places: Vec<Place> = match &found.target {
            Target::Mention(items, _) | Target::Ambiguous(items) => items
                .iter()
                .filter_map(|&item| Place::item(graph, item))
                .collect(),
            Target::Path(link) => {
                let files = link.resolution.files().iter();
                files.map(|&file| Place::file(file)).collect()
            }
            Target::Symbols(symbols) => symbols
                .iter()
                .filter_map(|&symbol| Place::symbol(graph, symbol))
                .collect(),
            // On a name that is declared here the language's own server answers. A second answer would take from editors
            // what they do with a lone one: show where the name is used.
            Target::Declared(_) | Target::Undefined(_) => Vec::new(),
            // An operation is served by code, in a language of its own.
            Target::Definition(item) => Place::routes(graph, *item),
        };
        (!places.is_empty()).then_some(Jump {
            origin: found.range,
            places,
        })
    }
}
