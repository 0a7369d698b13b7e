//! A task or phase that works for a story the spec does not have.

use documents::{DocumentKind, Item, ItemIndex, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::TextRange;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::lost::A_FEW;
use crate::message::{Message, Template};

const UNKNOWN: Template = Template {
    en: "{story} is not a story of spec.md, which defines {stories}.",
    ja: "{story} は spec.md にありません (あるのは {stories} です)。",
};
const MANY: Template = Template {
    en: "{story} and {count} other stories that are named here are not in spec.md, which defines {stories}.",
    ja: "{story} ほか {count} 件のストーリーは spec.md にありません (あるのは {stories} です)。",
};
const ALSO: Template = Template {
    en: "{story} is named here too.",
    ja: "{story} はここにもあります。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "unknown-story",
    group: Group::Reference,
    severity: Severity::Error,
    summary: "A task or phase that works for a story the spec does not have.",
    explanation: "The work has no reason that anybody wrote down: the story was cut, renumbered or mistyped. Said once \
                  for each such story, at its first label; more than five are one finding.\n\nNot checked where the spec has no numbered stories.",
    bad: "### User Story 1 - Login (Priority: P1)   (spec.md, the only story)\n- [ ] T015 [US4] Collect the week's notices in src/digest.rs   (tasks.md)",
    good: "### User Story 1 - Login (Priority: P1)   (spec.md, the only story)\n- [ ] T015 [US1] Collect the week's notices in src/digest.rs   (tasks.md)",
    messages: &[UNKNOWN, MANY, ALSO],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 10,
        right: 10,
        seeded: 36,
        found: 36,
    }),
};

pub(crate) struct UnknownStory;

impl Rule for UnknownStory {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        let stories: Vec<&str> = spec
            .facts()
            .items_of(ItemKind::Story)
            .map(|(_, story)| story.id.as_str())
            .collect();
        let mut seen: FxHashSet<&SmolStr> = FxHashSet::default();
        let places = places(tasks);
        let mut unknown: Vec<(&Place, String)> = Vec::new();
        for place in &places {
            let story = &place.story;
            if !seen.insert(story) {
                continue;
            }
            if stories.iter().any(|id| same(id, story)) {
                sink.clean();
            } else if let Some(known) = listed(&stories, story) {
                unknown.push((place, known));
            } else {
                sink.unknown_at(tasks.file, place.range, "spec.md has no numbered stories");
            }
        }
        let many = unknown.len() > A_FEW;
        let count = unknown.len().saturating_sub(1).to_string();
        for (nth, (place, known)) in unknown.iter().enumerate() {
            let facts = [
                ("story", place.story.as_str()),
                ("stories", known),
                ("count", &count),
            ];
            let template = if many && nth == 0 { MANY } else { UNKNOWN };
            let mut draft = sink
                .report(tasks.file, place.range, Message::new(template, &facts))
                .item(place.at)
                .fact(place.story.as_str());
            if many {
                draft = draft.group("stories");
            }
            let others = places.iter();
            for other in
                others.filter(|other| other.story == place.story && other.range != place.range)
            {
                draft = draft.related(tasks.file, other.range, Message::new(ALSO, &facts));
            }
            drop(draft);
        }
    }
}

/// Where a task list names a story.
struct Place {
    at: ItemIndex,
    range: TextRange,
    story: SmolStr,
}

/// Labels of tasks first, then the stories of phase headings.
fn places(tasks: &FeatureDocument) -> Vec<Place> {
    let facts = tasks.facts();
    let labels = facts.items_of(ItemKind::Task).flat_map(|(at, item)| {
        let labels = item.task.iter().flat_map(|task| &task.stories);
        labels.map(move |label| Place {
            at,
            range: label.range,
            story: label.text.clone(),
        })
    });
    let headings = facts
        .items_of(ItemKind::Phase)
        .filter_map(|(at, item): (_, &Item)| {
            let story = item.story.as_ref()?;
            (!item.title_range.is_empty()).then(|| Place {
                at,
                range: item.title_range,
                story: story.id.clone(),
            })
        });
    labels.chain(headings).collect()
}

/// Whether a label means a story; parts of a story (`US3a` of `US3`) belong to it.
pub(crate) fn same(defined: &str, label: &str) -> bool {
    fn whole(id: &str) -> &str {
        id.trim_end_matches(|c: char| c.is_ascii_lowercase())
    }
    defined == label || whole(defined) == whole(label)
}

/// The stories as a message lists them; nothing if none is counted the way `story` is (`US1`, `USA`).
fn listed(stories: &[&str], story: &str) -> Option<String> {
    let numbered = |id: &str| id.bytes().any(|byte| byte.is_ascii_digit());
    let alike: Vec<&str> = stories
        .iter()
        .copied()
        .filter(|id| numbered(id) == numbered(story))
        .collect();
    match alike.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        few if few.len() <= 5 => Some(few.join(", ")),
        [first, .., last] => Some(format!("{first} \u{2026} {last}")),
    }
}
