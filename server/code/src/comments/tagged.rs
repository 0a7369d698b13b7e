//! Mentions of a comment with what their tags say.

use grammar::{Mention, Tag, Tagged};
use text::{TextRange, TextSize};

/// A mention and what its tag says of it.
pub(super) type Found = (Mention, Option<Box<Tag>>);

/// Adds the mentions in tags of other tools, and the words right before the others. `found` is sorted.
pub(super) fn read(written: &str, base: TextSize, found: Vec<Mention>) -> Vec<Found> {
    let mut tags = Vec::new();
    grammar::tags(written, base, &mut tags);
    let mut all: Vec<Found> = Vec::with_capacity(found.len() + tags.len());
    let taken = Taken::by(&tags);
    let mut list: Option<(TextSize, Tag)> = None;
    for mention in found {
        // What stands in a tag is read as the tag's: its dots and dashes mean something else.
        if taken.overlap(mention.range) {
            list = None;
            continue;
        }
        let at = |offset: TextSize| usize::from(offset - base);
        let start = at(mention.range.start());
        let tag = match list {
            Some((end, tag)) if continues(written, at(end), start) => Some(tag),
            _ => grammar::tag_before(written, start),
        };
        list = tag.clone().map(|tag| (mention.range.end(), tag));
        all.push((mention, tag.map(Box::new)));
    }
    all.extend(
        tags.into_iter()
            .map(|tagged| (tagged.mention, Some(Box::new(tagged.tag)))),
    );
    all.sort_by_key(|(mention, _)| mention.range.start());
    all
}

/// The bytes that tags take.
struct Taken {
    /// Starts in order, each with the furthest end of the tags so far.
    until: Vec<(TextSize, TextSize)>,
}

impl Taken {
    fn by(tags: &[Tagged]) -> Self {
        let mut until: Vec<_> = tags
            .iter()
            .map(|tag| (tag.range.start(), tag.range.end()))
            .collect();
        until.sort_unstable();
        let mut furthest = TextSize::new(0);
        for (_, end) in &mut until {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { until }
    }

    fn overlap(&self, range: TextRange) -> bool {
        let before = self
            .until
            .partition_point(|(start, _)| *start < range.end());
        before
            .checked_sub(1)
            .is_some_and(|last| self.until[last].1 > range.start())
    }
}

/// Whether what stands between two ids makes them one list. Ids of a range may lie inside each other.
fn continues(written: &str, from: usize, to: usize) -> bool {
    from >= to
        || written.get(from..to).is_some_and(|gap| {
            matches!(
                gap.trim_matches(|c: char| c.is_whitespace() || ",/&+*`[](){}".contains(c)),
                "" | "and" | "or" | "、" | "，"
            ) && gap.len() < 16
                && !gap.contains('\n')
        })
}
