//! A scenario that says when, and not what then.

use documents::Format;
use documents::openspec::Keyword;
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::requirements::{blocks, item_of};

const WITHOUT: Template = Template {
    en: "The scenario \"{name}\" says {word} and never THEN.",
    ja: "シナリオ「{name}」には {word} がありますが、THEN がありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "scenario-without-then",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A scenario of an OpenSpec requirement that says WHEN and never THEN.",
    explanation: "Nobody can tell from it what is to happen, and no test can be made of it. OpenSpec's own tool reads no \
                  steps and says nothing.\n\nNot said of scenarios without any step word: they may be told in prose or \
                  in another language. A THEN inside a fenced block or behind other words of a line counts.",
    bad: "#### Scenario: Wrong password\n- **WHEN** the password is wrong",
    good: "#### Scenario: Wrong password\n- **WHEN** the password is wrong\n- **THEN** the user is told so",
    messages: &[WITHOUT],
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 32,
        found: 32,
    }),
};

pub(crate) struct ScenarioWithoutThen;

impl Rule for ScenarioWithoutThen {
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
        for (document, block, _) in blocks(feature, unit) {
            for scenario in &block.scenarios {
                let has = |keyword| scenario.steps.iter().any(|step| step.keyword == keyword);
                let word = match (has(Keyword::When), has(Keyword::Given)) {
                    (true, _) => "WHEN",
                    (false, true) => "GIVEN",
                    _ => continue,
                };
                if has(Keyword::Then) || says_then(document.slice(scenario.range)) {
                    sink.clean();
                    continue;
                }
                let facts = [("name", scenario.name.as_str()), ("word", word)];
                let message = Message::new(WITHOUT, &facts);
                let draft = sink.report(document.file, scenario.name_range, message);
                let draft = draft.fact(scenario.name.as_str());
                drop(match item_of(document, scenario.name_range) {
                    Some(item) => draft.item(item),
                    None => draft,
                });
            }
        }
    }
}

/// Whether the word stands anywhere below the heading, in any case.
fn says_then(scenario: &str) -> bool {
    let below = scenario
        .find(['\n', '\r'])
        .map_or("", |end| &scenario[end..]);
    let mut words = below.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case("then"))
}
