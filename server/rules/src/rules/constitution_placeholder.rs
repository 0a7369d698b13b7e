//! A plan that is checked against a constitution nobody filled in.

use documents::{DocumentKind, PlaceholderKind};
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::headings::constitution_check;
use crate::message::{Message, Template, shortened};

const UNFILLED: Template = Template {
    en: "plan.md is checked against a constitution that still has `{text}` and {count} more of the template.",
    ja: "plan.md が照らす憲章には、テンプレートの `{text}` など {count} か所が残っています。",
};
const HERE: Template = Template {
    en: "This is text of the template.",
    ja: "これはテンプレートの文字列のままです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "constitution-placeholder",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A plan that is checked against a constitution nobody filled in.",
    explanation: "A check against `[PRINCIPLE_1_NAME]` passes whatever the plan says. Spec Kit's commands leave the \
                  check out where the constitution is the template.\n\nSaid at the Constitution Check of each plan, with \
                  the places in `.specify/memory/constitution.md`; a project without plans is not told. Nor is a plan \
                  whose check says itself that there is only a template. Only brackets of Spec Kit's own template \
                  count, outside comments; `TODO(RATIFICATION_DATE): ...` is a known gap.",
    bad: "### [PRINCIPLE_1_NAME]   (constitution.md)\n\n## Constitution Check   (plan.md)",
    good: "### I. Tests come first   (constitution.md)\n\n## Constitution Check   (plan.md)",
    messages: &[UNFILLED],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 13,
        right: 5,
        seeded: 20,
        found: 20,
    }),
};

pub(crate) struct ConstitutionPlaceholder;

impl Rule for ConstitutionPlaceholder {
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
        // Nothing was checked yet: that is `leftover-placeholder`.
        let unwritten = plan
            .facts()
            .placeholders
            .iter()
            .any(|placeholder| check.range.contains_range(placeholder.range));
        if unwritten {
            return;
        }
        let unfilled: Vec<_> = constitution
            .facts()
            .placeholders
            .iter()
            .filter(|placeholder| placeholder.kind == PlaceholderKind::Text)
            .collect();
        let Some(first) = unfilled
            .first()
            .filter(|_| !is_known(plan.slice(check.range)))
        else {
            sink.clean();
            return;
        };
        let message = Message::new(
            UNFILLED,
            &[
                ("text", &shortened(constitution.slice(first.range), 30)),
                ("count", &(unfilled.len() - 1).to_string()),
            ],
        );
        let mut draft = sink
            .report(plan.file, check.title_range, message)
            .fact("constitution");
        for place in unfilled.iter().take(SHOWN) {
            draft = draft.related(constitution.file, place.range, Message::new(HERE, &[]));
        }
        drop(draft);
    }
}

/// Places named beside the finding; the first ones say enough.
const SHOWN: usize = 5;

/// Whether the check says itself that the constitution is not filled in.
fn is_known(check: &str) -> bool {
    let check = check.to_lowercase();
    [
        "template",
        "placeholder",
        "not ratified",
        "unratified",
        "not yet",
        "no constitution",
        "模板",
        "範本",
        "テンプレート",
        "템플릿",
        "plantilla",
        "vorlage",
        "modèle",
    ]
    .iter()
    .any(|word| check.contains(word))
}
