//! Two requirements of one name.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use documents::openspec::{Fault, Operation};
use smol_str::SmolStr;
use text::{FileId, TextRange};
use trace::Feature;

const TWICE: Template = Template {
    en: "\"{name}\" is the name of an earlier requirement too.",
    ja: "「{name}」は前にある要件の名前でもあります。",
};

const IN_SECTION: Template = Template {
    en: "\"{name}\" stands twice in {section}.",
    ja: "「{name}」が {section} に 2 回あります。",
};

const FIRST: Template = Template {
    en: "The first one.",
    ja: "最初のものです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-repeated",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "Two requirements of one name in a main spec, or in one section of a delta.",
    explanation: "A requirement is known by its name alone, so archive would keep one of the two and drop the other.",
    bad: "## Purpose\nWho may use the lockers, and how they show who they are.\n\n## Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in\n\n### Requirement: Login\nThe system SHALL let guests in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    good: "## Purpose\nWho may use the lockers, and how they show who they are.\n\n## Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[TWICE, IN_SECTION, FIRST],
    measured: None,
};

pub(crate) struct RequirementRepeated;

impl Rule for RequirementRepeated {
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
        if let Some((file, spec)) = &unit.capability {
            for misplaced in &spec.misplaced {
                if let Fault::Twice(first) = misplaced.fault {
                    let message = Message::new(TWICE, &[("name", &misplaced.name)]);
                    let draft = sink.report(*file, misplaced.range, message);
                    let draft = draft.fact(misplaced.name.as_str());
                    drop(draft.related(*file, first, Message::new(FIRST, &[])));
                }
            }
        }
        for delta in unit.read() {
            let of_blocks = |wanted| {
                let blocks = delta
                    .delta
                    .blocks()
                    .filter(move |(each, _)| *each == wanted);
                blocks.map(|(_, block)| (block.name.as_str(), block.name_range))
            };
            let removed = delta.delta.removed.iter();
            let from = delta.delta.renamed.iter().map(|(from, _)| from);
            let to = delta.delta.renamed.iter().map(|(_, to)| to);
            let named = |each: &documents::openspec::Named| (each.name.clone(), each.range);
            let owned = |(name, range): (&str, _)| (name.into(), range);
            repeated(
                sink,
                delta.file,
                "ADDED",
                of_blocks(Operation::Added).map(owned),
            );
            repeated(
                sink,
                delta.file,
                "MODIFIED",
                of_blocks(Operation::Modified).map(owned),
            );
            repeated(sink, delta.file, "REMOVED", removed.map(named));
            repeated(sink, delta.file, "RENAMED FROM", from.map(named));
            repeated(sink, delta.file, "RENAMED TO", to.map(named));
        }
    }
}

fn repeated(
    sink: &mut Sink<'_>,
    file: FileId,
    section: &str,
    names: impl Iterator<Item = (SmolStr, TextRange)>,
) {
    let mut known: Vec<(SmolStr, TextRange)> = Vec::new();
    for (name, range) in names {
        if let Some((_, first)) = known.iter().find(|(each, _)| *each == name) {
            let message = Message::new(IN_SECTION, &[("name", &name), ("section", section)]);
            let draft = sink
                .report(file, range, message)
                .fact(format!("{section} {name}"));
            drop(draft.related(file, *first, Message::new(FIRST, &[])));
        } else {
            known.push((name, range));
        }
    }
}
