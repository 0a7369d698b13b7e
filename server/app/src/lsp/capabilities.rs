//! What the server offers, given what the client can do.

use text::Encoding;
use tower_lsp::gen_lsp_types::{
    ExecuteCommandOptions, FileOperationFilter, FileOperationOptions, FileOperationPattern,
    FileOperationPatternKind, FileOperationRegistrationOptions, PositionEncodingKind, SaveOptions,
    ServerCapabilities, TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

use super::client::ClientFacts;
use super::commands::COMMANDS;
use super::requests::{self, Request as _};

include!(concat!(env!("OUT_DIR"), "/registered.rs"));

macro_rules! offers {
    ($client:ident $offered:ident $([$request:ident $_name:ident])*) => {
        $(requests::$request::Handler::offer($client, &mut $offered);)*
    };
}

/// The server's side of `initialize`.
#[must_use]
pub fn of_server(client: &ClientFacts) -> ServerCapabilities {
    let mut offered = ServerCapabilities {
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
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: COMMANDS.iter().map(|name| (*name).to_owned()).collect(),
            work_done_progress_options: WorkDoneProgressOptions {
                work_done_progress: Some(true),
            },
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(true.into()),
            }),
            file_operations: Some(file_operations()),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    };
    registered!(offers, client, offered);
    offered
}

/// What the editor does to which files: any file may be named by a task, and a folder takes all below with it.
pub(super) fn any_file() -> FileOperationRegistrationOptions {
    let of = |kind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern {
            glob: "**/*".to_owned(),
            matches: Some(kind),
            options: None,
        },
    };
    FileOperationRegistrationOptions {
        filters: vec![
            of(FileOperationPatternKind::File),
            of(FileOperationPatternKind::Folder),
        ],
    }
}

/// What the editor tells us afterwards. It does not ask before it deletes: no edit would be right, a task that names the
/// file is still true of its time.
fn file_operations() -> FileOperationOptions {
    FileOperationOptions {
        did_create: Some(any_file()),
        did_rename: Some(any_file()),
        did_delete: Some(any_file()),
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
