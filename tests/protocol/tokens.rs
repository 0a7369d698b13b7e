//! Semantic tokens, decoded as a client decodes them.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DidChangeWatchedFilesNotification, SemanticTokens, SemanticTokensOptions,
    SemanticTokensRangeRequest, SemanticTokensRefreshRequest, SemanticTokensRequest,
    ServerCapabilities, WorkspaceDiagnosticRequest,
};

use crate::parcels::{SPEC, TASKS, start};
use crate::probe::{Probe, URI};
use crate::real::{TestServer, covered};

/// Text, type and whether it defines, in order.
fn decoded(server: &TestServer, path: &str, tokens: SemanticTokens) -> Vec<(String, String, bool)> {
    let legend = options(&server.initialized.capabilities).legend;
    let uri = server.uri(path);
    let (mut line, mut column) = (0, 0);
    let mut out = Vec::new();
    for token in tokens.data {
        if token.delta_line > 0 {
            column = 0;
        }
        line += token.delta_line;
        column += token.delta_start;
        let range: Value = json!({
            "start": {"line": line, "character": column},
            "end": {"line": line, "character": column + token.length}});
        let text = covered(&uri, serde_json::from_value(range).unwrap());
        let kind = legend.token_types[token.token_type as usize].clone();
        let definition = legend
            .token_modifiers
            .iter()
            .position(|it| it == "definition");
        let bit = 1 << definition.unwrap();
        out.push((text, kind, token.token_modifiers_bitset & bit != 0));
    }
    out
}

fn options(capabilities: &ServerCapabilities) -> SemanticTokensOptions {
    let offered = serde_json::to_value(&capabilities.semantic_tokens_provider).unwrap();
    serde_json::from_value(offered).unwrap()
}

#[test]
fn ids_and_keywords_have_standard_types() {
    let mut server = start();
    let asked = json!({"textDocument": {"uri": server.uri(SPEC)}});
    let tokens = server.ask::<SemanticTokensRequest>(asked).unwrap();
    let tokens = decoded(&server, SPEC, tokens);
    for (text, kind, definition) in [
        ("User Story 2", "interface", true),
        ("FR-003", "property", true),
        ("MUST NOT", "keyword", false),
        ("Given", "keyword", false),
    ] {
        let expected = (text.to_owned(), kind.to_owned(), definition);
        assert!(tokens.contains(&expected), "{expected:?} in {tokens:#?}");
    }
}

#[test]
fn a_range_gets_its_own_tokens() {
    let mut server = start();
    let place = server.place(TASKS, "- [ ] T01|0 [US1] Hand notices");
    let line = place["position"]["line"].as_u64().unwrap();
    let asked = json!({"textDocument": place["textDocument"], "range": {
        "start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0}}});
    let tokens = server.ask::<SemanticTokensRangeRequest>(asked).unwrap();
    let tokens = decoded(&server, TASKS, tokens);
    assert_eq!(tokens[0], ("T010".into(), "method".into(), true));
    assert_eq!(tokens[1], ("[US1]".into(), "decorator".into(), false));
}

#[test]
fn what_changes_on_disk_is_coloured_anew() {
    let mut probe = Probe::start(&json!({
        "textDocument": {"diagnostic": {}},
        "workspace": {"semanticTokens": {"refreshSupport": true}}}));
    // What comes before anybody was told anything is no news.
    probe.open("text");
    probe.ask::<WorkspaceDiagnosticRequest>(json!({"previousResultIds": []}));
    let changes = json!({"changes": [{"uri": URI, "type": 2}]});
    probe.notify::<DidChangeWatchedFilesNotification>(changes);
    let (question, ()) = probe.asked::<SemanticTokensRefreshRequest>();
    probe.reply(&question, &json!(null));
}
