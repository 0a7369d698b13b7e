//! A change that changes no spec and does not say so.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::DocumentKind;
use documents::Format;
use trace::Feature;
use trace::UnitKind;
use trace::openspec::{SkipSpecs, head};

const NONE: Template = Template {
    en: "The change \"{name}\" has no delta below `specs/` and does not say `skip_specs: true`.",
    ja: "変更「{name}」は `specs/` に差分がなく、`skip_specs: true` とも述べていません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "change-without-delta",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A change without any delta that does not say `skip_specs: true`.",
    explanation: "A change is there to change specs. One that only moves code says so with `skip_specs: true` in its `.openspec.yaml` (since OpenSpec 1.7).",
    bad: "changes/add-lockers/proposal.md, and nothing below specs/",
    good: "changes/add-lockers/proposal.md and changes/add-lockers/specs/lockers/spec.md",
    messages: &[NONE],
    measured: None,
};

pub(crate) struct ChangeWithoutDelta;

impl Rule for ChangeWithoutDelta {
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
        if feature.unit != UnitKind::Feature || (unit.nested.is_some() && unit.edition.is_strict())
        {
            return;
        }
        let entries: usize = unit.read().map(|delta| delta.delta.entries()).sum();
        let misplaced = unit.deltas.iter().any(|delta| {
            let strict = unit.edition.is_strict() && !delta.delta.sections.is_empty();
            !delta.is_read && (delta.below == "spec.md" || strict)
        });
        let skipped = matches!(unit.skip_specs, SkipSpecs::Yes(..));
        if entries > 0 || misplaced || skipped {
            sink.clean();
            return;
        }
        let Some(document) = feature
            .documents
            .iter()
            .min_by_key(|document| rank(document.kind))
        else {
            return;
        };
        let message = Message::new(NONE, &[("name", &feature.name)]);
        drop(sink.report(document.file, head(document), message));
    }
}

/// Which document speaks for the change.
fn rank(kind: DocumentKind) -> u8 {
    match kind {
        DocumentKind::OpenSpecProposal => 0,
        DocumentKind::OpenSpecDelta => 1,
        DocumentKind::OpenSpecTasks => 2,
        DocumentKind::OpenSpecDesign => 3,
        DocumentKind::OpenSpecChange => 4,
        _ => 5,
    }
}
