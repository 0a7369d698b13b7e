//! A requirement that no test mentions, where tests mention most of its feature's requirements.

use documents::DocumentKind;
use rustc_hash::FxHashSet;
use trace::{Basis, Feature, RequirementWork};

use super::requirement_without_task::{covers, needs_no_task};
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const UNTESTED: Template = Template {
    en: "No test mentions {id}; tests mention {tested} of the {all} requirements here.",
    ja: "{id} に触れるテストがありません。この機能の要件 {all} 件中 {tested} 件はテストに書かれています。",
};
const TASK: Template = Template {
    en: "{task} works for it.",
    ja: "{task} が担当しています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-without-test",
    group: Group::Coverage,
    severity: Severity::Information,
    summary: "A requirement whose work is done has no test, where most others of its feature have one.",
    explanation: "Tests that name their requirement show what is proven. Where a feature's tests do so for most \
                  requirements, the one they leave out is easy to overlook.\n\nOnly where tests mention at least half of the \
                  feature's requirements, with the feature's name or by ids that no other feature has, and at least three of \
                  them in files that the feature's tasks name; and only for a \
                  requirement whose tasks are all ticked and name a file that is there, but no test. Unknown where a test \
                  mentions the id and may mean another feature's, where a task of the requirement speaks of tests, and \
                  before all sources were read.",
    bad: "- **FR-003**: Codes MUST expire.   (test_codes.py mentions FR-001, FR-002 and FR-004)",
    good: "- **FR-003**: Codes MUST expire.   (test_codes.py mentions it: def test_fr_003_codes_expire)",
    messages: &[UNTESTED, TASK],
    measured: Some(Measured {
        judged: 1,
        right: 0,
        seeded: 0,
        found: 0,
    }),
};

pub(crate) struct RequirementWithoutTest;

impl Rule for RequirementWithoutTest {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Spec, DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        if !feature.tested.is_usual() {
            return;
        }
        let work = feature.requirement_work();
        let surely: FxHashSet<&str> = feature.tested.surely.iter().map(AsRef::as_ref).collect();
        let perhaps: FxHashSet<&str> = feature.tested.perhaps.iter().map(AsRef::as_ref).collect();
        let tested = |work: &&RequirementWork| covers(&surely, &work.id);
        let there = work.iter().filter(tested).count();
        if there * 2 < work.len() {
            return;
        }
        for each in &work {
            let Some(item) = spec.facts().items.get(each.item as usize) else {
                continue;
            };
            if tested(&each) || each.test {
                sink.clean();
                continue;
            }
            if !each.finished || !each.code || needs_no_task(spec, item) {
                continue;
            }
            let items = || {
                let items = each.tasks.iter();
                items.filter_map(|at| tasks.facts().items.get(*at as usize))
            };
            if covers(&perhaps, &each.id) {
                sink.unknown_at(
                    spec.file,
                    item.id_range,
                    "a test mentions the id and may mean another feature's",
                );
            } else if !feature.tested.complete {
                sink.unknown_at(spec.file, item.id_range, "not every source is read: still at work, or a sparse checkout (`git sparse-checkout disable`)");
            } else if items().any(|task| speaks_of_tests(tasks.slice(task.range))) {
                sink.unknown_at(
                    spec.file,
                    item.id_range,
                    "a task of the requirement speaks of tests",
                );
            } else {
                let (there, all) = (there.to_string(), work.len().to_string());
                let facts = [("id", each.id.as_str()), ("tested", &there), ("all", &all)];
                let mut draft = sink
                    .report(spec.file, item.id_range, Message::new(UNTESTED, &facts))
                    .item(each.item)
                    .basis(Basis::Task);
                for task in items().filter(|task| !task.id.is_empty()) {
                    let message = Message::new(TASK, &[("task", &task.id)]);
                    draft = draft.related(tasks.file, task.id_range, message);
                }
                drop(draft);
            }
        }
    }
}

/// Beginnings of words that say that something is tested.
const TESTS: &[&str] = &[
    "test",
    "prueba",
    "prüf",
    "verif",
    "テスト",
    "测试",
    "測試",
    "테스트",
    "検証",
    "验证",
];

/// Whether a task speaks of tests.
fn speaks_of_tests(words: &str) -> bool {
    let words = words.to_lowercase();
    TESTS.iter().any(|word| words.contains(word))
}
