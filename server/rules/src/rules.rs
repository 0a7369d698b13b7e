//! One file per rule, named by its code.

pub(crate) mod broken_path;
pub(crate) mod checklist_open;
pub(crate) mod constitution_placeholder;
pub(crate) mod duplicate_feature_number;
pub(crate) mod duplicate_id;
pub(crate) mod empty_section;
pub(crate) mod gate_violation_unjustified;
pub(crate) mod leftover_placeholder;
pub(crate) mod malformed_id;
pub(crate) mod missing_document;
pub(crate) mod missing_section;
pub(crate) mod parallel_conflict;
pub(crate) mod phantom_task;
pub(crate) mod principle_without_gate;
pub(crate) mod scenario_incomplete;
pub(crate) mod stale_checklist_reference;
pub(crate) mod story_without_scenario;
pub(crate) mod story_without_task;
pub(crate) mod task_format;
pub(crate) mod unknown_reference;
pub(crate) mod unknown_story;
pub(crate) mod unresolved_clarification;
