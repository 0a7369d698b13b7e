//! Asks the client to do what a command means.

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{ApplyWorkspaceEditRequest, ShowDocumentRequest};

use super::commands::Doing;

/// Asks and waits, beside the answer to the command.
pub async fn ask_for(client: Client, doing: Doing) {
    let refused = match doing {
        Doing::Take(_) => None,
        Doing::Edit(edit) => match client.send_request::<ApplyWorkspaceEditRequest>(edit).await {
            Ok(result) if result.applied => None,
            Ok(result) => Some(result.failure_reason.unwrap_or_default()),
            Err(error) => Some(error.to_string()),
        },
        Doing::Show(place) => match client.send_request::<ShowDocumentRequest>(place).await {
            Ok(result) if result.success => None,
            Ok(_) => Some(String::new()),
            Err(error) => Some(error.to_string()),
        },
    };
    if let Some(why) = refused {
        tracing::warn!("the client did not do what its user chose: {why}");
    }
}
