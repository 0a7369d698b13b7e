//! All that is asked of git and of the sources, gathered from the features.

use std::sync::Arc;

use super::Graph;
use crate::claims::SymbolClaim;
use crate::drawn::DirectoryStanding;
use crate::feature::Feature;
use crate::history::Questions;

impl Graph {
    /// What git should be asked, whether or not it answered yet.
    #[must_use]
    pub fn questions(&self) -> Questions {
        let mut all = Questions::default();
        for feature in self.features.iter() {
            gather(feature, &mut all);
        }
        settle(&mut all);
        all
    }

    /// The same, if a feature that is not one of `before` asks what is not in `known`: most changes raise no question.
    #[must_use]
    pub fn new_questions(&self, before: &[Arc<Feature>], known: &Questions) -> Option<Questions> {
        let mut new = Questions::default();
        for (at, feature) in self.features.iter().enumerate() {
            if before.get(at).is_none_or(|it| !Arc::ptr_eq(it, feature)) {
                gather(feature, &mut new);
            }
        }
        settle(&mut new);
        (!known.hold(&new)).then(|| self.questions())
    }

    /// All features, to be compared with those of a later graph.
    #[must_use]
    pub fn all_features(&self) -> Arc<Vec<Arc<Feature>>> {
        Arc::clone(&self.features)
    }
}

/// Adds what one feature asks.
fn gather(feature: &Feature, all: &mut Questions) {
    let paths = feature.paths.iter().map(|link| &link.question);
    let hyperlinks = feature.hyperlinks.iter().map(|link| &link.question);
    let linked = paths.chain(hyperlinks).flatten();
    let accepted = feature.accepted.questions();
    let drawn = feature.drawn.iter().flat_map(|tree| &tree.directories);
    let drawn = drawn.filter_map(|each| match &each.standing {
        DirectoryStanding::At(_, question) | DirectoryStanding::Missing(_, question) => {
            Some(question)
        }
        _ => None,
    });
    all.paths
        .extend(linked.chain(accepted).chain(drawn).cloned());

    let named = feature.tasks.iter().flat_map(|task| &task.words);
    all.words.extend(named.map(|(word, _)| word.clone()));
    let claims = feature.claims.iter();
    all.words
        .extend(claims.filter_map(|claim| claim.question().cloned()));
    let bound = feature.bound.iter();
    all.words
        .extend(bound.filter_map(|each| each.question().cloned()));

    let claims = feature.claims.iter().flat_map(SymbolClaim::past);
    all.word_pasts
        .extend(claims.map(|(question, _)| question.clone()));

    let pasts = feature.pasts.iter();
    all.pasts.extend(pasts.map(|(asked, _)| asked.clone()));
    all.pasts.extend(feature.accepted.pasts.iter().cloned());

    let links = feature.accepted.items.iter().flat_map(|item| &item.links);
    let pasts = links.filter_map(|link| Some(link.past.as_ref()?.0.clone()));
    all.code_pasts.extend(pasts);

    all.reworded.extend(feature.outdated.question.clone());
    let files = feature.outdated.items.iter().flat_map(|item| &item.files);
    all.since.extend(files.map(|file| file.question.clone()));
}

/// Sorts, each question once.
fn settle(all: &mut Questions) {
    fn settle<T: Ord>(questions: &mut Vec<T>) {
        questions.sort_unstable();
        questions.dedup();
    }
    settle(&mut all.paths);
    settle(&mut all.words);
    settle(&mut all.word_pasts);
    settle(&mut all.pasts);
    settle(&mut all.code_pasts);
    settle(&mut all.reworded);
    settle(&mut all.since);
}
