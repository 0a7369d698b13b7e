//! `textDocument/documentLink`: paths that lead to a file.

use tower_lsp::gen_lsp_types::{
    DocumentLink, DocumentLinkOptions, DocumentLinkParams, ServerCapabilities, Uri,
};

use text::TextRange;

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/documentLink`.
pub enum Handler {}

impl Request for Handler {
    type Params = DocumentLinkParams;
    type Answer = Option<Vec<DocumentLink>>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.document_link_provider = Some(DocumentLinkOptions::default());
    }

    fn answer(
        ask: &Ask,
        params: &DocumentLinkParams,
    ) -> Result<Option<Vec<DocumentLink>>, Refusal> {
        let Some(file) = ask.file(&params.text_document) else {
            return Ok(None);
        };
        let analysis = ask.world.snapshot.analysis();
        let links = analysis.document_links(file, ask.client.locale);
        let links: Vec<DocumentLink> = links
            .into_iter()
            .filter_map(|link| {
                Some(DocumentLink {
                    range: ask.range(file, link.range)?,
                    target: Some(target(ask, &link.target)?),
                    tooltip: Some(link.tooltip),
                    data: None,
                })
            })
            .collect();
        Ok((!links.is_empty()).then_some(links))
    }
}

/// The file; with its line as editors write it, where one is known.
fn target(ask: &Ask, place: &ide::Place) -> Option<Uri> {
    let uri = ask.uri(place.file)?;
    if place.focus == TextRange::default() {
        return Some(uri);
    }
    let line = ask.range(place.file, place.focus)?.start.line + 1;
    Some(Uri(format!("{uri}#L{line}")))
}
