//! `textDocument/documentSymbol`: the outline of a spec document.

use ide::{OutlineItem, OutlineKind};
use text::FileId;
use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse,
    ServerCapabilities, SymbolInformation,
};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;
use crate::lsp::to_proto;

/// Answers `textDocument/documentSymbol`.
pub enum Handler {}

impl Request for Handler {
    type Params = DocumentSymbolParams;
    type Answer = Option<DocumentSymbolResponse>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.document_symbol_provider = Some(true.into());
    }

    fn is_nothing(answer: &Self::Answer) -> bool {
        answer.is_none()
    }

    fn answer(
        ask: &Ask,
        params: &DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>, Refusal> {
        let Some(file) = ask.file(&params.text_document) else {
            return Ok(None);
        };
        let outline = ask.world.snapshot.analysis().document_symbols(file);
        if outline.is_empty() {
            return Ok(None);
        }
        Ok(Some(if ask.client.nests_symbols {
            DocumentSymbolResponse::DocumentSymbolList(nested(ask, file, outline))
        } else {
            let mut symbols = Vec::new();
            flat(ask, file, outline, None, &mut symbols);
            DocumentSymbolResponse::SymbolInformationList(symbols)
        }))
    }
}

fn nested(ask: &Ask, file: FileId, items: Vec<OutlineItem>) -> Vec<DocumentSymbol> {
    let convert = |item: OutlineItem| {
        #[expect(deprecated, reason = "the type demands the old field")]
        Some(DocumentSymbol {
            range: ask.range(file, item.range)?,
            selection_range: ask.range(file, item.selection)?,
            name: item.name,
            detail: (!item.detail.is_empty()).then_some(item.detail),
            kind: kind(item.kind),
            tags: None,
            deprecated: None,
            children: (!item.children.is_empty()).then(|| nested(ask, file, item.children)),
        })
    };
    items.into_iter().filter_map(convert).collect()
}

fn flat(
    ask: &Ask,
    file: FileId,
    items: Vec<OutlineItem>,
    container: Option<&str>,
    symbols: &mut Vec<SymbolInformation>,
) {
    for item in items {
        let Some(location) = ask.location(file, item.range) else {
            continue;
        };
        #[expect(deprecated, reason = "the type demands the old field")]
        symbols.push(SymbolInformation {
            deprecated: None,
            location,
            base_symbol_information: BaseSymbolInformation {
                name: item.name.clone(),
                kind: kind(item.kind),
                tags: None,
                container_name: container.map(ToOwned::to_owned),
            },
        });
        flat(ask, file, item.children, Some(&item.name), symbols);
    }
}

fn kind(kind: OutlineKind) -> tower_lsp::gen_lsp_types::SymbolKind {
    match kind {
        // What Markdown servers use for headings.
        OutlineKind::Section => tower_lsp::gen_lsp_types::SymbolKind::String,
        OutlineKind::Item(kind) => to_proto::symbol_kind(kind),
    }
}
