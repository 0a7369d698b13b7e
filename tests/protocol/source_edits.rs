//! A source file that was edited bit by bit says what it says when it is opened as it became.

use proptest::prelude::*;
use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DefinitionRequest, DocumentHighlightRequest, HoverRequest, PrepareRenameRequest, Request,
};

use crate::parcels::{able, ready};
use crate::real::{TestServer, position};

const SOURCE: &str = "src/password.rs";
const FILES: &[(&str, &str)] = &[
    (".specify/memory/constitution.md", "# Constitution\n"),
    (
        "specs/001-login/spec.md",
        "# Feature Specification: Login\n\n## Requirements\n\n\
         - **FR-001**: The system MUST hash each password.\n\
         - **FR-002**: The system MUST forget each password.\n",
    ),
    (
        "specs/001-login/tasks.md",
        "# Tasks: Login\n\n- [ ] T001 Hash it with `hash` in src/password.rs (FR-001)\n",
    ),
    (
        SOURCE,
        "//! Passwords 😀.\r\n\r\n/// Hashes (001-login/FR-001).\r\npub fn hash(plain: &str) -> String {\r\n    \
         // T001 前\r\n    plain.to_owned()\r\n}\r\n\r\nstruct Old;\r\n",
    ),
    (
        "tests/password.rs",
        "// specs/001-login#FR-001\n#[test]\nfn hashes_it() {\n    assert!(true);\n}\n",
    ),
];

/// A change: where it begins and how many characters it replaces, both by share of what is there, and with what.
type Change = (f64, f64, &'static str);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let text = prop_oneof![
        Just(""),
        Just("// 001-login/FR-002\r\n"),
        Just("/// specs/001-login#FR-001\nfn forget() {}\n"),
        Just("😀"),
        Just("\r\n"),
        Just("/*"),
        Just("*/"),
        Just("\""),
        Just("FR-00"),
        Just("1"),
        Just("}\n"),
    ];
    prop::collection::vec((0.0..1.0, 0.0..0.06, text), 1..8)
}

/// The change as the protocol says it, made in `text` as well.
fn made(text: &mut String, (from, share, new): Change) -> Value {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let place = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a short text"
    )]
    let of = |share: f64| (share * starts.len() as f64) as usize;
    let (start, end) = (place(of(from)), place(of(from) + of(share)));
    // Between the two halves of a line break no editor has a cursor.
    let whole = |at: usize| {
        let halved = text[..at].ends_with('\r') && text[at..].starts_with('\n');
        if halved { at + 1 } else { at }
    };
    let (start, end) = (whole(start), whole(end));
    let range = json!({"start": position(text, start), "end": position(text, end)});
    text.replace_range(start..end, new);
    json!({"range": range, "text": new})
}

/// Everything that is said of a file, position by position, free of where the workspace is.
fn said(server: &mut TestServer, text: &str) -> Vec<String> {
    let uri = server.uri(SOURCE);
    let home = server.uri("");
    let mut all = Vec::new();
    for (at, _) in text.char_indices().step_by(2) {
        let place = json!({"textDocument": {"uri": uri}, "position": position(text, at)});
        let mut take = |answer: Result<Value, Value>| {
            all.push(format!("{at}: {answer:?}").replace(&home, ""));
        };
        take(tried::<HoverRequest>(server, &place));
        take(tried::<DefinitionRequest>(server, &place));
        take(tried::<DocumentHighlightRequest>(server, &place));
        take(tried::<PrepareRenameRequest>(server, &place));
    }
    all
}

fn tried<R: Request>(server: &mut TestServer, params: &Value) -> Result<Value, Value> {
    let id = server.request::<R>(params.clone());
    server.answer(id)
}

/// A server that has read every source.
fn start() -> TestServer {
    let mut server = ready(TestServer::start_with(FILES, &able()));
    let place = server.place("specs/001-login/spec.md", "- **FR|-001**");
    server.eventually(|server| {
        let shown = tried::<HoverRequest>(server, &place).unwrap();
        shown.to_string().contains("hashes_it").then_some(())
    });
    server
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_end_where_opening_begins(changes in changes()) {
        let mut edited = start();
        let mut text = edited.open_from_disk(SOURCE);
        for (version, change) in (2..).zip(changes) {
            let change = made(&mut text, change);
            edited.change(SOURCE, version, &json!([change]));
            // An answer in between fixes a state.
            let uri = edited.uri(SOURCE);
            let top = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": 15}});
            prop_assert!(tried::<HoverRequest>(&mut edited, &top).is_ok());
        }
        let mut opened = start();
        opened.open(SOURCE, &text);
        prop_assert_eq!(said(&mut edited, &text), said(&mut opened, &text), "{:?}", text);
    }
}

/// What is said follows its text down and up again.
#[test]
fn ranges_move_with_what_is_typed_above() {
    let mut server = start();
    let mut text = server.open_from_disk(SOURCE);
    let change = made(&mut text, (0.0, 0.0, "// 😀\r\n"));
    server.change(SOURCE, 2, &json!([change]));
    let at = text.find("FR-001").unwrap();
    let place =
        json!({"textDocument": {"uri": server.uri(SOURCE)}, "position": position(&text, at + 1)});
    let shown = tried::<HoverRequest>(&mut server, &place).unwrap();
    assert_eq!(shown["range"]["start"], position(&text, at));
    assert_eq!(shown["range"]["end"], position(&text, at + "FR-001".len()));
}
