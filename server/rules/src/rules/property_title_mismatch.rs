//! A property cited by number with the title of another one.

use documents::{Format, Item, ItemKind};
use smol_str::SmolStr;
use text::{FileId, TextRange};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::titles::{Likeness, compared};

const OTHER: Template = Template {
    en: "Property {number} is \"{title}\" in design.md; \"{written}\" is property {own}.",
    ja: "design.md のプロパティ {number} は「{title}」です。「{written}」はプロパティ {own} です。",
};
const NONE: Template = Template {
    en: "Property {number} is \"{title}\" in design.md, not \"{written}\".",
    ja: "design.md のプロパティ {number} は「{title}」で、「{written}」ではありません。",
};
const HERE: Template = Template {
    en: "Property {number} is defined here.",
    ja: "プロパティ {number} はここで定義されています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "property-title-mismatch",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A property cited by its number with the title of something else.",
    explanation: "Properties of a Kiro design are numbered by place. When one is inserted or removed, every number \
                  behind it still resolves, but to another property, and only the title written beside it shows that \
                  the test is about something else.\n\nCompared are `Feature: <spec>, Property N: Title` in code and \
                  `Property N: Title` in tasks with the headings of design.md. A title that is wrapped, cut short or goes \
                  on is none, nor one that shares words or cited criteria with the design's, or is written in another \
                  script. The sorts of a bugfix's properties (`Expected Behavior`, `Preservation`) are no titles.",
    bad: "### Property 2: Sessions expire   (design.md)\n# Feature: login, Property 2: Passwords are hashed   (test)",
    good: "### Property 2: Sessions expire   (design.md)\n# Feature: login, Property 2: Sessions expire   (test)",
    messages: &[OTHER, NONE, HERE],
    // Judged in six public repositories, after the rule was written with these at hand.
    measured: Some(Measured {
        judged: 27,
        right: 27,
        seeded: 24,
        found: 24,
    }),
};

pub(crate) struct PropertyTitleMismatch;

impl Rule for PropertyTitleMismatch {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(design) = feature.plan() else {
            return;
        };
        let properties: Vec<&Item> = design
            .facts()
            .items_of(ItemKind::Property)
            .map(|(_, item)| item)
            .collect();
        let judge = Judge { design, properties };
        if let Some(tasks) = feature.tasks_document() {
            for label in &tasks.facts().kiro.labels {
                let title = tasks.slice(label.title);
                judge.judge(
                    &label.number,
                    &Written {
                        file: tasks.file,
                        range: label.range.cover(label.title),
                        title,
                        said: title,
                        validates: cited_around(tasks, label.range),
                    },
                    sink,
                );
            }
        }
        for tag in &feature.tags {
            let short = tag.said.get(..usize::from(tag.title.len()));
            judge.judge(
                &tag.number,
                &Written {
                    file: tag.file,
                    range: tag.range.cover(tag.title),
                    title: short.filter(|short| !short.is_empty()).unwrap_or(&tag.said),
                    said: &tag.said,
                    validates: tag.validates.iter().map(SmolStr::as_str).collect(),
                },
                sink,
            );
        }
    }
}

/// A title beside a property's number.
struct Written<'a> {
    file: FileId,
    range: TextRange,
    /// On the line of the number.
    title: &'a str,
    /// With the lines it goes on in.
    said: &'a str,
    /// Criteria it is said to validate.
    validates: Vec<&'a str>,
}

/// Criteria cited by the task around a place.
fn cited_around(tasks: &FeatureDocument, place: TextRange) -> Vec<&str> {
    let facts = tasks.facts();
    let around = facts
        .items_of(ItemKind::Task)
        .map(|(_, item)| item.range)
        .filter(|range| range.contains_range(place));
    around
        .min_by_key(|range| range.len())
        .map_or(Vec::new(), |range| cited_in(tasks, range))
}

/// Criteria cited in the fields of a range.
fn cited_in(document: &FeatureDocument, range: TextRange) -> Vec<&str> {
    let facts = document.facts();
    let fields = facts
        .kiro
        .fields
        .iter()
        .filter(|field| range.contains_range(field.range));
    fields
        .flat_map(|field| facts.mentions_in(field.range))
        .filter(|mention| mention.kind == grammar::IdKind::Criterion)
        .map(|mention| mention.key.as_str())
        .collect()
}

/// How Kiro's template for bugfixes calls the sorts of properties: in a task this is no title.
const SORTS: &[&str] = &[
    "expected behavior",
    "bug condition",
    "preservation",
    "fix checking",
    "fix ",
];

fn is_sort(title: &str) -> bool {
    let title = title
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    SORTS.iter().any(|sort| title.starts_with(sort))
}

/// Whether it reads like a title: a few words, no sentence. `said` tells whether it goes on in the next line.
fn is_title(title: &str, said: &str) -> bool {
    let ends = said
        .strip_prefix(title)
        .is_none_or(|rest| rest.starts_with("**"));
    let whole = if ends { title } else { said };
    whole.split_whitespace().count() <= 12
        && !whole.ends_with(['.', '。', ':', ';', ','])
        && !title.starts_with(|c: char| c.is_lowercase())
        && !title.starts_with("For ")
        && !title.contains(['`', '%', '='])
}

struct Judge<'a> {
    design: &'a FeatureDocument,
    properties: Vec<&'a Item>,
}

impl Judge<'_> {
    fn title(&self, item: &Item) -> &str {
        self.design.slice(item.title_range)
    }

    /// Compares a title with the design's.
    fn judge(&self, number: &str, written: &Written<'_>, sink: &mut Sink<'_>) {
        let mut own = self.properties.iter().filter(|item| item.id == number);
        let (Some(defined), None) = (own.next(), own.next()) else {
            return;
        };
        let wanted = self.title(defined);
        let compared = |item: &Item| compared(self.title(item), written.title, written.said);
        let likeness = compared(defined);
        if likeness == Likeness::Untold {
            return;
        }
        if likeness == Likeness::Same || is_sort(written.title) {
            return sink.clean();
        }
        // The title of another property leaves no doubt.
        let mut others = self
            .properties
            .iter()
            .filter(|item| item.id != number && compared(item) == Likeness::Same);
        let other = others.next().filter(|_| others.next().is_none());
        if other.is_none() {
            if likeness == Likeness::Reworded {
                return sink.clean();
            }
            let of_design = cited_in(self.design, defined.range);
            let known = !of_design.is_empty() && !written.validates.is_empty();
            if known && of_design.iter().any(|id| written.validates.contains(id)) {
                return sink.clean();
            }
            if !known && !is_title(written.title, written.said) {
                return sink.unknown("a sentence stands in place of a title");
            }
        }
        let facts = [
            ("number", number),
            ("title", wanted),
            ("written", written.title),
            ("own", other.map_or("", |item| item.id.as_str())),
        ];
        let template = if other.is_some() { OTHER } else { NONE };
        let fact = format!("{number} {}", written.title);
        let draft = sink
            .report(written.file, written.range, Message::new(template, &facts))
            .fact(fact.as_str())
            .group(fact);
        drop(draft.related(
            self.design.file,
            defined.id_range,
            Message::new(HERE, &facts),
        ));
    }
}
