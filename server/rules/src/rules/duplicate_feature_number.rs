//! Two features of one directory with the same number.

use text::TextRange;
use trace::{Feature, Phase};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::headings::title_range;
use crate::message::{Message, Template, shortened};

const TWO: Template = Template {
    en: "{name} has the number {number}, and so has {other}.",
    ja: "{name} の番号 {number} は {other} と同じです。",
};
const MORE: Template = Template {
    en: "{name} has the number {number}, and so have {count} others, {other} among them.",
    ja: "{name} の番号 {number} は {other} など {count} 件と同じです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "duplicate-feature-number",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "Two features of one directory with the same number.",
    explanation: "People and code name a feature by its number (`feature 007`, `007/FR-003`), and Spec Kit before 0.10 \
                  found it by the number alone and stopped where two had it. It comes from features that were begun on \
                  two branches at once.\n\nSaid of a feature whose documents are all new since the merge base, or under a new name: an older one keeps its \
                  name. Without git, of one that nothing was built for yet. Features named by a timestamp are not compared. A directory where most \
                  features share a number does not count by it; that is unknown.",
    bad: "specs/007-login/\nspecs/007-notices/",
    good: "specs/007-login/\nspecs/008-notices/",
    messages: &[TWO, MORE],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 8,
        right: 2,
        seeded: 49,
        found: 49,
    }),
};

pub(crate) struct DuplicateFeatureNumber;

impl Rule for DuplicateFeatureNumber {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(other) = feature.namesakes.first() else {
            if feature.siblings > 0 {
                sink.clean();
            }
            return;
        };
        if !is_of_this_work(feature) {
            sink.clean();
            return;
        }
        let count = feature.namesakes.len();
        if count > 1 && 2 * (count + 1) > feature.siblings as usize {
            sink.unknown("most features of the directory have the same number");
            return;
        }
        let Some(document) = feature.documents.first() else {
            return;
        };
        let Some(range): Option<TextRange> = title_range(document) else {
            sink.unknown("the feature's first document is empty");
            return;
        };
        let number = feature.name.split('-').next().unwrap_or_default();
        let message = Message::new(
            if count > 1 { MORE } else { TWO },
            &[
                ("name", &shortened(&feature.name, 36)),
                ("number", &shortened(number, 7)),
                ("other", &shortened(other, 36)),
                ("count", &count.to_string()),
            ],
        );
        drop(sink.report(document.file, range, message).fact(number));
    }
}

/// Whether the number was given since the merge base, so that it is not yet written all over the code. Where git does
/// not say: whether nothing was built for the feature.
fn is_of_this_work(feature: &Feature) -> bool {
    feature
        .is_new
        .unwrap_or(feature.phase < Phase::Implementing)
}
