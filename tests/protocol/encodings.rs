//! Both sides count columns alike.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DocumentDiagnosticRequest, HoverRequest, SelectionRangeRequest, SemanticTokensRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer, line_end};

fn first_line_end(offered: &serde_json::Value) -> (String, u32) {
    let capabilities = json!({"general": {"positionEncodings": offered}});
    let mut server = TestServer::start_with(&[], &capabilities);
    server.open("specs/001-a/spec.md", "🎉あb\r\n");
    let uri = server.uri("specs/001-a/spec.md");
    let ranges = server.ask::<SelectionRangeRequest>(json!({
        "textDocument": {"uri": uri}, "positions": [{"line": 0, "character": 0}]}));
    let chosen = server.initialized.capabilities.position_encoding.clone();
    let chosen = serde_json::to_value(chosen).unwrap();
    let end = line_end(&ranges.unwrap()[0]);
    assert_eq!(end.line, 0);
    (chosen.as_str().unwrap().to_owned(), end.character)
}

#[test]
fn the_cheapest_common_encoding_is_chosen_and_used() {
    let chosen = |offered| first_line_end(&offered);
    assert_eq!(
        chosen(json!(["utf-16", "utf-32", "utf-8"])),
        ("utf-8".into(), 8)
    );
    assert_eq!(chosen(json!(["utf-16", "utf-32"])), ("utf-32".into(), 3));
    assert_eq!(chosen(json!(["utf-16"])), ("utf-16".into(), 4));
    assert_eq!(chosen(json!(null)), ("utf-16".into(), 4));
}

const SPEC: &str = "specs/001-a/spec.md";
const TASKS: &str = "specs/001-a/tasks.md";
/// Behind one emoji, two CJK characters and a letter with a mark of its own.
const LINE: &str = "- [ ] T001 🎉 検証 e\u{301} in FR-001 and FR-009";

/// Asks with columns of one encoding, on documents with these line ends and mark; gives what is covered by the answers.
fn asked_in(encoding: &str, line_end: &str, mark: &str) {
    let spec =
        format!("{mark}# 仕様 🎉{line_end}{line_end}- **FR-001**: System MUST work.{line_end}");
    let tasks = format!("{mark}# Tasks{line_end}{line_end}{LINE}{line_end}");
    let mut capabilities = able();
    capabilities["general"]["positionEncodings"] = json!([encoding]);
    let setup = Setup {
        files: &[(SPEC, &spec), (TASKS, &tasks)],
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let width = |text: &str| match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    };
    let column = |id: &str| width(&LINE[..LINE.find(id).unwrap()]);
    let range = |id: &str| {
        json!({"start": {"line": 2, "character": column(id)},
               "end": {"line": 2, "character": column(id) + id.len()}})
    };
    let uri = server.uri(TASKS);
    let check = |server: &mut TestServer| {
        let at = json!({"line": 2, "character": column("FR-001") + 2});
        let asked = json!({"textDocument": {"uri": uri}, "position": at});
        let hover = server.ask::<HoverRequest>(asked).unwrap();
        let found = serde_json::to_value(hover.range).unwrap();
        assert_eq!(found, range("FR-001"), "{encoding} {line_end:?} {mark:?}");
        let asked = json!({"textDocument": {"uri": uri}});
        let report = server.ask::<DocumentDiagnosticRequest>(asked);
        let report = serde_json::to_value(report).unwrap();
        let items: &Vec<Value> = report["items"].as_array().unwrap();
        let unknown = items
            .iter()
            .find(|it| it["code"] == "unknown-reference")
            .unwrap();
        assert_eq!(
            unknown["range"],
            range("FR-009"),
            "{encoding} {line_end:?} {mark:?}"
        );
        let asked = json!({"textDocument": {"uri": uri}});
        let tokens = server.ask::<SemanticTokensRequest>(asked).unwrap();
        let last = tokens.data.last().unwrap();
        let from_id = column("FR-001") - column("T001");
        assert_eq!(
            (last.delta_line, last.delta_start as usize, last.length),
            (0, from_id, 6),
            "{encoding} {line_end:?} {mark:?}"
        );
    };
    // As it is on disk, then as an editor holds it, which takes the mark away.
    check(&mut server);
    server.open(TASKS, tasks.trim_start_matches('\u{feff}'));
    check(&mut server);
    // An edit behind the wide characters lands where the client means it.
    let end = json!({"line": 2, "character": column("FR-009") + 6});
    let change = json!([{"range": {"start": end, "end": end}, "text": "9 and FR-009"}]);
    server.change(TASKS, 2, &change);
    let asked = json!({"textDocument": {"uri": uri}, "positions": [{"line": 2, "character": 0}]});
    let ranges = server.ask::<SelectionRangeRequest>(asked).unwrap();
    let expected = width(LINE) + "9 and FR-009".len();
    let ends = std::iter::successors(Some(&ranges[0]), |range| range.parent.as_deref());
    let mut ends = ends.map(|range| range.range.end);
    assert!(ends.any(|end| (end.line, end.character as usize) == (2, expected)));
}

#[test]
fn wide_characters_are_counted_as_the_client_counts() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        asked_in(encoding, "\n", "");
    }
}

#[test]
fn line_ends_and_byte_order_marks_move_nothing() {
    for line_end in ["\r\n", "\r"] {
        asked_in("utf-16", line_end, "");
    }
    asked_in("utf-16", "\n", "\u{feff}");
    asked_in("utf-8", "\r\n", "\u{feff}");
}
