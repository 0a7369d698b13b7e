//! What one story brings and another one needs: a part goes into the first story that needs it, a page is changed by every
//! story that brings a part of it.

use rustc_hash::FxHashSet;

use super::files::name_of;
use super::layer::{Layer, is_said_of_kinds};
use super::telling::words;
use super::work::{Piece, Work};

/// Most pieces that are held against each other.
const COMPARED: usize = 300;

impl Work<'_> {
    /// What a file of an earlier story, or of all, needs by its name goes there, and so does what the code lets many
    /// directories import. A story that a document names stays.
    pub(super) fn gather(&mut self) {
        let subjects: Vec<FxHashSet<String>> = self.pieces.iter().map(subject).collect();
        for at in 0..self.pieces.len().min(COMPARED) {
            let piece = &self.pieces[at];
            let may_move = !piece.is_named && (Layer::Base..=Layer::View).contains(&piece.layer);
            let path = piece.path.as_deref().filter(|_| may_move);
            let Some((story, path)) = piece.story.zip(path) else {
                continue;
            };
            let own = &subjects[at];
            let is_library = piece.layer == Layer::Logic && self.habits.is_library(path);
            let all = self.pieces.iter().zip(&subjects).take(COMPARED);
            // What the part's own story works on, too, takes it up then.
            let is_changed = |other: &Piece| {
                let mut own = self.pieces.iter().filter(|it| it.story == Some(story));
                own.any(|it| it.path == other.path)
            };
            let earlier = all.filter(|(other, about)| {
                other.story < Some(story)
                    && !other.is_gone
                    && (Layer::Base..=Layer::Page).contains(&other.layer)
                    && (is_library || !own.is_empty() && own.is_subset(about))
                    && self.needs(other, piece)
                    && !is_changed(other)
            });
            let first = earlier.map(|(other, _)| other.story).min();
            let is_there = |to: &Option<usize>| {
                let mut all = self.pieces.iter();
                all.any(|other| other.story == *to && other.path == piece.path)
            };
            if let Some(to) = first.filter(|to| !is_there(to)) {
                self.pieces[at].story = to;
            }
        }
    }

    /// Whether one file may import another one: as the code that is there has it, else by their layers.
    fn needs(&self, one: &Piece, other: &Piece) -> bool {
        let both = one.path.as_deref().zip(other.path.as_deref());
        let told = both.and_then(|(one, other)| self.habits.needs(one, other));
        told.unwrap_or(one.layer > other.layer)
    }

    /// A story with new components and no page of its own changes the page of an earlier one that is to show them: the only
    /// one, else the only one that shares a word with them.
    pub(super) fn show(&mut self) {
        for story in 0..self.stories.len() {
            let own = self.pieces.iter().filter(|it| it.story == Some(story));
            let (pages, rest): (Vec<&Piece>, Vec<&Piece>) =
                own.partition(|it| it.layer == Layer::Page);
            let brings: Vec<&Piece> = rest
                .into_iter()
                .filter(|it| it.layer == Layer::View && !it.exists)
                .collect();
            if brings.is_empty() || !pages.is_empty() {
                continue;
            }
            let earlier = self
                .pieces
                .iter()
                .filter(|it| it.layer == Layer::Page && it.story < Some(story) && !it.is_gone);
            let mut shown: Vec<&str> = earlier.filter_map(|it| it.path.as_deref()).collect();
            shown.sort_unstable();
            shown.dedup();
            if shown.len() > 1 {
                let about: Vec<FxHashSet<String>> = brings.iter().map(|it| subject(it)).collect();
                shown.retain(|page| {
                    let name = about_of(name_of(page));
                    about.iter().any(|words| !words.is_disjoint(&name))
                });
            }
            if let [page] = shown.as_slice() {
                let page = Piece {
                    path: Some((*page).to_owned()),
                    exists: true,
                    layer: Layer::Page,
                    story: Some(story),
                    ..Piece::default()
                };
                self.pieces.push(page);
            }
        }
    }
}

/// What a file is about: what its name says, else what its directory says.
fn subject(piece: &Piece) -> FxHashSet<String> {
    let path = piece.path.as_deref().unwrap_or_default();
    let own = about_of(name_of(path));
    if own.is_empty() {
        about_of(path.rsplit('/').nth(1).unwrap_or_default())
    } else {
        own
    }
}

/// The words of a name that do not say what kind of file it is.
fn about_of(name: &str) -> FxHashSet<String> {
    let mut words = words(name, "");
    words.retain(|word| !is_said_of_kinds(word));
    words
}
