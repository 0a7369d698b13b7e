//! A MODIFIED requirement without scenarios that the main spec has.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Fix;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::requirements::on;
use documents::Format;
use documents::openspec::{Block, Edition, Scenario};
use text::{Edit, TextRange};
use trace::Feature;
use trace::FeatureDocument;
use trace::openspec::Base;

const ONE: Template = Template {
    en: "\"{name}\" leaves out the scenario \"{scenario}\" of the main spec.",
    ja: "「{name}」はメイン仕様のシナリオ「{scenario}」を落としています。",
};

const MANY: Template = Template {
    en: "\"{name}\" leaves out {count} scenarios of the main spec, \"{scenario}\" first.",
    ja: "「{name}」はメイン仕様のシナリオ {count} 件 (「{scenario}」など) を落としています。",
};

const HERE: Template = Template {
    en: "The scenario in the main spec.",
    ja: "メイン仕様のシナリオです。",
};

const COPY: Template = Template {
    en: "Copy {count} from the main spec",
    ja: "メイン仕様から {count} 件をコピー",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "scenario-dropped",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A MODIFIED requirement that leaves out scenarios of the main spec.",
    explanation: "MODIFIED replaces the whole requirement, so what it does not repeat would be gone; archive refuses it. Scenarios are compared by name. Before OpenSpec 1.9 only headings that begin with `Scenario:` counted.",
    bad: "## MODIFIED Requirements\n\n### Requirement: Login (the main spec has the scenarios \"Right password\" and \"Wrong password\")\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** ...",
    good: "The same with `#### Scenario: Wrong password` copied from the main spec",
    messages: &[ONE, MANY, HERE],
    measured: None,
};

pub(crate) struct ScenarioDropped;

impl Rule for ScenarioDropped {
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
            let Some(document) = feature.document(file.file) else {
                continue;
            };
            for block in &file.delta.modified {
                if file
                    .delta
                    .renamed
                    .iter()
                    .any(|(from, _)| from.name == block.name)
                {
                    continue;
                }
                let (Some(current), Some(base)) =
                    (file.base_block(file.base_name(&block.name)), &file.base)
                else {
                    continue;
                };
                let dropped = dropped(current, block, unit.edition);
                let Some(first) = dropped.first() else {
                    sink.clean();
                    continue;
                };
                let count = dropped.len().to_string();
                let facts = [
                    ("name", block.name.as_str()),
                    ("scenario", &first.name),
                    ("count", &count),
                ];
                let template = if dropped.len() == 1 { ONE } else { MANY };
                let mut draft =
                    sink.report(file.file, block.name_range, Message::new(template, &facts));
                for scenario in &dropped {
                    let here = Message::new(HERE, &[]);
                    draft = draft.related(base.document.file, scenario.heading, here);
                }
                let draft = draft
                    .fact(block.name.as_str())
                    .fix(copied(document, block, &dropped, base));
                drop(on(draft, document, block));
            }
        }
    }
}

/// Scenarios of one state that the other one lacks; of two with one name, one may be lacking.
fn dropped<'a>(current: &'a Block, new: &Block, edition: Edition) -> Vec<&'a Scenario> {
    let mut left: Vec<&str> = new
        .compared(edition)
        .map(|each| each.name.as_str())
        .collect();
    let lacks = |scenario: &&Scenario| match left.iter().position(|name| *name == scenario.name) {
        Some(at) => {
            left.swap_remove(at);
            false
        }
        None => true,
    };
    current.compared(edition).filter(lacks).collect()
}

/// The scenarios of the main spec, put behind the requirement.
fn copied(document: &FeatureDocument, block: &Block, dropped: &[&Scenario], base: &Base) -> Fix {
    let line_break = if document.facts().style.crlf {
        "\r\n"
    } else {
        "\n"
    };
    let mut text = String::new();
    for scenario in dropped {
        let lines = base
            .document
            .slice(scenario.range)
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        text.push_str(line_break);
        text.push_str(line_break);
        text.push_str(&lines.replace('\n', line_break));
    }
    Fix {
        title: Message::new(COPY, &[("count", &dropped.len().to_string())]),
        preferred: true,
        edits: vec![(
            document.file,
            Edit {
                range: TextRange::empty(block.range.end()),
                insert: text,
            },
        )],
    }
}
