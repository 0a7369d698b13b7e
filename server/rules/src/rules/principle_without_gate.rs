//! A principle of the constitution that the plan's Constitution Check leaves out.

use documents::{DocumentKind, Gate, Principle};
use trace::{Feature, FeatureDocument, Phase};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::headings::{constitution_check, normalised};
use crate::message::{Message, Template, shortened};

const WITHOUT: Template = Template {
    en: "The constitution's principle \u{201c}{principle}\u{201d} has no gate here, where {count} others have one.",
    ja: "憲章の原則「{principle}」のゲートがここにありません (他の {count} 件にはあります)。",
};
const PRINCIPLE: Template = Template {
    en: "This principle has no gate.",
    ja: "この原則にはゲートがありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "principle-without-gate",
    group: Group::Structure,
    severity: Severity::Hint,
    summary: "A principle of the constitution that the plan's Constitution Check leaves out.",
    explanation: "The plan was not checked against it, or nobody wrote that down.\n\nOnly where the check names all other \
                  principles (or seven of eight), more than half of them by number and name, and does not speak of the missing one in \
                  any other way: a check that lists what matters to the feature is a choice. And only until work begins, \
                  in a plan whose date is later than every date of the constitution: a principle that is added later does \
                  not reopen old plans. Unknown where one of the two has no date. All that a plan leaves out is one finding.",
    bad: "### II. Old records stay readable   (constitution.md)\n\n- \u{2705} **I. Tests come first**   (Constitution Check of plan.md)",
    good: "### II. Old records stay readable   (constitution.md)\n\n- \u{2705} **I. Tests come first**   (Constitution Check of plan.md)\n- \u{2705} **II. Old records stay readable**",
    messages: &[WITHOUT],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 12,
        right: 1,
        seeded: 3,
        found: 1,
    }),
};

pub(crate) struct PrincipleWithoutGate;

impl Rule for PrincipleWithoutGate {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Plan]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(constitution), Some(plan)) = (&feature.constitution, feature.plan()) else {
            return;
        };
        let Some(check) = constitution_check(plan) else {
            return;
        };
        let gates = &plan.facts().gates;
        let principles = listed(&constitution.facts().principles);
        if principles.is_empty() || gates.is_empty() || feature.phase >= Phase::Implementing {
            return;
        }
        let (gated, lost): (Vec<&Principle>, Vec<&Principle>) = principles
            .iter()
            .partition(|principle| gates.iter().any(|gate| is_for(gate, principle)));
        let gated = gated.len();
        for _ in 0..gated {
            sink.clean();
        }
        let named =
            |principle: &&&Principle| gates.iter().any(|gate| is_surely_for(gate, principle));
        let by_principle = 2 * principles.iter().filter(named).count() > principles.len();
        if lost.len() > 1 && 8 * lost.len() > principles.len() || !by_principle {
            if !lost.is_empty() {
                sink.unknown_at(
                    plan.file,
                    check.range,
                    "the Constitution Check names only some of these principles",
                );
            }
            return;
        }
        let text = normalised(plan.slice(check.range));
        if !lost.is_empty() && !is_later(plan, constitution) {
            sink.unknown_at(
                plan.file,
                check.range,
                "the principle may be younger than the plan",
            );
            return;
        }
        for principle in lost {
            let item = constitution.facts().items.get(principle.item as usize);
            let Some(item) = item.filter(|_| !is_named(&text, principle)) else {
                sink.clean();
                continue;
            };
            let message = Message::new(
                WITHOUT,
                &[
                    ("principle", &shortened(&principle.name, 40)),
                    ("count", &gated.to_string()),
                ],
            );
            drop(
                sink.report(plan.file, check.title_range, message)
                    .fact(principle.name.as_str())
                    .group("principles")
                    .related(
                        constitution.file,
                        item.id_range,
                        Message::new(PRINCIPLE, &[]),
                    ),
            );
        }
    }
}

/// Whether the plan says that it was written after the last change that the constitution speaks of.
fn is_later(plan: &FeatureDocument, constitution: &FeatureDocument) -> bool {
    let mut metas = plan.facts().metas.iter();
    let written = metas.find_map(|meta| dates(plan.slice(meta.value_range)).next());
    let changed = dates(&constitution.doc.text).max();
    matches!((written, changed), (Some(written), Some(changed)) if written > changed)
}

/// Days as `2026-03-14` in a text. Written like this, a later one is greater.
fn dates(text: &str) -> impl Iterator<Item = &str> {
    let shape = |day: &&str| {
        day.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let hyphens = text.match_indices('-');
    hyphens.filter_map(move |(at, _)| text.get(at.checked_sub(4)?..at + 6).filter(shape))
}

/// The principles themselves: where they are numbered, what is not belongs to one of them.
fn listed(principles: &[Principle]) -> Vec<&Principle> {
    let numbered = principles
        .iter()
        .any(|principle| principle.number.is_some());
    let own = |principle: &&Principle| !numbered || principle.number.is_some();
    principles.iter().filter(own).collect()
}

/// Whether a gate is, or may be, that of a principle: the number is enough here.
fn is_for(gate: &Gate, principle: &Principle) -> bool {
    (gate.number.is_some() && gate.number == principle.number) || has_name(gate, principle)
}

/// Whether a gate names a principle as the constitution does: by number and name, or by its whole name where principles
/// have no numbers.
fn is_surely_for(gate: &Gate, principle: &Principle) -> bool {
    if principle.number.is_some() {
        gate.number == principle.number && has_name(gate, principle)
    } else {
        normalised(&gate.name).contains(&normalised(&principle.name))
    }
}

/// Whether a gate has the name of a principle, a word of it that is its own, or its initials (`TDD`). Where a
/// constitution was written anew, its numbers mean something else than in older plans.
fn has_name(gate: &Gate, principle: &Principle) -> bool {
    let (gate, name) = (normalised(&gate.name), normalised(&principle.name));
    let part =
        !gate.is_empty() && !name.is_empty() && (gate.contains(&name) || name.contains(&gate));
    part || is_named(&gate, principle)
}

/// Words that many principles share.
const COMMON: &[&str] = &[
    "principle",
    "principles",
    "first",
    "design",
    "development",
    "driven",
    "integration",
    "policy",
    "system",
    "management",
    "based",
    "quality",
    "standards",
    "standard",
    "project",
    "architecture",
    "discipline",
];

/// Whether a text speaks of the principle: by its whole name, a word that is its own, its initials or its number.
fn is_named(text: &str, principle: &Principle) -> bool {
    let name = normalised(&principle.name);
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let mut stems = words
        .iter()
        .filter(|word| word.chars().count() > 3 && !COMMON.contains(word))
        .map(|word| word.chars().take(6).collect::<String>());
    let initials: String = words
        .iter()
        .filter_map(|word| word.chars().next())
        .collect();
    let numbered = principle.number.is_some_and(|number| {
        ["principle", "principles", "原则", "原則"]
            .iter()
            .any(|word| {
                text.contains(&format!("{word} {number} "))
                    || text.contains(&format!("{word} {} ", roman(number)))
            })
    });
    numbered
        || (!name.is_empty() && text.contains(&name))
        || stems.any(|stem| text.contains(&stem))
        || (initials.len() > 1 && text.split(' ').any(|word| word == initials))
}

/// Numbers up to 39 as constitutions write them, in lower case.
fn roman(number: u32) -> String {
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = "x".repeat(number.min(39) as usize / 10);
    let unit = UNITS.get(number as usize % 10).copied().unwrap_or_default();
    tens + unit
}
