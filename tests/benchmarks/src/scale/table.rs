//! What was measured, row by row, each shown as soon as it is known: all of it takes minutes.

use std::io::{Stdout, Write as _};

/// The rows.
pub(super) struct Table {
    files: u64,
    out: Stdout,
}

impl Table {
    pub(super) fn new(files: u64) -> Self {
        println!("| row | measured | beside | bound | |\n|---|---|---|---|---|");
        Self {
            files,
            out: std::io::stdout(),
        }
    }

    /// A figure that is compared with its bound: `value` of `unit`, and what it was measured beside.
    pub(super) fn row(&self, what: &str, value: f64, unit: &str, beside: &str, bound: f64) {
        let verdict = if value <= bound {
            "within"
        } else {
            "**beyond**"
        };
        self.line(
            what,
            &format!("{value:.2}{unit}"),
            beside,
            &format!("{bound}{unit}"),
            verdict,
        );
    }

    /// Bytes for each 100,000 files, in MB.
    pub(super) fn bytes(&self, what: &str, bytes: f64, bound: f64) {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let share = bytes / 1e6 / (self.files.max(1) as f64 / 1e5);
        let beside = format!("{:.0} MB in all", bytes / 1e6);
        self.row(what, share, " MB per 100,000 files", &beside, bound);
    }

    /// What could not be measured here, and why.
    pub(super) fn missing(&self, what: &str, why: &str) {
        self.line(what, "not measured", why, "", "");
    }

    /// A figure without a bound.
    pub(super) fn note(&self, what: &str, value: &str, beside: &str) {
        self.line(what, value, beside, "", "");
    }

    fn line(&self, what: &str, value: &str, beside: &str, bound: &str, verdict: &str) {
        // Nobody looks at a table whose reader is gone.
        let _ = writeln!(
            self.out.lock(),
            "| {what} | {value} | {beside} | {bound} | {verdict} |"
        );
    }
}
