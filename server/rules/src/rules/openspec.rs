//! The rules of `openspec validate`, one file each. Codes are ours: the tool has sentences only.

pub(crate) mod archive_refused;
pub(crate) mod change_without_delta;
pub(crate) mod delta_conflict;
pub(crate) mod delta_heading_ignored;
pub(crate) mod delta_misplaced;
pub(crate) mod delta_without_requirement;
pub(crate) mod nested_change;
pub(crate) mod purpose_placeholder;
pub(crate) mod purpose_too_short;
pub(crate) mod rename_unpaired;
pub(crate) mod requirement_misplaced;
pub(crate) mod requirement_outside_delta;
pub(crate) mod requirement_repeated;
pub(crate) mod requirement_too_long;
pub(crate) mod requirement_without_keyword;
pub(crate) mod requirement_without_scenario;
pub(crate) mod requirement_without_text;
pub(crate) mod scenario_dropped;
pub(crate) mod skip_specs_conflict;
pub(crate) mod spec_section_missing;
pub(crate) mod spec_without_requirement;
pub(crate) mod task_number_repeated;
pub(crate) mod task_under_wrong_group;
pub(crate) mod tasks_without_checkbox;
