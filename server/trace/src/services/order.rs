//! The order in which services can be changed: who is needed before who needs it. Those that need each other stand together.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

use super::{ServiceId, Services};

/// What is changed at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// One service, or those that need each other in a ring; by name and path.
    pub services: Vec<ServiceId>,
    /// A shortest ring, each followed by what it needs, the last one needing the first; empty without one. It may lead over
    /// services that are not changed.
    pub ring: Vec<ServiceId>,
}

impl Services {
    /// The chosen services, each behind what it needs, also where that leads over others. Of those that may come in any
    /// order, the first by name and path comes first.
    #[must_use]
    pub fn order(&self, chosen: &[ServiceId]) -> Vec<Step> {
        let mut graph: DiGraph<(), (), u32> =
            DiGraph::with_capacity(self.all.len(), self.needs.len());
        for _ in &self.all {
            graph.add_node(());
        }
        for need in &self.needs {
            if (need.of as usize) < self.all.len() && (need.on as usize) < self.all.len() {
                graph.update_edge(
                    NodeIndex::new(need.of as usize),
                    NodeIndex::new(need.on as usize),
                    (),
                );
            }
        }
        let groups: Vec<Vec<ServiceId>> = kosaraju_scc(&graph)
            .into_iter()
            .map(|group| {
                let mut group: Vec<ServiceId> = group
                    .into_iter()
                    .map(|node| node.index() as ServiceId)
                    .collect();
                group.sort_unstable();
                group
            })
            .collect();
        let steps = self.by_need(groups).into_iter();
        steps
            .filter_map(|group| {
                let wanted = |id: &ServiceId| chosen.contains(id);
                let services: Vec<ServiceId> = group.iter().copied().filter(wanted).collect();
                let first = *services.first()?;
                let ring = if services.len() > 1 {
                    self.ring(first, &group)
                } else {
                    Vec::new()
                };
                Some(Step { services, ring })
            })
            .collect()
    }

    /// Groups behind those they need; the first by place of all that are free comes next.
    fn by_need(&self, mut groups: Vec<Vec<ServiceId>>) -> Vec<Vec<ServiceId>> {
        groups.sort_unstable();
        let mut group_of: FxHashMap<ServiceId, usize> = FxHashMap::default();
        for (at, group) in groups.iter().enumerate() {
            group_of.extend(group.iter().map(|id| (*id, at)));
        }
        let mut waits: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); groups.len()];
        for need in &self.needs {
            if let (Some(of), Some(on)) = (group_of.get(&need.of), group_of.get(&need.on))
                && of != on
                && let Some(waits) = waits.get_mut(*of)
            {
                waits.insert(*on);
            }
        }
        let mut done: Vec<bool> = vec![false; groups.len()];
        let mut order = Vec::with_capacity(groups.len());
        while let Some(next) =
            (0..groups.len()).find(|at| !done[*at] && waits[*at].iter().all(|other| done[*other]))
        {
            done[next] = true;
            order.push(std::mem::take(&mut groups[next]));
        }
        order
    }

    /// A shortest way from a service over what it needs back to itself, inside a group.
    fn ring(&self, first: ServiceId, group: &[ServiceId]) -> Vec<ServiceId> {
        let mut before: FxHashMap<ServiceId, ServiceId> = FxHashMap::default();
        let mut open = VecDeque::from([first]);
        while let Some(at) = open.pop_front() {
            let needed = self.needs.iter().filter(|need| need.of == at);
            for next in needed.map(|need| need.on) {
                if next == first {
                    let mut ring = vec![at];
                    let mut back = at;
                    while let Some(previous) = before.get(&back) {
                        ring.push(*previous);
                        back = *previous;
                    }
                    ring.reverse();
                    return ring;
                }
                if group.contains(&next) && !before.contains_key(&next) {
                    before.insert(next, at);
                    open.push_back(next);
                }
            }
        }
        Vec::new()
    }
}
