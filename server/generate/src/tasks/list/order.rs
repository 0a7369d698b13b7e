//! The order of what is to be done within a phase: what others are built upon comes first.

use rustc_hash::FxHashSet;

use super::layer::turn;
use super::telling::{stem, words};
use super::work::Piece;

/// Most pieces of one story, layer and turn that are held against each other; more stay as the documents have them.
const COMPARED: usize = 60;

/// Sorts by story, layer and what needs what; otherwise all stay as the documents have them.
pub(super) fn sort(pieces: &mut Vec<Piece>) {
    let stem_of = |piece: &Piece| {
        piece
            .path
            .as_deref()
            .map(stem)
            .unwrap_or_default()
            .to_owned()
    };
    pieces.sort_by_key(|piece| {
        (
            piece.story,
            piece.layer,
            piece.path.is_none(),
            turn(piece.layer, &stem_of(piece)),
        )
    });
    let names: Vec<FxHashSet<String>> = pieces
        .iter()
        .map(|piece| words(&stem_of(piece), ""))
        .collect();
    let said: Vec<FxHashSet<String>> = pieces
        .iter()
        .map(|piece| words(&stem_of(piece), &piece.note))
        .collect();
    // What says the whole name of another one and more is built upon it, unless that one says its name, too.
    let says = |one: usize, other: usize| {
        !names[other].is_empty() && names[other].is_subset(&said[one]) && names[one] != names[other]
    };
    let alike = |one: usize, other: usize| {
        let (one, other) = (&pieces[one], &pieces[other]);
        (one.story, one.layer) == (other.story, other.layer)
            && turn(one.layer, &stem_of(one)) == turn(other.layer, &stem_of(other))
    };
    let needs = |one: usize, other: usize| says(one, other) && !says(other, one);
    let mut sorted: Vec<usize> = Vec::with_capacity(pieces.len());
    while sorted.len() < pieces.len() {
        let first = sorted.len();
        let group = (first..pieces.len()).take_while(|other| alike(first, *other));
        let mut left: Vec<usize> = group.collect();
        while !left.is_empty() {
            // In a ring the first of the documents is first.
            let free = left.iter().take(COMPARED).position(|one| {
                let mut others = left.iter().take(COMPARED);
                !others.any(|other| needs(*one, *other))
            });
            sorted.push(left.remove(free.unwrap_or(0)));
        }
    }
    *pieces = sorted.into_iter().map(|at| pieces[at].clone()).collect();
}
