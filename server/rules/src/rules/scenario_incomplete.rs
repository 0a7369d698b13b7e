//! An acceptance scenario that says where it starts and not what comes of it.

use documents::{Item, ItemKind, PlaceholderKind};
use text::TextRange;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};
use crate::steps;

const NO_OUTCOME: Template = Template {
    en: "{scenario} has a Given and a When and no Then, as {count} other scenarios of spec.md have.",
    ja: "{scenario} には Given と When がありますが、Then がありません (他の {count} 件にはあります)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "scenario-incomplete",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "An acceptance scenario that says where it starts and not what comes of it.",
    explanation: "A scenario without an outcome cannot fail, so it accepts nothing and no test can be made from it.\n\n\
                  Only a scenario that begins with *Given* and has a *When* is looked at, in English, Chinese, Japanese, Spanish, \
                  Portuguese, German and French, and only where most of the spec's other scenarios have their outcome. \
                  A missing *When* is a habit of many authors and is accepted. The outcome may stand on a line of its \
                  own.",
    bad: "1. **Given** a parcel in locker 4, **When** its code is typed in.",
    good: "1. **Given** a parcel in locker 4, **When** its code is typed in, **Then** locker 4 opens.",
    messages: &[NO_OUTCOME],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 1,
        right: 1,
        seeded: 50,
        found: 50,
    }),
};

pub(crate) struct ScenarioIncomplete;

impl Rule for ScenarioIncomplete {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec() else {
            return;
        };
        let scenarios: Vec<_> = spec.facts().items_of(ItemKind::Scenario).collect();
        let judged: Vec<_> = (0..)
            .zip(&scenarios)
            .filter_map(|(nth, (at, scenario))| {
                let next = scenarios.get(nth + 1).map(|(_, next)| *next);
                let lacks = lacks_outcome(spec, scenario, next)?;
                Some((*at, *scenario, lacks))
            })
            .collect();
        let whole = judged.iter().filter(|(_, _, lacks)| !lacks).count();
        for (at, scenario, lacks) in &judged {
            if !lacks || is_template(spec, scenario) {
                sink.clean();
            } else if 2 * whole <= judged.len() {
                sink.unknown_at(
                    spec.file,
                    scenario.range,
                    "most scenarios of spec.md are written without a Then",
                );
            } else {
                let message = Message::new(
                    NO_OUTCOME,
                    &[
                        ("scenario", &name(spec, scenario)),
                        ("count", &whole.to_string()),
                    ],
                );
                drop(sink.report(spec.file, title(scenario), message).item(*at));
            }
        }
    }
}

/// Whether the scenario has no outcome, neither in itself nor in what stands between it and the next one.
fn lacks_outcome(spec: &FeatureDocument, scenario: &Item, next: Option<&Item>) -> Option<bool> {
    let start = scenario.title_range.start();
    let own = TextRange::new(start, scenario.range.end().max(start));
    if !steps::lacks_outcome(spec.slice(own))? {
        return Some(false);
    }
    let section = scenario
        .section
        .and_then(|at| spec.facts().sections.get(at as usize))
        .map_or(own.end(), |section| section.range.end());
    let end = next
        .map_or(section, |next| next.range.start().min(section))
        .max(own.end());
    let blocks = spec.slice(TextRange::new(own.end(), end));
    // `**Then** ...` as a paragraph of its own.
    let told = blocks
        .lines()
        .take_while(|line| !line.starts_with('#'))
        .any(steps::is_outcome);
    Some(!told)
}

fn is_template(spec: &FeatureDocument, scenario: &Item) -> bool {
    spec.facts().placeholders.iter().any(|placeholder| {
        placeholder.kind == PlaceholderKind::Text
            && scenario.range.contains_range(placeholder.range)
    })
}

/// `US1/AC2`, or its words where no story is around.
fn name(spec: &FeatureDocument, scenario: &Item) -> String {
    let story = scenario
        .parent
        .and_then(|at| spec.facts().items.get(at as usize));
    if let Some(story) = story {
        return format!("{}/{}", story.id, scenario.id);
    }
    let words = spec.slice(scenario.title_range).replace("**", "");
    format!("\u{201c}{}\u{201d}", shortened(&words, 36))
}

/// The scenario's first line, else its mark.
fn title(scenario: &Item) -> TextRange {
    if scenario.title_range.is_empty() {
        scenario.id_range
    } else {
        scenario.title_range
    }
}
