//! Both sides count columns alike.

use serde_json::json;
use tower_lsp::gen_lsp_types::SelectionRangeRequest;

use crate::real::TestServer;

fn line_end(offered: &serde_json::Value) -> (String, u32) {
    let capabilities = json!({"general": {"positionEncodings": offered}});
    let mut server = TestServer::start_with(&[], &capabilities);
    server.open("specs/001-a/spec.md", "🎉あb\r\n");
    let uri = server.uri("specs/001-a/spec.md");
    let ranges = server.ask::<SelectionRangeRequest>(json!({
        "textDocument": {"uri": uri}, "positions": [{"line": 0, "character": 0}]}));
    let chosen = server.initialized.capabilities.position_encoding.clone();
    let chosen = serde_json::to_value(chosen).unwrap();
    let end = ranges.unwrap()[0].range.end;
    assert_eq!(end.line, 0);
    (chosen.as_str().unwrap().to_owned(), end.character)
}

#[test]
fn the_cheapest_common_encoding_is_chosen_and_used() {
    let chosen = |offered| line_end(&offered);
    assert_eq!(
        chosen(json!(["utf-16", "utf-32", "utf-8"])),
        ("utf-8".into(), 8)
    );
    assert_eq!(chosen(json!(["utf-16", "utf-32"])), ("utf-32".into(), 3));
    assert_eq!(chosen(json!(["utf-16"])), ("utf-16".into(), 4));
    assert_eq!(chosen(json!(null)), ("utf-16".into(), 4));
}
