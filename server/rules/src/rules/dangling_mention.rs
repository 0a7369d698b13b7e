//! An id in a source file that its feature does not define.

use documents::{DocumentKind, Format};
use trace::{CodeCitation, Feature};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const NO_ID: Template = Template {
    en: "{id} is cited here, and {feature} has no {id}.",
    ja: "{id} が参照されていますが、{feature} に {id} はありません。",
};
const NO_SECTION: Template = Template {
    en: "{section} is quoted here, and {feature} has no section of that name.",
    ja: "{section} が引用されていますが、{feature} にその見出しはありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "dangling-mention",
    group: Group::Reference,
    // A source belongs to other tools and people first; louder when its hits are judged.
    severity: Severity::Hint,
    summary: "A source file cites a requirement of a feature that has none of that id.",
    explanation: "Requirements are removed and renumbered, and what cites them in code stays behind.\n\nRead are mentions \
                  that say beyond doubt which feature they mean: the feature right before the id (`083/FR-008`), and the tags of \
                  tracey (`r[impl login.FR-008]`), OpenFastTrace (`[impl->req~login.FR-008~1]`) and duvet \
                  (`//= specs/083-login/spec.md#requirements`). An id alone is never judged: it may be another \
                  feature's, or no id at all.",
    bad: "// 083/FR-012 codes expire   (the spec of 083 ends with FR-011)",
    good: "// 083/FR-011 codes expire",
    messages: &[NO_ID, NO_SECTION],
    measured: Some(Measured {
        judged: 8,
        right: 8,
        // Of the generated corpus of the benchmarks, in our own dialect.
        seeded: 20,
        found: 20,
    }),
};

pub(crate) struct DanglingMention;

impl Rule for DanglingMention {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro, Format::OpenSpec]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for CodeCitation { file, key, range } in &feature.strays {
            let facts = [("id", key.as_str()), ("feature", feature.name.as_str())];
            let message = match key.split_once('#') {
                Some((_, section)) => Message::new(
                    NO_SECTION,
                    &[("section", section), ("feature", feature.name.as_str())],
                ),
                None => Message::new(NO_ID, &facts),
            };
            drop(sink.report(*file, *range, message).fact(key.as_str()));
        }
    }
}
