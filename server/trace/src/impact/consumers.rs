//! Services whose containers need one that changes, as compose files and objects of Kubernetes say it: who runs beside it
//! breaks with it, whatever the sources import.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::Reached;
use crate::services::{NeedKind, Services};
use crate::{Graph, RootId};

/// A service whose container waits for one that changes, or is given its address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Consumer {
    /// Workspace folder.
    pub root: RootId,
    /// Its directory, from there; empty at the top.
    pub path: SmolStr,
    /// What people call it.
    pub name: SmolStr,
    /// What the one that changes is called.
    pub of: SmolStr,
    /// The file that says so; behind its folder's name, where there are several folders.
    pub at: SmolStr,
    /// The name that stands there.
    pub what: SmolStr,
}

/// Who needs the services of what changes; tests run beside nothing.
#[must_use]
pub fn consumers(graph: &Graph, services: &Services, seeds: &[Reached]) -> Vec<Consumer> {
    let tree = &graph.inputs().tree;
    let files = seeds.iter().filter_map(|seed| seed.node.file());
    let changed: FxHashSet<_> = files
        .filter_map(|file| {
            let (root, path) = tree.path(file)?;
            let is_code = code::is_source_path(path) && !code::is_test_path(path);
            services.of_path(root, path).filter(|_| is_code)
        })
        .collect();
    let mut found = Vec::new();
    for of in changed {
        for id in services.consumers(of) {
            let mut reasons = services.reasons(id, of);
            let said = reasons.find(|need| need.kind == NeedKind::Container);
            if let (Some(said), Some(own), Some(other)) = (said, services.get(id), services.get(of))
            {
                found.push(Consumer {
                    root: own.root,
                    path: own.path.clone(),
                    name: own.name.clone(),
                    of: other.name.clone(),
                    at: said.at.clone(),
                    what: said.what.clone(),
                });
            }
        }
    }
    found.sort_unstable();
    found
}
