//! What is not ours gets no answer, so that other servers' answers stand alone.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeActionRequest, CodeLensRequest, CompletionRequest, DefinitionRequest,
    DocumentHighlightRequest, DocumentLinkRequest, DocumentSymbolRequest, FoldingRangeRequest,
    HoverRequest, ImplementationRequest, InlayHintRequest, ReferencesRequest, Request,
    SelectionRangeRequest, SemanticTokensRangeRequest, SemanticTokensRequest,
};

use crate::parcels::start;
use crate::real::TestServer;

/// Every request about a document must be answered with null.
fn left_alone(server: &mut TestServer, uri: &str) {
    let at = json!({"line": 0, "character": 3});
    let range = json!({"start": at, "end": at});
    let place = json!({
        "textDocument": {"uri": uri}, "position": at, "positions": [at], "range": range,
        "context": {"includeDeclaration": true, "diagnostics": [], "triggerKind": 1}});
    null::<HoverRequest>(server, &place);
    null::<DefinitionRequest>(server, &place);
    null::<ImplementationRequest>(server, &place);
    null::<ReferencesRequest>(server, &place);
    null::<DocumentHighlightRequest>(server, &place);
    null::<DocumentSymbolRequest>(server, &place);
    null::<CodeLensRequest>(server, &place);
    null::<CompletionRequest>(server, &place);
    null::<CodeActionRequest>(server, &place);
    null::<SelectionRangeRequest>(server, &place);
    null::<FoldingRangeRequest>(server, &place);
    null::<DocumentLinkRequest>(server, &place);
    null::<SemanticTokensRequest>(server, &place);
    null::<SemanticTokensRangeRequest>(server, &place);
    null::<InlayHintRequest>(server, &place);
}

fn null<R: Request>(server: &mut TestServer, params: &Value) {
    let id = server.request::<R>(params.clone());
    assert_eq!(server.answer(id), Ok(json!(null)), "{}", R::METHOD);
}

#[test]
fn ordinary_markdown_is_left_alone() {
    let mut server = start();
    server.open("docs/notes.md", "FR-001 and US1 and `src/a.rs`\n");
    let uri = server.uri("docs/notes.md");
    left_alone(&mut server, &uri);
    server.open_from_disk("README.md");
    let uri = server.uri("README.md");
    left_alone(&mut server, &uri);
}

#[test]
fn code_without_mentions_is_left_alone() {
    let mut server = start();
    server.open("tools/unlinked.py", "def unlinked():\n    return 1\n");
    let uri = server.uri("tools/unlinked.py");
    left_alone(&mut server, &uri);
}

#[test]
fn files_outside_the_workspace_and_without_a_disk_are_left_alone() {
    let mut server = start();
    for uri in [
        "file:///elsewhere/specs/001-a/spec.md",
        "untitled:Untitled-1",
        "git:/specs/001-a/spec.md?HEAD",
    ] {
        server.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {
            "textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": "- **FR-001**: x"}}}));
        left_alone(&mut server, uri);
    }
}
