//! Which documents were made from others, so that it matters when they were written.

use std::sync::Arc;

use documents::DocumentKind;

use crate::feature::Feature;
use crate::history::{Past, PastQuestion, Wanted};
use crate::inputs::Inputs;
use crate::openspec::OpenSpec;
use crate::{FeatureState, Topic, UnitKind};

/// What a feature asks of the past of its documents, with the answers so far.
pub(crate) fn of(feature: &Feature, inputs: &Inputs) -> Vec<(PastQuestion, Option<Arc<Past>>)> {
    if feature.unit != UnitKind::Feature || feature.state == FeatureState::Archived {
        return Vec::new();
    }
    let of_tasks = inputs.unheard.wants(feature.root, Topic::TasksPast);
    let asked = deltas(feature).chain(tasks(feature).filter(|_| of_tasks));
    asked
        .map(|question| {
            let answer = inputs.history.pasts.get(&question).cloned();
            (question, answer)
        })
        .collect()
}

/// A requirement under MODIFIED is a copy of the main spec's, changed.
fn deltas(feature: &Feature) -> impl Iterator<Item = PastQuestion> {
    let unit = feature.openspec.iter();
    let deltas = unit.flat_map(OpenSpec::read);
    deltas.filter_map(|file| {
        let base = &file.base.as_ref()?.document;
        let document = feature.document(file.file)?;
        (!file.delta.modified.is_empty()).then(|| PastQuestion {
            root: feature.root,
            document: (document.path.clone(), document.kind),
            source: (base.path.clone(), base.kind),
            wanted: Wanted::All,
        })
    })
}

/// Tasks of Kiro are derived from criteria, which they cite. Of specs that nobody works on nobody asks.
fn tasks(feature: &Feature) -> Option<PastQuestion> {
    let spec = feature.document_of(DocumentKind::KiroRequirements)?;
    let tasks = feature.document_of(DocumentKind::KiroTasks)?;
    feature.state.is_active().then(|| PastQuestion {
        root: feature.root,
        document: (tasks.path.clone(), tasks.kind),
        source: (spec.path.clone(), spec.kind),
        wanted: Wanted::LastWritten,
    })
}
