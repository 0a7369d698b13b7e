//! Find references: every place in documents and sources that names an item.

use text::{FileId, TextRange, TextSize};
use trace::{Graph, ItemRef};

use crate::Analysis;
use crate::definition::Place;
use crate::target::{self, Target};

impl Analysis {
    /// Places that name what stands at `offset`, by file and position; `with_definition` adds the definition itself.
    #[must_use]
    pub fn references(
        &self,
        file: FileId,
        offset: TextSize,
        with_definition: bool,
    ) -> Vec<(FileId, TextRange)> {
        let graph = &self.graph;
        let Some(found) = target::at(graph, file, offset) else {
            return Vec::new();
        };
        let mut places: Vec<(FileId, TextRange)> = match &found.target {
            // Who asks where a function is used is told which tasks and requirements it is for as well.
            Target::Declared(declared) => {
                let tasks = declared.tasks.iter();
                let named = tasks.flat_map(|(task, _)| {
                    let spans = declared
                        .symbol
                        .map(|at| spans_naming(graph, *task, file, at));
                    spans.unwrap_or_default()
                });
                let items = declared.items.iter();
                let own = with_definition.then_some((file, found.range));
                named
                    .chain(own)
                    .chain(items.flat_map(|(item, _)| of_item(graph, *item, true)))
                    .collect()
            }
            Target::Symbols(symbols) => symbols
                .iter()
                .flat_map(|symbol| {
                    let tasks = graph.tasks_naming_symbol(symbol.file, symbol.symbol);
                    let own = with_definition
                        .then(|| Place::symbol(graph, *symbol))
                        .flatten()
                        .map(|place| (place.file, place.focus));
                    let named = tasks.into_iter().flat_map(|(task, _)| {
                        spans_naming(graph, task, symbol.file, symbol.symbol)
                    });
                    named.chain(own).collect::<Vec<_>>()
                })
                .collect(),
            Target::Path(link) => link
                .resolution
                .files()
                .iter()
                .flat_map(|&file| naming_path(graph, file))
                .collect(),
            _ => found
                .items()
                .iter()
                .flat_map(|&item| of_item(graph, item, with_definition))
                .collect(),
        };
        places.sort_unstable_by_key(|(file, range)| (*file, range.start(), range.end()));
        places.dedup();
        places
    }

    /// The places of [`Analysis::references`] in the same file, the definition included.
    #[must_use]
    pub fn highlights(&self, file: FileId, offset: TextSize) -> Vec<TextRange> {
        // Editors take the first answer: the language's own is to be that on a name it knows.
        let own = target::at(&self.graph, file, offset)
            .is_some_and(|found| !matches!(found.target, Target::Declared(_)));
        let places = if own {
            self.references(file, offset, true)
        } else {
            Vec::new()
        };
        places
            .into_iter()
            .filter_map(|(at, range)| (at == file).then_some(range))
            .collect()
    }
}

fn of_item(graph: &Graph, item: ItemRef, with_definition: bool) -> Vec<(FileId, TextRange)> {
    let mut places = graph.document_mentions(item);
    if let Some(feature) = graph.feature(item.feature)
        && let Some(term) = feature.term_of(item)
    {
        let definition = feature.item(item).map(|it| it.id_range);
        let places = feature.term_places(term).into_iter();
        return places
            .filter(|(file, range)| {
                with_definition || *file != item.file || Some(*range) != definition
            })
            .collect();
    }
    for (file, mention, _) in graph.code_mentions(item) {
        let mention = graph
            .source(file)
            .and_then(|source| source.facts.mentions.get(mention as usize));
        places.extend(mention.map(|mention| (file, mention.mention.range)));
    }
    let routes = graph.routes_of(item).iter();
    places.extend(routes.map(|route| (route.file, route.range)));
    let deltas = graph.deltas_naming(item).into_iter();
    places.extend(deltas.map(|(_, file, link)| (file, link.range)));
    if with_definition && let Some(place) = Place::item(graph, item) {
        places.push((place.file, place.focus));
    }
    places
}

/// The code spans of a task that name a symbol.
fn spans_naming(
    graph: &Graph,
    task: ItemRef,
    file: FileId,
    symbol: u32,
) -> Vec<(FileId, TextRange)> {
    let Some((feature, item)) = graph.item(task) else {
        return Vec::new();
    };
    let Some(document) = feature.document(task.file) else {
        return Vec::new();
    };
    let files = graph.files_of_task(task);
    let spans = document.facts().code_spans_in(item.range).iter();
    spans
        .filter(|span| {
            graph
                .symbols_of_span(&files, &span.text)
                .iter()
                .any(|each| each.file == file && each.symbol == symbol)
        })
        .map(|span| (task.file, span.range))
        .collect()
}

/// Places in documents that name a file.
fn naming_path(graph: &Graph, file: FileId) -> Vec<(FileId, TextRange)> {
    let mut places = Vec::new();
    for feature in graph.features() {
        for link in &feature.paths {
            if !link.resolution.files().contains(&file) {
                continue;
            }
            let path = feature
                .document(link.file)
                .and_then(|document| document.facts().paths.get(link.mention as usize));
            places.extend(path.map(|path| (link.file, path.range)));
        }
    }
    places
}
