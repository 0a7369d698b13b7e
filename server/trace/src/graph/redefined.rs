//! Which sources may mean something else once features define other ids: those beside the feature, those its tasks name, and
//! those that name it. All others are linked as before, however many there are.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use text::FileId;

use super::Graph;
use super::link::files_by_task;
use crate::feature::FeatureId;
use crate::inputs::SourceFile;
use crate::lookup::unnumbered;
use crate::mentions::{Candidate, Named};

impl Graph {
    /// The sources whose links may be others now. The layout is as before.
    pub(super) fn sources_reaching(&self, redefined: &FxHashSet<FeatureId>) -> Vec<FileId> {
        let candidates = redefined.iter().filter_map(|id| {
            let id = id.0 as usize;
            self.candidates.get(id).zip(self.features.get(id))
        });
        let (candidates, features): (Vec<_>, Vec<_>) = candidates.unzip();
        if candidates.is_empty() {
            return Vec::new();
        }
        let named: FxHashSet<FileId> = features
            .into_iter()
            .flat_map(|feature| files_by_task(feature).map(|(file, _)| file))
            .collect();
        let reaches = |(file, source): &(&FileId, &Arc<SourceFile>)| {
            let root = self.inputs.tree.path(**file).map(|(root, _)| root);
            named.contains(*file)
                || candidates
                    .iter()
                    .any(|each| Some(each.root) == root || names(source, each))
        };
        let sources = self.inputs.sources.iter();
        let sources = sources.filter(|(_, source)| !source.facts.mentions.is_empty());
        sources.filter(reaches).map(|(file, _)| *file).collect()
    }
}

/// Whether a source of another root may name this feature, in its head, in a comment, or beside an id.
fn names(source: &SourceFile, feature: &Candidate) -> bool {
    let facts = &source.facts;
    let comments = facts.head.iter().chain(&facts.named).map(Named::from);
    let mentions = facts.mentions.iter();
    let qualifiers = mentions.filter_map(|each| each.mention.qualifier.as_ref());
    comments
        .chain(qualifiers.map(Named::from))
        .any(|named| feature.may_be_called(named))
}

impl Candidate {
    /// Whether somebody in another root may mean this feature by a name. A number alone stays in its root.
    fn may_be_called(&self, named: Named<'_>) -> bool {
        let name = named.feature.trim_end_matches('/');
        self.name == name
            || self.path == name
            || self.name.ends_with(name) && unnumbered(&self.name) == Some(name)
            || named.repository.is_some_and(|it| self.repository == it)
    }
}
