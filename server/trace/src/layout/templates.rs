//! In which order Spec Kit looks for a template (speckit-format section 2.6).

use super::below_specify;

/// Overrides, presets, extensions, the core.
pub(super) fn rank(path: &str) -> u8 {
    let below = below_specify(path).map_or(path, |(_, below)| below);
    if below.starts_with("templates/overrides/") {
        0
    } else if below.starts_with("presets/") {
        1
    } else if below.starts_with("extensions/") {
        2
    } else {
        3
    }
}
