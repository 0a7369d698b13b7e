//! A delta that changes, removes or renames a requirement that is not there.

use documents::Format;
use documents::openspec::{Block, Named, Operation};
use smol_str::SmolStr;
use text::{Edit, TextRange};
use trace::openspec::{DeltaFile, Obstacle, obstacles};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};
use crate::requirements::item_of;

const MISSING: Template = Template {
    en: "{operation} \"{name}\": the main spec of {capability} has no requirement of that name.",
    ja: "{operation} 「{name}」: {capability} のメイン仕様にその名前の要件がありません。",
};
const NEAR: Template = Template {
    en: "{operation} \"{name}\": the main spec has no such requirement, but \"{near}\".",
    ja: "{operation} 「{name}」: メイン仕様にその要件はなく、「{near}」があります。",
};
const NO_BASE: Template = Template {
    en: "{operation} \"{name}\": there is no main spec of {capability}.",
    ja: "{operation} 「{name}」: {capability} のメイン仕様がありません。",
};
const RENAME: Template = Template {
    en: "Write \"{near}\"",
    ja: "「{near}」と書く",
};
const CONVERT: Template = Template {
    en: "Move it to ADDED",
    ja: "ADDED に移す",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "delta-target-missing",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A delta that modifies, removes or renames a requirement that its main spec does not have.",
    explanation: "Names are compared letter by letter. A name that matches nothing is misspelt, or the requirement was \
                  renamed or never there; archive refuses the delta, and older versions of the tool added a second \
                  requirement beside the one that was meant. `openspec validate` lets it pass.\n\nNot said where \
                  another change in the making adds the requirement, nor of a removal of something that is gone \
                  already.",
    bad: "## MODIFIED Requirements\n\n### Requirement: Log in   (the main spec has \"Login\")",
    good: "## MODIFIED Requirements\n\n### Requirement: Login",
    messages: &[MISSING, NEAR, NO_BASE],
    measured: Some(Measured {
        judged: 26,
        right: 26,
        seeded: 7,
        found: 7,
    }),
};

/// How alike two names are at least to be offered for each other.
const ALIKE: f64 = 0.75;

pub(crate) struct DeltaTargetMissing;

impl Rule for DeltaTargetMissing {
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
            let mut missing = 0;
            for obstacle in obstacles(document, file, unit.edition) {
                let found = match obstacle {
                    Obstacle::Missing(operand, near) => Found {
                        operation: operand.operation,
                        near: near.or_else(|| nearest(file, &operand.name)),
                        name: operand.name,
                        range: operand.range,
                        base: true,
                    },
                    Obstacle::NoBase(Named { name, range, .. }) => Found {
                        operation: operation(file, range),
                        near: None,
                        name,
                        range,
                        base: false,
                    },
                    _ => continue,
                };
                missing += 1;
                if is_coming(file, &found.name) {
                    sink.unknown_at(
                        document.file,
                        found.range,
                        "another change in the making adds the requirement",
                    );
                } else {
                    report(sink, document, file, &found);
                }
            }
            let delta = &file.delta;
            let named = delta.modified.len() + delta.removed.len() + delta.renamed.len();
            (missing..named).for_each(|_| sink.clean());
        }
    }
}

/// An operation without its requirement.
struct Found {
    operation: &'static str,
    name: SmolStr,
    range: TextRange,
    near: Option<SmolStr>,
    /// There is a main spec.
    base: bool,
}

fn operation(file: &DeltaFile, range: TextRange) -> &'static str {
    let modified = &file.delta.modified;
    if modified.iter().any(|block| block.name_range == range) {
        "MODIFIED"
    } else {
        "RENAMED"
    }
}

/// Whether another change adds the requirement, or renames one to it.
fn is_coming(file: &DeltaFile, name: &str) -> bool {
    file.rivals.iter().any(|rival| {
        let added = rival.delta.added.iter().any(|block| block.name == name);
        added || rival.delta.renamed.iter().any(|(_, to)| to.name == name)
    })
}

/// The requirement of the main spec that is spelt most like it, and not spoken of in this delta.
fn nearest(file: &DeltaFile, name: &str) -> Option<SmolStr> {
    let delta = &file.delta;
    let is_taken = |name: &SmolStr| {
        delta.blocks().any(|(_, block)| block.name == *name)
            || delta.removed.iter().any(|each| each.name == *name)
            || delta.renamed.iter().any(|(from, _)| from.name == *name)
    };
    let blocks = file.base.iter().flat_map(|base| &base.spec.blocks);
    blocks
        .filter(|block| !is_taken(&block.name))
        .map(|block| {
            (
                strsim::normalized_damerau_levenshtein(name, &block.name),
                block,
            )
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, block)| block.name.clone())
}

fn report(sink: &mut Sink<'_>, document: &FeatureDocument, file: &DeltaFile, found: &Found) {
    let facts = [
        ("operation", found.operation),
        ("name", found.name.as_str()),
        ("capability", file.capability.as_str()),
    ];
    let message = match &found.near {
        Some(near) => Message::new(NEAR, &[facts[0], facts[1], ("near", near)]),
        None if found.base => Message::new(MISSING, &facts),
        None => Message::new(NO_BASE, &facts),
    };
    let mut draft = sink.report(file.file, found.range, message);
    draft = draft.fact(format!("{} {}", found.operation, found.name));
    if let Some(item) = item_of(document, found.range) {
        draft = draft.item(item);
    }
    if let Some(near) = &found.near {
        draft = draft.fix(Fix {
            title: Message::new(RENAME, &[("near", near)]),
            preferred: true,
            edits: vec![(file.file, Edit::replace(found.range, near.as_str()))],
        });
    }
    let modified = &file.delta.modified;
    if let Some(block) = modified.iter().find(|each| each.name_range == found.range) {
        draft = draft.fix(Fix {
            title: Message::new(CONVERT, &[]),
            preferred: found.near.is_none(),
            edits: converted(document, file, block)
                .into_iter()
                .map(|edit| (file.file, edit))
                .collect(),
        });
    }
    drop(draft);
}

/// A MODIFIED requirement under ADDED instead.
fn converted(document: &FeatureDocument, file: &DeltaFile, block: &Block) -> Vec<Edit> {
    let text = &document.doc.text;
    let delta = &file.delta;
    let heading_of = |wanted: Operation| {
        let mut sections = delta.sections.iter();
        sections.find(|(operation, _)| *operation == wanted)
    };
    let line_break = if document.facts().style.crlf {
        "\r\n"
    } else {
        "\n"
    };
    if let (None, 1, Some((_, heading))) = (
        heading_of(Operation::Added),
        delta.modified.len(),
        heading_of(Operation::Modified),
    ) {
        // The only one: its section becomes that of additions.
        let written = document.slice(*heading);
        let word = written.to_ascii_uppercase().find("MODIFIED").unwrap_or(0);
        let start = usize::from(heading.start()) + word;
        let range = text::span(start, start + "MODIFIED".len());
        return vec![Edit::replace(range, "ADDED")];
    }
    let moved = document.slice(block.range);
    let end = usize::from(block.range.end());
    let blank = text[end..].len() - text[end..].trim_start().len();
    let whole = text::span(block.range.start().into(), end + blank);
    let there = delta.added.last().map(|last| last.range.end());
    let insert = match (
        there,
        heading_of(Operation::Added),
        heading_of(Operation::Modified),
    ) {
        (Some(end), _, _) => Edit::insert(end, format!("{line_break}{line_break}{moved}")),
        (None, Some((_, heading)), _) => {
            Edit::insert(heading.end(), format!("{line_break}{line_break}{moved}"))
        }
        (None, None, Some((_, heading))) => Edit::insert(
            heading.start(),
            format!("## ADDED Requirements{line_break}{line_break}{moved}{line_break}{line_break}"),
        ),
        (None, None, None) => return Vec::new(),
    };
    // At the end of the text nothing but the block goes: the last line keeps its break.
    let cut = if usize::from(whole.end()) == text.len() {
        block.range
    } else {
        whole
    };
    let mut edits = vec![insert, Edit::replace(cut, "")];
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    edits
}
