//! `workspace/executeCommand`: the way for clients that cannot do a thing by themselves. What follows is asked of the
//! client beside the answer, never before it: a client may wait for the answer first.

use std::sync::Arc;

use tower_lsp::gen_lsp_types::{
    ApplyWorkspaceEditParams, ExecuteCommandParams, Location, ShowDocumentParams,
    TextDocumentIdentifier, TextDocumentPositionParams, Uri,
};

use ide::Analysis;
use serde_json::Value;
use text::TextRange;

use super::actions::{APPLY, Plan};
use super::answer::Refusal;
use super::requests::Ask;
use super::requests::text_document_content::Written;
use super::{impact, linking, preview, scaffolding};
use crate::cli::archive;

/// Shows one place.
pub const SHOW: &str = "spec-analyzer.show";

/// Ticks or unticks the item at a place: `{textDocument, position}`, for a key of the user's choice.
pub const TICK: &str = "spec-analyzer.tick";

/// What archiving the `OpenSpec` change of a document would make of the main specs, as a unified diff: the answer to the
/// command. `{uri}` is any document of the change.
pub const PREVIEW: &str = "spec-analyzer.previewArchive";

/// Shows the matrix of the features in work: as a document to read where the client can show one, else the Markdown is
/// the answer to the command.
pub const MATRIX: &str = "spec-analyzer.showMatrix";

/// The same for the coverage of the features in work.
pub const COVERAGE: &str = "spec-analyzer.showCoverage";

/// Shows what a change of the thing at a place may reach: `{textDocument, position}`, in a document or a source. Shown as
/// the matrix is.
pub const IMPACT: &str = "spec-analyzer.showImpact";

/// Links requirements with the tasks they belong to with confidence, after a look at the list: as an edit whose parts are
/// confirmed one by one, else as a document to read, else the Markdown is the answer. `{uri}` is any document of the
/// feature; without one, the features in work.
pub const LINKS: &str = "spec-analyzer.reviewLinks";

/// Makes a feature, spec, change or capability: `{kind, name, title?, capabilities?, project?}`.
pub const NEW: &str = "spec-analyzer.new";

/// Every command this server knows.
pub const COMMANDS: &[&str] = &[
    APPLY, SHOW, TICK, PREVIEW, MATRIX, COVERAGE, IMPACT, LINKS, NEW,
];

/// What progress of a command is called.
#[must_use]
pub fn title(command: &str) -> &'static str {
    match command {
        IMPACT => "Looking for what a change may reach",
        MATRIX | COVERAGE => "Tracing requirements",
        LINKS => "Comparing requirements with tasks",
        _ => "Writing what facts tell",
    }
}

/// What the client is asked to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Doing {
    /// Change documents.
    Edit(ApplyWorkspaceEditParams),
    /// Show a place.
    Show(ShowDocumentParams),
    /// Nothing: this is the answer.
    Take(Value),
}

/// What a command means now.
pub fn answer(ask: &Ask, params: &ExecuteCommandParams) -> Result<Doing, Refusal> {
    let argument = params.arguments.as_ref().and_then(|list| list.first());
    match params.command.as_str() {
        APPLY => doing(ask, Plan::read(argument)?),
        TICK => {
            let place: Option<TextDocumentPositionParams> =
                argument.and_then(|place| serde_json::from_value(place.clone()).ok());
            let plan = place.and_then(|place| {
                let (file, offset) = ask.at(&place)?;
                let analysis = ask.world.snapshot.analysis();
                let range = TextRange::empty(offset);
                let action = analysis.ticking(file, range, ask.client.locale)?;
                Some(Plan::new(ask, &place.text_document, &action))
            });
            let plan =
                plan.ok_or_else(|| Refusal::Failed("There is nothing to tick here.".to_owned()))?;
            doing(ask, plan)
        }
        SHOW => {
            let place: Option<Location> =
                argument.and_then(|place| serde_json::from_value(place.clone()).ok());
            let place =
                place.ok_or_else(|| Refusal::Failed("There is no place to show.".to_owned()))?;
            Ok(Doing::Show(ShowDocumentParams {
                uri: place.uri,
                external: Some(false),
                take_focus: Some(true),
                selection: Some(place.range),
            }))
        }
        PREVIEW => {
            let document: Option<TextDocumentIdentifier> =
                argument.and_then(|document| serde_json::from_value(document.clone()).ok());
            let analysis = &Analysis {
                today: workspace::today().map(Into::into),
                ..ask.world.snapshot.analysis().clone()
            };
            let file = document.and_then(|document| ask.file(&document));
            let change = file.and_then(|file| analysis.change_of(file));
            let change = change.ok_or_else(|| {
                Refusal::Failed("There is no OpenSpec change in the making here.".to_owned())
            })?;
            let archived = preview::archived(ask, analysis, change)?;
            Ok(Doing::Take(Value::String(archive::diff(&archived))))
        }
        NEW => Ok(Doing::Edit(ApplyWorkspaceEditParams {
            edit: scaffolding::edit(ask, argument)?,
            label: None,
            metadata: None,
        })),
        MATRIX => read_only(ask, Written::Matrix),
        COVERAGE => read_only(ask, Written::Coverage),
        IMPACT => {
            let place: Option<TextDocumentPositionParams> =
                argument.and_then(|place| serde_json::from_value(place.clone()).ok());
            let place =
                place.ok_or_else(|| Refusal::Failed("There is no place to look at.".to_owned()))?;
            if shows_text(ask) {
                return Ok(shown(Uri::from(impact::uri(&place))));
            }
            Ok(Doing::Take(Value::String(impact::text(ask, &place)?)))
        }
        LINKS if ask.client.reviews() => {
            let document: Option<TextDocumentIdentifier> =
                argument.and_then(|document| serde_json::from_value(document.clone()).ok());
            let graph = &ask.world.snapshot.analysis().graph;
            let feature = document
                .and_then(|document| ask.file(&document))
                .and_then(|file| graph.feature_of(file).map(Arc::clone));
            let features = feature.map_or_else(|| Written::in_work(graph), |it| vec![it]);
            let edit = linking::reviewed(ask, &features).ok_or_else(|| {
                Refusal::Failed("There is nothing to link with confidence.".to_owned())
            })?;
            Ok(Doing::Edit(ApplyWorkspaceEditParams {
                edit,
                label: None,
                metadata: None,
            }))
        }
        LINKS => read_only(ask, Written::Links),
        other => Err(Refusal::Failed(format!("There is no command \"{other}\"."))),
    }
}

/// Whether the client shows documents that only the server has.
pub fn shows_text(ask: &Ask) -> bool {
    ask.client.reads_documents && ask.client.shows_documents
}

fn read_only(ask: &Ask, written: Written) -> Result<Doing, Refusal> {
    if !shows_text(ask) {
        return Ok(Doing::Take(Value::String(written.text(ask)?)));
    }
    Ok(shown(Uri::from(written.uri())))
}

fn shown(uri: Uri) -> Doing {
    Doing::Show(ShowDocumentParams {
        uri,
        external: Some(false),
        take_focus: Some(true),
        selection: None,
    })
}

fn doing(ask: &Ask, plan: Plan) -> Result<Doing, Refusal> {
    Ok(Doing::Edit(ApplyWorkspaceEditParams {
        edit: plan.edit(ask)?,
        label: Some(plan.title),
        metadata: None,
    }))
}
