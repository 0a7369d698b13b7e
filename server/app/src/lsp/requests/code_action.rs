//! `textDocument/codeAction`: what may be done here. Edits are made when one is chosen.

use ide::ActionKind;
use text::TextRange;
use tower_lsp::gen_lsp_types::{
    Code, CodeAction, CodeActionContext, CodeActionKind, CodeActionOptions, CodeActionParams,
    CodeActionResponse, CodeActionTriggerKind, Command, Diagnostic, ServerCapabilities,
    TextDocumentPositionParams,
};

use super::{Ask, Request};
use crate::lsp::actions::{APPLY, Plan};
use crate::lsp::answer::Refusal;
use crate::lsp::client::{Choosing, ClientFacts};
use crate::lsp::commands::{self, LINKS};

/// Answers `textDocument/codeAction`.
pub enum Handler {}

impl Request for Handler {
    type Params = CodeActionParams;
    type Answer = Option<Vec<CodeActionResponse>>;

    fn offer(client: &ClientFacts, offered: &mut ServerCapabilities) {
        if client.choosing == Choosing::Nothing {
            return;
        }
        let options = CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QuickFix,
                CodeActionKind::RefactorRewrite,
            ]),
            resolve_provider: Some(client.choosing == Choosing::Resolves),
            ..CodeActionOptions::default()
        };
        offered.code_action_provider = Some(options.into());
    }

    fn answer(
        ask: &Ask,
        params: &CodeActionParams,
    ) -> Result<Option<Vec<CodeActionResponse>>, Refusal> {
        let document = &params.text_document;
        let range = ask.bytes(&document.uri, params.range);
        let (Some(file), Some(range)) = (ask.file(document), range) else {
            return Ok(None);
        };
        let analysis = ask.world.snapshot.analysis();
        let mut responses = Vec::new();
        let mut actions = analysis.code_actions(file, range, ask.client.locale);
        let automatic = params.context.trigger_kind == Some(CodeActionTriggerKind::Automatic);
        let accepting = analysis.accepting(file, range, ask.client.locale);
        let shown = accepting.into_iter();
        actions.extend(shown.filter(|action| !automatic || action.finding.is_some()));
        if !automatic {
            let shows = ask.client.reviews() || commands::shows_text(ask);
            actions.extend(analysis.suggesting(file, range, shows, ask.client.locale));
            actions.extend(analysis.binding(file, range, ask.client.locale));
            let texts = |file| ask.world.snapshot.writable(file);
            actions.extend(analysis.qualifying(file, range, &texts, ask.client.locale));
            actions.extend(analysis.mentioning(file, range, &texts, ask.client.locale));
            // What is tested already is not known before.
            if ask.world.snapshot.all_read().is_ok() {
                actions.extend(analysis.testing(file, range, &texts, ask.client.locale));
            }
        }
        for action in actions {
            let kind = kind(&action);
            let previews = matches!(action.kind, ActionKind::PreviewArchive { .. });
            if !wanted(&kind, &action.kind, &params.context) || (previews && !ask.client.previews())
            {
                continue;
            }
            let plan = Plan::new(ask, document, &action);
            let data = serde_json::to_value(&plan).ok();
            let command = || Command {
                title: action.title.clone(),
                tooltip: None,
                command: APPLY.to_owned(),
                arguments: data.clone().map(|data| vec![data]),
            };
            // Where edits are not shown before they are made, the list is a document to read.
            if matches!(action.kind, ActionKind::CiteAll { .. }) && !ask.client.reviews() {
                let show = Command {
                    title: action.title.clone(),
                    tooltip: None,
                    command: LINKS.to_owned(),
                    arguments: serde_json::to_value(document).ok().map(|it| vec![it]),
                };
                responses.push(showing(ask, show, kind));
                continue;
            }
            let mut chosen = CodeAction {
                title: action.title.clone(),
                kind: Some(kind),
                diagnostics: action.finding.and_then(|(code, range)| {
                    let range = ask.range(file, range)?;
                    let removed: Vec<Diagnostic> = params
                        .context
                        .diagnostics
                        .iter()
                        .filter(|it| {
                            it.range == range && it.code == Some(Code::String(code.to_owned()))
                        })
                        .cloned()
                        .collect();
                    (!removed.is_empty()).then_some(removed)
                }),
                is_preferred: action.preferred.then_some(true),
                ..CodeAction::default()
            };
            responses.push(match ask.client.choosing {
                Choosing::Resolves => {
                    chosen.data = data;
                    chosen.into()
                }
                Choosing::Commands => {
                    chosen.command = Some(command());
                    chosen.into()
                }
                Choosing::OnlyCommands => command().into(),
                Choosing::Edits => {
                    let Ok(edit) = plan.edit(ask) else { continue };
                    chosen.edit = Some(edit);
                    chosen.into()
                }
                Choosing::Nothing => return Ok(None),
            });
        }
        if !automatic {
            responses.extend(impact(ask, params, range));
        }
        Ok((!responses.is_empty()).then_some(responses))
    }
}

/// An action that shows something and edits nothing.
fn showing(ask: &Ask, show: Command, kind: CodeActionKind) -> CodeActionResponse {
    match ask.client.choosing {
        Choosing::OnlyCommands => show.into(),
        _ => CodeAction {
            title: show.title.clone(),
            kind: Some(kind),
            command: Some(show),
            ..CodeAction::default()
        }
        .into(),
    }
}

/// What a change here may reach, where the client can show a document of the server's; nothing is worked out yet.
fn impact(ask: &Ask, params: &CodeActionParams, range: TextRange) -> Option<CodeActionResponse> {
    let document = &params.text_document;
    let only = params.context.only.as_ref();
    let asked = only.is_none_or(|only| {
        only.iter()
            .any(|only| [CodeActionKind::Empty, CodeActionKind::Refactor].contains(only))
    });
    let file = ask
        .file(document)
        .filter(|_| asked && commands::shows_text(ask))?;
    let analysis = ask.world.snapshot.analysis();
    let here = analysis.impact_here(file, range, ask.client.locale)?;
    let place = TextDocumentPositionParams {
        text_document: document.clone(),
        position: ask.range(file, TextRange::empty(here.at))?.start,
    };
    let show = Command {
        title: here.title,
        tooltip: None,
        command: commands::IMPACT.to_owned(),
        arguments: serde_json::to_value(place).ok().map(|it| vec![it]),
    };
    // It rewrites nothing; clients group what they do not know below the kind they know.
    Some(showing(ask, show, CodeActionKind::Refactor))
}

fn kind(action: &ide::Action) -> CodeActionKind {
    match action.kind {
        ActionKind::WriteTasks { .. }
        | ActionKind::Converge { .. }
        | ActionKind::SetTask { .. }
        | ActionKind::Renumber { .. }
        | ActionKind::Recount { .. }
        | ActionKind::PreviewArchive { .. }
        | ActionKind::NewTasks { .. }
        | ActionKind::Add { .. }
        | ActionKind::Clarify { .. }
        | ActionKind::MoveToDelta { .. }
        | ActionKind::NewPlan { .. }
        | ActionKind::WriteTests { .. }
        | ActionKind::Cite { .. }
        | ActionKind::CiteAll { .. }
        | ActionKind::Mention { .. }
        | ActionKind::MentionHere { .. }
        | ActionKind::Qualify { .. }
        | ActionKind::Bind { .. }
        | ActionKind::Accept { .. }
            if action.finding.is_none() =>
        {
            CodeActionKind::RefactorRewrite
        }
        _ => CodeActionKind::QuickFix,
    }
}

/// Whether the client asks for this: by kind, and not for a lamp beside every task.
fn wanted(kind: &CodeActionKind, action: &ActionKind, context: &CodeActionContext) -> bool {
    let automatic = context.trigger_kind == Some(CodeActionTriggerKind::Automatic);
    let quiet = matches!(
        action,
        ActionKind::SetTask { .. }
            | ActionKind::Renumber { .. }
            | ActionKind::Recount { .. }
            | ActionKind::PreviewArchive { .. }
            | ActionKind::NewTasks { .. }
            | ActionKind::Add { .. }
            | ActionKind::Clarify { .. }
            | ActionKind::MoveToDelta { .. }
            | ActionKind::NewPlan { .. }
    );
    if automatic && quiet {
        return false;
    }
    let Some(only) = &context.only else {
        return true;
    };
    only.iter().any(|only| {
        only == kind
            || *only == CodeActionKind::Empty
            || (*only == CodeActionKind::Refactor && *kind == CodeActionKind::RefactorRewrite)
    })
}
