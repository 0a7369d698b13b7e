//! When a run began, and which states can be believed then.

use std::time::{Duration, SystemTime};

use super::{Stamp, since_1970};

/// When a run began, and how long before that a change has to be to be believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Began {
    pub(crate) at: SystemTime,
    pub(crate) settled: Duration,
}

/// Clocks of file systems go in steps; what changed one step before we began may have changed since.
const STEP: Duration = Duration::from_millis(10);

impl Began {
    /// Whether a state may be another one without looking so.
    pub(crate) fn is_fresh(self, stamp: Stamp) -> bool {
        let settled = self.at.checked_sub(self.settled.max(STEP));
        stamp.changed() >= settled.map_or(0, since_1970)
    }

    /// What to keep of a directory's state: that of none, so that it is looked through, where it is too fresh to be
    /// believed; nothing at all where it was changed while we looked.
    #[cfg(target_os = "linux")]
    pub(crate) fn believed(self, stamp: Stamp) -> Option<Stamp> {
        let under_way = self.at.checked_sub(STEP).map_or(0, since_1970);
        if stamp.changed() >= under_way {
            return None;
        }
        let fresh = self.is_fresh(stamp);
        Some(if fresh { Stamp::default() } else { stamp })
    }
}
