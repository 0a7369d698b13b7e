//! A delta that cannot be applied to the main spec as it is.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;
use trace::openspec::{Obstacle, obstacles};

const THERE: Template = Template {
    en: "{operation} \"{name}\": the main spec has a requirement of that name, with another text.",
    ja: "{operation} 「{name}」: メイン仕様に同じ名前で本文の違う要件があります。",
};

const NEAR: Template = Template {
    en: "{operation} \"{name}\": the main spec has \"{near}\", which is nearly the same name.",
    ja: "{operation} 「{name}」: メイン仕様にほとんど同じ名前の「{near}」があります。",
};

const DISORDERED: Template = Template {
    en: "The main spec `{path}` has headings at the wrong place, and archive refuses to touch it.",
    ja: "メイン仕様 `{path}` に場所を誤った見出しがあり、archive はこれを変更しません。",
};

const THERE_TOO: Template = Template {
    en: "\"{heading}\" is there.",
    ja: "「{heading}」があります。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "archive-refused",
    group: Group::OpenSpec,
    severity: Severity::Information,
    summary: "A delta that archive would refuse: what it adds is there, or the main spec is not in order.",
    explanation: "OpenSpec tries this since 1.12 and only mentions it: the main spec may still change before the delta is archived. Requirements that are not there are said by `delta-target-missing`.",
    bad: "## ADDED Requirements\n\n### Requirement: Login (in the main spec already, with another text)",
    good: "## MODIFIED Requirements\n\n### Requirement: Login",
    messages: &[THERE, NEAR, DISORDERED, THERE_TOO],
    measured: None,
};

pub(crate) struct ArchiveRefused;

impl Rule for ArchiveRefused {
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
        if !unit.edition.tries_archive() {
            return;
        }
        for file in unit.read() {
            let Some(document) = feature.document(file.file) else {
                continue;
            };
            for obstacle in obstacles(document, file, unit.edition) {
                match obstacle {
                    Obstacle::There(operand, near) => {
                        let template = if near == operand.name { THERE } else { NEAR };
                        let facts = [
                            ("operation", operand.operation),
                            ("name", operand.name.as_str()),
                            ("near", near.as_str()),
                        ];
                        let draft =
                            sink.report(file.file, operand.range, Message::new(template, &facts));
                        drop(draft.fact(operand.name.as_str()));
                    }
                    Obstacle::Disordered(range) => {
                        if let Some(base) = &file.base {
                            let facts = [("path", base.document.path.as_str())];
                            let message = Message::new(DISORDERED, &facts);
                            let draft = sink
                                .report(file.file, file.delta.head, message)
                                .fact("base");
                            let heading = base.document.slice(range);
                            let there = Message::new(THERE_TOO, &[("heading", heading)]);
                            drop(draft.related(base.document.file, range, there));
                        }
                    }
                    Obstacle::Missing(..) | Obstacle::NoBase(_) => {}
                }
            }
        }
    }
}
