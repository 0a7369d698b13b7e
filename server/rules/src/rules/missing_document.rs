//! A document that a later one of the same feature is made from, and that is not there.

use documents::{DocumentKind, ItemKind};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::headings::title_range;
use crate::message::{Message, Template};

const MISSING: Template = Template {
    en: "{document} is there, and {missing}, which it is made from, is not.",
    ja: "{document} がありますが、その元になる {missing} がありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "missing-document",
    group: Group::Structure,
    severity: Severity::Information,
    summary: "A document that a later one of the same feature is made from, and that is not there.",
    explanation: "Spec Kit makes plan.md from spec.md and tasks.md from both, and its commands stop where one of them is \
                  missing. Said once, at the document that is there.\n\nresearch.md, data-model.md, quickstart.md and \
                  contracts are optional in Spec Kit, and so here. Plans and task \
                  lists that are not written to Spec Kit's templates have their own origin and are not looked at.",
    bad: "specs/007-login/spec.md\nspecs/007-login/tasks.md",
    good: "specs/007-login/spec.md\nspecs/007-login/plan.md\nspecs/007-login/tasks.md",
    messages: &[MISSING],
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 0,
        found: 0,
    }),
};

/// In the order in which they are made.
const CHAIN: [(DocumentKind, &str); 3] = [
    (DocumentKind::Spec, "spec.md"),
    (DocumentKind::Plan, "plan.md"),
    (DocumentKind::Tasks, "tasks.md"),
];

pub(crate) struct MissingDocument;

impl Rule for MissingDocument {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let written = |kind: DocumentKind| feature.document_of(kind).filter(|it| is_of_speckit(it));
        let last = CHAIN.iter().rposition(|(kind, _)| written(*kind).is_some());
        let Some(last) = last.filter(|last| *last > 0) else {
            return;
        };
        let missing: Vec<&str> = CHAIN[..last]
            .iter()
            .filter(|(kind, _)| !feature.present.contains(kind))
            .map(|(_, name)| *name)
            .collect();
        let (kind, name) = CHAIN[last];
        let place =
            written(kind).and_then(|document| Some((document.file, title_range(document)?)));
        let (Some((file, range)), false) = (place, missing.is_empty()) else {
            sink.clean();
            return;
        };
        for missing in missing {
            let message = Message::new(MISSING, &[("document", name), ("missing", missing)]);
            drop(
                sink.report(file, range, message)
                    .fact(missing)
                    .group("documents"),
            );
        }
    }
}

/// Whether a document has the shape that Spec Kit's commands give it: plans and task lists of another workflow have
/// their own origins.
fn is_of_speckit(document: &FeatureDocument) -> bool {
    let facts = document.facts();
    facts.generation.is_some()
        || facts
            .items_of(ItemKind::Task)
            .any(|(_, task)| !task.id.is_empty())
}
