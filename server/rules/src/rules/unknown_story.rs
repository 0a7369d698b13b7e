//! A task or phase that works for a story the spec does not have.

use documents::{DocumentKind, Item, ItemIndex, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::TextRange;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const UNKNOWN: Template = Template {
    en: "{story} is not a story of spec.md, which defines {stories}.",
    ja: "{story} は spec.md にありません (あるのは {stories} です)。",
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
                  for each such story, at its first label.\n\nNot checked where the spec has no numbered stories.",
    bad: "### User Story 1 - Login (Priority: P1)   (spec.md, the only story)\n- [ ] T015 [US4] Collect the week's notices in src/digest.rs   (tasks.md)",
    good: "### User Story 1 - Login (Priority: P1)   (spec.md, the only story)\n- [ ] T015 [US1] Collect the week's notices in src/digest.rs   (tasks.md)",
    messages: &[UNKNOWN, ALSO],
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
        for (at, range, story) in &places {
            if !seen.insert(story) {
                continue;
            }
            if stories.iter().any(|id| same(id, story)) {
                sink.clean();
                continue;
            }
            let Some(known) = listed(&stories, story) else {
                sink.unknown("spec.md has no numbered stories");
                continue;
            };
            let facts = [("story", story.as_str()), ("stories", &known)];
            let mut draft = sink
                .report(tasks.file, *range, Message::new(UNKNOWN, &facts))
                .item(*at)
                .fact(story.as_str());
            for (_, other, _) in places
                .iter()
                .filter(|(_, other, each)| each == story && other != range)
            {
                draft = draft.related(tasks.file, *other, Message::new(ALSO, &facts));
            }
            drop(draft);
        }
    }
}

/// Labels of tasks first, then the stories of phase headings: what names a story, where, and which.
fn places(tasks: &FeatureDocument) -> Vec<(ItemIndex, TextRange, SmolStr)> {
    let facts = tasks.facts();
    let labels = facts.items_of(ItemKind::Task).flat_map(|(at, item)| {
        let labels = item.task.iter().flat_map(|task| &task.stories);
        labels.map(move |label| (at, label.range, label.text.clone()))
    });
    let headings = facts
        .items_of(ItemKind::Phase)
        .filter_map(|(at, item): (_, &Item)| {
            let story = item.story.as_ref()?;
            (!item.title_range.is_empty()).then(|| (at, item.title_range, story.id.clone()))
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
