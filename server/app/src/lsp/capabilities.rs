//! What the server offers, given what the client can do.

use text::Encoding;
use tower_lsp::gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, DiagnosticOptions,
    DocumentLinkOptions, ExecuteCommandOptions, FileOperationFilter, FileOperationOptions,
    FileOperationPattern, FileOperationPatternKind, FileOperationRegistrationOptions,
    PositionEncodingKind, RenameOptions, SaveOptions, SemanticTokensOptions, ServerCapabilities,
    TextDocumentContentOptions, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

use super::client::{Choosing, ClientFacts};
use super::requests::execute_command::COMMANDS;
use super::requests::{semantic_tokens, text_document_content};

/// The server's side of `initialize`.
#[must_use]
pub fn of_server(client: &ClientFacts) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match client.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::Incremental),
                will_save: None,
                will_save_wait_until: None,
                save: Some(
                    SaveOptions {
                        include_text: Some(false),
                    }
                    .into(),
                ),
            }
            .into(),
        ),
        diagnostic_provider: client.pulls_diagnostics.then(|| {
            DiagnosticOptions {
                identifier: Some(env!("CARGO_PKG_NAME").to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: client.pulls_all_diagnostics,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }
            .into()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        implementation_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        workspace_symbol_provider: Some(true.into()),
        selection_range_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        document_link_provider: Some(DocumentLinkOptions::default()),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: semantic_tokens::legend(),
                range: Some(true.into()),
                full: Some(true.into()),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }
            .into(),
        ),
        // The same words twice on one line help nobody.
        rename_provider: Some(if client.prepares_renames {
            RenameOptions {
                prepare_provider: Some(true),
                ..RenameOptions::default()
            }
            .into()
        } else {
            true.into()
        }),
        call_hierarchy_provider: Some(true.into()),
        inlay_hint_provider: (!client.shows_lenses).then_some(true.into()),
        completion_provider: Some(CompletionOptions {
            // What ids, paths, labels and references go on with; words start a completion in any editor.
            trigger_characters: Some(["-", "/", "[", "`"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        code_action_provider: (client.choosing != Choosing::Nothing).then(|| {
            CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QuickFix,
                    CodeActionKind::RefactorRewrite,
                ]),
                resolve_provider: Some(client.choosing == Choosing::Resolves),
                ..CodeActionOptions::default()
            }
            .into()
        }),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: Some(false),
            ..CodeLensOptions::default()
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: COMMANDS.iter().map(|name| (*name).to_owned()).collect(),
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(true.into()),
            }),
            text_document_content: client.reads_documents.then(|| {
                let schemes = vec![text_document_content::SCHEME.to_owned()];
                TextDocumentContentOptions::new(schemes).into()
            }),
            file_operations: Some(file_operations()),
        }),
        ..ServerCapabilities::default()
    }
}

/// What the editor does to files: any file may be named by a task, and a folder takes all below with it. Deleting is not
/// asked about beforehand: no edit would be right, a task that names the file is still true of its time.
fn file_operations() -> FileOperationOptions {
    let of = |kind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern {
            glob: "**/*".to_owned(),
            matches: Some(kind),
            options: None,
        },
    };
    let all = || {
        Some(FileOperationRegistrationOptions {
            filters: vec![
                of(FileOperationPatternKind::File),
                of(FileOperationPatternKind::Folder),
            ],
        })
    };
    FileOperationOptions {
        did_create: all(),
        will_rename: all(),
        did_rename: all(),
        did_delete: all(),
        ..FileOperationOptions::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::of_server;
    use crate::lsp::client::ClientFacts;

    fn offered(name: &str) -> Value {
        offered_for(name, &json!({"textDocument": {"diagnostic": {}}}))
    }

    fn offered_for(name: &str, capabilities: &Value) -> Value {
        let params = json!({
            "processId": null, "rootUri": null, "clientInfo": {"name": name},
            "capabilities": capabilities});
        let facts = ClientFacts::new(&serde_json::from_value(params).unwrap());
        serde_json::to_value(of_server(&facts)).unwrap()
    }

    #[test]
    fn neovim_keeps_its_open_documents_up_to_date() {
        let of_all = |name| offered(name)["diagnosticProvider"]["workspaceDiagnostics"].clone();
        assert_eq!(of_all("Neovim"), json!(false));
        assert_eq!(of_all("Visual Studio Code"), json!(true));
    }
    #[test]
    fn documents_of_the_server_are_offered_to_those_who_ask_for_them() {
        let reads = json!({"workspace": {"textDocumentContent": {}}});
        let workspace = &offered_for("any", &reads)["workspace"];
        let wanted = json!({"schemes": ["spec-analyzer"]});
        assert_eq!(workspace["textDocumentContent"], wanted);
        assert!(
            offered("any")["workspace"]
                .get("textDocumentContent")
                .is_none()
        );
    }
}
