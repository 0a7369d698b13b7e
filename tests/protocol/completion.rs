//! Completion where an id, a label or a path is being written, and nowhere else.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CompletionItem, CompletionItemTextEdit, CompletionRequest, CompletionResponse,
    InsertTextFormat, TextEdit,
};

use crate::parcels::{COMPOSE, SPEC, TASKS, able, start, start_with};
use crate::real::TestServer;

fn completions(server: &mut TestServer, place: Value) -> Vec<CompletionItem> {
    match server.ask::<CompletionRequest>(place) {
        None => Vec::new(),
        Some(CompletionResponse::CompletionList(list)) => list.items,
        Some(other) => panic!("{other:?}"),
    }
}

/// Types `text` behind a place of an open document; gives the cursor behind it.
fn typed(server: &mut TestServer, path: &str, marked: &str, text: &str) -> Value {
    server.open_from_disk(path);
    let mut place = server.place(path, marked);
    let at = place["position"].clone();
    let change = json!([{"range": {"start": at, "end": at}, "text": text}]);
    server.change(path, 2, &change);
    let column = at["character"].as_u64().unwrap() + text.encode_utf16().count() as u64;
    place["position"]["character"] = json!(column);
    place
}

fn edit(item: &CompletionItem) -> &TextEdit {
    match item.text_edit.as_ref().unwrap() {
        CompletionItemTextEdit::TextEdit(edit) => edit,
        other @ CompletionItemTextEdit::InsertReplaceEdit(_) => panic!("{other:?}"),
    }
}

#[test]
fn ids_come_with_their_text_and_replace_what_is_typed() {
    let mut server = start();
    let place = typed(
        &mut server,
        TASKS,
        "in `README.md`|\n\n## Dependencies",
        " (FR-",
    );
    let items = completions(&mut server, place.clone());
    let found = items.iter().find(|it| it.label == "FR-003").unwrap();
    let shown = serde_json::to_string(found).unwrap();
    assert!(shown.contains("within 30 minutes"), "{shown}");
    let replaced = edit(found).range;
    assert_eq!(edit(found).new_text, "FR-003");
    assert_eq!(json!(replaced.end), place["position"]);
    assert_eq!(replaced.end.character - replaced.start.character, 3);
    // The other feature has FR-008, this one has five.
    assert!(!items.iter().any(|it| it.label == "FR-008"), "{items:?}");
}

#[test]
fn paths_are_completed_from_the_tree() {
    let mut server = start();
    let place = typed(
        &mut server,
        TASKS,
        "in `README.md|`\n\n## Dependencies",
        "` and `services/notifier/src/com",
    );
    let items = completions(&mut server, place);
    assert!(
        items
            .iter()
            .any(|it| edit(it).new_text.contains("compose.ts")),
        "{items:?}"
    );
}

#[test]
fn prose_is_left_alone() {
    let mut server = start();
    let place = typed(
        &mut server,
        SPEC,
        "The recipient gets an e-mail on|",
        " the",
    );
    assert_eq!(completions(&mut server, place), []);
}

#[test]
fn a_comment_in_code_is_served_and_code_is_not() {
    let mut server = start();
    let comment = typed(&mut server, COMPOSE, "nothing else|. */", " FR-");
    let items = completions(&mut server, comment);
    assert!(
        items.iter().any(|it| it.label.contains("FR-002")),
        "{items:?}"
    );
    let code = server.place(COMPOSE, "const WOR|DS:");
    assert_eq!(completions(&mut server, code), []);
}

fn in_snippets() -> TestServer {
    let mut capabilities = able();
    capabilities["textDocument"]["completion"]["completionItem"]["snippetSupport"] = json!(true);
    start_with(capabilities)
}

/// What an accepted scenario becomes.
fn new_scenario(server: &mut TestServer) -> CompletionItem {
    let last = "the step and the time of sending are shown.|";
    let place = typed(server, SPEC, last, "\n2. ");
    let mut at = place["position"].clone();
    at["line"] = json!(at["line"].as_u64().unwrap() + 1);
    at["character"] = json!(3);
    let items = completions(
        server,
        json!({"textDocument": place["textDocument"], "position": at}),
    );
    assert_eq!(items.len(), 1, "{items:#?}");
    items.into_iter().next().unwrap()
}

#[test]
fn a_new_scenario_has_places_to_fill_in() {
    let item = new_scenario(&mut in_snippets());
    assert_eq!(item.insert_text_format, Some(InsertTextFormat::Snippet));
    assert_eq!(
        edit(&item).new_text,
        "**Given** ${1:…}, **When** ${2:…}, **Then** ${3:…}.$0"
    );
}

#[test]
fn without_snippets_it_is_plain_text() {
    let item = new_scenario(&mut start());
    assert_eq!(item.insert_text_format, None);
    assert_eq!(edit(&item).new_text, "**Given** …, **When** …, **Then** ….");
}
