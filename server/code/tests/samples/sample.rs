//! Sessions. Feature: 027-login (see specs/027-login/spec.md).

use std::fmt;
use crate::{keep::{self, Keep as Kept}, login::*};
extern crate core as base;

/// Keeps sessions, FR-001.
#[derive(Debug)]
pub struct Store<T> {
    /// FR-002
    pub items: Vec<T>,
    limit: usize, // SC-003
}

pub enum State { Open, Closed(u8) }

const LIMIT: usize = 30;

impl<T> Store<T> {
    // Implements FR-004
    // and FR-005 too.
    pub fn put(&mut self, item: T) -> bool
    where
        T: Clone,
    {
        // US1
        fn inner() {}
        true
    }
}

impl fmt::Display for crate::Store<u8> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { Ok(()) }
}

pub trait Keep: Sized {
    type Item;
    fn keep(&self);
    fn drop_all(&self) {}
}

macro_rules! twice { ($x:expr) => { $x; $x } }

#[cfg(test)]
mod tests {
    use super::*;

    fn helper() {}

    #[test]
    fn fr_001_keeps() {
        assert!(true, "FR-001: it keeps");
    }

    /// US2: nothing is lost
    #[tokio::test(flavor = "current_thread")]
    #[ignore = "slow"]
    async fn slow_one() {
        helper();
    }

    proptest! {
        #[test]
        fn never_panics(x in 0..9) { prop_assert!(x < 9); }
    }
}
