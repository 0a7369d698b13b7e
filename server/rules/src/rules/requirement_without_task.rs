//! A requirement that no task cites, where tasks cite nearly all.

use documents::{Item, ItemIndex, ItemKind};
use grammar::IdKind;
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::wording;

const UNCITED: Template = Template {
    en: "{id} is cited nowhere in tasks.md, which cites {cited} of the {all} {prefix} requirements.",
    ja: "{id} は tasks.md で参照されていません ({prefix} 要件 {all} 件のうち {cited} 件は参照されています)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-without-task",
    group: Group::Coverage,
    severity: Severity::Hint,
    summary: "A requirement that tasks.md cites nowhere, though it cites nearly all others.",
    explanation: "Most task lists cite no requirement at all, and there nothing can be said. A list that cites 17 of \
                  20 of them keeps count, and what it leaves out was likely forgotten.\n\nCounted are citations \
                  anywhere in tasks.md, ranges included, apart for each prefix (`FR`, `NFR`) with five requirements or \
                  more. A part (`FR-016b`) is covered where the whole is cited, and what the spec gives up or leaves as \
                  it was needs no task.",
    bad: "- **FR-005**: The service MUST remember sent notices.   (spec.md, one of eight)\n- [ ] T014 Send them in src/send.rs (FR-001 to FR-004, FR-006 to FR-008)   (tasks.md)",
    good: "- **FR-005**: The service MUST remember sent notices.   (spec.md, one of eight)\n- [ ] T014 Send them in src/send.rs (FR-001 to FR-004, FR-006 to FR-008)   (tasks.md)\n- [ ] T015 Remember them in src/store.rs (FR-005)   (tasks.md)",
    messages: &[UNCITED],
    // Right were those that ask for work of their own; what holds for all work (`MUST be configurable`) is rarely cited,
    // and most often only the citation is missing. By the words of tasks the two could not be told apart.
    measured: Some(Measured {
        judged: 20,
        right: 5,
        seeded: 12,
        found: 12,
    }),
};

/// Requirements of one prefix that must be there before a share of them means something.
const ENOUGH: usize = 5;

pub(crate) struct RequirementWithoutTask;

impl Rule for RequirementWithoutTask {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        let cited = cited(tasks);
        for prefix in ["FR", "NFR"] {
            let all: Vec<(ItemIndex, &Item)> = spec
                .facts()
                .items_of(ItemKind::Requirement)
                .filter(|(_, item)| item.id.split(['-', '0']).next() == Some(prefix))
                .filter(|(at, item)| is_first(feature, spec, *at, item))
                .collect();
            let (there, missing): (Vec<_>, Vec<_>) =
                all.iter().partition(|(_, item)| covers(&cited, &item.id));
            // Of 20 requirements, 17.
            if all.len() < ENOUGH || there.len() * 20 < all.len() * 17 {
                continue;
            }
            for _ in &there {
                sink.clean();
            }
            for (at, item) in missing {
                if needs_no_task(spec, item) {
                    sink.clean();
                    continue;
                }
                let facts = [
                    ("id", item.id.as_str()),
                    ("cited", &there.len().to_string()),
                    ("all", &all.len().to_string()),
                    ("prefix", prefix),
                ];
                drop(
                    sink.report(spec.file, item.id_range, Message::new(UNCITED, &facts))
                        .item(at),
                );
            }
        }
    }
}

/// Ids that a task list cites, as its own feature's.
fn cited(tasks: &FeatureDocument) -> FxHashSet<&str> {
    let mentions = tasks.facts().mentions.iter();
    mentions
        .filter(|mention| mention.kind == IdKind::Requirement)
        .map(|mention| mention.key.as_str())
        .collect()
}

/// Whether an id or the whole it is a part of is cited: `FR-016` for `FR-016b`; or, of a whole, one of its parts.
pub(super) fn covers(cited: &FxHashSet<&str>, id: &str) -> bool {
    let whole = id.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let whole = whole.split('.').next().unwrap_or(whole);
    cited.contains(id)
        || cited.contains(whole)
        || (whole == id
            && cited.iter().any(|each| {
                each.strip_prefix(id).is_some_and(|rest| {
                    rest.starts_with(|c: char| c == '.' || c.is_ascii_alphabetic())
                })
            }))
}

/// Whether an item is where its id is defined first; a table that lists it again defines nothing.
fn is_first(feature: &Feature, spec: &FeatureDocument, at: ItemIndex, item: &Item) -> bool {
    let first = feature.defined(&item.id).first();
    first.is_none_or(|first| first.file == spec.file && first.item == at)
}

/// Words of a requirement that asks for nothing to be done.
const NOTHING: &[&str] = &[
    "already",
    "existing",
    "as today",
    "remain",
    "no new ",
    "must not introduce",
    "unchanged",
    "no change",
    "out of scope",
    "must not change",
    "既存のまま",
    "変更しない",
    "保持不变",
];

/// Whether the requirement was given up, or asks that something stays as it is.
pub(super) fn needs_no_task(spec: &FeatureDocument, item: &Item) -> bool {
    let text = spec.slice(item.range);
    let line = spec.slice(wording::line(&spec.doc.text, item.id_range));
    let lower = text.to_lowercase();
    line.contains("~~")
        || wording::gone(line)
        || NOTHING.iter().any(|word| lower.contains(word))
        || spec.facts().sections.iter().any(|section| {
            section.level > 1
                && section.range.contains_range(item.id_range)
                && wording::gone(&section.title.to_lowercase())
        })
}
