//! The sample workspace, with the places tests speak of.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeLensRefreshRequest, Diagnostic, PublishDiagnosticsNotification,
};

use crate::real::{Setup, TestServer};

pub const SPEC: &str = "specs/002-delivery-notices/spec.md";
pub const TASKS: &str = "specs/002-delivery-notices/tasks.md";
pub const PLAN: &str = "specs/002-delivery-notices/plan.md";
pub const OLD_SPEC: &str = "specs/001-parcel-intake/spec.md";
pub const COMPOSE: &str = "services/notifier/src/compose.ts";

/// A client that pulls, so that nothing comes unasked but word of changes, and that can do all the rest.
pub fn able() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "diagnostic": {"relatedInformation": true},
            "hover": {"contentFormat": ["markdown"]},
            "definition": {"linkSupport": true},
            "implementation": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}},
                "isPreferredSupport": true, "dataSupport": true,
                "resolveSupport": {"properties": ["edit"]}},
        },
        "window": {"showDocument": {"support": true}},
        "workspace": {
            "applyEdit": true,
            "workspaceEdit": {"documentChanges": true},
            "codeLens": {"refreshSupport": true},
        },
    })
}

/// The sample workspace with an able client.
pub fn start() -> TestServer {
    start_with(able())
}

/// The sample workspace with a client that has these capabilities.
pub fn start_with(capabilities: Value) -> TestServer {
    let setup = Setup {
        sample: Some("parcels"),
        capabilities,
        ..Setup::default()
    };
    ready(setup.start())
}

/// Forgives what comes unasked.
pub fn ready(mut server: TestServer) -> TestServer {
    server.forgive("workspace/codeLens/refresh");
    server.forgive("textDocument/publishDiagnostics");
    server
}

impl TestServer {
    /// Opens a document as it is on disk.
    pub fn open_from_disk(&mut self, path: &str) -> String {
        let text = std::fs::read_to_string(self.path(path)).unwrap();
        self.open(path, &text);
        text
    }

    /// Asks until the answer is there; asks again whenever the server says that what it knows has changed.
    pub fn eventually<T>(&mut self, mut ask: impl FnMut(&mut Self) -> Option<T>) -> T {
        loop {
            if let Some(answer) = ask(self) {
                return answer;
            }
            let (question, ()) = self.asked::<CodeLensRefreshRequest>();
            self.reply(&question, &json!(null));
        }
    }

    /// Waits until the diagnostics pushed for a document are these codes, in order.
    pub fn pushed(&mut self, path: &str, codes: &[&str]) -> Vec<Diagnostic> {
        let uri = self.uri(path);
        let told = self.notification_where::<PublishDiagnosticsNotification>(|params| {
            let list = params["diagnostics"].as_array().unwrap();
            params["uri"] == json!(uri)
                && list
                    .iter()
                    .map(|it| it["code"].as_str().unwrap())
                    .eq(codes.iter().copied())
        });
        told.diagnostics
    }
}
