//! One requirement in two sections of a delta that exclude each other.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::requirements::folded;
use documents::Format;
use documents::openspec::Block;
use text::TextRange;
use trace::Feature;

const BOTH: Template = Template {
    en: "\"{name}\" stands in both {one} and {other}.",
    ja: "「{name}」が {one} と {other} の両方にあります。",
};

const OLD_NAME: Template = Template {
    en: "\"{name}\" is modified under its old name; the same delta renames it to \"{to}\".",
    ja: "「{name}」は古い名前のまま変更されています。同じ差分が「{to}」に改名しています。",
};

const TAKEN: Template = Template {
    en: "\"{name}\" is added, and another requirement is renamed to it.",
    ja: "「{name}」は追加され、別の要件もこの名前に改名されています。",
};

const OTHER: Template = Template {
    en: "The other place.",
    ja: "もう一方の場所です。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "delta-conflict",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "One requirement in two sections of a delta that exclude each other.",
    explanation: "Archive applies renames first, then removals, changes and additions. A requirement that is both removed and changed, or changed under the name it is renamed from, has no reading.",
    bad: "## MODIFIED Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in\n\n## REMOVED Requirements\n\n### Requirement: Login",
    good: "## MODIFIED Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[BOTH, OLD_NAME, TAKEN, OTHER],
    measured: None,
};

pub(crate) struct DeltaConflict;

impl Rule for DeltaConflict {
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
            let delta = &*file.delta;
            let both = |sink: &mut Sink<'_>,
                        name: &str,
                        one: (&str, TextRange),
                        other: (&str, TextRange)| {
                let message =
                    Message::new(BOTH, &[("name", name), ("one", one.0), ("other", other.0)]);
                let fact = format!("{} {} {name}", one.0, other.0);
                let draft = sink.report(file.file, one.1, message).fact(fact);
                drop(draft.related(file.file, other.1, Message::new(OTHER, &[])));
            };
            let removed = |name: &str| delta.removed.iter().find(|each| each.name == name);
            let added = |name: &str| delta.added.iter().find(|each| each.name == name);
            let modified = |name: &str| delta.modified.iter().find(|each| each.name == name);
            for block in first_of_each(&delta.modified) {
                let here = ("MODIFIED", block.name_range);
                if let Some(other) = removed(&block.name) {
                    both(sink, &block.name, here, ("REMOVED", other.range));
                }
                if let Some(other) = added(&block.name) {
                    both(sink, &block.name, here, ("ADDED", other.name_range));
                }
            }
            for block in first_of_each(&delta.added) {
                if let Some(other) = removed(&block.name) {
                    both(
                        sink,
                        &block.name,
                        ("ADDED", block.name_range),
                        ("REMOVED", other.range),
                    );
                }
            }
            for (from, to) in &delta.renamed {
                if let Some(block) = modified(&from.name) {
                    let message = Message::new(OLD_NAME, &[("name", &from.name), ("to", &to.name)]);
                    let draft = sink.report(file.file, block.name_range, message);
                    let draft = draft.fact(format!("MODIFIED {}", from.name));
                    drop(draft.related(file.file, from.line, Message::new(OTHER, &[])));
                }
                if let Some(block) = added(&to.name) {
                    let message = Message::new(TAKEN, &[("name", &to.name)]);
                    let draft = sink.report(file.file, block.name_range, message);
                    let draft = draft.fact(format!("ADDED {}", to.name));
                    drop(draft.related(file.file, to.line, Message::new(OTHER, &[])));
                }
                let wanted = folded(&from.name);
                if let Some(other) = delta
                    .removed
                    .iter()
                    .find(|each| folded(&each.name) == wanted)
                {
                    both(
                        sink,
                        &from.name,
                        ("RENAMED", from.range),
                        ("REMOVED", other.range),
                    );
                }
            }
        }
    }
}

fn first_of_each(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    let first =
        |(at, block): &(usize, &Block)| !blocks[..*at].iter().any(|each| each.name == block.name);
    blocks
        .iter()
        .enumerate()
        .filter(first)
        .map(|(_, block)| block)
}
