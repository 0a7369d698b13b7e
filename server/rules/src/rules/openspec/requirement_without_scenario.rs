//! A requirement that shows no scenario.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::requirements::item_of;
use documents::Format;
use text::TextRange;
use trace::Feature;
use trace::FeatureDocument;

const WITHOUT: Template = Template {
    en: "\"{name}\" has no scenario.",
    ja: "「{name}」にシナリオがありません。",
};

const BARE: Template = Template {
    en: "\"{name}\" has no scenario: nothing stands below {count} of its `####` headings.",
    ja: "「{name}」にシナリオがありません: `####` 見出し {count} 件の下に何もありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-without-scenario",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A requirement without a scenario, in a main spec or in ADDED and MODIFIED of a delta.",
    explanation: "Scenarios are what a requirement is checked by; OpenSpec refuses requirements without one. A scenario is a heading of the fourth level with something below it: a bare heading counts only for versions before 1.13.1, and only in deltas.",
    bad: "### Requirement: Login\nThe system SHALL let users in.",
    good: "### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[WITHOUT, BARE],
    measured: None,
};

pub(crate) struct RequirementWithoutScenario;

impl Rule for RequirementWithoutScenario {
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
            for listed in spec.listed.iter().filter(|each| each.scenarios == 0) {
                let Some(document) = feature.document(*file) else {
                    continue;
                };
                let block = spec
                    .blocks
                    .iter()
                    .find(|block| block.heading == listed.heading);
                let range = block.map_or(listed.title, |block| block.name_range);
                let bare = block.map_or(0, |block| block.scenarios.len());
                report(sink, document, range, bare);
            }
        }
        for delta in unit.read() {
            let Some(document) = feature.document(delta.file) else {
                continue;
            };
            for (_, block) in delta.delta.blocks() {
                if block.counted(unit.edition).next().is_none() {
                    report(sink, document, block.name_range, block.scenarios.len());
                } else {
                    sink.clean();
                }
            }
        }
    }
}

fn report(sink: &mut Sink<'_>, document: &FeatureDocument, range: TextRange, bare: usize) {
    let name = document.slice(range);
    let message = if bare == 0 {
        Message::new(WITHOUT, &[("name", name)])
    } else {
        Message::new(BARE, &[("name", name), ("count", &bare.to_string())])
    };
    let draft = sink.report(document.file, range, message).fact(name);
    drop(match item_of(document, range) {
        Some(item) => draft.item(item),
        None => draft,
    });
}
