//! An id qualified by a number that several features have.

use rustc_hash::FxHashSet;
use trace::{Feature, FeatureId, Target};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const SEVERAL: Template = Template {
    en: "{qualifier} {id} may be of {count} features: each has that number and defines {id}.",
    ja: "{qualifier} の {id} は {count} 件の機能のどれか決まりません (番号が同じで、どれも {id} を定義しています)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "ambiguous-reference",
    group: Group::Reference,
    severity: Severity::Hint,
    summary: "An id of another feature, named by a number that several features have.",
    explanation: "Two branches took the same number, and nobody can tell which feature `Spec 003 FR-001` means. \
                  Editors show every candidate.\n\nOnly ids that name a feature beside them; a bare id belongs to its \
                  own feature. Written with the directory's whole name (`003-login`) it is one feature's.",
    bad: "The token follows Spec 003 FR-001.   (both 003-login and 003-export define it)",
    good: "The token follows FR-001 of specs/003-login/spec.md.",
    messages: &[SEVERAL],
    // Seen before the last change: one, a number far from its id; such are left out since.
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 36,
        found: 36,
    }),
};

/// How many bytes may stand between a number and its id.
const NEAR: usize = 24;

pub(crate) struct AmbiguousReference;

impl Rule for AmbiguousReference {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for reference in &feature.references {
            let Some(document) = feature.document(reference.file) else {
                continue;
            };
            let mention = document.facts().mentions.get(reference.mention as usize);
            let Some((mention, qualifier)) =
                mention.and_then(|mention| Some((mention, mention.qualifier.as_ref()?)))
            else {
                continue;
            };
            if !mention.standard || !mention.written {
                continue;
            }
            let Target::Ambiguous(items) = &reference.target else {
                sink.clean();
                continue;
            };
            let features: FxHashSet<FeatureId> = items.iter().map(|item| item.feature).collect();
            // One that names its own number speaks of itself; a number far off, or before an id of one's own, of others.
            let gap = mention.range.start().checked_sub(qualifier.range.end());
            let beside = gap.is_some_and(|gap| usize::from(gap) <= NEAR)
                && (feature.defined(&mention.key).is_empty()
                    || gap.is_some_and(|gap| usize::from(gap) <= 2));
            if features.len() < 2 || features.contains(&feature.id) || !beside {
                sink.clean();
                continue;
            }
            let facts = [
                ("qualifier", document.slice(qualifier.range)),
                ("id", mention.key.as_str()),
                ("count", &features.len().to_string()),
            ];
            let name = document.path.rsplit('/').next().unwrap_or_default();
            drop(
                sink.report(document.file, mention.range, Message::new(SEVERAL, &facts))
                    .fact(format!("{name} {} {}", qualifier.feature, mention.key))
                    .group(format!("{name} {}", qualifier.feature)),
            );
        }
    }
}
