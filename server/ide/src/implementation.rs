//! Go to implementation: from a requirement, story or task to the symbols of its chain, else to its files.

use text::{FileId, TextSize};
use trace::FileRole;

use crate::Analysis;
use crate::definition::{Jump, Place};
use crate::target::{self, Target};

impl Analysis {
    /// The code that does what the token at `offset` asks for.
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
            _ => found
                .items()
                .iter()
                .flat_map(|&item| {
                    let chain = graph.chain(item);
                    let symbols = chain.symbols.iter();
                    let mut places: Vec<Place> = symbols
                        .filter_map(|&symbol| Place::symbol(graph, symbol))
                        .collect();
                    if places.is_empty() {
                        let code = chain.files.iter().filter(|it| it.role == FileRole::Code);
                        places.extend(code.map(|linked| Place::file(linked.file)));
                    }
                    if places.is_empty() {
                        places.extend(chain.files.iter().map(|linked| Place::file(linked.file)));
                    }
                    places
                })
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
