//! The order of what is to be done within a phase: what others are built upon comes first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::habits::Habits;
use super::layer::{Layer, turn};
use super::telling::{stem, words};
use super::work::Piece;

/// Most pieces of one story that are held against each other; those behind them come later.
const COMPARED: usize = 80;

/// What a piece's place depends on.
struct Standing<'p> {
    path: Option<&'p str>,
    /// Layer, whether no file is known, and turn within the layer.
    rank: (Layer, bool, usize),
    name: FxHashSet<String>,
    /// Words of its name and of what the plan says of it.
    said: FxHashSet<String>,
}

impl<'p> Standing<'p> {
    fn of(piece: &'p Piece) -> Self {
        let path = piece.path.as_deref();
        let own = path.map(stem).unwrap_or_default();
        Self {
            path,
            rank: rank(piece),
            name: words(own, ""),
            said: words(own, &piece.note),
        }
    }

    /// What says the whole name of another one and more is built upon it.
    fn says(&self, other: &Self) -> bool {
        !other.name.is_empty() && other.name.is_subset(&self.said) && self.name != other.name
    }

    /// Whether this one waits for another one: as the code that is there has it, else by their layers, else where it says the
    /// other's name and not the other way round.
    fn waits(&self, other: &Self, habits: &Habits) -> bool {
        let is_inner = |it: &Self| (Layer::Data..=Layer::Page).contains(&it.rank.0);
        let both = self.path.zip(other.path);
        let both = both.filter(|_| is_inner(self) && is_inner(other));
        match both.and_then(|(one, other)| habits.needs(one, other)) {
            Some(waits) => waits,
            None if self.rank != other.rank => self.rank > other.rank,
            None => self.says(other) && !other.says(self),
        }
    }
}

fn rank(piece: &Piece) -> (Layer, bool, usize) {
    let path = piece.path.as_deref();
    let turn = turn(piece.layer, path.unwrap_or_default());
    (piece.layer, path.is_none(), turn)
}

/// Sorts by story and by what needs what.
pub(super) fn sort(pieces: &mut Vec<Piece>, habits: &Habits) {
    if !is_alphabetical(pieces) {
        turn_round(pieces);
    }
    pieces.sort_by_key(|piece| (piece.story, rank(piece)));
    let standings: Vec<Standing<'_>> = pieces.iter().map(Standing::of).collect();
    let mut sorted: Vec<usize> = Vec::with_capacity(pieces.len());
    while let Some(first) = pieces.get(sorted.len()) {
        let from = sorted.len();
        let next = pieces[from..].iter().take(COMPARED);
        let count = next.take_while(|piece| piece.story == first.story).count();
        let mut left: Vec<usize> = (from..from + count).collect();
        let needed: Vec<Vec<usize>> = left
            .iter()
            .map(|one| {
                let others = left.iter().copied().filter(|other| other != one);
                let waits = |other: &usize| standings[*one].waits(&standings[*other], habits);
                others.filter(waits).collect()
            })
            .collect();
        while !left.is_empty() {
            // In a ring the first is first.
            let free = left.iter().position(|one| {
                let needed = &needed[*one - from];
                !left.iter().any(|other| needed.contains(other))
            });
            sorted.push(left.remove(free.unwrap_or(0)));
        }
    }
    *pieces = sorted.into_iter().map(|at| pieces[at].clone()).collect();
}

/// Who draws a tree by hand draws the whole before its parts; what is built upon them comes last. Data stays as it is: it is
/// told from the most important on.
fn turn_round(pieces: &mut Vec<Piece>) {
    let is_told = |piece: &Piece| {
        let others = [Layer::Settings, Layer::Data, Layer::Wiring, Layer::Prose];
        piece.path.is_none() || others.contains(&piece.layer)
    };
    let (told, drawn): (Vec<Piece>, Vec<Piece>) =
        std::mem::take(pieces).into_iter().partition(is_told);
    pieces.extend(told);
    pieces.extend(drawn.into_iter().rev());
}

/// Whether every directory names its files by the alphabet: an order that says nothing.
fn is_alphabetical(pieces: &[Piece]) -> bool {
    let mut last: FxHashMap<&str, String> = FxHashMap::default();
    pieces
        .iter()
        .filter_map(|piece| piece.path.as_deref())
        .all(|path| {
            let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
            let name = name.to_lowercase();
            let before = last.insert(dir, name.clone());
            before.is_none_or(|before| before <= name)
        })
}
