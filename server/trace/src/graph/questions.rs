//! All that is asked of git and of the sources, gathered from the features.

use super::Graph;
use crate::acceptance::CodePastQuestion;
use crate::drawn::DirectoryStanding;
use crate::history::{PastQuestion, PathQuestion, Questions, WordPastQuestion, WordQuestion};
use crate::outdated::{RewordedQuestion, SinceQuestion};

impl Graph {
    /// What git should be asked, whether or not it answered yet.
    #[must_use]
    pub fn questions(&self) -> Questions {
        let mut paths: Vec<PathQuestion> = self
            .features
            .iter()
            .flat_map(|feature| {
                let paths = feature.paths.iter().map(|link| &link.question);
                let hyperlinks = feature.hyperlinks.iter().map(|link| &link.question);
                let accepted = feature.accepted.questions();
                let drawn = feature.drawn.iter().flat_map(|tree| &tree.directories);
                let drawn = drawn.filter_map(|each| match &each.standing {
                    DirectoryStanding::At(_, question)
                    | DirectoryStanding::Missing(_, question) => Some(question),
                    _ => None,
                });
                let linked = paths.chain(hyperlinks).flatten();
                linked.chain(accepted).chain(drawn).cloned()
            })
            .collect();
        paths.sort_unstable();
        paths.dedup();
        let tasks = self.features.iter().flat_map(|feature| &feature.tasks);
        let mut words: Vec<WordQuestion> = tasks
            .flat_map(|task| task.words.iter().map(|(word, _)| word.clone()))
            .collect();
        let claims = self.features.iter().flat_map(|feature| &feature.claims);
        words.extend(claims.clone().filter_map(|claim| claim.question().cloned()));
        let bound = self.features.iter().flat_map(|feature| &feature.bound);
        words.extend(bound.filter_map(|each| each.question().cloned()));
        words.sort_unstable();
        words.dedup();
        let mut word_pasts: Vec<WordPastQuestion> = claims
            .flat_map(|claim| claim.past().iter().map(|(question, _)| question.clone()))
            .collect();
        word_pasts.sort_unstable();
        word_pasts.dedup();
        let pasts = self.features.iter().flat_map(|feature| &feature.pasts);
        let mut pasts: Vec<PastQuestion> = pasts.map(|(asked, _)| asked.clone()).collect();
        let accepted = self.features.iter().flat_map(|each| &each.accepted.pasts);
        pasts.extend(accepted.cloned());
        pasts.sort_unstable();
        pasts.dedup();
        let accepted = self.features.iter().flat_map(|each| &each.accepted.items);
        let links = accepted.flat_map(|item| &item.links);
        let mut code_pasts: Vec<CodePastQuestion> = links
            .filter_map(|link| Some(link.past.as_ref()?.0.clone()))
            .collect();
        code_pasts.sort_unstable();
        code_pasts.dedup();
        let outdated = || self.features.iter().map(|each| &each.outdated);
        let mut reworded: Vec<RewordedQuestion> = outdated()
            .filter_map(|outdated| outdated.question.clone())
            .collect();
        reworded.sort_unstable();
        reworded.dedup();
        let items = outdated().flat_map(|outdated| &outdated.items);
        let files = items.flat_map(|item| &item.files);
        let mut since: Vec<SinceQuestion> = files.map(|file| file.question.clone()).collect();
        since.sort_unstable();
        since.dedup();
        Questions {
            paths,
            words,
            pasts,
            word_pasts,
            code_pasts,
            reworded,
            since,
        }
    }
}
