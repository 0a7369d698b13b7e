//! `textDocument/completion`: ids, labels, paths and new items, where one is being written.

use ide::{Completion, CompletionKind};
use tower_lsp::gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionOptions, CompletionParams,
    CompletionResponse, Documentation, InsertTextFormat, MarkupContent, MarkupKind,
    ServerCapabilities, TextEdit,
};

use text::FileId;

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;
use crate::lsp::{snippet, uri};

/// Answers `textDocument/completion`.
pub enum Handler {}

impl Request for Handler {
    type Params = CompletionParams;
    type Answer = Option<CompletionResponse>;

    const IS_SHORT: bool = true;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.completion_provider = Some(CompletionOptions {
            // What ids, paths, labels and references go on with; words start a completion in any editor.
            trigger_characters: Some(["-", "/", "[", "`"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        });
    }

    fn answer(ask: &Ask, params: &CompletionParams) -> Result<Option<CompletionResponse>, Refusal> {
        let place = &params.text_document_position_params;
        let Some((file, offset)) = ask.at(place) else {
            return Ok(None);
        };
        let document = uri::to_path(&place.text_document.uri);
        let document = document.and_then(|path| ask.world.open.get(&path));
        let text = document.map(|document| &*document.text);
        let analysis = ask.world.snapshot.analysis();
        let found = analysis.completions(file, offset, text, ask.client.locale);
        if found.items.is_empty() {
            return Ok(None);
        }
        let items = found.items.into_iter();
        let items = items.filter_map(|item| convert(ask, file, item));
        Ok(Some(CompletionResponse::CompletionList(CompletionList {
            is_incomplete: found.incomplete || !ask.world.is_whole(),
            item_defaults: None,
            apply_kind: None,
            items: items.collect(),
        })))
    }
}

fn convert(ask: &Ask, file: FileId, item: Completion) -> Option<CompletionItem> {
    let documentation = MarkupContent {
        kind: if ask.client.completes_in_markdown {
            MarkupKind::Markdown
        } else {
            MarkupKind::PlainText
        },
        value: item.documentation,
    };
    let snippet = ask.client.completes_with_snippets && !item.stops.is_empty();
    let edit = TextEdit {
        range: ask.range(file, item.replace)?,
        new_text: if snippet {
            snippet::with_stops(&item.insert, &item.stops)
        } else {
            item.insert
        },
    };
    Some(CompletionItem {
        label: item.label,
        kind: Some(kind(item.kind)),
        detail: (!item.detail.is_empty()).then_some(item.detail),
        documentation: (!documentation.value.is_empty())
            .then_some(Documentation::MarkupContent(documentation)),
        sort_text: Some(item.sort),
        filter_text: Some(item.filter),
        text_edit: Some(edit.into()),
        insert_text_format: snippet.then_some(InsertTextFormat::Snippet),
        ..CompletionItem::default()
    })
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Item(_) => CompletionItemKind::Reference,
        CompletionKind::Label => CompletionItemKind::Keyword,
        CompletionKind::File => CompletionItemKind::File,
        CompletionKind::Directory => CompletionItemKind::Folder,
        CompletionKind::NextId => CompletionItemKind::Constant,
        CompletionKind::Block => CompletionItemKind::Snippet,
    }
}
