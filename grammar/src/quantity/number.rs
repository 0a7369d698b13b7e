//! Exact numbers: what decimal fractions, products and quotients of literals come to.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number {
    top: i128,
    bottom: i128,
}

/// Most digits a number is read with.
const MOST_DIGITS: usize = 24;

impl Number {
    /// A whole number.
    #[must_use]
    pub fn whole(value: i128) -> Self {
        Self {
            top: value,
            bottom: 1,
        }
    }

    fn new(top: i128, bottom: i128) -> Option<Self> {
        if bottom == 0 {
            return None;
        }
        let divisor = gcd(top.unsigned_abs(), bottom.unsigned_abs());
        let divisor = i128::try_from(divisor).ok().filter(|each| *each != 0)?;
        let sign = if bottom < 0 { -1 } else { 1 };
        Some(Self {
            top: (top / divisor).checked_mul(sign)?,
            bottom: (bottom / divisor).checked_mul(sign)?,
        })
    }

    /// A decimal number: digits, at most one point, an exponent (`1e3`). No sign, no separators.
    #[must_use]
    pub fn decimal(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || !is_digits(whole)
            || !is_digits(part)
            || digits.len() > MOST_DIGITS
            || exponent.unsigned_abs() > 18
        {
            return None;
        }
        let all: i128 = format!("{whole}{part}").parse().ok()?;
        let scale = exponent - i32::try_from(part.len()).ok()?;
        let power = 10_i128.checked_pow(scale.unsigned_abs())?;
        if scale < 0 {
            Self::new(all, power)
        } else {
            Self::new(all.checked_mul(power)?, 1)
        }
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.top.checked_mul(other.bottom)?;
        let right = other.top.checked_mul(self.bottom)?;
        Self::new(
            left.checked_add(right)?,
            self.bottom.checked_mul(other.bottom)?,
        )
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self {
            top: other.top.checked_neg()?,
            ..other
        })
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(
            self.top.checked_mul(other.top)?,
            self.bottom.checked_mul(other.bottom)?,
        )
    }

    /// The quotient.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        Self::new(
            self.top.checked_mul(other.bottom)?,
            self.bottom.checked_mul(other.top)?,
        )
    }

    /// The number, if it has no fraction.
    #[must_use]
    pub fn as_whole(self) -> Option<i128> {
        (self.bottom == 1).then_some(self.top)
    }

    /// Its decimal digits with at most `places` behind the point; `None` if that is not all of it.
    #[must_use]
    pub fn to_decimal(self, places: u32) -> Option<String> {
        let scale = 10_i128.checked_pow(places)?;
        let scaled = self.times(Self::whole(scale))?.as_whole()?;
        let sign = if scaled < 0 { "-" } else { "" };
        let scaled = scaled.unsigned_abs();
        let scale = scale.unsigned_abs();
        let (whole, part) = (scaled / scale, scaled % scale);
        if part == 0 {
            return Some(format!("{sign}{whole}"));
        }
        let part = format!("{part:0width$}", width = places as usize);
        Some(format!("{sign}{whole}.{}", part.trim_end_matches('0')))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal(9) {
            Some(text) => f.write_str(&text),
            None => write!(f, "{}/{}", self.top, self.bottom),
        }
    }
}

fn gcd(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
