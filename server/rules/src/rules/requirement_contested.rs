//! One requirement that two changes in the making both change.

use documents::Format;
use documents::openspec::Delta;
use smol_str::SmolStr;
use text::TextRange;
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const BOTH: Template = Template {
    en: "{operation} \"{name}\": the change \"{change}\" has {other} for the same requirement.",
    ja: "{operation} 「{name}」: 変更「{change}」にも同じ要件の {other} があります。",
};
const THERE: Template = Template {
    en: "The requirement in \"{change}\".",
    ja: "「{change}」にある要件です。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-contested",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A requirement that two OpenSpec changes in the making both add, change, remove or rename.",
    explanation: "MODIFIED replaces the whole requirement: the change that is archived second silently takes back what \
                  the first one said, or cannot be archived at all. OpenSpec looks at each change alone and does not \
                  see it.\n\nSaid in both changes. Changes that are put away do not count.",
    bad: "changes/add-totp/specs/auth/spec.md: ## MODIFIED Requirements, ### Requirement: Login\nchanges/add-sso/specs/auth/spec.md: ## MODIFIED Requirements, ### Requirement: Login",
    good: "changes/add-totp/specs/auth/spec.md: ## MODIFIED Requirements, ### Requirement: Login\nchanges/add-sso/specs/auth/spec.md: ## ADDED Requirements, ### Requirement: Single sign-on",
    messages: &[BOTH, THERE],
    measured: Some(Measured {
        judged: 13,
        right: 13,
        seeded: 0,
        found: 0,
    }),
};

pub(crate) struct RequirementContested;

impl Rule for RequirementContested {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::OpenSpec]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(unit) = &feature.openspec else {
            return;
        };
        for file in unit.read() {
            for (operation, name, range) in operations(&file.delta) {
                let mut rivals = file.rivals.iter().filter_map(|rival| {
                    let mut theirs = operations(&rival.delta);
                    let (other, _, place) = theirs.find(|(_, each, _)| *each == name)?;
                    Some((rival, other, place))
                });
                let Some((rival, other, place)) = rivals.next() else {
                    sink.clean();
                    continue;
                };
                let facts = [
                    ("operation", operation),
                    ("name", name.as_str()),
                    ("change", rival.name.as_str()),
                    ("other", other),
                ];
                let there = |change: &SmolStr| Message::new(THERE, &[("change", change.as_str())]);
                let mut draft = sink
                    .report(file.file, range, Message::new(BOTH, &facts))
                    .fact(format!("{} {name}", file.capability))
                    .related(rival.file, place, there(&rival.name));
                for (rival, _, place) in rivals {
                    draft = draft.related(rival.file, place, there(&rival.name));
                }
                drop(draft);
            }
        }
    }
}

/// What a delta does with which requirement of the main spec.
fn operations(delta: &Delta) -> impl Iterator<Item = (&'static str, &SmolStr, TextRange)> {
    let blocks = delta
        .blocks()
        .map(|(operation, block)| (operation.as_str(), &block.name, block.name_range));
    let removed = delta
        .removed
        .iter()
        .map(|named| ("REMOVED", &named.name, named.range));
    let renamed = delta
        .renamed
        .iter()
        .map(|(from, _)| ("RENAMED", &from.name, from.range));
    blocks.chain(removed).chain(renamed)
}
