//! Hover shows the chain of an item: story, tasks, code, tests.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{Contents, HoverRequest, MarkupKind, Range};

use crate::parcels::{COMPOSE, SPEC, TASKS, start, start_with};
use crate::real::{TestServer, covered};

fn hover(server: &mut TestServer, place: Value) -> Option<(String, Range)> {
    let hover = server.ask::<HoverRequest>(place)?;
    match hover.contents {
        Contents::MarkupContent(content) => Some((content.value, hover.range.unwrap())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_requirement_shows_its_story_tasks_symbols_and_tests() {
    let mut server = start();
    let place = server.place(SPEC, "**F|R-002**: System MUST name");
    let (text, range) = server.eventually(|server| {
        let (text, range) = hover(server, place.clone())?;
        // The test file is read with all sources, a little later.
        text.contains("compose.test.ts").then_some((text, range))
    });
    assert_eq!(covered(&server.uri(SPEC), range), "FR-002");
    for part in [
        "System MUST name the tracking code",
        "**US1** Tell the recipient what happens",
        "✓ T007",
        "○ T013",
        "`composeNotice` services/notifier/src/compose.ts:13",
        "names the code and the step in plain words (FR-002)",
    ] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
}

#[test]
fn a_mention_shows_the_item_it_means_with_its_feature() {
    let mut server = start();
    let place = server.place(TASKS, "(relies on 001/FR-|004)");
    let (text, range) = hover(&mut server, place).unwrap();
    assert!(text.contains("`001-parcel-intake`"), "{text}");
    let covered = covered(&server.uri(TASKS), range);
    assert!(covered.ends_with("FR-004"), "{covered}");
}

#[test]
fn a_comment_in_code_shows_the_requirement() {
    let mut server = start();
    let place = server.place(COMPOSE, "/** FR-|002: the tracking");
    let text = server.eventually(|server| Some(hover(server, place.clone())?.0));
    assert!(
        text.contains("System MUST name the tracking code"),
        "{text}"
    );
}

#[test]
fn prose_shows_nothing() {
    let mut server = start();
    let place = server.place(SPEC, "The recipient gets an e-|mail on");
    assert_eq!(hover(&mut server, place), None);
}

#[test]
fn a_client_without_markdown_is_told_plain_text() {
    let mut server = start_with(json!({"textDocument": {"diagnostic": {}}}));
    let place = server.place(SPEC, "**F|R-002**: System MUST name");
    let hover = server.ask::<HoverRequest>(place).unwrap();
    let Contents::MarkupContent(content) = hover.contents else {
        panic!("{hover:?}");
    };
    assert_eq!(content.kind, MarkupKind::PlainText);
}
