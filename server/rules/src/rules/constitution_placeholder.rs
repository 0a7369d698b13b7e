//! A plan that is checked against a constitution nobody filled in.

use documents::{DocumentKind, PlaceholderKind};
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::headings::constitution_check;
use crate::message::{Message, Template, shortened};
use crate::wording::flat;

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
    severity: Severity::Hint,
    summary: "A plan that is checked against a constitution nobody filled in.",
    explanation: "A check against `[PRINCIPLE_1_NAME]` passes whatever the plan says. Spec Kit's commands leave the \
                  check out where the constitution is the template.\n\nSaid at the Constitution Check of each plan, with \
                  the places in `.specify/memory/constitution.md`; a project without plans is not told. Nor is a plan \
                  whose check says itself, in any of eight languages, that there is only a template. Unknown where the project \
                  has another constitution (`CONSTITUTION.md` at its root) or the check takes its gates from `CLAUDE.md` and the \
                  like. Only brackets of Spec Kit's own template \
                  count, outside comments; `TODO(RATIFICATION_DATE): ...` is a known gap.",
    bad: "### [PRINCIPLE_1_NAME]   (constitution.md)\n\n## Constitution Check   (plan.md)",
    good: "### I. Tests come first   (constitution.md)\n\n## Constitution Check   (plan.md)",
    messages: &[UNFILLED],
    // Hits left in 300 repositories that were judged, ten of them blind.
    measured: Some(Measured {
        judged: 18,
        right: 11,
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
        let words = plan.slice(check.range);
        let Some(first) = unfilled.first().filter(|_| !is_known(words)) else {
            sink.clean();
            return;
        };
        if feature.project.other_constitution || has_another_source(words) {
            sink.unknown_at(
                plan.file,
                check.range,
                "the gates may be those of another document",
            );
            return;
        }
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

/// Words by which a check says itself that the constitution is not filled in, in lower case.
const KNOWN: [&str; 54] = [
    "template",
    "placeholder",
    "not ratified",
    "unratified",
    "not yet",
    "not defined",
    "undefined",
    "not been defined",
    "not filled",
    "unfilled",
    "not established",
    "no constitution",
    "no project constitution",
    "no formal constitution",
    "no specific constitution",
    "constitution is empty",
    "constitution does not exist",
    "default state",
    "no gates to check",
    "no gates defined",
    "模板",
    "範本",
    "尚未",
    "尚無",
    "未建立",
    "未定义",
    "未定義",
    "没有宪法",
    "没有项目宪法",
    "默认状态",
    "テンプレート",
    "プレースホルダ",
    "占位",
    "デフォルト",
    "初期状態",
    "定義されていな",
    "定義されていません",
    "策定されていな",
    "策定されていません",
    "未策定",
    "未作成",
    "템플릿",
    "아직",
    "정의되지 않",
    "작성되지 않",
    "미정의",
    "plantilla",
    "no está definid",
    "aún no",
    "não está definid",
    "ainda não",
    "vorlage",
    "noch nicht",
    "modèle",
];

/// Names of documents that a check may take its gates from instead.
const SOURCES: [&str; 4] = [
    "claude.md",
    "agents.md",
    "gemini.md",
    "copilot-instructions",
];

/// Whether the check says itself that the constitution is not filled in.
fn is_known(check: &str) -> bool {
    let check = flat(check);
    KNOWN.iter().any(|word| check.contains(word))
}

/// Whether the check says that its gates come from another document.
fn has_another_source(check: &str) -> bool {
    let check = check.to_lowercase();
    SOURCES.iter().any(|name| check.contains(name))
}
