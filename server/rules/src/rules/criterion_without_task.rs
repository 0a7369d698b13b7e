//! A criterion of a Kiro spec that no task cites, where tasks cite criteria.

use std::cell::LazyCell;

use documents::{Format, Item, ItemIndex, ItemKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::spoken::{GENERAL, stems, words_of_tasks};
use crate::wording;

const UNCITED: Template = Template {
    en: "{id} is cited by no task, while {cited} of {all} criteria are.",
    ja: "{id} はどのタスクからも参照されていません (全 {all} 件中 {cited} 件は参照されています)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "criterion-without-task",
    group: Group::Coverage,
    severity: Severity::Hint,
    summary: "An acceptance criterion that no task cites, in a spec whose tasks cite criteria.",
    explanation: "Where tasks say for which criteria they are, one that no task names is easily forgotten.\n\nOnly where \
                  four of five criteria are cited, by themselves, by a range or with their whole requirement. Criteria \
                  of one requirement are one finding: the first speaks, the others are related. Criteria that were \
                  crossed out or deferred need no task. Unknown where a task says most of what only this criterion \
                  says, and where a criterion forbids something.",
    bad: "2. IF the store is away, THEN THE System SHALL ...   (requirement 1)\n- _Requirements: 1.1, 1.3_   (the only citation in tasks.md)",
    good: "2. IF the store is away, THEN THE System SHALL ...   (requirement 1)\n- _Requirements: 1.1, 1.2, 1.3_",
    messages: &[UNCITED],
    // All hits left in 300 repositories that were judged, nine of them blind; the words were chosen after them.
    measured: Some(Measured {
        judged: 49,
        right: 32,
        seeded: 12,
        found: 5,
    }),
};

/// Criteria that must be there before a share of them means something.
const ENOUGH: usize = 5;

pub(crate) struct CriterionWithoutTask;

impl Rule for CriterionWithoutTask {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        if spec.unread().is_some() {
            sink.unknown(super::unknown_criterion::NOT_UNDERSTOOD);
            return;
        }
        let facts = spec.facts();
        let parent = |item: &Item| item.parent.and_then(|at| facts.items.get(at as usize));
        let cited: FxHashSet<&SmolStr> = tasks
            .facts()
            .mentions
            .iter()
            .filter(|mention| {
                mention.kind == grammar::IdKind::Criterion && mention.qualifier.is_none()
            })
            .map(|mention| &mention.key)
            .collect();
        let is_cited = |item: &Item| {
            cited.contains(&item.id) || parent(item).is_some_and(|of| cited.contains(&of.id))
        };
        // Clauses of a bugfix that tell what is wrong now are work for nobody.
        let all: Vec<(ItemIndex, &Item)> = facts
            .items_of(ItemKind::Criterion)
            .filter(|(_, item)| item.parent.is_some())
            .collect();
        let there = all.iter().filter(|(_, item)| is_cited(item)).count();
        if all.len() < ENOUGH || there * 5 < all.len() * 4 {
            return;
        }
        let words = LazyCell::new(|| words_of_tasks(feature, tasks));
        let common = LazyCell::new(|| common(spec, &all));
        for (at, item) in &all {
            let of = parent(item).map(|of| of.id.clone()).unwrap_or_default();
            if is_cited(item) || is_settled(spec, item) {
                sink.clean();
            } else if facts
                .kiro
                .disputed
                .iter()
                .any(|(disputed, _)| *disputed == of)
            {
                sink.unknown_at(
                    spec.file,
                    item.id_range,
                    "the criteria are numbered otherwise than they stand",
                );
            } else if forbids(spec, item) {
                sink.unknown_at(
                    spec.file,
                    item.id_range,
                    "the criterion forbids, which rarely is work of its own",
                );
            } else if is_spoken_of(spec, item, &common, &words) {
                sink.unknown_at(
                    spec.file,
                    item.id_range,
                    "a task speaks of what the criterion says, without citing it",
                );
            } else {
                let message = [
                    ("id", item.id.as_str()),
                    ("cited", &there.to_string()),
                    ("all", &all.len().to_string()),
                ];
                let draft = sink
                    .report(spec.file, item.id_range, Message::new(UNCITED, &message))
                    .item(*at);
                drop(draft.group(of.as_str()));
            }
        }
    }
}

/// Whether a criterion was given up.
fn is_settled(spec: &FeatureDocument, item: &Item) -> bool {
    let text = spec.slice(item.title_range);
    text.starts_with("~~") || wording::gone(text)
}

/// Words by which a criterion says what is not to be.
const FORBIDS: [&str; 4] = ["SHALL NOT", "MUST NOT", "outside the scope", "out of scope"];

fn forbids(spec: &FeatureDocument, item: &Item) -> bool {
    let text = spec.slice(item.range);
    FORBIDS.iter().any(|words| text.contains(words))
}

/// Stems that several criteria have: in more than two, or in more than one of twelve.
fn common(spec: &FeatureDocument, all: &[(ItemIndex, &Item)]) -> FxHashSet<String> {
    let mut count: FxHashMap<String, usize> = FxHashMap::default();
    for (_, item) in all {
        for stem in stems(spec.slice(item.range)) {
            *count.entry(stem).or_default() += 1;
        }
    }
    let most = (all.len() / 12).max(2);
    count.retain(|_, count| *count > most);
    count.into_keys().collect()
}

/// Whether one task says three of five words that only this criterion has.
fn is_spoken_of(
    spec: &FeatureDocument,
    item: &Item,
    common: &FxHashSet<String>,
    tasks: &[FxHashSet<String>],
) -> bool {
    let mut told = stems(spec.slice(item.range));
    told.retain(|stem| !common.contains(stem) && !GENERAL.contains(&stem.as_str()));
    tasks.iter().any(|task| {
        let said = told.iter().filter(|stem| task.contains(*stem)).count();
        said > 0 && said * 5 >= told.len() * 3
    })
}
