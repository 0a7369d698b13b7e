//! Graph -> text: what people would otherwise write by hand, as minimal edits of what is there.
//!
//! All text comes from facts: the documents' own words and style, paths that exist. What only a human can decide is
//! asked (`NEEDS CLARIFICATION`). Generating twice changes nothing. This room never reads files and never shows
//! anything; it knows no rules, so its tests check the result with them.
#![forbid(unsafe_code)]

mod archive;
mod cite;
mod criteria;
mod delta;
mod moved_files;
mod plan;
mod planned;
mod rename;
mod scaffold;
mod skeletons;
mod tasks;
mod unsaved;

pub use archive::{
    Applied, Archived, Counts, Fault, Objection, Passed, Refused, Remark, archive, is_archivable,
};
pub use cite::{cite, mention_above, qualify};
pub use criteria::{Position, Recounted, Step, Uncounted, recount};
pub use delta::{Drafted, Undrafted, Unlike, draft};
pub use moved_files::{Move, MovedFiles, move_files};
pub use plan::{Known, Planned, Unplanned, lacks_plan, plan, unplanned};
pub use rename::{
    Left, Refusal, Renamable, Renaming, Series, Texts, Unwritable, Why, group, renamable, rename,
    renumber, series_in,
};
pub use scaffold::{Unit, Unmade, Wanted, next_requirement, scaffold};
pub use skeletons::{NOT_WRITTEN, Skeleton, Skeletons, lacks_tests, skeletons};
pub use tasks::{
    Generated, NewDocument, Parted, Source, Unlisted, convergence, lacks_list, lacks_others,
    lacks_tasks, task_list, tasks_for_all_uncovered, tasks_for_story, unlisted,
};
