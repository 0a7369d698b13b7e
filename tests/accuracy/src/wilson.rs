//! How sure a share is.

/// Lower and upper end of the Wilson 95 % interval of `hits` in `all`; the whole range where nothing was counted.
#[must_use]
pub fn interval(hits: usize, all: usize) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if all == 0 {
        return (0.0, 1.0);
    }
    let count = as_float(all);
    let share = as_float(hits) / count;
    let squared = Z * Z;
    let middle = share + squared / (2.0 * count);
    let spread = Z * (share * (1.0 - share) / count + squared / (4.0 * count * count)).sqrt();
    let scale = 1.0 + squared / count;
    (
        ((middle - spread) / scale).clamp(0.0, 1.0),
        ((middle + spread) / scale).clamp(0.0, 1.0),
    )
}

/// `hits` in `all`; nothing where nothing was counted.
#[must_use]
pub fn share(hits: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| as_float(hits) / as_float(all))
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn as_float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 0.0005
    }

    #[test]
    fn textbook_values() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20.
        let (low, high) = interval(81, 263);
        assert!(near(low, 0.2553) && near(high, 0.3662), "{low} {high}");
        let (low, high) = interval(0, 20);
        assert!(near(low, 0.0) && near(high, 0.1611), "{low} {high}");
        let (low, high) = interval(20, 20);
        assert!(near(low, 0.8389) && near(high, 1.0), "{low} {high}");
    }

    #[test]
    fn nothing_counted_says_nothing() {
        assert_eq!(interval(0, 0), (0.0, 1.0));
        assert_eq!(share(0, 0), None);
        assert_eq!(share(1, 4), Some(0.25));
    }
}
