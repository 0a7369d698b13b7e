//! Ids that are named and not defined: each said once for a document, by where it would stand among those that are.

use std::collections::BTreeMap;
use std::ops::Bound;

use grammar::Mention;
use rustc_hash::{FxHashMap, FxHashSet};
use trace::{Feature, FeatureDocument};

use crate::engine::{Draft, Sink};
use crate::message::{Message, Template};
use crate::numbering::split;

/// An id that is not defined, and every place of a document that names it.
pub(crate) struct LostId<'a> {
    pub(crate) name: &'a str,
    /// Its first place.
    pub(crate) first: &'a Mention,
    /// All its places, in document order.
    pub(crate) mentions: Vec<&'a Mention>,
}

/// The ids of these mentions, by their first places.
pub(crate) fn lost_ids<'a>(lost: &[&'a Mention]) -> Vec<LostId<'a>> {
    let mut ids: Vec<LostId<'a>> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for &mention in lost {
        let name = mention.key.as_str();
        let at = *places.entry(name).or_insert(ids.len());
        match ids.get_mut(at) {
            Some(known) => known.mentions.push(mention),
            None => ids.push(LostId {
                name,
                first: mention,
                mentions: vec![mention],
            }),
        }
    }
    ids
}

/// A rule's sentences: `{id}`, and the ids beside it as `{last}`, `{first}`, or `{before}` and `{after}`.
pub(crate) struct Sentences {
    /// It comes behind all ids of its series.
    pub(crate) behind: Template,
    /// It comes before them all.
    pub(crate) before: Template,
    /// It would stand between two.
    pub(crate) between: Template,
    /// There is no such series.
    pub(crate) plain: Template,
    /// Of the first of many: `{id}`, and how many more as `{count}`.
    pub(crate) many: Template,
    /// Of every further place.
    pub(crate) also: Template,
}

/// So many slips of a document are told one by one; more of them have one cause, and are one finding.
pub(crate) const A_FEW: usize = 5;

/// Where ids are named, and how that is said.
pub(crate) struct Said<'a> {
    pub(crate) series: &'a Series<'a>,
    pub(crate) document: &'a FeatureDocument,
    pub(crate) sentences: &'a Sentences,
}

impl Said<'_> {
    /// Reports an id by where it would stand.
    pub(crate) fn report<'s>(&self, id: &LostId<'_>, sink: &'s mut Sink<'_>) -> Draft<'s> {
        let name = id.name;
        let says = self.sentences;
        let message = match self.series.around(name) {
            (Some(before), Some(after)) => Message::new(
                says.between,
                &[("id", name), ("before", before), ("after", after)],
            ),
            (Some(last), None) => Message::new(says.behind, &[("id", name), ("last", last)]),
            (None, Some(first)) => Message::new(says.before, &[("id", name), ("first", first)]),
            (None, None) => Message::new(says.plain, &[("id", name)]),
        };
        self.report_as(id, message, sink)
    }

    /// Reports ids that are more than a few as one finding; `false`: they are few, and nothing was said.
    pub(crate) fn report_many(&self, ids: &[LostId<'_>], sink: &mut Sink<'_>) -> bool {
        if ids.len() <= A_FEW {
            return false;
        }
        let count = (ids.len() - 1).to_string();
        for (nth, id) in ids.iter().enumerate() {
            let draft = if nth == 0 {
                let facts = [("id", id.name), ("count", &count)];
                self.report_as(id, Message::new(self.sentences.many, &facts), sink)
            } else {
                self.report(id, sink)
            };
            drop(draft.group(self.document.path.as_str()));
        }
        true
    }

    /// Reports an id in these words.
    pub(crate) fn report_as<'s>(
        &self,
        id: &LostId<'_>,
        message: Message,
        sink: &'s mut Sink<'_>,
    ) -> Draft<'s> {
        let file = self.document.file;
        let path = &self.document.path;
        let document = path.rsplit('/').next().unwrap_or_default();
        let mut draft = sink
            .report(file, id.first.range, message)
            .fact(format!("{document} {}", id.name));
        for other in id.mentions.iter().skip(1) {
            let also = Message::new(self.sentences.also, &[("id", id.name)]);
            draft = draft.related(file, other.range, also);
        }
        draft
    }
}

/// The defined ids of a feature by their series, the letters before the last number (`FR-`, `FR-B`), and that number.
pub(crate) struct Series<'a>(FxHashMap<&'a str, BTreeMap<u64, Ends<'a>>>);

/// The first and the last of the ids that share a number: `FR-002`, `FR-002b`.
struct Ends<'a> {
    first: &'a str,
    last: &'a str,
}

impl<'a> Series<'a> {
    /// Of a feature.
    pub(crate) fn of(feature: &'a Feature) -> Self {
        let mut series: FxHashMap<&'a str, BTreeMap<u64, Ends<'a>>> = FxHashMap::default();
        for (id, _) in feature.defined_ids() {
            let Some((letters, number)) = split(whole(id)) else {
                continue;
            };
            let id = id.as_str();
            let numbers = series.entry(letters).or_default();
            let ends = numbers.entry(number).or_insert(Ends {
                first: id,
                last: id,
            });
            ends.first = ends.first.min(id);
            ends.last = ends.last.max(id);
        }
        Self(series)
    }

    /// The ids of the same series right below and above `id`.
    fn around(&self, id: &str) -> (Option<&'a str>, Option<&'a str>) {
        let place =
            split(whole(id)).and_then(|(letters, number)| Some((self.0.get(letters)?, number)));
        let Some((numbers, number)) = place else {
            return (None, None);
        };
        let below = numbers.range(..=number).next_back();
        let above = numbers
            .range((Bound::Excluded(number), Bound::Unbounded))
            .next();
        (
            below.map(|(_, ends)| ends.last),
            above.map(|(_, ends)| ends.first),
        )
    }
}

/// An id without the small letters of a part: `FR-002` of `FR-002b`.
fn whole(id: &str) -> &str {
    id.trim_end_matches(|c: char| c.is_ascii_lowercase())
}

/// Ids of which only parts are defined, or which are parts of defined ones: `FR-002` beside `FR-002a`, `FR-017A` or
/// `FR-017.1`, `FR-003b` as the clause (b) of `FR-003`.
pub(crate) struct Parts<'a> {
    feature: &'a Feature,
    /// What is defined in parts.
    wholes: FxHashSet<&'a str>,
}

impl<'a> Parts<'a> {
    /// Of a feature.
    pub(crate) fn of(feature: &'a Feature) -> Self {
        let mut wholes = FxHashSet::default();
        for (id, _) in feature.defined_ids() {
            let lettered = id.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            wholes.extend((lettered.len() < id.len()).then_some(lettered));
            wholes.extend(id.match_indices('.').map(|(at, _)| &id[..at]));
        }
        Self { feature, wholes }
    }

    /// Whether it is one of them.
    pub(crate) fn has(&self, id: &str) -> bool {
        // `FR-017.1`, where FR-017 counts its points and gives them no ids.
        if let Some((whole, point)) = id.rsplit_once('.')
            && point.bytes().all(|byte| byte.is_ascii_digit())
            && !self.feature.defined(whole).is_empty()
            && !self.wholes.contains(whole)
        {
            return true;
        }
        let whole = id.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let in_parts = self.wholes.contains(whole);
        if whole == id {
            in_parts
        } else {
            !in_parts && !self.feature.defined(whole).is_empty()
        }
    }
}
