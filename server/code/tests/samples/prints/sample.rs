use std::fmt::{Debug, Display};

pub const LIMIT: u32 = 30;

/// What is kept.
#[derive(Debug, Clone)]
pub struct Store {
    pub items: Vec<u32>,
    size: usize,
}

pub enum Mode {
    Fast,
    Slow { after: u32 },
}

impl Store {
    /// Adds one.
    pub fn add(&mut self, item: u32, mode: Mode) -> Option<u32> {
        use std::mem::{replace, take};
        let locA = item + LIMIT;
        let (locB, locC) = split(locA);
        // twice
        for locD in 0..locB {
            self.items.push(locD * locC);
        }
        let locE = |locF: u32| locF + 1;
        match mode {
            Mode::Slow { after: locG } => Some(locE(locG)),
            Mode::Fast => self.items.iter().map(|locH| locH + item).max(),
        }
    }
}

fn split(whole: u32) -> (u32, u32) {
    if whole > 4 {
        return (whole - 4, 4);
    }
    (whole, 0)
}
