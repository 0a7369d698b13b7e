//! What day it is.

use gix::date::Time;
use gix::date::time::format::SHORT;

/// Today where the user is, `2026-11-21`; by UTC where the machine does not know its zone. `None` if the clock says no
/// day at all.
#[must_use]
pub fn today() -> Option<String> {
    Time::now_local_or_utc().format(SHORT).ok()
}
