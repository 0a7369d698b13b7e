//! `textDocument/codeLens`: what is linked to an item, above it.

use tower_lsp::gen_lsp_types::{
    CodeLens, CodeLensOptions, CodeLensParams, Command, Location, ServerCapabilities,
};

use text::FileId;

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;
use crate::lsp::commands::SHOW;

/// A command of the client's own that shows a list of places, where it offers one.
pub const SHOW_PLACES: &str = "spec-analyzer.showPlaces";

/// Answers `textDocument/codeLens`.
pub enum Handler {}

impl Request for Handler {
    type Params = CodeLensParams;
    type Answer = Option<Vec<CodeLens>>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.code_lens_provider = Some(CodeLensOptions {
            resolve_provider: Some(false),
            ..CodeLensOptions::default()
        });
    }

    fn answer(ask: &Ask, params: &CodeLensParams) -> Result<Option<Vec<CodeLens>>, Refusal> {
        let Some(file) = ask.file(&params.text_document) else {
            return Ok(None);
        };
        let lenses = ask
            .world
            .snapshot
            .analysis()
            .code_lenses(file, ask.client.locale);
        let lenses: Vec<CodeLens> = lenses
            .into_iter()
            .filter_map(|lens| {
                Some(CodeLens {
                    range: ask.range(file, lens.range)?,
                    command: Some(command(ask, file, lens)),
                    data: None,
                })
            })
            .collect();
        Ok((!lenses.is_empty()).then_some(lenses))
    }
}

fn command(ask: &Ask, file: FileId, lens: ide::Lens) -> Command {
    let location = |place: &ide::Place| ask.location(place.file, place.focus);
    let (command, arguments) = if ask.client.shows_places {
        let here = ask.location(file, lens.range);
        let places: Vec<Location> = lens.places.iter().filter_map(location).collect();
        let here = here.map(|here| (here.uri, here.range.start));
        (SHOW_PLACES, serde_json::to_value((here, places)).ok())
    } else if ask.client.shows_documents {
        let next = lens.next.as_ref().or(lens.places.first());
        let next = next.and_then(location);
        (SHOW, next.and_then(|next| serde_json::to_value(next).ok()))
    } else {
        // Text that does nothing when it is clicked.
        ("", None)
    };
    Command {
        title: lens.title,
        tooltip: None,
        command: if arguments.is_some() { command } else { "" }.to_owned(),
        arguments: arguments.map(|arguments| vec![arguments]),
    }
}
