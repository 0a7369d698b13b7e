//! Folding of documents.

use serde_json::json;
use tower_lsp::gen_lsp_types::{FoldingRangeKind, FoldingRangeRequest};

use crate::parcels::{SPEC, start};

#[test]
fn stories_and_comments_fold_in_whole_lines() {
    let mut server = start();
    let text = std::fs::read_to_string(server.path(SPEC)).unwrap();
    let text = format!("{text}\n<!-- 🎉\nhidden -->\n");
    server.open(SPEC, &text);
    let asked = json!({"textDocument": {"uri": server.uri(SPEC)}});
    let folds = server.ask::<FoldingRangeRequest>(asked).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let story = folds
        .iter()
        .find(|fold| lines[fold.start_line as usize].starts_with("### User Story 2"))
        .unwrap();
    assert!(
        lines[story.end_line as usize].starts_with("---"),
        "{story:?}"
    );
    assert_eq!(story.kind, None);
    let comment = folds.last().unwrap();
    assert_eq!(comment.kind, Some(FoldingRangeKind::Comment));
    assert_eq!(lines[comment.end_line as usize], "hidden -->");
    assert!(folds.iter().all(|fold| fold.start_line < fold.end_line));
}
