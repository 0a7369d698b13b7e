//! One file per rule, named by its code.

pub(crate) mod story_without_task;
