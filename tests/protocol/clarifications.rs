//! A marked question, asked and answered.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, DocumentChange, Edit,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = "specs/001-a/spec.md";
const TEXT: &str = "# 仕様 🎉\n\n## Requirements\n\n- **FR-001**: 🎉 Keep it for [NEEDS CLARIFICATION: how {long}?].\n";

fn started(capabilities: Value) -> TestServer {
    let setup = Setup {
        files: &[(SPEC, TEXT)],
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open(SPEC, TEXT);
    server
}

/// The edit of the action called so at the marker, which stands on this line.
fn chosen(server: &mut TestServer, line: u32, title: &str) -> Edit {
    let at = json!({"line": line, "character": 40});
    let asked = json!({
        "textDocument": {"uri": server.uri(SPEC)}, "range": {"start": at, "end": at},
        "context": {"diagnostics": []}});
    let actions = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let titles = serde_json::to_string(&actions).unwrap();
    let mut actions = actions.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) if action.title.starts_with(title) => Some(action),
        _ => None,
    });
    let action = actions.next().unwrap_or_else(|| panic!("{titles}"));
    let resolved = server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    let change = resolved.edit.unwrap().document_changes.unwrap().remove(0);
    let DocumentChange::TextDocumentEdit(mut change) = change else {
        panic!("{change:?}");
    };
    change.edits.remove(0)
}

#[test]
fn a_question_is_asked_today_and_its_answer_takes_its_place() {
    let mut server = started(able());
    let Edit::TextEdit(ask) = chosen(&mut server, 4, "Ask in Clarifications") else {
        panic!("a plain edit");
    };
    let lines: Vec<&str> = ask.new_text.lines().collect();
    assert_eq!(lines[0], "## Clarifications");
    let date = lines[2].strip_prefix("### Session ").unwrap();
    assert!(
        date.len() == 10 && date.starts_with("20") && date.split('-').count() == 3,
        "{date}"
    );
    assert_eq!(lines[4], "- Q: how {long}? → A: ");
    let text = ask.new_text.replace("→ A: ", "→ A: 30 days");
    server.change(SPEC, 2, &json!([{"range": ask.range, "text": text}]));
    let moved = 4 + ask.new_text.matches('\n').count() as u32;
    let Edit::TextEdit(answer) = chosen(&mut server, moved, "Put the answer") else {
        panic!("a plain edit");
    };
    assert_eq!(answer.new_text, "30 days");
    let before = "- **FR-001**: 🎉 Keep it for ".encode_utf16().count();
    let end = before + "[NEEDS CLARIFICATION: how {long}?]".len();
    assert_eq!(
        (
            answer.range.start.line,
            answer.range.start.character as usize
        ),
        (moved, before)
    );
    assert_eq!(answer.range.end.character as usize, end);
}

#[test]
fn where_the_client_can_the_cursor_waits_for_the_answer() {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(true);
    let mut server = started(capabilities);
    let Edit::SnippetTextEdit(ask) = chosen(&mut server, 4, "Ask in Clarifications") else {
        panic!("a snippet");
    };
    let value = ask.snippet.value;
    assert!(value.contains("- Q: how {long\\}? → A: $0\n"), "{value}");
}
