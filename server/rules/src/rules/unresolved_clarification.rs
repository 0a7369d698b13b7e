//! A question that spec.md still asks while the tasks made from it are there.

use documents::{Clarification, PlaceholderKind};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};
use crate::wording::paragraph;

const OPEN: Template = Template {
    en: "The question \u{201c}{question}\u{201d} is open in spec.md, and tasks.md is already there.",
    ja: "spec.md の質問「{question}」が未解決のまま、tasks.md が作成されています。",
};
const BARE: Template = Template {
    en: "An unnamed question is open in spec.md, and tasks.md is already there.",
    ja: "spec.md に内容のない未解決の質問があるまま、tasks.md が作成されています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "unresolved-clarification",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A question that spec.md still asks while the tasks made from it are there.",
    explanation: "The tasks were written without the answer, so each of them that depends on it is a guess. Spec Kit \
                  asks for all answers before the plan.\n\nOnly `[NEEDS CLARIFICATION: ...]` counts, with its brackets; \
                  a sentence about such markers, one in code and one that is struck out do not. What a template left \
                  in a document that nobody filled in is `leftover-placeholder`.",
    bad: "- **FR-006**: The service MUST keep a parcel for [NEEDS CLARIFICATION: how many days?].",
    good: "- **FR-006**: The service MUST keep a parcel for 30 days.",
    messages: &[OPEN, BARE],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 8,
        right: 2,
        seeded: 65,
        found: 64,
    }),
};

/// Questions of Spec Kit's own template, which stand in every copy of it.
const TEMPLATE_QUESTIONS: [&str; 2] = [
    "auth method not specified",
    "retention period not specified",
];

pub(crate) struct UnresolvedClarification;

impl Rule for UnresolvedClarification {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(_)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        let mut open = spec
            .facts()
            .clarifications
            .iter()
            .filter(|marker| !is_settled(spec, marker) && !is_template(spec, marker))
            .peekable();
        if open.peek().is_none() {
            sink.clean();
        }
        for marker in open {
            let question = shortened(spec.slice(marker.question), 50);
            let message = if question.is_empty() {
                Message::new(BARE, &[])
            } else {
                Message::new(OPEN, &[("question", &question)])
            };
            let draft = sink
                .report(spec.file, marker.range, message)
                .fact(spec.slice(marker.question));
            drop(match spec.facts().item_at(marker.range.start()) {
                Some((at, _)) => draft.item(at),
                None => draft,
            });
        }
    }
}

/// Whether the marker is struck out, or its paragraph says that the answer is there.
fn is_settled(spec: &FeatureDocument, marker: &Clarification) -> bool {
    let text: &str = &spec.doc.text;
    let (before, behind) = (
        &text[..usize::from(marker.range.start())],
        &text[usize::from(marker.range.end())..],
    );
    let struck = before.trim_end().ends_with("~~") && behind.trim_start().starts_with("~~");
    let paragraph = spec.slice(paragraph(text, marker.range)).to_lowercase();
    struck
        || [
            "resolved",
            "answered",
            "clarified",
            "解決済",
            "已解决",
            "已澄清",
        ]
        .iter()
        .any(|word| {
            paragraph
                .match_indices(word)
                .any(|(at, _)| !paragraph[..at].ends_with("un"))
        })
}

/// Whether the marker is the template's own, in a document that still has other text of the template.
fn is_template(spec: &FeatureDocument, marker: &Clarification) -> bool {
    let facts = spec.facts();
    let question = spec.slice(marker.question);
    TEMPLATE_QUESTIONS
        .iter()
        .any(|known| question.starts_with(known))
        && facts
            .placeholders
            .iter()
            .any(|placeholder| placeholder.kind == PlaceholderKind::Text)
}
