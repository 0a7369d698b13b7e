//! A checklist that points at a story or a section the spec does not have.

use documents::{Checks, DocumentKind, ItemKind};
use rustc_hash::FxHashSet;
use text::{TextRange, span};
use trace::{Feature, FeatureDocument};

use super::unknown_story::same;
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::headings::normalised;
use crate::message::{Message, Template, shortened};

const STORY: Template = Template {
    en: "{document} points at {story}, and spec.md has the stories {stories}.",
    ja: "{document} は {story} を指していますが、spec.md のストーリーは {stories} です。",
};
const SECTION: Template = Template {
    en: "{document} points at \u{201c}{section}\u{201d}, and nothing in spec.md is called so.",
    ja: "{document} は「{section}」を指していますが、spec.md にその名前はありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "stale-checklist-reference",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A checklist that points at a story or a section the spec does not have.",
    explanation: "The item was written about an older spec: what it asks cannot be looked up, so its tick says nothing.\n\n\
                  Looked at is what stands behind `Spec \u{a7}` in the brackets at the end of an item: a story that the spec \
                  does not number, or a name of two words or more that stands nowhere in it. Ids of requirements are \
                  `unknown-reference`; numbers of sections (`\u{a7}2.3`) and other documents are not judged.",
    bad: "- [x] CHK004 Is \u{201c}soon\u{201d} quantified? [Clarity, Spec \u{a7}User Story 9]",
    good: "- [x] CHK004 Is \u{201c}soon\u{201d} quantified? [Clarity, Spec \u{a7}User Story 2]",
    messages: &[STORY, SECTION],
    // All were seen before its last change, in one document.
    measured: Some(Measured {
        judged: 3,
        right: 3,
        seeded: 70,
        found: 70,
    }),
};

pub(crate) struct StaleChecklistReference;

impl Rule for StaleChecklistReference {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec() else {
            return;
        };
        let stories: Vec<&str> = spec
            .facts()
            .items_of(ItemKind::Story)
            .map(|(_, story)| story.id.as_str())
            .collect();
        let mut words = None;
        let checklists = feature.documents.iter();
        for document in checklists.filter(|document| document.kind == DocumentKind::Checklist) {
            let mut seen = FxHashSet::default();
            for (check, range) in pointers(document) {
                let written = document.slice(range);
                if !seen.insert(normalised(written)) {
                    continue;
                }
                match story(written) {
                    Some(_) if stories.is_empty() => {
                        sink.unknown_at(document.file, range, "spec.md has no numbered stories");
                    }
                    Some(id) if stories.iter().any(|known| same(known, &id)) => sink.clean(),
                    Some(id) => report_story(document, check, range, &id, &stories, sink),
                    None => {
                        let words = words.get_or_insert_with(|| normalised(&spec.doc.text));
                        if is_called(words, written) {
                            sink.clean();
                        } else {
                            report_section(document, check, range, sink);
                        }
                    }
                }
            }
        }
    }
}

/// What stands behind `Spec §` in the marks of a checklist's items.
fn pointers(document: &FeatureDocument) -> impl Iterator<Item = (&Checks, TextRange)> {
    let marks = document
        .facts()
        .checks
        .iter()
        .flat_map(|check| check.marks.iter().map(move |mark| (check, *mark)));
    marks.filter_map(|(check, mark)| {
        let written = document.slice(mark);
        let behind = written.strip_prefix("Spec")?.trim_start();
        let name = behind.strip_prefix('§')?.trim_start();
        let start = usize::from(mark.end()) - name.len();
        // Two places in one mark, or words about it: `FR-003 vs SC-001`, `Edge Cases - partial`.
        let plain = !name.is_empty()
            && !name.contains(['§', '+', '/', '&', '`', '"'])
            && !["vs", "and", "to", "through", "-", "–", "—"]
                .iter()
                .any(|word| name.split(' ').any(|each| each == *word));
        plain.then(|| (check, span(start, start + name.len())))
    })
}

/// `US9` of `User Story 9`, `US-9`, `US9`; nothing for anything else, also with more behind it.
fn story(written: &str) -> Option<String> {
    let rest = ["User Story", "User story", "US"]
        .iter()
        .find_map(|word| written.strip_prefix(word))?
        .trim_start_matches([' ', '-']);
    let plain =
        !rest.is_empty() && rest.len() < 4 && rest.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| format!("US{}", rest.trim_start_matches('0')))
}

/// Whether the spec speaks of it anywhere; a name of one word, an id and a number are not judged.
fn is_called(spec: &str, written: &str) -> bool {
    let name = normalised(written);
    let words: Vec<&str> = name.split(' ').collect();
    words.len() < 2
        || name.contains(|c: char| c.is_numeric())
        || spec.contains(&name)
        // In other words, or in another form.
        || words.iter().all(|word| {
            let stem: String = word.chars().take(5).collect();
            word.chars().count() <= 3 || spec.contains(&stem)
        })
}

fn report_story(
    document: &FeatureDocument,
    check: &Checks,
    range: TextRange,
    id: &str,
    stories: &[&str],
    sink: &mut Sink<'_>,
) {
    let known = match stories {
        [] => return,
        [only] => (*only).to_owned(),
        [first, .., last] => format!("{first} \u{2026} {last}"),
    };
    let facts = [
        ("document", &*shortened(name(document), 30)),
        ("story", id),
        ("stories", &known),
    ];
    drop(
        sink.report(document.file, range, Message::new(STORY, &facts))
            .item(check.item)
            .fact(format!("{} {id}", name(document))),
    );
}

fn report_section(
    document: &FeatureDocument,
    check: &Checks,
    range: TextRange,
    sink: &mut Sink<'_>,
) {
    let section = shortened(document.slice(range), 40);
    let facts = [
        ("document", &*shortened(name(document), 26)),
        ("section", &section),
    ];
    drop(
        sink.report(document.file, range, Message::new(SECTION, &facts))
            .item(check.item)
            .fact(format!("{} {section}", name(document))),
    );
}

fn name(document: &FeatureDocument) -> &str {
    document.path.rsplit('/').next().unwrap_or_default()
}
