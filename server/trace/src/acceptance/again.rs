//! What accepting an item again writes: its accepted links as they are now. What else it is linked to stays out, so that
//! it does not matter how much of the sources was read.

use rustc_hash::FxHashSet;
use text::{Edit, FileId};

use super::lookup::{Found, unit_of};
use super::{CodeStanding, Fact};
use crate::Graph;
use crate::feature::ItemRef;

impl Graph {
    /// The lock and its edits after which all that was accepted of an item is accepted as it is now, and what is gone is
    /// not. `None` where nothing is to be written, or a merge of the lock was not finished.
    #[must_use]
    pub fn accepted_again(&self, item: ItemRef) -> Option<(FileId, Vec<Edit>)> {
        let feature = self.feature(item.feature)?;
        let accepted = feature.accepted.of(item)?;
        let file = feature.accepted.lock?;
        let lock = self.inputs().locks.get(&file)?;
        if lock.lock.is_conflicted() {
            return None;
        }
        let found = Found::of(feature);
        let (key, print) = found.item(item)?;
        let (mut gone, mut added) = (FxHashSet::default(), Vec::new());
        for link in accepted.links.iter().filter(|link| !link.is_fresh()) {
            let place = match &link.code {
                CodeStanding::Unknown(_) => continue,
                CodeStanding::Gone(_) => None,
                CodeStanding::Same(spot)
                | CodeStanding::Signature(spot)
                | CodeStanding::Body(spot) => Some(self.place_at(feature, spot)?),
            };
            gone.extend(link.lines.iter().map(|at| *at as usize));
            added.extend(place.map(|place| Fact {
                id: accepted.id,
                unit: unit_of(feature),
                key: key.clone(),
                text: print,
                target: place.target,
                code: place.code,
                reason: String::new(),
            }));
        }
        let edits = lock.lock.edits(&lock.text, &gone, &added);
        (!edits.is_empty()).then_some((file, edits))
    }
}
