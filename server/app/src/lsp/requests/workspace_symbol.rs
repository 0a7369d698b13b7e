//! `workspace/symbol`: items of all projects.

use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use super::Ask;
use crate::lsp::answer::Refusal;
use crate::lsp::to_proto;

/// Answers the request.
pub fn answer(
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
