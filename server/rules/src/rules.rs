//! One file per rule, named by its code. The line that declares it here registers it: the catalogue is made of these lines
//! (`server/registered.rs`), group after group.

// The shape of one document.
pub(crate) mod checklist_open;
pub(crate) mod constitution_placeholder;
pub(crate) mod duplicate_feature_number;
pub(crate) mod duplicate_id;
pub(crate) mod empty_section;
pub(crate) mod gate_violation_unjustified;
pub(crate) mod leftover_placeholder;
pub(crate) mod malformed_id;
pub(crate) mod merge_conflict;
pub(crate) mod missing_document;
pub(crate) mod missing_section;
pub(crate) mod principle_without_gate;
pub(crate) mod scenario_incomplete;
pub(crate) mod scenario_without_then;
pub(crate) mod stale_checklist_reference;
pub(crate) mod story_without_scenario;
pub(crate) mod unresolved_clarification;

// Ids and paths that point somewhere.
pub(crate) mod ambiguous_reference;
pub(crate) mod broken_link;
pub(crate) mod broken_path;
pub(crate) mod broken_symbol;
pub(crate) mod criterion_number_shifted;
pub(crate) mod dangling_mention;
pub(crate) mod delta_base_moved;
pub(crate) mod delta_target_missing;
pub(crate) mod glossary_term_undefined;
pub(crate) mod property_title_mismatch;
pub(crate) mod requirement_contested;
pub(crate) mod unknown_criterion;
pub(crate) mod unknown_reference;
pub(crate) mod unknown_story;
pub(crate) mod unknown_task;

// What nothing works for.
pub(crate) mod criterion_without_task;
pub(crate) mod requirement_without_task;
pub(crate) mod requirement_without_test;
pub(crate) mod story_without_task;
pub(crate) mod task_without_path;

// The task list.
pub(crate) mod dependency_cycle;
pub(crate) mod dependency_order;
pub(crate) mod parallel_conflict;
pub(crate) mod parent_done_child_open;
pub(crate) mod phantom_task;
pub(crate) mod story_label_misplaced;
pub(crate) mod task_format;
pub(crate) mod task_not_startable;
pub(crate) mod tasks_stale;
pub(crate) mod wave_conflict;

// Where code and contracts have parted.
pub(crate) mod contract_breaking_change;
pub(crate) mod operation_without_route;
pub(crate) mod route_without_operation;

// Where code and documents have parted.
pub(crate) mod accepted_target_gone;
pub(crate) mod constant_drift;
pub(crate) mod entity_drift;
pub(crate) mod layout_drift;
pub(crate) mod stack_drift;
pub(crate) mod stale_code;
pub(crate) mod suspect_code;
pub(crate) mod suspect_requirement;
pub(crate) mod test_drift;
pub(crate) mod values_drift;

// The rules of `openspec validate`.
pub(crate) mod openspec;
