//! Graph + position -> answers in editor terms: one file per feature, plain data, byte offsets.
//!
//! This room knows nothing of LSP types, of files on disk or of threads. It never raises a finding of its own.
//! A file that is neither a document of a feature nor a linked source gets empty answers.
#![forbid(unsafe_code)]

mod accept;
mod additions;
mod analysis;
mod archive;
mod bind;
mod call_hierarchy;
mod clarify;
mod code_actions;
mod code_lens;
mod completion;
mod convergence;
mod definition;
mod deltas;
mod document_links;
mod document_symbols;
mod drafts;
mod folding_ranges;
mod hover;
mod impact_here;
mod implementation;
mod inlay_hints;
mod lines;
mod mention;
mod moved_files;
mod new_plan;
mod new_tasks;
mod new_tests;
mod recount;
mod references;
mod rename;
mod scaffold;
mod selection_ranges;
mod semantic_tokens;
mod suggest;
mod suppress;
mod target;
mod test_runs;
mod tick;
mod uncovered_tasks;
mod wording;
mod workspace_symbols;

pub use additions::{Addition, Draft};
pub use analysis::Analysis;
pub use call_hierarchy::{Call, CallItem, CallKey, CallKind, CallWhat};
pub use code::SymbolKind;
pub use code_actions::{Action, ActionKind};
pub use code_lens::Lens;
pub use completion::{Completion, CompletionKind, Completions};
pub use definition::{Jump, Place};
pub use document_links::Link;
pub use document_symbols::{OutlineItem, OutlineKind};
pub use drafts::unlike;
pub use folding_ranges::{Fold, FoldKind};
pub use generate::{
    Archived, Generated, Left, Move, MovedFiles, NOT_WRITTEN, NewDocument, Planned, Position,
    Recounted, Renamable, Renaming, Series, Skeleton, Skeletons, Source, Step, Texts, Unit,
    Unlisted, Unplanned, Unwritable, Wanted, Why, skeletons, unlisted, unplanned,
};
pub use hover::Hover;
pub use impact_here::ImpactHere;
pub use inlay_hints::Hint;
pub use recount::NEW_CRITERION;
pub use semantic_tokens::{Token, TokenKind};
pub use suggest::{Cited as SuggestedLinks, Link as SuggestedLink, Reviewable};
pub use wording::symbol_kind;
pub use workspace_symbols::FoundSymbol;
