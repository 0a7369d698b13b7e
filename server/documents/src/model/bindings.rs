//! Values that are bound to what holds them.

use grammar::Quantity;
use smol_str::SmolStr;
use text::TextRange;

/// A value with the name of what holds it right beside: ``30 s (`src/http.rs#TIMEOUT`)``, `[30 s](src/http.rs#TIMEOUT)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Bytes of what is said: `30 s`; of a list from its first value to its last, backticks left out.
    pub range: TextRange,
    /// What is said.
    pub said: Said,
    /// Which of [`super::Document::paths`] names what holds it; its symbol is the name there.
    pub path: u32,
    /// Bytes of what only binds: the bracket with the path; of a link `](path#name)`.
    pub mark: TextRange,
}

/// What is said of a thing that code holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// One quantity.
    Quantity {
        /// What it comes to.
        quantity: Quantity,
        /// Bytes of number and unit.
        range: TextRange,
        /// Bytes of the number.
        number: TextRange,
        /// Bytes of the unit; `None` without one.
        unit: Option<TextRange>,
        /// Sign between groups of three digits.
        grouped: Option<char>,
        /// A noun behind it says what is counted.
        counts: bool,
    },
    /// All values of a list, as written in their code spans.
    Values(Vec<(SmolStr, TextRange)>),
}

impl Said {
    /// Bytes from its first to its last.
    #[must_use]
    pub fn range(&self) -> TextRange {
        match self {
            Self::Quantity { range, .. } => *range,
            Self::Values(values) => {
                let ends = values.first().zip(values.last());
                ends.map_or_else(TextRange::default, |((_, first), (_, last))| {
                    first.cover(*last)
                })
            }
        }
    }
}
