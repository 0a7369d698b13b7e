use proptest::prelude::*;
use ropey::Rope;
use text::{Encoding, LineIndex};
use tower_lsp::gen_lsp_types::{DidOpenTextDocumentParams, Position, Range};

use super::super::change::Changes;
use super::super::from_proto;
use super::{Buffers, replace};

fn open(buffers: &mut Buffers, text: &str) {
    let params = serde_json::json!({"textDocument": {
        "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": text}});
    let params: DidOpenTextDocumentParams = serde_json::from_value(params).unwrap();
    buffers.open(params);
}

fn change(buffers: &mut Buffers, uri: &str, version: i32, changes: &serde_json::Value) {
    let params = serde_json::json!({
        "textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
    let params: Changes = serde_json::from_value(params).unwrap();
    buffers.change(params, Encoding::Utf16);
}

fn only_text(buffers: &mut Buffers) -> String {
    let (open, _) = buffers.publish();
    assert_eq!(open.len(), 1);
    open.values().next().unwrap().text.to_string()
}

#[test]
fn changes_apply_one_after_the_other_whatever_the_spelling() {
    let mut buffers = Buffers::default();
    open(&mut buffers, "🎉 a\r\nb\r\n");
    let changes = serde_json::json!([
        {"range": {"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 4}}, "text": "あ"},
        {"range": {"start": {"line": 1, "character": 99}, "end": {"line": 9, "character": 0}}, "text": "!"},
    ]);
    change(&mut buffers, "file:///%61.md", 2, &changes);
    assert_eq!(only_text(&mut buffers), "🎉 あ\r\nb!");
}

#[test]
fn a_version_that_goes_back_still_changes_the_text() {
    let mut buffers = Buffers::default();
    open(&mut buffers, "a");
    change(
        &mut buffers,
        "file:///a.md",
        1,
        &serde_json::json!([{"text": "b"}]),
    );
    assert_eq!(only_text(&mut buffers), "b");
}

#[test]
fn publishing_reads_only_what_changed() {
    let mut buffers = Buffers::default();
    open(&mut buffers, "a");
    assert_eq!(buffers.publish().1.len(), 1);
    assert_eq!(buffers.publish().1.len(), 0);
    buffers.close(&"file:///a.md".into());
    assert!(buffers.publish().0.is_empty());
}

proptest! {
    /// The rope and the line index of `text` agree on every position the protocol can name.
    #[test]
    fn rope_and_line_index_agree(
        text in "[ab\\r\\n\u{b}\u{c}\u{85}\u{2028}🎉あ]{0,30}",
        (from, to) in ((0u32..6, 0u32..12), (0u32..6, 0u32..12)),
        insert in "[xé\\n]{0,3}",
    ) {
        let at = |(line, character)| Position { line, character };
        let range = Range { start: at(from), end: at(to) };
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = LineIndex::new(&text);
            let bytes = from_proto::range(&lines, range, encoding);
            let edit = text::Edit::replace(bytes, insert.clone());
            let expected = text::apply(&text, &[edit]).unwrap();
            let mut rope = Rope::from_str(&text);
            replace(&mut rope, range, &insert, encoding);
            prop_assert_eq!(rope.to_string(), expected);
        }
    }
}
