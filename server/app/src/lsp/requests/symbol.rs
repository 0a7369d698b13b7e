//! `workspace/symbol`: items of all projects.

use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, ServerCapabilities, WorkspaceSymbol, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;
use crate::lsp::to_proto;

/// Answers `workspace/symbol`.
pub enum Handler {}

impl Request for Handler {
    type Params = WorkspaceSymbolParams;
    type Answer = Option<WorkspaceSymbolResponse>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.workspace_symbol_provider = Some(true.into());
    }

    fn answer(
        ask: &Ask,
        params: &WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>, Refusal> {
        let found = ask
            .world
            .snapshot
            .analysis()
            .workspace_symbols(&params.query);
        let symbols: Vec<WorkspaceSymbol> = found
            .into_iter()
            .filter_map(|symbol| {
                let location = ask.location(symbol.place.file, symbol.place.focus)?;
                Some(WorkspaceSymbol {
                    location: location.into(),
                    data: None,
                    base_symbol_information: BaseSymbolInformation {
                        name: symbol.name,
                        kind: to_proto::symbol_kind(symbol.kind),
                        tags: None,
                        container_name: Some(symbol.container.to_string()),
                    },
                })
            })
            .collect();
        Ok((!symbols.is_empty()).then_some(WorkspaceSymbolResponse::WorkspaceSymbolList(symbols)))
    }
}
