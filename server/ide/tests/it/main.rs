//! Answers over whole workspaces, as snapshots that a person can read.
#![expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` is written where it is used"
)]
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod actions;
mod calls;
mod clarify;
mod completion;
mod convergence;
mod hover;
mod kiro;
mod navigation;
mod new_items;
mod openspec;
mod outline;
mod properties;
mod ranges;
mod rename;
mod tokens;
mod workspaces;
