//! What the build made of `tokens.toml`: the kinds, the keywords, the DFA.

use regex_automata::Anchored;
use regex_automata::dfa::{Automaton, sparse};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/tokens.rs"));

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tokens.dfa"));

/// The DFA of all patterns.
pub(super) struct Table {
    dfa: sparse::DFA<&'static [u8]>,
    start: StateID,
}

/// The table, checked once. `None` cannot happen: a test reads it.
pub(super) fn table() -> Option<&'static Table> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            let (dfa, _) = sparse::DFA::from_bytes(BYTES).ok()?;
            let start = dfa
                .start_state(&start::Config::new().anchored(Anchored::Yes))
                .ok()?;
            Some(Table { dfa, start })
        })
        .as_ref()
}

impl Table {
    /// The longest token at `pos`, of equally long ones the first in the table, and its end.
    pub(super) fn longest(&self, bytes: &[u8], pos: usize) -> Option<(TokenKind, usize)> {
        let mut state = self.start;
        let mut best = None;
        // A match is seen one byte late: the state after `bytes[at]` matches what ends at `at`.
        for (at, byte) in bytes.iter().enumerate().skip(pos) {
            state = self.dfa.next_state(state, *byte);
            if self.dfa.is_special_state(state) {
                if self.dfa.is_match_state(state) {
                    best = Some((state, at));
                } else if self.dfa.is_dead_state(state) || self.dfa.is_quit_state(state) {
                    return self.kind(best);
                }
            }
        }
        state = self.dfa.next_eoi_state(state);
        if self.dfa.is_match_state(state) {
            best = Some((state, bytes.len()));
        }
        self.kind(best)
    }

    fn kind(&self, best: Option<(StateID, usize)>) -> Option<(TokenKind, usize)> {
        let (state, end) = best?;
        let first = (0..self.dfa.match_len(state))
            .map(|at| self.dfa.match_pattern(state, at).as_usize())
            .min()?;
        Some((*KINDS.get(first)?, end))
    }
}
