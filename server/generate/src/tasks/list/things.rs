//! Entities and operations, each in the file that is to hold it.

use documents::{DocumentKind, ItemKind};
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument, Graph};

use super::layer::Layer;
use super::telling::{squeezed, stem, words};
use super::work::{Piece, Work, is_open};
use crate::tasks::ground;

impl Work<'_> {
    /// Entities of the data model, else those of the spec. One goes into the file that is called like it, else into the only
    /// one for data.
    pub(super) fn take_entities(
        &mut self,
        graph: &Graph,
        feature: &Feature,
        spec: &FeatureDocument,
    ) {
        let models = feature.documents.iter();
        let mut documents: Vec<&FeatureDocument> = models
            .filter(|document| document.kind == DocumentKind::DataModel)
            .collect();
        documents.push(spec);
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let all = documents.iter().flat_map(|document| {
            let items = document.facts().items_of(ItemKind::Entity);
            items.map(|(_, entity)| (*document, entity))
        });
        for (document, entity) in all {
            let name = entity.id.trim_matches(['`', '*', ' ']);
            let words = words(name, "");
            let is_new = seen.insert(squeezed(name).trim_end_matches('s').to_owned());
            if name.is_empty() || words.is_empty() || !is_new || is_open(document, entity) {
                continue;
            }
            let joined: String = squeezed(name);
            let called = |piece: &Piece| {
                let stem = piece.path.as_deref().map(stem).unwrap_or_default();
                let stem = squeezed(stem);
                stem == joined || stem == format!("{joined}s")
            };
            let at = self
                .pieces
                .iter()
                .position(called)
                .or_else(|| self.only(|piece| piece.layer == Layer::Data));
            let at = at
                .or_else(|| self.declared(graph, feature, name))
                .or_else(|| self.sharing(&words, |layer| layer <= Layer::Store))
                .or_else(|| self.sharing(&words, |layer| layer != Layer::Settings));
            // One word of a name is soon said; a story that needs the entity says all of them.
            let mut naming = (0..self.texts.len()).filter(|at| words.is_subset(&self.texts[*at]));
            let told = naming.next().filter(|_| naming.next().is_none());
            self.put(at, name.to_owned(), words, Layer::Data, told);
        }
    }

    /// The piece of the only file that declares a type of this name.
    fn declared(&mut self, graph: &Graph, feature: &Feature, name: &str) -> Option<usize> {
        let mut found: Vec<String> = graph
            .symbols_of_span(&[], name)
            .into_iter()
            .filter_map(|it| ground::from_project(feature, graph.inputs().tree.path_str(it.file)))
            .filter(|path| !code::is_test_path(path))
            .collect();
        found.dedup();
        let [path] = found.as_slice() else {
            return None;
        };
        let known = self
            .pieces
            .iter()
            .position(|piece| piece.path.as_ref() == Some(path));
        Some(known.unwrap_or_else(|| {
            self.pieces.push(Piece {
                path: Some(path.clone()),
                exists: true,
                layer: Layer::of(path),
                words: words(path, ""),
                is_drawn_only: true,
                ..Piece::default()
            });
            self.pieces.len() - 1
        }))
    }

    /// Operations of the contracts. One goes into the file of the surface whose words it shares, else into the only one.
    pub(super) fn take_operations(&mut self, feature: &Feature) {
        for document in &feature.documents {
            let Some(contract) = &document.facts().contract else {
                continue;
            };
            for operation in &contract.operations {
                let name = operation.operation_id.as_deref().unwrap_or_default();
                let words = words(&operation.id, name);
                let at = self.sharing(&words, |layer| layer == Layer::Surface);
                let at = at
                    .or_else(|| self.only(|piece| piece.layer == Layer::Surface))
                    .or_else(|| self.sharing(&words, |layer| layer != Layer::Settings))
                    .or_else(|| self.only(|piece| piece.layer == Layer::Wiring));
                let told = self.told(&words);
                self.put(
                    at,
                    format!("`{}`", operation.id),
                    words,
                    Layer::Surface,
                    told,
                );
            }
        }
    }

    /// The piece of some layers that shares most words, if one does.
    fn sharing(&self, words: &FxHashSet<String>, is: impl Fn(Layer) -> bool) -> Option<usize> {
        let able = |piece: &Piece| piece.path.is_some() && !piece.is_gone && is(piece.layer);
        let all = self.pieces.iter().enumerate();
        let shared = all
            .filter(|(_, piece)| able(piece))
            .map(|(at, piece)| (at, piece.words.intersection(words).count()));
        let best = shared.max_by_key(|(at, shared)| (*shared, std::cmp::Reverse(*at)))?;
        (best.1 > 0).then_some(best.0)
    }

    /// Puts a thing into a file, as work for the story that its words tell of; what no file holds stands by itself.
    fn put(
        &mut self,
        at: Option<usize>,
        thing: String,
        words: FxHashSet<String>,
        layer: Layer,
        told: Option<usize>,
    ) {
        let file = at.and_then(|at| self.pieces.get(at)).cloned();
        let told = told.filter(|_| file.as_ref().is_none_or(|file| !file.layer.is_shared()));
        let story = told.or(file.as_ref().and_then(|file| file.story));
        let path = file.as_ref().and_then(|file| file.path.clone());
        let same = |piece: &Piece| {
            piece.path == path && piece.story == story && (path.is_some() || piece.layer == layer)
        };
        let known = self.pieces.iter().position(same).or_else(|| {
            // A file that nobody claims yet is this story's.
            at.filter(|at| self.pieces[*at].story.is_none() && self.pieces[*at].things.is_empty())
        });
        let at = known.unwrap_or_else(|| {
            let file = file.unwrap_or_default();
            self.pieces.push(Piece {
                layer: if path.is_some() { file.layer } else { layer },
                exists: file.exists || path.is_some(),
                path,
                ..Piece::default()
            });
            self.pieces.len() - 1
        });
        let Some(piece) = self.pieces.get_mut(at) else {
            return;
        };
        piece.story = story;
        if !piece.things.contains(&thing) {
            piece.things.push(thing);
        }
        piece.words.extend(words);
    }
}
