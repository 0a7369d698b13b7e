//! Numbers that look random and are the same every time: splitmix64.

pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    pub(super) fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    /// A number whose logarithm is spread like a bell around that of `median`; one of a hundred is above
    /// `median * width^2.33`.
    fn around(&mut self, median: f64, width: f64) -> f64 {
        // Twelve even spreads make a bell.
        let bell: f64 = (0..12)
            .map(|_| f64::from((self.next() >> 40) as u32) / f64::from(1_u32 << 24))
            .sum::<f64>()
            - 6.0;
        median * width.powf(bell)
    }

    /// The same as a count.
    #[expect(clippy::cast_sign_loss, reason = "it is positive")]
    pub(super) fn count(&mut self, median: f64, width: f64) -> usize {
        self.around(median, width) as usize
    }
}
