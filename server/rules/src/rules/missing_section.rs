//! A section that the project's own template calls mandatory and the spec does not have.

use documents::{Generation, SectionTag};
use text::{Edit, TextSize};
use trace::{Feature, FeatureDocument, RequiredSection};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::headings::{is_in_words, is_there, normalised, title_range};
use crate::message::{Message, Template};

const MISSING: Template = Template {
    en: "spec.md has no section \u{201c}{title}\u{201d}, which the project's template calls mandatory.",
    ja: "spec.md に、プロジェクトのテンプレートで必須の「{title}」セクションがありません。",
};
const INSERT: Template = Template {
    en: "Insert the section \u{201c}{title}\u{201d}",
    ja: "「{title}」セクションを挿入",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "missing-section",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A section that the project's template calls mandatory and the spec does not have.",
    explanation: "What a section holds (requirements, success criteria) is what plan and tasks are derived from.\n\n\
                  Mandatory is what the project's own resolved `spec-template.md` tags `*(mandatory)*`, in whatever \
                  language. A heading counts in other spelling, as half of a bilingual heading or of an `&` title, and in \
                  translation. Unknown unless the spec is visibly written to that template: titled like it, with \
                  all but one of its mandatory headings in the template's words (of more than seven, all but a quarter). Unknown too for an older generation, headings with pictures of \
                  their own, and sections below a second-level one, which templates get later.",
    bad: "# Feature Specification: Login\n\n## User Scenarios & Testing *(mandatory)*\n\n## Requirements *(mandatory)*",
    good: "# Feature Specification: Login\n\n## User Scenarios & Testing *(mandatory)*\n\n## Requirements *(mandatory)*\n\n## Success Criteria *(mandatory)*",
    messages: &[MISSING],
    // All hits left in 300 repositories, by label or blind; three specs were older than the section.
    measured: Some(Measured {
        judged: 20,
        right: 15,
        seeded: 33,
        found: 33,
    }),
};

pub(crate) struct MissingSection;

impl Rule for MissingSection {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec().filter(|_| !feature.required.is_empty()) else {
            return;
        };
        let missing: Vec<&RequiredSection> = feature
            .required
            .iter()
            .filter(|section| {
                let there = is_there(spec, &section.title, section.level);
                if there {
                    sink.clean();
                }
                !there
            })
            .collect();
        if missing.is_empty() {
            return;
        }
        let Some(place) = title_range(spec).filter(|_| follows(feature, spec)) else {
            sink.unknown_in(
                spec.file,
                "the spec is not written to the project's template",
            );
            return;
        };
        let newer = feature
            .required
            .iter()
            .any(|section| normalised(&section.title) == "success criteria");
        let older = spec.facts().generation == Some(Generation::First);
        for section in missing {
            if older && newer {
                sink.unknown_in(
                    spec.file,
                    "the spec follows an older template than the project has now",
                );
            } else if section.level > 2 {
                // A house adds these later, and no mark in the spec tells whether it was written before.
                sink.unknown_in(
                    spec.file,
                    "the section belongs to another one and may be newer than the spec",
                );
            } else {
                let message = Message::new(MISSING, &[("title", &section.title)]);
                let draft = sink
                    .report(spec.file, place, message)
                    .fact(section.title.as_str())
                    .group("sections");
                drop(match insertion(spec, section) {
                    Some(fix) => draft.fix(fix),
                    None => draft,
                });
            }
        }
    }
}

/// Whether the spec is visibly written to the project's template: titled like it, with the sections that it demands
/// under the template's own words, all but one (of many, all but a quarter), and no headings in another way than the
/// template's. A spec of another workflow, in another language or in the author's own shape has its own sections.
fn follows(feature: &Feature, spec: &FeatureDocument) -> bool {
    let required = &feature.required;
    let sections = &spec.facts().sections;
    let wanted = normalised(&feature.template_title);
    let mut titles = sections.iter().filter(|section| section.level == 1);
    let titled = wanted.is_empty()
        || titles
            .next()
            .is_some_and(|title| normalised(spec.slice(title.title_range)).starts_with(&wanted));
    let main = || required.iter().filter(|section| section.level == 2);
    let (all, kept) = (
        main().count(),
        main()
            .filter(|section| is_in_words(spec, &section.title, section.level))
            .count(),
    );
    let mut second = sections.iter().filter(|section| section.level == 2);
    let own_marks = second.any(|own| has_picture(spec.slice(own.title_range)))
        && !required.iter().any(|section| has_picture(&section.heading));
    kept > 0
        && all - kept <= (all / 4).max(1)
        && titled
        && !own_marks
        && !is_translated(spec, required)
}

/// Whether a heading begins with an emoji or a sign like it; brackets and signs of East Asian writing are none.
fn has_picture(heading: &str) -> bool {
    let first = heading.chars().next();
    first.is_some_and(|c| {
        c >= '\u{2190}'
            && !c.is_alphanumeric()
            && !matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    })
}

/// Whether the spec is in another script than the template and calls as many sections mandatory as that.
fn is_translated(spec: &FeatureDocument, required: &[RequiredSection]) -> bool {
    let marked = spec
        .facts()
        .sections
        .iter()
        .filter(|section| section.tag == SectionTag::Mandatory && !section.title.is_ascii());
    required.iter().all(|section| section.title.is_ascii()) && marked.count() >= required.len()
}

/// The empty section where the template has it: behind the last of its predecessors, else before the first section.
fn insertion(spec: &FeatureDocument, section: &RequiredSection) -> Option<Fix> {
    let facts = spec.facts();
    let text: &str = &spec.doc.text;
    let here = |title: &str| {
        let title = normalised(title);
        let mut found = facts
            .sections
            .iter()
            .filter(|each| each.level == section.level && normalised(&each.title) == title);
        found.next()
    };
    let at: usize = match section.after.iter().rev().find_map(|title| here(title)) {
        Some(before) => before.range.end().into(),
        None => facts
            .sections
            .iter()
            .find(|each| each.level == section.level)
            .map_or(text.len(), |first| first.range.start().into()),
    };
    // A heading inside a fence or comment that nothing closes would be part of it.
    if facts
        .opaque
        .iter()
        .any(|range| range.start() < offset(at) && range.end() >= offset(at))
    {
        return None;
    }
    let line_break = if facts.style.crlf { "\r\n" } else { "\n" };
    let before = &text[text::bom_len(text)..at];
    let ends = before.ends_with(['\n', '\r']);
    let last = before.trim_end_matches(['\n', '\r', ' ', '\t']);
    let gap = &before[last.len()..];
    let blank = before.is_empty() || gap.matches('\n').count().max(gap.matches('\r').count()) > 1;
    let mut insert = String::new();
    if !before.is_empty() && !ends {
        insert.push_str(line_break);
    }
    if !blank {
        insert.push_str(line_break);
    }
    insert.push_str(&"#".repeat(section.level.into()));
    insert.push(' ');
    insert.push_str(&section.heading);
    insert.push_str(line_break);
    if at < text.len() {
        insert.push_str(line_break);
    }
    Some(Fix {
        title: Message::new(INSERT, &[("title", &section.title)]),
        preferred: true,
        edits: vec![(spec.file, Edit::insert(offset(at), insert))],
    })
}

fn offset(at: usize) -> TextSize {
    TextSize::new(at as u32)
}
