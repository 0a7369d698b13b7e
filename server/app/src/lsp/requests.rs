//! One file per request: what the server offers for it, from the protocol's terms to the engine's, ask, and back. The line
//! that declares a file here registers it (`server/registered.rs`); it is named as the framework names the request.

use tower_lsp::gen_lsp_types::ServerCapabilities;

use super::answer::{Query, Refusal};
use super::client::ClientFacts;
use super::host::Snapshot;

mod semantic_tokens;

pub mod code_action;
pub mod code_action_resolve;
pub mod code_lens;
pub mod completion;
pub mod diagnostic;
pub mod document_highlight;
pub mod document_link;
pub mod document_symbol;
pub mod folding_range;
pub mod goto_definition;
pub mod goto_implementation;
pub mod hover;
pub mod incoming_calls;
pub mod inlay_hint;
pub mod outgoing_calls;
pub mod prepare_call_hierarchy;
pub mod prepare_rename;
pub mod references;
pub mod rename;
pub mod selection_range;
pub mod semantic_tokens_full;
pub mod semantic_tokens_range;
pub mod symbol;
pub mod text_document_content;
pub mod will_rename_files;

/// What handlers that need the real engine work with.
pub type Ask = Query<Snapshot>;

/// A request of the protocol: what `Handler` of its file says.
pub trait Request {
    /// What the client sends.
    type Params: Send + Sync + 'static;
    /// What it gets.
    type Answer: Send + 'static;

    /// What progress is called of those that may take long.
    const TITLE: Option<&'static str> = None;

    /// Whether it only looks at what is known and is short then, so that it is answered [where it was read](super::pace).
    const IS_SHORT: bool = false;

    /// Tells the client of it; says nothing where another request's offer covers it.
    fn offer(_client: &ClientFacts, _offered: &mut ServerCapabilities) {}

    /// Whether an answer says nothing. Asked for those that are answered [early](super::early).
    fn is_nothing(_answer: &Self::Answer) -> bool {
        false
    }

    /// Answers one of them.
    ///
    /// # Errors
    ///
    /// If nobody waits any more, or what is asked for cannot be done.
    fn answer(ask: &Ask, params: &Self::Params) -> Result<Self::Answer, Refusal>;
}
