//! What is costly to find out, and asked only where somebody wants to hear of it.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::RootId;

/// Something that commits tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Which items were reworded after their tasks were ticked ([`crate::Outdated`]).
    Outdated,
    /// What criteria said when the tasks that cite them were last written.
    TasksPast,
}

/// Folders in which nobody wants to hear of a topic; of what is not listed everybody does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unheard(Arc<FxHashSet<(RootId, Topic)>>);

impl Unheard {
    /// Whether somebody wants to hear of it.
    pub(crate) fn wants(&self, root: RootId, topic: Topic) -> bool {
        !self.0.contains(&(root, topic))
    }
}

impl FromIterator<(RootId, Topic)> for Unheard {
    fn from_iter<I: IntoIterator<Item = (RootId, Topic)>>(all: I) -> Self {
        Self(Arc::new(all.into_iter().collect()))
    }
}
