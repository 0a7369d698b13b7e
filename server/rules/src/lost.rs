//! Ids that are named and not defined: each said once for a document, by where it would stand among those that are.

use grammar::Mention;
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
    for &mention in lost {
        let name = mention.key.as_str();
        match ids.iter_mut().find(|known| known.name == name) {
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
    pub(crate) feature: &'a Feature,
    pub(crate) document: &'a FeatureDocument,
    pub(crate) sentences: &'a Sentences,
}

impl Said<'_> {
    /// Reports an id by where it would stand.
    pub(crate) fn report<'s>(&self, id: &LostId<'_>, sink: &'s mut Sink<'_>) -> Draft<'s> {
        let name = id.name;
        let says = self.sentences;
        let message = match neighbours(self.feature, name) {
            (Some(before), Some(after)) => Message::new(
                says.between,
                &[("id", name), ("before", &before), ("after", &after)],
            ),
            (Some(last), None) => Message::new(says.behind, &[("id", name), ("last", &last)]),
            (None, Some(first)) => Message::new(says.before, &[("id", name), ("first", &first)]),
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

/// The defined ids of the same series right below and above `id`. A series is the letters before the last number:
/// `FR-`, `FR-B`.
fn neighbours(feature: &Feature, id: &str) -> (Option<String>, Option<String>) {
    let plain = |id: &str| {
        id.trim_end_matches(|c: char| c.is_ascii_lowercase())
            .to_owned()
    };
    let id = plain(id);
    let Some((series, number)) = split(&id) else {
        return (None, None);
    };
    let mut below: Option<(u64, &str)> = None;
    let mut above: Option<(u64, &str)> = None;
    for (each, _) in feature.defined_ids() {
        let own = plain(each);
        let Some((_, value)) = split(&own).filter(|(own, _)| *own == series) else {
            continue;
        };
        let each = (value, each.as_str());
        if value <= number {
            below = below.max(Some(each));
        } else if above.is_none_or(|best| each < best) {
            above = Some(each);
        }
    }
    let name = |found: Option<(u64, &str)>| found.map(|(_, id)| id.to_owned());
    (name(below), name(above))
}
