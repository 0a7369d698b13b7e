//! A user story that says nowhere how it is accepted, where the other stories do.

use documents::{Item, ItemIndex, ItemKind, PlaceholderKind};
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::steps;
use crate::wording;

const WITHOUT: Template = Template {
    en: "{story} has no acceptance scenario, unlike {count} of the {all} stories of spec.md.",
    ja: "{story} に受け入れシナリオがありません (spec.md のストーリー {all} 件のうち {count} 件にはあります)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "story-without-scenario",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A user story that says nowhere how it is accepted, where the other stories do.",
    explanation: "Nobody can tell when such a story is done, and no test can be made from it. Spec Kit's template asks \
                  for acceptance scenarios below each story.\n\nA scenario is a numbered or listed line below *Acceptance \
                  Scenarios*, or one that begins with *Given*, in eight languages; a table, a code block in Gherkin and \
                  a heading per scenario count too. Not said of a spec where fewer than half of the stories have one, nor of a story \
                  that is marked as removed.",
    bad: "### User Story 2 - See the lockers (Priority: P2)\n\nStaff see which lockers are free.",
    good: "### User Story 2 - See the lockers (Priority: P2)\n\nStaff see which lockers are free.\n\n**Acceptance Scenarios**:\n\n1. **Given** two free lockers, **When** a clerk opens the list, **Then** both are shown.",
    messages: &[WITHOUT],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 5,
        right: 4,
        seeded: 58,
        found: 58,
    }),
};

pub(crate) struct StoryWithoutScenario;

impl Rule for StoryWithoutScenario {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec() else {
            return;
        };
        let stories: Vec<(ItemIndex, &Item)> = spec.facts().items_of(ItemKind::Story).collect();
        let with_scenarios: FxHashSet<ItemIndex> = spec
            .facts()
            .items_of(ItemKind::Scenario)
            .filter_map(|(_, scenario)| scenario.parent)
            .collect();
        let told = stories
            .iter()
            .filter(|(at, _)| with_scenarios.contains(at))
            .count();
        for (at, story) in &stories {
            if with_scenarios.contains(at) || is_accepted_otherwise(spec, story) {
                sink.clean();
            } else if 2 * told < stories.len() {
                sink.unknown_at(
                    spec.file,
                    story.id_range,
                    "most stories of spec.md have no acceptance scenarios",
                );
            } else if !is_template(spec, story) && !is_given_up(spec, story) {
                let message = Message::new(
                    WITHOUT,
                    &[
                        ("story", &story.id),
                        ("count", &told.to_string()),
                        ("all", &stories.len().to_string()),
                    ],
                );
                drop(sink.report(spec.file, story.id_range, message).item(*at));
            }
        }
    }
}

/// Whether the story's text accepts it in a shape that is not read as a scenario: a step's word begins a line, a cell or
/// a phrase, or something is called acceptance.
fn is_accepted_otherwise(spec: &FeatureDocument, story: &Item) -> bool {
    let text = spec.slice(story.range);
    let below = text.find(['\n', '\r']).map_or("", |end| &text[end..]);
    steps::has_given(below) || steps::speaks_of_acceptance(below) || has_numbered_steps(below)
}

/// Whether a numbered list says step by step how the story is tried out, and what is verified.
fn has_numbered_steps(text: &str) -> bool {
    let numbered = |number: &str| {
        text.lines()
            .filter_map(|line| line.trim_start().strip_prefix(number))
            .any(|rest| rest.starts_with(". ") || rest.starts_with(") "))
    };
    let lower = text.to_lowercase();
    numbered("1") && numbered("2") && lower.contains("test") && lower.contains("verif")
}

/// Whether the story is the template's own.
fn is_template(spec: &FeatureDocument, story: &Item) -> bool {
    spec.facts().placeholders.iter().any(|placeholder| {
        placeholder.kind == PlaceholderKind::Text && story.range.contains_range(placeholder.range)
    })
}

/// Whether the heading says that the story is not there any more, or not yet.
fn is_given_up(spec: &FeatureDocument, story: &Item) -> bool {
    let text = spec.slice(story.range);
    let heading = text.split(['\n', '\r']).next().unwrap_or_default();
    wording::gone(heading) || heading.contains("~~")
}
