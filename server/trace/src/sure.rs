//! Whether what an unqualified mention in a source file seems to mean is sure: something speaks for it (the file's head, the
//! feature's tasks, an id that other numberings have not), and nothing in the file speaks against it. What is not sure is
//! an inference, shown as such.

use std::sync::Arc;

use code::{Place, SourceMention};
use grammar::{IdKind, Mention};
use text::TextRange;

use crate::Resolution;
use crate::feature::{Feature, FeatureId, ItemRef};
use crate::mentions::{Candidate, SourcePlace, defined, lookup_key, meant};

/// A feature that a file's head names.
pub(crate) struct Head<'a> {
    pub(crate) feature: &'a Candidate,
    /// The only part of the file that the name speaks for.
    pub(crate) section: Option<TextRange>,
}

/// What a file says that speaks for or against the features it may mean.
#[derive(Default)]
pub(crate) struct Beside<'a> {
    /// Features that comments name behind the head, or as others than the file's.
    pub(crate) named: Vec<FeatureId>,
    /// A number is named that no feature here has: a feature that is gone, or another repository's.
    pub(crate) strange: bool,
    /// Requirements and criteria that the file cites without a feature.
    pub(crate) cited: Vec<&'a Mention>,
    /// All features, for what their tasks name.
    pub(crate) features: &'a [Arc<Feature>],
}

/// The only feature the head names defines the mention. Of 210 such mentions in three samples 30 meant another item; in
/// nearly all of these the file itself told so.
pub(crate) fn by_head(
    candidates: &[Candidate],
    place: &SourcePlace<'_>,
    source: &SourceMention,
    items: &[ItemRef],
) -> bool {
    let [head] = place.head.as_slice() else {
        return false;
    };
    if place.at_home {
        return source.place != Place::String;
    }
    let (one, mention) = (head.feature, &source.mention);
    let in_section = head
        .section
        .is_none_or(|section| section.contains_range(mention.range));
    // Strings hold sample data as well: `lastAction: 'T005 in progress'`.
    if source.place == Place::String || !in_section || has_rival(candidates, place, one, mention) {
        return false;
    }
    let own_task = is_own_task(place, mention, items);
    own_task
        || !names_others(place, one)
            && (place.named_by.contains(&one.id)
                || place.beside.cited.iter().all(|cited| defines(one, cited)))
            && !is_work_elsewhere(place, one, mention, items)
}

/// One feature alone defines a mention, which the head does not name. That the project has no other feature is no
/// proof: it may have had some (29 of 32 such ids in one sample meant a feature that was removed, or no item).
pub(crate) fn alone(
    place: &SourcePlace<'_>,
    source: &SourceMention,
    one: &Candidate,
    items: &[ItemRef],
) -> bool {
    let mention = &source.mention;
    if source
        .tag
        .as_ref()
        .is_some_and(|tag| tag.dialect.is_exact())
    {
        return true;
    }
    let in_head = |each: &Head<'_>| each.feature.id == one.id;
    if !place.head.is_empty() && !place.head.iter().any(in_head) {
        return false;
    }
    if is_own_task(place, mention, items)
        || source.place != Place::String && is_distinctive(&mention.key)
    {
        return true;
    }
    // People number tests and steps of scripts like tasks: those the task itself has to name.
    mention.kind != IdKind::Task && place.named_by.contains(&one.id) && !names_others(place, one)
}

/// Whether the very task that is mentioned names the file.
fn is_own_task(place: &SourcePlace<'_>, mention: &Mention, items: &[ItemRef]) -> bool {
    mention.kind == IdKind::Task && items.iter().any(|item| place.tasks.contains(item))
}

fn defines(candidate: &Candidate, mention: &Mention) -> bool {
    !meant(candidate, mention, &lookup_key(mention)).is_empty()
}

/// Whether another feature that defines the id has tasks that name the file. Where the id is a task: not if the one
/// names the file and the other does not.
fn has_rival(
    candidates: &[Candidate],
    place: &SourcePlace<'_>,
    one: &Candidate,
    mention: &Mention,
) -> bool {
    let key = lookup_key(mention);
    let own_task = is_own_task(place, mention, meant(one, mention, &key));
    candidates
        .iter()
        .filter(|each| each.id != one.id && place.named_by.contains(&each.id))
        .any(|each| {
            let items = defined(each, &key);
            !items.is_empty() && (!own_task || is_own_task(place, mention, items))
        })
}

/// Whether comments of the file name another feature.
fn names_others(place: &SourcePlace<'_>, one: &Candidate) -> bool {
    place.beside.strange || place.beside.named.iter().any(|each| *each != one.id)
}

/// Whether a task names other files only, and its feature has tasks that name this one: they say which of them are
/// worked on here.
fn is_work_elsewhere(
    place: &SourcePlace<'_>,
    one: &Candidate,
    mention: &Mention,
    items: &[ItemRef],
) -> bool {
    mention.kind == IdKind::Task
        && place.named_by.contains(&one.id)
        && items.iter().any(|item| {
            let feature = place.beside.features.get(item.feature.0 as usize);
            feature.is_some_and(|feature| {
                let tasks = feature.tasks_document();
                tasks.is_some_and(|tasks| tasks.file == item.file)
                    && tasks_with_paths(feature).any(|task| task == item.item)
            })
        })
}

/// Tasks that name a file, there or not.
pub(crate) fn tasks_with_paths(feature: &Feature) -> impl Iterator<Item = u32> + '_ {
    let tasks = feature.tasks.iter().filter(|task| {
        let links = &feature.paths[task.paths.start as usize..task.paths.end as usize];
        links.iter().any(|link| {
            matches!(
                link.resolution,
                Resolution::File(_) | Resolution::Several(_) | Resolution::Missing(_)
            )
        })
    });
    tasks.map(|task| task.item)
}

/// Whether an id is hardly another numbering's: `FR-001c`, `US3.1`, `T041.3`. Of 107 bare ids that one feature alone
/// defines, 76 meant it; with such a part 23 of 23, and 18 of 18 in another sample.
fn is_distinctive(id: &str) -> bool {
    id.ends_with(|c: char| c.is_ascii_alphabetic()) || id.contains('.')
}
