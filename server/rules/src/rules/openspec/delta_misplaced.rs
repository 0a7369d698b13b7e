//! A delta that OpenSpec does not read where it stands.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const ROOT: Template = Template {
    en: "`specs/spec.md` belongs to no capability, and OpenSpec does not read it.",
    ja: "`specs/spec.md` はどの機能にも属さないため、OpenSpec はこれを読みません。",
};

const UNREAD: Template = Template {
    en: "`specs/{path}` has delta sections, and OpenSpec reads only `specs/{expected}`.",
    ja: "`specs/{path}` に差分の見出しがありますが、OpenSpec が読むのは `specs/{expected}` だけです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "delta-misplaced",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A delta that is not the `spec.md` of a capability below `specs/` of its change.",
    explanation: "Archive reads `specs/<capability>/spec.md` and nothing else: requirements in another file would never reach the main specs. Other files than `specs/spec.md` are known to OpenSpec since 1.13.1.",
    bad: "changes/add-lockers/specs/lockers.md",
    good: "changes/add-lockers/specs/lockers/spec.md",
    messages: &[ROOT, UNREAD],
    measured: None,
};

pub(crate) struct DeltaMisplaced;

impl Rule for DeltaMisplaced {
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
        for delta in unit.deltas.iter().filter(|delta| !delta.is_read) {
            if delta.below == "spec.md" {
                let head = delta.delta.head;
                drop(sink.report(delta.file, head, Message::new(ROOT, &[])));
                continue;
            }
            let section = delta
                .delta
                .sections
                .iter()
                .map(|(_, range)| *range)
                .min_by_key(|range| range.start());
            if let Some(section) = section.filter(|_| unit.edition.is_strict()) {
                let capability = if delta.capability.is_empty() {
                    delta.below.rsplit_once('.').map_or("", |(stem, _)| stem)
                } else {
                    &delta.capability
                };
                let facts = [
                    ("path", delta.below.as_str()),
                    ("expected", &format!("{capability}/spec.md")),
                ];
                let draft = sink.report(delta.file, section, Message::new(UNREAD, &facts));
                drop(draft.fact(delta.below.as_str()));
            }
        }
    }
}
