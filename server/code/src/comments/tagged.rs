//! Mentions of a comment with what their tags say.

use grammar::{Dialect, Mention, Role, Tag};
use text::TextSize;

/// A mention and what its tag says of it.
pub(super) type Found = (Mention, Option<Box<Tag>>);

/// Adds the mentions in tags of other tools, and the words right before the others. `found` is sorted.
pub(super) fn read(written: &str, base: TextSize, found: Vec<Mention>) -> Vec<Found> {
    let mut tags = Vec::new();
    grammar::tags(written, base, &mut tags);
    let mut all: Vec<Found> = Vec::with_capacity(found.len() + tags.len());
    let mut list: Option<(TextSize, Option<Role>)> = None;
    for mention in found {
        // What stands in a tag is read as the tag's: its dots and dashes mean something else.
        if tags.iter().any(|tag| {
            tag.range.contains_range(mention.range)
                || tag
                    .range
                    .intersect(mention.range)
                    .is_some_and(|both| !both.is_empty())
        }) {
            list = None;
            continue;
        }
        let at = |offset: TextSize| usize::from(offset - base);
        let role = match list {
            Some((end, role)) if continues(written, at(end), at(mention.range.start())) => {
                Some(role)
            }
            _ => grammar::role_before(written, at(mention.range.start())),
        };
        list = role.map(|role| (mention.range.end(), role));
        let tag = role.map(|role| {
            Box::new(Tag {
                dialect: Dialect::Word,
                role,
                revision: None,
                quote: None,
            })
        });
        all.push((mention, tag));
    }
    all.extend(
        tags.into_iter()
            .map(|tagged| (tagged.mention, Some(Box::new(tagged.tag)))),
    );
    all.sort_by_key(|(mention, _)| mention.range.start());
    all
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
