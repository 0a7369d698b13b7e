//! A main spec without a purpose, or without requirements.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const MISSING: Template = Template {
    en: "The main spec has no `## {section}` section, and OpenSpec does not read it.",
    ja: "メイン仕様に `## {section}` セクションがないため、OpenSpec はこれを読みません。",
};

const EMPTY: Template = Template {
    en: "The `## {section}` section is empty, and OpenSpec does not read the spec.",
    ja: "`## {section}` セクションが空のため、OpenSpec はこの仕様を読みません。",
};

const NEITHER: Template = Template {
    en: "The main spec has neither a `## Purpose` nor a `## Requirements` section, and OpenSpec does not read it.",
    ja: "メイン仕様に `## Purpose` も `## Requirements` もないため、OpenSpec はこれを読みません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "spec-section-missing",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A main spec without a purpose, or without its requirements.",
    explanation: "OpenSpec refuses to read such a spec: nothing in it is listed, validated or archived. An empty Purpose counts as none.",
    bad: "# Lockers\n\n## Requirements",
    good: "# Lockers\n\n## Purpose\nWho may use the lockers, and how they show who they are.\n\n## Requirements",
    messages: &[MISSING, EMPTY, NEITHER],
    measured: None,
};

pub(crate) struct SpecSectionMissing;

impl Rule for SpecSectionMissing {
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
        let Some((file, spec)) = &unit.capability else {
            return;
        };
        let mut missing = |range, template, section: &str| {
            let message = Message::new(template, &[("section", section)]);
            drop(sink.report(*file, range, message).fact(section));
        };
        match (&spec.purpose, spec.empty_purpose, spec.requirements) {
            (None, None, None) => {
                let message = Message::new(NEITHER, &[]);
                drop(sink.report(*file, spec.head, message).fact("Purpose"));
            }
            (None, Some(heading), _) => missing(heading, EMPTY, "Purpose"),
            (None, None, Some(_)) => missing(spec.head, MISSING, "Purpose"),
            (Some(_), _, None) => missing(spec.head, MISSING, "Requirements"),
            (Some(_), _, Some(_)) => {}
        }
    }
}
