use std::sync::Arc;

use rules::{Checked, Policy};
use smol_str::SmolStr;
use text::FileId;
use trace::{Feature, FeatureDocument, Graph};

/// One moment of a workspace: the graph and what the rules say of it. Cheap to clone, never changes.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// Facts and links.
    pub graph: Arc<Graph>,
    /// Findings of every feature.
    pub checked: Arc<Checked>,
    /// What day it is where the user is, `2026-11-21`; this room has no clock.
    pub today: Option<SmolStr>,
}

impl Analysis {
    /// Runs every rule over `graph`.
    #[must_use]
    pub fn new(graph: Arc<Graph>) -> Self {
        let checked = Arc::new(Checked::new(&graph));
        Self {
            graph,
            checked,
            today: None,
        }
    }

    /// The same under a team's decisions.
    #[must_use]
    pub fn with_policy(&self, policy: Arc<Policy>) -> Self {
        if *self.checked.policy() == policy {
            return self.clone();
        }
        Self {
            graph: Arc::clone(&self.graph),
            checked: Arc::new(self.checked.with_policy(policy)),
            today: self.today.clone(),
        }
    }

    /// The analysis of the next graph; only features that changed are checked again.
    #[must_use]
    pub fn update(&self, graph: Arc<Graph>) -> Self {
        let checked = Arc::new(self.checked.update(&graph));
        Self {
            graph,
            checked,
            today: self.today.clone(),
        }
    }

    /// The spec document that a file is, with its feature; `None` for every other file.
    pub(crate) fn spec_document(&self, file: FileId) -> Option<(&Feature, &FeatureDocument)> {
        let feature = self.graph.feature_of(file)?;
        Some((feature, feature.document(file)?))
    }
}
