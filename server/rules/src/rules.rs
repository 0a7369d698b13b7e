//! One file per rule, named by its code.

pub(crate) mod broken_path;
pub(crate) mod duplicate_id;
pub(crate) mod leftover_placeholder;
pub(crate) mod missing_section;
pub(crate) mod parallel_conflict;
pub(crate) mod phantom_task;
pub(crate) mod story_without_task;
pub(crate) mod task_format;
pub(crate) mod unknown_reference;
pub(crate) mod unknown_story;
