//! Many measurements of one thing.

use std::time::Duration;

/// Measurements, in seconds.
#[derive(Debug, Default)]
pub(crate) struct Sample(Vec<f64>);

impl Sample {
    pub(crate) fn add(&mut self, took: Duration) {
        self.add_seconds(took.as_secs_f64());
    }

    pub(crate) fn add_seconds(&mut self, seconds: f64) {
        self.0.push(seconds);
    }

    /// The measurement that `share` of all do not exceed, in seconds; 0 where nothing was measured.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        #[expect(
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "small and positive"
        )]
        let at = (sorted.len() as f64 * share).ceil().max(1.0) as usize - 1;
        sorted.get(at).copied().unwrap_or(0.0)
    }

    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    pub(crate) fn mean(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "small")]
        let count = self.0.len().max(1) as f64;
        self.0.iter().sum::<f64>() / count
    }

    /// One line of a table: name, median, 99th percentile, in milliseconds.
    pub(crate) fn line(&self, name: &str) -> String {
        let (median, high) = (self.median() * 1e3, self.quantile(0.99) * 1e3);
        format!("| {name} | {median:.3} | {high:.3} |\n")
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn quantiles_are_measurements() {
        let mut sample = Sample::default();
        assert!(sample.median().abs() < f64::EPSILON);
        for number in (1..=100).rev() {
            sample.add_seconds(f64::from(number));
        }
        let close = |share: f64, number: f64| (sample.quantile(share) - number).abs() < 1e-9;
        assert!(close(0.5, 50.0) && close(0.99, 99.0) && close(1.0, 100.0));
    }
}
