//! Text of the template that was left in a document.

use documents::{Format, Placeholder, PlaceholderKind};
use text::{Edit, TextRange, span};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
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
const WHOLE: Template = Template {
    en: "{document} is still the template in {count} places.",
    ja: "{document} は {count} か所がテンプレートのままです。",
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
                  brackets of your own never do. What a section keeps of the template is one finding; a document whose \
                  head and three or more sections are unfilled is one finding too.\n\nIn Kiro and cc-sdd documents: `{{LIKE_THIS}}`, as information.",
    bad: "**Branch**: `007-login` | **Date**: [DATE] | **Spec**: spec.md",
    good: "**Branch**: `007-login` | **Date**: 2026-02-11 | **Spec**: spec.md",
    messages: &[TEXT, COMMENT, WHOLE],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 24,
        right: 24,
        seeded: 40,
        found: 40,
    }),
};

pub(crate) struct LeftoverPlaceholder;

impl Rule for LeftoverPlaceholder {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for document in [feature.spec(), feature.plan(), feature.tasks_document()]
            .into_iter()
            .flatten()
        {
            let groups = by_section(document);
            if groups.is_empty() {
                sink.clean();
            } else if is_still_template(&groups) {
                let all: Vec<&Placeholder> = document.facts().placeholders.iter().collect();
                report(document, &all, true, sink);
            } else {
                for (_, group) in &groups {
                    report(document, group, false, sink);
                }
            }
        }
    }
}

/// A section of the second level, or nothing for the head of the document; and its template text.
type Unfilled<'a> = (Option<usize>, Vec<&'a Placeholder>);

/// Template text by section, in document order: that of one section is one finding.
fn by_section(document: &FeatureDocument) -> Vec<Unfilled<'_>> {
    let mut groups: Vec<Unfilled<'_>> = Vec::new();
    for placeholder in &document.facts().placeholders {
        let section = section_of(document, placeholder.range);
        match groups.iter_mut().find(|(each, _)| *each == section) {
            Some((_, group)) => group.push(placeholder),
            None => groups.push((section, vec![placeholder])),
        }
    }
    groups
}

fn section_of(document: &FeatureDocument, place: TextRange) -> Option<usize> {
    let sections = &document.facts().sections;
    sections
        .iter()
        .rposition(|section| section.level == 2 && section.range.contains_range(place))
}

/// Whether the document is the template's more than its author's: the head is unfilled, and so are several sections.
fn is_still_template(groups: &[Unfilled<'_>]) -> bool {
    let unfilled =
        |group: &[&Placeholder]| group.iter().any(|each| each.kind == PlaceholderKind::Text);
    let head = groups
        .iter()
        .any(|(section, group)| section.is_none() && unfilled(group));
    let sections = groups
        .iter()
        .filter(|(section, group)| section.is_some() && unfilled(group));
    head && sections.count() >= 3
}

/// One finding at the first place, the others as related information.
fn report(
    document: &FeatureDocument,
    places: &[&Placeholder],
    whole_document: bool,
    sink: &mut Sink<'_>,
) {
    let [first, others @ ..] = places else {
        return;
    };
    let name = name_of(document);
    let text = document.slice(first.range);
    let (message, fact) = if whole_document {
        let count = places.len().to_string();
        let facts = [("document", name), ("count", &count)];
        (
            Message::new(WHOLE, &facts),
            format!("{name} is the template"),
        )
    } else {
        let before = document.facts().placeholders.iter();
        let same = before
            .take_while(|each| each.range.start() < first.range.start())
            .filter(|each| document.slice(each.range) == text)
            .count();
        (message_of(document, first), format!("{name} {text} {same}"))
    };
    let mut draft = sink.report(document.file, first.range, message).fact(fact);
    if document.kind.format() == Some(Format::Kiro) {
        // Its figures are those of Spec Kit's templates.
        draft = draft.severity(Severity::Information);
    }
    for other in others {
        draft = draft.related(document.file, other.range, message_of(document, other));
    }
    // Where facts are missing too, the comment is not all there is to do.
    if places
        .iter()
        .all(|each| each.kind == PlaceholderKind::Comment)
    {
        let text = &document.doc.text;
        let edits = places
            .iter()
            .map(|each| (document.file, Edit::delete(whole_lines(text, each.range))));
        draft = draft.fix(Fix {
            title: Message::new(DELETE, &[]),
            preferred: true,
            edits: edits.collect(),
        });
    }
    drop(draft);
}

fn name_of(document: &FeatureDocument) -> &str {
    document.path.rsplit('/').next().unwrap_or_default()
}

fn message_of(document: &FeatureDocument, placeholder: &Placeholder) -> Message {
    let text = shortened(document.slice(placeholder.range), 60);
    let facts = [("document", name_of(document)), ("text", &text)];
    match placeholder.kind {
        PlaceholderKind::Text => Message::new(TEXT, &facts),
        PlaceholderKind::Comment => Message::new(COMMENT, &facts),
    }
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
