//! What day and what moment it is.

use gix::date::Time;
use gix::date::time::format::{ISO8601_STRICT, SHORT};

/// Today where the user is, `2026-11-21`; by UTC where the machine does not know its zone. `None` if the clock says no
/// day at all.
#[must_use]
pub fn today() -> Option<String> {
    Time::now_local_or_utc().format(SHORT).ok()
}

/// This moment where the user is, `2026-11-21T14:05:26+01:00`; as [`today`].
#[must_use]
pub fn now() -> Option<String> {
    Time::now_local_or_utc().format(ISO8601_STRICT).ok()
}
