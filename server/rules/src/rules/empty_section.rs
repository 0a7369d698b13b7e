//! A heading with nothing below it.

use documents::{DocumentKind, Format, ItemKind, Section};
use rustc_hash::FxHashMap;
use text::{Edit, TextRange, span};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};
use crate::wording;

const EMPTY: Template = Template {
    en: "The section \u{201c}{title}\u{201d} of {document} has nothing in it.",
    ja: "{document} の「{title}」セクションには何も書かれていません。",
};
const DELETE: Template = Template {
    en: "Delete the heading \u{201c}{title}\u{201d}",
    ja: "見出し「{title}」を削除",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "empty-section",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A heading with nothing below it.",
    explanation: "A reader cannot tell whether there is nothing to say or nobody said it. Spec Kit asks to remove a \
                  section that does not matter, and to fill one that does.\n\nLooked at in spec.md, plan.md and tasks.md. \
                  A rule, a blank line and the template's own comment are nothing; a comment of your own and a deeper \
                  heading are something. A heading that says all (`Format: [ID] Description`, `Phase 4: removed`) is \
                  accepted, and so is one of the third level or deeper with another of its level right behind it: what \
                  belongs to it often stands there. Where text of the template stands in the section, `leftover-placeholder` speaks.",
    bad: "## Assumptions\n\n## Out of Scope\n\n- Lockers outdoors.",
    good: "## Out of Scope\n\n- Lockers outdoors.",
    messages: &[EMPTY],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 2,
        right: 1,
        seeded: 70,
        found: 70,
    }),
};

pub(crate) struct EmptySection;

impl Rule for EmptySection {
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
            let sections = &document.facts().sections;
            let mut met: FxHashMap<&str, usize> = FxHashMap::default();
            for (at, section) in sections.iter().enumerate() {
                let same = met.entry(section.title.as_str()).or_default();
                *same += usize::from(section.empty);
                if section.level == 1 || section.title.is_empty() || is_task(document, at) {
                    continue;
                }
                if !section.empty
                    || is_said_otherwise(document, section)
                    || is_over_the_next(sections, at)
                    || (!is_item(document, at) && says_all(&section.title))
                    || wording::gone(&section.title)
                {
                    sink.clean();
                    continue;
                }
                report(feature, document, at, *same - 1, sink);
            }
        }
    }
}

/// Whether something stands below the heading that is no block of text: a comment of the author, or text of the template.
fn is_said_otherwise(document: &FeatureDocument, section: &Section) -> bool {
    let facts = document.facts();
    let placeholder = facts
        .placeholders
        .iter()
        .any(|placeholder| section.range.contains_range(placeholder.range));
    let comment = facts.opaque.iter().any(|range| {
        section.range.contains_range(*range)
            && document.slice(*range).chars().any(char::is_alphanumeric)
    });
    placeholder || comment
}

/// Whether a heading of the third level or deeper stands right before another of its level: what is meant to stand
/// below it often does there.
fn is_over_the_next(sections: &[Section], at: usize) -> bool {
    let level = sections[at].level;
    level > 2 && sections.get(at + 1).is_some_and(|next| next.level == level)
}

/// Whether the heading is a story, a phase or another item.
fn is_item(document: &FeatureDocument, at: usize) -> bool {
    let start = document.facts().sections[at].range.start();
    let mut items = document.facts().items.iter();
    items.any(|item| item.range.start() == start)
}

/// Whether the heading is a task: it says what is to be done.
fn is_task(document: &FeatureDocument, at: usize) -> bool {
    let start = document.facts().sections[at].range.start();
    let mut tasks = document.facts().items_of(ItemKind::Task);
    document.kind == DocumentKind::KiroTasks && tasks.any(|(_, task)| task.range.start() == start)
}

/// Whether the heading needs nothing below it: it says that there is nothing (`No violations`), or what it names follows
/// its colon (`Format: [ID] Description`).
/// `Phase 3: Title` only counts.
fn says_all(title: &str) -> bool {
    let lower = title.to_lowercase();
    if ["no ", "none", "n/a"]
        .iter()
        .any(|word| lower.starts_with(word))
        || ["not applicable", "not needed", "not required"]
            .iter()
            .any(|word| lower.contains(word))
    {
        return true;
    }
    let title = title.split(['(', '（']).next().unwrap_or_default();
    let behind = title.split_once([':', '：']).filter(|(before, behind)| {
        !before.ends_with(|c: char| c.is_numeric()) && behind.contains(char::is_alphanumeric)
    });
    behind.is_some()
}

/// `same`: empty sections of the same title before.
fn report(
    feature: &Feature,
    document: &FeatureDocument,
    at: usize,
    same: usize,
    sink: &mut Sink<'_>,
) {
    let sections = &document.facts().sections;
    let section = &sections[at];
    let name = document.path.rsplit('/').next().unwrap_or_default();
    let title = shortened(&section.title, 60);
    let facts = [("title", title.as_str()), ("document", name)];
    let draft = sink
        .report(
            document.file,
            section.title_range,
            Message::new(EMPTY, &facts),
        )
        .fact(format!("{name} {} {same}", section.title));
    let deletable = !is_required(feature, section)
        && !defines(document, section)
        && !is_only_content(document, at);
    drop(if deletable {
        draft.fix(Fix {
            title: Message::new(DELETE, &[("title", &title)]),
            preferred: false,
            edits: vec![(
                document.file,
                Edit::delete(heading_lines(&document.doc.text, section)),
            )],
        })
    } else {
        draft
    });
}

/// Whether the project's template demands the section, so that it is to be filled.
fn is_required(feature: &Feature, section: &Section) -> bool {
    section.tag == documents::SectionTag::Mandatory
        || feature
            .required
            .iter()
            .any(|required| required.title == section.title)
}

/// Whether the heading defines something, or names something defined elsewhere.
fn defines(document: &FeatureDocument, section: &Section) -> bool {
    let facts = document.facts();
    let inside = |range: TextRange| section.heading.contains_range(range);
    facts
        .items
        .iter()
        .any(|item| inside(item.id_range) || section.heading.start() == item.range.start())
        || !facts.mentions_in(section.heading).is_empty()
}

/// Whether the section around this one would have nothing in it without it.
fn is_only_content(document: &FeatureDocument, at: usize) -> bool {
    let sections = &document.facts().sections;
    let Some(parent) = sections[at].parent else {
        return false;
    };
    let around = &sections[parent as usize];
    let alone = sections[parent as usize + 1..]
        .iter()
        .take_while(|each| around.range.contains_range(each.range))
        .filter(|each| each.parent == Some(parent))
        .nth(1)
        .is_none();
    let first = sections[parent as usize + 1].range.start();
    let before = document.slice(TextRange::new(around.heading.end(), first));
    around.level > 1 && alone && !before.chars().any(char::is_alphanumeric)
}

/// The heading with the blank lines below it; only the heading where what stands above would run into what stands
/// below.
fn heading_lines(text: &str, section: &Section) -> TextRange {
    let start = usize::from(section.heading.start());
    let above = text[..start].trim_end_matches(['\n', '\r']).len();
    let parted =
        text[above..start].matches(['\n', '\r']).count() > 1 || above <= text::bom_len(text);
    let mut end = line_end(text, section.heading.end().into());
    while parted && end < text.len() {
        let next = line_end(text, end);
        if !text[end..next].trim().is_empty() {
            break;
        }
        end = next;
    }
    span(start, end)
}

/// Behind the line break of the line of `at`.
fn line_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    match rest.find(['\n', '\r']) {
        Some(found) if rest[found..].starts_with("\r\n") => at + found + 2,
        Some(found) => at + found + 1,
        None => text.len(),
    }
}
