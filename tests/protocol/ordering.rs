//! Changes take effect in the order they were sent, at once, and whatever else is going on.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    ConfigurationRequest, HoverRequest, PublishDiagnosticsNotification, ReferencesRequest,
    SelectionRangeRequest,
};

use crate::probe::{Probe, URI};
use crate::real::{TestServer, line_end};

fn at_start() -> Value {
    json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}})
}

/// A client that pulls, so that nothing is pushed beside the answers.
fn pulling() -> Value {
    json!({"textDocument": {"diagnostic": {}}})
}

#[test]
fn five_hundred_changes_arrive_in_order_and_every_request_sees_those_before_it() {
    let mut probe = Probe::start(&pulling());
    probe.release();
    probe.open("");
    let mut text = String::new();
    let mut asked = Vec::new();
    for number in 0..500 {
        let word = format!("{number} ");
        probe.append(number + 1, text.len(), &word);
        text += &word;
        if number % 10 == 0 {
            asked.push((probe.request::<HoverRequest>(at_start()), text.clone()));
        }
    }
    asked.push((probe.request::<HoverRequest>(at_start()), text));
    for (id, expected) in asked {
        let hover = probe.answer(id).unwrap();
        let seen = hover["contents"]["value"].as_str().unwrap();
        // An answer may know more than was sent before it, never less.
        assert!(seen.starts_with(&expected), "{seen:?} lacks {expected:?}");
    }
}

#[test]
fn two_hundred_notifications_pass_four_handlers_that_wait_for_the_client() {
    let mut probe = Probe::start(&pulling());
    probe.release();
    probe.open("");
    let mut params = at_start();
    params["context"] = json!({"includeDeclaration": true});
    let waiting: Vec<i64> = (0..4)
        .map(|_| probe.request::<ReferencesRequest>(params.clone()))
        .collect();
    let questions: Vec<Value> = (0..4)
        .map(|_| probe.asked::<ConfigurationRequest>().0)
        .collect();
    for (version, column) in (1..).zip(0..200) {
        probe.append(version, column, "x");
    }
    for question in questions {
        probe.reply(&question, &json!([null]));
    }
    for id in waiting {
        assert_eq!(probe.answer(id), Ok(json!([])));
    }
    let id = probe.request::<HoverRequest>(at_start());
    let hover = probe.answer(id).unwrap();
    assert_eq!(hover["contents"]["value"], json!("x".repeat(200)));
}

#[test]
fn pending_requests_do_not_delay_a_change() {
    let mut probe = Probe::start(&json!({}));
    probe.open("before");
    let shows = |text: &'static str| {
        move |params: &Value| params["diagnostics"][0]["message"] == json!(text)
    };
    probe.notification_where::<PublishDiagnosticsNotification>(shows("before"));
    let pending: Vec<i64> = (0..20)
        .map(|_| probe.request::<HoverRequest>(at_start()))
        .collect();
    probe.append(1, 6, " and after");
    // Nobody released the hovers: the change is visible while all of them wait.
    let told =
        probe.notification_where::<PublishDiagnosticsNotification>(shows("before and after"));
    assert_eq!(told.version, Some(1));
    probe.release();
    for id in pending {
        let hover = probe.answer(id).unwrap();
        let seen = hover["contents"]["value"].as_str().unwrap();
        assert!(seen.starts_with("before"), "{seen:?}");
    }
}

#[test]
fn the_binary_applies_five_hundred_changes_in_order() {
    let mut server = TestServer::start(&[]);
    server.open("specs/001-a/spec.md", "");
    for number in 0..500 {
        // Each change goes behind the one before: out of order, the columns would not fit.
        let word = format!("{number},");
        let column = (0..number).map(|n| format!("{n},").len()).sum::<usize>();
        let at = json!({"line": 0, "character": column});
        let mut changes = json!([{"range": {"start": at, "end": at}, "text": word}]);
        if number % 7 == 0 {
            // A line below, made and removed again in one message.
            let end = column + word.len();
            let (from, to) = (
                json!({"line": 0, "character": end}),
                json!({"line": 1, "character": 1}),
            );
            let list = changes.as_array_mut().unwrap();
            list.push(json!({"range": {"start": from, "end": from}, "text": "\n🎉"}));
            list.push(
                json!({"range": {"start": from, "end": {"line": 1, "character": 2}}, "text": ""}),
            );
            list.push(json!({"range": {"start": from, "end": to}, "text": ""}));
        }
        server.change("specs/001-a/spec.md", number + 2, &changes);
    }
    let uri = server.uri("specs/001-a/spec.md");
    let ranges = server.ask::<SelectionRangeRequest>(json!({
        "textDocument": {"uri": uri}, "positions": [{"line": 0, "character": 0}]}));
    let expected: usize = (0..500).map(|n| format!("{n},").len()).sum();
    let end = line_end(&ranges.unwrap()[0]);
    assert_eq!((end.line, end.character as usize), (0, expected));
}
