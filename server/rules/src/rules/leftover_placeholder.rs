//! Text of the template that was left in a document.

use documents::{Placeholder, PlaceholderKind};
use text::{Edit, TextRange, span};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};

const TEXT: Template = Template {
    en: "`{text}` in {document} is text of the template, not of this feature.",
    ja: "{document} の `{text}` はテンプレートの文字列のままです。",
};
const COMMENT: Template = Template {
    en: "{document} still holds a comment of the template that speaks to its author.",
    ja: "{document} に、記入者に向けたテンプレートのコメントが残っています。",
};
const DELETE: Template = Template {
    en: "Delete the template's comment",
    ja: "テンプレートのコメントを削除",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "leftover-placeholder",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "Text of the template that was left in a document.",
    explanation: "A placeholder is a fact that nobody filled in, and an instruction to the author says nothing about \
                  the feature. Only the wording of Spec Kit's own templates counts, in spec.md, plan.md and tasks.md; \
                  brackets of your own never do.",
    bad: "**Branch**: `007-login` | **Date**: [DATE] | **Spec**: spec.md",
    good: "**Branch**: `007-login` | **Date**: 2026-02-11 | **Spec**: spec.md",
    messages: &[TEXT, COMMENT],
    measured: None,
};

pub(crate) struct LeftoverPlaceholder;

impl Rule for LeftoverPlaceholder {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for document in [feature.spec(), feature.plan(), feature.tasks_document()]
            .into_iter()
            .flatten()
        {
            let placeholders = &document.facts().placeholders;
            if placeholders.is_empty() {
                sink.clean();
            }
            for (at, placeholder) in placeholders.iter().enumerate() {
                report(document, &placeholders[..at], placeholder, sink);
            }
        }
    }
}

fn report(
    document: &FeatureDocument,
    before: &[Placeholder],
    placeholder: &Placeholder,
    sink: &mut Sink<'_>,
) {
    let name = document.path.rsplit('/').next().unwrap_or_default();
    let text = document.slice(placeholder.range);
    let same = before
        .iter()
        .filter(|each| document.slice(each.range) == text)
        .count();
    let facts = [("document", name), ("text", &shortened(text, 60))];
    let message = match placeholder.kind {
        PlaceholderKind::Text => Message::new(TEXT, &facts),
        PlaceholderKind::Comment => Message::new(COMMENT, &facts),
    };
    let draft = sink
        .report(document.file, placeholder.range, message)
        .fact(format!("{name} {text} {same}"))
        .group(format!(
            "{name} {:?} {}",
            placeholder.kind,
            section_of(document, placeholder.range)
        ));
    drop(match placeholder.kind {
        PlaceholderKind::Text => draft,
        PlaceholderKind::Comment => draft.fix(Fix {
            title: Message::new(DELETE, &[]),
            preferred: true,
            edits: vec![(
                document.file,
                Edit::delete(whole_lines(&document.doc.text, placeholder.range)),
            )],
        }),
    });
}

/// Title of the section around a place: its template text is one finding.
fn section_of(document: &FeatureDocument, place: TextRange) -> &str {
    let sections = &document.facts().sections;
    let around = sections
        .iter()
        .rev()
        .find(|section| section.level <= 2 && section.range.contains_range(place));
    around.map_or("", |section| section.title.as_str())
}

/// The range with its line break and indentation, if it stands alone on its lines.
fn whole_lines(text: &str, range: TextRange) -> TextRange {
    let (from, to) = (usize::from(range.start()), usize::from(range.end()));
    let blank = |c: char| c == ' ' || c == '\t';
    let start = text[..from].trim_end_matches(blank).len();
    let rest = text[to..].trim_start_matches(blank);
    let alone = start == text::bom_len(text) || text[..start].ends_with(['\n', '\r']);
    let line_break = ["\r\n", "\n", "\r"]
        .into_iter()
        .find(|each| rest.starts_with(each));
    match line_break {
        Some(line_break) if alone => span(start, text.len() - rest.len() + line_break.len()),
        None if alone && rest.is_empty() => span(start, text.len()),
        _ => range,
    }
}
