//! The tests of `generate` that see it from outside: one program, since each would link every grammar again.

mod added_groups;
mod cite;
mod criteria;
mod delta;
#[path = "moved_files/main.rs"]
mod moved_files;
mod openspec;
mod outlines;
mod plan;
mod plan_contracts;
#[path = "rename/main.rs"]
mod rename;
#[path = "skeletons/main.rs"]
mod skeletons;
mod story_tasks;
mod task_list;
mod task_order;
mod uncovered_tasks;
