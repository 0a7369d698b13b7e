//! A requirement whose work is done and whose tests show nothing of it any more.

use documents::DocumentKind;
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument, Proof, ProofStanding, RequirementWork};

use super::requirement_without_task::{covers, needs_no_task};
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};

const ONE_SKIPPED: Template = Template {
    en: "The only test that names {id} is skipped.",
    ja: "{id} に触れる唯一のテストはスキップされています。",
};
const ONE_EMPTY: Template = Template {
    en: "The only test that names {id} asserts nothing.",
    ja: "{id} に触れる唯一のテストには何のアサーションもありません。",
};
const ONE_FAILS: Template = Template {
    en: "The only test that names {id} fails in {report}.",
    ja: "{id} に触れる唯一のテストは {report} で失敗しています。",
};
const ALL: Template = Template {
    en: "Each of the {all} tests that name {id} is skipped, fails or asserts nothing.",
    ja: "{id} に触れるテスト {all} 件はすべて、スキップ、失敗、またはアサーションなしです。",
};
const SOME: Template = Template {
    en: "Of the {all} tests that name {id}, {count} are skipped or fail.",
    ja: "{id} に触れるテスト {all} 件中 {count} 件は、スキップされているか失敗しています。",
};
const ONE_OF_MORE: Template = Template {
    en: "A test that names {id} is skipped, fails or asserts nothing.",
    ja: "{id} に触れるテストに、スキップ、失敗、またはアサーションなしのものがあります。",
};
const SKIPPED: Template = Template {
    en: "`{test}` is skipped.",
    ja: "`{test}` はスキップされています。",
};
const EMPTY: Template = Template {
    en: "`{test}` asserts nothing.",
    ja: "`{test}` には何のアサーションもありません。",
};
const FAILS: Template = Template {
    en: "`{test}` fails in {report}.",
    ja: "`{test}` は {report} で失敗しています。",
};

/// Most tests that stand beside a finding.
const SHOWN: usize = 10;

static DESCRIPTOR: Descriptor = Descriptor {
    code: "test-drift",
    group: Group::Drift,
    severity: Severity::Information,
    summary: "The tests that name a requirement whose work is done are skipped, assert nothing or fail.",
    explanation: "A test that names its requirement is read as its proof. One that is skipped, that asserts nothing or that \
                  fails proves nothing, and the requirement still looks tested.\n\nTests of a requirement are those that name \
                  it together with its feature, which the head of the file may name. Skipped is what is skipped without a \
                  condition. A test asserts nothing where nothing it calls can: each function it calls stands in its own file \
                  and asserts nothing either. Failing is what the newest report of a test run says, where it is newer than the \
                  file of the test and names that file.\n\nOnly for requirements whose work is done: all tasks that cite one are \
                  ticked, or none cites it and all are. Only a hint where another test that names it is as it ought to be, or \
                  mentions the id and may mean another feature's. Unknown where a file cannot be parsed, where a test calls \
                  what another file defines and asserts nothing itself, and before all sources were read. \
                  Several requirements with the same tests are one finding.\n\nWith `--since`, a test that fails in a report \
                  is old if it was there: no report tells how it ended then.",
    bad: "- **FR-003**: Codes MUST expire.   (test_codes.py: @pytest.mark.skip, def test_fr_003_codes_expire)",
    good: "- **FR-003**: Codes MUST expire.   (test_codes.py: def test_fr_003_codes_expire, with an assertion)",
    messages: &[
        ONE_SKIPPED,
        ONE_EMPTY,
        ONE_FAILS,
        ALL,
        SOME,
        ONE_OF_MORE,
        SKIPPED,
        EMPTY,
        FAILS,
    ],
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 0,
        found: 0,
    }),
};

pub(crate) struct TestDrift;

impl Rule for TestDrift {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Spec, DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec() else {
            return;
        };
        let proofs = &feature.proofs;
        if proofs.of.is_empty() {
            return;
        }
        let proves = |proof: &Proof| proof.standing == ProofStanding::Proves;
        let proven: FxHashSet<&str> = proofs
            .of
            .iter()
            .filter(|(_, of)| of.iter().any(proves))
            .map(|(id, _)| id.as_str())
            .collect();
        let perhaps: FxHashSet<&str> = feature.tested.perhaps.iter().map(AsRef::as_ref).collect();
        for work in feature.finished_work() {
            let Some(of) = proofs.of.get(&work.id).filter(|of| !of.is_empty()) else {
                continue;
            };
            let Some(item) = spec.facts().items.get(work.item as usize) else {
                continue;
            };
            if needs_no_task(spec, item) {
                continue;
            }
            let hollow: Vec<&Proof> = of.iter().filter(|proof| proof.standing.is_none()).collect();
            let all = of.len().to_string();
            if covers(&proven, &work.id) {
                // What asserts nothing may help the one that does.
                let not_run = |proof: &&Proof| proof.standing != ProofStanding::Empty;
                let some: Vec<&Proof> = hollow.into_iter().filter(not_run).collect();
                if some.is_empty() {
                    sink.clean();
                } else {
                    let count = some.len().to_string();
                    let facts = [("id", work.id.as_str()), ("all", &all), ("count", &count)];
                    let message = Message::new(SOME, &facts);
                    report(spec, &work, message, Severity::Hint, &some, sink);
                }
                continue;
            }
            let why = if hollow.len() < of.len() {
                Some("whether a test asserts something cannot be told")
            } else if !proofs.complete {
                Some(
                    "not every source is read: still at work, or a sparse checkout (`git sparse-checkout disable`)",
                )
            } else {
                None
            };
            if let Some(why) = why {
                sink.unknown_at(spec.file, item.id_range, why);
                continue;
            }
            // Another test mentions the id and may mean another feature's.
            if covers(&perhaps, &work.id) {
                let message = Message::new(ONE_OF_MORE, &[("id", &work.id)]);
                report(spec, &work, message, Severity::Hint, &hollow, sink);
                continue;
            }
            let message = match hollow.as_slice() {
                [one] => match &one.standing {
                    ProofStanding::Fails(report) => {
                        let report = shortened(report, 60);
                        let facts = [("id", work.id.as_str()), ("report", &report)];
                        Message::new(ONE_FAILS, &facts)
                    }
                    ProofStanding::Skipped => Message::new(ONE_SKIPPED, &[("id", &work.id)]),
                    _ => Message::new(ONE_EMPTY, &[("id", &work.id)]),
                },
                _ => Message::new(ALL, &[("id", &work.id), ("all", &all)]),
            };
            report(spec, &work, message, Severity::Information, &hollow, sink);
        }
    }
}

fn report(
    spec: &FeatureDocument,
    work: &RequirementWork,
    message: Message,
    severity: Severity,
    tests: &[&Proof],
    sink: &mut Sink<'_>,
) {
    let Some(item) = spec.facts().items.get(work.item as usize) else {
        return;
    };
    // Requirements that share their tests share the finding.
    let mut shared = severity.as_str().to_owned();
    for test in tests {
        let state = match &test.standing {
            ProofStanding::Fails(_) => "fails",
            ProofStanding::Skipped => "skipped",
            _ => "empty",
        };
        shared.extend(["\n", state, " ", &test.name]);
    }
    let mut draft = sink
        .report(spec.file, item.id_range, message)
        .item(work.item)
        .severity(severity)
        .group(shared);
    for test in tests.iter().take(SHOWN) {
        let name = shortened(&test.name, 60);
        let message = match &test.standing {
            ProofStanding::Fails(report) => {
                let report = shortened(report, 40);
                Message::new(FAILS, &[("test", &name), ("report", &report)])
            }
            ProofStanding::Skipped => Message::new(SKIPPED, &[("test", &name)]),
            _ => Message::new(EMPTY, &[("test", &name)]),
        };
        draft = draft.related(test.file, test.range, message);
    }
    drop(draft);
}
