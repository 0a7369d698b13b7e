//! A plan that breaks a principle and says nowhere why.

use documents::{DocumentKind, Gate, GateState, Item};
use text::TextRange;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::headings::normalised;
use crate::message::{Message, Template, shortened};
use crate::word_list::WordList;

const UNJUSTIFIED: Template = Template {
    en: "The gate \u{201c}{gate}\u{201d} is violated, and Complexity Tracking of plan.md has no row for it.",
    ja: "ゲート「{gate}」に違反していますが、plan.md の Complexity Tracking に理由がありません。",
};
static DESCRIPTOR: Descriptor = Descriptor {
    code: "gate-violation-unjustified",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A plan that breaks a principle and says nowhere why.",
    explanation: "Spec Kit's plan command stops at a violated gate without a justification: the team's own rule is \
                  broken, and nobody can tell whether that was meant.\n\nA gate counts as violated only where the plan \
                  says so outright (`\u{274c}`, `FAIL`, `VIOLATION`). A row or a paragraph in Complexity Tracking, the word \
                  *justified* or a reason at the gate itself, and a later look that passes justify it.",
    bad: "| III. One database | \u{274c} FAIL |\n\n## Complexity Tracking",
    good: "| III. One database | \u{274c} FAIL |\n\n## Complexity Tracking\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n|---|---|---|\n| III. One database | The archive is read-only | One database cannot be mounted read-only |",
    messages: &[UNJUSTIFIED],
    // No hit in 3,404 gates. One in an old state was wrong, and the rule was narrowed.
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 37,
        found: 36,
    }),
};

/// Words that give or point at a reason.
const REASONS: &[&str] = &[
    "justif",
    // A row that says what would be one.
    "forbidden",
    "prohibited",
    "not allowed",
    "禁止",
    "금지",
    "complexity",
    "because",
    "since ",
    "accepted",
    "exception",
    "waive",
    "deferred",
    "see ",
    "理由",
    "例外",
    "ため",
    "正当",
    "因为",
    "豁免",
    "사유",
    "예외",
    "porque",
    "debido",
    "justificad",
    "weil",
    "begründ",
    "parce que",
];

pub(crate) struct GateViolationUnjustified;

impl Rule for GateViolationUnjustified {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Plan]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(plan) = feature.plan() else {
            return;
        };
        let facts = plan.facts();
        for gate in &facts.gates {
            let Some(item) = facts.items.get(gate.item as usize) else {
                continue;
            };
            if gate.state != GateState::Violated || is_resolved(plan, gate, item) {
                sink.clean();
                continue;
            }
            let name = shortened(plan.slice(item.id_range), 50);
            let message = Message::new(UNJUSTIFIED, &[("gate", &name)]);
            drop(
                sink.report(plan.file, item.id_range, message)
                    .item(gate.item)
                    .fact("gate"),
            );
        }
    }
}

/// Whether a reason stands at the gate or in Complexity Tracking, or a later look at it passes.
fn is_resolved(plan: &FeatureDocument, gate: &Gate, item: &Item) -> bool {
    let facts = plan.facts();
    let reasons = WordList::new(REASONS);
    let own = plan.slice(item.range).to_lowercase();
    if reasons.occurs_in(&own) || !facts.violations.is_empty() {
        return true;
    }
    let passes_later = facts.gates.iter().any(|later| {
        let same = later.number.is_some() && later.number == gate.number
            || normalised(&later.name) == normalised(&gate.name);
        same && later.item > gate.item && later.state != GateState::Violated
    });
    passes_later || is_tracked_in_words(plan)
}

/// Whether Complexity Tracking, or another section about violations, has words besides its table.
fn is_tracked_in_words(plan: &FeatureDocument) -> bool {
    let facts = plan.facts();
    facts.sections.iter().any(|section| {
        let title = section.title.to_lowercase();
        let about = [
            "complexity",
            "violation",
            "justification",
            "deviation",
            "複雑",
            "违反",
            "違反",
            "복잡",
            "complej",
        ]
        .iter()
        .any(|word| title.contains(word));
        let body = TextRange::new(section.heading.end(), section.range.end());
        about
            && plan.slice(body).lines().any(|line| {
                let words = line.trim_start();
                words.contains(char::is_alphanumeric)
                    && !words.starts_with(['|', '>', '#'])
                    && !words.starts_with("**Fill")
                    && !words.starts_with("*Fill")
            })
    })
}
