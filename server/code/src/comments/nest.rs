//! Nested ranges, asked by offset.

use text::TextRange;

/// Ranges sorted by start, outer before inner; an inner one lies wholly in its outer one.
pub(super) struct Nest {
    ranges: Vec<(usize, usize)>,
    parents: Vec<Option<u32>>,
}

impl Nest {
    pub(super) fn new(ranges: impl Iterator<Item = TextRange>) -> Self {
        let ranges: Vec<(usize, usize)> = ranges
            .map(|range| (range.start().into(), range.end().into()))
            .collect();
        let mut parents = Vec::with_capacity(ranges.len());
        let mut open: Vec<(usize, u32)> = Vec::new();
        for (index, (_, end)) in (0_u32..).zip(&ranges) {
            while open.last().is_some_and(|(outer, _)| outer < end) {
                open.pop();
            }
            parents.push(open.last().map(|(_, index)| *index));
            open.push((*end, index));
        }
        Self { ranges, parents }
    }

    /// The innermost range that holds the byte at `position`.
    pub(super) fn innermost(&self, position: usize) -> Option<u32> {
        let last = self.ranges.partition_point(|(start, _)| *start <= position);
        let mut index = last.checked_sub(1);
        while let Some(at) = index {
            if self.ranges[at].1 > position {
                return Some(at as u32);
            }
            index = self.parents[at].map(|parent| parent as usize);
        }
        None
    }

    /// The first range that begins at `position` or later, and its start.
    pub(super) fn next(&self, position: usize) -> Option<(u32, usize)> {
        let index = self.ranges.partition_point(|(start, _)| *start < position);
        self.ranges
            .get(index)
            .map(|(start, _)| (index as u32, *start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn innermost_climbs_to_the_range_around() {
        let nest = Nest::new(
            [(0, 20), (2, 8), (3, 5), (10, 12), (30, 31)]
                .map(|(a, b)| text::span(a, b))
                .into_iter(),
        );
        let found: Vec<_> = [0, 4, 6, 9, 11, 15, 25, 30]
            .map(|at| nest.innermost(at))
            .into();
        assert_eq!(
            found,
            [
                Some(0),
                Some(2),
                Some(1),
                Some(0),
                Some(3),
                Some(0),
                None,
                Some(4)
            ]
        );
        assert_eq!(nest.next(6), Some((3, 10)));
        assert_eq!(nest.next(31), None);
    }
}
