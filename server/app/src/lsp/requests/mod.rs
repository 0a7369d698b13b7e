//! One file per request: from the protocol's terms to the engine's, ask, and back.

use super::answer::Query;
use super::host::Snapshot;

pub mod code_action;
pub mod code_action_resolve;
pub mod code_lens;
pub mod completion;
pub mod definition;
pub mod diagnostic;
pub mod document_highlight;
pub mod document_link;
pub mod document_symbol;
pub mod execute_command;
pub mod folding_range;
pub mod hover;
pub mod implementation;
pub mod incoming_calls;
pub mod inlay_hint;
pub mod outgoing_calls;
pub mod prepare_call_hierarchy;
pub mod prepare_rename;
pub mod references;
pub mod rename;
pub mod selection_range;
pub mod semantic_tokens;
pub mod text_document_content;
pub mod will_rename_files;
pub mod workspace_diagnostic;
pub mod workspace_symbol;

/// What handlers that need the real engine work with.
pub type Ask = Query<Snapshot>;
