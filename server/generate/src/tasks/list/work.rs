//! What is to be built for a feature, gathered from its documents: files that the plan draws, entities, operations and
//! requirements, each with the story it is for.
//!
//! Which story a file or a requirement belongs to is told by what names it, else by words that few stories have. Where no
//! words tell, it belongs to all of them.

use documents::{Item, ItemKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument, Graph};

use super::habits::Habits;
use super::layer::{Layer, is_gathering};
use super::order;
use super::telling::{squeezed, stem, weights, words};
use super::tested;
use crate::tasks::ground;

/// A file that is to be written or changed.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any may go with any"
)]
pub(super) struct Piece {
    /// Its path as the plan has it; `None` where no document names one.
    pub(super) path: Option<String>,
    pub(super) exists: bool,
    /// What the plan says of it.
    pub(super) note: String,
    /// Entities and operations that it holds.
    pub(super) things: Vec<String>,
    /// Whose it is, by its place in [`Work::stories`]; nobody's alone where every story needs it.
    pub(super) story: Option<usize>,
    pub(super) cites: Vec<SmolStr>,
    pub(super) layer: Layer,
    pub(super) words: FxHashSet<String>,
    /// It is there, and the plan only draws it for orientation: no work by itself.
    pub(super) is_drawn_only: bool,
    /// The plan says that it stays as it is.
    pub(super) is_left: bool,
    /// It is to be deleted.
    pub(super) is_gone: bool,
    /// A document names its story beside it.
    pub(super) is_named: bool,
    /// It is another story's, or everybody's, and the nearest to what this one says.
    pub(super) is_lent: bool,
}

/// A file of tests that is to be written.
#[derive(Debug, Clone)]
pub(super) struct TestFile {
    pub(super) path: String,
    /// Of its name.
    pub(super) words: FxHashSet<String>,
    /// That of the code it tests.
    pub(super) story: Option<usize>,
    /// The code that it tests is written for all stories.
    pub(super) is_shared: bool,
}

/// Everything that is to be done.
pub(super) struct Work<'a> {
    /// By priority, then by their place.
    pub(super) stories: Vec<&'a Item>,
    pub(super) pieces: Vec<Piece>,
    /// Files of tests that the plan draws, else those that the project's own would stand beside.
    pub(super) tests: Vec<TestFile>,
    /// Every file of code that the plan draws.
    pub(super) places: Vec<String>,
    /// The words of each story.
    pub(super) texts: Vec<FxHashSet<String>>,
    /// What the code that is there imports.
    pub(super) habits: Habits,
    /// How much a word tells of a story.
    weights: Vec<FxHashMap<String, f64>>,
}

impl Piece {
    /// Whether one of two files may import the other: the name of one stands in what is known of the other.
    pub(super) fn may_need(&self, other: &Self) -> bool {
        let says = |one: &Self, other: &Self| {
            let name = one.path.as_deref().map(|path| words(stem(path), ""));
            let own = other.path.as_deref().map(stem).unwrap_or_default();
            let said = words(own, &format!("{} {}", other.note, other.things.join(" ")));
            name.is_some_and(|name| name.is_empty() || name.is_subset(&said))
        };
        says(self, other) || says(other, self)
    }
}

impl<'a> Work<'a> {
    pub(super) fn of(graph: &Graph, feature: &'a Feature, spec: &'a FeatureDocument) -> Self {
        let stories = stories(spec);
        let texts: Vec<FxHashSet<String>> = stories
            .iter()
            .map(|story| words("", spec.slice(story.range)))
            .collect();
        let weights = weights(spec, &stories, &texts);
        let mut work = Work {
            stories,
            pieces: Vec::new(),
            tests: Vec::new(),
            places: Vec::new(),
            texts,
            habits: Habits::of(graph, feature),
            weights,
        };
        work.take_files(graph, feature);
        work.take_named(graph, feature);
        work.take_entities(graph, feature, spec);
        work.take_operations(feature);
        let pieces = std::mem::take(&mut work.pieces);
        let is_work = |piece: &Piece| !piece.is_drawn_only || !piece.things.is_empty();
        work.places = pieces
            .iter()
            .filter_map(|piece| piece.path.clone())
            .collect();
        work.pieces = pieces.into_iter().filter(is_work).collect();
        work.gather();
        work.lend();
        work.take_requirements(feature, spec);
        if work.tests.is_empty() {
            work.tests = tested::tests(graph, feature, &work);
        }
        work.begin_once();
        work.own_tests();
        work.spread_wiring();
        work.show();
        order::sort(&mut work.pieces, &work.habits);
        work
    }

    /// A file that other stories work on by what it holds is not created once more by one that only has its words.
    fn begin_once(&mut self) {
        let mut at = 0;
        while at < self.pieces.len() {
            let piece = &self.pieces[at];
            let is_bare = piece.path.is_some()
                && piece.story.is_some()
                && piece.things.is_empty()
                && piece.cites.is_empty()
                && !piece.is_gone
                && !piece.is_lent;
            let others = || {
                self.pieces
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != at)
            };
            let held = others().find(|(_, other)| other.path == piece.path && !other.is_lent);
            let stays = others().any(|(_, other)| other.story == piece.story);
            match held {
                Some((other, _)) if is_bare && stays => {
                    let note = std::mem::take(&mut self.pieces[at].note);
                    if self.pieces[other].note.is_empty() {
                        self.pieces[other].note = note;
                    }
                    self.pieces.remove(at);
                }
                _ => at += 1,
            }
        }
    }

    /// A test that is called like the only file of code belongs where that one does.
    fn own_tests(&mut self) {
        for at in 0..self.tests.len() {
            let name = self.tests[at].path.rsplit('/').next();
            let Some(code) = name.and_then(crate::tasks::stem_of_test).map(squeezed) else {
                continue;
            };
            let called = |piece: &Piece| piece.path.as_deref().map(stem).map(squeezed);
            let found = self.only(|piece| !piece.is_lent && called(piece).as_ref() == Some(&code));
            if let Some(piece) = found.map(|at| &self.pieces[at]) {
                let story = piece.story;
                self.tests[at].is_shared = story.is_none() && piece.layer != Layer::Wiring;
                self.tests[at].story = story;
            }
        }
    }

    /// A story without a file of its own works on the one whose words tell most of it; its requirements go with it.
    fn lend(&mut self) {
        for story in 0..self.stories.len() {
            if self.pieces.iter().all(|piece| piece.story != Some(story)) {
                let lent = self.nearest(story);
                self.pieces.push(Piece {
                    story: Some(story),
                    path: lent.and_then(|at| self.pieces[at].path.clone()),
                    layer: lent.map_or(Layer::Logic, |at| self.pieces[at].layer),
                    exists: true,
                    is_lent: true,
                    ..Piece::default()
                });
            }
        }
    }

    /// Each requirement once: with the piece of its story that shares most words with it, else with the last.
    fn take_requirements(&mut self, feature: &Feature, spec: &FeatureDocument) {
        let said: Vec<Vec<SmolStr>> = self
            .stories
            .iter()
            .map(|story| ground::requirements(feature, spec, story))
            .collect();
        let mut seen: FxHashSet<&SmolStr> = FxHashSet::default();
        for (_, item) in spec.facts().items_of(ItemKind::Requirement) {
            if item.id.is_empty() || is_open(spec, item) || !seen.insert(&item.id) {
                continue;
            }
            let words = words("", spec.slice(item.range));
            let story = said
                .iter()
                .position(|ids| ids.contains(&item.id))
                .or_else(|| self.told(&words));
            let mine = |piece: &Piece| story.is_none() || piece.story == story;
            let common = |piece: &Piece| piece.words.intersection(&words).count();
            let best = self
                .pieces
                .iter()
                .enumerate()
                .filter(|(_, piece)| mine(piece))
                .max_by_key(|(at, piece)| {
                    (
                        common(piece),
                        piece.layer <= Layer::Logic,
                        std::cmp::Reverse(*at),
                    )
                })
                .filter(|(_, piece)| story.is_some() || common(piece) > 0)
                .map(|(at, _)| at);
            if let Some(piece) = best.and_then(|at| self.pieces.get_mut(at)) {
                piece.cites.push(item.id.clone());
            } else {
                let homeless = |piece: &Piece| {
                    piece.path.is_none() && piece.things.is_empty() && piece.story == story
                };
                if let Some(piece) = self.pieces.iter_mut().find(|piece| homeless(piece)) {
                    piece.cites.push(item.id.clone());
                } else {
                    self.pieces.push(Piece {
                        story,
                        cites: vec![item.id.clone()],
                        ..Piece::default()
                    });
                }
            }
        }
    }

    /// The story that words tell of: the one with the most telling ones, if no other has nearly as many.
    pub(super) fn told(&self, words: &FxHashSet<String>) -> Option<usize> {
        self.told_by(&FxHashSet::default(), words, 1.2)
    }

    /// The same where the words of a name say twice as much as others, and the first must say so many times as much as the
    /// second.
    pub(super) fn told_by(
        &self,
        name: &FxHashSet<String>,
        words: &FxHashSet<String>,
        ahead: f64,
    ) -> Option<usize> {
        if self.stories.len() < 2 {
            return (!self.stories.is_empty()).then_some(0);
        }
        let sum = |words: &FxHashSet<String>, weights: &FxHashMap<String, f64>| -> f64 {
            words.iter().filter_map(|word| weights.get(word)).sum()
        };
        let scores = self.weights.iter();
        let scores = scores.map(|weights| sum(words, weights) + sum(name, weights));
        let mut scores: Vec<(usize, f64)> = scores.enumerate().collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (first, second) = (scores.first()?, scores.get(1)?);
        (first.1 > 0.0 && first.1 >= second.1 * ahead).then_some(first.0)
    }

    /// The stories that a text names by their ids: `US3`, `User Story 3`.
    pub(super) fn ids_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let all = self.stories.iter().enumerate();
        let named = all.filter(move |(_, story)| {
            let number = story.id.trim_start_matches(|c: char| !c.is_ascii_digit());
            !number.is_empty()
                && [story.id.as_str(), &format!("User Story {number}")]
                    .iter()
                    .any(|id| ground::has_word(text, id))
        });
        named.map(|(at, _)| at)
    }

    /// What puts parts together is changed by every story that brings a new part: one below its directory, else below the same
    /// one at the top. A new one is begun before them, unless it only gathers what is beside it.
    fn spread_wiring(&mut self) {
        let is_wiring = |piece: &Piece| piece.layer == Layer::Wiring && piece.story.is_none();
        let (wiring, mut rest): (Vec<Piece>, Vec<Piece>) = std::mem::take(&mut self.pieces)
            .into_iter()
            .partition(is_wiring);
        let mut all = Vec::new();
        for piece in wiring {
            let path = piece.path.as_deref().unwrap_or_default();
            let below = |dir: &str| -> Vec<usize> {
                let parts = rest.iter().filter(|part| {
                    let inside = part.path.as_deref().and_then(|path| path.strip_prefix(dir));
                    let is_part = !matches!(part.layer, Layer::Settings | Layer::Prose);
                    !part.exists
                        && is_part
                        && inside.is_some_and(|it| dir.is_empty() || it.starts_with('/'))
                });
                let mut stories: Vec<usize> = parts.filter_map(|part| part.story).collect();
                stories.sort_unstable();
                stories.dedup();
                stories
            };
            let gathers = is_gathering(stem(path));
            let mut stories = below(path.rsplit_once('/').map_or("", |(dir, _)| dir));
            if stories.is_empty() && !gathers {
                stories = below(path.split_once('/').map_or("", |(top, _)| top));
            }
            let first = if piece.exists || gathers {
                stories.first().copied()
            } else {
                None
            };
            let later = stories.iter().filter(|story| Some(**story) != first);
            let later: Vec<Piece> = later
                .map(|story| Piece {
                    path: piece.path.clone(),
                    exists: true,
                    layer: Layer::Wiring,
                    story: Some(*story),
                    ..Piece::default()
                })
                .collect();
            all.push(Piece {
                story: first,
                ..piece
            });
            all.extend(later);
        }
        rest.extend(all);
        self.pieces = rest;
    }

    /// The piece whose words tell most of a story that has none of its own.
    fn nearest(&self, story: usize) -> Option<usize> {
        let able = |piece: &Piece| {
            piece.path.is_some()
                && !matches!(piece.layer, Layer::Settings | Layer::Prose)
                && !piece.is_gone
        };
        let all = self.pieces.iter().enumerate();
        let all = all.filter(|(_, piece)| able(piece));
        self.most_telling(story, all.map(|(at, piece)| (at, &piece.words)))
    }

    /// The file of tests whose words tell most of a story that has none of its own, if they tell of no other one.
    pub(super) fn nearest_test(&self, story: usize) -> Option<String> {
        let all = self.tests.iter().enumerate().filter(|(_, test)| {
            let owner = test.story.or_else(|| self.told(&test.words));
            owner.is_none_or(|owner| owner == story)
        });
        let at = self.most_telling(story, all.map(|(at, test)| (at, &test.words)))?;
        Some(self.tests[at].path.clone())
    }

    /// Which of some words tell most of a story; of those that tell nothing by themselves, those that it says.
    fn most_telling<'w>(
        &self,
        story: usize,
        all: impl Iterator<Item = (usize, &'w FxHashSet<String>)>,
    ) -> Option<usize> {
        let (weights, text) = (self.weights.get(story)?, self.texts.get(story)?);
        let score = |words: &FxHashSet<String>| -> f64 {
            let told: f64 = words.iter().filter_map(|word| weights.get(word)).sum();
            let said = words.iter().filter(|word| text.contains(*word)).count();
            told + 0.1 * f64::from(u32::try_from(said).unwrap_or(u32::MAX))
        };
        let scored = all.map(|(at, words)| (at, score(words)));
        scored
            .filter(|(_, score)| *score > 0.0)
            .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))
            .map(|(at, _)| at)
    }

    pub(super) fn only(&self, is: impl Fn(&Piece) -> bool) -> Option<usize> {
        let mut found = (0..self.pieces.len()).filter(|at| is(&self.pieces[*at]));
        found.next().filter(|_| found.next().is_none())
    }
}

/// The only one of some stories.
pub(super) fn only_one(mut stories: impl Iterator<Item = usize>) -> Option<usize> {
    stories.next().filter(|_| stories.next().is_none())
}

/// Stories by priority; what the template left in is none.
fn stories(spec: &FeatureDocument) -> Vec<&Item> {
    let mut stories: Vec<&Item> = Vec::new();
    for (_, story) in spec.facts().items_of(ItemKind::Story) {
        let is_known = stories.iter().any(|known| known.id == story.id);
        if !is_known && !story.id.is_empty() && !is_open(spec, story) {
            stories.push(story);
        }
    }
    let priority = |story: &&Item| {
        let label = story.story.as_ref().and_then(|it| it.priority.as_ref());
        label.map_or_else(|| "~".to_owned(), |label| label.text.to_string())
    };
    stories.sort_by_key(priority);
    stories
}

/// Whether the template's own words still stand in an item's name.
pub(super) fn is_open(document: &FeatureDocument, item: &Item) -> bool {
    let named = item.id_range.cover(item.title_range);
    let mut placeholders = document.facts().placeholders.iter();
    placeholders.any(|it| named.intersect(it.range).is_some())
}
