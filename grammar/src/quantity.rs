//! Quantities: a number with a unit, as prose, programs and files of settings write them.
//!
//! Money is none, nor are dates, versions, ranges and what is counted in words. Digits are ASCII.

mod number;
mod read;
mod unit;

use std::fmt;

pub use number::Number;
pub use read::{WrittenQuantity, quantities, quantity_at_end};
use serde::{Deserialize, Serialize};
pub use unit::{Dimension, Unit};

/// A number and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// How many.
    pub number: Number,
    /// Of what; `None`: nobody says, or something that is only counted.
    pub unit: Option<Unit>,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number)?;
        match self.unit.map_or("", Unit::sign) {
            "" => Ok(()),
            sign => write!(f, " {sign}"),
        }
    }
}

/// Whether two quantities are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// In every reading.
    Same,
    /// In no reading.
    Other,
    /// It hangs on a unit that is not written.
    Unknown,
}

impl Quantity {
    /// A quantity without a unit.
    #[must_use]
    pub fn bare(number: Number) -> Self {
        Self { number, unit: None }
    }

    /// What a string says that is a quantity and nothing else: `30s`, `10 MB`, `5m`, `1h30m`, `PT30S`, `15%`. A unit that
    /// programs abbreviate is read as they do: `m` is minutes.
    #[must_use]
    pub fn of_setting(text: &str) -> Option<Self> {
        read::setting(text.trim())
    }

    /// The unit that a name ends with or speaks of: `TIMEOUT_MS`, `timeoutSeconds`, `max-age-days`.
    #[must_use]
    pub fn unit_of_name(name: &str) -> Option<Unit> {
        unit::of_name(name)
    }

    /// This quantity, as a number of `unit`s.
    #[must_use]
    pub fn number_in(self, unit: Unit) -> Option<Number> {
        let own = self.unit?;
        if own == unit {
            return Some(self.number);
        }
        if own.dimension() != unit.dimension() {
            return None;
        }
        let base = self.number.times(Number::whole(own.factor()?))?;
        base.over(Number::whole(unit.factor()?))
    }

    /// The same, by that reading of both units that gives a whole number, if one does: prose may mean 1,024 by `KB`.
    #[must_use]
    pub fn number_as(self, unit: Unit) -> Option<Number> {
        let own = self.unit?;
        let mut all = own.readings().flat_map(|own| {
            let this = Self {
                unit: Some(own),
                ..self
            };
            unit.readings().filter_map(move |unit| this.number_in(unit))
        });
        let plain = self.number_in(unit);
        all.find(|number| number.as_whole().is_some()).or(plain)
    }

    /// Whether a program's value is what prose says. Prose may mean a thousand or 1,024 by `KB`.
    #[must_use]
    pub fn compare(said: Self, held: Self) -> Sameness {
        let same = |yes: bool| if yes { Sameness::Same } else { Sameness::Other };
        match (said.unit, held.unit) {
            (None, None) => same(said.number == held.number),
            (Some(unit), Some(own)) => {
                if unit.dimension() != own.dimension() || unit.dimension() == Dimension::Other {
                    return if said.number == held.number && unit == own {
                        Sameness::Same
                    } else {
                        Sameness::Unknown
                    };
                }
                let said = unit.readings().filter_map(|unit| {
                    Self {
                        unit: Some(unit),
                        ..said
                    }
                    .base()
                });
                let said: Vec<Number> = said.collect();
                let held: Vec<Number> = own
                    .readings()
                    .filter_map(|unit| {
                        Self {
                            unit: Some(unit),
                            ..held
                        }
                        .base()
                    })
                    .collect();
                if said.is_empty() || held.is_empty() {
                    return Sameness::Unknown;
                }
                same(said.iter().any(|each| held.contains(each)))
            }
            (Some(unit), None) => Self::with_one_unit(said, unit, held.number),
            (None, Some(unit)) => Self::with_one_unit(held, unit, said.number),
        }
    }

    /// Only one side has a unit: the bare numbers agree, or the other one is no number of any unit that would make them the
    /// same.
    fn with_one_unit(one: Self, unit: Unit, bare: Number) -> Sameness {
        if one.number == bare {
            return Sameness::Same;
        }
        if unit == Unit::Percent {
            // A share of one is how programs write per cent.
            let hundredths = bare.times(Number::whole(100));
            return if hundredths == Some(one.number) {
                Sameness::Same
            } else {
                Sameness::Other
            };
        }
        let Some(all) = unit.siblings() else {
            return Sameness::Unknown;
        };
        let bases: Vec<Number> = unit
            .readings()
            .filter_map(|unit| {
                Self {
                    unit: Some(unit),
                    ..one
                }
                .base()
            })
            .collect();
        for sibling in all {
            let other = Self {
                number: bare,
                unit: Some(*sibling),
            };
            match other.base() {
                Some(base) if !bases.contains(&base) => {}
                _ => return Sameness::Unknown,
            }
        }
        Sameness::Other
    }

    fn base(self) -> Option<Number> {
        self.number.times(Number::whole(self.unit?.factor()?))
    }
}
